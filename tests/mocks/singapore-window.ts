import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import { singapore } from '../../mocks/singapore/index.ts'

// Permits are from adapters/singapore/golden: free goods that leave by air, controlled goods that come by sea.
export const golden = (path: string) =>
  readFileSync(new URL(`../../adapters/singapore/golden/${path}/submit.xml`, import.meta.url), 'utf8')
export const outward = golden('export-one-item')
export const inward = golden('import-two-items')
export const permitOf = { outward: 'OD6K000001B', inward: 'IG6K000001B' } as const

const start = Date.parse('2026-11-21T10:00:00+08:00')
export const [minute, hour, day] = [60_000, 3_600_000, 86_400_000] as const

export interface Wanted {
  readonly reference?: string
  readonly messageId?: string
  readonly trader?: string
  readonly at?: number
  readonly replace?: readonly (readonly [from: string | RegExp, to: string])[]
}

let sequence = 100
/** A message under numbers of its own, submitted at an instant. */
export function numbered(document: string, wanted: Wanted): string {
  const { reference = 'U1', messageId = `${reference}-1`, trader, at = start, replace = [] } = wanted
  const local = new Date(at + 8 * hour).toISOString()
  const renamed = document
    .replace(/ dateTime="[^"]*"/, ` dateTime="${local.slice(0, 19)}+08:00"`)
    .replace(/instanceIdentifier="[^"]*"/, `instanceIdentifier="${messageId}"`)
    .replace(/<cbc:CommonAccessReference>[^<]*/, `<cbc:CommonAccessReference>${reference}`)
    .replace(/<cbc:Date>[^<]*/, `<cbc:Date>${local.slice(0, 10).replaceAll('-', '')}`)
    .replace(/<cbc:SequenceNumeric>[^<]*/, `<cbc:SequenceNumeric>0${++sequence}`)
    .replace(/(<cbc:TraderReference>)[^<]*/, trader === undefined ? '$&' : `$1${trader}`)
  return replace.reduce((xml, [from, to]) => {
    expect(xml).toMatch(typeof from === 'string' ? from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : from)
    return xml.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to)
  }, renamed)
}

export type Way = keyof typeof permitOf
/** The permit's declaration as an amendment of itself. */
export const amendment = (way: Way, wanted: Wanted = {}) =>
  numbered(
    (way === 'outward' ? outward : inward)
      .replaceAll('OutwardDeclaration>', 'OutwardUpdate>')
      .replaceAll('InPaymentDeclaration>', 'InPaymentUpdate>')
      .replace(/>(OUT|IPT)DEC</, '>$1UPD<')
      .replace(
        '</cac:Header>',
        `<cbc:UpdateIndicator>AME</cbc:UpdateIndicator><cbc:PermitNumber>${permitOf[way]}</cbc:PermitNumber><cac:UpdateReason><cbc:Description>R</cbc:Description></cac:UpdateReason></cac:Header>`,
      ),
    wanted,
  )

export const cancellation = (way: Way, wanted: Wanted = {}) =>
  numbered(golden(way === 'outward' ? 'cancellation-export' : 'cancellation-import'), wanted)
export const certificate = (wanted: Wanted = {}) => numbered(golden('certificate-from-singapore'), wanted)
export const naming = (permit: string) =>
  [[/(<cbc:TraderReference>[^<]*<\/cbc:TraderReference>)/, `$1<cbc:PermitNumber>${permit}</cbc:PermitNumber>`]] as const
export const cancelCertificate = (number: string, wanted: Wanted = {}) =>
  numbered(golden('cancellation-certificate').replace('E26CN5000110001', number), wanted)

export const between = (text: string, name: string) =>
  new RegExp(`<cbc:${name}(?: [^>]*)?>(.*?)</cbc:${name}>`).exec(text)?.[1] ?? ''

/** A window that has given permits, four hours after it was asked. */
export async function office(...permits: readonly string[]) {
  const desk = openDeskOffice(singapore, start)
  const send = (body: string) =>
    desk.ask({ method: 'POST', path: '/declarations', contentType: 'application/xml', body })
  for (const permit of permits) await send(permit)
  let now = start + 4 * hour
  desk.advanceTo(now)
  const before = desk.documents.length
  const since = () => desk.documents.slice(before).map(({ body }) => body)
  const story = (reference?: string) =>
    since()
      .filter((body) => reference === undefined || between(body, 'CommonAccessReference') === reference)
      .map((body) =>
        [between(body, 'Status'), ...[...body.matchAll(/<cbc:(?:Reason|Error)Code>(\w+)/g)].map(([, it]) => it)].join(
          ' ',
        ),
      )
  return { ...desk, send, since, story, now: () => now, pass: (ms: number) => desk.advanceTo((now += ms)) }
}

import { readFileSync } from 'node:fs'
import { type Desk, magicOf, type Posted } from '../../mocks/agency.ts'
import { fx } from '../../mocks/fx/index.ts'

export type Procedure = 'receipt' | 'payment'

const specification = readFileSync(new URL('../../mocks/fx/specification.md', import.meta.url), 'utf8')
export const [receipt = '', payment = '', amendment = ''] = [
  ...specification.matchAll(/```xml\n((?:<\?xml|<Document xmlns="urn:x-bankfront:xsd:change).*?)```/gs),
].map(([, xml]) => xml)
export const published: Record<Procedure, string> = { receipt, payment }
export const references: Record<Procedure, string> = { receipt: 'YC26112100000003', payment: 'YC26112100000004' }

/** The published example under other numbers and with other words. */
export function document(
  procedure: Procedure,
  change: { reference?: string; messageId?: string; trader?: string; replace?: [string, string][] } = {},
): string {
  const { reference = references[procedure], messageId = `${reference}-1`, trader = 'EV1-2026', replace = [] } = change
  const renamed = published[procedure]
    .replaceAll(references[procedure], reference)
    .replace(/<MsgId>.*?</, `<MsgId>${messageId}<`)
    .replace(/<TrdrRef>.*?</, `<TrdrRef>${trader}<`)
  return replace.reduce((xml, [from, to]) => xml.replaceAll(from, to), renamed)
}

/** A bank at a desk whose clock only moves when told. */
export function bank() {
  let now = Date.parse('2026-12-02T10:00:00+08:00')
  const waiting: { at: number; act: () => void }[] = []
  const posted: Posted[] = []
  const effects: string[] = []
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void waiting.push({ at: now + delayMs, act }),
    draw: () => 0.5,
    send: (_, outgoing) => void posted.push({ ...outgoing, sequence: posted.length + 1 }),
    posted: (after, limit) => posted.filter(({ sequence }) => sequence > after).slice(0, limit),
    asked: (reference) => magicOf(reference, 'F'),
    effect: (reference, what) => void effects.push(`${reference}: ${what}`),
  }
  const app = fx.open(desk)
  const ask = async (path: string, body?: string) => {
    const answer = await app.request(path, body === undefined ? {} : { method: 'POST', body })
    const text = await answer.text()
    return { status: answer.status, text, txStatus: between(text, 'TxSts'), codes: codesIn(text) }
  }
  return {
    ask,
    effects,
    posted,
    send: (procedure: Procedure, body: string) => ask(`/${procedure}s`, body),
    amend: (body: string) => ask('/amendments', body),
    cancel: (body: string) => ask('/cancellations', body),
    /** What was said, one word for each delivery. */
    said: () => posted.map(({ body }) => wordFor(body)),
    /** Lets days pass, doing what falls due in order. */
    pass: (days: number) => {
      const end = now + days * 86_400_000
      for (;;) {
        const next = waiting.sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        waiting.shift()
        now = next.at
        next.act()
      }
      now = end
    },
  }
}

export const between = (text: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1] ?? ''
const codesIn = (text: string) => [...text.matchAll(/<AddtlInf>(FX-\d+)\|/g)].map(([, code]) => code)
function wordFor(body: string): string {
  if (body.includes('<Kind>RETURN')) return 'returned'
  if (!body.includes('<Kind>SAFE')) return [between(body, 'TxSts'), between(body, 'Prtry')].filter(Boolean).join(' ')
  if (body.includes('<FILES/>')) return 'SAFE accepted'
  return body.includes('<FORMATERRS>1') ? 'SAFE format error' : 'SAFE record error'
}

/** The course of a declaration: what is said of it, each at its time. */
import { Big } from 'big.js'
import type { Desk } from '../agency.ts'
import type { Attempt } from './attempts.ts'
import type { Delay, Step } from './outcomes.ts'
import type { Declaration } from './read.ts'
import { type ConditionCode, controlOf, gstRate, permitDays, sgdRates } from './tables.ts'
import { addDays, singaporeDay, singaporeTime } from './time.ts'
import { type Addressed, type Pending, type Permit, type Said, writeResponse } from './write.ts'

export const singaporeCustoms = 'CUSTOMS'

/** One attempt on its way. */
export interface Matter {
  readonly declaration: Declaration
  readonly attempt: Attempt
  readonly address: Addressed
  /** Of the table, besides what the goods call for. */
  readonly conditions: readonly ConditionCode[]
  /** The recognised status that spared a look. */
  readonly recognised?: string
  nextPermitSerial(): number
  /** The permit is there. */
  issued(declaration: Declaration, permit: Permit): void
}

/** What became true on the way. */
interface Progress {
  readonly caApprovedAt?: string
  /** The agency that was asked, where the table says which. */
  readonly askedAgency?: string
}

/** Posts a response and keeps it for inquiries. */
export function say(desk: Desk, attempt: Attempt, address: Addressed, said: Said): void {
  const identifier = `${address.transactionId}-${attempt.responses.length + 1}`
  const body = writeResponse(address, said, identifier, singaporeTime(desk.now()))
  const response = { name: `${identifier}.xml`, body }
  attempt.responses.push(response)
  if (said.kind === 'rejected' || said.kind === 'error') attempt.refused = true
  desk.send(address.numbers.traderReference, { ...response, contentType: 'application/xml' })
}

/** Takes steps one after the other, each at its time. */
export function follow(
  desk: Desk,
  steps: readonly Step[],
  delayOf: (delay: Delay) => number,
  take: (step: Step) => void,
) {
  const [step, ...rest] = steps
  if (step === undefined) return
  desk.after(delayOf(step.after), () => {
    take(step)
    follow(desk, rest, delayOf, take)
  })
}

/** What is said of a declaration of good format, to the use of its permit. */
export function decide(desk: Desk, steps: readonly Step[], matter: Matter): void {
  let progress: Progress = {}
  follow(
    desk,
    steps,
    (delay) => delayMs(desk, delay, matter.declaration.instanceIdentifier),
    (step) => (progress = take(desk, step, matter, progress)),
  )
}

/** Does one step. @returns what is true after it */
function take(desk: Desk, step: Step, matter: Matter, progress: Progress): Progress {
  const { attempt, address, declaration } = matter
  const tell = (said: Said) => say(desk, attempt, address, said)
  if ('says' in step) tell({ kind: 'status', status: step.says })
  else if ('pending' in step) {
    tell({ kind: 'status', status: `Pending ${step.pending}`, pending: agenciesFor(matter, step.pending, step.agency) })
    return step.agency === undefined ? progress : { ...progress, askedAgency: step.agency }
  } else if ('agreed' in step) return { ...progress, caApprovedAt: singaporeTime(desk.now()) }
  else if ('rejected' in step)
    tell({
      kind: 'rejected',
      reasons: agenciesFor(matter, step.by, step.agency).map((of) => ({ reason: step.rejected, of })),
    })
  else if ('approved' in step) {
    const permit = permitFor(desk, matter, progress)
    tell({ kind: 'approved', permit })
    desk.effect(address.numbers.traderReference, `permit issued ${permit.number}`)
    matter.issued(declaration, permit)
  }
  return progress
}

/** Who decides: customs, or the agencies of the controlled items. */
function agenciesFor({ declaration }: Matter, by: 'CA' | 'SC', agency: string | undefined): Pending[] {
  if (by === 'SC') return [{ agency: singaporeCustoms }]
  if (agency !== undefined) return [{ agency, item: '1' }]
  return declaration.items.flatMap(({ hsCode, sequence }) => {
    const control = controlOf(hsCode, declaration.family)
    return control === undefined ? [] : [{ agency: control.agency, item: sequence }]
  })
}

function permitFor(desk: Desk, matter: Matter, { caApprovedAt, askedAgency }: Progress): Permit {
  const { declaration } = matter
  const { family } = declaration
  const day = singaporeDay(desk.now())
  const serial = matter.nextPermitSerial()
  const agencies = [...new Set(agenciesFor(matter, 'CA', askedAgency).map(({ agency }) => agency))]
  const called = askedAgency === undefined && caApprovedAt === undefined ? [] : agencies
  return {
    number: permitNumber(family === 'IPTDEC' ? 'IG' : 'OD', day, serial),
    validFrom: day,
    validTo: singaporeDay(addDays(desk.now(), permitDays)),
    caApprovedAt,
    approvedAt: singaporeTime(desk.now()),
    conditions: [
      ...conditionsOf(declaration).map((code) => ({ by: 'SC' as const, agency: singaporeCustoms, code })),
      ...called.map((agency) => ({ by: 'CA' as const, agency, code: 'Z10' as const })),
      ...matter.conditions.map((code) =>
        code === 'A59'
          ? { by: 'CA' as const, agency: 'SFA', code }
          : { by: 'SC' as const, agency: singaporeCustoms, code },
      ),
    ],
    ...(matter.recognised === undefined ? {} : { recognised: matter.recognised }),
    ...(family === 'IPTDEC' && { assessment: assess(declaration) }),
  }
}

/** Shape only: the algorithm of the real check letter is not public. */
function permitNumber(prefix: string, day: string, serial: number): string {
  const month = 'ABCDEFGHIJKL'.charAt(Number(day.slice(4, 6)) - 1)
  const letter = 'ABCDEFGHJKLMNPQRSTUVWXYZ'.charAt(serial % 24)
  return `${prefix}${day.charAt(3)}${month}${String(serial % 1_000_000).padStart(6, '0')}${letter}`
}

/** Conditions that the place and the mode of transport call for. */
function conditionsOf({ releaseLocation, transport }: Declaration): ConditionCode[] {
  return [
    ...(releaseLocation === 'CZ' || releaseLocation === 'PPZ' ? (['A1'] as const) : []),
    ...(transport.mode === '4' ? (['A3'] as const) : []),
    ...(transport.mode === '2' || transport.mode === '3' ? (['H1'] as const) : []),
  ]
}

/** Customs value and GST, in SGD to the cent. */
export function assess({ items, transport }: Declaration): { value: string; gst: string } {
  const value = items.reduce(
    (sum, item) => sum.plus(new Big(item.value.amount).times(sgdRates[item.value.currency] ?? '0')),
    new Big(0),
  )
  const gst = value.times(gstRate(transport.day)).div(100)
  return { value: value.toFixed(2, Big.roundHalfUp), gst: gst.toFixed(2, Big.roundHalfUp) }
}

/** How long a step waits; what is drawn, is drawn once for each attempt. */
export function delayMs(desk: Desk, delay: Delay, instanceIdentifier: string): number {
  if ('seconds' in delay) return delay.seconds * 1000
  const [least, most] = delay.hoursBetween
  const drawn = desk.draw(`delay ${instanceIdentifier}`)
  return Math.round((least + (most - least) * drawn) * 60) * 60_000
}

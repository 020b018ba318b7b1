import { Big } from 'big.js'
import type { ClearanceDefinition } from '../../schemas/rules/clearance-definitions.ts'
import type { FigureKind, StartKind } from '../../schemas/statistics.ts'
import { type FilingStatus, isRefusal, rankOf } from '../../schemas/status.ts'
import { dayAt } from '../fees/days.ts'
import type { Filing } from '../filing/case.ts'
import { inAgencyOrder, type KeptReceipt } from '../filing/fold.ts'
import { keyOf } from './cell.ts'
import type { Facts } from './facts.ts'
import { bucketOf } from './histogram.ts'

/** What a filing has to say here. */
export type MeasuredFiling = Pick<
  Filing,
  'id' | 'agency' | 'procedure' | 'occasion' | 'attempt' | 'status' | 'receipts'
>

/** One figure a declaration counts for. */
export interface Contribution {
  readonly kind: FigureKind
  /** The filing whose time it is; empty for what is of the declaration as a whole. */
  readonly filingId: string
  /** The month of its release (in Chongqing). */
  readonly month: string
  readonly cell: string
  readonly firm: string
  readonly start: StartKind | ''
  readonly bucket: number
  /** Seconds, or fen a container. */
  readonly amount: number
}

/** The definitions that hold at an instant. */
export type DefinitionsAt = (at: number) => readonly ClearanceDefinition[]

/** A filing that was granted, and when by its agency's clock. */
export interface Granted {
  readonly filing: MeasuredFiling
  readonly at: number
  /** What its agency said with a time, of the attempt that was granted. */
  readonly said: readonly { readonly status: FilingStatus | undefined; readonly at: number }[]
}

/**
 * What a declaration counts for by now 统计贡献: a pure function of its filings, their receipts and its facts, so that receipts may come in any
 * order. Instants are the agencies' own; what has none is not measured. Changes of filings are no filings of their own.
 */
export function contributionsOf(
  filings: readonly MeasuredFiling[],
  facts: Facts,
  definitionsAt: DefinitionsAt,
): Contribution[] {
  const granted = filings
    .flatMap((filing) => grantOf(filing) ?? [])
    .sort((a, b) => a.at - b.at || (a.filing.id < b.filing.id ? -1 : 1))
  const found: Contribution[] = []
  const settled = new Set<string>()
  for (const one of granted)
    for (const definition of definitionsAt(one.at)) {
      const { measure, direction = facts.direction, filings: releasing } = definition
      if (direction !== facts.direction || !concerns(definition, one.filing)) continue
      if (releasing !== undefined) {
        if (settled.has(measure)) continue
        settled.add(measure)
      }
      found.push(...(measure === 'duties' ? dutiesOf(filings, facts, one) : timeOf(measure, definition, facts, one)))
    }
  return found
}

/** When filings of a declaration were granted, by their agencies' clocks. */
export const grantsOf = (filings: readonly MeasuredFiling[]): number[] =>
  filings.flatMap((filing) => grantOf(filing)?.at ?? [])

const concerns = ({ filings }: ClearanceDefinition, { agency, procedure }: MeasuredFiling): boolean =>
  filings === undefined || filings.some((one) => one.agency === agency && one.procedure === procedure)

/** When a filing was granted, unless it was refused or taken back since. */
export function grantOf(filing: MeasuredFiling): Granted | undefined {
  const { occasion, status, attempt, receipts } = filing
  if (occasion === 'change' || isRefusal(status)) return undefined
  const said = receipts.flatMap((one) =>
    one.attempt === attempt && one.at !== undefined ? [{ status: one.status, at: Date.parse(one.at) }] : [],
  )
  const grants = said.filter((one) => one.status === 'approved' || one.status === 'closed').map(({ at }) => at)
  return grants.length === 0 ? undefined : { filing, at: Math.min(...grants), said }
}

const secondMs = 1_000
const hasTime = (moment: string): boolean => moment.includes('T')
/** A day begins at midnight in Chongqing. */
const instantOf = (moment: string): number => Date.parse(hasTime(moment) ? moment : `${moment}T00:00:00+08:00`)

/** The instant a time may start at, by what it starts from; undefined where nobody said. */
const startAt: { readonly [start in StartKind]: (facts: Facts, granted: Granted) => number | undefined } = {
  'arrival-event'({ arrivals, direction }, { at }) {
    const all = arrivals.map((one) => Date.parse(one)).sort((a, b) => a - b)
    // Into the country and on to where it is cleared: the last before release. Out of it: the first at the port.
    return direction === 'export' ? all[0] : (all.findLast((one) => one <= at) ?? all[0])
  },
  'arrival-time': ({ arrival }) => (arrival !== undefined && hasTime(arrival) ? instantOf(arrival) : undefined),
  'arrival-day': ({ arrival }) => (arrival !== undefined && !hasTime(arrival) ? instantOf(arrival) : undefined),
  declared: (_, granted) => registeredAt(granted) ?? submittedAt(granted),
  submitted: (_, granted) => submittedAt(granted),
}

const registeredAt = (granted: Granted) => earliest(granted, (status) => status === 'registered')
const submittedAt = (granted: Granted) => earliest(granted, isBefore)
/** The instants a filing's own receipts let its times start at. */
export const startsOf = (granted: Granted): (number | undefined)[] => [registeredAt(granted), submittedAt(granted)]

/** Its agency has it, and has not granted it. */
const isBefore = (status: FilingStatus): boolean =>
  rankOf(status) >= rankOf('acknowledged') && rankOf(status) < rankOf('approved')

function earliest({ said }: Granted, wanted: (status: FilingStatus) => boolean): number | undefined {
  const instants = said.flatMap(({ status, at }) => (status !== undefined && wanted(status) ? [at] : []))
  return instants.length === 0 ? undefined : Math.min(...instants)
}

function timeOf(
  kind: 'overall' | 'declared' | 'agency',
  { starts, take }: ClearanceDefinition,
  facts: Facts,
  granted: Granted,
): Contribution[] {
  const known = starts.flatMap((start) => {
    const at = startAt[start](facts, granted)
    return at === undefined ? [] : [{ start, at }]
  })
  const from = take === 'latest' ? known.toSorted((a, b) => b.at - a.at)[0] : known[0]
  if (from === undefined) return []
  // Released before it arrived: no time at all.
  const seconds = Math.max(0, Math.round((granted.at - from.at) / secondMs))
  return [contribution(kind, facts, granted, from.start, seconds)]
}

/** Duties and taxes a container, in fen: what was billed in yuan over all containers, where they are of one length. */
function dutiesOf(filings: readonly MeasuredFiling[], facts: Facts, granted: Granted): Contribution[] {
  const lengths = new Set(facts.containers.map((typeCode) => (typeCode.startsWith('2') ? '20' : '40')))
  const [length] = lengths
  if (lengths.size !== 1 || length === undefined) return []
  const billed = filings.flatMap(billsOf).reduce((sum, amount) => sum.plus(amount), new Big(0))
  const fen = Number(billed.times(100).div(facts.containers.length).round(0).toFixed())
  return [contribution(length === '20' ? 'duties-20' : 'duties-40', facts, granted, '', fen)]
}

/** What a filing's agency has billed by now; a change is no filing of its own. */
export const billsOf = ({ occasion, receipts, attempt }: MeasuredFiling): string[] =>
  occasion === 'change' ? [] : [...billsIn(receipts.filter((one) => one.attempt === attempt)).values()]

/** The newest amount of each bill. */
function billsIn(receipts: readonly KeptReceipt[]): Map<string, string> {
  const bills = new Map<string, string>()
  for (const { receipt } of inAgencyOrder(receipts))
    for (const { kind, of, amount, currency } of receipt.money ?? [])
      if (kind === 'due' && currency === 'CNY') bills.set(of, amount)
  return bills
}

function contribution(
  kind: FigureKind,
  { direction, mode, district, creditAt, firm }: Facts,
  { filing, at }: Granted,
  start: StartKind | '',
  amount: number,
): Contribution {
  const agency = kind === 'agency' || kind === 'declared' ? filing.agency : ''
  const procedure = kind === 'agency' ? filing.procedure : ''
  return {
    kind,
    filingId: kind === 'agency' ? filing.id : '',
    month: dayAt(at).slice(0, 7),
    cell: keyOf({ kind, agency, procedure, direction, mode, district, credit: creditAt(filing.agency, at) }),
    firm,
    start,
    bucket: bucketOf(amount),
    amount,
  }
}

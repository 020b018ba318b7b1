import { holds, rankOf, statuses } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import type { DeclarationView, FilingView } from '../db/views.ts'
import { inAgencyOrder, type KeptReceipt } from './fold.ts'
import { type Adapters, procedureOf } from './plan.ts'

/** One stretch of a filing's way: a status, or a hold while it stood. */
export interface TimedStep {
  readonly step: string
  readonly name: Text
  readonly from: string
  readonly to?: string
  readonly hours?: number
}

const hourMs = 3_600_000
const hoursBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 1_000) / (hourMs / 1_000)
const between = (from: string, to: string | undefined) =>
  to === undefined ? { from } : { from, to, hours: hoursBetween(from, to) }

/**
 * How long each step took 通关时间, by the agencies' own clocks: each agency apart, and the whole from acceptance to the release of
 * goods and conveyances. Measure: release time less acceptance time, as a public tool of customs publishes it.
 */
export function timesOf(adapters: Adapters, view: DeclarationView) {
  const filings = view.filings
    .filter(({ occasion }) => occasion !== 'change')
    .map((filing) => ({ filing, said: dated(filing), granted: grantedAt(filing) }))
  const releasing = filings.filter(
    ({ filing }) => procedureOf(adapters, filing.agency, filing.procedure).releases === true,
  )
  const grants = releasing.flatMap(({ granted }) => granted ?? [])
  const releasedAt = grants.length > 0 && grants.length === releasing.length ? grants.sort(byTime).at(-1) : undefined
  const acceptedAt = view.acceptedAt.toISOString()
  return {
    acceptedAt,
    ...(releasedAt === undefined ? {} : { releasedAt, overallHours: hoursBetween(acceptedAt, releasedAt) }),
    filings: filings
      .filter(({ said }) => said.length > 0)
      .map(({ filing, said, granted }) => {
        const first = said[0]?.at
        return {
          filingId: filing.id,
          agency: filing.agency,
          procedure: filing.procedure,
          steps: stepsOf(said),
          ...(first === undefined || granted === undefined ? {} : { hours: hoursBetween(first, granted) }),
        }
      }),
  }
}

const byTime = (a: string, b: string) => Date.parse(a) - Date.parse(b)

/** What an agency said of the present attempt and when, in its own order. */
const dated = ({ receipts, attempt }: FilingView): (KeptReceipt & { at: string })[] =>
  inAgencyOrder(
    receipts
      .filter((one) => one.attempt === attempt)
      .map(({ id, receipt }) => ({ id, attempt, receipt, status: receipt.status, at: receipt.at })),
  ).flatMap((one) => (one.at === undefined ? [] : [{ ...one, at: one.at }]))

const grantedAt = (filing: FilingView): string | undefined =>
  dated(filing).find(({ status }) => status === 'approved' || status === 'closed')?.at

function stepsOf(said: readonly (KeptReceipt & { at: string })[]): TimedStep[] {
  const reached: { status: keyof typeof statuses; at: string }[] = []
  const held: TimedStep[] = []
  const standing = new Map<keyof typeof holds, string>()
  const lift = (hold: keyof typeof holds, at: string) => {
    const from = standing.get(hold)
    if (from === undefined) return
    standing.delete(hold)
    held.push({ step: `hold-${hold}`, name: nameOf(holds[hold]), ...between(from, at) })
  }
  for (const { receipt, status, at } of said) {
    const last = reached.at(-1)
    if (status !== undefined && (last === undefined || rankOf(status) > rankOf(last.status)))
      reached.push({ status, at })
    for (const hold of receipt.lifts ?? []) lift(hold, at)
    // A decision ends whatever held it up.
    if (status !== undefined && rankOf(status) >= rankOf('approved')) for (const hold of standing.keys()) lift(hold, at)
    for (const hold of receipt.sets ?? []) if (!standing.has(hold)) standing.set(hold, at)
  }
  const open = [...standing].map(([hold, from]) => ({ step: `hold-${hold}`, name: nameOf(holds[hold]), from }))
  const statusSteps = reached.map(({ status, at }, index) => ({
    step: status,
    name: nameOf(statuses[status]),
    ...between(at, reached[index + 1]?.at),
  }))
  return [...statusSteps, ...held, ...open].sort((a, b) => byTime(a.from, b.from))
}

const nameOf = ({ en, zh }: Text): Text => ({ en, zh })

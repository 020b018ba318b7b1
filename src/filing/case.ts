import type { WireMessage } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type FilingStatus, type Hold, rankOf, statuses } from '../../schemas/status.ts'
import { attemptOf, fold, type KeptReceipt } from './fold.ts'
import type { Adapters } from './plan.ts'
import { type Pending, prepare, type Sendable } from './prepare.ts'

/** One filing with all that is known of it. */
export interface Filing extends Sendable {
  readonly declarationId: string
  readonly position: number
  attempt: number
  status: FilingStatus
  holds: readonly Hold[]
  pending: Pending | undefined
  unknown: boolean
  particulars: unknown
  revision: number
  readonly references: Reference[]
  readonly receipts: KeptReceipt[]
}

/** A declaration with its filings, locked for a change: 一票. */
export interface Case {
  readonly id: string
  readonly tenant: string
  readonly version: number
  eventCount: number
  revision: number
  readonly filings: readonly Filing[]
}

/** Something that happened, for the timeline. */
export interface Happening {
  readonly declarationId: string
  readonly type: EventType
  readonly filingId?: string
  readonly data: Record<string, unknown>
}
export type EventType =
  | 'declaration.accepted'
  | 'declaration.revised'
  | 'filing.queued'
  | 'filing.particulars'
  | 'filing.sent'
  | 'filing.unreachable'
  | 'filing.unknown'
  | 'filing.receipt'
  | 'filing.status'

/** Bytes to be sent. */
export interface Outbound {
  readonly filing: Filing
  readonly message: WireMessage
  readonly instant: string
}

/** What a step changed. */
export interface Changes {
  readonly cases: Set<Case>
  readonly filings: Set<Filing>
  readonly happenings: Happening[]
  readonly outbound: Outbound[]
  readonly learned: { filing: Filing; reference: Reference }[]
}
export const noChanges = (): Changes => ({
  cases: new Set(),
  filings: new Set(),
  happenings: [],
  outbound: [],
  learned: [],
})

const describe = (filing: Filing) => ({ agency: filing.agency, procedure: filing.procedure, attempt: filing.attempt })

/** Moves a filing to a status and tells the timeline. */
export function move(
  at: Case,
  filing: Filing,
  status: FilingStatus,
  changes: Changes,
  why: Record<string, unknown> = {},
): void {
  if (filing.status === status) return
  const before = filing.status
  filing.status = status
  changes.cases.add(at)
  changes.filings.add(filing)
  changes.happenings.push({
    declarationId: at.id,
    type: 'filing.status',
    filingId: filing.id,
    data: { ...describe(filing), before, status, statusZh: statuses[status].zh, ...why },
  })
}

/** The bytes of a filing went out. */
export function sent(at: Case, filing: Filing, changes: Changes, unknown: boolean): void {
  if (filing.unknown !== unknown) {
    filing.unknown = unknown
    changes.cases.add(at)
    changes.filings.add(filing)
    if (unknown)
      changes.happenings.push({
        declarationId: at.id,
        type: 'filing.unknown',
        filingId: filing.id,
        data: describe(filing),
      })
  }
  if (rankOf(filing.status) < rankOf('sent')) move(at, filing, 'sent', changes)
}

/** A receipt that was kept joins its filing: names are learned, the attempt's receipts are folded anew, the status follows. */
export function receive(
  at: Case,
  filing: Filing,
  kept: { id: number; receipt: Receipt; attempt: number },
  changes: Changes,
): void {
  const { receipt } = kept
  filing.receipts.push({ ...kept, status: receipt.status, at: receipt.at })
  for (const reference of receipt.references) {
    if (
      isOurs(reference) ||
      filing.references.some(({ scheme, value }) => scheme === reference.scheme && value === reference.value)
    )
      continue
    filing.references.push(reference)
    changes.learned.push({ filing, reference })
  }
  changes.cases.add(at)
  changes.filings.add(filing)
  changes.happenings.push({
    declarationId: at.id,
    type: 'filing.receipt',
    filingId: filing.id,
    data: {
      ...describe(filing),
      attempt: kept.attempt,
      code: receipt.code,
      text: receipt.text,
      status: receipt.status ?? 'unrecognised',
      ...(receipt.at === undefined ? {} : { agencyTime: receipt.at }),
      references: receipt.references.filter((reference) => !isOurs(reference)),
      ...(receipt.sets?.length ? { holds: receipt.sets } : {}),
    },
  })
  const folded = fold(filing.receipts, filing.attempt)
  filing.holds = folded.holds
  if (folded.status !== undefined) filing.unknown = false
  if (folded.status !== undefined && rankOf(folded.status) > rankOf(filing.status))
    move(at, filing, folded.status, changes)
}

/** Names we gave it ourselves are not learned: every filing has them. */
export const isOurs = ({ scheme }: Reference): boolean => scheme === 'filing' || scheme === 'message'

/** Which attempt a new receipt of a filing belongs to. */
export const attemptFor = (filing: Filing, receipt: Receipt): number =>
  attemptOf(receipt.at, filing.receipts, filing.attempt, namedAttempt(filing.id, receipt))

/** The attempt a receipt names itself, by our own number of the message it answers. */
export function namedAttempt(filingId: string, receipt: Receipt): number | undefined {
  const message = receipt.references.find(({ scheme }) => scheme === 'message')?.value
  const named = message?.startsWith(`${filingId}-`) ? Number(message.slice(filingId.length + 1)) : 0
  return Number.isInteger(named) && named > 0 ? named : undefined
}

const notSentYet = new Set<FilingStatus>(['planned', 'awaiting-particulars', 'waiting', 'blocked'])
export const isUnsent = (filing: Filing): boolean => notSentYet.has(filing.status)

/** Names of all filings of a case, by agency: what an encoder may refer to. */
export function referencesOf(at: Case): Record<string, Reference[]> {
  const all: Record<string, Reference[]> = {}
  for (const filing of at.filings) (all[filing.agency] ??= []).push(...filing.references)
  return all
}

/** Now, but never before anything an agency has said in this case: what answers a receipt is not dated before it, whoever's clock runs ahead. */
function notBefore(at: Case, now: Date): string {
  const said = at.filings.flatMap(({ receipts }) => receipts.map(({ at }) => (at === undefined ? 0 : Date.parse(at))))
  return new Date(Math.max(now.getTime(), ...said)).toISOString()
}

/** Looks again at every filing that was not sent yet: what it waits for may have come. */
export function release(adapters: Adapters, at: Case, declaration: Declaration, now: Date, changes: Changes): void {
  const instant = notBefore(at, now)
  for (const filing of at.filings) {
    if (!isUnsent(filing) || filing.pending?.trouble !== undefined) continue
    const prepared = prepare(adapters, declaration, filing, at.filings, referencesOf(at), instant)
    const pending = prepared.pending
    if (JSON.stringify(pending) !== JSON.stringify(filing.pending)) {
      filing.pending = pending
      changes.cases.add(at)
      changes.filings.add(filing)
    }
    move(at, filing, prepared.status, changes, pending?.trouble === undefined ? {} : { trouble: pending.trouble })
    if (prepared.message !== undefined) changes.outbound.push({ filing, message: prepared.message, instant })
  }
}

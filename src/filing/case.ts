import type { Deadline, WireMessage } from '../../adapters/adapter.ts'
import type { Gate } from '../../schemas/gate.ts'
import type { Plan } from '../../schemas/plan.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { Recognised } from '../../schemas/recognition.ts'
import { type FilingStatus, type Hold, rankOf, statuses } from '../../schemas/status.ts'
import type { Known } from '../recognition/stand-ins.ts'
import { attemptOf, fold, type KeptReceipt } from './fold.ts'
import type { Pending, Sendable } from './prepare.ts'

/** How a filing came about: planned at acceptance, asked for later, or to change another. */
export type Occasion = 'plan' | 'request' | 'change'

/** One filing with all that is known of it. */
export interface Filing extends Sendable {
  readonly declarationId: string
  readonly position: number
  readonly occasion: Occasion
  /** The version of the declaration its agency holds, or will get. */
  version: number
  /** For a change: the change it is part of, and the filing it changes. */
  readonly changeId: string | undefined
  readonly changes: string | undefined
  /** Further declarations it covers. */
  readonly covers: readonly string[]
  attempt: number
  status: FilingStatus
  holds: readonly Hold[]
  pending: Pending | undefined
  unknown: boolean
  particulars: unknown
  gates: readonly Gate[]
  revision: number
  readonly references: Reference[]
  readonly receipts: KeptReceipt[]
}

/** A change 修撤单 that agencies have still to answer. */
export interface OpenChange {
  readonly id: string
  readonly kind: 'amendment' | 'cancellation'
  /** The version an amendment makes when it is granted; for a cancellation the one that is cancelled. */
  readonly version: number
  readonly reason: string
  /** The plan of that version. */
  readonly plan: Plan
}

/** A declaration with its filings, locked for a change: 一票. */
export interface Case {
  readonly id: string
  readonly tenant: string
  /** The version that counts: the one filings not sent yet are made from. */
  version: number
  eventCount: number
  revision: number
  /** What its figures in the statistics were last made from; undefined while it counts for nothing. */
  counted: string | undefined
  readonly filings: Filing[]
  change: OpenChange | undefined
  /** Cancelled as a whole, for good. */
  cancelled: boolean
  /** Holds other agencies asked for 协助暂缓: they keep every filing that was not sent. */
  assistance: readonly Gate[]
  /** Results that others may recognise, and the rules for it. */
  recognition: Known
}

/** Something that happened, for the timeline. */
export interface Happening {
  readonly declarationId: string
  readonly type: EventType
  readonly filingId?: string
  readonly data: Record<string, unknown>
}
/** What can happen: the types of events 事件类型, without the prefix they are sent with. */
export const eventTypes = [
  'recognition.honoured',
  'recognition.recorded',
  'recognition.revoked',
  'recognition.used',
  'declaration.accepted',
  'declaration.revised',
  'declaration.recorded',
  'declaration.change-requested',
  'declaration.amended',
  'declaration.cancelled',
  'declaration.change-refused',
  'declaration.change-withdrawn',
  'certificate.committed',
  'certificate.refused',
  'certificate.released',
  'certificate.reserved',
  'certificate.unreachable',
  'filing.requested',
  'filing.amended',
  'assistance.asked',
  'assistance.answered',
  'assistance.closed',
  'assistance.escalated',
  'assistance.result',
  'deadline.near',
  'deadline.passed',
  'filing.queued',
  'filing.particulars',
  'filing.sent',
  'filing.unreachable',
  'filing.unknown',
  'filing.receipt',
  'filing.status',
  'filing.lane-stopped',
  'filing.lane-resumed',
  'filing.replayed',
  'movement.actual',
  'movement.left',
  'movement.retracted',
] as const
export type EventType = (typeof eventTypes)[number]

/** Bytes to be sent. */
export interface Outbound {
  readonly filing: Filing
  readonly message: WireMessage
  readonly instant: string
  /** Recognised results it carries. */
  readonly recognitions?: readonly Recognised[]
}

/** A change that came to its end: what is kept of it. */
export interface Settled {
  readonly at: Case
  readonly change: OpenChange
  readonly outcome: 'granted' | 'partly' | 'refused' | 'withdrawn'
}

/** What a step changed. */
export interface Changes {
  readonly cases: Set<Case>
  /** Cases in which an agency has decided something: what must be done in time elsewhere may follow from it. */
  readonly milestones: Set<Case>
  readonly filings: Set<Filing>
  /** Filings that are new. */
  readonly added: Filing[]
  readonly happenings: Happening[]
  readonly outbound: Outbound[]
  readonly learned: { filing: Filing; reference: Reference }[]
  readonly settled: Settled[]
  /** Filings with what must still be done in time for them. */
  readonly deadlines: { readonly filing: Filing; readonly deadlines: readonly Deadline[] }[]
}
export const noChanges = (): Changes => ({
  cases: new Set(),
  milestones: new Set(),
  filings: new Set(),
  added: [],
  happenings: [],
  outbound: [],
  learned: [],
  settled: [],
  deadlines: [],
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
  if (rankOf(status) >= rankOf('approved')) changes.milestones.add(at)
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
export const isUnsent = (filing: Pick<Filing, 'status'>): boolean => notSentYet.has(filing.status)

/** Its agency has it, or may have it, and it is not over: what takes a change to be other than it is. */
export const isHeld = (filing: Filing): boolean => !isUnsent(filing) && rankOf(filing.status) < rankOf('refused')

/** Names of all filings of a case, by agency: what an encoder may refer to. */
export function referencesOf(at: Case): Record<string, Reference[]> {
  const all: Record<string, Reference[]> = {}
  for (const filing of at.filings) (all[filing.agency] ??= []).push(...filing.references)
  return all
}

/** Now, but never before anything an agency has said in this case: what answers a receipt is not dated before it, whoever's clock runs ahead. */
export function notBefore(at: Case, now: Date): string {
  const said = at.filings.flatMap(({ receipts }) => receipts.map(({ at }) => (at === undefined ? 0 : Date.parse(at))))
  return new Date(Math.max(now.getTime(), ...said)).toISOString()
}

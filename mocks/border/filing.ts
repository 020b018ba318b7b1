import { passageOf, type Refused } from './checks.ts'
import type { RefusalCode, refusalStatus } from './codes.ts'
import type { Body, Change } from './message.ts'
import type { Step } from './outcomes.ts'
import type { Fault } from './shape.ts'
import type { Out, References } from './write.ts'

/** What the office answers at once. */
export interface Answer {
  readonly status: 200 | 202 | (typeof refusalStatus)[RefusalCode]
  readonly body: string
}

/** What an attempt at a change is about. */
export interface Changing extends Change {
  readonly kind: 'amendment' | 'cancellation'
}

export interface Attempt {
  readonly number: number
  readonly references: References
  readonly digest: string
  readonly answer: Answer
  readonly receivedAt: number
  /** As it stands: a granted amendment puts another in its place. */
  body: Body
  readonly changing?: Changing
  faults: readonly Fault[]
  readonly refused: readonly Refused[]
  status: string
  occurredAt: string
  inspection: Out
  /** Steps that wait until another office lets it go. */
  readonly waiting: Step[]
  guard: Out
  /** The result of another office that spared boarding. */
  readonly recognised: Out | undefined
  /** The instant of passing for which it was cleared, epoch milliseconds. */
  clearedFor?: number
  /** The passage of the border: not before an instant; planned anew when its time is amended. */
  leaving?: { readonly step: Step; earliest: number; plan: number }
  readonly receipts: Out[]
}

/** One conveyance's filing 申报, or one change of it: its attempts, the newest last. Its number is kept from attempt to attempt. */
export interface Filing {
  /** Clearance number of a conveyance, change number of a change. */
  number: string
  readonly attempts: Attempt[]
}

/** When the border is passed, epoch milliseconds. */
export const passageAt = ({ body, leaving }: Attempt): number =>
  Math.max(Date.parse(passageOf(body)), leaving?.earliest ?? 0)

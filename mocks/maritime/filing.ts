import type { Facts } from './checks.ts'
import type { RefusalCode, refusalStatus } from './codes.ts'
import type { Joint } from './cooperate.ts'
import type { Step } from './outcomes.ts'
import type { Changing } from './procedures/change.ts'
import type { ProcedurePath } from './procedures/index.ts'
import type { Fault } from './shape.ts'
import type { Out, References } from './write.ts'

/** What the office answers at once. */
export interface Answer {
  readonly status: 200 | 202 | (typeof refusalStatus)[RefusalCode]
  readonly body: string
}

/** Where documents are handed in: by what they declare, or as a change of it. */
export type Path = ProcedurePath | 'changes'

export interface Attempt {
  readonly number: number
  readonly references: References
  /** The outcome table's word for what is asked. */
  readonly word: string
  readonly inline: boolean
  readonly digest: string
  answer: Answer
  readonly receivedAt: number
  /** As they stand: a granted amendment puts others in their place. Absent in a cancellation. */
  facts: Facts | undefined
  readonly changing?: Changing
  faults: readonly Fault[]
  status: string
  occurredAt: string
  /** Numbers and validity given so far, in wire order. */
  numbers: Out
  /** Until when a permit holds. */
  validUntil?: number
  /** The ship's leaving: not before an instant; planned anew when its time is amended. */
  leaving?: { readonly step: Step; earliest: number; plan: number }
  boxOpening: Out
  /** An inspection together with another office, and what waits for its result. */
  joint?: Joint
  readonly waiting: Step[]
  /** The result of another office that spared opening a box. */
  readonly recognised: Out | undefined
  readonly receipts: Out[]
}

/** One filing 申报, or one change of it: its attempts, the newest last. */
export interface Filing {
  readonly path: Path
  readonly attempts: Attempt[]
}

/** What is wanted of one exchange 一次请求的安排: by its header, or by a step of a script. */
import type { FaultOrder } from './faults.ts'

/** An answer given in the agency's place. */
export interface Reply {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

export interface Direction {
  /** Who wants it, for the journal: `header`, or `script <name> / <step>`. */
  readonly by: string
  /** Magic values: the agency takes the request as if they stood in the sender's reference. */
  readonly outcomes: readonly string[]
  readonly faults: readonly FaultOrder[]
  /** Given instead of the agency's answer; the agency never sees the request. */
  readonly reply?: Reply
  /** Real time the answer is kept back. */
  readonly delayMs: number
}

/** A step of a script that a request almost matched. */
export interface Miss {
  readonly script: string
  readonly step: string
  /** Each difference in words: `body /A/B: expected "X", got "Y"`. */
  readonly differs: readonly string[]
}

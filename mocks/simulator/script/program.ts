/** A script ready to run 场景脚本: what `compile.ts` makes of the document. */
import type { Direction } from '../direction.ts'
import type { FaultOrder } from '../faults.ts'
import type { Pattern } from './pattern.ts'
import type { Spot } from './request.ts'
import type { Template } from './template.ts'

export interface Program {
  readonly name: string
  readonly starts: string
  /** There is a state machine for each value found here, at the first spot that has one; undefined: one for the session. */
  readonly stateOf: readonly Spot[] | undefined
  /** Whether requests that no step takes are refused, instead of being left to the agency. */
  readonly refuses: boolean
  readonly steps: readonly Step[]
}

export interface Step {
  readonly name: string
  /** Its place in the script, from 0. */
  readonly place: number
  /** Who is asked; an automatic step that sends nothing has none. */
  readonly agency: string | undefined
  /** The states it is for; undefined: any. */
  readonly in: ReadonlySet<string> | undefined
  /** What it waits for; undefined of an automatic step. */
  readonly match: Match | undefined
  /** How long (simulated) the state has been held when an automatic step goes. */
  readonly afterMs: number
  /** At most so often in one state machine; undefined: always. */
  readonly times: number | undefined
  readonly outcomes: readonly string[]
  readonly faults: readonly FaultOrder[]
  readonly reply: ReplyTemplate | undefined
  readonly delayMs: number
  /** What it wants, where that is the same of every request. */
  readonly always: Direction | undefined
  /** The state it leads to. */
  readonly enters: string | undefined
  readonly sends: readonly Sending[]
}

export interface Match {
  /** Undefined: any. */
  readonly methods: readonly string[] | undefined
  readonly path: PathShape | undefined
  readonly conditions: readonly Condition[]
}

/** A path; `*` stands for one segment, `**` at its end for all that follow. */
export interface PathShape {
  readonly written: string
  /** Undefined when the path has no stars. */
  readonly segments: readonly string[] | undefined
}

export interface Condition {
  readonly spot: Spot
  readonly equals?: string | undefined
  readonly contains?: string | undefined
  readonly matches?: { readonly written: string; readonly finds: Pattern } | undefined
  readonly absent?: true | undefined
}

export interface ReplyTemplate {
  readonly status: number
  readonly headers: readonly (readonly [string, Template])[]
  readonly body: Template
}

export interface Sending {
  readonly afterMs: number
  readonly agency: string
  readonly reference: Template
  readonly name: Template
  readonly contentType: Template
  readonly body: Template
}

/** What the conformance kit 符合性测试 says: scenarios, what was found, and the verdict on each. */
import type { Text } from '../schemas/text.ts'

/** One request and what came of it, as it stood on the wire; bodies as text, cut where they are long, secrets masked. */
export interface Exchange {
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
  }
  /** Absent when nobody answered; `error` then says why. */
  readonly response?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  readonly error?: string
}

/** One thing that is not as it must be. */
export interface Finding {
  readonly what: string
  /** Where: a JSON pointer into a document, or a path into an XML one. */
  readonly pointer?: string
  readonly exchange?: Exchange
}

/** What a scenario is about. */
export const groups = ['schema', 'sequence', 'idempotency', 'disorder', 'timeout', 'forbidden'] as const
export type Group = (typeof groups)[number]

/** One promise, and how it is put to the test. A subject is an adapter, a running agency, or a running gateway. */
export interface Scenario<Subject> {
  /** Stable, in kebab case: named in reports and in `--only`. */
  readonly id: string
  readonly group: Group
  /** The promise, as a sentence. */
  readonly title: Text
  /** Why this subject cannot be asked, when it lacks the capability concerned; undefined: it is asked. */
  notApplicable?(subject: Subject): string | undefined
  /** What was found that breaks the promise; nothing: it is kept. */
  judge(subject: Subject): Promise<readonly Finding[]> | readonly Finding[]
}

export type Verdict =
  | { readonly verdict: 'conformant' }
  | { readonly verdict: 'not-conformant'; readonly findings: readonly Finding[] }
  | { readonly verdict: 'not-applicable'; readonly reason: string }

export type Judged = Verdict & {
  readonly id: string
  readonly group: Group
  readonly title: Text
  readonly durationMs: number
}

/** Everything said of one subject. */
export interface Report {
  readonly kind: 'adapter' | 'agency' | 'gateway'
  /** What was judged: an adapter's id, an address. */
  readonly subject: string
  readonly judged: readonly Judged[]
}

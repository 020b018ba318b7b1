/** The book of filings 申报登记簿: what was handed in under which number, so that a repeat has no second effect. */
import type { Run } from './course.ts'
import type { Handed } from './outcomes.ts'
import type { Notice, Receipt } from './write.ts'

/** One sending of a filing. */
export interface Attempt {
  readonly messageId: string
  readonly body: string
  readonly receipt: Receipt
  /** Over without being granted: the next attempt may come. */
  refused: boolean
  readonly notices: Notice[]
  /** On its way; a change starts it anew. */
  run?: Run
}

/** A filing under the sender's number, with all its attempts. */
export interface Filing {
  readonly ourReference: string
  readonly procedure: Handed
  readonly traderReference: string
  readonly attempts: Attempt[]
  /** Outcomes that had their one turn. */
  readonly spent: Set<string>
}

export type Admission =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat'; readonly attempt: Attempt }
  | { readonly kind: 'conflict'; readonly code: 'TX-4091' | 'TX-4092' }

export function openBook() {
  const filings = new Map<string, Filing>()
  const messages = new Map<string, Attempt>()

  return {
    /** What the numbers of a document mean beside those already taken. */
    admit(procedure: Handed, ourReference: string, messageId: string, body: string): Admission {
      const sent = messages.get(messageId)
      if (sent !== undefined)
        return sent.body === body ? { kind: 'repeat', attempt: sent } : { kind: 'conflict', code: 'TX-4091' }
      const filing = filings.get(ourReference)
      if (filing === undefined) return { kind: 'new' }
      const pending = filing.attempts.at(-1)?.refused === false
      return pending || filing.procedure !== procedure ? { kind: 'conflict', code: 'TX-4092' } : { kind: 'new' }
    },
    /** The filing under a number, opened when it is the first time. */
    filing(procedure: Handed, ourReference: string, traderReference: string): Filing {
      const known = filings.get(ourReference)
      if (known !== undefined) return known
      const filing: Filing = { ourReference, procedure, traderReference, attempts: [], spent: new Set() }
      filings.set(ourReference, filing)
      return filing
    },
    enter(filing: Filing, attempt: Attempt): void {
      filing.attempts.push(attempt)
      messages.set(attempt.messageId, attempt)
    },
    find(procedure: Handed, ourReference: string): Filing | undefined {
      const filing = filings.get(ourReference)
      return filing?.procedure === procedure ? filing : undefined
    },
    /** The filing under a number, whatever it is, as long as its latest attempt was taken and not refused since. */
    standing(ourReference: string): { readonly filing: Filing; readonly attempt: Attempt } | undefined {
      const filing = filings.get(ourReference)
      const attempt = filing?.attempts.at(-1)
      return filing === undefined || attempt === undefined || attempt.refused ? undefined : { filing, attempt }
    },
  }
}
export type Book = ReturnType<typeof openBook>

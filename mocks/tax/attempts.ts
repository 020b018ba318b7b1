/** The book of filings 申报登记簿: what was handed in under which number, so that a repeat has no second effect. */
import type { TaxProcedure } from './outcomes.ts'
import type { Receipt } from './write.ts'

/** One sending of a filing. */
export interface Attempt {
  readonly messageId: string
  readonly body: string
  readonly receipt: Receipt
  /** Over without being granted: the next attempt may come. */
  refused: boolean
  readonly notices: object[]
}

/** A filing under the sender's number, with all its attempts. */
export interface Filing {
  readonly ourReference: string
  readonly procedure: TaxProcedure
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
    admit(procedure: TaxProcedure, ourReference: string, messageId: string, body: string): Admission {
      const sent = messages.get(messageId)
      if (sent !== undefined)
        return sent.body === body ? { kind: 'repeat', attempt: sent } : { kind: 'conflict', code: 'TX-4091' }
      const filing = filings.get(ourReference)
      if (filing === undefined) return { kind: 'new' }
      const pending = filing.attempts.at(-1)?.refused === false
      return pending || filing.procedure !== procedure ? { kind: 'conflict', code: 'TX-4092' } : { kind: 'new' }
    },
    /** The filing under a number, opened when it is the first time. */
    filing(procedure: TaxProcedure, ourReference: string, traderReference: string): Filing {
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
    find(procedure: TaxProcedure, ourReference: string): Filing | undefined {
      const filing = filings.get(ourReference)
      return filing?.procedure === procedure ? filing : undefined
    },
    /** Whether a filing still claims what it claimed: it was taken and not refused since. */
    stands(ourReference: string): boolean {
      return filings.get(ourReference)?.attempts.at(-1)?.refused === false
    },
  }
}
export type Book = ReturnType<typeof openBook>

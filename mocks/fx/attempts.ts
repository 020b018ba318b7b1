/** The book of filings 业务登记簿: what came in under which number, so that a repeat books nothing twice. */
import type { FxProcedure } from './read.ts'
import type { StatusReport } from './write.ts'

/** One sending of a filing. */
export interface Attempt {
  readonly messageId: string
  readonly body: string
  /** As it was written: a repeat gets the same bytes. */
  readonly answer: string
  /** What an inquiry is told. */
  present: StatusReport
  /** Over without being granted: the next attempt may come. */
  refused: boolean
}

/** A filing under the sender's number, with all its attempts. */
export interface Filing {
  readonly ourReference: string
  readonly procedure: FxProcedure
  readonly traderReference: string
  readonly attempts: Attempt[]
  /** Outcomes that had their one turn. */
  readonly spent: Set<string>
  /** What was moved: not to be moved again. */
  settled: { readonly currency: string; readonly amount: string } | undefined
  /** Given by the bank once: its own number and, for a payment, the 申报号码. */
  bankNumber: string
  reportNumber: string
}

export type Admission =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat'; readonly attempt: Attempt }
  | { readonly kind: 'conflict'; readonly code: 'FX-901' | 'FX-902' }

export function openBook() {
  const filings = new Map<string, Filing>()
  const messages = new Map<string, Attempt>()

  return {
    /** What the numbers of a document mean beside those already taken. */
    admit(procedure: FxProcedure, ourReference: string, messageId: string, body: string): Admission {
      const sent = messages.get(messageId)
      if (sent !== undefined)
        return sent.body === body ? { kind: 'repeat', attempt: sent } : { kind: 'conflict', code: 'FX-901' }
      const filing = filings.get(ourReference)
      if (filing === undefined) return { kind: 'new' }
      const pending = filing.attempts.at(-1)?.refused === false
      return pending || filing.procedure !== procedure ? { kind: 'conflict', code: 'FX-902' } : { kind: 'new' }
    },
    /** The filing under a number, opened when it is the first time. */
    filing(procedure: FxProcedure, ourReference: string, traderReference: string): Filing {
      const known = filings.get(ourReference)
      if (known !== undefined) return known
      const filing: Filing = {
        ourReference,
        procedure,
        traderReference,
        attempts: [],
        spent: new Set(),
        settled: undefined,
        bankNumber: '',
        reportNumber: '',
      }
      filings.set(ourReference, filing)
      return filing
    },
    enter(filing: Filing, attempt: Attempt): void {
      filing.attempts.push(attempt)
      messages.set(attempt.messageId, attempt)
    },
    find(procedure: FxProcedure, ourReference: string): Filing | undefined {
      const filing = filings.get(ourReference)
      return filing?.procedure === procedure ? filing : undefined
    },
  }
}

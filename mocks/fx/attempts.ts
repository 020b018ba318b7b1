/** The book of filings 业务登记簿: what came in under which number, so that a repeat books nothing twice. */
import type { Application, Handed } from './read.ts'
import type { FirmClass } from './register.ts'
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
  /** An application to change it is open: nothing happens meanwhile. */
  isHeld?: boolean
  /** Taken back: nothing happens any more. */
  isOver?: boolean
  /** Goes on with what became due while it was held. */
  resume?: () => void
}

/** A filing under the sender's number, with all its attempts. */
export interface Filing {
  readonly ourReference: string
  readonly procedure: Handed
  readonly traderReference: string
  readonly attempts: Attempt[]
  /** Outcomes that had their one turn. */
  readonly spent: Set<string>
  /** What was moved: not to be moved again. */
  settled: { readonly currency: string; readonly amount: string } | undefined
  /** What stands: the application of the latest attempt taken, as amended since. */
  application?: Application
  /** How much of it declarations stand behind 核注合计; what only customs took away since still counts. */
  verified: string
  /** As which class the bank took the firm. */
  firmClass: FirmClass
  /** SAFE has its record. */
  isDeclared: boolean
  /** The bank has asked about a declaration that shrank. */
  isQuestioned: boolean
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
    admit(procedure: Handed, ourReference: string, messageId: string, body: string): Admission {
      const sent = messages.get(messageId)
      if (sent !== undefined)
        return sent.body === body ? { kind: 'repeat', attempt: sent } : { kind: 'conflict', code: 'FX-901' }
      const filing = filings.get(ourReference)
      if (filing === undefined) return { kind: 'new' }
      const pending = filing.attempts.at(-1)?.refused === false
      return pending || filing.procedure !== procedure ? { kind: 'conflict', code: 'FX-902' } : { kind: 'new' }
    },
    /** The filing under a number, opened when it is the first time. */
    filing(procedure: Handed, ourReference: string, traderReference: string): Filing {
      const known = filings.get(ourReference)
      if (known !== undefined) return known
      const filing: Filing = {
        ourReference,
        procedure,
        traderReference,
        attempts: [],
        spent: new Set(),
        settled: undefined,
        verified: '0',
        firmClass: 'A',
        isDeclared: false,
        isQuestioned: false,
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
    /** The filing under a number, as long as its latest attempt was taken and is not over. */
    standing(ourReference: string): { readonly filing: Filing; readonly attempt: Attempt } | undefined {
      const filing = filings.get(ourReference)
      const attempt = filing?.attempts.at(-1)
      return filing === undefined || attempt === undefined || attempt.refused ? undefined : { filing, attempt }
    },
    /** Every filing that stands. */
    all: () => [...filings.values()].filter(({ attempts }) => attempts.at(-1)?.refused === false),
    find(procedure: Handed, ourReference: string): Filing | undefined {
      const filing = filings.get(ourReference)
      return filing?.procedure === procedure ? filing : undefined
    },
  }
}
export type Book = ReturnType<typeof openBook>

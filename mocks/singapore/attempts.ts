/** The book of declarations: what came in under which number, so that a repeat gets no second permit. */

/** One sending of a declaration. */
export interface Attempt {
  readonly instanceIdentifier: string
  readonly body: string
  /** As it was written: a repeat gets the same bytes. */
  readonly answer: string
  /** Over without being granted: the next attempt may come. */
  refused: boolean
  readonly responses: { readonly name: string; readonly body: string }[]
}

/** A filing under the sender's number, with all its attempts. */
export interface Filing {
  readonly ourReference: string
  readonly traderReference: string
  readonly attempts: Attempt[]
  /** Outcomes that had their one turn. */
  readonly spent: Set<string>
}

export type Admission =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat'; readonly attempt: Attempt }
  | { readonly kind: 'conflict'; readonly error: 'E10002' | 'E10003' }

export function openBook() {
  const filings = new Map<string, Filing>()
  const messages = new Map<string, Attempt>()
  const spent = new Map<string, Set<string>>()

  return {
    /** What the numbers of a message mean beside those already taken. */
    admit(ourReference: string, instanceIdentifier: string, body: string): Admission {
      const sent = messages.get(instanceIdentifier)
      if (sent !== undefined)
        return sent.body === body ? { kind: 'repeat', attempt: sent } : { kind: 'conflict', error: 'E10002' }
      const pending = filings.get(ourReference)?.attempts.at(-1)?.refused === false
      return pending ? { kind: 'conflict', error: 'E10003' } : { kind: 'new' }
    },
    /** The filing under a number, opened when it is the first time. */
    filing(ourReference: string, traderReference: string): Filing {
      const known = filings.get(ourReference)
      if (known !== undefined) return known
      const filing: Filing = { ourReference, traderReference, attempts: [], spent: new Set() }
      filings.set(ourReference, filing)
      return filing
    },
    /** Outcomes that updates of a permit or certificate had their one turn with: each update comes under a number of its own. */
    spentOn(subject: string): Set<string> {
      const turns = spent.get(subject) ?? new Set()
      spent.set(subject, turns)
      return turns
    },
    enter(filing: Filing, attempt: Attempt): void {
      filing.attempts.push(attempt)
      messages.set(attempt.instanceIdentifier, attempt)
    },
    latest(ourReference: string): Attempt | undefined {
      return filings.get(ourReference)?.attempts.at(-1)
    },
  }
}

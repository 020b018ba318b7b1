import { createHash } from 'node:crypto'
import type { Desk } from '../agency.ts'
import type { Facts } from './checks.ts'
import { type RefusalCode, refusalStatus } from './codes.ts'
import { beijing } from './formats.ts'
import {
  type Block,
  decide,
  leavingAfterMinutes,
  openingAfterMinutes,
  refusalAt,
  type Step,
  statuses,
} from './outcomes.ts'
import { permitHours } from './parameters.ts'
import { type Procedure, type ProcedurePath, procedures } from './procedures/index.ts'
import { readSubmission, type Submission } from './read.ts'
import type { Fault } from './shape.ts'
import {
  contentType,
  type Out,
  type References,
  textOf,
  writeAcknowledgement,
  writeReceipt,
  writeRefusal,
  writeState,
} from './write.ts'

/** What the office answers at once. */
export interface Answer {
  readonly status: 200 | 202 | (typeof refusalStatus)[RefusalCode]
  readonly body: string
}

interface Attempt {
  readonly number: number
  readonly references: References
  readonly procedure: Procedure
  readonly digest: string
  answer: Answer
  readonly receivedAt: number
  readonly facts: Facts
  readonly faults: readonly Fault[]
  status: string
  occurredAt: string
  /** Numbers and validity given so far, in wire order. */
  numbers: Out
  boxOpening: Out
  readonly receipts: Out[]
}

/** One filing 申报: its attempts, the newest last. */
interface Filing {
  readonly path: ProcedurePath
  readonly attempts: Attempt[]
}

const minute = 60_000
/** States in which a new attempt is taken in; in the last it replaces the document whose papers are incomplete. */
const open = ['REFUSED', 'EXPIRED', 'SUPPLEMENT']

/** An office of the maritime safety administration 海事局 with its memory, which begins empty. */
export function openOffice(desk: Desk): {
  submit(path: ProcedurePath, bytes: Uint8Array): Answer
  inquire(path: ProcedurePath, ourReference: string): Answer
} {
  const filings = new Map<string, Filing>()
  /** Cargo approvals in force, by number. */
  const approvals = new Map<string, { filing: Filing; attempt: Attempt }>()
  let lastNumber = 0

  /** What a receipt carries beside its text; an order is remembered until it is over. */
  const blocks: { readonly [B in Block]: (attempt: Attempt, now: number) => Out } = {
    'box-opening'(attempt, now) {
      const containers = [...new Set(attempt.facts.contents.map(({ container }) => container))]
      const drawn = Math.floor(desk.draw(`box ${keyOf(attempt)}`) * containers.length)
      attempt.boxOpening = {
        ContainerNumber: containers.slice(drawn, drawn + 1),
        Officer: `HS${500_100 + Math.floor(desk.draw(`officer ${keyOf(attempt)}`) * 800)}`,
        At: beijing(now + openingAfterMinutes * minute),
        Place: attempt.facts.place,
      }
      return { BoxOpening: attempt.boxOpening }
    },
    'box-passed': ({ boxOpening }) => ({ BoxOpening: { ...boxOpening, Result: 'PASSED' } }),
    'box-failed': ({ boxOpening }) => ({ BoxOpening: { ...boxOpening, Result: 'FAILED' } }),
    errors: ({ faults }) => ({
      Errors: { Error: faults.map(({ code, location }) => ({ Code: code, Location: location, ...textOf(code) })) },
    }),
  }

  return { submit, inquire }

  function submit(path: ProcedurePath, bytes: Uint8Array): Answer {
    const submission = readSubmission(bytes, procedures[path].examiner.root)
    const { ourReference, messageId } = submission
    const refuse = (code: RefusalCode) => refusal(code, ourReference, messageId)
    if (submission.content === undefined) return refuse('MA-901')
    const filing = filings.get(ourReference) ?? { path, attempts: [] }
    if (filing.path !== path) return refuse('MA-907')
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = filing.attempts.find(({ references }) => references.MessageId === messageId)
    if (known !== undefined) return known.digest === digest ? known.answer : refuse('MA-902')
    const last = filing.attempts.at(-1)
    if (last !== undefined && !open.includes(last.status)) return refuse('MA-903')
    filings.set(ourReference, filing)
    return takeIn(filing, submission, digest)
  }

  function inquire(path: ProcedurePath, ourReference: string): Answer {
    const filing = filings.get(ourReference)
    const last = filing?.attempts.at(-1)
    if (filing?.path !== path || last === undefined) return refusal('MA-904', ourReference)
    const receipts = filing.attempts.flatMap((attempt) => attempt.receipts)
    return {
      status: 200,
      body: writeState({ ...last.references, Status: last.status, OccurredAt: last.occurredAt }, receipts),
    }
  }

  /** A new attempt: decides what will be said about it, and when. */
  function takeIn(filing: Filing, submission: Submission, digest: string): Answer {
    const { messageId, ourReference, traderReference, content } = submission
    const now = desk.now()
    const procedure: Procedure = procedures[filing.path]
    const number = filing.attempts.length + 1
    const references = {
      MessageId: messageId,
      OurReference: ourReference,
      TraderReference: traderReference,
      Procedure: filing.path,
    }
    const inForce = new Map([...approvals].map(([approval, { attempt }]) => [approval, attempt.facts]))
    const { faults, facts } = procedure.examiner.examine(content, { now, approvals: inForce })
    const question = {
      traderReference,
      procedure: procedure.word,
      attempt: number,
      hasContainers: facts.contents.length > 0,
      draw: desk.draw(`${filing.path} ${ourReference} ${number}`),
    }
    const row = faults.length > 0 ? undefined : decide(question)
    const attempt: Attempt = {
      number,
      references,
      procedure,
      digest,
      answer: { status: 202, body: writeAcknowledgement(references, now) },
      receivedAt: now,
      facts,
      faults: row?.faults ?? faults,
      status: 'SUBMITTED',
      occurredAt: beijing(now),
      numbers: {},
      boxOpening: {},
      receipts: [],
    }
    filing.attempts.push(attempt)
    desk.effect(traderReference, `${procedure.word} declared, attempt ${number}`)
    schedule(filing, attempt, row?.steps ?? refusalAt(procedure.inline))
    return attempt.answer
  }

  function schedule(filing: Filing, attempt: Attempt, steps: readonly Step[]): void {
    const { receivedAt, facts, procedure } = attempt
    let before = 0
    for (const step of steps) {
      const delays = {
        departure: Math.max(facts.etd - receivedAt, before + leavingAfterMinutes * minute),
        expiry: validityOf(receivedAt + before, facts.etd).until - receivedAt,
      }
      const delay = typeof step.at === 'number' ? step.at * minute : delays[step.at]
      if (procedure.inline) attempt.answer = { status: 200, body: writeReceipt(say(filing, attempt, step)) }
      else desk.after(delay, () => tell(filing, attempt, step))
      before = delay
    }
  }

  /** Moves an attempt on and tells the customer, unless a newer document has taken its place. */
  function tell(filing: Filing, attempt: Attempt, step: Step): void {
    if (filing.attempts.at(-1) !== attempt) return
    const receipt = say(filing, attempt, step)
    const name = `${receiptId(attempt, attempt.receipts.length)}.xml`
    desk.send(attempt.references.TraderReference, { name, contentType, body: writeReceipt(receipt) })
    if (step.status === 'DEPARTED') useUp(attempt)
  }

  /** The ship took the cargo along: its approvals are used up. */
  function useUp({ facts }: Attempt): void {
    for (const number of facts.approvals) {
      const approval = approvals.get(number)
      if (approval === undefined) continue
      approvals.delete(number)
      tell(approval.filing, approval.attempt, { at: 'departure', status: 'DEPARTED' })
    }
  }

  function say(filing: Filing, attempt: Attempt, { status, written = status }: Step): Out {
    const now = desk.now()
    const saying = statuses[status]
    if (saying === undefined) throw new RangeError(`Status ${status} has no text`)
    attempt.status = written
    attempt.occurredAt = beijing(now)
    if (saying.gives === 'acceptance') attempt.numbers = { AcceptanceNumber: nextNumber('SL', now) }
    if (saying.gives === 'grant') grant(filing, attempt, now)
    const receipt: Out = {
      ReceiptId: receiptId(attempt, attempt.receipts.length + 1),
      ...attempt.references,
      Status: written,
      OccurredAt: attempt.occurredAt,
      ...attempt.numbers,
      ...(saying.block === undefined ? {} : blocks[saying.block](attempt, now)),
      TextEn: saying.en,
      TextZh: saying.zh,
    }
    attempt.receipts.push(receipt)
    if (saying.effect !== undefined)
      desk.effect(attempt.references.TraderReference, `${attempt.procedure.word} ${saying.effect}`)
    return receipt
  }

  /** Gives the number that the procedure is about; a permit with its validity. */
  function grant(filing: Filing, attempt: Attempt, now: number): void {
    const { element, letters } = attempt.procedure.grant
    const number = nextNumber(letters, now)
    const { from, until } = validityOf(now, attempt.facts.etd)
    const validity = element === 'PermitNumber' ? { ValidFrom: beijing(from), ValidUntil: beijing(until) } : {}
    attempt.numbers = { ...attempt.numbers, [element]: number, ...validity }
    if (filing.path === 'dangerous-cargo') approvals.set(number, { filing, attempt })
  }

  function nextNumber(letters: string, now: number): string {
    lastNumber += 1
    return `${letters}${beijing(now).slice(2, 10).replaceAll('-', '')}${String(lastNumber).padStart(8, '0')}`
  }
}

export function refusal(code: RefusalCode, ourReference = '', messageId = ''): Answer {
  return { status: refusalStatus[code], body: writeRefusal(code, ourReference, messageId) }
}

const keyOf = ({ references, number }: Attempt): string => `${references.OurReference} ${number}`
const receiptId = ({ references, number }: Attempt, sequence: number): string =>
  `MR-${references.OurReference}-${number}-${sequence}`

/** How long a permit given at an instant holds 有效期. */
function validityOf(given: number, etd: number): { from: number; until: number } {
  const from = Math.max(given, etd - permitHours.earliestBeforeEtd * 3_600_000)
  return { from, until: from + permitHours.valid * 3_600_000 }
}

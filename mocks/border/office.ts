import { createHash } from 'node:crypto'
import type { Desk } from '../agency.ts'
import { check, passageOf, pickOne, type Refused, screen } from './checks.ts'
import { type RefusalCode, refusalStatus } from './codes.ts'
import type { Body } from './message.ts'
import {
  type Block,
  boardingAfterMinutes,
  decide,
  leavingAfterMinutes,
  rejection,
  type Step,
  statuses,
} from './outcomes.ts'
import { readReferences, readSubmission, type Submission } from './read.ts'
import type { Fault } from './shape.ts'
import {
  beijing,
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
  readonly digest: string
  readonly answer: Answer
  readonly receivedAt: number
  readonly body: Body
  readonly faults: readonly Fault[]
  readonly refused: readonly Refused[]
  status: string
  occurredAt: string
  inspection: Out
  guard: Out
  readonly receipts: Out[]
}

/** One conveyance's filing 申报: its attempts, the newest last. The clearance number is kept from attempt to attempt. */
interface Filing {
  clearanceNumber: string
  readonly attempts: Attempt[]
}

const minute = 60_000

/** An office of border inspection 边检站 with its memory, which begins empty. */
export function openOffice(desk: Desk): { submit(bytes: Uint8Array): Answer; inquire(ourReference: string): Answer } {
  const filings = new Map<string, Filing>()
  let lastClearance = 0

  /** What a receipt carries beside its text; an order is remembered until it is over. */
  const blocks: { readonly [B in Block]: (attempt: Attempt, now: number) => Out } = {
    inspection(attempt, now) {
      attempt.inspection = {
        Officer: officer(attempt),
        At: beijing(now + boardingAfterMinutes * minute),
        Place: attempt.body.PortCall.Port.UNLoCode,
      }
      return { Inspection: attempt.inspection }
    },
    'inspection-over': ({ inspection }) => ({ Inspection: { ...inspection, Result: 'PASSED' } }),
    guard(attempt, now) {
      attempt.guard = { Officer: officer(attempt), From: beijing(now) }
      return { Guard: attempt.guard }
    },
    'guard-over': ({ guard }, now) => ({ Guard: { ...guard, Until: beijing(now) } }),
    persons: ({ refused }) => ({ RefusedPersons: { Person: refused.map(personOf) } }),
    errors: ({ faults }) => ({
      Errors: { Error: faults.map(({ code, location }) => ({ Code: code, Location: location, ...textOf(code) })) },
    }),
  }

  return { submit, inquire }

  function submit(bytes: Uint8Array): Answer {
    const submission = readSubmission(bytes)
    if (submission === undefined) {
      const { ourReference, messageId } = readReferences(bytes)
      return refusal('BI-901', ourReference, messageId)
    }
    const { ourReference, messageId } = submission
    const filing = filings.get(ourReference) ?? { clearanceNumber: '', attempts: [] }
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = filing.attempts.find(({ references }) => references.MessageId === messageId)
    if (known !== undefined) return known.digest === digest ? known.answer : refusal('BI-902', ourReference, messageId)
    const last = filing.attempts.at(-1)
    if (last !== undefined && last.status !== 'REJECTED') return refusal('BI-903', ourReference, messageId)
    filings.set(ourReference, filing)
    return takeIn(filing, submission, digest)
  }

  function inquire(ourReference: string): Answer {
    const filing = filings.get(ourReference)
    const last = filing?.attempts.at(-1)
    if (filing === undefined || last === undefined) return refusal('BI-904', ourReference)
    const state = {
      ...last.references,
      ClearanceNumber: filing.clearanceNumber || undefined,
      Status: last.status,
      OccurredAt: last.occurredAt,
    }
    return {
      status: 200,
      body: writeState(
        state,
        filing.attempts.flatMap(({ receipts }) => receipts),
      ),
    }
  }

  /** A new attempt: decides what will be said about it, and when. */
  function takeIn(filing: Filing, submission: Submission, digest: string): Answer {
    const { messageId, ourReference, traderReference, body } = submission
    const now = desk.now()
    const number = filing.attempts.length + 1
    const references = { MessageId: messageId, OurReference: ourReference, TraderReference: traderReference }
    const dataFaults = allFaults(submission, now)
    const hits = screen(body)
    const draw = desk.draw(`boarding ${ourReference} ${number}`)
    const question = { traderReference, procedure: body.Procedure, attempt: number, hits: hits.length > 0, draw }
    const row = dataFaults.length > 0 ? undefined : decide(question)
    const attempt: Attempt = {
      number,
      references,
      digest,
      answer: { status: 202, body: writeAcknowledgement(references, filing.clearanceNumber, now) },
      receivedAt: now,
      body,
      faults: row?.faults ?? dataFaults,
      refused: hits.length > 0 ? hits : pickOne(body),
      status: 'RECEIVED',
      occurredAt: beijing(now),
      inspection: {},
      guard: {},
      receipts: [],
    }
    filing.attempts.push(attempt)
    desk.effect(traderReference, `conveyance declared, attempt ${number}`)
    schedule(filing, attempt, row?.steps ?? rejection)
    return attempt.answer
  }

  function schedule(filing: Filing, attempt: Attempt, steps: readonly Step[]): void {
    let before = 0
    for (const step of steps) {
      const untilPassage = Date.parse(passageOf(attempt.body)) - attempt.receivedAt
      const delay =
        step.at === 'passage' ? Math.max(untilPassage, before + leavingAfterMinutes * minute) : step.at * minute
      desk.after(delay, () => say(filing, attempt, step))
      before = delay
    }
  }

  /** Moves an attempt on and tells the customer. */
  function say(filing: Filing, attempt: Attempt, { status, heldBack = 0 }: Step): void {
    const now = desk.now()
    const saying = statuses[status]
    if (saying === undefined) throw new RangeError(`Status ${status} has no text`)
    const { OurReference, TraderReference } = attempt.references
    const id = `BR-${OurReference}-${attempt.number}-${attempt.receipts.length + 1}`
    if (filing.clearanceNumber === '' && status !== 'REJECTED') filing.clearanceNumber = nextClearance(now)
    attempt.status = status
    attempt.occurredAt = beijing(now)
    const receipt: Out = {
      ReceiptId: id,
      ...attempt.references,
      Procedure: attempt.body.Procedure || undefined,
      ClearanceNumber: filing.clearanceNumber || undefined,
      Status: status,
      OccurredAt: attempt.occurredAt,
      ...(saying.block === undefined ? {} : blocks[saying.block](attempt, now)),
      TextEn: saying.en,
      TextZh: saying.zh,
    }
    attempt.receipts.push(receipt)
    if (saying.effect !== undefined) desk.effect(TraderReference, `${saying.effect}: ${filing.clearanceNumber}`)
    const document = { name: `${id}.xml`, contentType, body: writeReceipt(receipt) }
    if (heldBack === 0) desk.send(TraderReference, document)
    else desk.after(heldBack * minute, () => desk.send(TraderReference, document))
  }

  /** Service number 警号 of the officer in charge. */
  function officer({ references, number }: Attempt): string {
    return String(500_100 + Math.floor(desk.draw(`officer ${references.OurReference} ${number}`) * 800))
  }

  function nextClearance(now: number): string {
    lastClearance += 1
    return `BJ${beijing(now).slice(2, 10).replaceAll('-', '')}${String(lastClearance).padStart(8, '0')}`
  }
}

export function refusal(code: RefusalCode, ourReference = '', messageId = ''): Answer {
  return { status: refusalStatus[code], body: writeRefusal(code, ourReference, messageId) }
}

/** Faults of form and of content; a check that stumbles over a value already named adds nothing. */
function allFaults({ faults, body }: Submission, now: number): Fault[] {
  const named = (location: string) =>
    faults.some((fault) => fault.location === location || fault.location.startsWith(`${location}/`))
  return [...faults, ...check(body, now).filter(({ location }) => !named(location))]
}

function personOf({ list, person, code, ground }: Refused): Out {
  return {
    List: list,
    SequenceNumber: person.SequenceNumber,
    FamilyName: person.Name.FamilyName,
    GivenName: person.Name.GivenName,
    IdNumber: person.IdDocument.IdNumber,
    Code: code,
    Ground: ground,
    ...textOf(code),
  }
}

import { createHash } from 'node:crypto'
import type { Desk } from '../agency.ts'
import { against, changedBy, hasNewPersons, timesAsked } from './changes.ts'
import { check, pickOne, type Refused, screen } from './checks.ts'
import { type RefusalCode, refusalStatus } from './codes.ts'
import { cooperating } from './cooperate.ts'
import { type Answer, type Attempt, type Changing, type Filing, passageAt } from './filing.ts'
import { openHolds } from './holds.ts'
import {
  type Block,
  boardingAfterMinutes,
  decide,
  leavingAfterMinutes,
  notGranted,
  rejection,
  type Step,
  statuses,
} from './outcomes.ts'
import { readReferences, readSubmission, type Submission } from './read.ts'
import { sparing } from './recognised.ts'
import type { Fault } from './shape.ts'
import {
  beijing,
  contentType,
  type Out,
  textOf,
  writeAcknowledgement,
  writeReceipt,
  writeRefusal,
  writeState,
} from './write.ts'

const minute = 60_000
/** States that close an attempt, so that a corrected one is taken in. */
const closing = ['REJECTED', 'NOT_GRANTED']

/** An office of border inspection 边检站 with its memory, which begins empty. */
export function openOffice(desk: Desk) {
  const filings = new Map<string, Filing>()
  let lastNumber = 0

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
    errors: ({ faults }) => ({ Errors: { Error: faults.map(errorOf) } }),
    // A change falls by a rule or by a person.
    grounds: ({ faults, refused }) =>
      faults.length > 0
        ? { Errors: { Error: faults.map(errorOf) } }
        : { RefusedPersons: { Person: refused.map(personOf) } },
  }

  const find = (ourReference: string) => {
    const filing = filings.get(ourReference)
    const attempt = filing?.attempts.at(-1)
    return filing === undefined || attempt === undefined ? undefined : { filing, attempt }
  }
  const { isHeld, hold, unhold } = openHolds({ find, say, tell })

  return { submit, inquire, cooperate: cooperating({ knows: (reference) => filings.has(reference), hold, unhold }) }

  function submit(bytes: Uint8Array): Answer {
    const submission = readSubmission(bytes)
    if (submission === undefined) {
      const { ourReference, messageId } = readReferences(bytes)
      return refusal('BI-901', ourReference, messageId)
    }
    const { ourReference, messageId } = submission
    const filing = filings.get(ourReference) ?? { number: '', attempts: [] }
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = filing.attempts.find(({ references }) => references.MessageId === messageId)
    if (known !== undefined) return known.digest === digest ? known.answer : refusal('BI-902', ourReference, messageId)
    const last = filing.attempts.at(-1)
    if (last !== undefined && !closing.includes(last.status)) return refusal('BI-903', ourReference, messageId)
    filings.set(ourReference, filing)
    return takeIn(filing, submission, digest)
  }

  function inquire(ourReference: string): Answer {
    const filing = filings.get(ourReference)
    const last = filing?.attempts.at(-1)
    if (filing === undefined || last === undefined) return refusal('BI-904', ourReference)
    const state = {
      ...last.references,
      [numberElement(last)]: filing.number || undefined,
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
    const changing = changingIn(submission)
    const dataFaults = changing?.kind === 'cancellation' ? submission.faults : allFaults(submission, now)
    const ruled = dataFaults.length > 0 || changing === undefined ? [] : against(filings, changing, body, ourReference)
    const hits = screen(body)
    const changed = changing && changedBy(filings, changing, body.Procedure)
    const sparedBy = sparing(body.RecognisedResult ?? [], now)
    const asked = desk.asked(traderReference)
    const row =
      dataFaults.length > 0 || ruled.length > 0
        ? undefined
        : decide({
            asked,
            procedure: changing?.kind ?? body.Procedure,
            attempt: changing === undefined ? number : timesAsked(filings, changing) + 1,
            hits: hits.length > 0,
            newPersons: changing?.kind === 'amendment' && hasNewPersons(changed?.attempt.body ?? body, body),
            isSpared: sparedBy !== undefined,
            draw: desk.draw(`boarding ${ourReference} ${number}`),
          })
    const attempt: Attempt = {
      number,
      references,
      digest,
      answer: {
        status: 202,
        body: writeAcknowledgement(references, changing === undefined ? filing.number : '', now),
      },
      receivedAt: now,
      body,
      ...(changing === undefined ? {} : { changing }),
      faults: row?.faults ?? [...dataFaults, ...ruled],
      refused: hits.length > 0 ? hits : pickOne(body),
      status: 'RECEIVED',
      occurredAt: beijing(now),
      inspection: {},
      waiting: [],
      guard: {},
      recognised: row?.spared === true && sparedBy !== undefined ? { ResultId: sparedBy.ResultId } : undefined,
      receipts: [],
    }
    filing.attempts.push(attempt)
    desk.effect(
      traderReference,
      `${changing === undefined ? 'conveyance declared' : `${changing.kind} asked for`}, attempt ${number}`,
    )
    schedule(filing, attempt, row?.steps ?? (ruled.length > 0 ? notGranted : rejection))
    return attempt.answer
  }

  function schedule(filing: Filing, attempt: Attempt, steps: readonly Step[]): void {
    let before = 0
    for (const step of steps) {
      if (step.at === 'passage') {
        const earliest = attempt.receivedAt + (before + leavingAfterMinutes) * minute
        attempt.leaving = { step, earliest, plan: 0 }
        planPassage(filing, attempt)
      } else {
        desk.after(step.at * minute, () => tell(filing, attempt, step))
        before = step.at
      }
    }
  }

  /** The border is passed when ETD or ETA says, as it stands now; an earlier plan is void. */
  function planPassage(filing: Filing, attempt: Attempt): void {
    const { leaving } = attempt
    if (leaving === undefined) return
    const plan = (leaving.plan += 1)
    const delay = Math.max(passageAt(attempt) - desk.now(), 0)
    desk.after(delay, () => {
      if (leaving.plan === plan) tell(filing, attempt, leaving.step)
    })
  }

  /** The next step of an attempt that is not taken back; a grant meets the rules once more. */
  function tell(filing: Filing, attempt: Attempt, step: Step): void {
    if (attempt.status === 'CANCELLED') return
    const { changing, body, references } = attempt
    if (isHeld(references.OurReference)) {
      attempt.waiting.push(step)
      return
    }
    if (changing === undefined || step.status !== 'GRANTED') return say(filing, attempt, step)
    const ruled = against(filings, changing, body, references.OurReference)
    const changed = changedBy(filings, changing, body.Procedure)
    if (ruled.length > 0 || changed === undefined) {
      attempt.faults = ruled
      return say(filing, attempt, { ...step, status: 'NOT_GRANTED' })
    }
    say(filing, attempt, step)
    if (changing.kind === 'amendment') replace(changed.filing, changed.attempt, body)
    else say(changed.filing, changed.attempt, { at: step.at, status: 'CANCELLED' })
  }

  function replace(filing: Filing, attempt: Attempt, body: Attempt['body']): void {
    attempt.body = body
    if (attempt.leaving === undefined) return
    attempt.leaving.earliest = Math.max(attempt.leaving.earliest, desk.now() + leavingAfterMinutes * minute)
    planPassage(filing, attempt)
  }

  /** Moves an attempt on and tells the customer. */
  function say(filing: Filing, attempt: Attempt, { status, heldBack = 0 }: Step): void {
    const now = desk.now()
    const saying = statuses[status]
    if (saying === undefined) throw new RangeError(`Status ${status} has no text`)
    const { OurReference, TraderReference } = attempt.references
    const { changing } = attempt
    const id = `BR-${OurReference}-${attempt.number}-${attempt.receipts.length + 1}`
    if (filing.number === '' && status !== 'REJECTED')
      filing.number = nextNumber(changing === undefined ? 'BJ' : 'BG', now)
    if (saying.clears === true) attempt.clearedFor = passageAt(attempt)
    attempt.status = status
    attempt.occurredAt = beijing(now)
    const receipt: Out = {
      ReceiptId: id,
      ...attempt.references,
      Procedure: (changing?.kind ?? attempt.body.Procedure) || undefined,
      [numberElement(attempt)]: filing.number || undefined,
      Changed: changing === undefined || status === 'REJECTED' ? undefined : changedOf(changing, attempt),
      Status: status,
      OccurredAt: attempt.occurredAt,
      ...(saying.block === undefined ? {} : blocks[saying.block](attempt, now)),
      Recognised: attempt.recognised,
      TextEn: saying.en,
      TextZh: saying.zh,
    }
    attempt.receipts.push(receipt)
    if (saying.effect !== undefined) desk.effect(TraderReference, `${saying.effect}: ${filing.number}`)
    const document = { name: `${id}.xml`, contentType, body: writeReceipt(receipt) }
    if (heldBack === 0) desk.send(TraderReference, document)
    else desk.after(heldBack * minute, () => desk.send(TraderReference, document))
  }

  /** Service number 警号 of the officer in charge. */
  function officer({ references, number }: Attempt): string {
    return String(500_100 + Math.floor(desk.draw(`officer ${references.OurReference} ${number}`) * 800))
  }

  function nextNumber(letters: string, now: number): string {
    lastNumber += 1
    return `${letters}${beijing(now).slice(2, 10).replaceAll('-', '')}${String(lastNumber).padStart(8, '0')}`
  }
}

function changingIn({ amends, cancels }: Submission): Changing | undefined {
  if (amends !== undefined) return { kind: 'amendment', ...amends }
  return cancels && { kind: 'cancellation', ...cancels }
}

const numberElement = ({ changing }: Attempt) => (changing === undefined ? 'ClearanceNumber' : 'ChangeNumber')

const changedOf = ({ OurReference, ClearanceNumber }: Changing, { body }: Attempt): Out => ({
  Procedure: body.Procedure,
  OurReference,
  ClearanceNumber: ClearanceNumber || undefined,
})

const errorOf = ({ code, location }: Fault): Out => ({ Code: code, Location: location, ...textOf(code) })

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

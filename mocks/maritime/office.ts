import { createHash } from 'node:crypto'
import type { Desk } from '../agency.ts'
import { against, changedBy, changedOf, examine, kindOf, timesAsked } from './changes.ts'
import { type RefusalCode, refusalStatus } from './codes.ts'
import { cooperating } from './cooperate.ts'
import type { Answer, Attempt, Filing, Path } from './filing.ts'
import { beijing } from './formats.ts'
import {
  type Block,
  changeRefusalAt,
  decide,
  grants,
  leavingAfterMinutes,
  openingAfterMinutes,
  refusalAt,
  type Step,
  statuses,
} from './outcomes.ts'
import { validityOf } from './parameters.ts'
import { changeRoot } from './procedures/change.ts'
import { procedures } from './procedures/index.ts'
import { readSubmission, type Submission } from './read.ts'
import { sparing } from './recognised.ts'
import { openStandstill } from './standstill.ts'
import { contentType, type Out, textOf, writeAcknowledgement, writeReceipt, writeRefusal, writeState } from './write.ts'

/** A receipt of an attempt. */
interface Said {
  readonly attempt: Attempt
  readonly receipt: Out
}

const minute = 60_000
/** States in which a new attempt is taken in; in the last it replaces the document whose papers are incomplete. */
const open = ['REFUSED', 'EXPIRED', 'SUPPLEMENT']

/** An office of the maritime safety administration 海事局 with its memory, which begins empty. */
export function openOffice(desk: Desk) {
  const filings = new Map<string, Filing>()
  /** Cargo approvals in force, by number. */
  const approvals = new Map<string, { filing: Filing; attempt: Attempt }>()
  let lastNumber = 0

  /** What a receipt carries beside its text; an order is remembered until it is over. */
  const blocks: { readonly [B in Block]: (attempt: Attempt, now: number) => Out } = {
    'box-opening'(attempt, now) {
      if (attempt.joint !== undefined) return { BoxOpening: (attempt.boxOpening = attempt.joint.opening) }
      const containers = [...new Set(attempt.facts?.contents.map(({ container }) => container))]
      const drawn = Math.floor(desk.draw(`box ${keyOf(attempt)}`) * containers.length)
      attempt.boxOpening = {
        ContainerNumber: containers.slice(drawn, drawn + 1),
        Officer: `HS${500_100 + Math.floor(desk.draw(`officer ${keyOf(attempt)}`) * 800)}`,
        At: beijing(now + openingAfterMinutes * minute),
        Place: attempt.facts?.place,
      }
      return { BoxOpening: attempt.boxOpening }
    },
    'box-passed': ({ boxOpening }) => ({ BoxOpening: { ...boxOpening, Result: 'PASSED' } }),
    'box-failed': ({ boxOpening }) => ({ BoxOpening: { ...boxOpening, Result: 'FAILED' } }),
    errors: ({ faults }) => ({
      Errors: { Error: faults.map(({ code, location }) => ({ Code: code, Location: location, ...textOf(code) })) },
    }),
  }

  const find = (ourReference: string) => {
    const filing = filings.get(ourReference)
    const attempt = filing?.attempts.at(-1)
    return filing === undefined || attempt === undefined ? undefined : { filing, attempt }
  }
  const standstill = openStandstill({ find, tell })
  const cooperate = cooperating({ ...standstill, knows: (reference) => filings.has(reference) })
  return { submit, inquire, cooperate }

  function submit(path: Path, bytes: Uint8Array): Answer {
    const submission = readSubmission(bytes, path === 'changes' ? changeRoot : procedures[path].examiner.root)
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

  function inquire(path: Path, ourReference: string): Answer {
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
    const number = filing.attempts.length + 1
    const references = {
      MessageId: messageId,
      OurReference: ourReference,
      TraderReference: traderReference,
      Procedure: filing.path,
    }
    const inForce = new Map(
      [...approvals].flatMap(
        ([
          approval,
          {
            attempt: { facts },
          },
        ]) => (facts === undefined ? [] : [[approval, facts] as const]),
      ),
    )
    const { faults, facts, changing } = examine(filing.path, content, { now, approvals: inForce })
    const { word, inline } = kindOf(filing.path, changing)
    const ruled =
      faults.length > 0 || changing === undefined ? [] : against(filings, changing, facts, ourReference, now, false)
    const sparedBy = sparing(facts?.results ?? [], facts?.contents.map(({ container }) => container) ?? [], now)
    const question = {
      asked: desk.asked(traderReference),
      procedure: word,
      attempt: changing === undefined ? number : timesAsked(filings, changing) + 1,
      hasContainers: (facts?.contents.length ?? 0) > 0,
      isSpared: sparedBy !== undefined,
      draw: desk.draw(`${filing.path} ${ourReference} ${number}`),
    }
    const row = faults.length > 0 || ruled.length > 0 ? undefined : decide(question)
    const attempt: Attempt = {
      number,
      references,
      word,
      inline,
      digest,
      answer: { status: 202, body: writeAcknowledgement(references, now) },
      receivedAt: now,
      facts,
      ...(changing === undefined ? {} : { changing }),
      faults: row?.faults ?? [...faults, ...ruled],
      status: 'SUBMITTED',
      occurredAt: beijing(now),
      numbers: {},
      boxOpening: {},
      waiting: [],
      recognised: row?.spared === true && sparedBy !== undefined ? { ResultId: sparedBy.ResultId } : undefined,
      receipts: [],
    }
    filing.attempts.push(attempt)
    desk.effect(traderReference, `${word} declared, attempt ${number}`)
    schedule(filing, attempt, row?.steps ?? (changing === undefined ? refusalAt : changeRefusalAt)(inline))
    return attempt.answer
  }

  function schedule(filing: Filing, attempt: Attempt, steps: readonly Step[]): void {
    const { receivedAt, facts } = attempt
    let before = 0
    for (const step of steps) {
      if (step.at === 'departure') {
        attempt.leaving = { step, earliest: receivedAt + before + leavingAfterMinutes * minute, plan: 0 }
        planLeaving(filing, attempt)
        continue
      }
      const delay =
        typeof step.at === 'number'
          ? step.at * minute
          : validityOf(receivedAt + before, facts?.etd ?? receivedAt).until - receivedAt
      if (attempt.inline) attempt.answer = { status: 200, body: writeReceipt(take(filing, attempt, step).receipt) }
      else desk.after(delay, () => tell(filing, attempt, step))
      before = delay
    }
  }

  /** The ship leaves when ETD says, as it stands now; an earlier plan is void. */
  function planLeaving(filing: Filing, attempt: Attempt): void {
    const { leaving, facts } = attempt
    if (leaving === undefined) return
    const plan = (leaving.plan += 1)
    const delay = Math.max(Math.max(facts?.etd ?? 0, leaving.earliest) - desk.now(), 0)
    desk.after(delay, () => {
      if (leaving.plan === plan) tell(filing, attempt, leaving.step)
    })
  }

  /** Moves an attempt on and tells the customer, unless it is taken back or a newer document has taken its place. */
  function tell(filing: Filing, attempt: Attempt, step: Step): void {
    if (filing.attempts.at(-1) !== attempt || attempt.status === 'CANCELLED') return
    if (standstill.keeps(attempt, step)) return
    const { receipt, withdrawn } = take(filing, attempt, step)
    send(attempt, receipt)
    if (withdrawn !== undefined) send(withdrawn.attempt, withdrawn.receipt)
    if (step.status === 'DEPARTED') useUp(attempt)
  }

  function send(attempt: Attempt, receipt: Out): void {
    const name = `${receiptId(attempt, attempt.receipts.length)}.xml`
    desk.send(attempt.references.TraderReference, { name, contentType, body: writeReceipt(receipt) })
  }

  /** One step of an attempt, and what it takes back. A change meets the rules once more before it takes effect. */
  function take(filing: Filing, attempt: Attempt, step: Step): { receipt: Out; withdrawn?: Said } {
    const { changing, facts, references } = attempt
    if (changing === undefined || !grants.includes(step.status)) return { receipt: say(filing, attempt, step) }
    const ruled = against(filings, changing, facts, references.OurReference, desk.now(), true)
    const changed = changedBy(filings, changing)
    if (ruled.length > 0 || changed === undefined) {
      attempt.faults = ruled
      return { receipt: say(filing, attempt, { at: step.at, status: 'CHANGE_REFUSED', written: 'REFUSED' }) }
    }
    const receipt = say(filing, attempt, step)
    if (changing.kind === 'amendment') {
      replace(changed.filing, changed.attempt, facts)
      return { receipt }
    }
    return { receipt, withdrawn: { attempt: changed.attempt, receipt: withdraw(changed.filing, changed.attempt) } }
  }

  function replace(filing: Filing, attempt: Attempt, facts: Attempt['facts']): void {
    attempt.facts = facts
    if (attempt.leaving === undefined) return
    attempt.leaving.earliest = Math.max(attempt.leaving.earliest, desk.now() + leavingAfterMinutes * minute)
    planLeaving(filing, attempt)
  }

  /** Taken back: an approval of cargo is no longer in force. */
  function withdraw(filing: Filing, attempt: Attempt): Out {
    if (typeof attempt.numbers.ApprovalNumber === 'string') approvals.delete(attempt.numbers.ApprovalNumber)
    return say(filing, attempt, { at: 0, status: 'CANCELLED' })
  }

  /** The ship took the cargo along: its approvals are used up. */
  function useUp({ facts }: Attempt): void {
    for (const number of facts?.approvals ?? []) {
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
    if (saying.gives === 'change') attempt.numbers = { ChangeNumber: nextNumber('BG', now) }
    if (saying.gives === 'grant') grant(filing, attempt, now)
    const receipt: Out = {
      ReceiptId: receiptId(attempt, attempt.receipts.length + 1),
      ...attempt.references,
      Status: written,
      OccurredAt: attempt.occurredAt,
      ...attempt.numbers,
      ...(attempt.changing === undefined ? {} : { Changed: changedOf(attempt.changing) }),
      ...(saying.block === undefined ? {} : blocks[saying.block](attempt, now)),
      Recognised: attempt.recognised,
      TextEn: saying.en,
      TextZh: saying.zh,
    }
    attempt.receipts.push(receipt)
    if (saying.effect !== undefined) desk.effect(attempt.references.TraderReference, `${attempt.word} ${saying.effect}`)
    return receipt
  }

  /** Gives the number that the procedure is about; a permit with its validity. */
  function grant(filing: Filing, attempt: Attempt, now: number): void {
    if (filing.path === 'changes') return
    const { element, letters } = procedures[filing.path].grant
    const number = nextNumber(letters, now)
    attempt.numbers = { ...attempt.numbers, [element]: number }
    if (element === 'PermitNumber') {
      const { from, until } = validityOf(now, attempt.facts?.etd ?? now)
      attempt.validUntil = until
      attempt.numbers = { ...attempt.numbers, ValidFrom: beijing(from), ValidUntil: beijing(until) }
    }
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

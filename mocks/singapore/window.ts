/** The window behind the interface, with its memory. */
import type { Desk } from '../agency.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import { checkCertificate, checkHead } from './check-head.ts'
import { check, type FormatError, type Known } from './checks.ts'
import { decide, delayMs, follow, say, singaporeCustoms } from './course.ts'
import {
  arrangements,
  decisions,
  lookedAtShare,
  outcomes,
  ruledAfter,
  type SingaporeOutcome,
  type Step,
  updateDecisions,
  urnAccepted,
} from './outcomes.ts'
import { type Declaration, type Head, type Message, type Reading, read, type Urn } from './read.ts'
import type { Reason } from './reasons.ts'
import { openRegister } from './register.ts'
import { controlOf } from './tables.ts'
import { singaporeDay, singaporeTime } from './time.ts'
import { against, claim, grant, release, type UpdateMessage } from './updates.ts'
import { type Addressed, type AnswerError, writeMailbox, writeTransaction } from './write.ts'

export const letter = 'S'
/** How long the format check takes. */
const formatCheckMs = 5000

export interface Answer {
  readonly status: 200 | 202 | 400 | 404 | 409
  readonly body: string
}

/** One attempt that is of good format, on its way. */
interface Way {
  readonly attempt: Attempt
  readonly address: Addressed
  readonly rows: readonly SingaporeOutcome[]
}

export function openWindow(desk: Desk) {
  const book = openBook()
  const register = openRegister(desk)
  const urns = new Map<string, string>()
  let transactions = 0
  const now = () => singaporeTime(desk.now())
  const nextTransactionId = () => {
    transactions += 1
    return `SG${singaporeDay(desk.now())}${String(transactions).padStart(10, '0')}`
  }

  /** Judges a message that was taken for processing. */
  function process(
    reading: Exclude<Reading, { kind: 'unreadable' }>,
    filing: Filing,
    attempt: Attempt,
    id: string,
  ): void {
    const { what, head } = reading.kind === 'read' ? reading.message : reading
    const { family, urn } = head
    const spent =
      reading.kind === 'read' && isUpdate(reading.message) ? book.spentOn(reading.message.update.subject) : filing.spent
    const rows = outcomesFor(desk.asked(filing.traderReference), spent, what)
    const address: Addressed = { numbers: numbersOf(head), family, urn, transactionId: id }
    if (reading.kind === 'read' && isUpdate(reading.message)) claim(register, reading.message)
    if (rows.some(({ silent }) => silent === true)) return

    const holder = urns.get(keyOf(urn))
    const urnTaken = holder !== undefined && holder !== filing.ourReference
    const found = reading.kind === 'read' ? faultsOf(reading.message, { urnTaken, now: desk.now() }) : reading.misfits
    const errors = [...found, ...rows.flatMap(({ error }) => (error === undefined ? [] : [error]))]
    for (const row of rows)
      if (row.once === true && (row.error !== undefined || errors.length === 0)) spent.add(row.magic)

    if (errors.length > 0 || reading.kind !== 'read') {
      desk.after(formatCheckMs, () => say(desk, attempt, address, { kind: 'error', errors }))
      if (reading.kind === 'read' && isUpdate(reading.message)) release(register, reading.message)
      return
    }
    urns.set(keyOf(urn), filing.ourReference)
    const { message } = reading
    const way = { attempt, address, rows }
    if (message.what === 'permit') considerPermit(message.declaration, way)
    else if (message.what === 'origin-certificate') considerCertificate(message, way)
    else considerUpdate(message, way)
  }

  function considerPermit(declaration: Declaration, { attempt, address, rows }: Way): void {
    const conditions = rows.flatMap((row) => row.conditions ?? [])
    const drawn = desk.draw(`look ${declaration.instanceIdentifier}`)
    const { steps, spared } = courseOf(declaration, rows, drawn, singaporeDay(desk.now()))
    decide(desk, steps, {
      declaration,
      attempt,
      address,
      conditions,
      ...(spared && declaration.operator !== undefined ? { recognised: declaration.operator.id } : {}),
      nextPermitSerial: register.nextSerial,
      issued: (stands, permit) => register.planUse(register.enter(stands, permit, attempt, address)),
    })
  }

  /** An update meets the rules when it comes, and once more before it takes effect. */
  function considerUpdate(message: Exclude<Message, { what: 'permit' | 'origin-certificate' }>, way: Way): void {
    const receivedAt = desk.now()
    const usual =
      message.what === 'cancellation' && message.head.family === 'IPTUPD'
        ? updateDecisions.payment
        : updateDecisions.plain
    const ruled = against(register, message, receivedAt)
    pursue(way, usual, ruled, {
      update: true,
      against: () => against(register, message, receivedAt),
      grant: () => grant(desk, register, message, way.attempt, way.address),
      over: () => release(register, message),
    })
  }

  function considerCertificate({ certificate }: Extract<Message, { what: 'origin-certificate' }>, way: Way): void {
    const { permitNumber, number } = certificate
    const rules = (): Reason[] => {
      const permit = register.permit(permitNumber)
      const isUnknown = permitNumber !== '' && (permit === undefined || permit.state === 'cancelled')
      return [
        ...(isUnknown ? [{ reason: 'O30' as const }] : []),
        ...(number !== '' && register.certificate(number)?.state === 'valid' ? [{ reason: 'O20' as const }] : []),
      ]
    }
    pursue(way, updateDecisions.certificate, rules(), {
      against: rules,
      grant: () => {
        const given = number === '' ? `SG${singaporeDay(desk.now())}${serial(register.nextSerial())}` : number
        say(desk, way.attempt, way.address, { kind: 'certified', number: given, acceptedAt: now() })
        desk.effect(way.address.numbers.traderReference, `certificate accepted ${given}`)
        register.certify(given, permitNumber, way.attempt, way.address)
      },
      over: () => {},
    })
  }

  /** What is said of an update or a certificate, from the URN to the decision. */
  function pursue({ attempt, address, rows }: Way, usual: readonly Step[], ruled: readonly Reason[], about: Pursued) {
    const asked = rows.find((row) => row.decision !== undefined)?.decision
    const reject = (reasons: readonly Reason[]) => {
      const all = reasons.map(({ reason, item }) => ({
        reason,
        of: { agency: singaporeCustoms, ...(item === undefined ? {} : { item }) },
      }))
      say(desk, attempt, address, { kind: 'rejected', reasons: all, ...(about.update && { update: true }) })
      about.over()
    }
    const steps: readonly Step[] = [
      urnAccepted,
      ...(ruled.length > 0 ? [{ granted: true as const, after: ruledAfter }] : (asked ?? usual)),
    ]
    const customs = [{ agency: singaporeCustoms }]
    follow(
      desk,
      steps,
      (delay) => delayMs(desk, delay, attempt.instanceIdentifier),
      (step) => {
        if ('says' in step) say(desk, attempt, address, { kind: 'status', status: step.says })
        else if ('pending' in step)
          say(desk, attempt, address, { kind: 'status', status: `Pending ${step.pending}`, pending: customs })
        else if ('queried' in step)
          say(desk, attempt, address, { kind: 'query', reason: step.queried, agencies: customs })
        else if ('rejected' in step) reject([{ reason: step.rejected }])
        else if ('granted' in step) {
          const found = ruled.length > 0 ? ruled : about.against()
          if (found.length > 0) return reject(found)
          about.grant()
          about.over()
        }
      },
    )
  }

  function handIn(body: string): Answer {
    const reading = read(body)
    if (reading.kind === 'unreadable') {
      const error = { error: 'E10001', why: reading.why } as const
      return { status: 400, body: writeTransaction(reading.numbers, error, now()) }
    }
    const numbers = numbersOf(reading.kind === 'read' ? reading.message.head : reading.head)
    const { ourReference, instanceIdentifier, traderReference } = numbers
    const admission = book.admit(ourReference, instanceIdentifier, body)
    if (admission.kind === 'repeat') return { status: 202, body: admission.attempt.answer }
    if (admission.kind === 'conflict')
      return { status: 409, body: writeTransaction(numbers, { error: admission.error }, now()) }

    const filing = book.filing(ourReference, traderReference)
    const transactionId = nextTransactionId()
    const answer = writeTransaction(numbers, { transactionId }, now())
    const attempt: Attempt = { instanceIdentifier, body, answer, refused: false, responses: [] }
    book.enter(filing, attempt)
    process(reading, filing, attempt, transactionId)
    return { status: 202, body: answer }
  }

  function inquire(ourReference: string): Answer {
    const attempt = book.latest(ourReference)
    if (attempt === undefined) {
      const error: AnswerError = 'E10404'
      return { status: 404, body: writeTransaction({ ourReference }, { error }, now()) }
    }
    const responses = attempt.responses.map((response, at) => ({ ...response, sequence: at + 1 }))
    return { status: 200, body: writeMailbox(0, responses, false) }
  }

  return { handIn, inquire }
}

/** What decides an update or a certificate, and what it does. */
interface Pursued {
  readonly update?: true
  against(): readonly Reason[]
  grant(): void
  /** It is decided. */
  over(): void
}

const serial = (given: number): string => String(given).padStart(6, '0')
const keyOf = ({ id, date, sequence }: Urn) => `${id} ${date} ${sequence}`
const numbersOf = ({ instanceIdentifier, ourReference, traderReference }: Head) => ({
  instanceIdentifier,
  ourReference,
  traderReference,
})
const isUpdate = (message: Message): message is UpdateMessage =>
  message.what === 'amendment' || message.what === 'cancellation'

/** Every fault of format of a message, all at once. */
function faultsOf(message: Message, known: Known): FormatError[] {
  if (message.what === 'cancellation') return checkHead(message.head, known)
  if (message.what === 'origin-certificate') return checkCertificate(message.certificate, known)
  return check(message.declaration, known)
}

/** The rows of the table that apply: asked for with the trader's reference, and not yet had their one turn. */
function outcomesFor(asked: readonly string[], spent: ReadonlySet<string>, what: Message['what']): SingaporeOutcome[] {
  return outcomes.filter(
    ({ magic, once, procedure }) => procedure === what && asked.includes(magic) && !(once === true && spent.has(magic)),
  )
}

/** What is said of a declaration of good format, from the URN to the permit. */
function courseOf(
  declaration: Declaration,
  rows: readonly SingaporeOutcome[],
  drawn: number,
  today: string,
): { readonly steps: readonly Step[]; readonly spared: boolean } {
  const between = rows.flatMap((row) => row.between ?? [])
  const decision = rows.find((row) => row.decision !== undefined)?.decision ?? ordinaryDecision(declaration, drawn)
  // Customs' own look is what an arrangement spares; what an agency controls it still controls.
  const looks = decision.some((step) => 'pending' in step && step.pending === 'SC')
  const spared = looks && isOperator(declaration, today)
  return { steps: [urnAccepted, ...between, ...(spared ? decisions.free : decision)], spared }
}

/** Its trader abroad has a status we recognise, by our own calendar. */
const isOperator = ({ operator }: Declaration, today: string): boolean =>
  operator !== undefined && arrangements.includes(operator.country) && today <= operator.validTo

function ordinaryDecision({ items, family, licences }: Declaration, drawn: number): readonly Step[] {
  const controls = items.flatMap(({ hsCode }) => controlOf(hsCode, family) ?? [])
  if (controls.some(({ needsLicence }) => needsLicence === true) && licences.length === 0) return decisions.unlicensed
  if (controls.length > 0) return decisions.controlled
  return drawn < lookedAtShare ? decisions.looked : decisions.free
}

/** 外汇 FX: a bank's front 银行前置 with SAFE 外汇局 behind it, as `specification.md` tells. */
import { Hono } from 'hono'
import type { Agency, Desk } from '../agency.ts'
import { takeNotes } from '../cooperation.ts'
import { textOf } from '../text.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import {
  amendedBy,
  askAbout,
  courseOf as changeCourseOf,
  closeChange,
  faultsOf,
  openChange,
  originalOf,
} from './changes.ts'
import { check, usdOf, usedIn } from './checks.ts'
import { type Counter, follow } from './course.ts'
import type { Fault } from './faults.ts'
import { openLedger } from './ledger.ts'
import { accepted, type FxOutcome, movements, outcomes, type Step, type Word } from './outcomes.ts'
import { type Application, type Handed, type Numbers, read } from './read.ts'
import { type ChangeRequest, readChange } from './read-change.ts'
import { classOf, type FirmClass, isInZone } from './register.ts'
import { addWorkdays, chinaDay, chinaTime, compact } from './time.ts'
import { variants } from './variants.ts'
import { type StatusReport, writeMailbox, writeStatus } from './write.ts'

const branch = '5000'
/** Workdays after the credit date within which a receipt is declared. */
const declarationWorkdays = 5
const pageLimits = { usual: 50, most: 200 } as const
const paths: { readonly [procedure in Handed]: string } = {
  receipt: '/receipts',
  payment: '/payments',
  amendment: '/amendments',
  cancellation: '/cancellations',
}

interface Answer {
  readonly status: 200 | 400 | 404 | 409
  readonly body: string
}

function open(desk: Desk): Hono {
  const bank = openBank(desk)
  const xml = (body: string, status: number) =>
    new Response(body, { status, headers: { 'content-type': 'application/xml; charset=utf-8' } })
  const answer = ({ status, body }: Answer) => xml(body, status)

  const app = new Hono()
  for (const procedure of Object.keys(paths) as Handed[]) {
    app.post(paths[procedure], async (c) => answer(bank.handIn(procedure, textOf(await c.req.arrayBuffer()))))
    app.get(`${paths[procedure]}/:ourReference`, (c) =>
      answer(bank.inquire(procedure, c.req.param('ourReference') ?? '')),
    )
  }
  app.get('/mailbox', (c) => {
    const after = wholeNumber(c.req.query('after'), 0)
    const limit = Math.min(Math.max(wholeNumber(c.req.query('limit'), pageLimits.usual), 1), pageLimits.most)
    const posted = desk.posted(after, limit + 1)
    return xml(writeMailbox(after, posted.slice(0, limit), posted.length > limit), 200)
  })
  app.route('/', takeNotes(desk))
  return app
}

const isChange = (procedure: Handed): procedure is 'amendment' | 'cancellation' =>
  procedure === 'amendment' || procedure === 'cancellation'
const wholeNumber = (text: string | undefined, usual: number) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : usual)

/** The bank behind the counter, with its memory. */
function openBank(desk: Desk) {
  const book = openBook()
  const ledger = openLedger()
  let messages = 0
  let filings = 0
  const counter: Counter = {
    desk,
    ledger,
    nextMessageId() {
      messages += 1
      return `B${String(messages).padStart(10, '0')}`
    },
  }
  const write = (report: StatusReport) => writeStatus(report, counter.nextMessageId(), chinaTime(desk.now()))

  /** The bank's own number of a filing, or of a change. */
  function nextNumber(kind: 'F' | 'C', day: string): string {
    filings += 1
    return `${kind}${branch}${day}${String(filings).padStart(6, '0')}`
  }

  /** Gives a filing its numbers, once. */
  function number(filing: Filing, application: Application): void {
    if (filing.bankNumber === '') {
      const day = compact(chinaDay(desk.now()))
      filing.bankNumber = nextNumber('F', day)
      filing.reportNumber = paymentReportNumber(filings, day)
    }
    filing.reportNumber = application.receipt?.reportNumber ?? filing.reportNumber
  }

  /** Takes or refuses an application that could be read. */
  function decide(filing: Filing, application: Application, body: string): Attempt {
    const rows = outcomesFor(filing, desk.asked(filing.traderReference))
    const firmClass = rows.find((row) => row.firmClass !== undefined)?.firmClass ?? classOf(application.orgCode)
    const quotaGone = rows.some((row) => row.quotaGone === true)
    const raised: Fault[] = rows.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))
    const faults = [...check(application, { firmClass, quotaGone, ledger, settled: filing.settled }), ...raised]
    const refused = faults.length > 0
    for (const row of rows) if (row.once === true && (!refused || !row.last)) filing.spent.add(row.magic)

    const { messageId, procedure } = application
    if (refused) {
      const report: StatusReport = { procedure, numbers: application, status: 'RJCT', faults }
      return { messageId, body, answer: write(report), present: report, refused }
    }
    number(filing, application)
    const { bankNumber, reportNumber, settled } = filing
    const words = lateness(application)
    const report: StatusReport = { procedure, numbers: application, status: 'ACTC', words, bankNumber, reportNumber }
    const attempt: Attempt = { messageId, body, answer: write(report), present: report, refused }
    filing.application = application
    filing.firmClass = firmClass
    filing.verified = usedIn(application)
    filing.isQuestioned = false
    ledger.use(filing.ourReference, application.orgCode, application.customs, usdOf(application))
    desk.effect(filing.traderReference, `${procedure} taken 受理 ${bankNumber} ${messageId}`)
    follow(counter, courseOf(application, rows, firmClass, settled !== undefined), {
      numbers: application,
      application,
      filing,
      attempt,
    })
    return attempt
  }

  /** Takes or refuses an application to change a record that could be read. */
  function decideChange(filing: Filing, request: ChangeRequest, body: string): Attempt {
    const { messageId } = request
    const rows = outcomesFor(filing, desk.asked(filing.traderReference))
    const original = originalOf(book, request)
    const amended = 'code' in original ? undefined : amendedBy(original, request)
    const faults = 'code' in original ? [original] : faultsOf(counter, original, request, amended)
    if ('code' in original || faults.length > 0) {
      if (faults[0]?.code === 'FX-602') askAbout(counter, book, request.original)
      const report: StatusReport = { procedure: filing.procedure, numbers: request, status: 'RJCT', faults }
      return { messageId, body, answer: write(report), present: report, refused: true }
    }
    filing.bankNumber = nextNumber('C', compact(chinaDay(desk.now())))
    filing.reportNumber = request.reportNumber
    const { procedure, bankNumber, reportNumber } = filing
    const report: StatusReport = { procedure, numbers: request, status: 'ACTC', bankNumber, reportNumber }
    const attempt: Attempt = { messageId, body, answer: write(report), present: report, refused: false }
    openChange(counter, original, amended)
    desk.effect(filing.traderReference, `${procedure} taken 受理 ${bankNumber} ${messageId}`)
    const decided = (isGranted: boolean) => closeChange(counter, book, original, { isGranted, amended })
    const change = { action: request.action, kind: request.kind, decided }
    follow(counter, changeCourseOf(original, rows), { numbers: request, filing, attempt, change })
    return attempt
  }

  function handIn(procedure: Handed, body: string): Answer {
    const reading = isChange(procedure) ? readChange(procedure, body) : read(procedure, body)
    if (reading.kind === 'unreadable') {
      const faults: Fault[] = [{ code: 'FX-100', element: '', text: reading.why }]
      return { status: 400, body: write({ procedure, numbers: {}, status: 'RJCT', faults }) }
    }
    const numbers: Partial<Numbers> =
      'request' in reading ? reading.request : 'application' in reading ? reading.application : reading.numbers
    const faults: Fault[] =
      reading.kind === 'read' ? [] : reading.misfits.map(({ path, text }) => ({ code: 'FX-100', element: path, text }))
    const malformed: StatusReport = { procedure, numbers, status: 'RJCT', faults }
    const { ourReference, messageId, traderReference } = numbers
    // Without its numbers a document can neither be kept nor be found again.
    if (ourReference === undefined || messageId === undefined || traderReference === undefined)
      return { status: 400, body: write(malformed) }

    const admission = book.admit(procedure, ourReference, messageId, body)
    if (admission.kind === 'repeat') return { status: 200, body: admission.attempt.answer }
    if (admission.kind === 'conflict')
      return { status: 409, body: write({ ...malformed, faults: [{ code: admission.code, element: '' }] }) }

    const filing = book.filing(procedure, ourReference, traderReference)
    const attempt =
      'request' in reading
        ? decideChange(filing, reading.request, body)
        : 'application' in reading
          ? decide(filing, reading.application, body)
          : { messageId, body, answer: write(malformed), present: malformed, refused: true }
    book.enter(filing, attempt)
    return { status: 200, body: attempt.answer }
  }

  function inquire(procedure: Handed, ourReference: string): Answer {
    const latest = book.find(procedure, ourReference)?.attempts.at(-1)
    if (latest !== undefined) return { status: 200, body: write(latest.present) }
    const faults: Fault[] = [{ code: 'FX-404', element: '' }]
    return { status: 404, body: write({ procedure, numbers: { ourReference }, status: 'RJCT', faults }) }
  }

  return { handIn, inquire }
}

/** The rows of the table that apply: asked for with the trader's reference, and not yet had their one turn. */
function outcomesFor({ procedure, spent }: Filing, asked: readonly string[]): FxOutcome[] {
  const rows = outcomes.filter((row) => row.procedure === procedure && asked.includes(row.magic))
  // What a class costs passes with the refusal; the class itself stays.
  return rows.flatMap((row) => {
    if (row.once !== true || !spent.has(row.magic)) return [row]
    const { magic, does, firmClass } = row
    return firmClass === undefined ? [] : [{ magic, procedure, does, firmClass }]
  })
}

/** How the money moves and what SAFE says. */
function courseOf(
  { procedure, creditCode }: Application,
  rows: readonly FxOutcome[],
  firmClass: FirmClass,
  isSettled: boolean,
): readonly Step[] {
  if (rows.some(({ silent }) => silent === true)) return []
  const receipt =
    firmClass !== 'A' ? movements.heldReceipt : isInZone(creditCode) ? movements.zoneReceipt : movements.reviewedReceipt
  const movement = isSettled ? movements.correction : procedure === 'receipt' ? receipt : movements.payment
  const last = rows.find((row) => row.last !== undefined)?.last ?? accepted
  return [...rows.flatMap(({ first = [] }) => first), ...movement, ...last]
}

/** A receipt declared too late is taken with a note. */
function lateness({ receipt, submittedAt }: Application): Word[] {
  if (receipt === undefined) return []
  const due = addWorkdays(receipt.creditDay, declarationWorkdays)
  return chinaDay(Date.parse(submittedAt)) > due ? ['DECLARED_LATE'] : []
}

/** 申报号码 of a payment: area, bank, sequence, day, then a serial whose letter says "remittance by a firm" (A-D). */
function paymentReportNumber(filing: number, day: string): string {
  const inLetters = filing % 4000
  const sequence = String((Math.floor(filing / 4000) % 99) + 1).padStart(2, '0')
  const serial = `${'ABCD'.charAt(Math.floor(inLetters / 1000))}${String(inLetters % 1000).padStart(3, '0')}`
  return `5000000001${sequence}${day.slice(2)}${serial}`
}

export const fx: Agency = {
  id: 'fx',
  letter: 'F',
  name: { en: 'Foreign exchange', zh: '外汇' },
  replies: 'polled',
  outcomes,
  variants,
  open,
}

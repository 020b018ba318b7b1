/** 外汇 FX: a bank's front 银行前置 with SAFE 外汇局 behind it, as `specification.md` tells. */
import { Hono } from 'hono'
import { type Agency, type Desk, magicOf } from '../agency.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import { check, usdOf } from './checks.ts'
import { type Counter, follow } from './course.ts'
import type { Fault } from './faults.ts'
import { openLedger } from './ledger.ts'
import { accepted, type FxOutcome, movements, outcomes, type Step, type Word } from './outcomes.ts'
import { type Application, type FxProcedure, type Numbers, read } from './read.ts'
import { classOf, type FirmClass, isInZone } from './register.ts'
import { addWorkdays, chinaDay, chinaTime, compact } from './time.ts'
import { type StatusReport, writeMailbox, writeStatus } from './write.ts'

const letter = 'F'
const branch = '5000'
/** Workdays after the credit date within which a receipt is declared. */
const declarationWorkdays = 5
const pageLimits = { usual: 50, most: 200 } as const
const paths: { readonly [procedure in FxProcedure]: string } = { receipt: '/receipts', payment: '/payments' }

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
  for (const procedure of Object.keys(paths) as FxProcedure[]) {
    app.post(paths[procedure], async (c) => answer(bank.handIn(procedure, await c.req.text())))
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
  return app
}

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

  /** Gives a filing its numbers, once. */
  function number(filing: Filing, application: Application): void {
    if (filing.bankNumber === '') {
      filings += 1
      const day = compact(chinaDay(desk.now()))
      filing.bankNumber = `F${branch}${day}${String(filings).padStart(6, '0')}`
      filing.reportNumber = paymentReportNumber(filings, day)
    }
    filing.reportNumber = application.receipt?.reportNumber ?? filing.reportNumber
  }

  /** Takes or refuses an application that could be read. */
  function decide(filing: Filing, application: Application, body: string): Attempt {
    const rows = outcomesFor(filing)
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
    ledger.use(filing.ourReference, application.orgCode, application.customs, usdOf(application))
    desk.effect(filing.traderReference, `${procedure} taken 受理 ${bankNumber} ${messageId}`)
    follow(counter, courseOf(application, rows, firmClass, settled !== undefined), { application, filing, attempt })
    return attempt
  }

  function handIn(procedure: FxProcedure, body: string): Answer {
    const reading = read(procedure, body)
    if (reading.kind === 'unreadable') {
      const faults: Fault[] = [{ code: 'FX-100', element: '', text: reading.why }]
      return { status: 400, body: write({ procedure, numbers: {}, status: 'RJCT', faults }) }
    }
    const numbers: Partial<Numbers> = reading.kind === 'read' ? reading.application : reading.numbers
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
      reading.kind === 'read'
        ? decide(filing, reading.application, body)
        : { messageId, body, answer: write(malformed), present: malformed, refused: true }
    book.enter(filing, attempt)
    return { status: 200, body: attempt.answer }
  }

  function inquire(procedure: FxProcedure, ourReference: string): Answer {
    const latest = book.find(procedure, ourReference)?.attempts.at(-1)
    if (latest !== undefined) return { status: 200, body: write(latest.present) }
    const faults: Fault[] = [{ code: 'FX-404', element: '' }]
    return { status: 404, body: write({ procedure, numbers: { ourReference }, status: 'RJCT', faults }) }
  }

  return { handIn, inquire }
}

/** The rows of the table that apply: named by the trader's reference, and not yet had their one turn. */
function outcomesFor({ procedure, traderReference, spent }: Filing): FxOutcome[] {
  const named = magicOf(traderReference, letter)
  const rows = outcomes.filter((row) => row.procedure === procedure && named.includes(row.magic))
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
  letter,
  name: { en: 'Foreign exchange', zh: '外汇' },
  replies: 'polled',
  outcomes,
  open,
}

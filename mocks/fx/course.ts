/** The course of a filing 业务流程: money moves, SAFE answers, funds come back, each at its time. */
import type { Desk } from '../agency.ts'
import type { Attempt, Filing } from './attempts.ts'
import type { Ledger } from './ledger.ts'
import type { Step, TxStatus, Word } from './outcomes.ts'
import type { Application, FxProcedure, Numbers } from './read.ts'
import { answerBatch, type SafeResult } from './safe.ts'
import { chinaDay, chinaTime, compact, momentAfter } from './time.ts'
import { type Delivery, type StatusReport, writeDelivery, writeReturn, writeStatus } from './write.ts'

/** What a course needs of the bank. */
export interface Counter {
  readonly desk: Desk
  readonly ledger: Ledger
  nextMessageId(): string
}

/** One attempt on its way: of a receipt or a payment, or of a change of one. */
export interface Matter {
  readonly numbers: Numbers
  readonly filing: Filing
  readonly attempt: Attempt
  readonly application?: Application
  readonly change?: {
    readonly action: 'C' | 'D'
    /** Of which the record is changed. */
    readonly kind: FxProcedure
    /** What the decision does to the filing that is changed. */
    decided(isGranted: boolean): void
  }
}

export function follow(counter: Counter, steps: readonly Step[], matter: Matter): void {
  const [step, ...rest] = steps
  if (step === undefined) return
  const { desk } = counter
  const { attempt } = matter
  const due = momentAfter(desk.now(), step.after, desk.draw(`delay ${attempt.messageId}`))
  desk.after(Math.max(0, due - desk.now()), () => {
    if (attempt.isOver === true) return
    if (attempt.isHeld === true) {
      attempt.resume = () => follow(counter, steps, matter)
      return
    }
    if ('safe' in step) answerFromSafe(counter, step.safe, matter)
    else if ('returned' in step) returnFunds(counter, matter)
    else if ('decided' in step) decide(counter, step.decided === 'granted', matter)
    else report(counter, step, matter)
    follow(counter, rest, matter)
  })
}

/** Tells how a filing stands, and lets money move when that is what it tells. */
export function report(counter: Counter, { status, word }: { status: TxStatus; word?: Word }, matter: Matter): void {
  const { application, filing, attempt } = matter
  attempt.present = presentOf(matter, { status, words: word === undefined ? [] : [word] })
  if (status === 'ACSC' && filing.settled === undefined && application !== undefined) {
    filing.settled = { currency: application.currency, amount: application.amount }
    const moved = `${application.procedure} settled ${application.currency} ${application.amount} ${filing.bankNumber}`
    counter.desk.effect(filing.traderReference, moved)
  }
  if (word === 'DECLARATION_CHANGED') filing.isQuestioned = true
  if (word === 'DECLARATION_MATCHED') filing.isQuestioned = false
  deliverPresent(counter, matter)
}

function deliverPresent(counter: Counter, matter: Matter): void {
  const messageId = counter.nextMessageId()
  const content = writeStatus(matter.attempt.present, messageId, chinaTime(counter.desk.now()))
  deliver(counter, matter, `STS-${messageId}.xml`, {
    kind: 'STATUS',
    files: [{ name: `pain002-${messageId}.xml`, content }],
  })
}

/** The bank decides about a change without SAFE. */
function decide(counter: Counter, isGranted: boolean, matter: Matter): void {
  const { attempt, change } = matter
  const word = change?.action === 'D' ? 'RECORD_DELETED' : 'RECORD_CHANGED'
  attempt.present = isGranted
    ? presentOf(matter, { status: 'ACSC', words: [word] })
    : presentOf(matter, { status: 'RJCT', faults: [{ code: 'FX-604', element: '' }] })
  attempt.refused = !isGranted
  deliverPresent(counter, matter)
  change?.decided(isGranted)
}

function answerFromSafe(counter: Counter, result: SafeResult, matter: Matter): void {
  const { numbers, filing, attempt, change } = matter
  const messageId = counter.nextMessageId()
  const { sent, files } = answerBatch(result, {
    procedure: change?.kind ?? (filing.procedure === 'payment' ? 'payment' : 'receipt'),
    reportNumber: filing.reportNumber,
    day: compact(chinaDay(counter.desk.now())),
    serial: messageId.slice(-6),
  })
  if (result === 'accepted') {
    attempt.present = presentOf(matter, { status: 'ACSC', words: ['BOP_ACCEPTED'] })
    filing.isDeclared = true
    const what = change === undefined ? 'declared to SAFE' : `record ${change.action} at SAFE`
    counter.desk.effect(numbers.traderReference, `${what} 国际收支申报 ${filing.reportNumber} ${numbers.ourReference}`)
  } else {
    attempt.present = presentOf(matter, { status: 'RJCT', faults: [{ code: 'FX-501', element: 'RPTNO' }] })
    attempt.refused = true
  }
  deliver(counter, matter, `SAFE-${messageId}.xml`, { kind: 'SAFE', sent, files })
  change?.decided(result === 'accepted')
}

function returnFunds(counter: Counter, matter: Matter): void {
  const { application, filing, attempt } = matter
  if (application === undefined) return
  const { currency, amount, ourReference } = application
  const messageId = counter.nextMessageId()
  filing.settled = undefined
  filing.isDeclared = false
  counter.ledger.giveBack(ourReference)
  attempt.refused = true
  attempt.present = presentOf(matter, { status: 'RJCT', words: ['RETURNED'] })
  counter.desk.effect(filing.traderReference, `funds returned 退汇 ${currency} ${amount} ${filing.bankNumber}`)
  const returned = { ourReference, bankNumber: filing.bankNumber, currency, amount }
  const content = writeReturn(returned, messageId, chinaTime(counter.desk.now()))
  deliver(counter, matter, `RTN-${messageId}.xml`, {
    kind: 'RETURN',
    files: [{ name: `pacs004-${messageId}.xml`, content }],
  })
}

function presentOf({ numbers, filing }: Matter, said: Pick<StatusReport, 'status' | 'words' | 'faults'>): StatusReport {
  const { procedure, bankNumber, reportNumber } = filing
  return { procedure, numbers, bankNumber, reportNumber, ...said }
}

function deliver(
  { desk }: Counter,
  { numbers, filing, change }: Matter,
  name: string,
  content: Pick<Delivery, 'kind' | 'sent' | 'files'>,
): void {
  const body = writeDelivery({
    numbers,
    ...(change === undefined ? {} : { action: change.action }),
    bankNumber: filing.bankNumber,
    reportNumber: filing.reportNumber,
    deliveredAt: chinaTime(desk.now()),
    ...content,
  })
  desk.send(filing.traderReference, { name, contentType: 'application/xml', body })
}

/** The course of a filing 业务流程: money moves, SAFE answers, funds come back, each at its time. */
import type { Desk } from '../agency.ts'
import type { Attempt, Filing } from './attempts.ts'
import type { Ledger } from './ledger.ts'
import type { Step } from './outcomes.ts'
import type { Application } from './read.ts'
import { answerBatch, type SafeResult } from './safe.ts'
import { chinaDay, chinaTime, compact, momentAfter } from './time.ts'
import { type Delivery, type StatusReport, writeDelivery, writeReturn, writeStatus } from './write.ts'

/** What a course needs of the bank. */
export interface Counter {
  readonly desk: Desk
  readonly ledger: Ledger
  nextMessageId(): string
}

/** One attempt on its way. */
export interface Matter {
  readonly application: Application
  readonly filing: Filing
  readonly attempt: Attempt
}

export function follow(counter: Counter, steps: readonly Step[], matter: Matter): void {
  const [step, ...rest] = steps
  if (step === undefined) return
  const { desk } = counter
  const due = momentAfter(desk.now(), step.after, desk.draw(`delay ${matter.attempt.messageId}`))
  desk.after(Math.max(0, due - desk.now()), () => {
    if ('safe' in step) answerFromSafe(counter, step.safe, matter)
    else if ('returned' in step) returnFunds(counter, matter)
    else report(counter, step, matter)
    follow(counter, rest, matter)
  })
}

function report(counter: Counter, step: Extract<Step, { status: unknown }>, matter: Matter): void {
  const { application, filing, attempt } = matter
  const words = step.word === undefined ? [] : [step.word]
  attempt.present = presentOf(matter, { status: step.status, words })
  if (step.status === 'ACSC' && filing.settled === undefined) {
    filing.settled = { currency: application.currency, amount: application.amount }
    const moved = `${application.procedure} settled ${application.currency} ${application.amount} ${filing.bankNumber}`
    counter.desk.effect(filing.traderReference, moved)
  }
  const messageId = counter.nextMessageId()
  const content = writeStatus(attempt.present, messageId, chinaTime(counter.desk.now()))
  deliver(counter, matter, `STS-${messageId}.xml`, {
    kind: 'STATUS',
    files: [{ name: `pain002-${messageId}.xml`, content }],
  })
}

function answerFromSafe(counter: Counter, result: SafeResult, matter: Matter): void {
  const { filing, attempt } = matter
  const messageId = counter.nextMessageId()
  const { sent, files } = answerBatch(result, {
    procedure: filing.procedure,
    reportNumber: filing.reportNumber,
    day: compact(chinaDay(counter.desk.now())),
    serial: messageId.slice(-6),
  })
  if (result === 'accepted') {
    attempt.present = presentOf(matter, { status: 'ACSC', words: ['BOP_ACCEPTED'] })
    counter.desk.effect(filing.traderReference, `declared to SAFE 国际收支申报 ${filing.reportNumber}`)
  } else {
    attempt.present = presentOf(matter, { status: 'RJCT', faults: [{ code: 'FX-501', element: 'RPTNO' }] })
    attempt.refused = true
  }
  deliver(counter, matter, `SAFE-${messageId}.xml`, { kind: 'SAFE', sent, files })
}

function returnFunds(counter: Counter, matter: Matter): void {
  const { application, filing, attempt } = matter
  const { currency, amount, ourReference } = application
  const messageId = counter.nextMessageId()
  filing.settled = undefined
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

function presentOf(
  { application, filing }: Matter,
  said: Pick<StatusReport, 'status' | 'words' | 'faults'>,
): StatusReport {
  const { procedure } = application
  const { bankNumber, reportNumber } = filing
  return { procedure, numbers: application, bankNumber, reportNumber, ...said }
}

function deliver(
  { desk }: Counter,
  { application, filing }: Matter,
  name: string,
  content: Pick<Delivery, 'kind' | 'sent' | 'files'>,
): void {
  const body = writeDelivery({
    numbers: application,
    bankNumber: filing.bankNumber,
    reportNumber: filing.reportNumber,
    deliveredAt: chinaTime(desk.now()),
    ...content,
  })
  desk.send(filing.traderReference, { name, contentType: 'application/xml', body })
}

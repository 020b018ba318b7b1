import { type Desk, magicOf } from '../agency.ts'
import { follow } from './follow.ts'
import { type Message, textOf } from './message.ts'
import type { openNumbering } from './numbers.ts'
import { ordinaryCourse, outcomes, type Step } from './outcomes.ts'
import { type Credit, creditAt, taxPractice } from './parameters.ts'
import type { OpenBill } from './payments.ts'
import { assessTax, demonstrateTax, type TaxType, taxNames, totalOf } from './tax.ts'
import { dayMs, localDate, localTime } from './time.ts'
import { type Bill, writeReceipt } from './write.ts'

/** One declaring 申报 of a declaration: a re-declaration is the next one, with a new entry number. */
export interface Attempt {
  readonly message: Message
  readonly clientSeqNo: string
  readonly seqNo: string
  /** 1 for the first declaring, 2 for the first re-declaration … */
  readonly number: number
}

/** How a declaration stands when a receipt says so. */
export type Standing = 'returned' | 'deleted' | 'released' | 'closed'

/** What a receipt does to the world, and how the declaration stands from then on. Channels not named here only tell. */
const consequences: { readonly [channel: string]: { readonly effect: string; readonly standing?: Standing } } = {
  L: { effect: 'registered' },
  C: { effect: 'inspected' },
  T: { effect: 'tax-billed' },
  P: { effect: 'released', standing: 'released' },
  K: { effect: 'released', standing: 'released' },
  R: { effect: 'closed', standing: 'closed' },
  E: { effect: 'refused', standing: 'returned' },
  Z: { effect: 'returned', standing: 'returned' },
  Y: { effect: 'failed', standing: 'returned' },
  D: { effect: 'deleted', standing: 'deleted' },
}

/** The back office 通关作业: takes an attempt through its course, issuing receipts and bills. */
export function openProcessing(desk: Desk, numbering: ReturnType<typeof openNumbering>) {
  const bills = new Map<string, OpenBill>()

  function process(attempt: Attempt, stands: (standing: Standing) => void): void {
    const { message, clientSeqNo, seqNo, number } = attempt
    const { head } = message
    const key = `${seqNo}:${number}`
    const office = textOf(head, 'CustomMaster')
    const entryId = numbering.entryId(textOf(head, 'IEFlag'), office, key)
    const magic = outcomes.find((row) => magicOf(clientSeqNo, 'C').includes(row.magic))
    const applies = magic !== undefined && !(magic.firstOnly && number > 1)
    const credit = creditAt(desk.draw(`credit:${textOf(head, 'TradeCoScc')}`))
    // From L on; before it nobody outside knows them.
    let known = { entryId: '', carriedOn: '', declaredOn: '' }

    const issue = (step: Step, goOn: () => void) => {
      const { channel } = step
      if (channel === 'L') {
        const today = localDate(desk.now())
        known = { entryId, carriedOn: textOf(head, 'IEDate') || today, declaredOn: today }
      }
      const bill = channel === 'T' ? openBill(attempt, entryId, goOn) : undefined
      const note = step.note
        .replace('{bill}', bill === undefined ? '' : describeBill(bill))
        .replace('{inspection}', describeInspection(applies, credit))
      const { effect, standing } = consequences[channel] ?? {}
      if (effect !== undefined) noteEffect(attempt, effect)
      if (standing !== undefined) stands(standing)
      desk.send(clientSeqNo, {
        name: numbering.receiptFile(seqNo),
        contentType: 'application/xml',
        body: writeReceipt({ seqNo, channel, note, office, noticeDate: localTime(desk.now()), ...known }),
      })
      if (bill === undefined) goOn()
    }

    const course = applies
      ? magic.steps
      : ordinaryCourse({
          inspected: desk.draw(`inspection:${entryId}`) < credit.inspectionRate,
          taxed: assessTax(message).length > 0,
          guaranteed: isGuaranteed(message),
        })
    noteEffect(attempt, 'declared')
    follow(desk, key, course, issue)
  }

  function openBill(attempt: Attempt, entryId: string, goOn: () => void): Bill {
    const lines = demonstrateTax(attempt.message)
    const bill: Bill = {
      number: `${entryId}-01`,
      entryId,
      limitDate: localDate(desk.now() + taxPractice.daysToPay * dayMs),
      lines,
      total: totalOf(lines).toFixed(2),
      paid: false,
    }
    const settle = () => {
      bills.set(entryId, { bill: { ...bill, paid: true }, settle: () => undefined })
      noteEffect(attempt, 'tax-paid')
      goOn()
    }
    bills.set(entryId, { bill, settle })
    return bill
  }

  /** The effects of a re-declaration carry its number: each is real, and none may happen twice. */
  function noteEffect({ clientSeqNo, number }: Attempt, what: string): void {
    desk.effect(clientSeqNo, number === 1 ? what : `${what}-${number}`)
  }

  return { process, billOf: (entryId: string) => bills.get(entryId) }
}

/** ChkSurety 担保验放, or items under deposit 保证金 (6) or letter of guarantee 保函 (7). */
function isGuaranteed({ head, items }: Message): boolean {
  return textOf(head, 'ChkSurety') === '1' || items.some((item) => ['6', '7'].includes(textOf(item, 'DutyMode')))
}

/** Names the rule, so that 双随机、一公开 can be published. */
function describeInspection(byMagic: boolean, { zh, inspectionRate }: Credit): string {
  return byMagic ? '规则SIM-INSPECT，指定布控' : `规则RND-2019，${zh}，抽查比例${(inspectionRate * 100).toFixed(2)}%`
}

function describeBill({ lines, total, limitDate }: Bill): string {
  const types = [...new Set(lines.map(({ taxType }) => taxType))]
  const named = types.map((type: TaxType) => `${taxNames[type]}${type} ${totalOf(lines, type).toFixed(2)}元`)
  return [...named, `合计${total}元`, `缴款期限${limitDate}`].join('，')
}

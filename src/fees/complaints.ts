import type { Bill, Judgement } from '../../schemas/fees/bill.ts'
import {
  type ComplaintAnswer,
  type ComplaintMove,
  type ComplaintStatus,
  complaintMoves,
  type Party,
} from '../../schemas/fees/complaints.ts'
import type { ComplaintRow, ComplaintView } from '../db/complaints.ts'
import { limits } from '../limits.ts'
import { addWorkdays } from './workdays.ts'

/** What can be done with a complaint 投诉处理, by whom, from where, and where it leads. The one table that decides. */
export const complaintTable = {
  /** 答复: a late answer is still an answer. */
  answer: { by: 'payee', from: ['filed'], to: 'answered' },
  /** 接受答复 */
  accept: { by: 'trader', from: ['answered'], to: 'settled' },
  /** 提出异议 */
  dispute: { by: 'trader', from: ['answered'], to: 'disputed' },
  /** 裁定: what is disputed, and what was not answered in time. */
  decide: { by: 'admin', from: ['disputed'], overdue: ['filed'], to: 'decided' },
  /** 撤回 */
  withdraw: { by: 'trader', from: ['filed', 'answered', 'disputed'], to: 'withdrawn' },
} as const satisfies Record<
  ComplaintMove,
  {
    readonly by: Party
    readonly from: readonly ComplaintStatus[]
    /** Possible from here too, once the day for an answer has passed. */
    readonly overdue?: readonly ComplaintStatus[]
    readonly to: ComplaintStatus
  }
>

const closing: readonly ComplaintStatus[] = ['settled', 'decided', 'withdrawn']
/** Whether nothing can follow. */
export const isClosing = (status: ComplaintStatus): boolean => closing.includes(status)

/** Where a complaint stands, as far as it decides what may follow. */
export type Standing = Pick<ComplaintRow, 'status' | 'dueOn'>

/** Whether the payee let the day pass 逾期未答复. The day itself is still in time. */
export const isOverdue = ({ status, dueOn }: Standing, today: string): boolean => status === 'filed' && today > dueOn

/** What one party may do with a complaint as it stands. */
export const movesOf = (party: Party, standing: Standing, today: string): ComplaintMove[] =>
  complaintMoves.filter((move) => {
    const {
      by,
      from,
      overdue = [],
    } = complaintTable[move] as {
      by: Party
      from: readonly ComplaintStatus[]
      overdue?: readonly ComplaintStatus[]
    }
    const late = isOverdue(standing, today) && overdue.includes(standing.status)
    return by === party && (from.includes(standing.status) || late)
  })

/** The last day for an answer to what is filed on a day. */
export const dueDayOf = (filedOn: string): string => addWorkdays(filedOn, limits.complaintAnswerWorkdays)

/** Check digit of a row of digits by ISO 7064 MOD 11,10: finds every wrong digit and nearly every swapped pair. */
function checkDigitOf(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}

/** Case number 受理编号: CQJG (重庆价格), the day, a serial of four digits or more, a check digit. Our own rule. */
export function caseNumberOf(day: string, serial: number): string {
  const digits = `${day.replaceAll('-', '')}${String(serial).padStart(4, '0')}`
  return `CQJG${digits}${checkDigitOf(digits)}`
}

/** Whether a case number was copied without a slip. */
export const isCaseNumber = (number: string): boolean =>
  /^CQJG\d{13,16}$/.test(number) && checkDigitOf(number.slice(4, -1)) === number.slice(-1)

/** Changes with every step, and when the day for an answer has passed. */
export const etagsOf = ({ number, revision }: Pick<ComplaintRow, 'number' | 'revision'>) => ({
  timely: `"${number}.${revision}"`,
  late: `"${number}.${revision}.late"`,
})

/** A complaint in the list. */
export const presentSummary = (row: ComplaintRow, today: string) => ({
  number: row.number,
  status: row.status,
  overdue: isOverdue(row, today),
  complainant: row.tenant,
  payee: row.payee,
  port: row.port,
  billCheckId: row.checkId,
  amount: row.amount,
  filedAt: row.filedAt.toISOString(),
  dueOn: row.dueOn,
  ...(row.closedAt === null ? {} : { closedAt: row.closedAt.toISOString() }),
})

/** A complaint with the lines it is about and all its steps, as one party sees it. */
export function presentComplaint(view: ComplaintView, party: Party, today: string): ComplaintAnswer {
  const { lines, payeeName } = JSON.parse(view.findings) as Judgement
  const bill = JSON.parse(view.bill) as Bill
  const refund = view.steps.map(({ data }) => data.refund).findLast((one) => one !== undefined)
  const self = `/v1/fee-complaints/${view.number}`
  return {
    ...presentSummary(view, today),
    ...(payeeName === undefined ? {} : { payeeName }),
    billNumber: bill.billNumber,
    issuedOn: bill.issuedOn,
    lines: lines.filter(({ line }) => view.lines.includes(line)),
    ...(refund === undefined ? {} : { refund }),
    answerWorkdays: limits.complaintAnswerWorkdays,
    steps: view.steps.map(({ step, what, by, text, data, at }) => ({
      step,
      what,
      by: { party: data.party, name: by },
      text,
      ...(data.accepted === undefined ? {} : { accepted: data.accepted }),
      ...(data.refund === undefined ? {} : { refund: data.refund }),
      at: at.toISOString(),
    })),
    allowed: movesOf(party, view, today),
    links: { self, billCheck: `/v1/fee-bill-checks/${view.checkId}` },
  }
}

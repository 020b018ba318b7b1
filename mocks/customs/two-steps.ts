import { type Finding, finding, type Message, textOf } from './message.ts'
import { twoSteps } from './parameters.ts'
import { dayMs } from './time.ts'

/** A summary 概要申报 this office has stored. */
export interface Summary {
  readonly message: Message
  readonly entryId: string
  /** Day of SpL, epoch milliseconds. */
  readonly storedAt: number
}

/** Elements that are the same in the complete declaration as in its summary. */
const lasting = ['TradeCoScc', 'TradeMode', 'TrafMode', 'BillNo']

/** The day the conveyance entered: IEDate, else the day the summary was stored; midnight in Shanghai, epoch milliseconds. */
function enteredAt({ message, storedAt }: Summary): number {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(textOf(message.head, 'IEDate')) ?? []
  return year === undefined ? storedAt : Date.parse(`${year}-${month}-${day}T00:00:00+08:00`)
}

/** Whole days since the day after the conveyance entered, less those allowed; 0 or less is in time. */
export const daysLate = (summary: Summary, now: number): number =>
  Math.floor((now - enteredAt(summary)) / dayMs) - twoSteps.daysToComplete

/** Why a complete declaration 完整申报 does not go with its summary. */
export function checkCompletion(message: Message, summary: Summary | undefined, now: number): Finding | undefined {
  const { head } = message
  if (summary === undefined) return finding(head, 'SeqNo', 805, '没有可完整申报的概要申报')
  if (textOf(head, 'EntryId') !== summary.entryId)
    return finding(head, 'EntryId', 806, `报关单号应为概要申报的${summary.entryId}`)
  if (now - enteredAt(summary) > twoSteps.daysUntilTakenOver * dayMs)
    return finding(head, 'SeqNo', 807, '运输工具申报进境已逾三个月，货物由海关依法处理')
  const changed = lasting.find((element) => textOf(head, element) !== textOf(summary.message.head, element))
  return changed === undefined ? undefined : finding(head, changed, 808, `${changed}与概要申报不一致，请先修改概要申报`)
}

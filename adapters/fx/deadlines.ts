import { rankOf } from '../../schemas/status.ts'
import type { Deadline, Standing } from '../adapter.ts'
import type { ReceiptParticulars } from './particulars.ts'
import { addWorkdays } from './workdays.ts'

/** Workdays after the credit date T within which money received is declared. Source: 通过银行进行国际收支统计申报业务实施细则 (汇发〔2022〕22号). */
const declarationWorkdays = 5
/** How long before that a person is reminded. [our choice, 2026-11] */
const reminderWorkdays = 2

/** The last second of a day in China. */
const endOf = (day: string): string => new Date(`${day}T23:59:59+08:00`).toISOString()

/** Money received is declared within 5 workdays 涉外收入申报期限; what is with the bank is done, what was refused is not. */
export function receiptDeadlines({ status, particulars }: Standing<ReceiptParticulars>): Deadline[] {
  const bookedOn = (particulars as ReceiptParticulars | undefined)?.advice?.bookedOn
  const isOpen = rankOf(status) < rankOf('acknowledged') || status === 'refused'
  if (bookedOn === undefined || !isOpen) return []
  const lastDay = addWorkdays(bookedOn, declarationWorkdays)
  return [
    {
      id: 'declaration',
      dueAt: endOf(lastDay),
      remindAt: endOf(addWorkdays(lastDay, -reminderWorkdays)),
      what: {
        en: `Declare the money received on ${bookedOn} within ${declarationWorkdays} workdays`,
        zh: `${bookedOn}入账的款项应在${declarationWorkdays}个工作日内办理涉外收入申报`,
      },
    },
  ]
}

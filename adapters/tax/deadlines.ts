import { type FilingStatus, rankOf } from '../../schemas/status.ts'
import type { Deadline, Standing } from '../adapter.ts'
import { aprilDeadline, claimedItems, exportDay, isAbout } from './claim.ts'
import type { RefundParticulars } from './particulars.ts'

/** Days after claiming within which the supporting documents 备案单证 are kept ready. Source: 出口退（免）税管理办法, 15 days. */
const documentDays = 15
/** How long before a deadline a person is reminded. [our choice, 2026-11] */
const reminderDays = { april: 30, documents: 5, repayment: 5 } as const

const dayMs = 86_400_000
/** The last second of a day in China. */
const endOf = (day: string): number => Date.parse(`${day}T23:59:59+08:00`)
const written = (epochMs: number): string => new Date(epochMs).toISOString()

/**
 * What must be done in time about a refund claim: made, its money collected, its documents kept ready, and a clawback repaid. Money
 * collected shows in the claim's own rows alone; documents in the day the claim names.
 */
export function refundDeadlines(standing: Standing<RefundParticulars>): Deadline[] {
  const { status, particulars } = standing
  const exportedOn = exportDay(standing.declaration, particulars)
  const april = exportedOn === undefined ? undefined : endOf(aprilDeadline(exportedOn))
  const isOpen = rankOf(status) < rankOf('acknowledged') || status === 'refused'
  if (status === 'reversed') return repayment(standing)
  if (isOpen) return april === undefined ? [] : [claimBy(april)]
  if (status === 'withdrawn') return []
  return [...(april === undefined || isCollected(standing) ? [] : [collectBy(april)]), ...documents(standing)]
}

const claimBy = (dueMs: number): Deadline => ({
  id: 'claim',
  dueAt: written(dueMs),
  remindAt: written(dueMs - reminderDays.april * dayMs),
  what: {
    en: 'Claim the refund by the VAT filing period of April of the year after export; later only with proof of collection',
    zh: '应在出口次年4月增值税纳税申报期截止前申报退税，逾期须附收汇材料',
  },
})

const collectBy = (dueMs: number): Deadline => ({
  id: 'collection',
  dueAt: written(dueMs),
  remindAt: written(dueMs - reminderDays.april * dayMs),
  what: {
    en: 'Collect the money for the export by the VAT filing period of April of the year after it, or the refund is paid back in May',
    zh: '应在出口次年4月增值税纳税申报期截止前收汇，未收汇的须缴回已退税款',
  },
})

function isCollected({ declaration, particulars }: Standing<RefundParticulars | undefined>): boolean {
  const items = claimedItems(declaration, particulars)
  return items.every((claimed) => particulars?.collections.some((row) => isAbout(row, claimed)) === true)
}

function documents({ particulars, receipts }: Standing<RefundParticulars | undefined>): Deadline[] {
  const claimedAt = receipts.find(({ status }): boolean => status === ('acknowledged' satisfies FilingStatus))?.at
  if (claimedAt === undefined || particulars?.documentsKeptOn !== undefined) return []
  const dueMs = Date.parse(claimedAt) + documentDays * dayMs
  return [
    {
      id: 'documents',
      dueAt: written(dueMs),
      remindAt: written(dueMs - reminderDays.documents * dayMs),
      what: {
        en: 'Keep contracts, transport documents and the agreement with the broker ready within 15 days of claiming',
        zh: '申报退税后15日内完成单证备案：购销合同、运输单据、委托报关协议',
      },
    },
  ]
}

/** The day the office names in its notice of a clawback 追回已退税款通知, until the money is back. */
function repayment({ receipts }: Standing<RefundParticulars>): Deadline[] {
  const notice = receipts.findLast(({ code }) => code === 'CLAWED_BACK')
  const day = notice?.details?.['fnqx']
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day) || receipts.some(({ code }) => code === 'REPAID'))
    return []
  const dueMs = endOf(day)
  if (Number.isNaN(dueMs)) return []
  return [
    {
      id: 'repayment',
      dueAt: written(dueMs),
      remindAt: written(dueMs - reminderDays.repayment * dayMs),
      what: { en: 'Pay the refund back that was clawed back', zh: '缴回被追回的已退税款' },
    },
  ]
}

import * as z from 'zod'
import type { Text } from './text.ts'

/**
 * Status of a filing and its rank: within one attempt a filing only moves to a higher rank, whatever order receipts come in.
 * Holds are flags beside it, not ranks.
 */
export const statuses = {
  planned: { rank: 0, en: 'Planned', zh: '已计划' },
  'awaiting-particulars': { rank: 0, en: 'Awaiting particulars', zh: '待补充数据' },
  waiting: { rank: 0, en: 'Waiting for another filing', zh: '等待其他申报' },
  blocked: { rank: 0, en: 'Blocked', zh: '受阻' },
  queued: { rank: 10, en: 'Queued', zh: '待发送' },
  sent: { rank: 20, en: 'Sent', zh: '已发送' },
  acknowledged: { rank: 30, en: 'Acknowledged', zh: '已接收' },
  registered: { rank: 40, en: 'Registered', zh: '已受理编号' },
  'in-review': { rank: 50, en: 'In review', zh: '审核中' },
  approved: { rank: 60, en: 'Approved', zh: '已批准' },
  closed: { rank: 70, en: 'Closed', zh: '已办结' },
  refused: { rank: 80, en: 'Refused', zh: '不予受理' },
  withdrawn: { rank: 80, en: 'Withdrawn', zh: '已撤回' },
  reversed: { rank: 90, en: 'Reversed', zh: '已冲回' },
} as const satisfies Record<string, Text & { rank: number }>

export type FilingStatus = keyof typeof statuses
export const filingStatus = z.enum(Object.keys(statuses) as [FilingStatus, ...FilingStatus[]])
export const rankOf = (status: FilingStatus): number => statuses[status].rank
/** The attempt is over and was not granted; a correction makes the next attempt. */
export const isRefusal = (status: FilingStatus): boolean => status === 'refused' || status === 'withdrawn'

/** What an agency may put on a filing until something is done. Says who must act. */
export const holds = {
  inspection: { by: 'trader', en: 'Inspection: present the goods', zh: '查验：请配合查验' },
  'payment-due': { by: 'trader', en: 'Taxes due: pay the bill', zh: '需缴税费' },
  supplement: { by: 'trader', en: 'Supplement asked: answer the query', zh: '需补正材料' },
  suspended: { by: 'agency', en: 'Suspended by the agency', zh: '机构暂缓办理' },
} as const satisfies Record<string, Text & { by: 'trader' | 'agency' }>
export type Hold = keyof typeof holds
export const hold = z.enum(Object.keys(holds) as [Hold, ...Hold[]])

/** Overall status of a declaration: computed from its filings, never stored. */
export const overallStatuses = {
  'action-needed': { en: 'Action needed', zh: '需处理' },
  'in-progress': { en: 'In progress', zh: '办理中' },
  released: { en: 'Released', zh: '已放行' },
  completed: { en: 'Completed', zh: '已办结' },
  cancelled: { en: 'Cancelled', zh: '已撤销' },
} as const satisfies Record<string, Text>
export type OverallStatus = keyof typeof overallStatuses
export const overallStatus = z.enum(Object.keys(overallStatuses) as [OverallStatus, ...OverallStatus[]])

import type { FilingStatus, Hold } from '../../schemas/status.ts'

/** Which of the office's conveyance types a transport mode (UN/ECE Rec 19) is. Source: specification §3; ours where FAL has no word. */
export const conveyanceTypes: { readonly [modeCode: string]: 'SHIP' | 'TRAIN' | 'TRUCK' | 'AIRCRAFT' } = {
  '1': 'SHIP', // 船舶
  '2': 'TRAIN', // 列车
  '3': 'TRUCK', // 车辆
  '4': 'AIRCRAFT', // 航空器
  '8': 'SHIP', // 国际河流船舶
}

/** Whether a ship is named by its IMO number; ships without one are named by their registration. */
export const isImoNumber = (id: string): boolean => /^\d{7}$/.test(id)

/** What a status of the office is in ours, and the holds it sets and lifts. Source: specification §4, §5, §7. */
export const statuses: {
  readonly [code: string]: { readonly status: FilingStatus; readonly sets?: Hold[]; readonly lifts?: Hold[] }
} = {
  RECEIVED: { status: 'acknowledged' }, // 已接收
  SCREENING: { status: 'in-review' }, // 人员核查中
  HOLD: { status: 'in-review', sets: ['suspended'] }, // 监护
  HOLD_LIFTED: { status: 'in-review', lifts: ['suspended'] }, // 解除监护
  SUPPLEMENT: { status: 'in-review', sets: ['supplement'] }, // 补充材料
  SUPPLEMENTED: { status: 'in-review', lifts: ['supplement'] }, // 材料已补
  // It is the trader's side that must act: the conveyance waits until the persons are off.
  REFUSE_PERSON: { status: 'in-review', sets: ['supplement'] }, // 不准出境/入境
  // May pass *after* boarding: only the end of the boarding is a yes.
  CLEARED_WITH_INSPECTION: { status: 'in-review', sets: ['inspection'] }, // 登临检查
  INSPECTED: { status: 'approved', lifts: ['inspection'] }, // 登临检查完毕
  CLEARED: { status: 'approved', lifts: ['suspended', 'supplement'] }, // 准予放行
  DEPARTED: { status: 'closed' }, // 已出境
  ARRIVED: { status: 'closed' }, // 已入境
  REJECTED: { status: 'refused' }, // 退回
  CANCELLED: { status: 'withdrawn' }, // 已撤销
  GRANTED: { status: 'approved' }, // 准予变更
  NOT_GRANTED: { status: 'refused' }, // 不予变更
}

/** Refusals of a request that say nothing about the filing itself. Source: specification §4. */
export const refusals = {
  /** An inquiry for a filing the office does not have. */
  unknownHere: 'BI-904',
  /** The message id was used before: what was taken in under it goes on, so nothing here is over. */
  messageUsed: 'BI-902',
}

import { findCode, loadCodeList, textOf } from '../../schemas/codes/index.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'

/** What a status of the office is in ours, and the holds it sets and lifts. Source: specification §7, §9. */
export const statuses: {
  readonly [code: string]: { readonly status: FilingStatus; readonly sets?: Hold[]; readonly lifts?: Hold[] }
} = {
  SUBMITTED: { status: 'acknowledged' }, // 已提交
  SUPPLEMENT: { status: 'acknowledged', sets: ['supplement'] }, // 补正
  SUPPLEMENTED: { status: 'acknowledged', lifts: ['supplement'] }, // 已补正
  ACCEPTED: { status: 'registered', lifts: ['supplement'] }, // 受理
  IN_REVIEW: { status: 'in-review' }, // 审批
  BOX_OPENING: { status: 'in-review', sets: ['inspection'] }, // 抽箱开箱检查
  BOX_OPENED: { status: 'in-review', lifts: ['inspection'] }, // 开箱检查完毕
  APPROVED: { status: 'approved' }, // 准予
  RECEIVED: { status: 'closed' }, // 进出港报告已接收：无须审批，即告办结
  DEPARTED: { status: 'closed' }, // 已离港
  REFUSED: { status: 'refused' }, // 不予
  // The permit was granted and lapsed unused: nothing was refused, but this attempt is over.
  EXPIRED: { status: 'withdrawn' }, // 许可过期
  CANCELLED: { status: 'withdrawn' }, // 已撤销
}

/** Refusals of a request that say nothing about the filing itself. Source: specification §7. */
export const refusals = {
  /** An inquiry for a filing the office does not have. */
  unknownHere: 'MA-904',
  /** The message id was used before: what was taken in under it goes on, so nothing here is over. */
  messageUsed: 'MA-902',
}

/** Which of ours the approval number of a procedure is. Source: specification §7. */
export const approvalSchemes: { readonly [procedure: string]: string } = {
  'dangerous-cargo': 'cargo-approval-number', // 货报 HP…
  'dangerous-ship': 'ship-approval-number', // 船报 CP…
}

export const isUnNumber = (un: string): boolean => findCode('un-numbers', un) !== undefined

/**
 * Whether a class is that of a UN number (MA-102). A listed class without its division admits all of them; numbers without a
 * listed class are not compared.
 */
export function isClassOf(un: string, classCode: string): boolean {
  const listed = textOf(findCode('un-numbers', un), 'class')
  if (listed === undefined) return true
  return listed === '1' || listed === '2' ? classCode.startsWith(listed) : classCode === listed
}

/** Whether a UN number has a packing group (MA-103); undefined where the list does not say (its detailed rows are a sample). */
export function hasPackingGroup(un: string): boolean | undefined {
  const row = findCode('un-numbers', un)
  if (row?.['packingGroup'] !== undefined) return true
  return row?.['zh'] === undefined ? undefined : false
}

/** Names that say nothing (MA-104). Ours: the office gives examples only. */
const vagueNames = new Set([
  '化工品',
  '化学品',
  '危险品',
  '危险货物',
  '普通货物',
  'GENERAL CARGO',
  'CHEMICALS',
  'DANGEROUS GOODS',
  'HAZARDOUS CARGO',
])

export const isVague = (name: string): boolean => vagueNames.has(name.trim().toUpperCase())

/** The UN number whose listed Chinese name this is, when it is another one than `un` (MA-104). */
export const otherUnNamed = (name: string, un: string): string | undefined =>
  loadCodeList('un-numbers').items.find((row) => row.zh === name.trim() && row.code !== un)?.code

/** Whether a shipping name asks for a technical name beside it (not otherwise specified 未另作规定). */
export const isNotOtherwiseSpecified = (name: string): boolean => /\bN\.?O\.?S\b|未另作规定/i.test(name)

/** UN numbers that are marine pollutants whatever they hold (MA-106): environmentally hazardous substances. */
export const alwaysMarinePollutant = (un: string): boolean => un === '3077' || un === '3082'

/** UN numbers forbidden on inland waters 内河禁运 (MA-205). Source: specification §8 [unverified, parameter of 2026-11-21]. */
const forbiddenInland = new Set(['1017', '1051', '1076', '1092', '1259', '1380', '1680', '1689'])

export const isForbiddenInland = (un: string, classCode: string, packingGroup: string | undefined): boolean =>
  forbiddenInland.has(un) || (classCode === '6.1' && packingGroup === 'I')

const isExplosive = (classCode: string) => classCode.startsWith('1') && classCode !== '1.4S'

/** Forbidden on passenger ships (MA-205). Source: specification §8 [unverified, parameter of 2026-11-21]. */
export const isForbiddenWithPassengers = (classCode: string): boolean => isExplosive(classCode) || classCode === '2.3'

/** Classes kept apart 隔离, each pair once. Source: specification §8, a subset of the IMDG table [unverified, parameter of 2026-11-21]. */
const apart: { readonly [classCode: string]: readonly string[] } = {
  '2.1': ['3', '4.2', '5.1', '5.2'],
  '3': ['4.2', '5.1', '5.2'],
  '4.1': ['5.2'],
  '4.2': ['5.1', '5.2'],
  '4.3': ['5.1', '5.2'],
  '5.1': ['5.2', '8'],
  '5.2': ['8'],
}

/** Whether two classes may not lie in one container or one bay (MA-204). Explosives go with none but class 9. */
export function areSegregated(one: string, other: string): boolean {
  const explosiveBeside = (a: string, b: string) => isExplosive(a) && !b.startsWith('1') && b !== '9'
  return (
    explosiveBeside(one, other) ||
    explosiveBeside(other, one) ||
    (apart[one]?.includes(other) ?? false) ||
    (apart[other]?.includes(one) ?? false)
  )
}

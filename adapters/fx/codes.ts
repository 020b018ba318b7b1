import { findCode } from '../../schemas/codes/index.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import { rowOf } from '../tables.ts'

/** What a word of the bank does to a filing. */
interface Effect {
  readonly status?: FilingStatus
  readonly sets?: readonly Hold[]
  readonly lifts?: readonly Hold[]
}

/**
 * Payment statuses TxSts 业务状态. Source: the bank's interface, table 4 (ISO 20022). Settled is neither
 * finished nor a yes of SAFE, whose batch follows and may still refuse the declaration.
 */
export const transactionStatuses: { readonly [status: string]: Effect } = {
  ACTC: { status: 'acknowledged' }, // 技术校验通过
  ACSP: { status: 'in-review' }, // 结算处理中
  ACSC: { status: 'in-review', lifts: ['suspended'] }, // 结算完成
  PDNG: { status: 'in-review' }, // 等待
  RJCT: { status: 'refused' }, // 拒绝
  CANC: { status: 'withdrawn' }, // 已撤销
}

/**
 * The same, said of a change 修改、删除: settled means carried out by the bank. Source: the bank's interface, section 8. What SAFE says
 * of it comes with the batch.
 */
export const changeStatuses: { readonly [status: string]: Effect } = {
  ACTC: { status: 'acknowledged' }, // 技术校验通过
  ACSP: { status: 'in-review' }, // 银行审核
  ACSC: { status: 'approved' }, // 已修改或已删除
  RJCT: { status: 'refused' }, // 拒绝
}
/** Name of the document that a status report of a change answers. Source: the same. */
export const changeDocument = 'change.001'

/** The bank's own words Prtry beside a status: where the money is. Those not listed add nothing. Source: the same. */
export const moneyPlaces: { readonly [place: string]: Effect } = {
  HELD_IN_VERIFICATION_ACCOUNT: { sets: ['suspended'] }, // 在待核查账户
  RELEASED: { lifts: ['suspended'] }, // 从待核查账户划出
  DECLARATION_CHANGED: { sets: ['supplement'] }, // 报关单金额减少或已撤销
  DECLARATION_MATCHED: { lifts: ['supplement'] }, // 核注金额与报关单相符
}

/** Inquiry for a number the bank does not know 查无此笔业务. */
export const unknownFiling = 'FX-404'
/** The message number stands for other content, of which this answer tells nothing 报文编号已用于其他内容. */
export const otherContent = 'FX-901'

/** What stands where there is no approval or registration number 批件号/登记编号. */
export const noNumber = 'N/A'
/** Number of a credit advice's declaration 申报号码: area, bank, sequence, yymmdd, serial that starts with one of N to T. */
export const reportNumberForm = /^\d{12}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[N-T]\d{3}$/

/** A transaction code 交易编码 the bank takes: listed with six digits, or of the capital accounts (first digit 5 to 8). */
export const isTransactionCode = (code: string): boolean =>
  isCapitalCode(code) || (/^\d{6}$/.test(code) && findCode('fx-transactions', code) !== undefined)
export const isCapitalCode = (code: string): boolean => /^[5-8]\d{5}$/.test(code)
/** Goods trade in customs statistics 纳入海关统计的货物贸易: needs a customs declaration. */
export const isDeclaredTrade = (code: string): boolean => code.startsWith('121')

/**
 * The transaction code the bank compares a supervision mode with (FX-104); other modes are not compared.
 * Source: the bank's interface, section 4 [unverified table, 2026-11].
 */
export const comparedCodes: { readonly [mode: string]: string } = {
  '0110': '121010', // 一般贸易
  '0615': '121020', // 进料对口
  '0654': '121020', // 进料深加工
  '0715': '121020', // 进料非对口
  '1234': '121030', // 保税区仓储转口
  '5000': '121030', // 料件进出区
  '5010': '121030', // 特殊区域研发货物
  '5015': '121030', // 区内进料加工货物
  '5033': '121030', // 区内仓储货物
  '5034': '121030', // 区内物流货物
}

/**
 * Supervision modes under which money is paid across the border, and the transaction code it is declared with where the trader
 * names none. Source: names of 涉外收支交易分类与代码 (2014); beyond `comparedCodes` [unverified, 2026-11].
 */
export const tradeCodes: { readonly [mode: string]: string } = {
  ...comparedCodes,
  '0214': '221000', // 来料加工 → 来料加工工缴费
  '0420': '121110', // 加工贸易设备 → 加工贸易进口设备
  '1039': '121990', // 市场采购 → 其他
  '1210': '121990', // 保税电商 → 其他
  '1233': '121030', // 保税仓库货物 → 保税监管场所
  '1523': '121050', // 租赁贸易 → 金融性租赁贸易
  '1616': '121990', // 寄售代销 → 其他
  '2025': '121100', // 合资合作设备 → 外商投资企业投资进口
  '2225': '121100', // 外资设备物品 → 外商投资企业投资进口
  '3010': '121990', // 货样广告品 → 其他
  '3422': '121090', // 对外承包出口
  '4019': '121080', // 边境小额
  '5014': '221000', // 区内来料加工 → 来料加工工缴费
  '6033': '121030', // 物流中心进出境货物
  '9610': '121990', // 电子商务 → 其他
  '9710': '121990', // 跨境电商B2B直接出口 → 其他
  '9810': '121990', // 跨境电商出口海外仓 → 其他
}

/** Transaction codes of bonded goods 保税货物项下: the mark ISREF is Y. [unverified, 2026-11] */
export const bondedCodes: ReadonlySet<string> = new Set(['121020', '121030', '221000'])

/** Above this many USD a payment for goods received needs the declarations verified 报关信息核验. Source: 汇发〔2017〕9号. */
export const verifiedAboveUsd = '100000'

const concerns = (direction: 'import' | 'export'): { readonly yes: Text; readonly other: Text } =>
  direction === 'export'
    ? {
        yes: { en: 'Money received for exports is declared to SAFE', zh: '出口收汇须办理涉外收入申报' },
        other: { en: 'Only exports bring money in', zh: '仅出口办理收汇申报' },
      }
    : {
        yes: { en: 'Imports are paid for abroad through the bank', zh: '进口货款须经银行对外支付并申报' },
        other: { en: 'Only imports are paid for abroad', zh: '仅进口办理付汇' },
      }

/** Whether money crosses the border for a declaration of a direction, and why. */
export function moneyCrosses(direction: 'import' | 'export', declared: string, mode: string) {
  const { yes, other } = concerns(direction)
  if (declared !== direction) return { files: false, because: other }
  if (rowOf(tradeCodes, mode) !== undefined) return { files: true, because: yes }
  const because = {
    en: `No money usually crosses the border under supervision mode ${mode}`,
    zh: `监管方式${mode}通常不发生跨境收付`,
  }
  return { files: false, because }
}

import type { Money } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'

/** What a word of the tax office does to a filing. */
interface Effect {
  readonly status?: FilingStatus
  readonly sets?: readonly Hold[]
  readonly lifts?: readonly Hold[]
}

/** Statuses of notices 通知书. Source: the tax office's interface, table 5. */
export const notices: { readonly [status: string]: Effect } = {
  ACCEPTED: { status: 'registered' }, // 准予受理通知书
  IN_REVIEW: { status: 'in-review' }, // 审核中
  DOUBT_FEEDBACK: { status: 'in-review', sets: ['supplement'] }, // 疑点反馈
  DOUBT_SETTLED: { status: 'in-review', lifts: ['supplement'] }, // 疑点已核实
  SUPPLIER_LETTER: { status: 'in-review', sets: ['suspended'] }, // 发函调查通知
  SUPPLIER_LETTER_REPLIED: { status: 'in-review', lifts: ['suspended'] }, // 函调回函
  SUSPENDED: { status: 'in-review', sets: ['suspended'] }, // 暂不办理退税通知
  RESUMED: { status: 'in-review', lifts: ['suspended'] }, // 恢复办理退税通知
  APPROVED: { status: 'approved' }, // 核准退税通知
  REFUND_NOTE_ISSUED: { status: 'approved' }, // 收入退还书
  TREASURY_PAID: { status: 'approved' }, // 国库退还
  CLOSED: { status: 'closed' }, // 销号
  NOT_HANDLED: { status: 'refused' }, // 不予办理通知
  NOT_REFUNDABLE: { status: 'refused' }, // 不予退税通知
  CLAWED_BACK: { status: 'reversed' }, // 追回已退税款通知
  REPAID: { status: 'reversed' }, // 追回税款入库
  WITHDRAWN: { status: 'withdrawn' }, // 申报已撤回
  CHANGE_IN_REVIEW: { status: 'in-review' }, // 变更申请审核中
  CHANGE_GRANTED: { status: 'approved' }, // 准予变更通知
  CHANGE_REFUSED: { status: 'refused' }, // 不予变更通知
  COMPARING: { status: 'in-review', lifts: ['suspended'] }, // 稽核比对中
  RETAINED: { status: 'in-review', sets: ['suspended'] }, // 滞留
  MATCHED: { status: 'approved' }, // 稽核相符
  DEDUCTIBLE: { status: 'closed' }, // 可用于抵扣
  MISMATCHED: { status: 'refused' }, // 稽核不符
  NOT_FOUND: { status: 'refused' }, // 缺联
  DUPLICATED: { status: 'refused' }, // 重号
}

/**
 * Codes of filing receipts 申报受理回执. Source: the same, table 4. TX-4091 (the message number stands for other content) tells
 * nothing of what became of that other content, so it moves nothing.
 */
export const receiptCodes: { readonly [code: string]: Effect } = {
  'TX-0000': { status: 'acknowledged' }, // 申报成功，无疑点
  'TX-0001': { status: 'acknowledged' }, // 申报成功，有提示或警告疑点
  'TX-1000': { status: 'refused' }, // 报文不是合法的JSON
  'TX-1001': { status: 'refused' }, // 报文结构或格式错误
  'TX-2000': { status: 'refused' }, // 存在错误级疑点
  'TX-4091': {}, // 报文编号已用于其他内容
  'TX-3001': { status: 'refused' }, // 原申报不存在、已终结或编号不符
  'TX-3002': { status: 'refused' }, // 原申报已核准或已比对
  'TX-3003': { status: 'refused' }, // 原申报已有变更申请在办
  'TX-4092': { status: 'refused' }, // 原申报尚在办理，不得重复申报
}

/** Inquiry for a number the tax office does not know 查无此申报. */
export const unknownFiling = 'TX-4040'

interface ModeRule {
  readonly files: boolean
  readonly because: Text
}

const refunded = (zh: string, en: string): ModeRule => ({
  files: true,
  because: {
    en: `${en} (${zh}): the input VAT of exported goods is refunded`,
    zh: `监管方式“${zh}”出口货物可退（免）税`,
  },
})
const exempt = (zh: string, en: string): ModeRule => ({
  files: false,
  because: { en: `${en} (${zh}): exempt from VAT, nothing is refunded`, zh: `监管方式“${zh}”实行免税，不退税` },
})

/**
 * Supervision modes 监管方式 and what an export under them means for the refund. Modes not listed carry none.
 * Source: practice under 财税〔2012〕39号; the list itself is [unverified, 2026-11].
 */
export const refundModes: { readonly [mode: string]: ModeRule } = {
  '0110': refunded('一般贸易', 'General trade'),
  '0615': refunded('进料对口', 'Processing with imported materials'),
  '0715': refunded('进料非对口', 'Processing with imported materials, unmatched'),
  '1210': refunded('保税电商', 'Bonded e-commerce'),
  '1427': refunded('出料加工', 'Outward processing'),
  '1523': refunded('租赁贸易', 'Leasing trade'),
  '1616': refunded('寄售代销', 'Consignment'),
  '3010': refunded('货样广告品', 'Samples and advertising goods'),
  '3422': refunded('对外承包出口', 'Exports for contracted projects abroad'),
  '4019': refunded('边境小额', 'Border small trade'),
  '9610': refunded('电子商务', 'Cross-border e-commerce'),
  '9710': refunded('跨境电商B2B直接出口', 'Cross-border e-commerce B2B'),
  '9810': refunded('跨境电商出口海外仓', 'E-commerce to an overseas warehouse'),
  '0214': exempt('来料加工', 'Processing with supplied materials'),
  '1039': exempt('市场采购', 'Market procurement'),
}

/**
 * Supervision modes under which import VAT is paid at the border, so that there is a payment certificate 海关缴款书 to deduct.
 * Source: as above, [unverified, 2026-11].
 */
export const taxedImportModes: ReadonlySet<string> = new Set([
  '0110', // 一般贸易
  '0130', // 易货贸易
  '0245', // 来料料件内销
  '0446', // 加工设备内销
  '0644', // 进料料件内销
  '0844', // 进料边角料内销
  '0845', // 来料边角料内销
  '1523', // 租赁贸易
  '1616', // 寄售代销
  '2025', // 合资合作设备
  '2225', // 外资设备物品
  '3010', // 货样广告品
  '4019', // 边境小额
  '9700', // 后续补税
  '9800', // 租赁征税
])

/** Number of a customs payment certificate for import VAT: entry number, `-L`, two digits. [form unverified, 2026-11] */
export const certificateNumber = /^\d{8}1\d{9}-L\d{2}$/

/** Rows that one list of a claim can hold 明细行数上限. Source: the tax office's interface, section 3. */
export const claimRows = 999

/** Notices that tell of money, and the field that says how much, in CNY. Source: the tax office's interface, section 5. */
export const moneyNotices: {
  readonly [status: string]: { readonly kind: Money['kind']; readonly field: string; readonly of: string }
} = {
  TREASURY_PAID: { kind: 'refunded', field: 'se', of: 'refund' }, // 国库退还
  CLAWED_BACK: { kind: 'due', field: 'fnse', of: 'clawback' }, // 追回已退税款
  REPAID: { kind: 'paid', field: 'fnse', of: 'clawback' }, // 追回税款入库
}

/** What the office writes 文书: receipts, notices and states, all JSON, every value a text. */

import type { DoubtCode, Level } from './doubts.ts'
import type { Use } from './ledger.ts'
import type { Handed } from './outcomes.ts'
import type { Head } from './read.ts'
import { clockWorkdays, type TaxpayerClass } from './register.ts'
import { addWorkdays, chinaDay } from './time.ts'

/** One doubt 疑点 about one place. */
export interface Doubt {
  readonly list: 'ckmx' | 'jhmx' | 'shqk' | 'jks' | 'sbb' | ''
  readonly sbxh: string
  readonly field: string
  readonly code: DoubtCode | 'YD-00'
  readonly text: string
  readonly level: Level
  readonly waivable: 'Y' | 'N'
}

const receiptTexts = {
  'TX-0000': '申报成功，无疑点',
  'TX-0001': '申报成功，有提示或警告疑点',
  'TX-1000': '报文不是合法的JSON',
  'TX-1001': '报文结构或格式错误',
  'TX-2000': '存在错误级疑点，须更正后重新申报',
  'TX-3001': '原申报不存在、已终结或编号不符',
  'TX-3002': '原申报已核准或已比对，不得更正或撤回',
  'TX-3003': '原申报已有变更申请在办',
  'TX-4091': '报文编号已用于其他内容',
  'TX-4092': '原申报尚在办理，不得重复申报',
} as const
export type ReceiptCode = keyof typeof receiptTexts

/** Filing receipt 申报受理回执. */
export interface Receipt {
  readonly document: 'filing-receipt'
  readonly head: { readonly [number: string]: string }
  readonly accepted: 'Y' | 'N'
  readonly code: ReceiptCode
  readonly text: string
  readonly slbh?: string
  readonly bgbh?: string
  readonly doubts: readonly object[]
}

export function writeReceipt(
  code: ReceiptCode,
  head: Partial<Head>,
  answeredAt: string,
  rest: { slbh?: string; bgbh?: string; doubts?: readonly Doubt[] } = {},
): Receipt {
  const { ourReference, messageId, traderReference } = head
  return {
    document: 'filing-receipt',
    head: {
      ...(ourReference !== undefined && { ourReference }),
      ...(messageId !== undefined && { messageId }),
      ...(traderReference !== undefined && { traderReference }),
      answeredAt,
    },
    accepted: code === 'TX-0000' || code === 'TX-0001' ? 'Y' : 'N',
    code,
    text: receiptTexts[code],
    ...(rest.slbh !== undefined && { slbh: rest.slbh }),
    ...(rest.bgbh !== undefined && { bgbh: rest.bgbh }),
    doubts: (rest.doubts ?? []).map((doubt, at) => ({ seq: String(at + 1), ...doubt })),
  }
}

/** What a notice can draw on: the filing as the office took it. */
export interface Matter {
  readonly head: Head
  readonly procedure: Handed
  /** Of a change: of what it changes. */
  readonly slbh: string
  /** Number of a change 变更编号. */
  readonly bgbh?: string
  /** Why a change is not granted. */
  readonly why?: string
  readonly fllb: TaxpayerClass
  /** Claimed refund, or the tax on the certificates. */
  readonly amount: string
  readonly period: string
  readonly supplier: string
  readonly certificates: readonly string[]
  readonly exports: readonly Use[]
  readonly invoices: readonly Use[]
  /** Number of the taxpayer 纳税人识别号. */
  readonly taxpayer: string
  /** The doubt an officer asks about. */
  readonly doubt: Doubt | undefined
}

type Fields = { readonly [field: string]: string }
interface NoticeKind {
  readonly title: string
  readonly ends?: 'refused' | 'withdrawn' | 'closed' | 'reversed'
  /** Why, in the officer's words; the title when there is nothing to add. */
  readonly text?: (matter: Matter) => string
  readonly fields?: (matter: Matter, nowMs: number) => Fields
}

const dueDay = ({ fllb }: Matter, nowMs: number, spent = 0) => addWorkdays(chinaDay(nowMs), clockWorkdays[fllb] - spent)
const noteOf = ({ slbh }: Matter) => `SRTHS${slbh.slice(1)}`
const letterOf = ({ slbh }: Matter) => `HD${slbh.slice(1)}`
const changedFiling = ({ slbh }: Matter): Fields => ({ yslbh: slbh })
const firstCertificate = ({ certificates }: Matter): Fields => ({ jkshm: certificates[0] ?? '' })

const kinds = {
  ACCEPTED: {
    title: '准予受理通知书',
    text: ({ fllb }) => `准予受理，管理类别${fllb}类，${clockWorkdays[fllb]}个工作日内办结`,
    fields: (matter, now) => ({ fllb: String(matter.fllb), bjqx: dueDay(matter, now) }),
  },
  IN_REVIEW: { title: '审核中' },
  DOUBT_FEEDBACK: {
    title: '疑点反馈',
    text: ({ doubt }) => `请说明：${doubt?.text ?? ''}`,
    fields: ({ doubt }) => ({ ydbm: doubt?.code ?? '', ydnr: doubt?.text ?? '' }),
  },
  DOUBT_SETTLED: {
    title: '疑点已核实',
    text: () => '经核实人工挑过',
    fields: ({ doubt }) => ({ ydbm: doubt?.code ?? '' }),
  },
  SUPPLIER_LETTER: {
    title: '发函调查通知',
    text: () => '已向供货方主管税务机关发函，办理时限停止计算',
    fields: (matter) => ({ hdbh: letterOf(matter), ghfnsrsbh: matter.supplier }),
  },
  SUPPLIER_LETTER_REPLIED: {
    title: '函调回函',
    text: () => '回函无异常，恢复办理',
    fields: (matter, now) => ({ hdbh: letterOf(matter), bjqx: dueDay(matter, now, 1) }),
  },
  SUSPENDED: {
    title: '暂不办理退税通知',
    text: () => '风险核查期间暂不办理退税',
    fields: (_, now) => ({ zbblny: chinaDay(now).slice(0, 7).replace('-', ''), yy: '风险核查' }),
  },
  RESUMED: { title: '恢复办理退税通知', fields: (matter, now) => ({ bjqx: dueDay(matter, now, 1) }) },
  APPROVED: { title: '核准退税通知', fields: ({ amount }) => ({ hztse: amount }) },
  REFUND_NOTE_ISSUED: {
    title: '收入退还书',
    fields: (matter, now) => ({ srthsuuid: noteOf(matter), kprq: chinaDay(now), se: matter.amount }),
  },
  TREASURY_PAID: {
    title: '国库退还',
    fields: (matter, now) => ({ srthsuuid: noteOf(matter), thrq: chinaDay(now), se: matter.amount }),
  },
  CLOSED: { title: '销号', ends: 'closed', fields: (_, now) => ({ xhrq: chinaDay(now) }) },
  NOT_HANDLED: {
    title: '不予办理通知',
    ends: 'refused',
    text: () => '申报凭证内容与电子信息不符，不予办理，可更正后重新申报',
    fields: () => ({ byblyy: '申报凭证内容与电子信息不符' }),
  },
  NOT_REFUNDABLE: {
    title: '不予退税通知',
    ends: 'refused',
    text: () => '不符合退税条件，适用免税政策',
    fields: () => ({ bytsyy: '不符合退税条件', clfs: '免税' }),
  },
  CLAWED_BACK: {
    title: '追回已退税款通知',
    ends: 'reversed',
    text: () => '已退税款应予追回，请在期限前返纳',
    fields: ({ amount }, now) => ({ fnse: amount, fnqx: addWorkdays(chinaDay(now), 15) }),
  },
  REPAID: {
    title: '追回税款入库',
    ends: 'reversed',
    fields: ({ amount }, now) => ({ fnse: amount, rkrq: chinaDay(now) }),
  },
  WITHDRAWN: { title: '申报已撤回', ends: 'withdrawn', text: () => '经申请准予撤回，可重新申报' },
  CHANGE_IN_REVIEW: { title: '变更申请审核中', fields: changedFiling },
  CHANGE_GRANTED: { title: '准予变更通知', ends: 'closed', fields: changedFiling },
  CHANGE_REFUSED: {
    title: '不予变更通知',
    ends: 'refused',
    text: ({ why }) => why ?? '经审核不予变更，原申报继续办理',
    fields: changedFiling,
  },
  COMPARING: { title: '稽核比对中' },
  RETAINED: { title: '滞留', text: () => '海关数据未到，待再次比对', fields: () => ({ yy: '海关数据未到' }) },
  MATCHED: { title: '稽核相符', fields: ({ certificates }) => ({ jksfs: String(certificates.length) }) },
  DEDUCTIBLE: { title: '可用于抵扣', ends: 'closed', fields: ({ period, amount }) => ({ dkssq: period, se: amount }) },
  MISMATCHED: {
    title: '稽核不符',
    ends: 'refused',
    text: () => '缴款书税款金额与海关数据不符',
    fields: (matter) => ({ ...firstCertificate(matter), yy: '税款金额不符' }),
  },
  NOT_FOUND: { title: '缺联', ends: 'refused', text: () => '海关无此缴款书数据', fields: firstCertificate },
  DUPLICATED: { title: '重号', ends: 'refused', text: () => '该缴款书已被采集', fields: firstCertificate },
  /** Stands in no table a customer has: a status this office will publish some day. */
  'ZX-907': { title: '事项流转', text: () => '转其他岗位处理' },
} as const satisfies { readonly [status: string]: NoticeKind }

export type NoticeStatus = keyof typeof kinds

/** A notice 税务文书 as it is pushed. */
export interface Notice {
  readonly document: 'notice'
  readonly noticeId: string
  readonly head: { readonly [number: string]: string }
  readonly procedure: string
  readonly slbh?: string
  readonly bgbh?: string
  readonly status: NoticeStatus
  readonly title: string
  readonly text: string
  readonly ends: '' | 'refused' | 'withdrawn' | 'closed' | 'reversed'
  readonly fields: Fields
}

/** @param serial of the notice within its attempt, from 1 */
export function writeNotice(
  status: NoticeStatus,
  matter: Matter,
  serial: number,
  nowMs: number,
  issuedAt: string,
): Notice {
  const kind: NoticeKind = kinds[status]
  const { ourReference, messageId, traderReference } = matter.head
  const { slbh, bgbh } = matter
  return {
    document: 'notice',
    noticeId: `${bgbh ?? slbh}-${String(serial).padStart(2, '0')}`,
    head: { ourReference, messageId, traderReference, issuedAt },
    procedure: matter.procedure,
    ...(bgbh === undefined ? { slbh } : { bgbh }),
    status,
    title: kind.title,
    text: kind.text?.(matter) ?? kind.title,
    ends: kind.ends ?? '',
    fields: kind.fields?.(matter, nowMs) ?? {},
  }
}

/** What an inquiry is answered with 查询结果. */
export function writeState(
  procedure: string,
  receipt: Receipt,
  notices: readonly object[],
  answeredAt: string,
): object {
  return { document: 'state', head: { ...receipt.head, answeredAt }, procedure, receipt, notices }
}

export const unknownReference = { document: 'error', code: 'TX-4040', text: '查无此申报' } as const

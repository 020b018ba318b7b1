/** The one table that decides 办理结果: what the tax office does with a filing, and when. */
import type { Outcome } from '../agency.ts'
import type { DoubtCode } from './doubts.ts'
import type { TaxpayerClass } from './register.ts'
import type { Delay } from './time.ts'
import type { NoticeStatus } from './write.ts'

/** A notice that will be issued. `class-clock`: at 17:00 of a workday within the days the taxpayer's class allows. */
export interface Step {
  readonly status: NoticeStatus
  /** Counted from the step before, the first from the filing. */
  readonly after: Delay | 'class-clock'
}

export type TaxProcedure = 'refund' | 'payment-certificate'
/** Applications to change one of those: 更正申报 and 撤回申报. */
export type ChangeProcedure = 'amendment' | 'cancellation'
/** Whatever may be handed in. */
export type Handed = TaxProcedure | ChangeProcedure

export interface TaxOutcome extends Outcome {
  readonly procedure: Handed
  /** Has one turn a filing: the corrected attempt after it passes. */
  readonly once?: true
  /** Raised at filing, besides what the rules find. */
  readonly doubt?: DoubtCode
  /** Overrules the register. */
  readonly fllb?: TaxpayerClass
  /** Instead of the ordinary course. */
  readonly course?: readonly Step[]
}

const accepted: readonly Step[] = [{ status: 'ACCEPTED', after: { minutes: 60 } }]
const reviewed: readonly Step[] = [{ status: 'IN_REVIEW', after: { workdays: 1, hour: 9 } }]
const paid: readonly Step[] = [
  { status: 'APPROVED', after: 'class-clock' },
  { status: 'REFUND_NOTE_ISSUED', after: { workdays: 1, hour: 10 } },
  { status: 'TREASURY_PAID', after: { workdays: 1, hour: 15 } },
  { status: 'CLOSED', after: { workdays: 1, hour: 9 } },
]
const unrecognised: readonly Step[] = [{ status: 'ZX-907', after: { minutes: 5 } }]
const compared: readonly Step[] = [{ status: 'COMPARING', after: { minutes: 10 } }]
const deductible: readonly Step[] = [
  { status: 'MATCHED', after: { days: 1, hour: 2 } },
  { status: 'DEDUCTIBLE', after: { minutes: 1 } },
]
const examined: readonly Step[] = [{ status: 'CHANGE_IN_REVIEW', after: { minutes: 60 } }]
const comparedTo = (status: NoticeStatus): readonly Step[] => [...compared, { status, after: { days: 1, hour: 2 } }]

/** What happens without a magic value. */
export const ordinary: { readonly [procedure in Handed]: readonly Step[] } = {
  refund: [...accepted, ...reviewed, ...paid],
  'payment-certificate': [...compared, ...deductible],
  amendment: [...examined, { status: 'CHANGE_GRANTED', after: { workdays: 1, hour: 16 } }],
  cancellation: [...examined, { status: 'CHANGE_GRANTED', after: { workdays: 1, hour: 16 } }],
}

/** What happens to an application to change what is under investigation, or what a magic value has refused. */
export const changeRefused: readonly Step[] = [
  ...examined,
  { status: 'CHANGE_REFUSED', after: { workdays: 1, hour: 16 } },
]

/** What happens to a certificate that another standing filing already uses. */
export const duplicated: readonly Step[] = comparedTo('DUPLICATED')

export const outcomes: readonly TaxOutcome[] = [
  {
    magic: 'DOUBT',
    procedure: 'refund',
    once: true,
    doubt: 'YD-09',
    does: {
      en: 'Refused at filing: exported quantity above customs data (E); the corrected attempt passes',
      zh: '申报时出现错误级疑点（出口数量大于报关数量），更正后通过',
    },
  },
  {
    magic: 'NODATA',
    procedure: 'refund',
    once: true,
    doubt: 'YD-01',
    does: {
      en: 'Refused at filing: customs has no such entry (E); the next passes',
      zh: '海关数据中无此报关单号，再次申报通过',
    },
  },
  {
    magic: 'WARN',
    procedure: 'refund',
    doubt: 'YD-10',
    course: [
      ...accepted,
      ...reviewed,
      { status: 'DOUBT_FEEDBACK', after: { minutes: 30 } },
      { status: 'DOUBT_SETTLED', after: { workdays: 2, hour: 11 } },
      ...paid,
    ],
    does: {
      en: 'FOB differs from customs data (W): doubt feedback, settled after 2 workdays, paid',
      zh: '警告级疑点反馈，2个工作日后核实，正常退税',
    },
  },
  {
    magic: 'LETTER',
    procedure: 'refund',
    course: [
      ...accepted,
      ...reviewed,
      { status: 'SUPPLIER_LETTER', after: { minutes: 60 } },
      { status: 'SUPPLIER_LETTER_REPLIED', after: { workdays: 15, hour: 11 } },
      ...paid,
    ],
    does: {
      en: 'Letter to the supplier’s tax office, clock stopped for 15 workdays, paid',
      zh: '发函调查，停计时15个工作日，回函后退税',
    },
  },
  {
    magic: 'SUSPEND',
    procedure: 'refund',
    course: [
      ...accepted,
      ...reviewed,
      { status: 'SUSPENDED', after: { minutes: 60 } },
      { status: 'RESUMED', after: { workdays: 10, hour: 11 } },
      ...paid,
    ],
    does: { en: 'Suspended for 10 workdays, resumed, paid', zh: '暂不办理10个工作日，恢复后退税' },
  },
  {
    magic: 'NOTHANDLED',
    procedure: 'refund',
    once: true,
    course: [...accepted, { status: 'NOT_HANDLED', after: { workdays: 1, hour: 14 } }],
    does: { en: 'Not handled after acceptance; the next attempt passes', zh: '受理后不予办理，再次申报通过' },
  },
  {
    magic: 'NOTREFUNDABLE',
    procedure: 'refund',
    course: [...accepted, ...reviewed, { status: 'NOT_REFUNDABLE', after: 'class-clock' }],
    does: { en: 'Not refundable after review, on every attempt', zh: '审核后不予退税（每次申报均如此）' },
  },
  {
    magic: 'CLAWBACK',
    procedure: 'refund',
    course: [
      ...accepted,
      ...reviewed,
      ...paid,
      { status: 'CLAWED_BACK', after: { workdays: 20, hour: 10 } },
      { status: 'REPAID', after: { workdays: 10, hour: 10 } },
    ],
    does: {
      en: 'Paid and closed, clawed back 20 workdays later, repaid 10 workdays after that; may then be claimed anew',
      zh: '退税办结20个工作日后追回，再10个工作日后缴回入库，之后可重新申报',
    },
  },
  {
    magic: 'CLASS4',
    procedure: 'refund',
    fllb: 4,
    does: {
      en: 'Class 4: 20 workdays, collection evidence with the claim',
      zh: '按四类管理：20个工作日，须报送收汇情况表',
    },
  },
  {
    magic: 'UNKNOWN',
    procedure: 'refund',
    course: [...accepted, ...unrecognised, ...reviewed, ...paid],
    does: { en: 'A notice with a status nobody knows, then paid', zh: '发出未知状态的通知，其后正常退税' },
  },
  {
    magic: 'NEVER',
    procedure: 'refund',
    course: [],
    does: { en: 'The receipt, then silence for ever', zh: '仅有受理回执，此后无音讯' },
  },
  {
    magic: 'MISMATCH',
    procedure: 'payment-certificate',
    once: true,
    course: comparedTo('MISMATCHED'),
    does: { en: 'Does not match customs data; the next attempt passes', zh: '稽核不符，再次申报通过' },
  },
  {
    magic: 'NOTFOUND',
    procedure: 'payment-certificate',
    once: true,
    course: comparedTo('NOT_FOUND'),
    does: { en: 'Not found at customs; the next attempt passes', zh: '缺联，再次申报通过' },
  },
  {
    magic: 'RETAINED',
    procedure: 'payment-certificate',
    course: [
      ...comparedTo('RETAINED'),
      { status: 'MATCHED', after: { days: 3, hour: 2 } },
      { status: 'DEDUCTIBLE', after: { minutes: 1 } },
    ],
    does: { en: 'Customs data late: compared again after 3 days, matched', zh: '滞留，3天后再次比对相符' },
  },
  {
    magic: 'UNKNOWN',
    procedure: 'payment-certificate',
    course: [...compared, ...unrecognised, ...deductible],
    does: { en: 'A notice with a status nobody knows, then matched', zh: '发出未知状态的通知，其后稽核相符' },
  },
  {
    magic: 'NEVER',
    procedure: 'payment-certificate',
    course: [],
    does: { en: 'The receipt, then silence for ever', zh: '仅有回执，此后无音讯' },
  },
  {
    magic: 'AMENDREFUSE',
    procedure: 'amendment',
    course: changeRefused,
    does: { en: 'An amendment is not granted; the filing goes on as it was', zh: '不予更正，原申报继续办理' },
  },
  {
    magic: 'WITHDRAWREFUSE',
    procedure: 'cancellation',
    course: changeRefused,
    does: { en: 'A withdrawal is not granted; the filing goes on as it was', zh: '不予撤回，原申报继续办理' },
  },
]

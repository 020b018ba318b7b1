/** The one table that decides: what Singapore's window does with a declaration, and when. */
import type { Outcome } from '../agency.ts'
import type { ErrorCode } from './checks.ts'
import type { ReasonCode } from './reasons.ts'
import type { ConditionCode } from './tables.ts'

export type Delay =
  | { readonly seconds: number }
  /** Drawn once for each attempt. */
  | { readonly hoursBetween: readonly [least: number, most: number] }

/** What happens next, counted from the step before, the first from the message. */
export type Step = { readonly after: Delay } & (
  | { readonly says: 'URN Accepted' | 'Referred to OGA-9' | 'Query Answered' }
  | { readonly pending: 'CA' | 'SC'; readonly agency?: string }
  /** The controlling agency agrees; said only in the permit. */
  | { readonly agreed: 'CA' }
  | { readonly rejected: ReasonCode; readonly by: 'CA' | 'SC'; readonly agency?: string }
  | { readonly approved: readonly ConditionCode[] }
  /** An update, a certificate. */
  | { readonly granted: true }
  | { readonly queried: ReasonCode }
)

export interface SingaporeOutcome extends Outcome {
  readonly procedure: 'permit' | 'amendment' | 'cancellation' | 'origin-certificate'
  /** Has one turn a filing: the corrected attempt after it passes. */
  readonly once?: true
  /** Found in the format check, besides what the rules find. */
  readonly error?: { readonly code: ErrorCode; readonly path: string }
  /** Between acceptance of the URN and the decision. */
  readonly between?: readonly Step[]
  /** Instead of the ordinary decision. */
  readonly decision?: readonly Step[]
  /** Besides the conditions the goods call for. */
  readonly conditions?: readonly ConditionCode[]
  /** Nothing is heard after `Received`. */
  readonly silent?: true
}

export const urnAccepted: Step = { says: 'URN Accepted', after: { seconds: 5 } }
const now = { seconds: 0 } as const
const aMinute = { seconds: 60 } as const
const approvedAfter = (after: Delay): Step => ({ approved: [], after })

/** How an ordinary declaration is decided, by what the goods call for. */
export const decisions = {
  free: [approvedAfter({ seconds: 295 })],
  controlled: [
    { pending: 'CA', after: now },
    { agreed: 'CA', after: { hoursBetween: [1, 3] } },
    approvedAfter(aMinute),
  ],
  unlicensed: [
    { pending: 'CA', after: now },
    { rejected: 'R20', by: 'CA', after: { hoursBetween: [1, 3] } },
  ],
  looked: [{ pending: 'SC', after: now }, approvedAfter({ seconds: 1800 })],
} as const satisfies { readonly [kind: string]: readonly Step[] }

/** How updates and certificates are decided. */
export const updateDecisions = {
  plain: [{ granted: true, after: { seconds: 295 } }],
  /** The payment is looked up. */
  payment: [
    { pending: 'SC', after: now },
    { granted: true, after: { seconds: 1800 } },
  ],
  certificate: [{ granted: true, after: { seconds: 1795 } }],
} as const satisfies { readonly [kind: string]: readonly Step[] }
/** How long after acceptance of the URN a rule speaks against an update or a certificate. */
export const ruledAfter: Delay = { seconds: 60 }

/** Countries whose authorised economic operators are spared a second look, by arrangement. [secondary: press on the arrangements, 2026-11-22] */
export const arrangements: readonly string[] = ['CN']

/** How many free declarations customs looks at. [assumed] */
export const lookedAtShare = 0.04

export const outcomes: readonly SingaporeOutcome[] = [
  {
    magic: 'FORMAT',
    procedure: 'permit',
    once: true,
    error: { code: 'E20002', path: 'Item[1]/GoodsDescription' },
    does: { en: 'DCS ERROR, wrong format; the corrected attempt passes', zh: '格式错误（DCS ERROR），更正后通过' },
  },
  {
    magic: 'DUPLICATE',
    procedure: 'permit',
    once: true,
    error: { code: 'E17001', path: 'Header/UniqueReferenceNumber' },
    does: {
      en: 'DCS ERROR, duplicate declaration number; the next attempt passes',
      zh: '申报编号重复（E17001），再次申报通过',
    },
  },
  {
    magic: 'REJECT',
    procedure: 'permit',
    once: true,
    decision: [{ rejected: 'R10', by: 'SC', after: { seconds: 300 } }],
    does: { en: 'CA/SC REJECT by customs; the next attempt passes', zh: '新加坡海关拒绝，再次申报通过' },
  },
  {
    magic: 'CAREJECT',
    procedure: 'permit',
    decision: [
      { pending: 'CA', agency: 'SFA', after: now },
      { rejected: 'R20', by: 'CA', agency: 'SFA', after: { hoursBetween: [1, 3] } },
    ],
    does: { en: 'Pending CA, then CA/SC REJECT, on every attempt', zh: '主管机构待审后拒绝（每次申报均如此）' },
  },
  {
    magic: 'PENDING',
    procedure: 'permit',
    decision: [
      { pending: 'CA', agency: 'SFA', after: now },
      { agreed: 'CA', after: { seconds: 2 * 86_400 } },
      approvedAfter(aMinute),
    ],
    does: { en: 'Pending CA for 2 days, then approved', zh: '主管机构待审2天后批准' },
  },
  {
    magic: 'PENDINGSC',
    procedure: 'permit',
    decision: [{ pending: 'SC', after: now }, approvedAfter({ seconds: 4 * 3600 })],
    does: { en: 'Pending SC for 4 hours, then approved', zh: '海关待审4小时后批准' },
  },
  {
    magic: 'CONDITIONS',
    procedure: 'permit',
    conditions: ['A6', 'A59'],
    does: { en: 'Approved with further conditions of customs and an agency', zh: '附加条件批准' },
  },
  {
    magic: 'UNKNOWN',
    procedure: 'permit',
    between: [{ says: 'Referred to OGA-9', after: { seconds: 30 } }],
    does: { en: 'A status nobody knows, then as usual', zh: '发出未知状态，其后正常办理' },
  },
  {
    magic: 'NEVER',
    procedure: 'permit',
    silent: true,
    does: { en: 'Received, then silence for ever', zh: '仅有接收回执，此后无音讯' },
  },
  {
    magic: 'AMENDREJECT',
    procedure: 'amendment',
    once: true,
    decision: [{ rejected: 'U40', by: 'SC', after: { seconds: 295 } }],
    does: { en: 'The amendment is rejected; the next attempt passes', zh: '首次修改被拒绝，再次申报通过' },
  },
  {
    magic: 'AMENDPENDING',
    procedure: 'amendment',
    decision: [
      { pending: 'SC', after: now },
      { granted: true, after: { seconds: 4 * 3600 } },
    ],
    does: { en: 'Pending SC for 4 hours, then amended', zh: '海关待审4小时后准予修改' },
  },
  {
    magic: 'AMENDNEVER',
    procedure: 'amendment',
    silent: true,
    does: { en: 'Received, then silence for ever', zh: '仅有接收回执，此后无音讯' },
  },
  {
    magic: 'CANCELREJECT',
    procedure: 'cancellation',
    once: true,
    decision: [{ rejected: 'U40', by: 'SC', after: { seconds: 295 } }],
    does: { en: 'The cancellation is rejected; the next attempt passes', zh: '首次撤销被拒绝，再次申报通过' },
  },
  {
    magic: 'CANCELNEVER',
    procedure: 'cancellation',
    silent: true,
    does: { en: 'Received, then silence for ever', zh: '仅有接收回执，此后无音讯' },
  },
  {
    magic: 'COQUERY',
    procedure: 'origin-certificate',
    decision: [
      { queried: 'O10', after: { seconds: 1795 } },
      { says: 'Query Answered', after: { seconds: 4 * 3600 } },
      { granted: true, after: { seconds: 1800 } },
    ],
    does: { en: 'A query, answered after 4 hours, then accepted', zh: '质询，4小时后答复，随后接受' },
  },
  {
    magic: 'COREJECT',
    procedure: 'origin-certificate',
    once: true,
    decision: [{ rejected: 'O10', by: 'SC', after: { seconds: 1795 } }],
    does: { en: 'Rejected; the next attempt passes', zh: '首次不接受，再次申报通过' },
  },
  {
    magic: 'CONEVER',
    procedure: 'origin-certificate',
    silent: true,
    does: { en: 'Received, then silence for ever', zh: '仅有接收回执，此后无音讯' },
  },
]

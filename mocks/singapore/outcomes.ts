/** The one table that decides: what Singapore's window does with a declaration, and when. */
import type { Outcome } from '../agency.ts'
import type { ErrorCode } from './checks.ts'
import type { ConditionCode } from './tables.ts'

export type Delay =
  | { readonly seconds: number }
  /** Drawn once for each attempt. */
  | { readonly hoursBetween: readonly [least: number, most: number] }
  /** Noon of the day after the goods travelled, a day after approval at the earliest. */
  | 'travelled'

export type ReasonCode = 'R10' | 'R11' | 'R20'

/** What happens next, counted from the step before, the first from the message. */
export type Step = { readonly after: Delay } & (
  | { readonly says: 'URN Accepted' | 'Referred to OGA-9' }
  | { readonly pending: 'CA' | 'SC'; readonly agency?: string }
  /** The controlling agency agrees; said only in the permit. */
  | { readonly agreed: 'CA' }
  | { readonly rejected: ReasonCode; readonly by: 'CA' | 'SC'; readonly agency?: string }
  | { readonly approved: readonly ConditionCode[] }
  | { readonly used: true }
)

export interface SingaporeOutcome extends Outcome {
  readonly procedure: 'permit'
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
export const used: Step = { used: true, after: 'travelled' }
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
]

/** The one table that decides 处理结果: what the bank and SAFE do with a filing, and when. */
import type { Outcome } from '../agency.ts'
import type { FaultCode } from './faults.ts'
import type { Handed } from './read.ts'
import type { FirmClass } from './register.ts'
import type { Delay } from './time.ts'

/** Status of a transaction; `ZZPX` stands in no table a customer has. */
export type TxStatus = 'ACTC' | 'ACSP' | 'ACSC' | 'PDNG' | 'RJCT' | 'CANC' | 'ZZPX'
/** The bank's own word beside a status. */
export type Word =
  | 'CURRENT_ACCOUNT'
  | 'BANK_REVIEW'
  | 'HELD_IN_VERIFICATION_ACCOUNT'
  | 'RELEASED'
  | 'DECLARED_LATE'
  | 'ALREADY_SETTLED'
  | 'BOP_ACCEPTED'
  | 'RETURNED'
  | 'DECLARATION_CHANGED'
  | 'DECLARATION_MATCHED'
  | 'RECORD_CHANGED'
  | 'RECORD_DELETED'

/** What happens next, counted from the step before, the first from the filing. */
export type Step = { readonly after: Delay } & (
  | { readonly status: TxStatus; readonly word?: Word }
  | { readonly safe: 'accepted' | 'record-error' | 'format-error' }
  | { readonly returned: true }
  /** The bank decides about a change itself: SAFE does not have the record yet, or the bank will not have it. */
  | { readonly decided: 'granted' | 'refused' }
)

export interface FxOutcome extends Outcome {
  readonly procedure: Handed
  /** Has one turn a filing: the corrected attempt after it passes. */
  readonly once?: true
  /** Overrules the register. */
  readonly firmClass?: FirmClass
  readonly quotaGone?: true
  /** Found at once, besides what the rules find. */
  readonly fault?: { readonly code: FaultCode; readonly element: string }
  /** Before the ordinary course. */
  readonly first?: readonly Step[]
  /** Instead of SAFE's acceptance. */
  readonly last?: readonly Step[]
  /** Nothing is heard after the first answer. */
  readonly silent?: true
}

const batch = (safe: 'accepted' | 'record-error' | 'format-error'): Step => ({ safe, after: 'batch' })

/** SAFE takes the file and its record. */
export const accepted: readonly Step[] = [batch('accepted')]

/** How money moves, by what the bank knows of the firm. */
export const movements = {
  zoneReceipt: [
    { status: 'ACSP', word: 'CURRENT_ACCOUNT', after: { minutes: 10 } },
    { status: 'ACSC', word: 'CURRENT_ACCOUNT', after: { minutes: 30 } },
  ],
  reviewedReceipt: [
    { status: 'ACSP', word: 'BANK_REVIEW', after: { minutes: 10 } },
    { status: 'ACSC', word: 'CURRENT_ACCOUNT', after: { minutes: 120 } },
  ],
  heldReceipt: [
    { status: 'PDNG', word: 'HELD_IN_VERIFICATION_ACCOUNT', after: { minutes: 10 } },
    { status: 'ACSP', word: 'RELEASED', after: { workdays: 1, hour: 10 } },
    { status: 'ACSC', after: { minutes: 30 } },
  ],
  payment: [
    { status: 'ACSP', word: 'BANK_REVIEW', after: { minutes: 10 } },
    { status: 'ACSC', after: { hoursBetween: [2, 6] } },
  ],
  /** Only the record is corrected. */
  correction: [{ status: 'ACSC', word: 'ALREADY_SETTLED', after: { minutes: 10 } }],
} as const satisfies { readonly [movement: string]: readonly Step[] }

type Row = Omit<FxOutcome, 'procedure'>

const rows: readonly Row[] = [
  {
    magic: 'CLASSB',
    firmClass: 'B',
    does: {
      en: 'Class B firm: receipt held until matched; within quota',
      zh: '按B类企业处理：收入进待核查账户，额度内办理',
    },
  },
  {
    magic: 'NOQUOTA',
    once: true,
    firmClass: 'B',
    quotaGone: true,
    does: {
      en: 'Class B without quota: refused FX-302; the next attempt passes',
      zh: 'B类企业额度不足退回，再次提交通过',
    },
  },
  {
    magic: 'CLASSC',
    firmClass: 'C',
    does: {
      en: 'Class C firm: refused FX-301 until REGNO is given, then held and released',
      zh: '按C类企业处理：未填登记表号退回，填写后核查办理',
    },
  },
  {
    magic: 'RJCT',
    once: true,
    fault: { code: 'FX-111', element: '' },
    does: { en: 'Refused at once: account wrong (AC01); the next attempt passes', zh: '账号错误退回，再次提交通过' },
  },
  {
    magic: 'NOTCLEARED',
    once: true,
    fault: { code: 'FX-204', element: 'CUSTOMS/CUSTOM[1]/CUSTOMN' },
    does: {
      en: 'Refused: declaration not yet cleared; the next attempt passes',
      zh: '报关单尚未结关退回，再次提交通过',
    },
  },
  {
    magic: 'RECERR',
    once: true,
    last: [batch('record-error')],
    does: {
      en: 'Settles; SAFE finds a record error; the corrected attempt is accepted without moving money again',
      zh: '款项已入账，外汇局记录错误；更正后通过，资金不重复划转',
    },
  },
  {
    magic: 'FORMATERR',
    once: true,
    last: [batch('format-error')],
    does: {
      en: 'Settles; SAFE refuses the data file; the next attempt is accepted',
      zh: '款项已入账，外汇局退回整个数据文件；再次提交通过',
    },
  },
  {
    magic: 'RETURN',
    once: true,
    last: [batch('accepted'), { returned: true, after: { days: 2, hour: 10 } }],
    does: { en: 'Settles and is declared; the funds come back 2 days later', zh: '办结2天后资金退回' },
  },
  {
    magic: 'CUSCHANGED',
    last: [
      batch('accepted'),
      { status: 'PDNG', word: 'DECLARATION_CHANGED', after: { workdays: 1, hour: 10 } },
      { status: 'ACSC', word: 'DECLARATION_MATCHED', after: { workdays: 5, hour: 10 } },
    ],
    does: {
      en: 'Settles and is declared; then the declaration shrinks at customs: supplement asked, settled 5 workdays later',
      zh: '办结后报关单金额减少或撤销，银行要求补充说明，5个工作日后核实',
    },
  },
  {
    magic: 'UNKNOWN',
    first: [{ status: 'ZZPX', after: { minutes: 5 } }],
    does: { en: 'A status nobody knows, then as usual', zh: '发出未知状态，其后正常办理' },
  },
  {
    magic: 'NEVER',
    silent: true,
    does: { en: 'ACTC, then silence for ever', zh: '仅有技术接收回执，此后无音讯' },
  },
]

/** How a change is dealt with: by the bank alone, or with SAFE's next batch. */
export const changes = {
  byBank: [
    { status: 'ACSP', word: 'BANK_REVIEW', after: { minutes: 10 } },
    { decided: 'granted', after: { minutes: 30 } },
  ],
  bySafe: [{ status: 'ACSP', word: 'BANK_REVIEW', after: { minutes: 10 } }, batch('accepted')],
  refused: [
    { status: 'ACSP', word: 'BANK_REVIEW', after: { minutes: 10 } },
    { decided: 'refused', after: { minutes: 30 } },
  ],
} as const satisfies { readonly [course: string]: readonly Step[] }

const changeRows: readonly FxOutcome[] = [
  {
    magic: 'AMENDREFUSE',
    procedure: 'amendment',
    first: changes.refused,
    does: {
      en: 'The bank refuses an amendment (FX-604); the filing stays as it was',
      zh: '银行不同意修改，原申报不变',
    },
  },
  {
    magic: 'AMENDRECERR',
    procedure: 'amendment',
    last: [batch('record-error')],
    does: {
      en: 'SAFE finds an error in an amended record it already has; the filing stays as it was',
      zh: '外汇局对修改记录返回错误，原申报不变',
    },
  },
  {
    magic: 'CANCELREFUSE',
    procedure: 'cancellation',
    first: changes.refused,
    does: { en: 'The bank refuses a deletion (FX-604); the filing stays as it was', zh: '银行不同意删除，原申报不变' },
  },
]

export const outcomes: readonly FxOutcome[] = [
  ...(['receipt', 'payment'] as const).flatMap((procedure) => rows.map((row) => ({ ...row, procedure }))),
  ...changeRows,
]

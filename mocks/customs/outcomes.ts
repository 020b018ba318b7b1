import type { Outcome } from '../agency.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** One receipt on the way of a declaration. `NOTE` may name `{bill}` and `{inspection}`, filled in when it is issued. */
export interface Step {
  readonly channel:
    | ('7' | 'L' | 'J' | 'M' | 'C' | 'H' | 'T' | 'P' | 'K' | 'R' | 'E' | 'Z' | 'Y' | 'D' | 'f0')
    | ('SpL' | 'SpJ' | 'Sp1' | 'SpC' | 'SpK' | 'SpE')
  readonly note: string
  /** How long after the step before it (after the payment, behind T), in the agency's time; the seed draws a point between. */
  readonly afterMs: readonly [least: number, most: number]
}

const accepted: Step = { channel: '7', note: '申报成功，转入海关预录入', afterMs: [1 * second, 5 * second] }
const registered: Step = { channel: 'L', note: '海关入库成功', afterMs: [1 * second, 10 * second] }
const reviewed: Step = { channel: 'J', note: '通关无纸化审结', afterMs: [5 * second, 30 * second] }
const reviewedAnew: Step = {
  channel: 'M',
  note: '重审：自报税款与海关核定不一致：{differences}',
  afterMs: [5 * second, 30 * second],
}
const inspected: Step = { channel: 'C', note: '查验通知：{inspection}', afterMs: [10 * second, 60 * second] }
const billed: Step = { channel: 'T', note: '需交税费：{bill}', afterMs: [5 * second, 30 * second] }
const suspended: Step = { channel: 'H', note: '挂起：需现场海关人工处理', afterMs: [10 * second, 60 * second] }
const released: Step = { channel: 'P', note: '放行', afterMs: [1 * minute, 10 * minute] }
const guaranteed: Step = { channel: 'K', note: '无纸化担保放行', afterMs: [1 * minute, 10 * minute] }
const closed: Step = { channel: 'R', note: '结关', afterMs: [1 * hour, 48 * hour] }
const rejected: Step = {
  channel: 'E',
  note: '退单：商品序号1：申报品名与商品编号不符，请核实后重新申报',
  afterMs: [5 * second, 30 * second],
}
const returned: Step = { channel: 'Z', note: '退回修改：请补充随附单据后重新申报', afterMs: [5 * second, 30 * second] }
const failed: Step = { channel: 'Y', note: '申报失败：海关预录入校验未通过', afterMs: [1 * second, 10 * second] }
const deleted: Step = { channel: 'D', note: '删单', afterMs: [10 * second, 60 * second] }
const summaryStored: Step = { channel: 'SpL', note: '概要申报海关入库', afterMs: [1 * second, 10 * second] }
const summaryReviewed: Step = { channel: 'SpJ', note: '概要申报海关审结', afterMs: [5 * second, 30 * second] }
const summaryInspected: Step = {
  channel: 'SpC',
  note: '概要申报查验通知：{inspection}',
  afterMs: [10 * second, 60 * second],
}
const supplementAsked: Step = {
  channel: 'Sp1',
  note: '要求补充申报：请补充产品资质信息',
  afterMs: [5 * second, 30 * second],
}
const pickedUp: Step = { channel: 'SpK', note: '概要申报提货放行', afterMs: [1 * minute, 10 * minute] }
const summaryRejected: Step = {
  channel: 'SpE',
  note: '概要申报退单：商品序号1：商品编号与商品名称不符，请核实后重新申报',
  afterMs: [5 * second, 30 * second],
}
const notEligible: Step = {
  channel: 'SpE',
  note: '概要申报退单：境内收发货人信用等级不适用两步申报',
  afterMs: [1 * second, 10 * second],
}
const unheardOf: Step = { channel: 'f0', note: '', afterMs: [1 * second, 10 * second] }

/** What the rules found about a declaration that carries no magic value. */
export interface Circumstances {
  readonly inspected: boolean
  readonly taxed: boolean
  /** What the declarant computed is not what customs comes to. */
  readonly differs: boolean
  readonly guaranteed: boolean
}

/** The ordinary way: seeded draw for inspection, tax where tax is due, guarantee in place of both T and P. */
export function ordinaryCourse(found: Circumstances): readonly Step[] {
  const release = found.guaranteed ? [guaranteed] : found.taxed ? [billed, released] : [released]
  return [
    accepted,
    registered,
    found.differs ? reviewedAnew : reviewed,
    ...(found.inspected ? [inspected, ...afterInspection(release)] : release),
    closed,
  ]
}

/** What the rules found about a summary. */
export interface SummaryCircumstances {
  /** Its consignee may not declare in two steps. */
  readonly excluded: boolean
  readonly inspected: boolean
}

/** The ordinary way of a summary 概要申报: here alone it is drawn for inspection. */
export function ordinarySummary({ excluded, inspected: drawn }: SummaryCircumstances): readonly Step[] {
  if (excluded) return [accepted, notEligible]
  return [
    accepted,
    summaryStored,
    summaryReviewed,
    ...(drawn ? [summaryInspected, ...afterInspection([pickedUp])] : [pickedUp]),
  ]
}

/** An inspection takes one to four hours: whatever comes next waits that long. */
function afterInspection([next, ...rest]: readonly Step[]): Step[] {
  return next === undefined ? [] : [{ ...next, afterMs: [1 * hour, 4 * hour] }, ...rest]
}

/** A row of the table that decides. */
export interface CustomsOutcome extends Outcome {
  readonly steps: readonly Step[]
  /** Strikes the first declaration only: a person corrects it, and the re-declaration goes the ordinary way. */
  readonly firstOnly: boolean
}

/** The one table that decides: the first of these values found in ClientSeqNo as `-C.<magic>` replaces the ordinary way. */
export const outcomes: readonly CustomsOutcome[] = [
  {
    magic: 'INSPECT',
    procedure: 'declare',
    does: { en: 'Selected for inspection (C), then released and closed', zh: '查验（C），之后放行、结关' },
    steps: [accepted, registered, reviewed, inspected, ...afterInspection([released]), closed],
    firstOnly: false,
  },
  {
    magic: 'TAX',
    procedure: 'declare',
    does: {
      en: 'Tax bill (T), even where none is due; waits for the payment, then released and closed',
      zh: '需交税费（T，无应纳税时按模拟税率开单），支付后放行、结关',
    },
    steps: [accepted, registered, reviewed, billed, released, closed],
    firstOnly: false,
  },
  {
    magic: 'HOLD',
    procedure: 'declare',
    does: {
      en: 'Suspended (H) for half an hour to four hours, then released and closed',
      zh: '挂起（H）半至四小时，之后放行、结关',
    },
    steps: [accepted, registered, suspended, { ...released, afterMs: [30 * minute, 4 * hour] }, closed],
    firstOnly: false,
  },
  {
    magic: 'REFUSE',
    procedure: 'declare',
    does: {
      en: 'Rejected (E) after registration; the corrected re-declaration passes',
      zh: '入库后退单（E）；修改后重新申报则通过',
    },
    steps: [accepted, registered, rejected],
    firstOnly: true,
  },
  {
    magic: 'RETURN',
    procedure: 'declare',
    does: {
      en: 'Returned for correction (Z); the corrected re-declaration passes',
      zh: '退回修改（Z）；修改后重新申报则通过',
    },
    steps: [accepted, registered, returned],
    firstOnly: true,
  },
  {
    magic: 'FAIL',
    procedure: 'declare',
    does: {
      en: 'Failed before customs accepted it (Y), no entry number; the corrected re-declaration passes',
      zh: '海关接受前申报失败（Y），无报关单号；修改后重新申报则通过',
    },
    steps: [accepted, failed],
    firstOnly: true,
  },
  {
    magic: 'DELETE',
    procedure: 'declare',
    does: { en: 'Deleted (D) after registration, for good', zh: '入库后删单（D），不可重报' },
    steps: [accepted, registered, deleted],
    firstOnly: false,
  },
  {
    magic: 'GUARANTEE',
    procedure: 'declare',
    does: { en: 'Released under guarantee (K), then closed', zh: '担保放行（K），之后结关' },
    steps: [accepted, registered, reviewed, guaranteed, closed],
    firstOnly: false,
  },
  {
    magic: 'SKIPJ',
    procedure: 'declare',
    does: { en: 'Released without a review receipt (no J), then closed', zh: '无审结回执（J）直接放行，之后结关' },
    steps: [accepted, registered, released, closed],
    firstOnly: false,
  },
  {
    magic: 'SWAP',
    procedure: 'declare',
    does: {
      en: 'R issued before P, both with the same time, as seen in real files',
      zh: '结关（R）先于放行（P）发出，时间相同（实有先例）',
    },
    steps: [accepted, registered, reviewed, { ...closed, afterMs: released.afterMs }, { ...released, afterMs: [0, 0] }],
    firstOnly: false,
  },
  {
    magic: 'UNKNOWN',
    procedure: 'declare',
    does: {
      en: 'A channel nobody has heard of (f0) in between, then goes on as usual',
      zh: '中间出现含义不明的回执代码（f0），之后照常',
    },
    steps: [accepted, registered, unheardOf, reviewed, released, closed],
    firstOnly: false,
  },
  {
    magic: 'NEVER',
    procedure: 'declare',
    does: { en: 'Accepted by the window (7), then silence', zh: '申报成功（7）之后再无回执' },
    steps: [accepted],
    firstOnly: false,
  },
  {
    magic: 'SUMINSPECT',
    procedure: 'summary',
    does: {
      en: 'The summary is selected for inspection (SpC), then the goods may be picked up (SpK)',
      zh: '概要申报查验（SpC），之后提货放行（SpK）',
    },
    steps: [accepted, summaryStored, summaryReviewed, summaryInspected, ...afterInspection([pickedUp])],
    firstOnly: false,
  },
  {
    magic: 'SUMSUPPLEMENT',
    procedure: 'summary',
    does: {
      en: 'A supplement to the summary is asked for (Sp1); reviewed one to four hours later, then picked up (SpK)',
      zh: '要求补充申报（Sp1），一至四小时后审结，之后提货放行（SpK）',
    },
    steps: [accepted, summaryStored, supplementAsked, ...afterInspection([summaryReviewed]), pickedUp],
    firstOnly: false,
  },
  {
    magic: 'SUMREFUSE',
    procedure: 'summary',
    does: {
      en: 'The summary is rejected (SpE) after it was stored; the corrected one passes',
      zh: '概要申报入库后退单（SpE）；修改后重新申报则通过',
    },
    steps: [accepted, summaryStored, summaryRejected],
    firstOnly: true,
  },
]

/** A row about payments: it strikes the bills of the declaration that carries its value. */
export interface PaymentOutcome extends Outcome {
  /** What becomes of the first payment of a bill; later ones go the ordinary way. */
  readonly first?: 'refused' | 'overtaken'
  /** How many days the bill is late already when it is made out. */
  readonly daysLate?: number
}

/** What the cashier 缴费 does, by values found in the ClientSeqNo of the declaration. */
export const paymentOutcomes: readonly PaymentOutcome[] = [
  {
    magic: 'PAYREFUSE',
    procedure: 'payment',
    does: {
      en: 'The bank refuses the first payment of the bill: not enough money (206); the next one passes',
      zh: '首次支付失败：账户余额不足（206）；再次支付成功',
    },
    first: 'refused',
  },
  {
    magic: 'PAYTWICE',
    procedure: 'payment',
    does: {
      en: 'The bill is paid at the counter while the first payment is under way: that one fails (204), the goods are released',
      zh: '首次支付处理期间税费已在柜台缴纳：该支付失败（204），货物放行',
    },
    first: 'overtaken',
  },
  {
    magic: 'PAYLATE',
    procedure: 'payment',
    does: {
      en: 'The bill is 40 days late when it is made out: the late surcharge is due with it (207 without it)',
      zh: '税费单开出时已逾期40日：须一并缴纳滞纳金（未缴则207）',
    },
    daysLate: 40,
  },
]

/** The rows about payments among the magic values asked for with a declaration. */
export const paymentRowsFor = (asked: readonly string[]): readonly PaymentOutcome[] =>
  paymentOutcomes.filter(({ magic }) => asked.includes(magic))

export const daysLateOf = (asked: readonly string[]): number =>
  Math.max(0, ...paymentRowsFor(asked).map(({ daysLate = 0 }) => daysLate))

import * as z from 'zod'
import { day } from '../formats.ts'
import { text } from '../text.ts'
import { ruleIds } from './entries.ts'
import { quoteTotal } from './quote.ts'

/** What a look at a fee comes to 评估意见: 合理, 关注, 偏高, 违规, from mild to grave. */
export const levels = ['reasonable', 'watch', 'high', 'violation'] as const
export const level = z.enum(levels)
export type Level = (typeof levels)[number]
export const levelNames = {
  reasonable: { en: 'reasonable', zh: '合理' },
  watch: { en: 'to be watched', zh: '关注' },
  high: { en: 'high', zh: '偏高' },
  violation: { en: 'violation', zh: '违规' },
} as const satisfies Record<Level, { en: string; zh: string }>

const threshold = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/)
/**
 * The thresholds 阈值 each rule must have, by name: an entry of type `rule` without them, or with others, judges nothing and is refused at
 * publication. A threshold is met when it is reached, unless it says "above".
 */
export const thresholdsOf = {
  /** 合法性: the basis holds, the fee was not cancelled. Nothing to weigh. */
  legality: z.strictObject({}),
  /** 限价: no dearer than a ceiling, no other than a set price. Nothing to weigh. */
  ceiling: z.strictObject({}),
  /** 实收与公示: what bills show. */
  charged: z.strictObject({
    /** Lines judged before anything is worse than watched. */
    linesAtLeast: threshold,
    /** Lines above the published price, in percent of those judged. */
    watchSharePercent: threshold,
    violationSharePercent: threshold,
    /** What was charged too much in the period, in yuan. */
    violationOverYuan: threshold,
    /** Lines not in the list (one is watched). */
    outsideViolationLines: threshold,
    /** Complaints about a payee in the period. */
    watchComplaints: threshold,
  }),
  /** 横向比较: the same thing at other ports. */
  comparison: z.strictObject({
    /** Prices at other ports without which there is no comparison. */
    comparisonsAtLeast: threshold,
    /** Price divided by the median of the others, above which it is watched, or high. */
    watchRatio: threshold,
    highRatio: threshold,
    /** High only where at least this percentage of the others is cheaper. */
    highPercentile: threshold,
  }),
  /** 重复收费: lines of bills charged twice from which it is a violation (one is watched). */
  double: z.strictObject({ violationLines: threshold }),
  /** 代收加价: what was added to charges handed on, in yuan; handed-on lines without a voucher. */
  'mark-up': z.strictObject({ violationYuan: threshold, watchUnvouchedLines: threshold }),
  /** 变动: how far a price may rise between two rounds, in percent; above it is watched. */
  movement: z.strictObject({ watchPercent: threshold }),
  /** 合规成本: rise of a basket's total between two rounds, in percent; what one container may cost at most, in yuan (above: high). */
  'compliance-cost': z.strictObject({
    watchRisePercent: threshold,
    highRisePercent: threshold,
    mostYuanTwenty: threshold,
    mostYuanForty: threshold,
  }),
} as const satisfies Record<(typeof ruleIds)[number], z.ZodType>
export type Thresholds<R extends keyof typeof thresholdsOf> = z.infer<(typeof thresholdsOf)[R]>
export type RuleId = (typeof ruleIds)[number]

/** Units of figures: 元, 百分比, 比值, 个数. */
const figureUnits = ['yuan', 'percent', 'ratio', 'count'] as const
/** One figure behind a finding, with its name. */
export const figure = z.strictObject({
  name: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  value: z.string().regex(/^-?\d+(\.\d+)?$/),
  unit: z.enum(figureUnits),
})
export type Figure = z.infer<typeof figure>

/** What a finding is about. */
const subject = {
  port: z.string().optional(),
  payee: z.string().optional(),
  fee: z.string().optional(),
  kind: z.string().optional(),
}

/** One thing found 评估意见: by which rule, on which figures. A fee that none speaks of is reasonable. */
export const finding = z.strictObject({
  number: z.int().min(1),
  rule: z.enum(ruleIds),
  /** Id of the rule in the edition. */
  entry: z.string(),
  source: text,
  level,
  ...subject,
  figures: z.array(figure),
  text,
})
export type Finding = z.infer<typeof finding>

/** A rule, and whether it judged this time. */
const judgingRule = z.strictObject({
  rule: z.enum(ruleIds),
  applied: z.boolean(),
  because: text,
  entry: z.string().optional(),
  name: text.optional(),
  source: text.optional(),
  thresholds: z.record(z.string(), z.string()).optional(),
  validFrom: day.optional(),
  validTo: day.optional(),
})
const count = z.int().min(0)
const levelCounts = z.strictObject({ reasonable: count, watch: count, high: count, violation: count })
export type LevelCounts = z.infer<typeof levelCounts>
/** How many prices stand above, at and below something. */
const standing = z.strictObject({ above: count, equal: count, below: count })
export type Standing = z.infer<typeof standing>
const amount = z.string()

/** A payee in a round: its fees by level, its prices against what is laid down and against other ports, its bills. */
const assessedPayee = z.strictObject({
  payee: z.string(),
  name: text,
  creditCode: z.string().optional(),
  fees: count,
  levels: levelCounts,
  /** Prices against set prices and ceilings 高于/低于标准. */
  standard: standing,
  /** Prices against the median of other ports. */
  median: standing,
  lines: z.strictObject({ judged: count, above: count, outside: count, doubled: count, markedUp: count, over: amount }),
  complaints: z.strictObject({ filed: count, open: count, amount }),
})
export type AssessedPayee = z.infer<typeof assessedPayee>

/** One price among those of other ports for the same thing. `percentile`: how many of the others are cheaper, in percent (equal ones count half). */
const comparison = z.strictObject({
  fee: z.string(),
  kind: z.string(),
  port: z.string(),
  payee: z.string(),
  thing: text,
  price: amount,
  others: count,
  least: amount,
  median: amount,
  most: amount,
  percentile: amount,
  /** Absent where the median is nought. */
  ratio: amount.optional(),
})
export type Comparison = z.infer<typeof comparison>

const moved = z.strictObject({
  fee: z.string(),
  thing: text,
  before: amount,
  now: amount,
  /** Absent where it was nought before. */
  percent: amount.optional(),
})
export type Moved = z.infer<typeof moved>
const movement = z.strictObject({
  new: z.array(z.string()),
  ended: z.array(z.string()),
  raised: z.array(moved),
  lowered: z.array(moved),
  /** Prices that took another form: nothing to compare them with. Without `now`: a price, or a bound on top of it, that went away. */
  reshaped: z.array(z.strictObject({ fee: z.string(), thing: text, now: amount.optional() })),
})
export type Movement = z.infer<typeof movement>

/** What a basket 标准货样 costs in all, and did at the last round. */
const basketCost = z.strictObject({
  basket: z.string(),
  name: text,
  port: z.string(),
  total: quoteTotal,
  government: quoteTotal,
  market: quoteTotal,
  before: quoteTotal.optional(),
  /** Change of the total in percent: of its most where both rounds have one, else of its least. */
  percent: amount.optional(),
})
export type BasketCost = z.infer<typeof basketCost>

/** What a round came to 评估报告. The same inputs give the same bytes. */
export const assessmentReport = z.strictObject({
  period: z.strictObject({ from: day, to: day }),
  edition: z.strictObject({ number: z.int(), digest: z.string(), validFrom: day }),
  /** The round before, whose prices are compared. */
  previous: z.strictObject({ to: day, edition: z.int() }).optional(),
  /** SHA-256 over all that went in. */
  inputDigest: z.string(),
  rules: z.array(judgingRule),
  /** Fees that hold on the last day, each by the gravest thing found about it. */
  fees: levelCounts,
  findings: z.array(finding),
  payees: z.array(assessedPayee),
  comparisons: z.array(comparison),
  /** Fees none of whose prices has enough others to be compared with. */
  uncompared: z.array(z.string()),
  movement,
  costs: z.array(basketCost),
})
export type AssessmentReport = z.infer<typeof assessmentReport>

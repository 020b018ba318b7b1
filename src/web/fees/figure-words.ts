import type { Figure, RuleId } from '../../../schemas/fees/assessment.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import { yuan } from './money.ts'

/** What rules look at 评估规则. */
export const ruleNames = {
  legality: { en: 'Legality', zh: '合法性' },
  ceiling: { en: 'Set prices and ceilings', zh: '政府定价与最高限价' },
  charged: { en: 'Charged against published', zh: '实收与公示' },
  comparison: { en: 'Against other ports', zh: '外港比较' },
  double: { en: 'Charged twice', zh: '重复收费' },
  'mark-up': { en: 'Mark-ups', zh: '代收加价' },
  movement: { en: 'Movement', zh: '价格变动' },
  'compliance-cost': { en: 'Compliance cost', zh: '合规成本' },
} as const satisfies Record<RuleId, Text>

/** Figures behind findings 指标, by name. */
const figureNames: { readonly [name: string]: Text } = {
  allowed: { en: 'May be charged', zh: '允许价格' },
  amount: { en: 'Amount', zh: '金额' },
  'bases-in-force': { en: 'Bases in force', zh: '有效依据数' },
  'bases-named': { en: 'Bases named', zh: '列明依据数' },
  before: { en: 'Before', zh: '上轮' },
  charged: { en: 'Charged', zh: '实收金额' },
  complaints: { en: 'Complaints', zh: '投诉件数' },
  government: { en: 'Government part', zh: '政府部分' },
  limit: { en: 'Set price or ceiling', zh: '政府定价或最高限价' },
  'lines-above': { en: 'Lines above the list', zh: '超标准行数' },
  'lines-cancelled': { en: 'Lines for cancelled fees', zh: '已取消项目行数' },
  'lines-doubled': { en: 'Lines charged twice', zh: '重复收费行数' },
  'lines-judged': { en: 'Lines judged', zh: '核对行数' },
  'lines-marked-up': { en: 'Lines marked up', zh: '加价行数' },
  'lines-not-valid': { en: 'Lines for fees not valid', zh: '失效项目行数' },
  'lines-outside-list': { en: 'Lines outside the list', zh: '清单外行数' },
  'lines-unvouched': { en: 'Lines without a voucher', zh: '无凭证行数' },
  market: { en: 'Market part', zh: '市场部分' },
  median: { en: 'Median elsewhere', zh: '外港中位数' },
  now: { en: 'Now', zh: '本轮' },
  others: { en: 'Prices elsewhere', zh: '外港样本数' },
  over: { en: 'Too much', zh: '多收或超出' },
  percentile: { en: 'Cheaper elsewhere', zh: '外港较低占比' },
  price: { en: 'Price', zh: '本港价格' },
  'prices-breaking': { en: 'Prices that break it', zh: '违反的价格数' },
  'prices-compared': { en: 'Prices compared', zh: '比较的价格数' },
  'prices-dear': { en: 'Prices that are dear', zh: '偏贵的价格数' },
  'prices-not-comparable': { en: 'Prices not comparable', zh: '不可比的价格数' },
  'prices-raised': { en: 'Prices raised', zh: '上调的价格数' },
  'prices-reshaped': { en: 'Prices of another form', zh: '改变计价方式的价格数' },
  ratio: { en: 'To the median', zh: '与中位数之比' },
  rise: { en: 'Rise', zh: '涨幅' },
  total: { en: 'Total', zh: '合计' },
  share: { en: 'Share', zh: '占比' },
}
/** Thresholds of rules 阈值, by name. */
const thresholdNames: { readonly [name: string]: Text } = {
  linesAtLeast: { en: 'Lines judged, at least', zh: '核对行数下限' },
  watchSharePercent: { en: 'Watched from a share of (%)', zh: '关注：超标占比（%）' },
  violationSharePercent: { en: 'Violation from a share of (%)', zh: '违规：超标占比（%）' },
  violationOverYuan: { en: 'Violation from too much by (CNY)', zh: '违规：多收金额（元）' },
  outsideViolationLines: { en: 'Violation from lines outside the list', zh: '违规：清单外行数' },
  watchComplaints: { en: 'Watched from complaints', zh: '关注：投诉件数' },
  comparisonsAtLeast: { en: 'Prices elsewhere, at least', zh: '外港样本下限' },
  watchRatio: { en: 'Watched above a ratio of', zh: '关注：与中位数之比' },
  highRatio: { en: 'High above a ratio of', zh: '偏高：与中位数之比' },
  highPercentile: { en: 'High from cheaper elsewhere (%)', zh: '偏高：外港较低占比（%）' },
  violationLines: { en: 'Violation from lines charged twice', zh: '违规：重复收费行数' },
  violationYuan: { en: 'Violation from a mark-up of (CNY)', zh: '违规：加价金额（元）' },
  watchUnvouchedLines: { en: 'Watched from lines without a voucher', zh: '关注：无凭证行数' },
  watchPercent: { en: 'Watched above a rise of (%)', zh: '关注：涨幅（%）' },
  watchRisePercent: { en: 'Watched above a rise of (%)', zh: '关注：成本涨幅（%）' },
  highRisePercent: { en: 'High above a rise of (%)', zh: '偏高：成本涨幅（%）' },
  mostYuanTwenty: { en: 'Most for a 20-foot container (CNY)', zh: '20尺箱成本上限（元）' },
  mostYuanForty: { en: 'Most for a 40-foot container (CNY)', zh: '40尺箱成本上限（元）' },
}

/** Of a figure that is a range, which end of it. */
const ends: { readonly [end: string]: Text } = {
  least: { en: ', at least', zh: '（最低）' },
  most: { en: ', at most', zh: '（最高）' },
}
export function figureCalled(language: Language, name: string): string {
  const [, of = name, end = ''] = /^(.*)-(least|most)$/.exec(name) ?? []
  return `${figureNames[of]?.[language] ?? of}${ends[end]?.[language] ?? ''}`
}
export const thresholdCalled = (language: Language, name: string): string => thresholdNames[name]?.[language] ?? name

/** A figure with its unit. */
export function figureShown(language: Language, { value, unit }: Figure): string {
  if (unit === 'yuan') return language === 'zh' ? `${yuan(value)}元` : `CNY ${yuan(value)}`
  return unit === 'percent' ? `${value}%` : value
}

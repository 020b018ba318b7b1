import * as z from 'zod'
import { day } from './formats.ts'
import { evidence } from './rules/table.ts'
import { text } from './text.ts'

/** What is measured of declarations 统计指标. `declared` is the time at the authority that releases. */
export const measures = ['overall', 'declared', 'agency', 'duties'] as const
/** What figures are kept of: duties apart for 20' containers and longer ones. */
export const figureKinds = ['overall', 'declared', 'agency', 'duties-20', 'duties-40'] as const
export type FigureKind = (typeof figureKinds)[number]

export const measureNames = {
  overall: { en: 'Overall clearance time', zh: '整体通关时间' },
  declared: { en: 'Time at customs', zh: '海关通关时间' },
  agency: { en: 'Each agency’s own time', zh: '各机构办理时间' },
  'duties-20': { en: 'Duties and taxes per 20′ container', zh: '每个20英尺箱税费' },
  'duties-40': { en: 'Duties and taxes per 40′ container', zh: '每个40英尺箱税费' },
} as const satisfies Record<FigureKind, z.infer<typeof text>>

/** Where a time starts 起点: an arrival that was reported, one the declaration gives to the minute or to the day, the declaration itself, an agency's first receipt. */
export const startKinds = ['arrival-event', 'arrival-time', 'arrival-day', 'declared', 'submitted'] as const
export type StartKind = (typeof startKinds)[number]

/** What declarations are grouped by beside the month and whose time it is 统计维度. */
export const groupings = ['direction', 'mode', 'district', 'credit'] as const
export type Grouping = (typeof groupings)[number]
/** What a question may be split by. */
export const dimensions = ['month', ...groupings, 'agency'] as const
export type Dimension = (typeof dimensions)[number]

/** Stands for all groups that are too small to be shown apart 其他合并. */
export const others = 'other'
/** Stands for a value nobody knows. */
export const unknownValue = 'unknown'

/** A month, YYYY-MM. */
export const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

const count = z.int().min(0)
const decimalText = z.string().describe('a decimal')

/** One line of figures. */
export const clearanceFigures = z.object({
  month: month.optional(),
  direction: z.string().optional(),
  mode: z.string().optional().describe('UN/ECE Recommendation 19, of the leg that crosses the border'),
  district: z.string().optional().describe('customs office the declaration is handed to'),
  credit: z.string().optional(),
  agency: z.string().optional(),
  procedure: z.string().optional(),
  declarations: count,
  mean: decimalText,
  median: decimalText.describe('within 1 %'),
  p90: decimalText.describe('within 1 %'),
})
export type ClearanceFigures = z.infer<typeof clearanceFigures>

export const unit = z.enum(['hours', 'yuan per container'])

/** The answer to a question about clearance. */
export const clearanceAnswer = z.object({
  measure: z.enum(figureKinds),
  name: text,
  unit,
  from: month,
  to: month,
  by: z.array(z.enum(dimensions)),
  /** The months that are published, of those asked for: what is not among them is still to come. */
  months: z.array(month),
  data: z.array(clearanceFigures),
  hasMore: z.boolean(),
  nextCursor: z.string().optional(),
})
export type ClearanceAnswer = z.infer<typeof clearanceAnswer>

const ruleNamed = z.object({ table: z.string(), validFrom: day, source: z.string(), evidence })

/** What one month's figures rest on. */
export const monthCoverage = z.object({
  month,
  publishedAt: z.iso.datetime({ offset: true }),
  rules: z.array(ruleNamed),
  covered: z.array(
    z.object({
      measure: z.enum(figureKinds),
      /** In published groups. */
      declarations: count,
      /** Something was too small to be published, even merged. */
      withheld: z.boolean(),
      /** Whole per cent of them by where their time starts. */
      starts: z.record(z.string(), z.int()),
    }),
  ),
  links: z.object({ csv: z.string() }),
})
export type MonthCoverage = z.infer<typeof monthCoverage>

/** What the statistics are: definitions, rules, months, licence. */
export const statisticsAnswer = z.object({
  title: text,
  licence: z.object({ id: z.string(), name: text, attribution: text }),
  definitions: z
    .object({
      ...ruleNamed.shape,
      note: z.string().optional(),
      rows: z.array(
        z.object({
          measure: z.enum(measures),
          direction: z.string().optional(),
          /** Whose grant is the release. */
          filings: z.array(z.object({ agency: z.string(), procedure: z.string() })).optional(),
          starts: z.array(z.enum(startKinds)),
          take: z.string(),
          said: text,
        }),
      ),
    })
    .optional(),
  suppression: z
    .object({
      ...ruleNamed.shape,
      note: z.string().optional(),
      minimumDeclarations: count,
      minimumFirms: count,
      mostSharePercent: count,
      settleDays: count,
      mergeOver: z.array(z.enum(groupings)),
    })
    .optional(),
  targets: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['national', 'port']),
      direction: z.string().optional(),
      mode: z.string().optional(),
      atMostHours: z.string().optional(),
      atLeastHours: z.string().optional(),
      source: z.string(),
      said: text,
    }),
  ),
  /** Median and p90 are off by no more than this. */
  errorBound: decimalText,
  notes: z.array(text),
  months: z.array(monthCoverage),
  links: z.record(z.string(), z.string()),
})
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>

const least = z.object({ least: decimalText, most: decimalText.optional() })
/** What one standard consignment costs at the port in a month by the list 合规成本, in yuan, a container. */
export const costFigures = z.object({
  month,
  basket: z.string(),
  name: text,
  port: z.string(),
  direction: z.string(),
  containers: count,
  size: z.string().describe('of the containers, feet'),
  edition: count,
  total: least,
  government: least,
  market: least,
})
export type CostFigures = z.infer<typeof costFigures>

export const costsAnswer = z.object({
  from: month,
  to: month,
  currency: z.literal('CNY'),
  notes: z.array(text),
  /** Port fees by the published list. */
  fees: z.array(costFigures),
  /** Duties and taxes that were billed, apart. */
  duties: z.array(clearanceFigures.extend({ size: z.string() })),
})
export type CostsAnswer = z.infer<typeof costsAnswer>

/** What is counted by now of months that are not published 未发布月份: for operators only, nothing merged and nothing withheld. */
export const runningAnswer = z.object({
  /** Differences that are still to be folded in. */
  waiting: count,
  data: z.array(clearanceFigures.extend({ measure: z.enum(figureKinds) })),
})
export type RunningAnswer = z.infer<typeof runningAnswer>

/** A counting anew 重算 that an admin asked for. */
export const recountAnswer = z.object({
  id: z.string(),
  status: z.enum(['requested', 'done']),
  requestedAt: z.iso.datetime({ offset: true }),
  doneAt: z.iso.datetime({ offset: true }).optional(),
  /** Declarations looked at, and those whose figures were not as their receipts say. */
  declarations: count.optional(),
  corrected: count.optional(),
})
export type RecountAnswer = z.infer<typeof recountAnswer>

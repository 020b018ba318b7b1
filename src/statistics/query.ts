import { Big } from 'big.js'
import {
  type ClearanceFigures,
  type Dimension,
  type FigureKind,
  groupings,
  type RunningAnswer,
} from '../../schemas/statistics.ts'
import type { Database } from '../db/database.ts'
import { type FigureRow, readFigures, readRunning } from '../db/statistics-publications.ts'
import { splitOf, wholeSplit } from './cube.ts'
import { createTally, packed } from './histogram.ts'

/** What is asked of the published figures. */
export interface Question {
  readonly measure: FigureKind
  readonly from: string
  readonly to: string
  readonly by: readonly Dimension[]
  readonly only: { readonly [name in 'direction' | 'mode' | 'district' | 'credit' | 'agency']?: string | undefined }
}

/** Answers from what is published and nothing else 统计查询: one table, summed over the months where they are not told apart. */
export async function figuresFor({ pool }: Database, question: Question): Promise<ClearanceFigures[]> {
  const { measure, from, to, by, only } = question
  const asked = groupings.filter((grouping) => only[grouping] !== undefined)
  // The agency that releases is an agency too.
  const kinds: FigureKind[] = measure === 'agency' ? ['agency', 'declared'] : [measure]
  const rows = await readFigures(pool, { kinds, split: splitOf([...by, ...asked]), from, to, only })
  const shown = (row: FigureRow): Partial<ClearanceFigures> => ({
    ...(by.includes('month') ? { month: row.month } : {}),
    ...(by.includes('agency')
      ? { agency: row.agency, ...(row.procedure === '' ? {} : { procedure: row.procedure }) }
      : {}),
    ...Object.fromEntries(groupings.filter((grouping) => by.includes(grouping)).map((name) => [name, row[name]])),
  })
  return [...Map.groupBy(rows, (row) => JSON.stringify(shown(row)))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => ({ ...shown(same[0] as FigureRow), ...summed(measure, same) }))
}

/** The groups everything published of a month is summed from. */
export const groupsOf = ({ pool }: Database, month: string, kinds: readonly FigureKind[]): Promise<FigureRow[]> =>
  readFigures(pool, { kinds, split: wholeSplit, from: month, to: month, only: {} })

/** Mean, median and ninth decile of some figures together. */
export function summed(
  measure: FigureKind,
  rows: readonly Pick<FigureRow, 'count' | 'amount' | 'histogram'>[],
): Pick<ClearanceFigures, 'declarations' | 'mean' | 'median' | 'p90'> {
  const tally = createTally()
  let declarations = 0
  let amount = 0
  for (const row of rows) {
    declarations += row.count
    amount += row.amount
    tally.addPacked(row.histogram)
  }
  const { divisor, digits } = isMoney(measure) ? yuan : hours
  // A quantile is an estimate: no more digits are lost than it has.
  const estimate = (share: number) => (tally.quantile(share) / divisor).toFixed(digits)
  return {
    declarations,
    mean: declarations === 0 ? (0).toFixed(digits) : new Big(amount).div(declarations).div(divisor).toFixed(digits),
    median: estimate(0.5),
    p90: estimate(0.9),
  }
}

const hours = { divisor: 3_600, digits: 4 } as const
const yuan = { divisor: 100, digits: 2 } as const

/** Whether a kind of figure is money. */
export const isMoney = (measure: FigureKind): boolean => measure === 'duties-20' || measure === 'duties-40'
/** The unit figures of a kind are in. */
export const unitOf = (measure: FigureKind) => (isMoney(measure) ? ('yuan per container' as const) : ('hours' as const))

/** What is counted by now of months that are not published, for operators. */
export async function runningFigures({ pool }: Database): Promise<RunningAnswer> {
  const { rows, waiting } = await readRunning(pool)
  const data = rows.map(({ month, kind: measure, agency, procedure, direction, count, amount, buckets, counts }) => {
    const histogram = packed(new Map(buckets.map((bucket, at) => [bucket, counts[at] ?? 0])))
    return {
      month,
      measure,
      ...(agency === '' ? {} : { agency }),
      ...(procedure === '' ? {} : { procedure }),
      direction,
      ...summed(measure, [{ count, amount, histogram }]),
    }
  })
  return { waiting, data }
}

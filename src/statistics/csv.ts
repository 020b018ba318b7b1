import type { ClearanceFigures, Dimension, FigureKind } from '../../schemas/statistics.ts'
import type { FigureRow } from '../db/statistics-publications.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { summed, unitOf } from './query.ts'

/** Figures as CSV (RFC 4180, UTF-8 with a mark). The columns of a question are those it is split by. */
export async function figuresCsv(
  measure: FigureKind,
  by: readonly Dimension[],
  figures: readonly ClearanceFigures[],
): Promise<string> {
  const split = by.flatMap((dimension) => (dimension === 'agency' ? (['agency', 'procedure'] as const) : [dimension]))
  const rows = figures.map((one) => [
    measure,
    ...split.map((dimension) => one[dimension] ?? ''),
    ...values(measure, one),
  ])
  return byteOrderMark + (await csvLines([['measure', ...split, ...heads], ...rows]))
}

/** A published month as CSV 月度数据: the groups everything published of it is summed from. The same bytes for ever. */
export async function monthCsv(month: string, groups: readonly FigureRow[]): Promise<string> {
  const rows = groups.map((row) => {
    const place = [row.kind, row.agency, row.procedure, row.direction, row.mode, row.district, row.credit]
    return { place, cells: [month, ...place, ...values(row.kind, summed(row.kind, [row]))] }
  })
  rows.sort((a, b) => (a.place.join('|') < b.place.join('|') ? -1 : 1))
  const columns = ['month', 'measure', 'agency', 'procedure', 'direction', 'mode', 'district', 'credit', ...heads]
  return byteOrderMark + (await csvLines([columns, ...rows.map(({ cells }) => cells)]))
}

const heads = ['declarations', 'mean', 'median', 'p90', 'unit'] as const
const values = (
  measure: FigureKind,
  { declarations, mean, median, p90 }: Pick<ClearanceFigures, 'declarations' | 'mean' | 'median' | 'p90'>,
) => [String(declarations), mean, median, p90, unitOf(measure)]

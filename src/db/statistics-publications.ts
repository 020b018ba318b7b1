import type { FigureKind } from '../../schemas/statistics.ts'
import type { Figure } from '../statistics/cube.ts'
import { packed } from '../statistics/histogram.ts'
import type { Client, Queryable } from './database.ts'

/** A published month. */
export interface PublicationRow {
  readonly month: string
  readonly publishedAt: Date
  /** JSON. */
  readonly rules: string
  readonly covered: string
}

/** Published months of a period, the oldest first. */
export async function readPublications(queryable: Queryable, from: string, to: string): Promise<PublicationRow[]> {
  const { rows } = await queryable.query<PublicationRow>(
    `SELECT month, published_at AS "publishedAt", rules, covered FROM clearance_publication WHERE month BETWEEN $1 AND $2 ORDER BY month`,
    [from, to],
  )
  return rows
}

/** Months anything is counted in, and whether they are published. */
export async function readMonths(queryable: Queryable): Promise<{ month: string; published: boolean }[]> {
  const { rows } = await queryable.query<{ month: string; published: boolean }>(
    `SELECT month, EXISTS (SELECT FROM clearance_publication WHERE clearance_publication.month = counted.month) AS published
     FROM (SELECT DISTINCT month FROM clearance_cell UNION SELECT DISTINCT month FROM clearance_delta) AS counted ORDER BY month`,
  )
  return rows
}

/** What the cells of a month hold, row by row. */
export interface MonthRows {
  readonly cells: readonly {
    readonly cell: string
    readonly start: string
    readonly count: number
    readonly amount: number
  }[]
  readonly buckets: readonly { readonly cell: string; readonly bucket: number; readonly count: number }[]
  readonly firms: readonly { readonly cell: string; readonly firm: string; readonly count: number }[]
}
export async function readMonth(client: Queryable, month: string): Promise<MonthRows> {
  const rowsOf = async <T extends object>(what: string, table: string): Promise<T[]> =>
    (await client.query<T>(`SELECT ${what} FROM ${table} WHERE month = $1 AND count > 0`, [month])).rows
  return {
    cells: await rowsOf('cell, start, count, amount', 'clearance_cell'),
    buckets: await rowsOf('cell, bucket, count', 'clearance_bucket'),
    firms: await rowsOf('cell, firm, count', 'clearance_firm'),
  }
}

/** Figures written with one statement. */
const atOnce = 1_000

/** Publishes a month, once. @returns false when it was published already */
export async function keepPublication(
  client: Client,
  publication: PublicationRow,
  figures: readonly Figure[],
): Promise<boolean> {
  const { rowCount } = await client.query(
    'INSERT INTO clearance_publication (month, published_at, rules, covered) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [publication.month, publication.publishedAt, publication.rules, publication.covered],
  )
  if (rowCount !== 1) return false
  for (let from = 0; from < figures.length; from += atOnce) {
    const some = figures.slice(from, from + atOnce)
    await client.query(
      `INSERT INTO clearance_figure (month, kind, split, agency, procedure, direction, mode, district, credit, count, amount, histogram)
       SELECT $1, * FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[], $11::bigint[], $12::bytea[])`,
      [
        publication.month,
        some.map(({ cell }) => cell.kind),
        some.map(({ split }) => split),
        some.map(({ cell }) => cell.agency),
        some.map(({ cell }) => cell.procedure),
        some.map(({ cell }) => cell.direction),
        some.map(({ cell }) => cell.mode),
        some.map(({ cell }) => cell.district),
        some.map(({ cell }) => cell.credit),
        some.map(({ count }) => count),
        some.map(({ amount }) => amount),
        some.map(({ histogram }) => packed(histogram)),
      ],
    )
  }
  return true
}

/** A published figure. */
export interface FigureRow {
  readonly month: string
  readonly kind: FigureKind
  readonly agency: string
  readonly procedure: string
  readonly direction: string
  readonly mode: string
  readonly district: string
  readonly credit: string
  readonly count: number
  readonly amount: number
  readonly histogram: Buffer
}

export interface FigureQuestion {
  readonly kinds: readonly FigureKind[]
  readonly split: number
  readonly from: string
  readonly to: string
  /** Only figures of these values. */
  readonly only: { readonly [column in 'direction' | 'mode' | 'district' | 'credit' | 'agency']?: string | undefined }
}

/** Figures of one table over some months. */
export async function readFigures(
  queryable: Queryable,
  { kinds, split, from, to, only }: FigureQuestion,
): Promise<FigureRow[]> {
  const { rows } = await queryable.query<FigureRow>({
    name: 'clearance-figures',
    text: `SELECT month, kind, agency, procedure, direction, mode, district, credit, count, amount, histogram
     FROM clearance_figure WHERE kind = ANY($1) AND split = $2 AND month BETWEEN $3 AND $4
       AND ($5::text IS NULL OR direction = $5) AND ($6::text IS NULL OR mode = $6) AND ($7::text IS NULL OR district = $7)
       AND ($8::text IS NULL OR credit = $8) AND ($9::text IS NULL OR agency = $9)`,
    values: [
      kinds,
      split,
      from,
      to,
      only.direction ?? null,
      only.mode ?? null,
      only.district ?? null,
      only.credit ?? null,
      only.agency ?? null,
    ],
  })
  return rows
}

/** A figure of a month that is not published, with the histogram bucket by bucket. */
export interface RunningRow {
  readonly month: string
  readonly kind: FigureKind
  readonly agency: string
  readonly procedure: string
  readonly direction: string
  readonly count: number
  readonly amount: number
  readonly buckets: readonly number[]
  readonly counts: readonly number[]
}

/** What is counted of months that are not published, and how much is still to be folded in. */
export async function readRunning(queryable: Queryable): Promise<{ rows: RunningRow[]; waiting: number }> {
  const { rows } = await queryable.query<RunningRow>(
    `WITH open AS (
       SELECT month, cell, sum(count) AS count, sum(amount) AS amount FROM clearance_cell
       WHERE NOT EXISTS (SELECT FROM clearance_publication WHERE clearance_publication.month = clearance_cell.month) GROUP BY month, cell),
     named AS (
       SELECT *, split_part(cell, '|', 1) AS kind, split_part(cell, '|', 2) AS agency, split_part(cell, '|', 3) AS procedure,
         split_part(cell, '|', 4) AS direction FROM open),
     spread AS (
       SELECT named.month, kind, agency, procedure, direction, bucket, sum(clearance_bucket.count)::bigint AS count
       FROM named JOIN clearance_bucket USING (month, cell) GROUP BY 1, 2, 3, 4, 5, 6)
     SELECT month, kind, agency, procedure, direction, sum(count)::bigint AS count, sum(amount)::bigint AS amount,
       (SELECT array_agg(bucket ORDER BY bucket) FROM spread WHERE (spread.month, spread.kind, spread.agency, spread.procedure, spread.direction)
          = (named.month, named.kind, named.agency, named.procedure, named.direction)) AS buckets,
       (SELECT array_agg(count::int ORDER BY bucket) FROM spread WHERE (spread.month, spread.kind, spread.agency, spread.procedure, spread.direction)
          = (named.month, named.kind, named.agency, named.procedure, named.direction)) AS counts
     FROM named GROUP BY month, kind, agency, procedure, direction ORDER BY month, kind, agency, procedure, direction`,
  )
  const { rows: waiting } = await queryable.query<{ count: number }>('SELECT count(*) AS count FROM clearance_delta')
  return { rows, waiting: waiting[0]?.count ?? 0 }
}

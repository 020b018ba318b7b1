import type { Contribution } from '../statistics/measure.ts'
import type { Client } from './database.ts'

/** A figure a declaration counts for, as it is kept. */
export interface KeptContribution extends Contribution {
  readonly declarationId: string
}

const columns = (rows: readonly Contribution[]) => [
  rows.map(({ month }) => month),
  rows.map(({ cell }) => cell),
  rows.map(({ firm }) => firm),
  rows.map(({ start }) => start),
  rows.map(({ bucket }) => bucket),
  rows.map(({ amount }) => amount),
]

/** Of a figure: whose, which and of which filing. */
const named = (rows: readonly KeptContribution[]) => [
  rows.map(({ declarationId }) => declarationId),
  rows.map(({ kind }) => kind),
  rows.map(({ filingId }) => filingId),
]
const nameOf = ({ declarationId, kind, filingId }: KeptContribution) => JSON.stringify([declarationId, kind, filingId])

/**
 * Takes out what no longer counts and puts in what does, in one statement: contributions change, cells are told the difference, and declarations
 * keep what they were counted by. The declarations are locked.
 */
export async function exchangeContributions(
  client: Client,
  out: readonly KeptContribution[],
  into: readonly KeptContribution[],
  counted: readonly { readonly id: string; readonly counted: string | undefined }[] = [],
): Promise<void> {
  // What a figure comes to anew is put in its place: a row cannot be deleted and inserted by one statement.
  const renewed = new Set(into.map(nameOf))
  const both = [...out, ...into]
  await client.query(
    `WITH gone AS (
       DELETE FROM clearance_contribution USING unnest($1::text[], $2::text[], $3::text[]) AS gone (declaration_id, kind, filing_id)
       WHERE clearance_contribution.declaration_id = gone.declaration_id AND clearance_contribution.kind = gone.kind
         AND clearance_contribution.filing_id = gone.filing_id),
     kept AS (
       INSERT INTO clearance_contribution (declaration_id, kind, filing_id, month, cell, firm, start, bucket, amount)
       SELECT * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int[], $12::bigint[])
       ON CONFLICT (declaration_id, kind, filing_id) DO UPDATE SET month = excluded.month, cell = excluded.cell, firm = excluded.firm,
         start = excluded.start, bucket = excluded.bucket, amount = excluded.amount),
     told AS (
       INSERT INTO clearance_delta (month, cell, firm, start, bucket, amount, sign)
       SELECT * FROM unnest($13::text[], $14::text[], $15::text[], $16::text[], $17::int[], $18::bigint[], $19::int[]))
     UPDATE declaration SET counted = new.counted FROM unnest($20::text[], $21::text[]) AS new (id, counted)
     WHERE declaration.id = new.id AND declaration.counted IS DISTINCT FROM new.counted`,
    [
      ...named(out.filter((one) => !renewed.has(nameOf(one)))),
      ...named(into),
      ...columns(into),
      ...columns(both),
      [...out.map(() => -1), ...into.map(() => 1)],
      counted.map(({ id }) => id),
      counted.map((one) => one.counted ?? null),
    ],
  )
}

/** Waits until nobody else writes cells, until the transaction's end. Takes no snapshot: what is read after it is seen as it stands then. */
export const lockCells = (client: Client) => client.query('LOCK TABLE clearance_cell IN SHARE ROW EXCLUSIVE MODE')

/** What rows come to, cell by cell; `sign` is the column or number each is counted by. */
const folding = (source: string, sign: string) => `
  cells AS (
    INSERT INTO clearance_cell (month, cell, start, count, amount)
    SELECT month, cell, start, sum(${sign}), sum(${sign} * amount) FROM ${source} GROUP BY month, cell, start
    ON CONFLICT (month, cell, start) DO UPDATE SET count = clearance_cell.count + excluded.count, amount = clearance_cell.amount + excluded.amount),
  buckets AS (
    INSERT INTO clearance_bucket (month, cell, bucket, count)
    SELECT month, cell, bucket, sum(${sign}) FROM ${source} GROUP BY month, cell, bucket
    ON CONFLICT (month, cell, bucket) DO UPDATE SET count = clearance_bucket.count + excluded.count),
  firms AS (
    INSERT INTO clearance_firm (month, cell, firm, count)
    SELECT month, cell, firm, sum(${sign}) FROM ${source} GROUP BY month, cell, firm
    ON CONFLICT (month, cell, firm) DO UPDATE SET count = clearance_firm.count + excluded.count)`

const fold = `WITH taken AS (
    DELETE FROM clearance_delta WHERE id = ANY (ARRAY(SELECT id FROM clearance_delta ORDER BY id LIMIT $1)) RETURNING *),
  ${folding('taken', 'sign')}
  SELECT count(*) AS count FROM taken`

/** Adds what was appended to the cells, in one statement: each delta exactly once, whoever else appends meanwhile. @returns how many */
export async function foldDeltas(client: Client, most: number): Promise<number> {
  await lockCells(client)
  const { rows } = await client.query<{ count: number }>(fold, [most])
  for (const table of ['clearance_cell', 'clearance_bucket', 'clearance_firm'])
    await client.query(`DELETE FROM ${table} WHERE count = 0`)
  return rows[0]?.count ?? 0
}

/**
 * Makes all cells anew from what declarations count for, as both stand at one instant: what is recorded meanwhile comes as deltas to what was
 * seen. @param client in a transaction in which nothing was read yet
 */
export async function rebuildCells(client: Client): Promise<void> {
  await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  await client.query('SET LOCAL statement_timeout = 0')
  await lockCells(client)
  await client.query('DELETE FROM clearance_delta')
  for (const table of ['clearance_cell', 'clearance_bucket', 'clearance_firm'])
    await client.query(`DELETE FROM ${table}`)
  await client.query(`WITH ${folding('clearance_contribution', '1')} SELECT 1`)
}

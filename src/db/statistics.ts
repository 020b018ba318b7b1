import type { Contribution } from '../statistics/measure.ts'
import type { Client, Queryable } from './database.ts'

/** A figure a declaration counts for, as it is kept. */
export interface KeptContribution extends Contribution {
  readonly declarationId: string
}

/** What declarations count for until now. */
export async function readContributions(client: Queryable, ids: readonly string[]): Promise<KeptContribution[]> {
  const { rows } = await client.query<KeptContribution>(
    `SELECT declaration_id AS "declarationId", kind, filing_id AS "filingId", month, cell, firm, start, bucket, amount
     FROM clearance_contribution WHERE declaration_id = ANY($1)`,
    [ids],
  )
  return rows
}

const columns = (rows: readonly Contribution[]) => [
  rows.map(({ month }) => month),
  rows.map(({ cell }) => cell),
  rows.map(({ firm }) => firm),
  rows.map(({ start }) => start),
  rows.map(({ bucket }) => bucket),
  rows.map(({ amount }) => amount),
]

/** Takes out what no longer counts and puts in what does: contributions change, and cells are told the difference. The declarations are locked. */
export async function exchangeContributions(
  client: Client,
  out: readonly KeptContribution[],
  into: readonly KeptContribution[],
): Promise<void> {
  if (out.length > 0)
    await client.query(
      `DELETE FROM clearance_contribution USING unnest($1::text[], $2::text[], $3::text[]) AS gone (declaration_id, kind, filing_id)
       WHERE clearance_contribution.declaration_id = gone.declaration_id AND clearance_contribution.kind = gone.kind
         AND clearance_contribution.filing_id = gone.filing_id`,
      [out.map(({ declarationId }) => declarationId), out.map(({ kind }) => kind), out.map(({ filingId }) => filingId)],
    )
  if (into.length > 0)
    await client.query(
      `INSERT INTO clearance_contribution (declaration_id, kind, filing_id, month, cell, firm, start, bucket, amount)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bigint[])`,
      [
        into.map(({ declarationId }) => declarationId),
        into.map(({ kind }) => kind),
        into.map(({ filingId }) => filingId),
        ...columns(into),
      ],
    )
  const both = [...out, ...into]
  if (both.length > 0)
    await client.query(
      `INSERT INTO clearance_delta (month, cell, firm, start, bucket, amount, sign)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::int[])`,
      [...columns(both), [...out.map(() => -1), ...into.map(() => 1)]],
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

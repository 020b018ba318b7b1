import type { Deadline } from '../../adapters/adapter.ts'
import type { Text } from '../../schemas/text.ts'
import type { Filing } from '../filing/case.ts'
import type { Client, Database } from './database.ts'

/** A deadline of which something is to be told. */
export interface DueDeadline {
  readonly filingId: string
  readonly declarationId: string
  readonly id: string
  readonly what: Text
  readonly dueAt: Date
}

/** Keeps what must still be done in time for filings: what is done is gone, what was moved is told anew. */
export async function saveDeadlines(
  client: Client,
  watched: readonly { readonly filing: Filing; readonly deadlines: readonly Deadline[] }[],
): Promise<void> {
  if (watched.length === 0) return
  const rows = watched.flatMap(({ filing, deadlines }) =>
    deadlines.map((deadline) => ({ ...deadline, filingId: filing.id, declarationId: filing.declarationId })),
  )
  await client.query(
    `DELETE FROM deadline WHERE filing_id = ANY($1)
       AND NOT EXISTS (SELECT FROM unnest($2::text[], $3::text[]) AS still (filing_id, id) WHERE still.filing_id = deadline.filing_id AND still.id = deadline.id)`,
    [watched.map(({ filing }) => filing.id), rows.map(({ filingId }) => filingId), rows.map(({ id }) => id)],
  )
  if (rows.length === 0) return
  await client.query(
    `INSERT INTO deadline (filing_id, id, declaration_id, what, remind_at, due_at, next_at)
     SELECT filing_id, id, declaration_id, what, remind_at, due_at, remind_at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[]) AS new (filing_id, id, declaration_id, what, remind_at, due_at)
     ON CONFLICT (filing_id, id) DO UPDATE SET what = excluded.what, remind_at = excluded.remind_at, due_at = excluded.due_at, told = NULL, next_at = excluded.remind_at
     WHERE (deadline.remind_at, deadline.due_at) IS DISTINCT FROM (excluded.remind_at, excluded.due_at)`,
    [
      rows.map(({ filingId }) => filingId),
      rows.map(({ id }) => id),
      rows.map(({ declarationId }) => declarationId),
      rows.map(({ what }) => JSON.stringify(what)),
      rows.map(({ remindAt }) => remindAt),
      rows.map(({ dueAt }) => dueAt),
    ],
  )
}

/** Declarations with a deadline of which something is to be told, the most urgent first. */
export async function dueDeadlines({ pool }: Database, now: Date, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ declaration_id: string }>(
    'SELECT declaration_id FROM deadline WHERE next_at <= $1 ORDER BY next_at LIMIT $2',
    [now, limit],
  )
  return [...new Set(rows.map(({ declaration_id }) => declaration_id))]
}

/** What is to be told of locked declarations: another worker may have told it meanwhile. */
export async function lockDue(client: Client, declarationIds: readonly string[], now: Date): Promise<DueDeadline[]> {
  const { rows } = await client.query<{
    filing_id: string
    declaration_id: string
    id: string
    what: string
    due_at: Date
  }>(
    `SELECT filing_id, declaration_id, id, what, due_at FROM deadline
     WHERE declaration_id = ANY($1) AND next_at <= $2 ORDER BY due_at, filing_id, id FOR UPDATE`,
    [declarationIds, now],
  )
  return rows.map((row) => ({
    filingId: row.filing_id,
    declarationId: row.declaration_id,
    id: row.id,
    what: JSON.parse(row.what) as Text,
    dueAt: row.due_at,
  }))
}

/** Notes that it was told: after a reminder the deadline itself is next, after that nothing. */
export async function told(client: Client, due: readonly DueDeadline[], now: Date): Promise<void> {
  await client.query(
    `UPDATE deadline SET told = CASE WHEN due_at <= $3 THEN 'passed' ELSE 'near' END, next_at = CASE WHEN due_at <= $3 THEN NULL ELSE due_at END
     FROM unnest($1::text[], $2::text[]) AS told (filing_id, id) WHERE deadline.filing_id = told.filing_id AND deadline.id = told.id`,
    [due.map(({ filingId }) => filingId), due.map(({ id }) => id), now],
  )
}

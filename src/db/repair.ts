import type { Stored, Waiting } from '../repair/judge.ts'
import type { Client, Database, Queryable } from './database.ts'

/** Which filings are meant: one, an agency's lane, or what went out in a time range. */
export interface Selection {
  readonly filingId?: string | undefined
  readonly filingIds?: readonly string[] | undefined
  readonly agency?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** The last filing of the selection before: only later ones. */
  readonly after?: string | undefined
}
export interface Selected {
  readonly filings: readonly { readonly filingId: string; readonly declarationId: string }[]
  /** Further ones of the selection. */
  readonly left: number
  /** Those of a time range whose agency has answered; left out unless they are wanted. */
  readonly answered: number
}

// Ids sort by age: oldest first.
const laneSql = `SELECT filing.id, filing.declaration_id, 0 AS rank FROM delivery JOIN filing ON filing.id = filing_id WHERE lane = $1
  UNION SELECT id, declaration_id, 0 FROM filing WHERE status = 'blocked' AND agency = $1 AND pending::jsonb ? 'trouble'`
const rangeSql = `SELECT DISTINCT filing.id, filing.declaration_id, filing.rank FROM message
  JOIN filing ON filing.id = message.filing_id AND filing.attempt = message.attempt
  WHERE message.kind = 'submission' AND message.at >= $2 AND message.at < $3 AND ($1::text IS NULL OR filing.agency = $1)`

/** Finds the filings of a selection, oldest first. @param answered also those of a time range whose agency has answered */
export async function selectFilings(
  { pool }: Database,
  { filingId, filingIds, agency, from, to, after }: Selection,
  answered: boolean,
  limit: number,
): Promise<Selected> {
  const named = filingIds ?? (filingId === undefined ? undefined : [filingId])
  if (named !== undefined) {
    const { rows } = await pool.query<{ filingId: string; declarationId: string }>(
      'SELECT id AS "filingId", declaration_id AS "declarationId" FROM filing WHERE id = ANY($1) ORDER BY id LIMIT $2',
      [named, limit],
    )
    return { filings: rows, left: 0, answered: 0 }
  }
  const range = from !== undefined && to !== undefined
  const values = range ? [agency ?? null, from, to] : [agency ?? null]
  const [last, wanted, most] = [1, 2, 3].map((place) => `$${values.length + place}`)
  const { rows } = await pool.query<{ filingId: string; declarationId: string; all: number; answered: number }>(
    `WITH meant AS (${range ? rangeSql : laneSql}), later AS (SELECT * FROM meant WHERE id > ${last})
     SELECT id AS "filingId", declaration_id AS "declarationId", (SELECT count(*)::int FROM later WHERE rank < 30 OR ${wanted}) AS all,
       (SELECT count(*)::int FROM later WHERE rank >= 30 AND NOT ${wanted}) AS answered
     FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT id, declaration_id FROM later WHERE rank < 30 OR ${wanted} ORDER BY id LIMIT ${most}) chosen ON true`,
    [...values, after ?? '', answered, limit],
  )
  const filings = rows.flatMap(({ filingId, declarationId }) =>
    filingId === null ? [] : [{ filingId, declarationId }],
  )
  return { filings, left: (rows[0]?.all ?? 0) - filings.length, answered: rows[0]?.answered ?? 0 }
}

/** The bytes that were last made for an attempt of a filing. */
export async function readStored(client: Queryable, filingId: string, attempt: number): Promise<Stored | undefined> {
  const { rows } = await client.query<{
    method: 'GET' | 'POST'
    path: string
    content_type: string | null
    body: string | null
    at: Date
  }>(
    `SELECT method, path, content_type, body, at FROM message WHERE filing_id = $1 AND attempt = $2 AND kind = 'submission'
     ORDER BY id DESC LIMIT 1`,
    [filingId, attempt],
  )
  const [row] = rows
  return (
    row && {
      method: row.method,
      path: row.path,
      ...(row.content_type === null ? {} : { contentType: row.content_type }),
      ...(row.body === null ? {} : { body: row.body }),
      at: row.at,
    }
  )
}

const waitingSql = `SELECT instant, unknown, coalesce(lease_until > now(), false) AS leased, coalesce(lease_until <= now(), false) AS abandoned
  FROM delivery WHERE filing_id = $1 AND attempt = $2`

/** Where a filing's submission stands on its way. */
export async function readWaiting(client: Queryable, filingId: string, attempt: number): Promise<Waiting | undefined> {
  return (await client.query<Waiting>(waitingSql, [filingId, attempt])).rows[0]
}

/** The same, locked: no worker takes it before the transaction ends. */
export async function lockWaiting(client: Client, filingId: string, attempt: number): Promise<Waiting | undefined> {
  return (await client.query<Waiting>(`${waitingSql} FOR UPDATE`, [filingId, attempt])).rows[0]
}

/** Puts a filing's submission on its way again, due at once, its tries counted anew. */
export async function requeue(
  client: Client,
  { id, agency, attempt }: { readonly id: string; readonly agency: string; readonly attempt: number },
  { instant, unknown }: { readonly instant: Date; readonly unknown: boolean },
  dueAt: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO delivery (filing_id, lane, attempt, instant, due_at, unknown) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (filing_id) DO UPDATE SET attempt = excluded.attempt, instant = excluded.instant, due_at = excluded.due_at, tries = 0,
       lease_until = NULL, fence = delivery.fence + 1, unknown = excluded.unknown, error = NULL`,
    [id, agency, attempt, instant, dueAt, unknown],
  )
  await client.query("SELECT pg_notify('yuchuang_lanes', $1)", [agency])
}

import type { Database, Queryable } from './database.ts'

/** One version of a declaration, the one that counts when none is named. */
export async function readVersion({ pool }: { readonly pool: Queryable }, id: string, version: number | undefined) {
  const { rows } = await pool.query<{ version: number; media_type: string; raw: string; document: string; at: Date }>(
    `SELECT version, media_type, raw, coalesce(document, raw) AS document, at FROM declaration_version
     WHERE declaration_id = $1 AND version = coalesce($2::int, (SELECT version FROM declaration WHERE id = $1))`,
    [id, version ?? null],
  )
  return rows[0]
}

export interface EventRow {
  readonly number: number
  readonly type: string
  readonly filing_id: string | null
  readonly data: string
  readonly at: Date
}

/** Events of a declaration after a number, in order. */
export async function readEvents({ pool }: Database, id: string, after: number, limit: number): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>({
    name: 'read-events',
    text: 'SELECT number, type, filing_id, data, at FROM event WHERE declaration_id = $1 AND number > $2 ORDER BY number LIMIT $3',
    values: [id, after, limit],
  })
  return rows
}

export interface MessageRow {
  readonly id: number
  readonly filing_id: string | null
  readonly agency: string
  readonly attempt: number | null
  readonly kind: string
  readonly method: string | null
  readonly path: string | null
  readonly status: number | null
  readonly content_type: string | null
  readonly body: string | null
  readonly error: string | null
  readonly at: Date
  /** It speaks of other declarations too: its bytes are nobody's alone. */
  readonly shared: boolean
}

/** Every message of a declaration's filings, in order: those of one filing, and documents that carried a receipt of it. */
export async function readMessages(
  { pool }: Database,
  declarationId: string,
  filingId: string | undefined,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await pool.query<MessageRow>(
    `WITH ours AS (SELECT id FROM filing WHERE declaration_id = $1 AND ($2::text IS NULL OR id = $2))
     SELECT message.id, coalesce(message.filing_id, (SELECT min(receipt.filing_id) FROM receipt WHERE message_id = message.id AND receipt.filing_id IN (SELECT id FROM ours))) AS filing_id,
       agency, attempt, kind, method, path, message.status, content_type, body, error, at,
       EXISTS (SELECT FROM receipt JOIN filing ON filing.id = receipt.filing_id WHERE message_id = message.id AND filing.declaration_id <> $1)
         OR EXISTS (SELECT FROM receipt WHERE message_id = message.id AND receipt.filing_id IS NULL) AS shared
     FROM message
     WHERE message.id > $3 AND message.id IN (
       SELECT id FROM message WHERE message.filing_id IN (SELECT id FROM ours)
       UNION SELECT message_id FROM receipt WHERE receipt.filing_id IN (SELECT id FROM ours) AND message_id IS NOT NULL)
     ORDER BY message.id LIMIT $4`,
    [declarationId, filingId ?? null, after, limit],
  )
  return rows
}

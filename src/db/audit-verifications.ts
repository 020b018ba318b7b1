import type { Client, Database, Queryable } from './database.ts'
import { transaction } from './database.ts'

export type VerificationStatus = 'waiting' | 'running' | 'whole' | 'broken' | 'failed'

/** A check of what was kept 审计验证, as far as it is. */
export interface VerificationRow {
  readonly id: string
  readonly declarationId: string | null
  readonly pinnedKey: string | null
  readonly pinnedSeal: string | null
  readonly status: VerificationStatus
  readonly checked: number
  readonly total: number
  /** JSON. */
  readonly found: string | null
  readonly by: string
  readonly requestedAt: Date
  readonly doneAt: Date | null
}
const columns =
  'id, declaration_id AS "declarationId", pinned_key AS "pinnedKey", pinned_seal AS "pinnedSeal", status, checked, total, found, "by", requested_at AS "requestedAt", done_at AS "doneAt"'

/** What is asked for with a check. */
export type Asked = Pick<VerificationRow, 'id' | 'declarationId' | 'pinnedKey' | 'pinnedSeal' | 'by' | 'requestedAt'>

export async function makeVerification(client: Queryable, asked: Asked): Promise<void> {
  await client.query(
    `INSERT INTO audit_verification (id, declaration_id, pinned_key, pinned_seal, status, "by", requested_at) VALUES ($1, $2, $3, $4, 'waiting', $5, $6)`,
    [asked.id, asked.declarationId, asked.pinnedKey, asked.pinnedSeal, asked.by, asked.requestedAt],
  )
}

/** Advisory lock of whoever asks for a check of everything: of two who ask at once one is first. */
const askLock = 6_512_023

/** Asks for a check of everything, unless one like it is under way: then gives that one. @param queue has it done, in the same transaction */
export function askForVerification(
  { pool }: Database,
  asked: Asked,
  queue: (client: Client) => Promise<void>,
): Promise<string> {
  return transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [askLock])
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM audit_verification WHERE status IN ('waiting', 'running') AND declaration_id IS NULL
         AND pinned_key IS NOT DISTINCT FROM $1 AND pinned_seal IS NOT DISTINCT FROM $2 ORDER BY id LIMIT 1`,
      [asked.pinnedKey, asked.pinnedSeal],
    )
    if (rows[0] !== undefined) return rows[0].id
    await makeVerification(client, asked)
    await queue(client)
    return asked.id
  })
}

export async function readVerification(client: Queryable, id: string): Promise<VerificationRow | undefined> {
  const { rows } = await client.query<VerificationRow>(`SELECT ${columns} FROM audit_verification WHERE id = $1`, [id])
  return rows[0]
}

/** Checks that were asked for, newest first, before one of them. */
export async function listVerifications({ pool }: Database, before: string, limit: number): Promise<VerificationRow[]> {
  const { rows } = await pool.query<VerificationRow>(
    `SELECT ${columns} FROM audit_verification WHERE $1 = '' OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before, limit],
  )
  return rows
}

/** The oldest check of everything that is not done. */
export async function readOpenVerification({ pool }: Database): Promise<VerificationRow | undefined> {
  const { rows } = await pool.query<VerificationRow>(
    `SELECT ${columns} FROM audit_verification WHERE status IN ('waiting', 'running') AND declaration_id IS NULL ORDER BY id LIMIT 1`,
  )
  return rows[0]
}

/** Notes how far a check is. */
export async function noteProgress({ pool }: Database, id: string, checked: number, total: number): Promise<void> {
  await pool.query(`UPDATE audit_verification SET status = 'running', checked = $2, total = $3 WHERE id = $1`, [
    id,
    checked,
    total,
  ])
}

export async function concludeVerification(
  client: Queryable,
  id: string,
  status: VerificationStatus,
  found: unknown,
  at: Date,
): Promise<void> {
  await client.query('UPDATE audit_verification SET status = $2, found = $3, done_at = $4 WHERE id = $1', [
    id,
    status,
    JSON.stringify(found),
    at,
  ])
}

/** How many declarations there are, as the planner has it: good enough for a measure of progress, and free. */
export async function estimateDeclarations({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    "SELECT greatest(0, reltuples)::int AS count FROM pg_class WHERE oid = 'declaration'::regclass",
  )
  return rows[0]?.count ?? 0
}

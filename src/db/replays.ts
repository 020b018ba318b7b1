import type { FilingStatus } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import type { Client, Database } from './database.ts'
import { transaction } from './database.ts'

/** Filings to be sent again 重发, as they were shown, and what became of them. */
export interface Replay {
  readonly id: string
  readonly digest: string
  readonly request: string
  readonly left: number
  readonly shownAt: Date
  readonly key: string | undefined
  readonly bodyHash: string | undefined
  readonly reason: string | undefined
  readonly by: string | undefined
  readonly confirmedAt: Date | undefined
}
/** One filing of a replay. `bytes` is the digest of what was shown; `outcome` what became of it, once it was its turn. */
export interface ReplayFiling {
  readonly filingId: string
  readonly declarationId: string
  readonly agency: string
  readonly procedure: string
  readonly attempt: number
  readonly instant: Date
  readonly bytes: string | undefined
  readonly outcome: string | undefined
  readonly detail: Text | undefined
  /** How the filing stands by now; whether it still waits in its lane, and why its last try failed. */
  readonly status: FilingStatus
  readonly waiting: boolean
  readonly error: string | undefined
}

/** A replay in the list of them. */
export interface ReplaySummary {
  readonly id: string
  readonly request: string
  readonly reason: string
  readonly by: string
  readonly confirmedAt: Date
  readonly filings: number
  /** How many were put on their way again, and how many have not had their turn. */
  readonly accepted: number
  readonly open: number
}

/** Keeps what was shown; what was shown before and never confirmed is forgotten. */
export function keepShown(
  { pool }: Database,
  replay: Pick<Replay, 'id' | 'digest' | 'request' | 'left'>,
  filings: readonly Pick<ReplayFiling, 'filingId' | 'declarationId' | 'attempt' | 'instant' | 'bytes'>[],
  at: Date,
  forgetBefore: Date,
): Promise<void> {
  return transaction(pool, async (client) => {
    await client.query(
      `WITH old AS (DELETE FROM replay WHERE confirmed_at IS NULL AND shown_at < $1 RETURNING id)
       DELETE FROM replay_filing USING old WHERE replay_id = old.id`,
      [forgetBefore],
    )
    await client.query('INSERT INTO replay (id, digest, request, left_out, shown_at) VALUES ($1, $2, $3, $4, $5)', [
      replay.id,
      replay.digest,
      replay.request,
      replay.left,
      at,
    ])
    await client.query(
      `INSERT INTO replay_filing (replay_id, position, filing_id, declaration_id, attempt, instant, bytes)
       SELECT $1, place, filing_id, declaration_id, attempt, instant, bytes
       FROM unnest($2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::text[]) WITH ORDINALITY AS new (filing_id, declaration_id, attempt, instant, bytes, place)`,
      [
        replay.id,
        filings.map(({ filingId }) => filingId),
        filings.map(({ declarationId }) => declarationId),
        filings.map(({ attempt }) => attempt),
        filings.map(({ instant }) => instant),
        filings.map(({ bytes }) => bytes ?? null),
      ],
    )
  })
}

interface ReplayRow {
  id: string
  digest: string
  request: string
  left_out: number
  shown_at: Date
  key: string | null
  body_hash: string | null
  reason: string | null
  by: string | null
  confirmed_at: Date | null
}
const columns = 'id, digest, request, left_out, shown_at, key, body_hash, reason, "by", confirmed_at'
const replayOf = (row: ReplayRow): Replay => ({
  id: row.id,
  digest: row.digest,
  request: row.request,
  left: row.left_out,
  shownAt: row.shown_at,
  key: row.key ?? undefined,
  bodyHash: row.body_hash ?? undefined,
  reason: row.reason ?? undefined,
  by: row.by ?? undefined,
  confirmedAt: row.confirmed_at ?? undefined,
})

/** Replays with this key or this digest, locked: two confirmations of one wait for each other, and so do two with one key. */
export async function lockReplays(client: Client, key: string, digest: string): Promise<Replay[]> {
  // No row has the key yet that another confirms with: the key itself is held.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('replay ' || $1, 0))", [key])
  const { rows } = await client.query<ReplayRow>(
    `SELECT ${columns} FROM replay WHERE key = $1 OR digest = $2 ORDER BY id FOR UPDATE`,
    [key, digest],
  )
  return rows.map(replayOf)
}

/** A replay that was confirmed. */
export async function readReplay({ pool }: Database, id: string): Promise<Replay | undefined> {
  const { rows } = await pool.query<ReplayRow>(
    `SELECT ${columns} FROM replay WHERE id = $1 AND confirmed_at IS NOT NULL`,
    [id],
  )
  return rows[0] && replayOf(rows[0])
}

/** Replays that were confirmed, newest first, before one of them. */
export async function listReplays({ pool }: Database, before: string, limit: number): Promise<ReplaySummary[]> {
  const { rows } = await pool.query<ReplaySummary>(
    `SELECT id, request, reason, "by", confirmed_at AS "confirmedAt", counted.filings, counted.accepted, counted.open
     FROM replay CROSS JOIN LATERAL (
       SELECT count(*)::int AS filings, count(*) FILTER (WHERE outcome = 'accepted')::int AS accepted, count(*) FILTER (WHERE outcome IS NULL)::int AS open
       FROM replay_filing WHERE replay_id = replay.id) counted
     WHERE confirmed_at IS NOT NULL AND ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2`,
    [before, limit],
  )
  return rows
}

export async function keepConfirmation(
  client: Client,
  id: string,
  { key, bodyHash, reason, by }: { key: string; bodyHash: string; reason: string; by: string },
  at: Date,
): Promise<void> {
  await client.query(
    'UPDATE replay SET key = $2, body_hash = $3, reason = $4, "by" = $5, confirmed_at = $6 WHERE id = $1',
    [id, key, bodyHash, reason, by, at],
  )
}

/** The filings of a replay, in the order they were shown. */
export async function readReplayFilings({ pool }: Database, id: string): Promise<ReplayFiling[]> {
  const { rows } = await pool.query<
    Omit<ReplayFiling, 'bytes' | 'outcome' | 'detail' | 'error'> & {
      error: string | null
      bytes: string | null
      outcome: string | null
      detail: string | null
    }
  >(
    `SELECT replay_filing.filing_id AS "filingId", replay_filing.declaration_id AS "declarationId", agency, procedure, replay_filing.attempt, replay_filing.instant, bytes, outcome, detail,
       filing.status, delivery.filing_id IS NOT NULL AS waiting, delivery.error
     FROM replay_filing JOIN filing ON filing.id = replay_filing.filing_id LEFT JOIN delivery ON delivery.filing_id = filing.id
     WHERE replay_id = $1 ORDER BY replay_filing.position`,
    [id],
  )
  return rows.map(({ bytes, outcome, detail, error, ...row }) => ({
    ...row,
    error: error ?? undefined,
    bytes: bytes ?? undefined,
    outcome: outcome ?? undefined,
    detail: detail === null ? undefined : (JSON.parse(detail) as Text),
  }))
}

/** Whether it is still this filing's turn. Its declaration is locked: nobody else answers for it meanwhile. */
export async function isOpen(client: Client, replayId: string, filingId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM replay_filing WHERE replay_id = $1 AND filing_id = $2 AND outcome IS NULL FOR UPDATE',
    [replayId, filingId],
  )
  return rowCount === 1
}

export async function keepOutcome(
  client: Client,
  replayId: string,
  filingId: string,
  outcome: string,
  detail: Text | undefined,
): Promise<void> {
  await client.query('UPDATE replay_filing SET outcome = $3, detail = $4 WHERE replay_id = $1 AND filing_id = $2', [
    replayId,
    filingId,
    outcome,
    detail === undefined ? null : JSON.stringify(detail),
  ])
}

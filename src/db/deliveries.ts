import type { Database } from './database.ts'

/** A submission leased to this worker. */
export interface Lease {
  readonly filingId: string
  readonly declarationId: string
  readonly serial: number
  readonly procedure: string
  readonly attempt: number
  readonly instant: Date
  readonly fence: number
  /** How often it was taken up, this time included. */
  readonly tries: number
  /** It may have arrived: an answer never came, or the worker that had it died. Ask before sending again. */
  readonly unknown: boolean
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string | undefined
}

interface LeaseRow {
  filing_id: string
  declaration_id: string
  serial: number
  procedure: string
  attempt: number
  instant: Date
  fence: number
  tries: number
  unknown: boolean
  method: 'GET' | 'POST'
  path: string
  content_type: string | null
  body: string | null
}

/** Leases due submissions of a lane. Rows another worker holds are passed over; an expired lease is taken, as unknown. */
export async function leaseDeliveries(
  { pool }: Database,
  lane: string,
  limit: number,
  leaseMs: number,
): Promise<Lease[]> {
  const { rows } = await pool.query<LeaseRow>({
    name: 'lease-deliveries',
    text: `WITH due AS (
         SELECT filing_id, lease_until IS NOT NULL AS abandoned FROM delivery
         WHERE lane = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), leased AS (
         UPDATE delivery SET lease_until = now() + $3 * interval '1 millisecond', fence = fence + 1, tries = tries + 1,
           unknown = unknown OR due.abandoned
         FROM due WHERE delivery.filing_id = due.filing_id
         RETURNING delivery.*
       )
       SELECT leased.filing_id, leased.attempt, leased.instant, leased.fence, leased.tries, leased.unknown,
              filing.declaration_id, filing.serial, filing.procedure, message.method, message.path, message.content_type, message.body
       FROM leased JOIN filing ON filing.id = leased.filing_id
       JOIN LATERAL (
         SELECT method, path, content_type, body FROM message
         WHERE message.filing_id = leased.filing_id AND message.attempt = leased.attempt AND message.kind = 'submission'
         ORDER BY id DESC LIMIT 1
       ) message ON true`,
    values: [lane, limit, leaseMs],
  })
  return rows.map((row) => ({
    filingId: row.filing_id,
    declarationId: row.declaration_id,
    serial: row.serial,
    procedure: row.procedure,
    attempt: row.attempt,
    instant: row.instant,
    fence: row.fence,
    tries: row.tries,
    unknown: row.unknown,
    method: row.method,
    path: row.path,
    contentType: row.content_type ?? undefined,
    body: row.body ?? undefined,
  }))
}

/** Keeps leases alive while their work goes on. */
export async function renewDeliveries({ pool }: Database, leases: readonly Lease[], leaseMs: number): Promise<void> {
  await pool.query(
    `UPDATE delivery SET lease_until = now() + $3 * interval '1 millisecond'
     FROM unnest($1::text[], $2::int[]) AS held (filing_id, fence)
     WHERE delivery.filing_id = held.filing_id AND delivery.fence = held.fence AND lease_until IS NOT NULL`,
    [leases.map(({ filingId }) => filingId), leases.map(({ fence }) => fence), leaseMs],
  )
}

/** Gives submissions back untouched: they were leased, but nothing was sent. */
export async function returnDeliveries({ pool }: Database, leases: readonly Lease[], dueAt: Date): Promise<void> {
  await pool.query(
    `UPDATE delivery SET lease_until = NULL, tries = tries - 1, due_at = $3
     FROM unnest($1::text[], $2::int[]) AS held (filing_id, fence)
     WHERE delivery.filing_id = held.filing_id AND delivery.fence = held.fence`,
    [leases.map(({ filingId }) => filingId), leases.map(({ fence }) => fence), dueAt],
  )
}

/** Makes sure every polled agency has its mailbox row. */
export async function ensureMailboxes({ pool }: Database, agencies: readonly string[]): Promise<void> {
  await pool.query('INSERT INTO mailbox (agency, due_at) SELECT unnest($1::text[]), now() ON CONFLICT DO NOTHING', [
    agencies,
  ])
}

export interface MailboxLease {
  readonly agency: string
  readonly cursor: string
  readonly fence: number
}

/** Leases a mailbox when it is due and nobody else reads it. */
export async function leaseMailbox(
  { pool }: Database,
  agency: string,
  leaseMs: number,
): Promise<MailboxLease | undefined> {
  const { rows } = await pool.query<MailboxLease>(
    `UPDATE mailbox SET lease_until = now() + $2 * interval '1 millisecond', fence = fence + 1
     WHERE agency = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
     RETURNING agency, cursor, fence`,
    [agency, leaseMs],
  )
  return rows[0]
}

/** Puts a mailbox off without having read it. */
export async function postponeMailbox(
  { pool }: Database,
  lease: MailboxLease,
  dueAt: Date,
  error: string | undefined,
): Promise<void> {
  await pool.query('UPDATE mailbox SET lease_until = NULL, due_at = $3, error = $4 WHERE agency = $1 AND fence = $2', [
    lease.agency,
    lease.fence,
    dueAt,
    error ?? null,
  ])
}

/** Whether an agency still owes something on any filing. */
export async function isOutstanding({ pool }: Database, agency: string): Promise<boolean> {
  const { rows } = await pool.query<{ outstanding: boolean }>(
    'SELECT EXISTS (SELECT FROM filing WHERE agency = $1 AND rank BETWEEN 20 AND 60) AS outstanding',
    [agency],
  )
  return rows[0]?.outstanding ?? false
}

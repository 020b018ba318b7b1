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
  /** Taken before its time, to probe a lane: when it would have been due. Such a try is not counted. */
  readonly early: Date | undefined
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
  early: Date | null
  unknown: boolean
  method: 'GET' | 'POST'
  path: string
  content_type: string | null
  body: string | null
}

/** When a submission whose tries are used up is due: a person must look at it first. */
export const never = new Date('9999-12-31T00:00:00Z')

/** Nothing leaves for an agency whose lane an operator stopped, whatever a worker has heard of it. */
const isOpenToTraffic = (agency: string) =>
  `NOT EXISTS (SELECT FROM lane_order WHERE lane_order.agency = ${agency} AND lane_order.state = 'open')`

/** Takes what `due` names under a lease, with what is to be sent. */
const leaseSql = (due: string, leaseMs: string) => `WITH due AS (${due}), leased AS (
         UPDATE delivery SET lease_until = now() + ${leaseMs} * interval '1 millisecond', fence = fence + 1,
           tries = tries + CASE WHEN due.early THEN 0 ELSE 1 END,
           hastened_at = CASE WHEN due.early THEN now() ELSE hastened_at END, unknown = unknown OR due.abandoned
         FROM due WHERE delivery.filing_id = due.filing_id
         RETURNING delivery.*, due.early
       )
       SELECT leased.filing_id, leased.attempt, leased.instant, leased.fence, leased.tries, leased.unknown,
              CASE WHEN leased.early THEN leased.due_at END AS early,
              filing.declaration_id, filing.serial, filing.procedure, message.method, message.path, message.content_type, message.body
       FROM leased JOIN filing ON filing.id = leased.filing_id
       JOIN LATERAL (
         SELECT method, path, content_type, body FROM message
         WHERE message.filing_id = leased.filing_id AND message.attempt = leased.attempt AND message.kind = 'submission'
         ORDER BY id DESC LIMIT 1
       ) message ON true`

const isFree = '(lease_until IS NULL OR lease_until < now())'
/** Of a lane that was resumed, its timeline has been told so: what has gone is not told of any more. */
const isTold = 'order_told >= 0'

/** Leases due submissions of a lane. Rows another worker holds are passed over; an expired lease is taken, as unknown. */
export async function leaseDeliveries(
  { pool }: Database,
  lane: string,
  limit: number,
  leaseMs: number,
): Promise<Lease[]> {
  const { rows } = await pool.query<LeaseRow>({
    name: 'lease-deliveries',
    text: leaseSql(
      `SELECT filing_id, lease_until IS NOT NULL AS abandoned, false AS early FROM delivery
       WHERE lane = $1 AND due_at <= now() AND ${isFree} AND ${isTold} AND ${isOpenToTraffic('$1')}
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      '$3',
    ),
    values: [lane, limit, leaseMs],
  })
  return rows.map(leaseOf)
}

/**
 * Leases the one submission that finds out whether a resting lane's agency is back. One that has not failed while the lane
 * rests goes first, even before its time (but none so again within `earlyMs`): a submission that fails alone says nothing of the
 * agency twice.
 * @param failed those that have failed since the lane rests
 */
export async function leaseProbe(
  { pool }: Database,
  lane: string,
  failed: readonly string[],
  { leaseMs, earlyMs }: { readonly leaseMs: number; readonly earlyMs: number },
): Promise<Lease | undefined> {
  const probe = (which: string) =>
    leaseSql(
      `SELECT filing_id, lease_until IS NOT NULL AS abandoned, due_at > now() AS early FROM delivery
       WHERE lane = $1 AND due_at < $2 AND ${isFree} AND ${isTold} AND ${isOpenToTraffic('$1')}
         AND (due_at <= now() OR hastened_at IS NULL OR hastened_at < now() - $3 * interval '1 millisecond') AND ${which}
       ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      '$4',
    )
  const values = [lane, never, earlyMs, leaseMs, failed]
  const fresh = await pool.query<LeaseRow>(probe('filing_id <> ALL($5::text[])'), values)
  if (fresh.rows[0] !== undefined) return leaseOf(fresh.rows[0])
  const again = await pool.query<LeaseRow>(probe('filing_id = ANY($5::text[]) AND due_at <= now()'), values)
  return again.rows[0] && leaseOf(again.rows[0])
}

const leaseOf = (row: LeaseRow): Lease => ({
  filingId: row.filing_id,
  declarationId: row.declaration_id,
  serial: row.serial,
  procedure: row.procedure,
  attempt: row.attempt,
  instant: row.instant,
  fence: row.fence,
  tries: row.tries,
  early: row.early ?? undefined,
  unknown: row.unknown,
  method: row.method,
  path: row.path,
  contentType: row.content_type ?? undefined,
  body: row.body ?? undefined,
})

/**
 * The agency is back: what waits in its back-off goes soon, one every `spacingMs`, the traders by turns and each one's oldest
 * first. What was hastened within `againMs` keeps its back-off: it fails for a reason of its own.
 * @returns how many go sooner than they would have
 */
export async function hastenDeliveries(
  { pool }: Database,
  lane: string,
  { most, spacingMs, againMs }: { readonly most: number; readonly spacingMs: number; readonly againMs: number },
): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH waiting AS MATERIALIZED (
       SELECT delivery.filing_id, delivery.instant,
         row_number() OVER (PARTITION BY declaration.tenant ORDER BY delivery.instant, delivery.filing_id) AS turn
       FROM delivery JOIN filing ON filing.id = delivery.filing_id JOIN declaration ON declaration.id = filing.declaration_id
       WHERE delivery.lane = $1 AND delivery.due_at > now() AND delivery.due_at < $2 AND delivery.lease_until IS NULL
         AND (hastened_at IS NULL OR hastened_at < now() - $3 * interval '1 millisecond')
     ), placed AS (
       SELECT filing_id, now() + (row_number() OVER (ORDER BY turn, instant, filing_id) - 1) * $4 * interval '1 millisecond' AS due_at
       FROM waiting ORDER BY due_at LIMIT $5
     ), free AS (
       SELECT delivery.filing_id, placed.due_at FROM delivery JOIN placed ON placed.filing_id = delivery.filing_id
       WHERE delivery.lease_until IS NULL AND delivery.due_at > placed.due_at FOR UPDATE OF delivery SKIP LOCKED
     )
     UPDATE delivery SET due_at = free.due_at, hastened_at = now() FROM free WHERE delivery.filing_id = free.filing_id`,
    [lane, never, againMs, spacingMs, most],
  )
  return rowCount ?? 0
}

/** Keeps leases alive while their work goes on. One that somebody is ending is passed over: who ends several waits for none of ours. */
export async function renewDeliveries({ pool }: Database, leases: readonly Lease[], leaseMs: number): Promise<void> {
  await pool.query(
    `WITH held AS (
       SELECT delivery.filing_id FROM delivery JOIN unnest($1::text[], $2::int[]) AS held (filing_id, fence) USING (filing_id, fence)
       WHERE lease_until IS NOT NULL FOR UPDATE OF delivery SKIP LOCKED
     )
     UPDATE delivery SET lease_until = now() + $3 * interval '1 millisecond' FROM held WHERE delivery.filing_id = held.filing_id`,
    [leases.map(({ filingId }) => filingId), leases.map(({ fence }) => fence), leaseMs],
  )
}

/** Gives submissions back untouched: they were leased, but nothing was sent. One that was taken early is due when it was. */
export async function returnDeliveries({ pool }: Database, leases: readonly Lease[], dueAt: Date): Promise<void> {
  await pool.query(
    `UPDATE delivery SET lease_until = NULL, tries = tries - held.counted, due_at = coalesce(held.due_at, $3)
     FROM unnest($1::text[], $2::int[], $4::int[], $5::timestamptz[]) AS held (filing_id, fence, counted, due_at)
     WHERE delivery.filing_id = held.filing_id AND delivery.fence = held.fence`,
    [
      leases.map(({ filingId }) => filingId),
      leases.map(({ fence }) => fence),
      dueAt,
      leases.map(({ early }) => (early === undefined ? 1 : 0)),
      leases.map(({ early }) => early ?? null),
    ],
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

/**
 * Leases a mailbox when it is due and nobody else reads it. One that is held is passed over: who waited would not see that its lane was stopped
 * meanwhile. Until its lease ends it is not due, unless it is hastened.
 */
export async function leaseMailbox(
  { pool }: Database,
  agency: string,
  leaseMs: number,
): Promise<MailboxLease | undefined> {
  const { rows } = await pool.query<MailboxLease>(
    `UPDATE mailbox SET lease_until = now() + $2 * interval '1 millisecond', due_at = now() + $2 * interval '1 millisecond', fence = fence + 1
     WHERE agency = (
       SELECT agency FROM mailbox WHERE agency = $1 AND due_at <= now() AND ${isFree} AND ${isOpenToTraffic('$1')} FOR UPDATE SKIP LOCKED)
     RETURNING agency, cursor, fence`,
    [agency, leaseMs],
  )
  return rows[0]
}

/** Puts a mailbox off: it was empty, or could not be read. One that was hastened while it was read stays due: its reader came too soon. */
export async function postponeMailbox(
  { pool }: Database,
  lease: MailboxLease,
  dueAt: Date,
  error: string | undefined,
): Promise<void> {
  await pool.query(
    `UPDATE mailbox SET lease_until = NULL, due_at = CASE WHEN $4::text IS NULL AND due_at < lease_until THEN due_at ELSE $3 END,
       error = $4, failed_at = CASE WHEN $4::text IS NOT NULL THEN coalesce(failed_at, now()) END
     WHERE agency = $1 AND fence = $2`,
    [lease.agency, lease.fence, dueAt, error ?? null],
  )
}

/** Whether an agency still owes something on any filing. */
export async function isOutstanding({ pool }: Database, agency: string): Promise<boolean> {
  const { rows } = await pool.query<{ outstanding: boolean }>(
    'SELECT EXISTS (SELECT FROM filing WHERE agency = $1 AND rank BETWEEN 20 AND 60) AS outstanding',
    [agency],
  )
  return rows[0]?.outstanding ?? false
}

import { limits } from '../limits.ts'
import { type Client, type Database, transaction } from './database.ts'
import { never } from './deliveries.ts'

export type LaneState = 'open' | 'closed'
export type BreakerState = 'closed' | 'open' | 'half-open'

/** What an operator ordered for a lane 人工开合. The numbers of a lane's orders count up. */
export interface LaneOrder {
  readonly number: number
  readonly state: LaneState
  readonly reason: string
  readonly by: string
  readonly at: string
}

/** What waits for an agency, how its lane and its mailbox stand. */
export interface LaneView {
  readonly agency: string
  readonly waiting: number
  readonly leased: number
  readonly unknown: number
  /** Submissions whose tries are used up. */
  readonly exhausted: number
  /** When the submission was made that waits longest. */
  readonly oldest: string | null
  /** Submissions that went out lately, a minute. */
  readonly rate: number
  /** Tries that failed, of all that waits. */
  readonly failures: number
  readonly lastError: string | null
  readonly order: LaneOrder | null
  /** One entry a worker that has reported lately; each has a breaker of its own. */
  readonly workers: readonly { readonly worker: string; readonly state: BreakerState; readonly since: string }[]
  readonly mailbox: {
    readonly cursor: string
    readonly dueAt: string
    readonly error: string | null
    readonly failedAt: string | null
  } | null
}

/** One row an agency, in the order given. */
export async function readLanes({ pool }: Database, agencies: readonly string[], now: Date): Promise<LaneView[]> {
  const { rows } = await pool.query<LaneView>(
    `WITH newest AS MATERIALIZED (SELECT agency, kind, at FROM message ORDER BY id DESC LIMIT $3),
     lately AS (SELECT * FROM newest WHERE at >= $4::timestamptz - $5::float8 * interval '1 millisecond'),
     -- Where there are more than are looked at, they span less time.
     span AS (SELECT CASE WHEN count(*) < $3 THEN $5::float8 ELSE greatest(1000, extract(epoch FROM $4::timestamptz - min(at)) * 1000) END / 60000 AS minutes FROM lately),
     sent AS (SELECT agency, round((count(*) / (SELECT minutes FROM span))::numeric, 1)::float8 AS rate FROM lately WHERE kind = 'submission' GROUP BY agency)
     SELECT lane.agency, count(delivery.filing_id)::int AS waiting, count(*) FILTER (WHERE lease_until > now())::int AS leased,
       count(*) FILTER (WHERE unknown)::int AS unknown, count(*) FILTER (WHERE due_at >= $2)::int AS exhausted, min(instant) AS oldest,
       coalesce((SELECT rate FROM sent WHERE sent.agency = lane.agency), 0) AS rate,
       coalesce(sum(tries) FILTER (WHERE delivery.error IS NOT NULL), 0)::int AS failures,
       (array_agg(delivery.error ORDER BY tries DESC) FILTER (WHERE delivery.error IS NOT NULL))[1] AS "lastError",
       (SELECT json_build_object('number', number, 'state', state, 'reason', reason, 'by', "by", 'at', at) FROM lane_order WHERE lane_order.agency = lane.agency) AS order,
       coalesce((SELECT json_agg(json_build_object('worker', worker, 'state', state, 'since', since) ORDER BY worker)
          FROM lane_report WHERE lane_report.agency = lane.agency AND until > now()), '[]'::json) AS workers,
       (SELECT json_build_object('cursor', cursor, 'dueAt', due_at, 'error', error, 'failedAt', failed_at) FROM mailbox WHERE mailbox.agency = lane.agency) AS mailbox
     FROM unnest($1::text[]) WITH ORDINALITY AS lane (agency, place) LEFT JOIN delivery ON delivery.lane = lane.agency
     GROUP BY lane.agency, lane.place ORDER BY lane.place`,
    [agencies, never, limits.laneRateMessages, now, limits.laneRateMs],
  )
  return rows
}

/**
 * Keeps an order, and tells every worker. What waits for a lane that is resumed is due at once, its mailbox too. The same order
 * again, while the lane is stopped, is none.
 */
export function orderLane(
  { pool }: Database,
  agency: string,
  order: Pick<LaneOrder, 'state' | 'reason' | 'by'>,
  at: Date,
): Promise<void> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `INSERT INTO lane_order (agency, number, state, reason, "by", at) VALUES ($1, 1, $2, $3, $4, $5)
       ON CONFLICT (agency) DO UPDATE SET number = lane_order.number + 1, state = excluded.state, reason = excluded.reason, "by" = excluded."by", at = excluded.at
         WHERE lane_order.state <> 'open' OR (lane_order.state, lane_order.reason, lane_order."by") IS DISTINCT FROM (excluded.state, excluded.reason, excluded."by")
       RETURNING number`,
      [agency, order.state, order.reason, order.by, at],
    )
    const number = rows[0]?.number
    if (number === undefined) return
    if (order.state === 'closed') await resume(client, agency, number)
    await client.query("SELECT pg_notify('yuchuang_orders', $1), pg_notify('yuchuang_lanes', $1)", [agency])
  })
}

async function resume(client: Client, agency: string, number: number): Promise<void> {
  await client.query(
    // What somebody works on at this moment goes its way by itself.
    `WITH free AS (SELECT filing_id FROM delivery WHERE lane = $1 FOR UPDATE SKIP LOCKED)
     UPDATE delivery SET order_told = -$2::int, due_at = CASE WHEN lease_until IS NULL AND due_at < $3 THEN least(due_at, now()) ELSE due_at END
     FROM free WHERE delivery.filing_id = free.filing_id`,
    [agency, number, never],
  )
  await client.query('UPDATE mailbox SET due_at = now() WHERE agency = $1 AND due_at > now()', [agency])
}

/** One breaker as a worker reports it. */
export interface Report {
  readonly agency: string
  readonly state: BreakerState
  readonly since: Date
}

/** Keeps what a worker reports of its breakers, forgets workers that report no more, and gives the orders there are. */
export async function reportLanes(
  { pool }: Database,
  worker: string,
  reports: readonly Report[],
  leaseMs: number,
): Promise<{ agency: string; number: number; state: LaneState }[]> {
  await pool.query({
    name: 'report-lanes',
    text: `WITH gone AS (DELETE FROM lane_report WHERE until < now() - interval '1 minute' AND worker <> $1)
       INSERT INTO lane_report (worker, agency, state, since, until)
       SELECT $1, agency, state, since, now() + $5 * interval '1 millisecond' FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS new (agency, state, since)
       ON CONFLICT (worker, agency) DO UPDATE SET state = excluded.state, since = excluded.since, until = excluded.until
         WHERE lane_report.state <> excluded.state OR lane_report.until < now() + $5 / 2 * interval '1 millisecond'`,
    values: [
      worker,
      reports.map(({ agency }) => agency),
      reports.map(({ state }) => state),
      reports.map(({ since }) => since),
      leaseMs,
    ],
  })
  const { rows } = await pool.query<{ agency: string; number: number; state: LaneState }>(
    'SELECT agency, number, state FROM lane_order',
  )
  return rows
}

/** A worker that stops reports nothing any more. */
export async function withdrawReports({ pool }: Database, worker: string): Promise<void> {
  await pool.query('DELETE FROM lane_report WHERE worker = $1', [worker])
}

/** A waiting submission whose timeline does not tell yet of the order for its lane. */
export interface Untold extends LaneOrder {
  readonly agency: string
  readonly filingId: string
  readonly declarationId: string
}

/** Some submissions whose timelines do not tell of their lane's order: all that wait in a lane that is stopped, and those that waited when one was resumed. */
export async function readUntold(client: Client | Database['pool'], limit: number): Promise<Untold[]> {
  const { rows } = await client.query<Untold>(
    `SELECT lane_order.agency, number, state, reason, "by", at, filing.id AS "filingId", filing.declaration_id AS "declarationId"
     FROM (
       (SELECT filing_id, lane FROM delivery WHERE order_told < 0 LIMIT $1)
       UNION
       (SELECT filing_id, lane FROM lane_order JOIN delivery ON delivery.lane = lane_order.agency AND order_told <> lane_order.number
        WHERE lane_order.state = 'open' LIMIT $1)
     ) waiting
     JOIN lane_order ON lane_order.agency = waiting.lane JOIN filing ON filing.id = waiting.filing_id
     ORDER BY filing.declaration_id LIMIT $1`,
    [limit],
  )
  return rows
}

/**
 * Claims submissions to tell of: those nobody else has told of since they were read, of an order that still stands. Their declarations are
 * locked. Whoever gives the next order waits, and then finds that these were told of this one.
 */
export async function claimUntold(client: Client, all: readonly Untold[]): Promise<Set<string>> {
  const { rows: orders } = await client.query<{ agency: string; number: number }>(
    'SELECT agency, number FROM lane_order WHERE agency = ANY($1) ORDER BY agency FOR SHARE',
    [[...new Set(all.map(({ agency }) => agency))]],
  )
  const untold = all.filter((one) =>
    orders.some(({ agency, number }) => agency === one.agency && number === one.number),
  )
  const { rows } = await client.query<{ filing_id: string }>(
    `UPDATE delivery SET order_told = new.number FROM unnest($1::text[], $2::int[]) AS new (filing_id, number)
     WHERE delivery.filing_id = new.filing_id AND delivery.order_told <> new.number RETURNING delivery.filing_id`,
    [untold.map(({ filingId }) => filingId), untold.map(({ number }) => number)],
  )
  return new Set(rows.map(({ filing_id }) => filing_id))
}

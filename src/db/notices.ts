import { limits } from '../limits.ts'
import { restMs } from '../notices/schedule.ts'
import { type Client, type Database, transaction } from './database.ts'
import { disableEndpoint } from './endpoints.ts'
import type { FeedRow } from './feed.ts'

/** A notice leased to this worker, with all that sending it takes. */
export interface NoticeLease extends Omit<FeedRow, 'position'> {
  readonly id: number
  readonly fence: number
  readonly endpointId: string
  readonly url: string
  /** Tries since it was last asked for, this one not included. */
  readonly step: number
  /** The endpoint's secrets that are valid now, newest first. */
  readonly sealed: readonly string[]
}

// Endpoints with something waiting are found by hopping along the index, one probe each, however much waits for any of them. Each gives
// what it has room for; where the worker has less room than that, they take turns.
const leaseSql = `
WITH RECURSIVE lane (endpoint_id) AS (
  (SELECT endpoint_id FROM notice WHERE status = 'waiting' ORDER BY endpoint_id LIMIT 1)
  UNION ALL
  SELECT (SELECT endpoint_id FROM notice WHERE status = 'waiting' AND endpoint_id > lane.endpoint_id ORDER BY endpoint_id LIMIT 1)
  FROM lane WHERE lane.endpoint_id IS NOT NULL
), open AS (
  SELECT endpoint.id, endpoint.url, (CASE WHEN failures >= $6 THEN 1 ELSE $5 END) - coalesce(busy.count, 0) AS room
  FROM lane JOIN webhook_endpoint endpoint ON endpoint.id = lane.endpoint_id
  LEFT JOIN unnest($3::text[], $4::int[]) AS busy (id, count) ON busy.id = endpoint.id
  WHERE enabled AND (rest_until IS NULL OR rest_until <= $1)
), picked AS MATERIALIZED (
  SELECT open.url, due.id, row_number() OVER (PARTITION BY open.id ORDER BY due.due_at, due.id) AS turn, due.due_at
  FROM open CROSS JOIN LATERAL (
    SELECT id, due_at FROM notice
    WHERE endpoint_id = open.id AND status = 'waiting' AND due_at <= $1 AND (lease_until IS NULL OR lease_until < now())
    ORDER BY due_at, id LIMIT greatest(open.room, 0) FOR UPDATE SKIP LOCKED
  ) due
), leased AS (
  UPDATE notice SET lease_until = now() + $7 * interval '1 millisecond', fence = fence + 1
  FROM (SELECT id, url FROM picked ORDER BY turn, due_at, id LIMIT $2) taken WHERE notice.id = taken.id
  RETURNING notice.*, taken.url
)
SELECT leased.id, leased.fence, leased.endpoint_id AS "endpointId", leased.url, leased.step, leased.source_id AS "sourceId", leased.number, leased.type,
  event.filing_id AS "filingId", leased.at, coalesce(leased.data, event.data) AS data, leased.data IS NOT NULL AS own,
  ARRAY(SELECT sealed FROM webhook_secret WHERE webhook_secret.endpoint_id = leased.endpoint_id AND (valid_until IS NULL OR valid_until > $1)
        ORDER BY webhook_secret.number DESC) AS sealed
FROM leased LEFT JOIN event ON event.declaration_id = leased.source_id AND event.number = leased.number
ORDER BY leased.due_at, leased.id`

/** Leases due notices: of each endpoint no more than its width, of all no more than `room`. @param busy what is under way here, by endpoint */
export async function leaseNotices(
  { pool }: Database,
  at: Date,
  room: number,
  width: number,
  busy: ReadonlyMap<string, number>,
): Promise<NoticeLease[]> {
  const { rows } = await pool.query<NoticeLease>({
    name: 'lease-notices',
    text: leaseSql,
    values: [at, room, [...busy.keys()], [...busy.values()], width, limits.noticeRestAfter, limits.noticeLeaseMs],
  })
  return rows
}

/** What came of a try. */
export interface Tried {
  readonly lease: NoticeLease
  /** gone: it wants nothing any more; failed: another try at `dueAt`, or none. */
  readonly verdict: 'delivered' | 'gone' | 'failed'
  readonly dueAt: Date | undefined
  /** It asked for a pause of everything, until then. */
  readonly restUntil: Date | undefined
  readonly at: Date
  readonly status: number | undefined
  readonly latencyMs: number
  readonly excerpt: string | undefined
  readonly error: string | undefined
}

/** What a group of tries did to an endpoint. */
interface Standing {
  readonly id: string
  failures: number
  failing_since: Date | null
  rest_until: Date | null
}

/** Records tries, all in one transaction, and disables endpoints that are gone or have failed for too long. Gives those. */
export async function settleNotices({ pool }: Database, tries: readonly Tried[]): Promise<string[]> {
  return transaction(pool, async (client) => {
    // Endpoints first, in the order of their ids, then notices in theirs: two groups cannot wait for each other.
    const standings = await lockStandings(client, tries)
    await recordTries(client, tries)
    const disabled: string[] = []
    for (const [id, standing] of standings) {
      const about = tries.filter(({ lease }) => lease.endpointId === id)
      for (const one of about) judge(standing, one)
      const last = about.at(-1)?.at ?? new Date(0)
      const gone = about.some(({ verdict }) => verdict === 'gone')
      const since = standing.failing_since?.getTime() ?? Number.POSITIVE_INFINITY
      await client.query(
        'UPDATE webhook_endpoint SET failures = $2, failing_since = $3, rest_until = $4 WHERE id = $1',
        [id, standing.failures, standing.failing_since, standing.rest_until],
      )
      if (!gone && last.getTime() - since < limits.noticeFailingMs) continue
      await disableEndpoint(client, id, gone ? 'gone' : 'failing', last)
      disabled.push(id)
    }
    return disabled
  })
}

/** Endpoints whose standing these tries can change: one that is well and stays so is not touched. */
async function lockStandings(client: Client, tries: readonly Tried[]): Promise<Map<string, Standing>> {
  const idsOf = (some: readonly Tried[]) => [...new Set(some.map(({ lease }) => lease.endpointId))]
  const { rows } = await client.query<Standing>(
    `SELECT id, failures, failing_since, rest_until FROM webhook_endpoint
     WHERE id = ANY($1) AND enabled AND (id = ANY($2) OR failures > 0) ORDER BY id FOR UPDATE`,
    [idsOf(tries), idsOf(tries.filter(({ verdict }) => verdict !== 'delivered'))],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function judge(standing: Standing, { verdict, at, restUntil }: Tried): void {
  if (verdict === 'delivered') {
    standing.failures = 0
    standing.failing_since = null
    standing.rest_until = null
    return
  }
  standing.failures += 1
  standing.failing_since ??= at
  const until = Math.max(at.getTime() + restMs(standing.failures), restUntil?.getTime() ?? 0)
  if (until > at.getTime()) standing.rest_until = new Date(Math.max(until, standing.rest_until?.getTime() ?? 0))
}

/** Writes what came of each try. One whose lease somebody else has taken since is left to them. */
async function recordTries(client: Client, tries: readonly Tried[]): Promise<void> {
  await client.query('SELECT FROM notice WHERE id = ANY($1) ORDER BY id FOR UPDATE', [
    tries.map(({ lease }) => lease.id),
  ])
  await client.query(
    `WITH said AS (
       SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::int[], $8::text[], $9::text[])
         AS said (id, fence, verdict, due_at, at, status, latency_ms, excerpt, error)
     ), settled AS (
       UPDATE notice SET tries = notice.tries + 1, step = notice.step + 1, lease_until = NULL, due_at = coalesce(said.due_at, notice.due_at),
         status = CASE WHEN verdict = 'delivered' THEN 'delivered' WHEN NOT coalesce(endpoint.enabled, false) OR verdict = 'gone' THEN 'dropped'
                       WHEN said.due_at IS NULL THEN 'exhausted' ELSE 'waiting' END,
         settled_at = CASE WHEN verdict = 'failed' AND said.due_at IS NOT NULL AND endpoint.enabled THEN NULL ELSE said.at END
       FROM said, notice AS before LEFT JOIN webhook_endpoint endpoint ON endpoint.id = before.endpoint_id
       WHERE notice.id = said.id AND before.id = said.id AND notice.fence = said.fence AND notice.status = 'waiting'
       RETURNING notice.id, notice.tries, notice.status AS became, said.verdict, said.at, said.status, said.latency_ms, said.excerpt, said.error
     ), logged AS (
       INSERT INTO notice_try (notice_id, number, at, status, latency_ms, excerpt, error)
       SELECT id, tries, at, status, latency_ms, excerpt, error FROM settled
     )
     UPDATE notice_tally SET delivered = delivered + (SELECT count(*) FROM settled WHERE verdict = 'delivered'),
       failed = failed + (SELECT count(*) FROM settled WHERE verdict <> 'delivered'),
       exhausted = exhausted + (SELECT count(*) FROM settled WHERE became = 'exhausted')`,
    [
      tries.map(({ lease }) => lease.id),
      tries.map(({ lease }) => lease.fence),
      tries.map(({ verdict }) => verdict),
      tries.map(({ dueAt }) => dueAt ?? null),
      tries.map(({ at }) => at),
      tries.map(({ status }) => status ?? null),
      tries.map(({ latencyMs }) => latencyMs),
      tries.map(({ excerpt }) => excerpt ?? null),
      tries.map(({ error }) => error ?? null),
    ],
  )
}

/** Gives a notice back untouched: it was leased, but nothing was sent. Its endpoint's lane rests until then. */
export async function returnNotice({ pool }: Database, lease: NoticeLease, restUntil: Date): Promise<void> {
  await pool.query(
    // The endpoint first, then the notice, as everybody does: the second is looked for with what comes of the first.
    `WITH resting AS (UPDATE webhook_endpoint SET rest_until = greatest(rest_until, $3) WHERE id = $4 RETURNING id)
     UPDATE notice SET lease_until = NULL FROM resting WHERE notice.id = $1 AND endpoint_id = resting.id AND fence = $2 AND status = 'waiting'`,
    [lease.id, lease.fence, restUntil, lease.endpointId],
  )
}

/**
 * Takes old notices away, with their tries, oldest first; and endpoints that were deleted, with the last of theirs.
 * @returns whether there may be more
 */
export async function sweepNotices({ pool }: Database, at: Date): Promise<boolean> {
  // Only the oldest are looked at: a table of millions is not read to find that nothing in it is old. What somebody asks for again just
  // now is left to them: two that each waited for what the other holds would end with one of them failing.
  const { rowCount } = await pool.query(
    `WITH found AS (
       SELECT id FROM notice WHERE id IN (SELECT id FROM notice WHERE status <> 'waiting' ORDER BY id LIMIT $2) AND settled_at < $1
       UNION
       (SELECT notice.id FROM webhook_endpoint endpoint JOIN notice ON endpoint_id = endpoint.id
        WHERE deleted_at IS NOT NULL AND status <> 'waiting' LIMIT $2)
     ), old AS MATERIALIZED (
       SELECT id FROM notice WHERE id IN (SELECT id FROM found) AND status <> 'waiting' ORDER BY id FOR UPDATE SKIP LOCKED
     ), forgotten AS (DELETE FROM notice_try USING old WHERE notice_id = old.id)
     DELETE FROM notice USING old WHERE notice.id = old.id`,
    [new Date(at.getTime() - limits.noticeKeptMs), limits.noticeSweep],
  )
  // Those that were queued while their endpoint was being disabled.
  await pool.query(
    `UPDATE notice SET status = 'dropped', settled_at = $1 WHERE id IN (
       SELECT notice.id FROM notice JOIN webhook_endpoint endpoint ON endpoint.id = endpoint_id
       WHERE status = 'waiting' AND NOT enabled AND (lease_until IS NULL OR lease_until < now()) LIMIT $2 FOR UPDATE OF notice SKIP LOCKED)`,
    [at, limits.noticeSweep],
  )
  await pool.query(
    'DELETE FROM webhook_endpoint WHERE deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM notice WHERE endpoint_id = webhook_endpoint.id)',
  )
  return (rowCount ?? 0) >= limits.noticeSweep
}

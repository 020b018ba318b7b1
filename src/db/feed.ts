import { limits } from '../limits.ts'
import { type Client, type Database, transaction } from './database.ts'

/** One event of the feed, with what happened. */
export interface FeedRow {
  readonly position: number
  readonly sourceId: string
  readonly number: number
  readonly type: string
  readonly filingId: string | null
  readonly at: Date
  /** JSON. */
  readonly data: string
  /** It happened to an endpoint, or to the fee catalogue, not to a declaration. */
  readonly own: boolean
}

/** Whether a type is one of those a filter names, exactly or as `prefix.*`. */
export const isWanted = (types: string, type: string) =>
  `(${types} = '{}' OR EXISTS (SELECT FROM unnest(${types}) AS wanted
     WHERE wanted = ${type} OR (right(wanted, 1) = '*' AND starts_with(${type}, left(wanted, -1)))))`

/** The firm of what everybody may know: it is in every firm's feed. */
export const everybody = '*'

/**
 * Notices of what was just put into the feed (`placed`), one for each endpoint that wants it.
 * @param whose whose endpoints
 */
const queueSql = (whose: string) => `
INSERT INTO notice (endpoint_id, source_id, number, type, at, data, due_at, created_at)
SELECT endpoint.id, placed.source_id, placed.number, placed.type, placed.at, placed.data, $1, $1
FROM placed JOIN webhook_endpoint endpoint ON ${whose} AND endpoint.enabled AND ${isWanted('endpoint.types', 'placed.type')}
ORDER BY placed.position
ON CONFLICT DO NOTHING RETURNING id`
const itsFirms = 'endpoint.tenant = placed.tenant'

/**
 * Who is told of new positions: everybody whose feed moved on. Longer lists than NOTIFY can carry (8000 bytes) become empty: anybody.
 */
const tellSql = `SELECT pg_notify('yuchuang_notices', CASE WHEN length(said) > 7000 OR said = '${everybody}' THEN '' ELSE said END)
FROM (SELECT string_agg(DISTINCT tenant, ',') AS said FROM placed) AS about WHERE said IS NOT NULL`

const isNew = 'NOT EXISTS (SELECT FROM feed WHERE feed.source_id = event.declaration_id AND feed.number = event.number)'

/** @param bound where this turn ends at the latest, so that it costs the same however much there is */
const placeSql = (where: string, bound: string) => `
WITH bound AS (${bound}), fresh AS (
  SELECT event.transaction, event.declaration_id, event.number, event.type, event.at, declaration.tenant
  FROM event JOIN declaration ON declaration.id = event.declaration_id
  WHERE ${where} AND NOT EXISTS (SELECT FROM bound WHERE event.transaction > bound.transaction) AND ${isNew}
  ORDER BY event.transaction, event.declaration_id, event.number LIMIT $4
), placed AS (
  SELECT $2::bigint + row_number() OVER (ORDER BY transaction, declaration_id, number) AS position,
    declaration_id AS source_id, number, tenant, type, NULL::text AS data, at
  FROM fresh
), added AS (
  INSERT INTO feed (position, source_id, number, tenant, type, at)
  SELECT position, source_id, number, tenant, type, at FROM placed ORDER BY position
), queued AS (${queueSql(itsFirms)}), moved AS (
  UPDATE feed_head SET position = $2 + (SELECT count(*) FROM fresh),
    transaction = CASE WHEN (SELECT count(*) FROM fresh) < $4 AND NOT EXISTS (SELECT FROM bound) THEN $5::xid8
    ELSE coalesce((SELECT transaction FROM fresh ORDER BY transaction DESC LIMIT 1), (SELECT transaction FROM bound)) END
  WHERE $3::xid8 IS NOT NULL
), told AS (${tellSql})
SELECT (SELECT count(*) FROM fresh) >= $4 OR EXISTS (SELECT FROM bound) AS more,
  (SELECT count(*)::int FROM fresh) AS placed, (SELECT count(*)::int FROM queued) AS queued, (SELECT count(*) FROM told) AS told`

// The order that skips nothing: what a transaction still under way will have written has a number no smaller than the oldest such
// transaction's, and from there on nothing is taken yet. A position is given while the head is locked: who sees one sees all before it.
const inOrder = 'event.transaction >= $3::xid8 AND event.transaction < pg_snapshot_xmin(pg_current_snapshot())'
const placeInOrder = placeSql(
  inOrder,
  `SELECT transaction FROM event WHERE ${inOrder} AND ${isNew} ORDER BY transaction OFFSET $4 LIMIT 1`,
)
/** Few rows are looked for by an index, whatever the planner believes of a table that grew since it last looked. */
const fewSql = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off'
// A dump restored into another server brings numbers that this one has not come to. What is not in the feed is taken up then, whatever its number.
const placeAll = placeSql('true', 'SELECT NULL::xid8 AS transaction WHERE false')

/**
 * Puts events into the feed, and a notice of each into the lane of every endpoint that wants it: all of it, or nothing. One process
 * does it at a time; others pass.
 */
export async function placeEvents({ pool }: Database, at: Date, most: number = limits.feedBatch): Promise<Placed> {
  const { rows: looked } = await pool.query<{ news: boolean }>({
    name: 'feed-news',
    // The newest by the index: asked whether there is any at all, the planner would read the table from its beginning.
    text: `SELECT coalesce((SELECT transaction FROM event ORDER BY transaction DESC LIMIT 1) >= transaction, false)
             OR transaction > pg_snapshot_xmax(pg_current_snapshot()) AS news FROM feed_head`,
  })
  if (looked[0]?.news !== true) return { placed: 0, queued: 0, more: false, held: false }
  return transaction(pool, async (client) => {
    const { rows: heads } = await client.query<Head>(headSql)
    const [head] = heads
    if (head === undefined) return { placed: 0, queued: 0, more: false, held: true }
    // A statement of its own, begun after the lock: it sees what the one before us put there. What it leaves because it is still under
    // way has a number from the horizon on, which was taken before: there the next one begins.
    if (!head.ahead) await client.query(fewSql)
    const { rows } = await client.query<{ placed: number; queued: number; more: boolean }>(
      head.ahead ? placeAll : placeInOrder,
      [at, head.position, head.transaction, head.ahead ? limits.feedRestored : most, head.horizon],
    )
    const { placed = 0, queued = 0, more = false } = rows[0] ?? {}
    return { placed, queued, more, held: !more && placed === 0 && head.newer }
  })
}

export interface Placed {
  readonly placed: number
  readonly queued: number
  /** There is more to be had at once. */
  readonly more: boolean
  /** There may be more, which a transaction under way (or another process) is in the way of. */
  readonly held: boolean
}

interface Head {
  readonly position: number
  readonly transaction: string
  /** It comes from another server, whose transactions counted further. */
  readonly ahead: boolean
  /** Number of the oldest transaction under way. */
  readonly horizon: string
  /** There are events of transactions that nothing is taken of yet. */
  readonly newer: boolean
}
const headSql = `
SELECT position, transaction::text, transaction > pg_snapshot_xmax(pg_current_snapshot()) AS ahead,
  pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
  coalesce((SELECT transaction FROM event WHERE event.transaction < pg_snapshot_xmax(pg_current_snapshot())
    ORDER BY transaction DESC LIMIT 1) >= pg_snapshot_xmin(pg_current_snapshot()), false) AS newer
FROM feed_head FOR UPDATE SKIP LOCKED`

/** Puts an event of an endpoint's own, of a firm's, or of `everybody`, into the feed. */
export async function placeOwnEvent(
  client: Client,
  own: { sourceId: string; number: number; tenant: string; type: string; data: string },
  at: Date,
): Promise<void> {
  // A statement of its own: the one after it sees the endpoints that were made while the head was waited for.
  await client.query('SELECT FROM feed_head FOR UPDATE')
  await client.query(
    `WITH head AS (UPDATE feed_head SET position = position + 1 RETURNING position), placed AS (
       SELECT position, $2::text AS source_id, $3::int AS number, $4::text AS tenant, $5::text AS type, $6::text AS data, $1::timestamptz AS at FROM head
     ), added AS (
       INSERT INTO feed (position, source_id, number, tenant, type, data, at) SELECT position, source_id, number, tenant, type, data, at FROM placed
     ), queued AS (${queueSql(own.tenant === everybody ? 'true' : itsFirms)})
     ${tellSql}`,
    [at, own.sourceId, own.number, own.tenant, own.type, own.data],
  )
}

const pageSql = (whose: string) =>
  `SELECT * FROM feed WHERE feed.position > $2 AND (${whose}) AND ${isWanted('$3::text[]', 'feed.type')} ORDER BY feed.position LIMIT $4`

/**
 * Events after a position, in order, and where to go on from: the last one shown, or where the feed ended when all was shown.
 * @param filter `tenant`: what happened to that firm, and what everybody may know; undefined: all (operators); `type`: a name or `prefix.*`
 */
export async function readFeed(
  { pool }: Database,
  filter: { tenant: string | undefined; type: string | undefined; after: number; limit: number },
): Promise<{ rows: FeedRow[]; more: boolean; next: number; head: number }> {
  // The head and the rows from one snapshot: no position up to the head is missing.
  const { rows } = await pool.query<FeedRow & { head: number; position: number | null }>({
    name: 'read-feed',
    text: `SELECT feed_head.position AS head, page.* FROM feed_head LEFT JOIN LATERAL (
             SELECT feed.position, feed.source_id AS "sourceId", feed.number, feed.type, event.filing_id AS "filingId", feed.at,
               coalesce(feed.data, event.data) AS data, feed.data IS NOT NULL AS own
             FROM (
               -- Each by its own index, and no further than a page.
               (${pageSql('$1::text IS NULL OR feed.tenant = $1')}) UNION ALL (${pageSql(`$1::text IS NOT NULL AND feed.tenant = '${everybody}'`)})
             ) feed LEFT JOIN event ON event.declaration_id = feed.source_id AND event.number = feed.number
             ORDER BY feed.position LIMIT $4
           ) page ON true ORDER BY page.position`,
    values: [filter.tenant ?? null, filter.after, filter.type === undefined ? [] : [filter.type], filter.limit + 1],
  })
  const found = rows.filter((row): row is FeedRow & { head: number } => row.position !== null)
  const shown = found.slice(0, filter.limit)
  const more = found.length > filter.limit
  const head = rows[0]?.head ?? 0
  return { rows: shown, more, next: more ? (shown.at(-1)?.position ?? head) : head, head }
}

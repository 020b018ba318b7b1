import { limits } from '../limits.ts'
import { type Database, transaction } from './database.ts'
import { type EndpointRow, readEndpoint } from './endpoints.ts'
import { everybody, isWanted } from './feed.ts'

/** A notice as its receiver's owner sees it. */
export interface NoticeRow {
  readonly id: number
  readonly sourceId: string
  readonly number: number
  readonly type: string
  readonly status: 'waiting' | 'delivered' | 'exhausted' | 'dropped'
  readonly tries: number
  readonly dueAt: Date
  readonly createdAt: Date
  readonly settledAt: Date | null
  /** Its newest tries, oldest of them first. */
  readonly log: readonly {
    readonly number: number
    readonly at: string
    readonly status: number | null
    readonly latencyMs: number
    readonly excerpt: string | null
    readonly error: string | null
  }[]
}

export interface LogFilter {
  readonly before: number | undefined
  readonly status: string | undefined
  readonly event: EventId | undefined
  readonly limit: number
}
/** The id of an event in its two parts: `<source>.<number>`. */
export interface EventId {
  readonly sourceId: string
  readonly number: number
}

/** Notices of an endpoint, newest first. */
export async function readNotices({ pool }: Database, endpointId: string, filter: LogFilter): Promise<NoticeRow[]> {
  const { rows } = await pool.query<NoticeRow>(
    `SELECT id, source_id AS "sourceId", number, type, status, tries, due_at AS "dueAt", created_at AS "createdAt", settled_at AS "settledAt",
       coalesce((SELECT json_agg(json_build_object('number', number, 'at', at, 'status', status, 'latencyMs', latency_ms, 'excerpt', excerpt, 'error', error) ORDER BY number)
         FROM (SELECT * FROM notice_try WHERE notice_id = notice.id ORDER BY number DESC LIMIT $6) newest), '[]'::json) AS log
     FROM notice WHERE endpoint_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR status = $3)
       AND ($4::text IS NULL OR (source_id = $4 AND number = $5)) ORDER BY id DESC LIMIT $7`,
    [
      endpointId,
      filter.before ?? null,
      filter.status ?? null,
      filter.event?.sourceId ?? null,
      filter.event?.number ?? null,
      limits.noticeTriesShown,
      filter.limit,
    ],
  )
  return rows
}

/** What is asked for again: one event, or those of a time range that the endpoint wants. */
export type Again = { readonly event: EventId } | { readonly from: Date; readonly to: Date }

/** What came of it: how many are on their way; no such event; more than one request may ask for. */
export type SentAgain =
  | { readonly kind: 'queued'; readonly count: number }
  | { readonly kind: 'no-such-event' | 'too-many' | 'disabled' }

/**
 * Queues events again, those too that were never queued (the endpoint was disabled, or is younger than they). A notice keeps its
 * event's id: who has seen it knows it. One that is being sent just now is not sent twice.
 */
export async function sendAgain(
  { pool }: Database,
  about: { readonly id: string; readonly tenant: string },
  again: Again,
  at: Date,
): Promise<SentAgain | undefined> {
  return transaction(pool, async (client) => {
    // The endpoint first, then its notices by id, as everybody does.
    await client.query('SELECT FROM webhook_endpoint WHERE id = $1 FOR SHARE', [about.id])
    const endpoint: EndpointRow | undefined = await readEndpoint(client, about, at)
    if (endpoint === undefined) return undefined
    if (!endpoint.enabled) return { kind: 'disabled' }
    const one = 'event' in again ? again.event : undefined
    const range = 'event' in again ? undefined : again
    const { rows: wanted } = await client.query<{ position: number }>(
      `SELECT position FROM feed WHERE tenant IN ($1, '${everybody}') AND ($2::text IS NULL OR (source_id = $2 AND number = $3))
         AND ($4::timestamptz IS NULL OR (at >= $4 AND at < $5 AND ${isWanted('$6::text[]', 'type')})) ORDER BY position LIMIT $7`,
      [
        endpoint.tenant,
        one?.sourceId ?? null,
        one?.number ?? null,
        range?.from ?? null,
        range?.to ?? null,
        endpoint.types,
        limits.redeliveries + 1,
      ],
    )
    if (one !== undefined && wanted.length === 0) return { kind: 'no-such-event' }
    if (wanted.length > limits.redeliveries) return { kind: 'too-many' }
    const values = [endpoint.id, wanted.map(({ position }) => position), at]
    await client.query(
      `SELECT FROM notice JOIN feed USING (source_id, number) WHERE endpoint_id = $1 AND position = ANY($2) ORDER BY notice.id FOR UPDATE OF notice`,
      values.slice(0, 2),
    )
    await client.query(
      `WITH placed AS (SELECT * FROM feed WHERE position = ANY($2)), again AS (
         UPDATE notice SET status = 'waiting', due_at = $3, step = 0, settled_at = NULL FROM placed
         WHERE endpoint_id = $1 AND notice.source_id = placed.source_id AND notice.number = placed.number AND lease_until IS NULL
       ), told AS (SELECT pg_notify('yuchuang_notices', ''))
       INSERT INTO notice (endpoint_id, source_id, number, type, at, data, due_at, created_at)
       SELECT $1, source_id, number, type, at, data, $3, $3 FROM placed WHERE (SELECT count(*) FROM told) > 0 ORDER BY position
       ON CONFLICT DO NOTHING`,
      values,
    )
    return { kind: 'queued', count: wanted.length }
  })
}

/** Queues a test event for one endpoint alone: it is nobody's news and stands in no feed. */
export async function ping(
  { pool }: Database,
  about: { readonly id: string; readonly tenant: string },
  at: Date,
): Promise<
  { readonly kind: 'queued'; readonly event: EventId } | { readonly kind: 'too-many' | 'disabled' } | undefined
> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ number: number; enabled: boolean }>(
      `UPDATE webhook_endpoint SET event_count = event_count + 1 WHERE id = $1 AND tenant = $2 AND deleted_at IS NULL
       RETURNING event_count AS number, enabled`,
      [about.id, about.tenant],
    )
    const [endpoint] = rows
    if (endpoint === undefined) return undefined
    if (!endpoint.enabled) return { kind: 'disabled' }
    const { rowCount } = await client.query(
      `INSERT INTO notice (endpoint_id, source_id, number, type, at, data, due_at, created_at)
       SELECT $1, $1, $2, 'endpoint.ping', $3, $4, $3, $3
       WHERE (SELECT count(*) FROM notice WHERE endpoint_id = $1 AND status = 'waiting' AND type = 'endpoint.ping') < $5`,
      [about.id, endpoint.number, at, JSON.stringify({ endpoint: about.id }), limits.pingsWaiting],
    )
    if (rowCount === 0) return { kind: 'too-many' }
    await client.query("SELECT pg_notify('yuchuang_notices', '')")
    return { kind: 'queued', event: { sourceId: about.id, number: endpoint.number } }
  })
}

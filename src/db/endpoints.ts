import { limits } from '../limits.ts'
import { type Client, type Database, type Queryable, transaction } from './database.ts'
import { placeOwnEvent } from './feed.ts'

/** An endpoint with its secrets, as it is kept. */
export interface EndpointRow {
  readonly id: string
  readonly tenant: string
  readonly url: string
  readonly description: string | null
  readonly types: readonly string[]
  readonly enabled: boolean
  readonly disabledBecause: Disabled | null
  readonly disabledAt: Date | null
  readonly failingSince: Date | null
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Newest first, without those whose overlap is over. */
  readonly secrets: readonly {
    readonly number: number
    readonly sealed: string
    readonly createdAt: string
    readonly validUntil: string | null
  }[]
}
/** Why nothing is sent: its owner switched it off, it answered 410, it failed for too long. */
export type Disabled = 'owner' | 'gone' | 'failing'

const viewSql = `
SELECT id, tenant, url, description, types, enabled, disabled_because AS "disabledBecause", disabled_at AS "disabledAt",
  failing_since AS "failingSince", revision, created_at AS "createdAt", updated_at AS "updatedAt",
  (SELECT json_agg(json_build_object('number', number, 'sealed', sealed, 'createdAt', created_at, 'validUntil', valid_until) ORDER BY number DESC)
   FROM webhook_secret WHERE endpoint_id = endpoint.id AND (valid_until IS NULL OR valid_until > $1)) AS secrets
FROM webhook_endpoint endpoint WHERE deleted_at IS NULL`

/** Endpoints of a firm, oldest first. */
export async function listEndpoints({ pool }: Database, tenant: string, at: Date): Promise<EndpointRow[]> {
  const { rows } = await pool.query<EndpointRow>(`${viewSql} AND tenant = $2 ORDER BY id`, [at, tenant])
  return rows
}

/** One endpoint of a firm; undefined when it is not there or somebody else's. */
export async function readEndpoint(
  client: Queryable,
  { id, tenant }: { id: string; tenant: string },
  at: Date,
): Promise<EndpointRow | undefined> {
  const { rows } = await client.query<EndpointRow>(`${viewSql} AND tenant = $2 AND id = $3`, [at, tenant, id])
  return rows[0]
}

/** Holds an endpoint for a change, until the transaction ends. */
async function lockEndpoint(client: Client, about: { id: string; tenant: string }, at: Date) {
  await client.query('SELECT FROM webhook_endpoint WHERE id = $1 FOR UPDATE', [about.id])
  return readEndpoint(client, about, at)
}

export interface NewEndpoint {
  readonly id: string
  readonly tenant: string
  readonly url: string
  readonly description: string | undefined
  readonly types: readonly string[]
  readonly enabled: boolean
  readonly sealed: string
}

/** Makes an endpoint with its first secret; false when its firm has as many as it may. */
export async function makeEndpoint(client: Client, endpoint: NewEndpoint, at: Date): Promise<boolean> {
  // Endpoints of one firm are counted by one at a time.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhook_endpoint ${endpoint.tenant}`])
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM webhook_endpoint WHERE tenant = $1 AND deleted_at IS NULL',
    [endpoint.tenant],
  )
  if ((rows[0]?.count ?? 0) >= limits.webhookEndpoints) return false
  const { id, tenant, url, description, types, enabled, sealed } = endpoint
  await client.query(
    `WITH secret AS (INSERT INTO webhook_secret (endpoint_id, number, sealed, created_at) VALUES ($1, 1, $7, $8))
     INSERT INTO webhook_endpoint (id, tenant, url, description, types, enabled, disabled_because, disabled_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $6 THEN NULL ELSE 'owner' END, CASE WHEN $6 THEN NULL ELSE $8::timestamptz END, $8, $8)`,
    [id, tenant, url, description ?? null, types, enabled, sealed, at],
  )
  return true
}

export interface EndpointChange {
  readonly url?: string | undefined
  /** Null takes it away. */
  readonly description?: string | null | undefined
  readonly types?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

/**
 * Changes an endpoint. Enabled anew or at a new address it starts without its failures; disabled, what waits for it is dropped.
 * @param check refuses by throwing, before anything is changed
 */
export async function changeEndpoint(
  { pool }: Database,
  about: { id: string; tenant: string },
  change: EndpointChange,
  check: (before: EndpointRow) => void,
  at: Date,
): Promise<EndpointRow | undefined> {
  return transaction(pool, async (client) => {
    const before = await lockEndpoint(client, about, at)
    if (before === undefined) return undefined
    check(before)
    const after = {
      ...before,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    }
    const fresh = (after.enabled && !before.enabled) || after.url !== before.url
    await client.query(
      `UPDATE webhook_endpoint SET url = $2, description = $3, types = $4, enabled = $5, revision = revision + 1, updated_at = $7,
         disabled_because = CASE WHEN $5 THEN NULL ELSE coalesce(disabled_because, 'owner') END,
         disabled_at = CASE WHEN $5 THEN NULL ELSE coalesce(disabled_at, $7) END,
         failures = CASE WHEN $6 THEN 0 ELSE failures END, failing_since = CASE WHEN $6 THEN NULL ELSE failing_since END,
         rest_until = CASE WHEN $6 THEN NULL ELSE rest_until END
       WHERE id = $1`,
      [before.id, after.url, after.description, after.types, after.enabled, fresh, at],
    )
    if (!after.enabled) await dropNotices(client, before.id, at)
    return readEndpoint(client, about, at)
  })
}

/** Takes an endpoint away: nothing more is sent to it. Its log goes bit by bit. */
export async function deleteEndpoint(
  { pool }: Database,
  about: { id: string; tenant: string },
  check: (before: EndpointRow) => void,
  at: Date,
): Promise<boolean> {
  return transaction(pool, async (client) => {
    const before = await lockEndpoint(client, about, at)
    if (before === undefined) return false
    check(before)
    await client.query('UPDATE webhook_endpoint SET deleted_at = $2, enabled = false WHERE id = $1', [before.id, at])
    await client.query('DELETE FROM webhook_secret WHERE endpoint_id = $1', [before.id])
    await dropNotices(client, before.id, at)
    return true
  })
}

/** Adds a secret; those before it sign on until their overlap is over. `too-many`: as many as may be valid at once. */
export async function rotateSecret(
  { pool }: Database,
  about: { id: string; tenant: string },
  sealed: string,
  at: Date,
): Promise<{ readonly kind: 'rotated' | 'too-many'; readonly endpoint: EndpointRow } | undefined> {
  return transaction(pool, async (client) => {
    const before = await lockEndpoint(client, about, at)
    if (before === undefined) return undefined
    if (before.secrets.length >= limits.webhookSecrets) return { kind: 'too-many', endpoint: before }
    await client.query('DELETE FROM webhook_secret WHERE endpoint_id = $1 AND valid_until <= $2', [before.id, at])
    await client.query('UPDATE webhook_secret SET valid_until = $2 WHERE endpoint_id = $1 AND valid_until IS NULL', [
      before.id,
      new Date(at.getTime() + limits.webhookOverlapMs),
    ])
    const newest = before.secrets[0]?.number ?? 0
    await client.query('INSERT INTO webhook_secret (endpoint_id, number, sealed, created_at) VALUES ($1, $2, $3, $4)', [
      before.id,
      newest + 1,
      sealed,
      at,
    ])
    await client.query('UPDATE webhook_endpoint SET revision = revision + 1, updated_at = $2 WHERE id = $1', [
      before.id,
      at,
    ])
    const endpoint = await readEndpoint(client, about, at)
    return endpoint && { kind: 'rotated', endpoint }
  })
}

/** What waits for an endpoint is not sent any more. What is under way just now ends by itself. */
export async function dropNotices(client: Client, endpointId: string, at: Date): Promise<void> {
  await client.query(
    `UPDATE notice SET status = 'dropped', settled_at = $2 WHERE id IN (
       SELECT id FROM notice WHERE endpoint_id = $1 AND status = 'waiting' AND lease_until IS NULL FOR UPDATE SKIP LOCKED)`,
    [endpointId, at],
  )
}

/** Disables an endpoint that is gone or has failed for too long, and says so in its firm's feed and at its other endpoints. */
export async function disableEndpoint(
  client: Client,
  id: string,
  because: Exclude<Disabled, 'owner'>,
  at: Date,
): Promise<void> {
  const { rows } = await client.query<{ tenant: string; url: string; number: number; failing_since: Date | null }>(
    `UPDATE webhook_endpoint SET enabled = false, disabled_because = $2, disabled_at = $3, revision = revision + 1, updated_at = $3,
       event_count = event_count + 1
     WHERE id = $1 AND enabled RETURNING tenant, url, event_count AS number, failing_since`,
    [id, because, at],
  )
  const [endpoint] = rows
  if (endpoint === undefined) return
  await dropNotices(client, id, at)
  await client.query('UPDATE notice_tally SET disabled = disabled + 1')
  const { tenant, url, number, failing_since: since } = endpoint
  const data = JSON.stringify({
    endpoint: id,
    url,
    because,
    ...(since === null ? {} : { failingSince: since.toISOString() }),
  })
  await placeOwnEvent(client, { sourceId: id, number, tenant, type: 'endpoint.disabled', data }, at)
}

import { type Client, type Database, type Queryable, transaction } from './database.ts'
import { insertKey, type Maker, type NewKey, type Role } from './keys.ts'

/** A key as it is kept 接口密钥: all but what it is. */
export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tenant: string | null
  readonly agency: string | null
  readonly hint: string | null
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly lastUsedOn: string | null
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly replaces: string | null
  readonly replacedBy: string | null
}
export interface KeyStep {
  readonly what: 'made' | 'replaced' | 'revoked'
  readonly by: string | null
  readonly byKey: string | null
  readonly at: Date
}

/** Whose keys are meant; what is undefined is any, null is none. */
export interface KeyScope {
  readonly role?: Role | undefined
  readonly tenant?: string | null | undefined
  readonly agency?: string | null | undefined
}

const viewSql = `
SELECT id, name, role, tenant, agency, hint, created_by AS "createdBy", created_at AS "createdAt", last_used_on::text AS "lastUsedOn",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", replaces, (SELECT id FROM api_key next WHERE next.replaces = api_key.id) AS "replacedBy"
FROM api_key`
/** Parameters 1 to 3. */
const scopeSql = `($1::text IS NULL OR role = $1) AND ($2::text IS NULL OR coalesce(tenant, '') = $2) AND ($3::text IS NULL OR coalesce(agency, '') = $3)`
const scopeValues = ({ role, tenant, agency }: KeyScope) => [
  role ?? null,
  tenant === null ? '' : (tenant ?? null),
  agency === null ? '' : (agency ?? null),
]
const live = '(revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $4))'

/** Keys, newest first. @param before the id of the last of the page before */
export async function listKeys(
  { pool }: Database,
  asked: { scope: KeyScope; state: 'active' | 'ended' | undefined; before: string | undefined; limit: number },
  at: Date,
): Promise<KeyRow[]> {
  const { scope, state, before, limit } = asked
  const { rows } = await pool.query<KeyRow>(
    `${viewSql} WHERE ${scopeSql} AND ($5::text IS NULL OR ($5 = 'active') = ${live}) AND ($6::text IS NULL OR id < $6)
     ORDER BY id DESC LIMIT $7`,
    [...scopeValues(scope), at, state ?? null, before ?? null, limit],
  )
  return rows
}

/** One key of a scope; undefined when it is not there or somebody else's. */
export async function readKey(client: Queryable, scope: KeyScope, id: string): Promise<KeyRow | undefined> {
  const { rows } = await client.query<KeyRow>(`${viewSql} WHERE ${scopeSql} AND id = $4`, [...scopeValues(scope), id])
  return rows[0]
}

/** The key somebody has shown. */
export async function readShownKey({ pool }: Database, keyHash: string): Promise<KeyRow | undefined> {
  const { rows } = await pool.query<KeyRow>(`${viewSql} WHERE hash = $1`, [keyHash])
  return rows[0]
}

/** Whoever acts on keys, with the end of the key they do it with: it passes on no more than it has. */
export interface Actor extends Maker {
  readonly expiresAt: Date | null
}
/** Whether a key lasts longer than the one that is to act on it. */
export const outlasts = (expiresAt: Date | null, { expiresAt: own }: Pick<Actor, 'expiresAt'>): boolean =>
  own !== null && (expiresAt === null || expiresAt > own)

/** What was done with a key, oldest first. */
export async function readKeySteps({ pool }: Database, id: string): Promise<KeyStep[]> {
  const { rows } = await pool.query<KeyStep>(
    'SELECT what, by, by_key AS "byKey", at FROM api_key_step WHERE key_id = $1 ORDER BY number',
    [id],
  )
  return rows
}

/** Keys are counted, ended and replaced by one at a time: nobody ends the last but one while another ends the last. */
const hold = (client: Client) => client.query("SELECT pg_advisory_xact_lock(hashtextextended('api_key', 0))")

/** Makes a key, in the caller's transaction; false when its holder has as many as it may. */
export async function addKey(client: Client, made: NewKey, most: number, at: Date): Promise<boolean> {
  await hold(client)
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM api_key WHERE ${scopeSql} AND ${live}`,
    [...scopeValues({ role: made.role, tenant: made.tenant ?? null, agency: made.agency ?? null }), at],
  )
  if ((rows[0]?.count ?? 0) >= most) return false
  await insertKey(client, made, at)
  return true
}

/**
 * Ends a key at once, with the sessions that were begun with it. Ended twice it was ended once.
 * @returns `last`: no administrator's key would be left that lasts as long; `beyond`: it lasts longer than the key it is to be ended with
 */
export async function endKey(
  { pool }: Database,
  scope: KeyScope,
  id: string,
  by: Actor,
  at: Date,
): Promise<'ended' | 'last' | 'beyond' | undefined> {
  return transaction(pool, async (client) => {
    await hold(client)
    const row = await readKey(client, scope, id)
    if (row === undefined) return undefined
    if (row.revokedAt !== null) return 'ended'
    if (outlasts(row.expiresAt, by)) return 'beyond'
    if (row.role === 'admin' && isLive(row, at)) {
      const { rows } = await client.query<{ others: boolean }>(
        `SELECT EXISTS (SELECT FROM api_key WHERE role = 'admin' AND id <> $1 AND revoked_at IS NULL
           AND (expires_at IS NULL OR expires_at >= $2)) AS others`,
        [id, row.expiresAt],
      )
      if (rows[0]?.others !== true) return 'last'
    }
    await client.query('UPDATE api_key SET revoked_at = $2 WHERE id = $1', [id, at])
    await client.query('DELETE FROM web_session WHERE key_hash = (SELECT hash FROM api_key WHERE id = $1)', [id])
    await addStep(client, id, 'revoked', by, {}, at)
    return 'ended'
  })
}

/**
 * Puts a new key in the place of another, in the caller's transaction: the old one ends at an instant, unless it ends before.
 * @returns `over`: it has ended or was replaced already; `too-many`: its holder has as many as it may; `beyond`: it lasts longer than the key this
 * is asked with
 */
export async function replaceKey(
  client: Client,
  wanted: { scope: KeyScope; id: string; fresh: { id: string; key(role: Role): string }; endsAt: Date; most: number },
  by: Actor,
  at: Date,
): Promise<'replaced' | 'over' | 'too-many' | 'beyond' | undefined> {
  await hold(client)
  const { scope, id, fresh, endsAt, most } = wanted
  const row = await readKey(client, scope, id)
  if (row === undefined) return undefined
  if (!isLive(row, at) || row.replacedBy !== null) return 'over'
  if (outlasts(row.expiresAt, by)) return 'beyond'
  const { name, role, tenant, agency, expiresAt } = row
  const made = {
    id: fresh.id,
    key: fresh.key(role),
    name,
    role,
    tenant: tenant ?? undefined,
    agency: agency ?? undefined,
    expiresAt: expiresAt ?? undefined,
    replaces: id,
    by,
  }
  if (!(await addKey(client, made, most, at))) return 'too-many'
  const until = expiresAt !== null && expiresAt < endsAt ? expiresAt : endsAt
  await client.query('UPDATE api_key SET expires_at = $2 WHERE id = $1', [id, until])
  await addStep(client, id, 'replaced', by, { key: fresh.id, until: until.toISOString() }, at)
  return 'replaced'
}

/** Whether a key opens anything. */
export const isLive = ({ revokedAt, expiresAt }: KeyRow, at: Date): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > at)

const addStep = (client: Client, id: string, what: KeyStep['what'], by: Maker, data: object, at: Date) =>
  client.query(
    `INSERT INTO api_key_step (key_id, number, what, by, by_key, data, at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, (SELECT id FROM api_key WHERE hash = $4), $5, $6 FROM api_key_step WHERE key_id = $1`,
    [id, what, by.name, by.keyHash, JSON.stringify(data), at],
  )

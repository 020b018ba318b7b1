import { createHash, randomBytes } from 'node:crypto'
import { type Database, type Queryable, transaction } from './database.ts'
import { newId } from './ids.ts'

export const roles = ['trader', 'agency', 'admin', 'integrator', 'payee', 'carrier', 'bank'] as const
export type Role = (typeof roles)[number]

/** Who calls: a role, and the firm (统一社会信用代码) or the agency it acts for. */
export interface Caller {
  readonly name: string
  readonly role: Role
  readonly tenant: string | undefined
  readonly agency: string | undefined
  /** Hash of the key: names it in logs and limits without telling it. */
  readonly keyHash: string
}

/** Whose a key is to be. */
export interface Holder {
  readonly name: string
  readonly role: Role
  readonly tenant?: string | undefined
  readonly agency?: string | undefined
  /** When the key ends by itself. */
  readonly expiresAt?: Date | undefined
}

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** A key nobody has yet: 192 random bits behind what tells people and scanners what it is. */
export const newKey = (role: Role): string => `yc_${role}_${randomBytes(24).toString('base64url')}`

/** Characters of a key that are kept, for whoever has it to know it again: 168 bits stay unknown. */
const hintCharacters = 4

/** Who has a key made; absent: the operator, by the command line. */
export interface Maker {
  readonly name: string
  readonly keyHash: string
}
export interface NewKey extends Holder {
  readonly id: string
  readonly key: string
  /** Id of the key it is made in the place of. */
  readonly replaces?: string | undefined
  readonly by?: Maker | undefined
}

/** Writes down a key, as its hash, and that it was made. */
export async function insertKey(client: Queryable, made: NewKey, at: Date): Promise<void> {
  const { id, key, name, role, tenant, agency, expiresAt, replaces, by } = made
  await client.query(
    `WITH step AS (INSERT INTO api_key_step (key_id, number, what, by, by_key, at)
       VALUES ($1, 1, 'made', $8, (SELECT id FROM api_key WHERE hash = $11), $9))
     INSERT INTO api_key (id, hash, hint, name, role, tenant, agency, created_by, created_at, expires_at, replaces)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12)`,
    [
      id,
      hashOfKey(key),
      key.slice(-hintCharacters),
      name,
      role,
      tenant ?? null,
      agency ?? null,
      by?.name ?? null,
      at,
      expiresAt ?? null,
      by?.keyHash ?? null,
      replaces ?? null,
    ],
  )
}

/** Makes a key; it is shown now and never again. */
export async function makeKey({ pool }: Database, holder: Holder): Promise<string> {
  const key = newKey(holder.role)
  const at = new Date()
  await insertKey(pool, { ...holder, id: newId(at.getTime()), key }, at)
  return key
}

/** Whose key it is; undefined when nobody's, revoked or over. Found by its hash: comparing the key itself never happens. */
export async function callerOf({ pool }: Database, key: string, at = new Date()): Promise<Caller | undefined> {
  const hash = hashOfKey(key)
  const { rows } = await pool.query<{ name: string; role: Role; tenant: string | null; agency: string | null }>({
    name: 'caller',
    text: `SELECT name, role, tenant, agency FROM api_key
           WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
    values: [hash, at],
  })
  const row = rows[0]
  return (
    row && {
      name: row.name,
      role: row.role,
      tenant: row.tenant ?? undefined,
      agency: row.agency ?? undefined,
      keyHash: hash,
    }
  )
}

/** Notes on which day (Asia/Shanghai) a key was last shown. */
export async function noteUse({ pool }: Database, keyHash: string, day: string): Promise<void> {
  await pool.query(
    'UPDATE api_key SET last_used_on = $2 WHERE hash = $1 AND (last_used_on IS NULL OR last_used_on < $2)',
    [keyHash, day],
  )
}

/** Whether any key was ever made. */
export async function anyKey({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM api_key) AS any')
  return rows[0]?.any ?? false
}

/** Ends a key at once (a process that has just seen it forgets it within seconds). */
export async function revokeKey({ pool }: Database, key: string): Promise<void> {
  await transaction(pool, async (client) => {
    // A statement of its own: the one after it sees the steps of whoever held the key before.
    await client.query('SELECT FROM api_key WHERE hash = $1 FOR UPDATE', [hashOfKey(key)])
    await client.query(
      `WITH ended AS (UPDATE api_key SET revoked_at = $2 WHERE hash = $1 AND revoked_at IS NULL RETURNING id)
     INSERT INTO api_key_step (key_id, number, what, at)
     SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM api_key_step WHERE key_id = id), 'revoked', $2 FROM ended`,
      [hashOfKey(key), new Date()],
    )
  })
}

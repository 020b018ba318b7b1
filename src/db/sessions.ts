import { randomBytes } from 'node:crypto'
import { limits } from '../limits.ts'
import type { Database } from './database.ts'
import { type Caller, callerOf, hashOfKey, type Role } from './keys.ts'

/** Somebody who signed in. */
export interface Opened {
  /** For the browser's cookie. */
  readonly token: string
  readonly caller: Caller
}

/** Signs somebody in with a key; undefined when the key is nobody's. */
export async function openSession(database: Database, key: string, at: Date): Promise<Opened | undefined> {
  const caller = await callerOf(database, key, at)
  if (caller === undefined) return undefined
  const token = `ycs_${randomBytes(24).toString('base64url')}`
  await database.pool.query('DELETE FROM web_session WHERE expires_at < $1', [at])
  await database.pool.query(
    'INSERT INTO web_session (token_hash, key_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [hashOfKey(token), caller.keyHash, at, new Date(at.getTime() + limits.sessionMs)],
  )
  return { token, caller }
}

/** Who signed in with a token; undefined when nobody did, when it is over, or when the key was revoked or is over. */
export async function callerOfSession({ pool }: Database, token: string, at: Date): Promise<Caller | undefined> {
  const { rows } = await pool.query<{
    name: string
    role: Role
    tenant: string | null
    agency: string | null
    hash: string
  }>({
    name: 'caller-of-session',
    text: `SELECT name, role, tenant, agency, hash FROM web_session JOIN api_key ON hash = key_hash
           WHERE token_hash = $1 AND web_session.expires_at > $2 AND revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > $2)`,
    values: [hashOfKey(token), at],
  })
  const [row] = rows
  return (
    row && {
      name: row.name,
      role: row.role,
      tenant: row.tenant ?? undefined,
      agency: row.agency ?? undefined,
      keyHash: row.hash,
    }
  )
}

/** Signs out. */
export async function closeSession({ pool }: Database, token: string): Promise<void> {
  await pool.query('DELETE FROM web_session WHERE token_hash = $1', [hashOfKey(token)])
}

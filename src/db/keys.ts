import { createHash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

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

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Makes a key; it is shown now and never again. */
export async function makeKey(
  database: Database,
  holder: { name: string; role: Role; tenant?: string; agency?: string },
): Promise<string> {
  const key = `yc_${holder.role}_${randomBytes(24).toString('base64url')}`
  const { apiKey } = await import('./tables.ts')
  const orm = await database.orm()
  await orm.insert(apiKey).values({
    hash: hashOfKey(key),
    name: holder.name,
    role: holder.role,
    tenant: holder.tenant ?? null,
    agency: holder.agency ?? null,
  })
  return key
}

/** Whose key it is; undefined when nobody's or revoked. Found by its hash: comparing the key itself never happens. */
export async function callerOf({ pool }: Database, key: string): Promise<Caller | undefined> {
  const hash = hashOfKey(key)
  const { rows } = await pool.query<{ name: string; role: Role; tenant: string | null; agency: string | null }>({
    name: 'caller',
    text: 'SELECT name, role, tenant, agency FROM api_key WHERE hash = $1 AND revoked_at IS NULL',
    values: [hash],
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

/** Whether any key was ever made. */
export async function anyKey({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM api_key) AS any')
  return rows[0]?.any ?? false
}

/** Ends a key at once (a process that has just seen it forgets it within seconds). */
export async function revokeKey(database: Database, key: string): Promise<void> {
  const [{ eq }, { apiKey }, orm] = await Promise.all([import('drizzle-orm'), import('./tables.ts'), database.orm()])
  await orm
    .update(apiKey)
    .set({ revokedAt: new Date() })
    .where(eq(apiKey.hash, hashOfKey(key)))
}

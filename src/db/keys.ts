import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from './database.ts'
import { apiKey } from './tables.ts'

export const roles = ['trader', 'agency', 'admin', 'integrator'] as const
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
export async function makeKey({ orm }: Database, holder: { name: string; role: Role; tenant?: string; agency?: string }): Promise<string> {
  const key = `yc_${holder.role}_${randomBytes(24).toString('base64url')}`
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
export async function callerOf({ orm }: Database, key: string): Promise<Caller | undefined> {
  const hash = hashOfKey(key)
  const [row] = await orm
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.hash, hash), isNull(apiKey.revokedAt)))
  return (
    row && { name: row.name, role: row.role as Role, tenant: row.tenant ?? undefined, agency: row.agency ?? undefined, keyHash: hash }
  )
}

/** Whether any key was ever made. */
export async function anyKey({ orm }: Database): Promise<boolean> {
  return (await orm.select({ hash: apiKey.hash }).from(apiKey).limit(1)).length > 0
}

/** Ends a key at once (a process that has just seen it forgets it within seconds). */
export async function revokeKey({ orm }: Database, key: string): Promise<void> {
  await orm.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.hash, hashOfKey(key)))
}

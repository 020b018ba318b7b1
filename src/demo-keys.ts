import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from './db/database.ts'
import { anyKey, makeKey, revokeKey } from './db/keys.ts'

export interface DemoKeys {
  readonly trader: string
  readonly integrator: string
  readonly admin: string
  /** Made just now, or read from the file the first start left. */
  readonly made: boolean
}

/** The invented broker whose declarations the samples are. Its code carries a valid check character and belongs to nobody. */
export const demoTenant = '91500112MA5U0B0037'

/**
 * Demo keys: made at the first start of the embedded default only, never on a database somebody pointed us at. The database
 * keeps hashes; the keys themselves stay in a file that only the owner of the folder can read.
 */
export async function demoKeys(database: Database, folder: string, isEmbedded: boolean): Promise<DemoKeys | undefined> {
  if (!isEmbedded) return undefined
  const file = join(folder, 'demo-keys.json')
  const fresh = !(await anyKey(database))
  if (!fresh)
    return existsSync(file) ? { ...(JSON.parse(await readFile(file, 'utf8')) as DemoKeys), made: false } : undefined
  const keys = {
    trader: await makeKey(database, { name: 'demo broker', role: 'trader', tenant: demoTenant }),
    integrator: await makeKey(database, { name: 'demo integrator', role: 'integrator', tenant: demoTenant }),
    admin: await makeKey(database, { name: 'demo admin', role: 'admin' }),
  }
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  return { ...keys, made: true }
}

/** A trader's key for one story on a database of somebody's own; `forget` revokes it. */
export async function temporaryKey(database: Database): Promise<{ key: string; forget(): Promise<void> }> {
  const key = await makeKey(database, { name: 'story', role: 'trader', tenant: demoTenant })
  return { key, forget: () => revokeKey(database, key) }
}

import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from './db/database.ts'
import { anyKey, makeKey, type Role, revokeKey } from './db/keys.ts'

/** The invented broker whose declarations the samples are. Its code carries a valid check character and belongs to nobody. */
export const demoTenant = '91500112MA5U0B0037'
/** The invented terminal at Guoyuan 果园港 whose fees stand in the demonstration catalogue; nobody's code either. */
export const demoPayee = '91500199MAYCX0017T'

/** The invented operator of trains and barges who tells where goods are and issues single documents, and the invented bank that may hold them. */
export const demoCarrier = 'DEMO-CARRIER'
export const demoBank = 'DEMO-BANK'

/** Whose keys they are. One admin drafts an edition of the fee catalogue, the officer approves it: nobody approves their own. */
const holders = {
  trader: { name: 'demo broker', role: 'trader', tenant: demoTenant },
  integrator: { name: 'demo integrator', role: 'integrator', tenant: demoTenant },
  admin: { name: 'demo admin', role: 'admin' },
  officer: { name: 'demo officer', role: 'admin' },
  payee: { name: 'demo terminal', role: 'payee', tenant: demoPayee },
  carrier: { name: 'demo carrier', role: 'carrier', tenant: demoCarrier },
  bank: { name: 'demo bank', role: 'bank', tenant: demoBank },
} as const satisfies { readonly [name: string]: { name: string; role: Role; tenant?: string } }
type Keys = { readonly [H in keyof typeof holders]: string }

export interface DemoKeys extends Keys {
  /** Made just now, or read from the file the first start left. */
  readonly made: boolean
}

/**
 * Demo keys: made at the first start of the embedded default only, never on a database somebody pointed us at. The database
 * keeps hashes; the keys themselves stay in a file that only the owner of the folder can read. A file of an older version gets what it lacks.
 */
export async function demoKeys(database: Database, folder: string, isEmbedded: boolean): Promise<DemoKeys | undefined> {
  if (!isEmbedded) return undefined
  const file = join(folder, 'demo-keys.json')
  const fresh = !(await anyKey(database))
  if (!fresh && !existsSync(file)) return undefined
  const kept = fresh ? {} : (JSON.parse(await readFile(file, 'utf8')) as Partial<Keys>)
  const names = Object.keys(holders) as (keyof Keys)[]
  const missing = names.filter((name) => kept[name] === undefined)
  const made = await Promise.all(missing.map(async (name) => [name, await makeKey(database, holders[name])] as const))
  const all = { ...kept, ...(Object.fromEntries(made) as Partial<Keys>) } as Keys
  const keys = Object.fromEntries(names.map((name) => [name, all[name]])) as Keys
  if (missing.length > 0) {
    await mkdir(folder, { recursive: true })
    // Whole or not at all: a start that dies here leaves the file that was.
    await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  return { ...keys, made: fresh }
}

/** A trader's key for one story on a database of somebody's own; `forget` revokes it. */
export async function temporaryKey(database: Database): Promise<{ key: string; forget(): Promise<void> }> {
  const key = await makeKey(database, { name: 'story', role: 'trader', tenant: demoTenant })
  return { key, forget: () => revokeKey(database, key) }
}

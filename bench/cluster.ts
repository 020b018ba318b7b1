import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../src/db/database.ts'
import { startEmbeddedPostgres } from '../src/db/embedded.ts'
import { makeKey } from '../src/db/keys.ts'
import { tenant } from './declaration.ts'

/** A database with all tables, and a trader's key for it. */
export interface Ground {
  readonly url: string
  readonly database: Database
  readonly key: string
  /** What a gateway or worker process needs of its environment. */
  readonly env: Record<string, string>
}

/** A PostgreSQL server for one run: durable as in production, gone at the end. */
export interface Cluster {
  readonly version: string
  create(name: string): Promise<Ground>
  stop(): Promise<void>
}

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'yuchuang-bench-'))
  // PostgreSQL may run as another user, who must reach its folder.
  await chmod(folder, 0o711)
  const server = await startEmbeddedPostgres({ folder })
  const opened: Database[] = []
  const open = async (url: string) => {
    const database = await openDatabase(url, (error) => console.error(error.message))
    opened.push(database)
    return database
  }
  const main = await open(server.url)
  const { rows } = await main.pool.query<{ version: string }>("SELECT current_setting('server_version') AS version")
  return {
    version: rows[0]?.version ?? 'unknown',
    async create(name) {
      await main.pool.query(`CREATE DATABASE ${name}`)
      const url = server.url.replace(/\/[^/]*$/, `/${name}`)
      const database = await open(url)
      const key = await makeKey(database, { name: 'bench', role: 'trader', tenant })
      return { url, database, key, env: { DATABASE_URL: url, RATE_PER_MINUTE: '100000000' } }
    },
    async stop() {
      for (const database of opened.reverse()) await database.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

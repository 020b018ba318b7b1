import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { limits } from '../limits.ts'
import type * as tables from './tables.ts'

/** The database: drizzle for ordinary queries, the pool for the statements where every microsecond counts. */
export interface Database {
  readonly pool: pg.Pool
  /** Drizzle, imported when it is first used: that takes most of a second, and a start without migrations never needs it. */
  orm(): Promise<NodePgDatabase<typeof tables>>
  /** Listens on a NOTIFY channel; reconnects by itself. `onWake` is also called after a reconnect: something may have been missed. */
  listen(channel: string, onWake: (payload: string) => void): Promise<void>
  close(): Promise<void>
}

export type Client = pg.PoolClient
/** A client in a transaction, or the pool where none is needed. */
export type Queryable = pg.PoolClient | pg.Pool

/** Advisory lock under which migrations run, so that several processes can start at once. */
const migrationLock = 6_512_021

// bigint columns are serial numbers here: far below 2^53, and a number everywhere else.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens a database and brings its tables up to date. */
export async function openDatabase(url: string, onError: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.databaseConnections,
    application_name: 'yuchuang',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', onError)
  // One that breaks while it is in use, between two queries, fails the next query of its user; it too would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  await migrateOnce(pool)
  let orm: Promise<NodePgDatabase<typeof tables>> | undefined
  const listeners: { stop(): Promise<void> }[] = []
  return {
    pool,
    orm: () => (orm ??= loadOrm(pool)),
    async listen(channel, onWake) {
      listeners.push(await startListening(url, channel, onWake, onError))
    },
    async close() {
      await Promise.all(listeners.map((listener) => listener.stop()))
      await pool.end()
    },
  }
}

const migrations = new URL('migrations', import.meta.url)

async function loadOrm(pool: pg.Pool): Promise<NodePgDatabase<typeof tables>> {
  const [{ drizzle }, schema] = await Promise.all([import('drizzle-orm/node-postgres'), import('./tables.ts')])
  return drizzle(pool, { schema })
}

/** Whether the newest migration was applied: the journal drizzle-kit writes against the table its migrator keeps. */
async function isCurrent(client: pg.PoolClient): Promise<boolean> {
  const journal = JSON.parse(await readFile(new URL('migrations/meta/_journal.json', import.meta.url), 'utf8')) as {
    entries: { when: number }[]
  }
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there",
  )
  if (rows[0]?.there !== true) return false
  const { rows: applied } = await client.query<{ newest: number | null }>(
    'SELECT max(created_at) AS newest FROM drizzle.__drizzle_migrations',
  )
  return applied[0]?.newest === journal.entries.at(-1)?.when
}

async function migrateOnce(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  let failed = true
  try {
    if (await isCurrent(client)) {
      failed = false
      return
    }
    const [{ drizzle }, { migrate }] = await Promise.all([
      import('drizzle-orm/node-postgres'),
      import('drizzle-orm/node-postgres/migrator'),
    ])
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await migrate(drizzle(client), { migrationsFolder: fileURLToPath(migrations) })
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock])
    failed = false
  } finally {
    // A connection that failed may still hold the lock: closed, it holds nothing.
    client.release(failed)
  }
}

async function startListening(
  url: string,
  channel: string,
  onWake: (payload: string) => void,
  onError: (error: Error) => void,
): Promise<{ stop(): Promise<void> }> {
  let client: pg.Client | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined
  // One retry at a time: a connection that fails is retried by whoever tried it, one that breaks later by its end.
  const retryLater = () => {
    clearTimeout(retry)
    if (!stopped) retry = setTimeout(() => void reconnect(), 1_000)
  }
  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: `yuchuang ${channel}`, keepAlive: true })
    fresh.on('notification', (notice) => onWake(notice.payload ?? ''))
    fresh.on('error', onError)
    fresh.on('end', () => {
      if (client !== fresh) return
      client = undefined
      retryLater()
    })
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${channel}`)
      client = fresh
      if (stopped) await fresh.end()
    } catch (error) {
      void fresh.end().catch(() => undefined)
      throw error
    }
  }
  const reconnect = async () => {
    try {
      await connect()
      onWake('')
    } catch (error) {
      onError(error as Error)
      retryLater()
    }
  }
  await connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}

/** Runs `work` in one transaction. */
export async function transaction<T>(pool: pg.Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      // The connection itself is gone: the server rolls back by itself, and the pool must not hand it out again.
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Runs `work` on the database as it stands at one instant, without changing anything. */
export async function snapshot<T>(pool: pg.Pool, work: (client: Client) => Promise<T>): Promise<T> {
  return transaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    return work(client)
  })
}

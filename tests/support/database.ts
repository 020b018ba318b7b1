import pg from 'pg'
import { afterAll, inject, onTestFinished } from 'vitest'
import { type Client, type Database, openDatabase, type Queryable, transaction } from '../../src/db/database.ts'
import { templateName } from './postgres.ts'

let count = 0

/** A database of this test file's own, its address, and what went wrong with its connections. */
export interface OwnDatabase {
  readonly url: string
  readonly database: Database
  readonly errors: readonly Error[]
}

/**
 * A database of this test file's own, cloned from the template; dropped at its end.
 * @param troubled its connections are meant to break; else one that does fails the file
 */
export async function ownDatabase({ troubled = false }: { readonly troubled?: boolean } = {}): Promise<OwnDatabase> {
  const admin = inject('postgresUrl')
  const name = `test_${process.pid}_${Date.now().toString(36)}_${count++}`
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: admin })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  // Two files cannot clone the same template at the same moment: the server says so, and we try again.
  for (let tries = 1; ; tries++) {
    try {
      await run(`CREATE DATABASE ${name} TEMPLATE ${templateName}`)
      break
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries >= 100) throw error
    }
  }
  const url = admin.replace(/\/[^/]*$/, `/${name}`)
  const errors: Error[] = []
  const database = await openDatabase(url, (error) => errors.push(error))
  afterAll(async () => {
    await database.close()
    // What breaks from here on is our own doing: the database is dropped under connections that are still closing.
    const [trouble] = errors
    await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    if (trouble !== undefined && !troubled) throw trouble
  })
  return { url, database, errors }
}

/** Waits until so many wait for a lock of this database. */
export async function untilBlocked(pool: Queryable, count = 1): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )
    if ((rowCount ?? 0) >= count) return
  }
  throw new Error('Nobody waits')
}

/** A transaction that has done its work and goes on until it is ended, by the end of the test at the latest. */
export async function stillOpen(
  pool: pg.Pool,
  work: (client: Client) => Promise<unknown>,
): Promise<{ end(): Promise<void> }> {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
  const { promise: isDone, resolve: done } = Promise.withResolvers<undefined>()
  const whole = transaction(pool, async (client) => {
    await work(client)
    done(undefined)
    await mayEnd
  })
  onTestFinished(() => end(undefined))
  await Promise.race([isDone, whole])
  return {
    end() {
      end(undefined)
      return whole
    },
  }
}

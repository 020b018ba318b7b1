/**
 * Callers in transactions without a pause, for as long as they are told, through one of two drivers: `node postgres-js-child.ts
 * postgres.js|pg <url> <milliseconds>`. Ends with one line of JSON: how many transactions were committed, how many failed with
 * an error, and how many callers were still waiting for an answer a while after the load was over.
 */
import postgres from 'postgres'
import { openDatabase, transaction } from '../../src/db/database.ts'

const [driver, url = '', loadMs = ''] = process.argv.slice(2)
const callers = 32
/** Far longer than any of these transactions takes. */
const graceMs = 3_000

/** One transaction of three statements, as acceptance and recording do them. */
type Work = () => Promise<unknown>

function throughPostgresJs(): Work {
  const sql = postgres(url, { max: 8, connection: { application_name: 'guarded' }, onnotice: () => undefined })
  return () =>
    sql.begin(async (client) => {
      await client`SELECT 1`
      await client`SELECT pg_sleep(0.002)`
      await client`SELECT 2`
    })
}

async function throughPg(): Promise<Work> {
  // Lost idle connections are told here; what a caller was doing fails at the caller.
  const { pool } = await openDatabase(`${url}?application_name=guarded`, () => undefined)
  return () =>
    transaction(pool, async (client) => {
      await client.query('SELECT 1')
      await client.query('SELECT pg_sleep(0.002)')
      await client.query('SELECT 2')
    })
}

const work = driver === 'pg' ? await throughPg() : throughPostgresJs()
const counts = { committed: 0, failed: 0, waiting: 0 }
const end = Date.now() + Number(loadMs)
const call = async () => {
  while (Date.now() < end) {
    counts.waiting++
    await work().then(
      () => counts.committed++,
      () => counts.failed++,
    )
    counts.waiting--
    // A loop whose every turn fails at once would leave the event loop no turn of its own.
    await new Promise((resolve) => setImmediate(resolve))
  }
}
console.log('started')
const done = Promise.all(Array.from({ length: callers }, call))
await Promise.race([done, new Promise((resolve) => setTimeout(resolve, Number(loadMs) + graceMs))])
console.log(JSON.stringify(counts))
process.exit(0)

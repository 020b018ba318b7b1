import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import journal from '../../src/db/migrations/meta/_journal.json' with { type: 'json' }
import { ownDatabase } from '../support/database.ts'

const { url, database } = await ownDatabase()

/** Every table, column, index and trigger, as the catalogue names them. */
async function shape(): Promise<string[]> {
  const { rows } = await database.pool.query<{ said: string }>(
    `SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS said FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY said`,
  )
  return rows.map(({ said }) => said)
}

test('migrations applied again, by several processes at once, change nothing', async () => {
  const before = await shape()
  expect(before.length).toBeGreaterThan(80)
  const applied = async () => (await database.pool.query('SELECT * FROM drizzle.__drizzle_migrations')).rows
  const first = await applied()
  const errors: Error[] = []
  const others = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url, (error) => errors.push(error))))
  await Promise.all(others.map((other) => other.close()))
  expect(errors).toEqual([])
  expect(await shape()).toEqual(before)
  expect(await applied()).toEqual(first)
})

test('an empty database that several processes open at once gets its tables once', async () => {
  const name = `empty_${process.pid}_${Date.now().toString(36)}`
  await database.pool.query(`CREATE DATABASE ${name}`)
  const errors: Error[] = []
  try {
    const address = url.replace(/\/[^/]*$/, `/${name}`)
    const opened = await Promise.all(
      Array.from({ length: 3 }, () => openDatabase(address, (error) => errors.push(error))),
    )
    const { rows } = (await opened[0]?.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM drizzle.__drizzle_migrations',
    )) ?? { rows: [] }
    expect(rows[0]?.count).toBe(journal.entries.length)
    expect(errors).toEqual([])
    await Promise.all(opened.map((one) => one.close()))
  } finally {
    await database.pool.query(`DROP DATABASE ${name} WITH (FORCE)`)
  }
})

test('the lock under which migrations run is free afterwards', async () => {
  const { rows } = await database.pool.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(6512021) AS free')
  expect(rows[0]?.free).toBe(true)
})

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ownDatabase } from '../support/database.ts'
import { accept, answer, exported, failure, type Past, refusedChange, sharedDocument, tamper } from './history.ts'
import { checked } from './support.ts'

const { url, database } = await ownDatabase()
const old = { name: `old_${process.pid}_${Date.now().toString(36)}`, url: '' }
old.url = url.replace(/\/[^/]*$/, `/${old.name}`)
let past: Past
let migrated: Database

/** Applies every migration before the chain's. */
async function migrateUpToChain(pool: pg.Pool): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yuchuang-migrations-'))
  try {
    await cp(new URL('../../src/db/migrations', import.meta.url), folder, { recursive: true })
    const path = join(folder, 'meta', '_journal.json')
    const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] }
    const before = journal.entries.findIndex(({ tag }) => tag.endsWith('_audit'))
    expect(before).toBeGreaterThan(0)
    await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, before) }))
    await migrate(drizzle(pool), { migrationsFolder: folder })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Copies what both databases have room for. */
async function copy(from: pg.Pool, to: pg.Pool): Promise<void> {
  const copied = [
    'declaration',
    'declaration_version',
    'change',
    'filing',
    'filing_reference',
    'message',
    'receipt',
    'event',
  ]
  for (const table of copied) {
    const { rows } = await to.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
      [table],
    )
    const columns = rows[0]?.columns ?? ''
    const { rows: all } = await from.query<{ all: string }>(
      `SELECT json_agg(one)::text AS all FROM (SELECT ${columns} FROM ${table}) one`,
    )
    await to.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
      [all[0]?.all],
    )
    if (table === 'message' || table === 'receipt')
      await to.query(`SELECT setval('${table}_id_seq', (SELECT max(id) FROM ${table}))`)
  }
}

beforeAll(async () => {
  past = await accept(database, '2026-03-01T10:00:00.000Z')
  const other = await accept(database, '2026-03-01T11:00:00.000Z')
  await failure(database, past, '2026-03-02T10:00:00.000Z')
  await refusedChange(database, past, '2026-03-02T11:00:00.000Z')
  await sharedDocument(database, [past, other], '2026-03-02T12:00:00.000Z')
  // What JSON escapes, and how, must be the same on both sides.
  await answer(database, past, 'P"\\\t\u0001\u2028\u007F😀é/<', 'registered', '2026-03-02T13:00:00.000Z')
  await database.pool.query(`CREATE DATABASE ${old.name}`)
  const pool = new pg.Pool({ connectionString: old.url, max: 1 })
  await migrateUpToChain(pool)
  await copy(database.pool, pool)
  await pool.end()
  migrated = await openDatabase(old.url, () => undefined)
})
afterAll(async () => {
  await migrated?.close()
  await database.pool.query(`DROP DATABASE IF EXISTS ${old.name} WITH (FORCE)`)
})

test('a database of the time before the chain verifies once it is brought up to date', async () => {
  const { rows } = await database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM event')
  const before = await verifyDatabase(database.pool)
  expect(await verifyDatabase(migrated.pool)).toEqual({ ...before, events: (rows[0]?.count ?? 0) + 2 })
})

test('one event more binds what was kept before', async () => {
  const { rows } = await migrated.pool.query<{ type: string; binds: string }>(
    'SELECT type, binds FROM event WHERE declaration_id = $1 ORDER BY number DESC',
    [past.id],
  )
  expect(rows[0]?.type).toBe('declaration.recorded')
  expect(rows[0]?.binds.split('\n').length).toBeGreaterThan(8)
  expect(rows.slice(1).every(({ binds }) => binds === '')).toBe(true)
  expect(await checked(await exported(migrated, past.id))).toMatchObject({ kept: { version: 1, change: 1, filing: 2 } })
})

test('the chain goes on from there, and its days are sealed', async () => {
  const day = 86_400_000
  const later = (days: number) => new Date(Date.now() + days * day).toISOString()
  await answer(migrated, past, 'R', 'closed', later(1))
  await accept(migrated, later(1))
  expect((await sealDays(migrated, undefined, new Date(Date.parse(later(3))))).length).toBeGreaterThanOrEqual(3)
  expect(await verifyDatabase(migrated.pool)).toMatchObject({ declarations: 3 })
})

test('what is changed afterwards of what was kept before is found', async () => {
  await tamper(migrated, [`UPDATE message SET body = 'other' WHERE kind = 'document'`])
  await expect(verifyDatabase(migrated.pool)).rejects.toThrow(/binds a message otherwise than it is/)
})

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { feeCatalogueSeeds } from '../../seeds/fees.ts'
import { type EditionRecord, readEditions } from '../../src/db/catalogue-reads.ts'
import { callerOf, makeKey } from '../../src/db/keys.ts'
import { publishDemoCatalogue } from '../../src/demo-catalogue.ts'
import { demoKeys } from '../../src/demo-keys.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownDatabase } from '../support/database.ts'

const { database } = await ownDatabase()
const vault = createVault([])
const seeds = feeCatalogueSeeds()
const standing = async () => (await readEditions(database.pool)).toReversed()
const headsOf = (records: readonly EditionRecord[]) =>
  records.map(({ number, title, validFrom }) => ({ number, title, validFrom }))
const headsOfSeeds = seeds.map(({ title, validFrom }, at) => ({ number: at + 1, title, validFrom }))

describe('the demonstration’s keys', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-keys-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('a second person can approve, and a payee can draft for itself', async () => {
    const keys = await demoKeys(database, folder, true)
    const [admin, officer, payee] = await Promise.all(
      [keys?.admin, keys?.officer, keys?.payee].map((key) => callerOf(database, key ?? '')),
    )
    expect([admin?.role, officer?.role, payee?.role]).toEqual(['admin', 'admin', 'payee'])
    expect(officer?.keyHash).not.toBe(admin?.keyHash)
    expect(payee?.tenant).toBe('91500199MAYCX0017T')
    expect(keys?.made).toBe(true)
  })
  test('are the same at the second start, in a file for its owner only', async () => {
    const again = await demoKeys(database, folder, true)
    expect(again).toEqual({
      ...(JSON.parse(await readFile(join(folder, 'demo-keys.json'), 'utf8')) as object),
      made: false,
    })
    expect((await stat(join(folder, 'demo-keys.json'))).mode & 0o777).toBe(0o600)
  })
  test('a file of an older version keeps its keys and gets what it lacks, once', async () => {
    const { trader, integrator, admin } = JSON.parse(await readFile(join(folder, 'demo-keys.json'), 'utf8')) as Record<
      string,
      string
    >
    await writeFile(join(folder, 'demo-keys.json'), JSON.stringify({ trader, integrator, admin }))
    const keys = await demoKeys(database, folder, true)
    expect(keys).toMatchObject({ trader, integrator, admin, made: false })
    expect((await callerOf(database, keys?.officer ?? ''))?.role).toBe('admin')
    expect(await demoKeys(database, folder, true)).toEqual(keys)
  })
  test('there are none on a database of somebody’s own', async () => {
    expect(await demoKeys(database, folder, false)).toBeUndefined()
    await makeKey(database, { name: 'own', role: 'admin' })
    const other = await mkdtemp(join(tmpdir(), 'demo-keys-'))
    expect(await demoKeys(database, other, true)).toBeUndefined()
    await rm(other, { recursive: true })
  })
})

describe('the demonstration’s catalogue', () => {
  test('is carried on by the next start where one died half-way, and nothing stands by halves', async () => {
    await database.pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
      CREATE TRIGGER die AFTER INSERT ON catalogue_edition FOR EACH ROW WHEN (NEW.number = 2) EXECUTE FUNCTION die()`)
    await expect(publishDemoCatalogue(database, vault)).rejects.toThrow('killed')
    await database.pool.query('DROP TRIGGER die ON catalogue_edition; DROP FUNCTION die')
    expect(headsOf(await standing())).toEqual(headsOfSeeds.slice(0, 1))
    const { rows } = await database.pool.query('SELECT DISTINCT edition FROM catalogue_edition_entry')
    expect(rows).toEqual([{ edition: 1 }])
    expect(await publishDemoCatalogue(database, vault)).toBe(2)
    expect(headsOf(await standing())).toEqual(headsOfSeeds)
  })
  test('is published once, however often the process starts', async () => {
    const before = await standing()
    expect(await publishDemoCatalogue(database, vault)).toBe(0)
    expect(await standing()).toEqual(before)
  })
  test('two starts at once publish it once', async () => {
    const { database: own } = await ownDatabase()
    const ends = await Promise.allSettled([publishDemoCatalogue(own, vault), publishDemoCatalogue(own, vault)])
    expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(headsOf((await readEditions(own.pool)).toReversed())).toEqual(headsOfSeeds)
  })
  test('adds nothing to a list of somebody’s own', async () => {
    const { database: own } = await ownDatabase()
    const [seed] = seeds
    if (seed === undefined) throw new Error('There is a seed')
    await publishSeed(own, vault, { ...seed, title: 'Our own list' })
    expect(await publishDemoCatalogue(own, vault)).toBe(0)
    expect((await readEditions(own.pool)).map(({ title }) => title)).toEqual(['Our own list'])
  })
})

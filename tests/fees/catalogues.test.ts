import type pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type EditionRecord, readEditionEntries } from '../../src/db/catalogue-reads.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { createCatalogues } from '../../src/fees/catalogues.ts'
import { dayAt, secondsLeft, startOfDay } from '../../src/fees/days.ts'
import { heldBy, holdingOn, madeFrom, statusOf } from '../../src/fees/editions.ts'
import { limits } from '../../src/limits.ts'
import { ownDatabase } from '../support/database.ts'
import { publishInto, withdrawIn } from './published.ts'
import { fee, payee, port } from './support.ts'

const places = [port('guoyuan'), payee('guoyuan-terminal')]
const hourMs = 3_600_000
/** Far above what these stories take: only what is told counts. */
const never = hourMs

const record = (number: number, validFrom: string, more: Partial<EditionRecord> = {}): EditionRecord => ({
  number,
  title: `Edition ${number}`,
  validFrom,
  digest: String(number),
  reason: '',
  announcedAt: new Date(`2026-0${number}-01T00:00:00Z`),
  noticeUntil: validFrom,
  draftedBy: '',
  approvedBy: '',
  entries: 0,
  previousDigest: undefined,
  signature: '',
  signingKey: '',
  withdrawn: undefined,
  ...more,
})
const withdrawn = (from: string, at = `${from}T00:00:00Z`) => ({
  withdrawn: { at: new Date(at), from, by: '', because: '' },
})

describe('which edition holds', () => {
  const records = [record(3, '2026-03-01', withdrawn('2026-03-11')), record(2, '2026-02-01'), record(1, '2026-01-01')]
  test('the newest that is valid and not withdrawn by then', () => {
    const days = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-03-01', '2026-03-10', '2026-03-11']
    expect(days.map((day) => holdingOn(records, day)?.number)).toEqual([undefined, 1, 1, 2, 3, 3, 2])
  })

  test('and on which days: twice, when a later one is withdrawn', () => {
    expect(records.map((one) => heldBy(records, one))).toEqual([
      [{ from: '2026-03-01', to: '2026-03-10' }],
      [{ from: '2026-02-01', to: '2026-02-28' }, { from: '2026-03-11' }],
      [{ from: '2026-01-01', to: '2026-01-31' }],
    ])
    const never = [record(2, '2026-02-01', withdrawn('2026-01-20')), record(1, '2026-01-01')]
    expect(never.map((one) => heldBy(never, one))).toEqual([[], [{ from: '2026-01-01' }]])
  })

  test.each([
    ['2026-01-15', ['announced', 'in-force']],
    ['2026-01-25', ['announced', 'in-force']],
    ['2026-01-26', ['scheduled', 'in-force']],
    ['2026-02-01', ['in-force', 'superseded']],
  ])('and where each stands on %s', (today, statuses) => {
    const two = [record(2, '2026-02-01', { noticeUntil: '2026-01-25' }), record(1, '2026-01-01')]
    expect(two.map((one) => statusOf(two, one, today))).toEqual(statuses)
  })

  test('a withdrawn one is withdrawn from its day on, and at once when it never held', () => {
    const [third] = records
    const of = (one: EditionRecord | undefined, today: string) => one && statusOf(records, one, today)
    expect([of(third, '2026-03-10'), of(third, '2026-03-11')]).toEqual(['in-force', 'withdrawn'])
    const early = [record(2, '2026-02-01', withdrawn('2026-02-01', '2026-01-10T00:00:00Z')), record(1, '2026-01-01')]
    expect(early.map((one) => statusOf(early, one, '2026-01-12'))).toEqual(['withdrawn', 'in-force'])
  })

  test('one that a later one overtakes before it holds is superseded', () => {
    const overtaken = [record(3, '2026-02-01'), record(2, '2026-03-01'), record(1, '2026-01-01')]
    expect(overtaken.map((one) => statusOf(overtaken, one, '2026-01-15'))).toEqual([
      'announced',
      'superseded',
      'in-force',
    ])
  })

  test('an edition is made from the newest that was not withdrawn when it was announced', () => {
    const fourth = record(4, '2026-05-01')
    const from = (at: string) =>
      madeFrom([fourth, record(3, '2026-03-01', withdrawn('2026-04-30', at)), record(2, '2026-02-01')], fourth)?.number
    expect([from('2026-03-31T00:00:00Z'), from('2026-04-02T00:00:00Z')]).toEqual([2, 3])
    expect(madeFrom([fourth], fourth)).toBeUndefined()
  })
})

test('days are those of Asia/Shanghai', () => {
  expect(dayAt(Date.parse('2026-02-28T15:59:59.999Z'))).toBe('2026-02-28')
  expect(dayAt(Date.parse('2026-02-28T16:00:00Z'))).toBe('2026-03-01')
  expect(dayAt(startOfDay('2026-03-01'))).toBe('2026-03-01')
  expect(dayAt(startOfDay('2026-03-01') - 1)).toBe('2026-02-28')
  const left = ['2026-02-28T16:00:00Z', '2026-03-01T15:59:00Z', '2026-03-01T15:59:59.500Z']
  expect(left.map((instant) => secondsLeft(Date.parse(instant)))).toEqual([86_400, 60, 0])
})

describe('editions in memory', async () => {
  const { database, url } = await ownDatabase({ troubled: true })
  const elsewhere = await openDatabase(url, () => undefined)
  afterAll(() => elsewhere.close())
  const clock = { now: Date.parse('2026-02-28T12:00:00Z') }
  const here = await createCatalogues(database, () => clock.now, never)
  const there = await createCatalogues(elsewhere, () => clock.now, never)

  test('none there is none', async () => {
    expect(await here.on('2026-02-28')).toBeUndefined()
    expect(await here.edition(1)).toBeUndefined()
    expect(await there.records()).toEqual([])
  })

  test('a publication in one process is seen in another', async () => {
    await publishInto(database, { number: 1, validFrom: '2026-01-01', entries: [...places, fee('weighing')] })
    await expect.poll(async () => (await there.on('2026-02-28'))?.edition.number).toBe(1)
    const edition = await there.edition(1)
    expect([...(edition?.of('fee').keys() ?? [])]).toEqual(['weighing'])
    expect(edition?.of('fee').get('weighing')).toEqual(fee('weighing').content)
    expect(await readEditionEntries(database.pool, 1)).toHaveLength(3)
  })

  test('midnight in Shanghai changes the answer by itself', async () => {
    await publishInto(database, {
      number: 2,
      validFrom: '2026-03-01',
      announcedAt: '2026-02-01T00:00:00Z',
      entries: places,
    })
    await expect.poll(async () => (await here.records()).length).toBe(2)
    const today = async () => (await here.on(here.today()))?.edition.number
    clock.now = Date.parse('2026-02-28T15:59:59.999Z')
    expect(await today()).toBe(1)
    clock.now += 1
    expect(await today()).toBe(2)
  })

  test('a withdrawal is seen in another process, and past days stay as they were', async () => {
    await expect.poll(async () => (await there.records()).length).toBe(2)
    await withdrawIn(database, 2, '2026-03-05', '2026-03-04T00:00:00Z')
    await expect.poll(async () => (await there.on('2026-03-05'))?.edition.number).toBe(1)
    expect((await there.on('2026-03-04'))?.edition.number).toBe(2)
    expect((await there.edition(2))?.edition.number).toBe(2)
  })

  test('an edition is read once and shared by all who ask', async () => {
    const [first, second] = await Promise.all([here.on('2026-01-15'), here.edition(1)])
    expect(second).toBe(first)
    expect(await here.on('2026-02-01')).toBe(first)
  })

  test('a publication is seen where its notification was lost: by who made it at once, by others in time', async () => {
    const heads = await createCatalogues(silent(database), () => clock.now, never)
    const brief = await createCatalogues(silent(database), () => clock.now, 0)
    expect([(await heads.records()).length, (await brief.records()).length]).toEqual([2, 2])
    await publishInto(database, { number: 3, validFrom: '2026-04-01', entries: places })
    expect((await heads.records()).length).toBe(2)
    expect((await brief.records()).length).toBe(3)
    heads.refresh()
    expect((await heads.records()).length).toBe(3)
  })

  test('what was missed while the connection was lost is seen after it', async () => {
    await expect.poll(async () => (await there.records()).length).toBe(3)
    const { rows } = await database.pool.query<{ ended: boolean }>(
      "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE application_name = 'yuchuang yuchuang_catalogue' AND datname = current_database()",
    )
    expect(rows.map(({ ended }) => ended)).toEqual([true, true])
    await publishInto(database, { number: 4, validFrom: '2026-05-01', entries: [...places, port('cuntan')] })
    await expect.poll(async () => (await there.records()).length, { timeout: 10_000 }).toBe(4)
  })
})

/** A database whose notifications never arrive. */
const silent = (database: Database): Database => ({ ...database, listen: async () => undefined })

describe('against a database that answers when it is told to', () => {
  /** A database of editions that stands still: queries wait until they are let go. */
  function standing(numbers: () => readonly number[]) {
    const waiting: { text: string; answer: () => void; refuse: (error: Error) => void }[] = []
    const rowsOf = (text: string) =>
      text.includes('FROM catalogue_edition ')
        ? numbers().map((number) => ({
            number,
            digest: `digest of ${number}`,
            valid_from: '2026-01-01',
            withdrawn_at: null,
          }))
        : []
    const query = (text: string) => {
      // What a query sees is what stood when it began.
      const rows = rowsOf(text)
      return new Promise((resolve, reject) => waiting.push({ text, answer: () => resolve({ rows }), refuse: reject }))
    }
    const database = { pool: { query } as unknown as pg.Pool, listen: async () => undefined } as unknown as Database
    return { waiting, database }
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const now = () => Date.parse('2026-02-01T00:00:00Z')

  test('a reading that began before a publication is not believed after it', async () => {
    const editions = [1]
    const { waiting, database } = standing(() => editions.toReversed())
    const catalogues = await createCatalogues(database, now, never)
    const early = catalogues.records()
    editions.push(2)
    catalogues.refresh()
    const late = catalogues.records()
    expect(waiting).toHaveLength(2)
    waiting[1]?.answer()
    expect((await late).map(({ number }) => number)).toEqual([2, 1])
    waiting[0]?.answer()
    expect(await early).toHaveLength(1)
    expect(await catalogues.records()).toHaveLength(2)
    expect(waiting).toHaveLength(2)
  })

  test('those who ask at once share one reading, and a failed one is not kept', async () => {
    const { waiting, database } = standing(() => [1])
    const catalogues = await createCatalogues(database, now, never)
    const both = Promise.allSettled([catalogues.records(), catalogues.records()])
    expect(waiting).toHaveLength(1)
    waiting[0]?.refuse(new Error('away'))
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = catalogues.on('2026-02-01')
    waiting[1]?.answer()
    await turn()
    waiting[2]?.refuse(new Error('away'))
    await expect(again).rejects.toThrow('away')
    const third = catalogues.on('2026-02-01')
    await turn()
    waiting[3]?.answer()
    expect((await third)?.edition.number).toBe(1)
  })

  test('many editions asked for at once are read one after the other, and few are kept', async () => {
    const numbers = Array.from({ length: limits.cataloguesKept + 2 }, (_, at) => at + 1)
    const { waiting, database } = standing(() => numbers)
    const catalogues = await createCatalogues(database, now, never)
    const records = catalogues.records()
    waiting[0]?.answer()
    await records
    const all = Promise.all(numbers.map((number) => catalogues.edition(number)))
    for (let asked = 1; asked <= numbers.length; asked++) {
      await turn()
      expect(waiting).toHaveLength(asked + 1)
      waiting[asked]?.answer()
    }
    const loaded = await all
    expect(loaded.map((one) => one?.edition.number)).toEqual(numbers)
    expect(await catalogues.edition(numbers.length)).toBe(loaded.at(-1))
    void catalogues.edition(1)
    await turn()
    expect(waiting).toHaveLength(numbers.length + 2)
    waiting.at(-1)?.answer()
  })
})

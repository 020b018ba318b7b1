import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { transaction } from '../../src/db/database.ts'
import { readDraw } from '../../src/db/draws.ts'
import { enterDraws } from '../../src/draw/enter.ts'
import { commitmentTo } from '../../src/draw/lottery.ts'
import { changeRoster } from '../../src/draw/roster.ts'
import { startDrawer } from '../../src/draw/start.ts'
import { verifyDraw } from '../../src/draw/verify.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownDatabase } from '../support/database.ts'
import { agency, fileOf, keepDeclaration, laptops, lotsOf, moved, register, registered, roomOf, tend } from './desk.ts'

const { database } = await ownDatabase()
const room = roomOf(database, { vault: createVault([Buffer.alloc(32, 7), Buffer.alloc(32, 9)]) })
const verify = (text: string, known = {}) => verifyDraw(Readable.from([text]), known)
const draw = async (day: string) => {
  const found = await readDraw(database.pool, agency, day)
  if (found === undefined) throw new Error(`No draw on ${day}`)
  return found
}
const officer = (code: string, more: object = {}) => ({
  code,
  name: `Officer ${code}`,
  onDuty: true,
  excused: [],
  ...more,
})

// Six in the morning in Chongqing is 22:00 of the day before in UTC.
test('a day: committed before it begins, drawn, closed, and only then told', async () => {
  const exporter = laptops().goodsShipment.exporter?.id ?? ''
  const officers = [
    officer('OF-1'),
    officer('OF-2', { excused: [exporter] }),
    officer('OF-3'),
    officer('OF-4', { onDuty: false }),
  ]
  await changeRoster(database, agency, { officers }, 'customs', () => undefined, new Date('2026-11-20T09:00:00Z'))
  expect((await tend(room, '2026-11-20T21:00:00Z')).committed).toEqual([`${agency} 2026-11-20`, `${agency} 2026-11-21`])
  const before = await draw('2026-11-21')
  expect(before).toMatchObject({ officers: '["OF-1","OF-2","OF-3"]', closing: undefined, reveal: undefined, lots: 0 })
  expect(before.committedAt < before.beginsAt).toBe(true)

  const ids: string[] = []
  for (let at = 0; at < 12; at++)
    ids.push(await registered(database, new Date(Date.parse('2026-11-20T22:00:00Z') + at * 60_000)))
  // A later receipt of the same filing, an amendment, the second step: it is in already.
  await register(database, ids[0] ?? '', new Date('2026-11-20T23:00:00Z'))
  expect(await tend(room, '2026-11-20T23:00:00Z')).toMatchObject({ drawn: 12 })
  await register(database, ids[0] ?? '', new Date('2026-11-20T23:30:00Z'))
  expect(await tend(room, '2026-11-20T23:31:00Z')).toMatchObject({ committed: [], drawn: 0, closed: [] })
  const lots = await lotsOf(database, '2026-11-21')
  expect(lots.map(({ id }) => id)).toEqual(ids)
  expect(lots.every(({ early, excused }) => !early && excused === '["OF-2"]')).toBe(true)

  // At midnight it is the same day of draws; at six it is the next.
  const midnight = await registered(database, new Date('2026-11-21T16:00:00Z'))
  const last = await registered(database, new Date('2026-11-21T21:59:59.999Z'))
  const next = await registered(database, new Date('2026-11-21T22:00:00Z'))
  expect(await tend(room, '2026-11-21T22:00:01Z')).toMatchObject({ drawn: 3, closed: [], revealed: [] })
  expect((await lotsOf(database, '2026-11-21')).slice(12).map(({ id }) => id)).toEqual([midnight, last])
  expect((await lotsOf(database, '2026-11-22')).map(({ id }) => id)).toEqual([next])

  // Over, but what was registered in it may still be on its way; then closed, and not yet told.
  expect(await tend(room, '2026-11-21T22:09:59Z')).toMatchObject({ closed: [] })
  expect(await tend(room, '2026-11-21T22:10:00Z')).toMatchObject({ closed: [`${agency} 2026-11-21`], revealed: [] })
  const closed = await draw('2026-11-21')
  expect(closed).toMatchObject({ closing: { count: 14 }, reveal: undefined })
  expect(await fileOf(database, '2026-11-21')).toBe('')
  expect(await tend(room, '2026-11-21T22:20:00Z')).toMatchObject({ closed: [], revealed: [`${agency} 2026-11-21`] })
  const file = await fileOf(database, '2026-11-21')
  const found = await verify(file, { draw: before.hash, seedHash: before.seedHash, root: closed.closing?.root })
  expect(found).toMatchObject({ lots: 14, early: 0, results: 0 })
  expect(found.selected).toBe((await lotsOf(database, '2026-11-21')).filter(({ officers }) => officers !== null).length)
  for (const secret of [...ids, exporter, 'Officer', 'OF-4', before.salt]) expect(file).not.toContain(secret)
})

test('what is registered too late for its day goes into the running one', async () => {
  const straggler = await registered(database, new Date('2026-11-21T21:59:00Z'))
  await tend(room, '2026-11-21T22:30:00Z')
  expect((await lotsOf(database, '2026-11-22')).map(({ id }) => id)).toContain(straggler)
  expect((await draw('2026-11-21')).closing?.count).toBe(14)
})

test('after a rest of days the days in between have no draw, and what waited says that it came before the seed', async () => {
  const waited = await registered(database, new Date('2026-11-25T03:00:00Z'))
  const done = await tend(room, '2026-11-27T03:00:00Z')
  expect(done.committed).toEqual([`${agency} 2026-11-27`])
  expect(done.closed).toEqual([`${agency} 2026-11-22`])
  expect(await lotsOf(database, '2026-11-27')).toMatchObject([{ id: waited, early: true }])
  expect((await draw('2026-11-27')).committedAt > (await draw('2026-11-27')).beginsAt).toBe(true)
  await tend(room, '2026-11-27T03:10:00Z')
  expect((await verify(await fileOf(database, '2026-11-22'))).lots).toBe(2)
})

test('a day without declarations is closed and told like any other', async () => {
  await tend(room, '2026-11-27T21:30:00Z')
  await tend(room, '2026-11-28T23:00:00Z')
  await tend(room, '2026-11-28T23:30:00Z')
  expect(await verify(await fileOf(database, '2026-11-28'))).toMatchObject({ lots: 0, selected: 0 })
})

test('two processes draw each declaration once, into one chain', async () => {
  const other = roomOf(database)
  await Promise.all(
    Array.from({ length: 60 }, (_, at) => registered(database, new Date(Date.parse('2026-11-29T01:00:00Z') + at))),
  )
  const rounds = await Promise.all([room, other, room, other].map((one) => tend(one, '2026-11-29T02:00:00Z')))
  // Whoever found the agency taken did nothing; nobody is left waiting after one more look.
  const drawn = rounds.reduce((sum, round) => sum + round.drawn, 0) + (await tend(room, '2026-11-29T02:00:01Z')).drawn
  expect(drawn).toBe(60)
  const lots = await lotsOf(database, '2026-11-29')
  expect(lots.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
  expect(new Set(lots.map(({ id }) => id)).size).toBe(60)
  expect(rounds.flatMap(({ committed }) => committed).length).toBeLessThanOrEqual(1)
})

test('a crash at any line of a go leaves nothing half done', async () => {
  await registered(database, new Date('2026-11-30T01:00:00Z'))
  for (const statement of [/INSERT INTO draw \(/, /INSERT INTO declaration_risk/, /INSERT INTO draw_lot/]) {
    await expect(tend(roomOf(dying(statement)), '2026-11-30T02:00:00Z')).rejects.toThrow('the lights went out')
    expect(await lotsOf(database, '2026-11-30')).toEqual([])
  }
  await tend(room, '2026-11-30T02:00:00Z')
  expect(await lotsOf(database, '2026-11-30')).toHaveLength(1)
  await expect(tend(roomOf(dying(/INSERT INTO draw_closing/)), '2026-12-01T03:00:00Z')).rejects.toThrow('lights')
  expect((await draw('2026-11-30')).closing).toBeUndefined()
  await tend(room, '2026-12-01T03:00:00Z')
  // Between the closing and the telling anything may happen for as long as it likes.
  await expect(tend(roomOf(dying(/INSERT INTO draw_reveal/)), '2026-12-03T03:00:00Z')).rejects.toThrow('lights')
  expect((await draw('2026-11-30')).reveal).toBeUndefined()
  await tend(room, '2026-12-03T03:00:00Z')
  const { reveal, seedHash } = await draw('2026-11-30')
  expect(commitmentTo(reveal?.seed ?? '')).toBe(seedHash)
  expect(await verify(await fileOf(database, '2026-11-30'))).toMatchObject({ lots: 1 })
})

test('the seed lies sealed, opens with its key alone, and without it nothing is drawn or told', async () => {
  await tend(room, '2026-12-04T03:00:00Z')
  const { seed, seedHash } = await draw('2026-12-04')
  expect(seed).not.toContain('plain.')
  expect(commitmentTo(room.vault.open(seed, `draw ${agency} 2026-12-04 seed`))).toBe(seedHash)
  expect(() => room.vault.open(seed, `draw ${agency} 2026-12-05 seed`)).toThrow('does not open it')
  const stranger = roomOf(database, { vault: createVault([Buffer.alloc(32, 8)]) })
  await registered(database, new Date('2026-12-04T04:00:00Z'))
  await expect(tend(stranger, '2026-12-04T05:00:00Z')).rejects.toThrow('Sealed with key')
  expect((await tend(room, '2026-12-04T05:00:00Z')).drawn).toBe(1)
})

test('a key that is lost stops its own days, and none after them', async () => {
  const fresh = roomOf(database, { vault: createVault([Buffer.alloc(32, 9)]) })
  // A closing needs no key, the telling of the seed does; whatever comes after goes on.
  expect(await tend(fresh, '2026-12-08T03:00:00Z')).toMatchObject({ closed: [`${agency} 2026-12-04`] })
  await registered(database, new Date('2026-12-08T04:00:00Z'))
  await expect(tend(fresh, '2026-12-08T05:00:00Z')).rejects.toThrow('Sealed with key')
  expect(await lotsOf(database, '2026-12-08')).toHaveLength(1)
  expect((await draw('2026-12-04')).reveal).toBeUndefined()
  // With both keys at hand everything is told after all.
  await tend(room, '2026-12-08T06:00:00Z')
  expect((await verify(await fileOf(database, '2026-12-04'))).lots).toBe(1)
})

test('a declaration nothing can be made of keeps no other from its lot', async () => {
  const broken = await registered(database, new Date('2026-12-09T04:00:00Z'), { goodsShipment: null })
  const sound = await registered(database, new Date('2026-12-09T04:00:01Z'))
  expect((await tend(room, '2026-12-09T05:00:00Z')).drawn).toBe(1)
  expect((await lotsOf(database, '2026-12-09')).map(({ id }) => id)).toEqual([sound])
  const { rows } = await database.pool.query('SELECT declaration_id FROM draw_candidate')
  expect(rows).toEqual([{ declaration_id: broken }])
})

test('only what an agency registers enters: neither a refusal, nor a procedure that is not drawn', async () => {
  const count = async () => (await database.pool.query('SELECT FROM draw_candidate')).rowCount
  const before = await count()
  const id = await keepDeclaration(database, new Date('2026-12-10T04:00:00Z'))
  const follow = (changes: ReturnType<typeof moved>) =>
    transaction(database.pool, (client) =>
      enterDraws.follow({ client, adapters, now: new Date('2026-12-10T04:00:00Z') }, changes),
    )
  await follow(moved(id, 'acknowledged', 'refused'))
  await follow(moved(id, 'queued', 'sent'))
  await follow(moved(id, 'registered', 'approved'))
  await follow(moved(id, 'acknowledged', 'registered', 'amendment'))
  expect(await count()).toBe(before)
  // The registration itself was missed: released is registered too.
  await follow(moved(id, 'sent', 'approved'))
  expect(await count()).toBe((before ?? 0) + 1)
})

test('a second registration that crosses the drawing of the first makes no second lot', async () => {
  const id = (await lotsOf(database, '2026-12-09'))[0]?.id ?? ''
  await database.pool.query('INSERT INTO draw_candidate (agency, declaration_id, registered_at) VALUES ($1, $2, $3)', [
    agency,
    id,
    new Date('2026-12-09T06:00:00Z'),
  ])
  await tend(room, '2026-12-09T06:00:01Z')
  const count = async (table: string) =>
    (await database.pool.query(`SELECT FROM ${table} WHERE declaration_id = $1`, [id])).rowCount
  expect([await count('draw_lot'), await count('draw_candidate')]).toEqual([1, 0])
})

test('officers that change while a draw is on are those of the next', async () => {
  const given = { officers: [officer('OF-9')] }
  await changeRoster(database, agency, given, 'customs', () => undefined, new Date('2026-12-09T07:00:00Z'))
  await tend(room, '2026-12-09T07:00:00Z')
  expect((await draw('2026-12-09')).officers).toBe('["OF-1","OF-2","OF-3"]')
  await tend(room, '2026-12-09T21:00:00Z')
  expect((await draw('2026-12-10')).officers).toBe('["OF-9"]')
})

test('who tends the draws is woken by a registration, and stops when told', async () => {
  const at = Date.parse('2026-12-11T03:00:00Z')
  const drawer = await startDrawer(room, () => at)
  const id = await registered(database, new Date(at))
  await vi.waitFor(async () => expect((await lotsOf(database, '2026-12-11')).map((lot) => lot.id)).toContain(id), {
    timeout: 5_000,
    interval: 20,
  })
  await drawer.stop()
  const late = await registered(database, new Date(at))
  const { rowCount } = await database.pool.query('SELECT FROM draw_candidate WHERE declaration_id = $1', [late])
  expect(rowCount).toBe(1)
})

test.each(['draw', 'draw_lot', 'draw_closing', 'draw_reveal', 'draw_roster', 'declaration_risk', 'firm_credit'])(
  'nothing is taken out of %s',
  async (table) => {
    await expect(database.pool.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('append-only')
    if ((await database.pool.query(`SELECT FROM ${table} LIMIT 1`)).rowCount === 1)
      await expect(database.pool.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only')
  },
)

/** The same database, whose connection fails at a statement. */
function dying(statement: RegExp) {
  const pool = new Proxy(database.pool, {
    get(target, name) {
      if (name !== 'connect') {
        const own: unknown = Reflect.get(target, name, target)
        return typeof own === 'function' ? own.bind(target) : own
      }
      return async () => {
        const client = await target.connect()
        let gone = false
        return new Proxy(client, {
          get(inner, property) {
            const own: unknown = Reflect.get(inner, property, inner)
            if (property !== 'query' || typeof own !== 'function')
              return typeof own === 'function' ? own.bind(inner) : own
            return async (query: string | { text: string }, values?: unknown[]) => {
              const text = typeof query === 'string' ? query : query.text
              gone ||= statement.test(text)
              // A connection that is gone rolls nothing back to a savepoint.
              if (gone && text !== 'ROLLBACK') throw new Error('the lights went out')
              return inner.query(query as string, values)
            }
          },
        })
      }
    },
  })
  return { ...database, pool }
}

import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { startCooperation } from '../../src/cooperation/post.ts'
import { type CooperationNote, tellAgencies } from '../../src/cooperation/tell.ts'
import { transaction } from '../../src/db/database.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import type { Workshop } from '../../src/filing/workshop.ts'
import { limits } from '../../src/limits.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { type Transport, Unreachable } from '../../src/transport/transport.ts'
import { ownDatabase } from '../support/database.ts'

const { database } = await ownDatabase()
const adapters = { north: {}, south: {} } as unknown as Adapters
const now = new Date('2026-11-21T01:00:00Z')
const tell = (...notes: CooperationNote[]) => transaction(database.pool, (client) => tellAgencies(client, notes, now))
const note = (agency: string, id: string, body: unknown = {}): CooperationNote => ({
  agency,
  kind: 'credit',
  id,
  about: { firm: '91500112MA5U0B0037' },
  body,
})
type Answer = { status: number; body: string } | Error
/** What arrived, and what is answered to it. */
const heard: { agency: string; id: string }[] = []
const hold: { answer(agency: string, id: string): Answer | Promise<Answer> } = { answer: () => noted }
const noted = { status: 200, body: '{"outcome":"noted"}' }
const transport: Transport = {
  async call(agency, { body = '' }) {
    const { id } = JSON.parse(body) as { id: string }
    heard.push({ agency, id })
    const answer = await hold.answer(agency, id)
    if (answer instanceof Error) throw answer
    return { ...answer, contentType: 'application/json' }
  },
  close: async () => undefined,
}
const workshop = {
  database,
  adapters,
  transport,
  recorder: { record: async () => undefined },
  rules: ownRules,
  log: pino({ level: 'silent' }),
  now: Date.now,
  random: () => 0,
} satisfies Workshop
const running: { stop(): Promise<void> }[] = []
const start = async (count = 1) => {
  for (let n = 0; n < count; n++) running.push(await startCooperation(workshop))
}
const settled = async (wanted: (states: Record<string, string>) => boolean) => {
  for (let tries = 0; tries < 2_000; tries++) {
    const { rows } = await database.pool.query<{ id: string; state: string }>(
      `SELECT agency || ' ' || note_id AS id, state FROM cooperation_note`,
    )
    const states = Object.fromEntries(rows.map(({ id, state }) => [id, state]))
    if (wanted(states)) return states
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('The notes did not come to that')
}
const allDone = (states: Record<string, string>) => !Object.values(states).includes('waiting')

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  await database.pool.query('TRUNCATE cooperation_note')
  heard.length = 0
  hold.answer = () => noted
})

test('an agency gets its notes once each, in the order they were written, whoever else is told at the same time', async () => {
  await tell(...Array.from({ length: 12 }, (_, n) => note(n % 3 === 0 ? 'south' : 'north', `n${n}`)))
  await start(3)
  await settled(allDone)
  const of = (agency: string) => heard.filter((one) => one.agency === agency).map(({ id }) => id)
  expect(of('south')).toEqual(['credit/n0', 'credit/n3', 'credit/n6', 'credit/n9'])
  expect(of('north')).toEqual([1, 2, 4, 5, 7, 8, 10, 11].map((n) => `credit/n${n}`))
})

test('the same note told again is not a second one, and a transaction that is rolled back has told nothing', async () => {
  await tell(note('north', 'a', { level: 'C' }), note('north', 'a'))
  await tell(note('north', 'a'), note('south', 'a'))
  const rolledBack = transaction(database.pool, async (client) => {
    await tellAgencies(client, [note('north', 'never')], now)
    throw new Error('after all not')
  })
  await expect(rolledBack).rejects.toThrow('after all not')
  await start()
  expect(await settled(allDone)).toEqual({ 'north a': 'told', 'south a': 'told' })
  expect(heard).toHaveLength(2)
})

test('an agency that is away keeps its later notes waiting behind the first, and nobody else’s', async () => {
  let away = true
  hold.answer = (agency) => (agency === 'north' && away ? new Unreachable('refused', 'no') : noted)
  await tell(note('north', 'a'), note('north', 'b'), note('south', 'c'))
  await start()
  await settled((states) => states['south c'] === 'told')
  await settled(() => heard.some(({ agency }) => agency === 'north'))
  expect(heard.some(({ id }) => id === 'credit/b')).toBe(false)
  away = false
  await database.pool.query('UPDATE cooperation_note SET due_at = now()')
  await settled(allDone)
  expect(heard.filter(({ agency }) => agency === 'north').at(-1)?.id).toBe('credit/b')
})

test('an answer that is lost has the note told again: at least once, under the same id', async () => {
  let lost = true
  hold.answer = () => {
    const first = lost
    lost = false
    return first ? new Unreachable('reset', 'unknown') : noted
  }
  await tell(note('north', 'a'))
  await start()
  await settled(() => heard.length === 1)
  await database.pool.query('UPDATE cooperation_note SET due_at = now()')
  await settled(allDone)
  expect(heard.map(({ id }) => id)).toEqual(['credit/a', 'credit/a'])
})

test('what an agency will not have is put aside with its words, and the next one goes', async () => {
  hold.answer = (_, id) => (id === 'credit/bad' ? { status: 400, body: 'no note of mine' } : noted)
  await tell(note('north', 'bad'), note('north', 'good'))
  await start()
  expect(await settled(allDone)).toEqual({ 'north bad': 'refused', 'north good': 'told' })
})

test('an agency that fails at one note for good does not keep the others waiting for ever', async () => {
  hold.answer = (_, id) => (id === 'credit/bad' ? { status: 500, body: '' } : noted)
  await tell(note('north', 'bad'), note('north', 'good'))
  await database.pool.query('UPDATE cooperation_note SET tries = $1 WHERE note_id = $2', [
    limits.cooperationTries - 1,
    'bad',
  ])
  await start()
  expect(await settled(allDone)).toEqual({ 'north bad': 'set-aside', 'north good': 'told' })
})

test('a worker that died over a note leaves it to the next; one that comes back late changes nothing', async () => {
  let release: (answer: Answer) => void = () => undefined
  hold.answer = (_, id) =>
    id === 'credit/a' && heard.length === 1 ? new Promise((resolve) => (release = resolve)) : noted
  await tell(note('north', 'a'), note('north', 'b'))
  await start(2)
  await settled(() => heard.length === 1)
  await database.pool.query(`UPDATE cooperation_note SET lease_until = now() - interval '1 second' WHERE note_id = 'a'`)
  await settled((states) => states['north b'] === 'told')
  release({ status: 400, body: 'too late' })
  await Promise.all(running.splice(0).map((one) => one.stop()))
  expect(await settled(allDone)).toEqual({ 'north a': 'told', 'north b': 'told' })
})

test('nothing goes to an agency whose lane an operator stopped', async () => {
  await database.pool.query(
    `INSERT INTO lane_order (agency, number, state, reason, by, at) VALUES ('north', 1, 'open', 'test', 'test', now())`,
  )
  await tell(note('north', 'a'), note('south', 'b'))
  await start()
  await settled((states) => states['south b'] === 'told')
  expect(heard).toEqual([{ agency: 'south', id: 'credit/b' }])
  await database.pool.query('DELETE FROM lane_order')
})

test('every simulated agency takes a note, once, and turns away what is none', async () => {
  const simulator = createSimulator({ agencies, callbackUrl: 'http://gateway.test', mode: 'frozen' })
  const post = (agency: string, body: unknown) =>
    simulator.app.request(`/${agency}/cooperation`, { method: 'POST', body: JSON.stringify(body) })
  const good = { id: 'recognition/1', number: 1, kind: 'recognition', at: now.toISOString(), about: {}, body: {} }
  for (const { id } of agencies) {
    const [first, second] = [await post(id, good), await post(id, good)]
    expect([id, first.status, await first.json()]).toEqual([id, 200, { outcome: 'noted' }])
    expect(await second.json()).toEqual({ outcome: 'noted' })
    expect((await post(id, { ...good, kind: 'gossip' })).status).toBe(400)
    expect((await simulator.app.request(`/${id}/cooperation`, { method: 'POST', body: '<html>' })).status).toBe(400)
  }
  const { data } = simulator.journal.find({ kind: 'effect', limit: 100 })
  expect(data).toHaveLength(agencies.length)
  await simulator.close()
})

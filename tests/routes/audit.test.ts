import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { pageOf } from '../../schemas/answers.ts'
import { sealAnswer, trailAnswer, verificationAnswer } from '../../schemas/audit.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

const world = await smallWorld()
const { database, keys } = world
const path = '/v1/operations/audit'
const get = (what: string) => world.call('GET', `${path}${what}`, { key: keys.admin })
const ask = (body: unknown = {}) => world.call('POST', `${path}/verifications`, { key: keys.admin, body })
const work = () =>
  runJobsOnce({
    database,
    rules: ownRules,
    jobs: async () => jobs.filter(({ id }) => id === 'audit-verification'),
    log: pino({ level: 'silent' }),
    now: world.now,
  })
const { id } = (await world.post(smallSample())).body
await world.idle()
// Two days later the day it came in is over, and closed.
const later = new Date(Date.now() + 3 * 86_400_000)
const sealed = await sealDays(database, undefined, later)
const sql = (text: string) => database.pool.query(text)
/** What nobody can do but who owns the database. */
async function tamper(text: string) {
  const client = await database.pool.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query(text)
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
}
let undo: string | undefined
const mend = async () => {
  if (undo !== undefined) await tamper(undo)
  undo = undefined
}
afterAll(mend)

describe('what vouches for what was kept', () => {
  test('seals are listed, newest first, page after page', async () => {
    expect(sealed.length).toBeGreaterThan(0)
    const seals = pageOf(sealAnswer).parse(await (await get('/seals')).json())
    expect(seals.data.map(({ day }) => day)).toEqual(sealed.toReversed())
    const none = await (await get(`/seals?after=${sealed[0]}`)).json()
    expect(none).toMatchObject({ data: [], hasMore: false })
    await problemOf(await get('/seals?after=yesterday'), 'invalid-parameter')
  })

  test('the trail of a declaration shows each event with its hash, and the day that is sealed with it', async () => {
    const trail = trailAnswer.parse(await (await get(`/declarations/${id}?limit=200`)).json())
    expect(trail.data.map(({ number }) => number)).toEqual(trail.data.map((_, index) => index + 1))
    expect(trail.data.at(-1)?.hash).toBe(trail.head)
    expect(trail.data.some(({ binds }) => binds > 0)).toBe(true)
    expect(trail.proofs.map(({ day }) => day)).toEqual(sealed)
    expect(trail.data.filter(({ sealedOn }) => sealedOn !== undefined)).toHaveLength(sealed.length)
    const first = trailAnswer.parse(await (await get(`/declarations/${id}?limit=1`)).json())
    expect(first).toMatchObject({ hasMore: true, nextCursor: '1' })
    await problemOf(await get('/declarations/nowhere'), 'not-found')
  })
})

describe('a check', () => {
  test('of one declaration is done at once and says what it found', async () => {
    const answer = await ask({ declarationId: id })
    expect(answer.status).toBe(201)
    const done = verificationAnswer.parse(await answer.json())
    expect(done).toMatchObject({ status: 'whole', declarationId: id, by: 'admin', found: { declarations: 1 } })
    expect(await (await world.call('GET', done.links.self, { key: keys.admin })).json()).toEqual(done)
    await problemOf(await ask({ declarationId: 'nowhere' }), 'not-found')
  })

  test('of everything is done in the background; asked for twice it is one', async () => {
    const twins = await Promise.all([ask(), ask()])
    expect(twins.map(({ status }) => status)).toEqual([202, 202])
    const [first, second] = await Promise.all(twins.map(async (one) => verificationAnswer.parse(await one.json())))
    expect(second?.id).toBe(first?.id)
    expect(first?.status).toBe('waiting')
    await work()
    const done = verificationAnswer.parse(await (await get(`/verifications/${first?.id}`)).json())
    expect(done).toMatchObject({ status: 'whole', found: { declarations: 1, newest: { day: sealed.at(-1) } } })
    const { data } = pageOf(verificationAnswer).parse(await (await get('/verifications')).json())
    expect(data[0]).toEqual(done)
    expect(data.length).toBe(2)
  })

  test('says where the first break is, and of what', async () => {
    const { rows } = await sql(`SELECT status FROM filing WHERE declaration_id = '${id}' AND position = 0`)
    const status = (rows[0] as { status: string }).status
    undo = `UPDATE filing SET status = '${status}' WHERE declaration_id = '${id}' AND position = 0`
    await tamper(`UPDATE filing SET status = 'refused' WHERE declaration_id = '${id}' AND position = 0`)
    const one = verificationAnswer.parse(await (await ask({ declarationId: id })).json())
    expect(one).toMatchObject({ status: 'broken', broken: { declarationId: id, record: 'filing' } })
    expect(one.broken?.what).toContain('otherwise than it is')
    const all = verificationAnswer.parse(await (await ask()).json())
    await work()
    expect(await (await get(`/verifications/${all.id}`)).json()).toMatchObject({
      status: 'broken',
      broken: one.broken,
    })
    await mend()
    expect(await (await ask({ declarationId: id })).json()).toMatchObject({ status: 'whole' })
  })

  test('holds the seals against what is known from elsewhere', async () => {
    const wrong = verificationAnswer.parse(await (await ask({ declarationId: id, seal: 'another' })).json())
    expect(wrong).toMatchObject({ status: 'broken', broken: { what: 'no seal has the hash another' } })
    const [newest] = pageOf(sealAnswer).parse(await (await get('/seals?limit=1')).json()).data
    expect(await (await ask({ declarationId: id, seal: newest?.hash })).json()).toMatchObject({ status: 'whole' })
    const unsigned = await (await ask({ declarationId: id, key: 'a key' })).json()
    expect(unsigned).toMatchObject({ status: 'broken', broken: { what: 'the newest seal is not signed' } })
  })

  test('is refused with what it does not know', async () => {
    expect(issuesIn(await problemOf(await ask({ everything: true }), 'body-invalid'))).toHaveLength(1)
    await problemOf(await get('/verifications/nowhere'), 'not-found')
  })
})

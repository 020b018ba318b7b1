import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { adapters } from '../../adapters/registry.ts'
import { creditAnswer, creditNote, firmCreditAnswer, publishedCredit, schemesAnswer } from '../../schemas/credit.ts'
import { riskAnswer } from '../../schemas/risk.ts'
import { levelsOf } from '../../src/credit/read.ts'
import { followAllLevels } from '../../src/credit/sweep.ts'
import { makeKey } from '../../src/db/keys.ts'
import { tendDraws } from '../../src/draw/drawer.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { roomOf } from '../draw/desk.ts'
import { mutate, mutation } from '../routes/hostile.ts'
import { freshKey, issuesIn, problemOf } from '../routes/support.ts'
import { laptops, openWorld } from '../support/world.ts'

const world = await openWorld()
const { database } = world
const agencies = ['customs', 'tax', 'fx'] as const
const keys = new Map<string, string>()
/** The firm of the samples' laptops; its credit is nobody else's. */
const firm = '91500106MA5U0C102B'
const broker = '91500112MA5U0B0037'
let firmKey: string
beforeAll(async () => {
  for (const agency of [...agencies, 'maritime'])
    keys.set(agency, await makeKey(database, { name: `${agency} officer`, role: 'agency', agency }))
  firmKey = await makeKey(database, { name: 'firm', role: 'trader', tenant: firm })
})

type Answer = z.infer<typeof creditAnswer>
const call = (method: string, path: string, key = '', more: object = {}) => world.call(method, path, { key, ...more })
const read = async (scheme: string, of = firm, key = firmKey): Promise<Answer> =>
  creditAnswer.parse(await (await call('GET', `/v1/credit/${of}/${scheme}`, key)).json())
const today = '2026-11-21'
const owners: Record<string, string> = { 'customs-credit': 'customs', 'refund-class': 'tax', 'fx-class': 'fx' }
/** An agency gives a level as it stands now. */
async function give(scheme: string, level: string, more: object = {}, of = firm): Promise<Response> {
  const key = keys.get(owners[scheme] ?? '')
  const etag = (await call('GET', `/v1/credit/${of}/${scheme}`, key)).headers.get('etag') ?? ''
  const body = { level, since: today, reason: 'Yearly rating', basis: 'Decision 1', ...more }
  return call('PUT', `/v1/credit/${of}/${scheme}`, key, { body, headers: { 'if-match': etag } })
}
const given = async (...of: Parameters<typeof give>) => {
  const response = await give(...of)
  expect([response.status, await response.clone().text()]).toEqual([200, expect.any(String)])
  return creditAnswer.parse(await response.json())
}
const notes = async (agency: string) => {
  const sql = "SELECT body FROM cooperation_note WHERE kind = 'credit' AND agency = $1 ORDER BY number"
  const { rows } = await database.pool.query<{ body: string }>(sql, [agency])
  return rows.map(({ body }) => creditNote.parse(JSON.parse(body)))
}

describe('a firm’s level', () => {
  const one = '91500103MA5U0F207T'
  test('the newest by its own day holds, whenever it was given; nothing is overwritten', async () => {
    await given('customs-credit', 'REGULAR', { since: '2026-05-01' }, one)
    await given('customs-credit', 'AEO', { since: '2026-09-01' }, one)
    // Learned of late, for a day before the newest: it is history and changes nothing today.
    const after = await given('customs-credit', 'DISHONEST', { since: '2026-07-01' }, one)
    expect(after).toMatchObject({ level: 'AEO', since: '2026-09-01', effective: 'AEO', revision: 3 })
    expect(after.history.map(({ level }) => level)).toEqual(['AEO', 'DISHONEST', 'REGULAR'])
    const on = async (day: string) =>
      (await levelsOf(database.pool, [one], new Date(`${day}T04:00:00Z`))).get(one)?.map(({ effective }) => effective)
    expect(await on('2026-04-30')).toBeUndefined()
    expect([await on('2026-05-01'), await on('2026-08-31'), await on('2026-09-01')]).toEqual([
      ['REGULAR'],
      ['DISHONEST'],
      ['AEO'],
    ])
    // Of one day what was given last holds.
    expect(await given('customs-credit', 'AEO_ADVANCED', { since: '2026-09-01' }, one)).toMatchObject({
      level: 'AEO_ADVANCED',
    })
  })

  test('a mistake is corrected by a record that names it, once', async () => {
    const [newest] = (await read('customs-credit', one, world.keys.admin)).history
    const correction = { since: '2026-09-01', occasion: 'correction', corrects: newest?.id }
    const after = await given('customs-credit', 'REGULAR', correction, one)
    expect(after).toMatchObject({ level: 'REGULAR', revision: 5 })
    expect(after.history.find(({ id }) => id === newest?.id)?.correctedBy).toBe(after.history[0]?.id)
    const twice = await problemOf(await give('customs-credit', 'AEO', correction, one), 'body-invalid')
    expect(issuesIn(twice)).toEqual(['/corrects corrected-already'])
  })

  test.each([
    ['a level of another scheme', { level: 'A' }, '/level unknown-code'],
    ['a day to come that is not announced', { since: '2027-01-01' }, '/announced future-unannounced'],
    ['an announcement of a day that is past', { announced: true }, '/announced future-unannounced'],
    ['a day too far off', { since: '2028-01-01', announced: true }, '/since out-of-range'],
    ['a day no calendar of ours has', { since: '0000-01-01' }, '/since out-of-range'],
    ['a correction of nothing', { occasion: 'correction' }, '/corrects correction-incomplete'],
    ['a rating that corrects', { corrects: 1 }, '/corrects correction-incomplete'],
    ['a correction of what is not there', { occasion: 'correction', corrects: 9_000_000 }, '/corrects unknown-record'],
    ['a repair that is none', { level: 'DISHONEST', occasion: 'repair' }, '/level not-a-repair'],
    ['no reason', { reason: '' }, '/reason too-small'],
  ])('%s is refused', async (_, more, issue) => {
    const response = await give('customs-credit', 'REGULAR', more, one)
    const issues = issuesIn(await problemOf(response, 'body-invalid'))
    expect(issues.join()).toContain(issue)
  })

  test('two officers at once: the second sees that it has changed', async () => {
    const key = keys.get('customs')
    const etag = (await call('GET', `/v1/credit/${one}/customs-credit`, key)).headers.get('etag') ?? ''
    const put = () =>
      call('PUT', `/v1/credit/${one}/customs-credit`, key, {
        body: { level: 'REGULAR', since: today, reason: 'x', basis: 'y' },
        headers: { 'if-match': etag },
      })
    expect((await Promise.all([put(), put(), put()])).map(({ status }) => status).sort()).toEqual([200, 412, 412])
    await problemOf(await call('PUT', `/v1/credit/${one}/customs-credit`, key, { body: {} }), 'if-match-missing')
  })
})

describe('who sees what', () => {
  test('a firm itself, an agency its own scheme, an operator all, nobody else anything', async () => {
    await given('fx-class', 'A')
    await given('refund-class', '2')
    const schemes = async (key: string | undefined) =>
      firmCreditAnswer
        .parse(await (await call('GET', `/v1/credit/${firm}`, key)).json())
        .schemes.map(({ scheme }) => scheme)
        .sort()
    expect(await schemes(firmKey)).toEqual(['customs-credit', 'fx-class', 'refund-class'])
    expect(await schemes(world.keys.admin)).toHaveLength(3)
    expect(await schemes(keys.get('tax'))).toEqual(['refund-class'])
    expect(await schemes(keys.get('maritime'))).toEqual([])
    for (const [path, key] of [
      [firm, world.keys.trader],
      [`${firm}/fx-class`, world.keys.trader],
      [`${firm}/fx-class`, keys.get('tax')],
      [`${firm}/constructor`, firmKey],
      ['91500106MA5U0C1020', firmKey],
    ] as const)
      await problemOf(await call('GET', `/v1/credit/${path}`, key), 'not-found')
    await problemOf(await call('GET', `/v1/credit/${firm}`, ''), 'unauthenticated')
  })

  test('only its own agency gives a level', async () => {
    const put = (key: string | undefined) =>
      call('PUT', `/v1/credit/${firm}/fx-class`, key, { body: {}, headers: { 'if-match': '*' } })
    await problemOf(await put(keys.get('tax')), 'not-found')
    await problemOf(await put(world.keys.admin), 'forbidden')
    await problemOf(await put(firmKey), 'forbidden')
  })

  test('the public sees the levels the law publishes, for as long as they hold; a repair takes a firm off the list', async () => {
    const repaired = '91500105MA5U0E300G'
    const list = async (query = '') => {
      const page = (await (await call('GET', `/v1/credit/published${query}`, '')).json()) as { data: unknown[] }
      return page.data.map((one) => publishedCredit.parse(one))
    }
    await given('customs-credit', 'SERIOUSLY_DISHONEST', { since: '2026-06-01' }, repaired)
    await given('customs-credit', 'AEO_ADVANCED', { since: '2027-01-01', announced: true }, broker)
    expect(await list('?level=SERIOUSLY_DISHONEST')).toMatchObject([{ firm: repaired, since: '2026-06-01' }])
    await given('customs-credit', 'REGULAR', { since: today, occasion: 'repair', basis: '信用修复决定' }, repaired)
    const all = await list()
    expect(all.map(({ firm: of }) => of)).not.toContain(repaired)
    expect(all.map(({ firm: of }) => of)).not.toContain(broker)
    // Its own history stays its own.
    expect((await read('customs-credit', repaired, world.keys.admin)).history).toHaveLength(2)
    await given('customs-credit', 'AEO', { since: '2026-10-01' }, broker)
    const csv = await (await call('GET', '/v1/credit/published.csv?level=AEO', '')).text()
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'firm,scheme,agency,level,name,nameZh,since',
      `${broker},customs-credit,customs,AEO,Certified (AEO),认证企业,2026-10-01`,
    ])
    // FX and tax classes are on no list, whatever they are.
    expect(JSON.stringify(await list('?scheme=fx-class'))).toBe('[]')
    const { data } = schemesAnswer.parse(await (await call('GET', '/v1/credit/schemes', '')).json())
    expect(data.map(({ scheme, publication }) => [scheme, publication.evidence])).toHaveLength(3)
    await problemOf(await call('GET', '/v1/credit/published?after=x', ''), 'invalid-parameter')
    await problemOf(await call('GET', '/v1/credit/published?firm=x', ''), 'invalid-parameter')
  })
})

describe('consequences', () => {
  test('FX class C bounds the refund class and raises the risk at once; when it is lifted they end', async () => {
    const accepted = await world.post(laptops(), { headers: {} })
    const path = `/v1/declarations/${accepted.body.id}/risk`
    const risk = async (key = world.keys.admin) => {
      const body = (await (await call('GET', path, key)).json()) as { data: unknown[] }
      return riskAnswer.parse(body.data[0])
    }
    expect(await risk()).toMatchObject({ agency: 'customs', ppm: 21_960, probability: '0.021960', drawn: false })
    await given('fx-class', 'C', { reason: '逾期未核查' })
    expect(await read('refund-class')).toMatchObject({
      level: '2',
      effective: '4',
      consequences: [{ kind: 'at-most', level: '4', cause: { scheme: 'fx-class', level: 'C' } }],
    })
    // The class-4 bound itself causes nothing further: causes are what agencies gave.
    expect(await risk()).toMatchObject({ ppm: 43_920 })
    expect((await risk()).words.zh).toContain('企业外汇分类为C类')
    expect((await risk()).words.en).toMatch(/class C \(× 2\).*4\.392 % in all\.$/)
    // The broker who handed it in is not told which of its client's classes it is.
    const told = await risk(world.keys.trader)
    expect(told).toMatchObject({ ppm: 43_920, factors: [{ kind: 'credit', value: '0.0488' }, { kind: 'commodity' }] })
    expect(JSON.stringify(told)).not.toMatch(/class C|C类|Regular|常规|fx-class/)
    expect((await notes('tax')).at(-1)).toMatchObject({
      firm,
      scheme: 'refund-class',
      level: '4',
      state: 'began',
      cause: { scheme: 'fx-class', level: 'C' },
      rule: { table: 'credit-consequences', validFrom: '2021-11-01' },
    })
    expect((await notes('customs')).at(-1)).toMatchObject({ state: 'began', kind: 'risk', factor: '2' })

    // The tax office goes on rating as it likes; the bound stays over it.
    expect(await given('refund-class', '1')).toMatchObject({ level: '1', effective: '4' })
    const before = (await notes('tax')).length
    await given('fx-class', 'C', { reason: 'again' })
    expect(await notes('tax')).toHaveLength(before)

    await given('fx-class', 'A', { occasion: 'repair' })
    expect(await read('refund-class')).toMatchObject({ level: '1', effective: '1' })
    expect((await notes('tax')).at(-1)).toMatchObject({ state: 'ended', level: '1' })
    expect((await notes('customs')).at(-1)).toMatchObject({ state: 'ended', factor: '2' })
    const { consequences } = firmCreditAnswer.parse(await (await call('GET', `/v1/credit/${firm}`, firmKey)).json())
    expect(consequences.length).toBeGreaterThan(1)
    expect(consequences.every(({ until }) => until !== undefined)).toBe(true)
    expect(await risk()).toMatchObject({ ppm: 21_960 })
    const { rows } = await database.pool.query(
      'SELECT ppm FROM declaration_risk WHERE declaration_id = $1 ORDER BY id',
      [accepted.body.id],
    )
    // Kept once each time it came out otherwise, not at every look.
    expect(rows.map(({ ppm }: { ppm: number }) => ppm)).toEqual([21_960, 43_920, 21_960])
  })

  test('what was announced begins on its day, in the sweep, and once', async () => {
    const other = '91500199MAYCX0017T'
    const room = { adapters, rules: ownRules }
    await given('fx-class', 'C', { since: '2026-12-01', announced: true }, other)
    const rank = async (at: Date) => (await levelsOf(database.pool, [other], at)).get(other)
    expect(await followAllLevels(database, room, new Date('2026-11-30T15:59:00Z'))).toBe(0)
    expect(await rank(new Date('2026-11-30T15:59:00Z'))).toBeUndefined()
    // Midnight in Chongqing.
    const due = new Date('2026-11-30T16:00:00Z')
    const both = await Promise.all([followAllLevels(database, room, due), followAllLevels(database, room, due)])
    expect(both.sort()).toEqual([0, 2])
    expect(await rank(due)).toMatchObject([
      { scheme: 'fx-class', effective: 'C' },
      { scheme: 'refund-class', effective: '4' },
    ])
    expect((await notes('tax')).filter((note) => note.firm === other)).toHaveLength(1)
  })

  test('a rule that is no longer there ends what it brought about', async () => {
    const none = { ...ownRules, versionAt: () => undefined, rowsAt: () => [] }
    const ended = await followAllLevels(database, { adapters, rules: none }, new Date('2026-12-02T00:00:00Z'))
    expect(ended).toBe(2)
    expect(await followAllLevels(database, { adapters, rules: none }, new Date('2026-12-02T00:00:01Z'))).toBe(0)
  })
})

test('no body an officer could send is our mistake', async () => {
  const lot = 'a'.repeat(64)
  const level = { level: 'AEO', since: today, reason: 'r', basis: 'b', occasion: 'rating', announced: false }
  const bodies = [
    ['PUT', `/v1/credit/${broker}/customs-credit`, level],
    ['PUT', '/v1/draws/customs/officers', { officers: [{ code: 'A-1', name: 'n', onDuty: true, excused: [firm] }] }],
    ['POST', `/v1/draws/customs/${today}/results`, { lot, outcome: 'discrepancy', inspectedOn: today }],
  ] as const
  await tendDraws(roomOf(database), new Date(world.now()))
  const seen = new Set<number>()
  const mutated = fc.array(mutation, { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bodies), mutated, async ([method, path, body], changes) => {
      const headers = { ...freshKey(), 'if-match': '*' }
      const { status } = await call(method, path, keys.get('customs'), { body: mutate(body, changes), headers })
      seen.add(status)
      expect([200, 201, 400, 409, 413, 422]).toContain(status)
    }),
    { numRuns: 80, seed: 20_261_122 },
  )
  expect([seen.has(200), seen.has(422)]).toEqual([true, true])
})

describe('the risk of a declaration', () => {
  test('is for its trader and the agencies it is filed with', async () => {
    const { body } = await world.post(laptops())
    const path = `/v1/declarations/${body.id}/risk`
    for (const key of [world.keys.trader, world.keys.admin, keys.get('customs')]) {
      const { data } = (await (await call('GET', path, key)).json()) as { data: unknown[] }
      expect(data).toHaveLength(1)
      riskAnswer.parse(data[0])
    }
    // It is filed with them too, but they draw nothing.
    expect(((await (await call('GET', path, keys.get('fx'))).json()) as { data: unknown[] }).data).toEqual([])
    await problemOf(await call('GET', path, world.keys.stranger), 'not-found')
    await problemOf(await call('GET', '/v1/declarations/none/risk', keys.get('customs')), 'not-found')
    const nobody = await makeKey(database, { name: 'no agency', role: 'agency' })
    await problemOf(await call('GET', path, nobody), 'forbidden')
  })
})

import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app.ts'
import { hashOfKey, makeKey, revokeKey } from '../../src/db/keys.ts'
import type { Services } from '../../src/services.ts'
import { broker, evBatteries, openWorld } from '../support/world.ts'
import { freshKey, keepingNothing, problemOf } from './support.ts'

const world = await openWorld()
const someone = '/v1/declarations/00000000000000000000'
/** Every door that wants a key, and the roles it lets in. */
const doors: readonly [method: string, path: string, roles: readonly string[]][] = [
  ['POST', '/v1/declarations', ['trader']],
  ['POST', '/v1/declarations?dryRun=true', ['trader']],
  ['GET', '/v1/declarations', ['trader', 'admin']],
  ['GET', someone, ['trader', 'admin']],
  ['PUT', someone, ['trader']],
  ['GET', `${someone}/document`, ['trader', 'admin']],
  ['GET', `${someone}/messages`, ['trader', 'admin']],
  ['GET', `${someone}/events`, ['trader', 'admin']],
  ['GET', `${someone}/filings/x`, ['trader', 'admin']],
  ['PUT', `${someone}/filings/x/particulars`, ['trader']],
  ['GET', '/v1/operations/receipts', ['admin']],
  ['GET', '/v1/operations/lanes', ['admin']],
  ['PUT', '/v1/operations/lanes/customs', ['admin']],
  ['GET', '/v1/operations/messages', ['admin']],
  ['GET', '/v1/operations/messages/1', ['admin']],
  ['GET', '/v1/operations/stuck', ['admin']],
  ['POST', '/v1/operations/replays', ['admin']],
  ['GET', '/v1/operations/replays/x', ['admin']],
  ['GET', '/v1/operations/replays', ['admin']],
  ['GET', '/v1/operations/replays/x/standing', ['admin']],
  ['GET', '/v1/operations', ['admin']],
  ['GET', '/v1/operations/stuck/counts', ['admin']],
  ['POST', '/v1/operations/receipts/matches', ['admin']],
  ['GET', '/v1/operations/audit/seals', ['admin']],
  ['GET', '/v1/operations/audit/declarations/x', ['admin']],
  ['GET', '/v1/operations/audit/verifications', ['admin']],
  ['POST', '/v1/operations/audit/verifications', ['admin']],
  ['GET', '/v1/operations/audit/verifications/x', ['admin']],
]
const knock = (method: string, path: string, headers: Record<string, string>) =>
  world.call(method, path, { key: '', headers, ...(method === 'GET' ? {} : { body: evBatteries() }) })
afterEach(() => vi.restoreAllMocks())

describe.each(doors)('%s %s', (method, path, roles) => {
  test('401 without a key that is known', async () => {
    await keepingNothing(world, async () => {
      for (const authorization of [
        undefined,
        '',
        'Bearer',
        'Bearer ',
        'Basic abc',
        world.keys.trader,
        `Bearer ${world.keys.trader}x`,
        `Bearer yc_trader_${'A'.repeat(32)}`,
        `Bearer ${'x'.repeat(5_000)}`,
        "Bearer ' OR 1=1 --",
      ]) {
        const response = await knock(method, path, authorization === undefined ? {} : { authorization })
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
        expect(response.headers.get('ratelimit')).toBeNull()
        await problemOf(response, 'unauthenticated')
      }
    })
  })

  test(`403 but for ${roles.join(', ')}`, async () => {
    const agency = await makeKey(world.database, { name: 'an agency', role: 'agency', agency: 'customs' })
    const keys = { trader: world.keys.trader, admin: world.keys.admin, integrator: world.keys.integrator, agency }
    await keepingNothing(world, async () => {
      for (const [role, key] of Object.entries(keys)) {
        if (roles.includes(role)) continue
        const document = await problemOf(await knock(method, path, { authorization: `Bearer ${key}` }), 'forbidden')
        expect(document.detail).toContain(roles[0])
      }
    })
    for (const role of roles) {
      const { status } = await knock(method, path, { authorization: `Bearer ${keys[role as keyof typeof keys]}` })
      expect([401, 403]).not.toContain(status)
    }
  })
})

describe('a key', () => {
  test('that is revoked opens nothing, at the latest after ten seconds', async () => {
    const key = await makeKey(world.database, { name: 'short', role: 'trader', tenant: broker })
    expect((await world.call('GET', '/v1/declarations', { key })).status).toBe(200)
    await revokeKey(world.database, key)
    const later = Date.now() + 10_001
    vi.spyOn(Date, 'now').mockReturnValue(later)
    expect(await problemOf(await world.call('GET', '/v1/declarations', { key }), 'unauthenticated')).toHaveProperty(
      'status',
      401,
    )
  })

  test('that is revoked before it is ever used opens nothing', async () => {
    const key = await makeKey(world.database, { name: 'unused', role: 'trader', tenant: broker })
    await revokeKey(world.database, key)
    expect(await problemOf(await world.call('GET', '/v1/declarations', { key }), 'unauthenticated')).toHaveProperty(
      'status',
      401,
    )
  })

  test('stands nowhere in the database: only its hash does', async () => {
    const { rows } = await world.database.pool.query<{ row: string }>(
      'SELECT row_to_json(api_key)::text AS row FROM api_key',
    )
    expect(rows.some(({ row }) => row.includes(hashOfKey(world.keys.trader)))).toBe(true)
    for (const { row } of rows) for (const key of Object.values(world.keys)) expect(row).not.toContain(key)
  })

  test('of a trader without a firm hands nothing in', async () => {
    const key = await makeKey(world.database, { name: 'nobody', role: 'trader' })
    expect(
      await problemOf(
        await world.call('POST', '/v1/declarations', { key, body: evBatteries(), headers: freshKey() }),
        'forbidden',
      ),
    ).toHaveProperty('status', 403)
    expect(await (await world.call('GET', '/v1/declarations', { key })).json()).toEqual({ data: [], hasMore: false })
  })

  test('is a Bearer, however that is spelt (RFC 9110 §11.1)', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect(
        (
          await world.call('GET', '/v1/declarations', {
            key: '',
            headers: { authorization: `${scheme} ${world.keys.trader}` },
          })
        ).status,
      ).toBe(200)
  })
})

test.each([
  '/v1/codes',
  '/v1/codes/countries',
  '/v1/codes/countries/CHN',
  '/v1/agencies',
  '/healthz',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/',
  '/problems/not-found',
])('%s is public', async (path) => {
  expect((await world.call('GET', path, { key: '' })).status).toBe(200)
})

test('429: who asks too often is told how often, and when again; others go on', async () => {
  const clock = { now: Date.now() }
  const app = createApp({ ...servicesOf(), now: () => clock.now }, 3)
  const ask = (key: string) => app.request('/v1/declarations', { headers: { authorization: `Bearer ${key}` } })
  const answers = [await ask(world.keys.trader), await ask(world.keys.trader), await ask(world.keys.trader)]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(answers.map(({ headers }) => headers.get('ratelimit'))).toEqual([
    '"default";r=2;t=60',
    '"default";r=1;t=60',
    '"default";r=0;t=60',
  ])
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"default";q=3;w=60')
  clock.now += 20_000
  const refused = await ask(world.keys.trader)
  expect(refused.headers.get('retry-after')).toBe('40')
  expect(refused.headers.get('ratelimit')).toBe('"default";r=0;t=40')
  expect(await problemOf(refused, 'too-many-requests')).toHaveProperty('status', 429)
  expect((await ask(world.keys.admin)).status).toBe(200)
  clock.now += 40_000
  expect((await ask(world.keys.trader)).status).toBe(200)
})

/** What the routes of these tests need of the services. */
const servicesOf = () =>
  ({
    database: world.database,
    adapters: {},
    certificates: { issuers: {} },
    metrics: { requests: { observe: () => undefined } },
    log: { debug: () => undefined },
  }) as unknown as Services

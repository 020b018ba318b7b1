import { beforeAll, expect, test } from 'vitest'
import { bill, line } from '../fees/bill-support.ts'
import { publishable, publishInto } from '../fees/published.ts'
import { someShipment } from '../fees/support.ts'
import { openWorld } from '../support/world.ts'
import { freshKey, problemOf } from './support.ts'

// What anybody may ask without a key and is computed anew each time has a limit for each address 公开测算限流.
const most = 3
const world = await openWorld({ ratePerWindow: most })
beforeAll(async () => {
  await publishInto(world.database, { number: 1, validFrom: '2026-01-01', entries: publishable() })
  world.catalogues.refresh()
})
const ask = (path: string, body: unknown, address: string) =>
  world.call('POST', path, { key: '', body, headers: { 'x-forwarded-for': address } })

test.each([
  ['quotes', '/v1/fee-quotes', () => ({ shipment: someShipment() })],
  ['bill-checks', '/v1/fee-bill-checks?dryRun=true', () => bill([line('港口作业包干费', '1950.00')])],
])(
  '%s: every answer says what is left, and who has asked enough is turned away with when to come again',
  async (...[name, path, body]) => {
    for (let left = most - 1; left >= 0; left--) {
      const answer = await ask(path, body(), '198.19.7.7')
      expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([200, `"${name}";q=${most};w=60`])
      expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"${name}";r=${left};t=\\d+$`))
    }
    const turned = await ask(path, body(), '198.19.7.7')
    await problemOf(turned, 'too-many-requests')
    const seconds = Number(turned.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(turned.headers.get('ratelimit')).toBe(`"${name}";r=0;t=${seconds}`)
    expect((await ask(path, body(), '198.19.7.8')).status).toBe(200)
  },
)

test('what is refused is counted too: it is read and checked all the same', async () => {
  for (let times = 0; times < most; times++)
    await problemOf(await ask('/v1/fee-quotes', {}, '198.19.7.9'), 'body-invalid')
  await problemOf(await ask('/v1/fee-quotes', {}, '198.19.7.9'), 'too-many-requests')
})

test('a check that is kept is counted by its key alone', async () => {
  const body = bill([line('港口作业包干费', '1950.00')])
  for (let times = 0; times < most; times++) await ask('/v1/fee-bill-checks?dryRun=true', body, '198.19.7.10')
  const headers = { 'x-forwarded-for': '198.19.7.10', ...freshKey() }
  const kept = await world.call('POST', '/v1/fee-bill-checks', { body, headers })
  expect([kept.status, kept.headers.get('ratelimit-policy')]).toEqual([201, `"default";q=${most};w=60`])
})

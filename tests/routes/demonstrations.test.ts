import { describe, expect, test } from 'vitest'
import type { DemonstrationAnswer, DemonstrationsAnswer } from '../../schemas/demonstration.ts'
import { isCreditCode } from '../../schemas/formats.ts'
import { samples } from '../../seeds/samples.ts'
import { inventFirm, isDemonstrationFirm } from '../../src/demonstration-firm.ts'
import { limits } from '../../src/limits.ts'
import { broker, openWorld } from '../support/world.ts'
import { freshKey, problemOf } from './support.ts'

const world = await openWorld()
let address = 0
/** Begins as somebody nobody has seen yet. */
const begin = (sample: string, key = '', headers: Record<string, string> = {}) =>
  world.call('POST', '/v1/demonstrations', {
    key,
    body: { sample },
    headers: { 'x-forwarded-for': `198.51.100.${++address}`, ...headers },
  })
const begun = async (sample: string, key = ''): Promise<DemonstrationAnswer> => {
  const answer = await begin(sample, key)
  expect(answer.status).toBe(201)
  return (await answer.json()) as DemonstrationAnswer
}
const list = async (key: string) =>
  ((await (await world.call('GET', '/v1/declarations', { key })).json()) as { data: { id: string }[] }).data.map(
    ({ id }) => id,
  )

describe('a demonstration', () => {
  test.each(Object.keys(samples))(
    'of %s needs no key, and brings one that reads what was handed in',
    async (sample) => {
      const { declarationId, key = '', expiresAt = '', links } = await begun(sample)
      const read = await world.call('GET', links.declaration, { key })
      expect(await read.json()).toMatchObject({ id: declarationId })
      expect(Date.parse(expiresAt) - world.now()).toBeLessThanOrEqual(limits.demonstrationKeyMs)
    },
  )

  test('the sample that concerns every agency concerns them here too, and all of them close it', async () => {
    const { declarationId } = await begun('ev-batteries')
    const end = await world.until(declarationId, ({ filings }) => filings.every(({ status }) => status === 'closed'))
    expect(new Set(end.filings.map(({ agency }) => agency)).size).toBe(6)
  })

  test('is a firm’s of its own: nobody sees another’s, and nobody the broker’s', async () => {
    const [one, two] = [await begun('laptops'), await begun('laptops')]
    expect(await list(one.key ?? '')).toEqual([one.declarationId])
    expect(await list(two.key ?? '')).toEqual([two.declarationId])
    await problemOf(await world.call('GET', two.links.declaration, { key: one.key ?? '' }), 'not-found')
    expect(await list(world.keys.trader)).toEqual([])
  })

  test('goes on as the same firm with its key, which is not told again', async () => {
    const { declarationId, key = '' } = await begun('laptops')
    const more = await begun('frozen-beef', key)
    expect([more.key, more.expiresAt]).toEqual([undefined, undefined])
    expect((await list(key)).sort()).toEqual([declarationId, more.declarationId].sort())
  })

  test('ends with its key', async () => {
    const { key = '', links } = await begun('laptops')
    await world.database.pool.query('UPDATE api_key SET expires_at = $1 WHERE hint = $2', [
      new Date(world.now() - 1),
      key.slice(-4),
    ])
    await problemOf(await world.call('GET', links.declaration, { key }), 'unauthenticated')
  })

  test('makes no keys and has nobody called: what it does ends with it', async () => {
    const { key = '' } = await begun('laptops')
    const asked = [
      ['/v1/keys', { name: 'for ever' }],
      ['/v1/webhook-endpoints', { url: 'https://example.com/', types: ['filing.status'] }],
    ] as const
    for (const [path, body] of asked) {
      const headers = freshKey()
      await problemOf(await world.call('POST', path, { key, body, headers }), 'forbidden')
      expect((await world.call('GET', path, { key })).status).toBe(200)
      expect((await world.call('POST', path, { body, headers })).status).not.toBe(403)
    }
  })
})

test('what can be tried is listed, and whether the asker may', async () => {
  const read = async (key: string) =>
    (await (await world.call('GET', '/v1/demonstrations', { key })).json()) as DemonstrationsAnswer
  expect((await read('')).data.map(({ id }) => id)).toEqual(Object.keys(samples))
  expect((await read('')).mayBegin).toBe(true)
  expect((await read(world.keys.admin)).mayBegin).toBe(false)
})

test('who has a key of their own hands in with that', async () => {
  for (const key of [world.keys.trader, world.keys.admin]) await problemOf(await begin('laptops', key), 'forbidden')
})

test('a sample there is none of, whatever its name', async () => {
  for (const sample of ['elephants', 'constructor', '__proto__', ''])
    await problemOf(await begin(sample), 'body-invalid')
})

test('an address may begin so many in an hour; another still may', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  for (let times = 0; times < limits.demonstrationsPerAddress; times++)
    expect((await begin('laptops', '', headers)).status).toBe(201)
  const turned = await begin('laptops', '', headers)
  expect(Number(turned.headers.get('retry-after'))).toBeGreaterThan(0)
  await problemOf(turned, 'too-many-requests')
  expect((await begin('laptops')).status).toBe(201)
})

const closed = await openWorld({ demonstrates: false })
test('where the gateway is nobody’s demonstration there is nothing to try', async () => {
  await problemOf(await closed.call('GET', '/v1/demonstrations', { key: '' }), 'not-found')
  await problemOf(
    await closed.call('POST', '/v1/demonstrations', { key: '', body: { sample: 'laptops' } }),
    'not-found',
  )
})

test('invented firms have valid codes, each its own, and are known again', () => {
  const firms = Array.from({ length: 200 }, inventFirm)
  expect(firms.every(isCreditCode)).toBe(true)
  expect(firms.every(isDemonstrationFirm)).toBe(true)
  expect(new Set(firms).size).toBe(firms.length)
  for (const other of [broker, '', undefined]) expect(isDemonstrationFirm(other)).toBe(false)
})

import { describe, expect, test, vi } from 'vitest'
import { feedAnswer } from '../../schemas/notices.ts'
import { limits } from '../../src/limits.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { feedRoutes } from '../../src/routes/feed.ts'
import type { Services } from '../../src/services.ts'
import { issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

const world = await smallWorld()
const read = async (query = '', { key, wait }: { key?: string; wait?: number } = {}) => {
  const response = await world.call('GET', `/v1/events${query}`, {
    key,
    headers: wait === undefined ? {} : { prefer: `wait=${wait}` },
  })
  expect(response.status).toBe(200)
  return { headers: response.headers, ...feedAnswer.strict().parse(await response.json()) }
}
/** Everything after a cursor, page by page. */
async function all(after = '0', query = '', key?: string) {
  const ids: string[] = []
  for (let cursor = after; ; ) {
    const page = await read(`?after=${cursor}&limit=4${query}`, key === undefined ? {} : { key })
    ids.push(...page.data.map(({ id }) => id))
    expect(page.headers.get('link')).toContain(`after=${page.nextCursor}`)
    if (!page.hasMore) return { ids, cursor: page.nextCursor }
    cursor = page.nextCursor
  }
}

describe('the feed', () => {
  test('has every event of every declaration of the firm, in an order each declaration keeps; whoever has read on misses none', async () => {
    const seen: string[] = []
    let { cursor } = await all()
    const declared = [await world.post(smallSample()), await world.post(smallSample())]
    // Read on while things happen.
    const moving = world.idle()
    for (let over = false; !over; ) {
      over = await Promise.race([
        moving.then(() => true),
        new Promise<false>((resolve) => setImmediate(resolve, false)),
      ])
      const page = await all(cursor)
      seen.push(...page.ids)
      cursor = page.cursor
    }
    await caughtUp()
    seen.push(...(await all(cursor)).ids)
    for (const { body } of declared) {
      const events = (await (await world.call('GET', `/v1/declarations/${body.id}/events?limit=200`)).json()) as {
        data: { id: string }[]
      }
      expect(events.data.length).toBeGreaterThan(5)
      expect(seen.filter((id) => id.startsWith(body.id))).toEqual(events.data.map(({ id }) => id))
    }
    expect(new Set(seen).size).toBe(seen.length)
    // The same, read later from the start: one order for all.
    expect((await all()).ids).toEqual(seen)
  })

  test('shows an event as its declaration does, byte for byte', async () => {
    const [first] = (await read('?limit=1')).data
    const events = (await (await world.call('GET', `${first?.source}/events?limit=1`)).json()) as { data: unknown[] }
    expect(first).toEqual(events.data[0])
  })

  test('is a firm’s own; an operator’s is everybody’s', async () => {
    expect((await all('0', '', world.keys.stranger)).ids).toEqual([])
    expect((await all('0', '', world.keys.admin)).ids).toEqual((await all()).ids)
    await problemOf(await world.call('GET', '/v1/events', { key: world.keys.integrator }), 'forbidden')
    await problemOf(await world.call('GET', '/v1/events', { key: '' }), 'unauthenticated')
  })

  test('by type, exactly or by prefix; its cursor has passed what it did not show', async () => {
    const { data } = await read('?limit=200')
    const accepted = await all('0', '&type=yuchuang.declaration.accepted')
    expect(accepted.ids).toEqual(
      data.filter(({ type }) => type === 'yuchuang.declaration.accepted').map(({ id }) => id),
    )
    const filings = await all('0', '&type=yuchuang.filing.*')
    expect(filings.ids).toEqual(data.filter(({ type }) => type.startsWith('yuchuang.filing.')).map(({ id }) => id))
    expect((await all('0', '&type=yuchuang.*')).ids).toEqual(data.map(({ id }) => id))
    expect((await all('0', '&type=yuchuang.nothing')).cursor).toBe((await all()).cursor)
  })

  test.each([
    'limit=0',
    'limit=201',
    'after=-1',
    'after=x',
    'after=1e99',
    'type=filing',
    'type=%00',
    'since=1',
    'after=999999999',
  ])('?%s is refused', async (query) => {
    await problemOf(await world.call('GET', `/v1/events?${query}`), 'invalid-parameter')
  })

  test('a cursor of another feed is refused, not waited for', async () => {
    const problem = await problemOf(await world.call('GET', '/v1/events?after=999999999'), 'invalid-parameter')
    expect(issuesIn(problem)).toEqual(['/after unknown-cursor'])
  })
})

/** The cursor behind everything that has happened, once the feed has it: other databases' transactions may hold it back a little. */
async function caughtUp(): Promise<string> {
  for (;;) {
    const { ids, cursor } = await all()
    const { rows } = await world.database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM event')
    if (ids.length === rows[0]?.count) return cursor
  }
}

describe('Prefer: wait', () => {
  test('answers as soon as something happens', async () => {
    const { cursor } = await all()
    const waiting = read(`?after=${cursor}`, { wait: 30 })
    const { body } = await world.post(smallSample())
    const { data, headers } = await waiting
    expect(headers.get('preference-applied')).toBe('wait=30')
    expect(data[0]?.id).toBe(`${body.id}.1`)
  })

  test('answers with nothing when the time is over, and with where to go on', async () => {
    await world.idle()
    const cursor = await caughtUp()
    expect(await read(`?after=${cursor}`, { wait: 1 })).toMatchObject({ data: [], hasMore: false, nextCursor: cursor })
  })

  test('more who wait than a process can carry are turned away, others are answered', async () => {
    const bell = await createBell(world.database)
    vi.spyOn(bell, 'listening').mockReturnValue(limits.feedWaiters)
    const desk = { bell, vault: createVault([]), allowPrivate: true }
    const services = { ...world, now: world.now, notices: desk } as unknown as Services
    const routes = feedRoutes(services, () => async (context, next) => {
      context.set('caller', { name: '', role: 'admin', tenant: undefined, agency: undefined, keyHash: '' })
      await next()
    })
    routes.onError((error) => {
      throw error
    })
    const { cursor } = await all()
    const ask = async (query: string) => routes.request(`/${query}`, { headers: { prefer: 'wait=5' } })
    await expect(ask(`?after=${cursor}`)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await ask('?after=0')).status).toBe(200)
  })
})

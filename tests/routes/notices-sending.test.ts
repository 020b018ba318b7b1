import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  madeEndpointAnswer,
  noticeAnswer,
  pingAnswer,
  redeliveryAnswer,
  rotationAnswer,
} from '../../schemas/notices.ts'
import { makeKey } from '../../src/db/keys.ts'
import { limits } from '../../src/limits.ts'
import { placeAll } from '../notices/support.ts'
import { freshKey, issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

// Nobody sends here: what is queued stays queued.
const world = await smallWorld()
const base = '/v1/webhook-endpoints'
const wanted = { url: 'https://hooks.firm.com/in', description: '通知 desk', types: ['yuchuang.filing.*'] }
beforeEach(async () => {
  await world.database.pool.query('UPDATE webhook_endpoint SET enabled = false, deleted_at = now()')
})
const post = (path: string, body?: unknown, key?: string) =>
  world.call('POST', path, { body, key, headers: freshKey() })
async function make(body: object = wanted, key?: string) {
  const response = await post(base, body, key)
  expect(response.status).toBe(201)
  return madeEndpointAnswer.strict().parse(await response.json())
}
const read = async (id: string) => world.call('GET', `${base}/${id}`)
const log = async (id: string, query = '') => {
  const response = await world.call('GET', `${base}/${id}/deliveries${query}`)
  expect(response.status).toBe(200)
  return z
    .strictObject({ data: z.array(noticeAnswer.strict()), hasMore: z.boolean(), nextCursor: z.string().optional() })
    .parse(await response.json())
}

test('rotating gives a new secret; the old one is listed with its end; four at once and no more', async () => {
  const made = await make()
  const rotate = async () => post(`${base}/${made.id}/secret-rotations`)
  const rotated = await rotate()
  expect([rotated.status, rotated.headers.get('cache-control')]).toEqual([201, 'no-store'])
  const { secret, endpoint } = rotationAnswer.strict().parse(await rotated.json())
  expect(secret).not.toBe(made.secret)
  const [newest, oldest] = endpoint.secrets
  expect(newest).not.toHaveProperty('validUntil')
  const overlap = Date.parse(oldest?.validUntil ?? '') - Date.parse(newest?.createdAt ?? '')
  expect(overlap).toBe(limits.webhookOverlapMs)
  await rotate()
  await rotate()
  await problemOf(await rotate(), 'limit-reached')
})

describe('sending on request', () => {
  test('a ping is queued for this endpoint alone; five may wait', async () => {
    const [one, two] = [await make(), await make()]
    const response = await post(`${base}/${one.id}/pings`)
    expect(response.status).toBe(202)
    const { eventId, links } = pingAnswer.strict().parse(await response.json())
    const { data } = (await (await world.call('GET', links.deliveries)).json()) as { data: unknown[] }
    expect(data).toMatchObject([{ eventId, type: 'yuchuang.endpoint.ping', status: 'waiting', attempts: 0, tries: [] }])
    expect((await log(two.id)).data).toEqual([])
    for (let count = 1; count < limits.pingsWaiting; count++) await post(`${base}/${one.id}/pings`)
    await problemOf(await post(`${base}/${one.id}/pings`), 'limit-reached')
    const feed = (await (await world.call('GET', '/v1/events?type=yuchuang.endpoint.*')).json()) as { data: unknown[] }
    expect(feed.data).toEqual([])
  })

  test('one event again, and those of a range that the endpoint wants, each under its own id', async () => {
    const { id } = await make()
    const from = new Date(world.now()).toISOString()
    const declared = await world.post(smallSample())
    await world.idle()
    const events = (await (
      await world.call('GET', `/v1/declarations/${declared.body.id}/events?limit=200`)
    ).json()) as {
      data: { id: string; type: string }[]
    }
    await placeAll(world.database, new Date(world.now()))
    const ids = events.data.filter(({ type }) => type.startsWith('yuchuang.filing.')).map((event) => event.id)
    expect(ids.length).toBeGreaterThan(3)
    await world.database.pool.query(
      "UPDATE notice SET status = 'delivered', tries = 3, step = 3 WHERE endpoint_id = $1",
      [id],
    )
    const [first = ''] = ids
    const again = await post(`${base}/${id}/redeliveries`, { eventId: first })
    expect([again.status, redeliveryAnswer.strict().parse(await again.json())]).toEqual([202, { queued: 1 }])
    expect((await log(id, `?eventId=${first}`)).data).toMatchObject([
      { eventId: first, status: 'waiting', attempts: 3 },
    ])
    const range = { from, to: new Date(world.now() + 60_000).toISOString() }
    expect(await (await post(`${base}/${id}/redeliveries`, range)).json()).toEqual({ queued: ids.length })
    const queued = (await log(id, '?limit=200')).data
    expect(queued.map(({ eventId }) => eventId).toSorted()).toEqual(ids.toSorted())
    expect(new Set(queued.map(({ status }) => status))).toEqual(new Set(['waiting']))
    // One that is named is sent whatever types the endpoint wants; one younger than its event gets it too.
    const accepted = events.data.find(({ type }) => type === 'yuchuang.declaration.accepted')?.id
    expect((await post(`${base}/${id}/redeliveries`, { eventId: accepted })).status).toBe(202)
    const young = await make({ url: 'https://hooks.firm.com/young' })
    expect(await (await post(`${base}/${young.id}/redeliveries`, range)).json()).toEqual({ queued: events.data.length })
    // Somebody else’s events are none.
    const theirs = await make(wanted, world.keys.stranger)
    const asked = await post(`${base}/${theirs.id}/redeliveries`, { eventId: first }, world.keys.stranger)
    expect(issuesIn(await problemOf(asked, 'body-invalid'))).toEqual(['/eventId unknown-event'])
    const nothing = await post(`${base}/${theirs.id}/redeliveries`, range, world.keys.stranger)
    expect(await nothing.json()).toEqual({ queued: 0 })
  })

  test.each([
    [{ eventId: 'x' }, ['/eventId unknown-event']],
    [{ eventId: `${'0'.repeat(20)}.99999999999` }, ['/eventId unknown-event']],
    [{ from: '2026-11-21T00:00:00Z', to: '2026-11-21T00:00:00Z' }, ['/to empty-range']],
    [{ from: 'yesterday', to: '2026-11-21T00:00:00Z' }, ['/from invalid-format']],
    [{}, [' one-of']],
    [{ from: '2026-11-21T00:00:00Z' }, [' one-of']],
    [{ eventId: 'x', from: '2026-11-21T00:00:00Z' }, [' one-of']],
  ])('422: %j', async (body, issues) => {
    const { id } = await make()
    const problem = await problemOf(await post(`${base}/${id}/redeliveries`, body), 'body-invalid')
    expect(issuesIn(problem)).toEqual(issues)
  })
})

describe('the log', () => {
  test('goes on page by page, newest first, and by status', async () => {
    const { id } = await make()
    for (let count = 0; count < 5; count++) await post(`${base}/${id}/pings`)
    const whole = (await log(id)).data.map(({ eventId }) => eventId)
    expect(whole).toEqual([5, 4, 3, 2, 1].map((number) => `${id}.${number}`))
    const paged: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { data, nextCursor } = await log(id, `?limit=2${after === '' ? '' : `&after=${after}`}`)
      paged.push(...data.map(({ eventId }) => eventId))
      after = nextCursor
    }
    expect(paged).toEqual(whole)
    expect((await log(id, '?status=delivered')).data).toEqual([])
    expect((await log(id, '?eventId=nothing')).data).toEqual([])
  })

  test.each(['status=x', 'limit=0', 'after=-1', 'after=x', 'since=1'])('?%s is refused', async (query) => {
    const { id } = await make()
    await problemOf(await world.call('GET', `${base}/${id}/deliveries?${query}`), 'invalid-parameter')
  })
})

describe('somebody else’s', () => {
  const doors: [method: string, path: string, body?: object][] = [
    ['GET', ''],
    ['PATCH', '', { enabled: false }],
    ['DELETE', ''],
    ['POST', '/secret-rotations'],
    ['POST', '/pings'],
    ['GET', '/deliveries'],
    ['POST', '/redeliveries', { eventId: 'x.1' }],
  ]
  test.each(doors)('%s …%s: 404, as if it were not there', async (method, path, body) => {
    const { id } = await make()
    const before = await (await read(id)).text()
    for (const [key, where] of [
      [world.keys.stranger, id],
      [world.keys.trader, '0'.repeat(20)],
      [world.keys.trader, "x'; --"],
    ] as const)
      await problemOf(
        await world.call(method, `${base}/${encodeURIComponent(where)}${path}`, {
          key,
          body,
          headers: { 'if-match': '*' },
        }),
        'not-found',
      )
    expect(await (await read(id)).text()).toBe(before)
  })

  test('and without a key, with another role, or of no firm: 401, 403', async () => {
    const nobody = await makeKey(world.database, { name: 'nobody', role: 'trader' })
    const nowhere = await makeKey(world.database, { name: 'of no firm', role: 'integrator' })
    await problemOf(await world.call('GET', base, { key: '' }), 'unauthenticated')
    for (const key of [world.keys.admin, nobody, nowhere]) {
      await problemOf(await world.call('GET', base, { key }), 'forbidden')
      await problemOf(await post(base, wanted, key), 'forbidden')
    }
    expect(await (await world.call('GET', base, { key: world.keys.stranger })).json()).toHaveProperty('data')
  })
})

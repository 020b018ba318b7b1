import { beforeAll, describe, expect, test, vi } from 'vitest'
import { eventAnswer, pageOf } from '../../schemas/answers.ts'
import { createHub } from '../../src/filing/hub.ts'
import { limits } from '../../src/limits.ts'
import { eventRoutes } from '../../src/routes/events.ts'
import type { Services } from '../../src/services.ts'
import { issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

// A heart that beats fast, so that nobody waits for it.
vi.mock(import('../../src/limits.ts'), async (original) => ({
  limits: { ...(await original()).limits, eventHeartbeatMs: 50 as 15_000 },
}))

const world = await smallWorld()
let id = ''
let total = 0
beforeAll(async () => {
  id = (await world.post(smallSample())).body.id
  await world.idle()
  total = (await list('?limit=200')).data.length
})
const path = (declaration = id) => `/v1/declarations/${declaration}/events`
const list = async (query = '') => {
  const response = await world.call('GET', `${path()}${query}`)
  expect(response.status).toBe(200)
  return {
    link: response.headers.get('link'),
    ...pageOf(eventAnswer.strict())
      .strict()
      .parse(await response.json()),
  }
}

/** An event stream that is read as its reader reads it: by whole messages. */
async function openStream(headers: Record<string, string> = {}, declaration = id) {
  const response = await world.call('GET', path(declaration), { headers: { accept: 'text/event-stream', ...headers } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  return {
    /** The next message, as its fields; comments, whose name is empty, only when they are wanted. */
    async next(comments = false): Promise<Record<string, string>> {
      while (!rest.includes('\n\n')) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        rest += decoder.decode(value, { stream: true })
      }
      const end = rest.indexOf('\n\n')
      const lines = rest.slice(0, end).split('\n')
      rest = rest.slice(end + 2)
      if (lines[0]?.startsWith(':') && !comments) return this.next()
      return Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
    },
    close: () => reader.cancel(),
  }
}

describe('as a list', () => {
  test('CloudEvents 1.0, numbered without a gap, from the acceptance on', async () => {
    const { data, hasMore } = await list('?limit=200')
    expect(hasMore).toBe(false)
    expect(data.map(({ id: name }) => name)).toEqual(data.map((_, at) => `${id}.${at + 1}`))
    expect(data[0]).toMatchObject({
      specversion: '1.0',
      source: `/v1/declarations/${id}`,
      type: 'yuchuang.declaration.accepted',
    })
    expect(total).toBeGreaterThan(5)
  })

  test('go on page by page, by cursor and by Link, to an end', async () => {
    const seen: string[] = []
    for (let query: string | undefined = '?limit=3'; query !== undefined; ) {
      const { data, hasMore, nextCursor, link } = await list(query)
      seen.push(...data.map(({ id: name }) => name))
      expect(data.length === 3 || !hasMore).toBe(true)
      query = /^<[^?]*(\?[^>]*)>; rel="next"$/.exec(link ?? '')?.[1]
      expect(query === undefined).toBe(!hasMore)
      expect(new URLSearchParams(query).get('after') ?? undefined).toBe(nextCursor)
    }
    expect(seen).toEqual(Array.from({ length: total }, (_, at) => `${id}.${at + 1}`))
  })

  test('after the last there is nothing', async () => {
    expect(await list(`?after=${total}`)).toMatchObject({ data: [], hasMore: false, link: null })
    expect(await list('?after=2147483647')).toMatchObject({ data: [] })
  })

  test.each([
    'limit=0',
    'limit=999',
    'limit=x',
    'after=-1',
    'after=1.5',
    'after=garbage',
    'after=2147483648',
    'after=99999999999999999999',
    'since=1',
  ])('?%s is refused', async (query) => {
    const document = await problemOf(await world.call('GET', `${path()}?${query}`), 'invalid-parameter')
    expect(issuesIn(document)[0]?.split(' ')[0]).toBe(`/${query.split('=')[0]}`)
  })

  test('somebody else’s are not there', async () => {
    expect(await problemOf(await world.call('GET', path(), { key: world.keys.stranger }), 'not-found')).toHaveProperty(
      'status',
      404,
    )
    expect(
      await problemOf(
        await world.call('GET', path(), { key: world.keys.stranger, headers: { accept: 'text/event-stream' } }),
        'not-found',
      ),
    ).toHaveProperty('status', 404)
  })
})

describe('as a stream', () => {
  test('tells what was, then what comes, with the number as id', async () => {
    const { body } = await world.post(smallSample())
    const stream = await openStream({}, body.id)
    const first = await stream.next()
    expect(first).toMatchObject({ id: '1', event: 'yuchuang.declaration.accepted' })
    expect(eventAnswer.strict().parse(JSON.parse(first['data'] ?? '')).id).toBe(`${body.id}.1`)
    // From here on they come as they happen.
    const numbers: number[] = []
    const moving = world.idle()
    while (numbers.length < 6) numbers.push(Number((await stream.next())['id']))
    await moving
    await stream.close()
    expect(numbers).toEqual([2, 3, 4, 5, 6, 7])
  })

  test('resumes after Last-Event-ID: nothing twice, nothing left out', async () => {
    const whole = await openStream()
    const ids: string[] = []
    for (let at = 0; at < total; at++) ids.push((await whole.next())['id'] ?? '')
    await whole.close()
    const resumed = await openStream({ 'last-event-id': ids[2] ?? '' })
    const rest: string[] = []
    for (let at = 3; at < total; at++) rest.push((await resumed.next())['id'] ?? '')
    await resumed.close()
    expect([...ids.slice(0, 3), ...rest]).toEqual(Array.from({ length: total }, (_, at) => String(at + 1)))
  })

  test.each(['', 'x', '-1', '1e3', '99999999999999999999', '1; DROP'])(
    'Last-Event-ID "%s" is none of ours: it starts at the beginning',
    async (last) => {
      const stream = await openStream({ 'last-event-id': last })
      expect((await stream.next())['id']).toBe('1')
      await stream.close()
    },
  )

  test('a quiet stream sends a sign of life, again and again', async () => {
    const stream = await openStream({ 'last-event-id': String(total) })
    expect([await stream.next(true), await stream.next(true)]).toEqual([{ '': 'still here' }, { '': 'still here' }])
    await stream.close()
  })

  test('HEAD says what would come and opens no stream', async () => {
    const head = await world.call('HEAD', path(), { headers: { accept: 'text/event-stream' } })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'text/event-stream', ''])
  })

  test('more streams than the process can carry are refused, not queued', async () => {
    const hub = await createHub(world.database)
    vi.spyOn(hub, 'watching').mockReturnValue(limits.streams)
    const routes = eventRoutes({ ...world, hub } as unknown as Services, () => async (context, next) => {
      context.set('caller', { name: '', role: 'admin', tenant: undefined, agency: undefined, keyHash: '' })
      await next()
    })
    routes.onError((error) => {
      throw error
    })
    await expect(async () =>
      routes.request(`/${id}/events`, { headers: { accept: 'text/event-stream' } }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      headers: { 'Retry-After': '10' },
    })
    expect((await routes.request(`/${id}/events`)).status).toBe(200)
  })
})

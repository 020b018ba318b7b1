import { expect, test } from 'vitest'
import { createClient, ProblemError, UnknownOutcomeError } from '../../client/index.ts'
import { limits } from '../../client/limits.ts'
import { cut, json, problem, type Seen, toyClock, toyServer } from './toy.ts'

const timeoutMs = 7_777
const made = {
  id: 'ep-1',
  url: 'https://trader.example',
  types: [],
  enabled: true,
  secrets: [],
  createdAt: '',
  updatedAt: '',
}
const endpoint = { url: 'https://trader.example' }

/** A client of a server that does as the steps say, with everything that is noted. */
async function clientOf(...steps: Parameters<typeof toyServer>) {
  const { baseUrl, seen } = await toyServer(...steps)
  const clock = toyClock([timeoutMs])
  const client = createClient({ baseUrl, apiKey: 'key', timeoutMs, clock })
  return { client, seen, clock }
}
const keysOf = (seen: readonly Seen[]) => seen.map(({ headers }) => headers['idempotency-key'])

test('what creates carries a key of its own, the same over the tries of one call', async () => {
  const { client, seen } = await clientOf(cut, problem(502, 'x'), problem(503, 'unavailable'), json(201, made))
  const { status, body } = await client.makeEndpoint({ body: endpoint })
  expect([status, body.id]).toEqual([201, 'ep-1'])
  expect(seen).toHaveLength(4)
  expect(new Set(keysOf(seen)).size).toBe(1)
  expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(seen.map(({ body: sent }) => sent))).toEqual(new Set([JSON.stringify(endpoint)]))
  await client.makeEndpoint({ body: endpoint })
  expect(new Set(keysOf(seen)).size).toBe(2)
})

test('the caller’s own key is the one that is sent', async () => {
  const { client, seen } = await clientOf(cut, json(201, made))
  await client.makeEndpoint({ body: endpoint, idempotencyKey: 'order-7' })
  expect(keysOf(seen)).toEqual(['order-7', 'order-7'])
})

test.each([408, 425, 429, 502, 503, 504])('%i to a reading is tried again', async (status) => {
  const { client, seen } = await clientOf(problem(status, 'x'), json(200, { data: [], hasMore: false }))
  await client.listDeclarations()
  expect(seen).toHaveLength(2)
})

test.each([400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 500, 501])('%i is the last word', async (status) => {
  const { client, seen } = await clientOf(problem(status, 'x'))
  await expect(client.makeEndpoint({ body: endpoint })).rejects.toMatchObject({ status, code: 'x', requestId: 'r-1' })
  expect(seen).toHaveLength(1)
})

test('a conflict that says when to come again is that of a request in flight', async () => {
  const { client, seen, clock } = await clientOf(problem(409, 'x', { 'retry-after': '1' }), json(201, made))
  await client.makeEndpoint({ body: endpoint })
  expect([seen.length, clock.pauses]).toEqual([2, [1_000]])
})

test('what must not be done twice is tried once, unless it was certainly not done', async () => {
  const unsure = await clientOf(cut)
  await expect(unsure.client.ping({ id: 'ep-1' })).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    safe: false,
    tries: 1,
  })
  const away = await clientOf(problem(503, 'unavailable', { 'retry-after': '1' }))
  await expect(away.client.ping({ id: 'ep-1' })).rejects.toMatchObject({ status: 503, mayBeDone: true })
  const busy = await clientOf(problem(429, 'too-many-requests'), json(202, { eventId: 'e', links: { deliveries: '' } }))
  await busy.client.ping({ id: 'ep-1' })
  expect([unsure, away, busy].map(({ seen }) => seen.length)).toEqual([1, 1, 2])
  const harmless = await clientOf(cut, json(202, { eventId: 'e', links: { deliveries: '' } }))
  await harmless.client.ping({ id: 'ep-1' }, { repeatable: true })
  expect(harmless.seen).toHaveLength(2)
})

test('a change of a named state is tried again: a second time it cannot be', async () => {
  const { client, seen } = await clientOf(cut, problem(412, 'if-match-stale'))
  const change = client.changeEndpoint({ id: 'ep-1', ifMatch: '"ep-1.1"', body: { enabled: false } })
  await expect(change).rejects.toMatchObject({ status: 412, mayBeDone: true })
  expect(seen.map(({ headers }) => headers['if-match'])).toEqual(['"ep-1.1"', '"ep-1.1"'])
  const plain = await clientOf(problem(412, 'if-match-stale'))
  await expect(
    plain.client.changeEndpoint({ id: 'ep-1', ifMatch: '"ep-1.1"', body: { enabled: false } }),
  ).rejects.toMatchObject({ mayBeDone: false })
  const any = await clientOf(cut)
  await expect(any.client.changeEndpoint({ id: 'ep-1', ifMatch: '*', body: { enabled: false } })).rejects.toThrow(
    'unknown',
  )
  expect(any.seen).toHaveLength(1)
})

test('Retry-After is heeded, in seconds and as a date', async () => {
  const { client, clock } = await clientOf(
    problem(429, 'x', { 'retry-after': '7' }),
    problem(429, 'x', { 'retry-after': 'Sat, 21 Nov 2026 01:00:16 GMT' }),
    problem(429, 'x', { 'retry-after': 'soon' }),
    json(200, { data: [], hasMore: false }),
  )
  await client.listDeclarations()
  // The second names an instant nine seconds after the first pause.
  expect(clock.pauses).toEqual([7_000, 9_000, 0])
})

test('the pause is drawn from a bound that doubles, and never exceeds its most', async () => {
  const { baseUrl } = await toyServer(problem(503, 'x'))
  const clock = toyClock([timeoutMs], 0.5)
  const client = createClient({ baseUrl, timeoutMs, clock, retries: 9 })
  await expect(client.listAgencies()).rejects.toThrow(ProblemError)
  expect(clock.pauses).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000])
})

test('all tries together end in time: a pause that would go beyond is not begun', async () => {
  const { client, seen, clock } = await clientOf(problem(503, 'x', { 'retry-after': '3600' }))
  await expect(client.listAgencies()).rejects.toMatchObject({ status: 503, retryAfterMs: 3_600_000 })
  expect([seen.length, clock.pauses]).toEqual([1, []])
  const slow = await clientOf(problem(503, 'x', { 'retry-after': '50' }))
  await expect(slow.client.listAgencies()).rejects.toThrow(ProblemError)
  expect(slow.clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(limits.totalMs)
  expect(slow.seen).toHaveLength(3)
})

test('silence is waited for no longer than all tries may take: the last is given what is left', async () => {
  const { baseUrl, seen } = await toyServer(() => undefined)
  const clock = toyClock([50_000, 20_000])
  const started = clock.now()
  const asked = createClient({ baseUrl, timeoutMs: 50_000, clock, retries: 9 })
    .listAgencies()
    .catch((error: unknown) => error)
  for (let tries = 1; tries <= 3; tries++) {
    await expect.poll(() => seen.length).toBe(tries)
    clock.expire()
  }
  expect(await asked).toMatchObject({ why: 'timeout', tries: 3, safe: true })
  expect(clock.now() - started).toBe(limits.totalMs)
})

test('a timeout is unknown, and the error says so, with the key to ask again', async () => {
  const { baseUrl, seen } = await toyServer(() => undefined)
  const clock = toyClock([timeoutMs])
  const client = createClient({ baseUrl, timeoutMs, clock, retries: 1 })
  const asked = client.makeEndpoint({ body: endpoint }).catch((error: unknown) => error)
  for (let tries = 1; tries <= 2; tries++) {
    await expect.poll(() => seen.length).toBe(tries)
    clock.expire()
  }
  const error = (await asked) as UnknownOutcomeError
  expect(error).toBeInstanceOf(UnknownOutcomeError)
  expect(error).toMatchObject({ why: 'timeout', tries: 2, safe: false })
  expect(error.message).toMatch(/no answer in time after 2 tries: whether it was done is unknown/)
  expect(error.asked).toMatchObject({ operation: 'makeEndpoint', method: 'POST', idempotencyKey: keysOf(seen)[0] })
})

test('an answer that breaks off, trickles without end or is no JSON is no answer', async () => {
  const whole = json(200, { data: [], hasMore: false })
  const broken = await clientOf((response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"data":', () => response.destroy())
  }, whole)
  await broken.client.listDeclarations()
  const garbled = await clientOf(
    (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"da'),
    whole,
  )
  await garbled.client.listDeclarations()
  const { baseUrl, seen } = await toyServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{')
  }, whole)
  const clock = toyClock([timeoutMs])
  const dribbled = createClient({ baseUrl, timeoutMs, clock }).listDeclarations()
  await expect.poll(() => seen.length).toBe(1)
  clock.expire()
  await dribbled
  expect([broken.seen, garbled.seen, seen].map(({ length }) => length)).toEqual([2, 2, 2])
})

test('whoever gives up is heard at once, also in a pause', async () => {
  const reason = new Error('no longer wanted')
  const { baseUrl, seen } = await toyServer(() => undefined)
  const clock = toyClock([timeoutMs])
  const giving = new AbortController()
  const asked = createClient({ baseUrl, timeoutMs, clock }).ping({ id: 'ep-1' }, { signal: giving.signal })
  await expect.poll(() => seen.length).toBe(1)
  giving.abort(reason)
  await expect(asked).rejects.toBe(reason)
  const busy = await toyServer(problem(503, 'x'))
  const pausing = new AbortController()
  const held = {
    ...clock,
    sleep: (ms: number, signal: AbortSignal) => (ms === timeoutMs ? clock.sleep(ms, signal) : pausing.abort(reason)),
  }
  const again = createClient({
    baseUrl: busy.baseUrl,
    timeoutMs,
    clock: { ...held, sleep: async (ms, signal) => held.sleep(ms, signal) },
  })
  await expect(again.listAgencies({}, { signal: pausing.signal })).rejects.toBe(reason)
  expect(busy.seen).toHaveLength(1)
})

test('an answer of something in between is shown as it begins, and no redirection takes the key away', async () => {
  const proxy = await clientOf(
    (response) => void response.writeHead(403, { 'content-type': 'text/html' }).end(`<html>${'x'.repeat(999)}`),
  )
  const error = await proxy.client.listDeclarations().catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'unexpected-answer', status: 403, issues: [] })
  expect((error as Error).message).toContain('<html>xxx')
  expect((error as Error).message.length).toBeLessThan(300)
  const elsewhere = await toyServer(json(200, {}))
  const moved = await clientOf((response) => void response.writeHead(307, { location: elsewhere.baseUrl }).end())
  await expect(moved.client.listDeclarations()).rejects.toMatchObject({ status: 307 })
  expect(elsewhere.seen).toEqual([])
})

test('a part of a path is one part, and a misspelt filter is refused before anything is sent', async () => {
  const { client, seen } = await clientOf(json(200, {}))
  for (const id of ['..', '.', '']) await expect(client.readDeclaration({ id })).rejects.toThrow(TypeError)
  await expect(client.listDeclarations({ directoin: 'export' } as object)).rejects.toThrow('takes no directoin')
  await expect(client.readDeclaration({} as { id: string })).rejects.toThrow('needs id')
  await expect(client.readFeed({ waitSeconds: Number.NaN })).rejects.toThrow('waitSeconds is a number')
  await expect(client.listDeclarations({ agency: {} as string })).rejects.toThrow('agency is a text')
  expect(seen).toEqual([])
  await client.readDeclaration({ id: 'a/../b?c' })
  expect(seen[0]?.url).toBe('/v1/declarations/a%2F..%2Fb%3Fc')
})

test.each(['ftp://gateway.test', 'https://user:secret@gateway.test', 'https://gateway.test/?a', 'gateway'])(
  '%s is no address of a gateway',
  (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(TypeError)
  },
)

test('a path before the gateway’s own is kept', async () => {
  const { baseUrl, seen } = await toyServer(json(200, {}))
  await createClient({ baseUrl: `${baseUrl}/window/` }).readLiveness()
  expect(seen[0]?.url).toBe('/window/healthz')
  expect(seen[0]?.headers.authorization).toBeUndefined()
})

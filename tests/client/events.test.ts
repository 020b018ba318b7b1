import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createClient, type NumberedEvent, UnknownOutcomeError } from '../../client/index.ts'
import { limits } from '../../client/limits.ts'
import { json, problem, type Seen, toyClock, toyServer } from './toy.ts'

const eventOf = (number: number) => ({
  specversion: '1.0',
  id: `d-1.${number}`,
  source: '/v1/declarations/d-1',
  type: 'yuchuang.filing.status',
  time: '2026-11-21T01:00:00Z',
  datacontenttype: 'application/json',
  data: { number, text: '放行\n✓' },
})
const frame = (number: number) =>
  `id: ${number}\nevent: yuchuang.filing.status\ndata: ${JSON.stringify(eventOf(number))}\n\n`
const open = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })

/** Says so much and is cut off. */
const sayAndCut = (text: string | Uint8Array) => (response: ServerResponse) =>
  void open(response).write(text, () => response.destroy())
/** Says so much and stays silent. */
const sayAndHold = (text: string) => (response: ServerResponse) => void open(response).write(text)

async function clientOf(...steps: Parameters<typeof toyServer>) {
  const { baseUrl, seen } = await toyServer(...steps)
  const clock = toyClock([limits.silenceMs, limits.timeoutMs, limits.timeoutMs + limits.feedWaitSeconds * 1_000])
  return { client: createClient({ baseUrl, apiKey: 'key', clock }), seen, clock }
}
/** The first so many events. */
async function take(events: AsyncIterable<NumberedEvent>, count: number): Promise<number[]> {
  const numbers: number[] = []
  for await (const { number, event } of events) {
    expect(event).toEqual(eventOf(number))
    if (numbers.push(number) === count) break
  }
  return numbers
}
const askedFrom = (seen: readonly Seen[]) => seen.map(({ headers }) => headers['last-event-id'])

test('after a cut it goes on where it broke off: none missed, none twice, none by halves', async () => {
  const half = frame(3).slice(0, 60)
  const { client, seen } = await clientOf(
    sayAndCut(frame(1) + frame(2) + half),
    // One that does not know Last-Event-ID tells everything again.
    sayAndCut(frame(1) + frame(2) + frame(3)),
    sayAndHold(`: still here\n\n${frame(4)}`),
  )
  expect(await take(client.events('d-1'), 4)).toEqual([1, 2, 3, 4])
  expect(askedFrom(seen)).toEqual(['0', '2', '3'])
  expect(seen.every(({ headers }) => headers.accept === 'text/event-stream')).toBe(true)
})

test('it begins after the event that was seen, and a letter that is cut in two is one letter', async () => {
  const bytes = new TextEncoder().encode(`${frame(7)}: still here\n\n${frame(8)}`)
  // The second byte of a letter of three.
  const at = bytes.lastIndexOf(0xe6) + 1
  const parts = [bytes.subarray(0, at), bytes.subarray(at)]
  let left = false
  const body = new ReadableStream<Uint8Array>({
    pull: (stream) => stream.enqueue(parts.shift() ?? new Uint8Array()),
    cancel: () => {
      left = true
    },
  })
  const asked: RequestInit[] = []
  const fetch = (_: string, init: RequestInit) => {
    asked.push(init)
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const client = createClient({ baseUrl: 'http://gateway.test', fetch, clock: toyClock([limits.silenceMs]) })
  expect(await take(client.events('d-1', { after: 7 }), 1)).toEqual([8])
  expect(asked.map(({ headers }) => new Headers(headers).get('last-event-id'))).toEqual(['7'])
  expect(left).toBe(true)
})

test('silence beyond three heartbeats is a cut; time that the reader takes is none', async () => {
  let goOn: () => void = () => undefined
  const { client, seen, clock } = await clientOf(
    (response) => {
      sayAndHold(frame(1))(response)
      goOn = () => void response.write(frame(2))
    },
    sayAndHold(frame(3)),
  )
  const events = client.events('d-1')
  expect((await events.next()).value.number).toBe(1)
  // Nothing is waited for while the reader is at work.
  clock.expire()
  await new Promise(setImmediate)
  goOn()
  expect((await events.next()).value.number).toBe(2)
  expect(seen).toHaveLength(1)
  const third = events.next()
  await clock.waiting(limits.silenceMs)
  clock.expire()
  expect((await third).value.number).toBe(3)
  expect(seen).toHaveLength(2)
  await events.return(undefined as never)
})

test('a gateway that is away is waited for, as long as it asks', async () => {
  const { client, clock, seen } = await clientOf(
    problem(503, 'unavailable', { 'retry-after': '10' }),
    (response) => void open(response).end('retry: 3000\n\n'),
    sayAndHold(frame(1)),
  )
  expect(await take(client.events('d-1'), 1)).toEqual([1])
  expect([seen.length, clock.pauses]).toEqual([3, [10_000, 3_000]])
})

test.each([401, 403, 404])('%i ends it', async (status) => {
  const { client, seen } = await clientOf(problem(status, 'x'))
  await expect(client.events('d-1').next()).rejects.toMatchObject({ name: 'ProblemError', status })
  expect(seen).toHaveLength(1)
})

const always = limits.cutsInARow + 1
test.each<[string, number, (response: ServerResponse) => void]>([
  ['cuts every connection', always, sayAndCut('')],
  ['tells an event that cannot be read', always, sayAndCut('id: 1\ndata: {"half\n\n')],
  ['tells an event without a number', always, sayAndCut('data: {}\n\n')],
  ['never ends an event', always, sayAndHold(`data: ${'x'.repeat(limits.eventCharacters + 1)}`)],
  ['answers something else', 1, json(200, { data: [] })],
])('a gateway that %s is given up after %i', async (_, tries, step) => {
  const { client, seen, clock } = await clientOf(step)
  await expect(client.events('d-1').next()).rejects.toMatchObject({
    name: tries === 1 ? 'ProblemError' : 'UnknownOutcomeError',
  })
  expect([seen.length, clock.pauses.length]).toEqual([tries, tries - 1])
})

test.each([
  ['an event', frame],
  ['a heartbeat', () => ': still here\n\n'],
])('one that says %s before each cut is never given up', async (_, said) => {
  const connections = Array.from({ length: limits.cutsInARow * 2 }, (__, at) => sayAndCut(said(at + 1)))
  const { client, seen } = await clientOf(...connections, sayAndHold(frame(99)))
  for await (const { number } of client.events('d-1')) if (number === 99) break
  expect(seen).toHaveLength(connections.length + 1)
})

test('given up, it says how often it came', async () => {
  const { client } = await clientOf(sayAndCut(''))
  const error = await client
    .events('d-1')
    .next()
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(UnknownOutcomeError)
  expect(error).toMatchObject({ safe: true, tries: limits.cutsInARow + 1 })
})

test('whoever leaves the loop, or gives up, leaves no connection behind', async () => {
  let closed = 0
  const { client } = await clientOf((response) => {
    response.on('close', () => closed++)
    open(response).write(frame(1))
  })
  await take(client.events('d-1'), 1)
  await expect.poll(() => closed).toBe(1)
  const giving = new AbortController()
  const events = client.events('d-1', { signal: giving.signal })
  await events.next()
  const second = events.next()
  const reason = new Error('enough')
  giving.abort(reason)
  await expect(second).rejects.toBe(reason)
  await expect.poll(() => closed).toBe(2)
})

test('the feed is followed page by page, and asked again from where it was', async () => {
  const page = (numbers: number[], nextCursor: string) =>
    json(200, { data: numbers.map(eventOf), hasMore: false, nextCursor })
  const { client, seen, clock } = await clientOf(page([1, 2], '2'), page([], '2'), page([3], '3'))
  const told: string[] = []
  for await (const { event, cursor } of client.feed({ type: 'yuchuang.filing.*' })) {
    told.push(`${event.id} ${cursor}`)
    if (told.length === 3) break
  }
  expect(told).toEqual(['d-1.1 2', 'd-1.2 2', 'd-1.3 3'])
  // One that answers nothing at once, although asked to wait, is not asked again at once.
  expect(clock.pauses).toEqual([limits.feedRestMs])
  expect(seen.map(({ url }) => new URL(url, 'http://gateway.test').searchParams.get('after'))).toEqual([null, '2', '2'])
  expect(seen.every(({ headers }) => headers['prefer'] === 'wait=20')).toBe(true)
})

test('a list whose cursor does not move is left, not read for ever', async () => {
  const { client, seen } = await clientOf(json(200, { data: [eventOf(1)], hasMore: true, nextCursor: '1' }))
  const ids: string[] = []
  for await (const { id } of client.each('listEvents', { id: 'd-1' })) ids.push(id)
  expect([ids, seen.length]).toEqual([['d-1.1', 'd-1.1'], 2])
})

import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { type feedAnswer, type madeEndpointAnswer, noticeAnswer } from '../../schemas/notices.ts'
import { httpCarrier } from '../../src/notices/carrier.ts'
import { createVault } from '../../src/notices/vault.ts'
import { startNotices } from '../../src/notices/worker.ts'
import { placeAll } from '../notices/support.ts'
import { openReceiver, verified } from '../support/receiver.ts'
import { laptops, openWorld } from '../support/world.ts'

// A broker's own system is told of everything 事件通知: while it is up, after it was down, and when it moves away.
const world = await openWorld()
const carrier = httpCarrier({ allowPrivate: true })
// Time goes on as the story says, so that nobody waits for the pause before another try.
let later = 0
const notices = await startNotices({
  database: world.database,
  carrier,
  vault: createVault([]),
  log: pino({ level: 'silent' }),
  now: () => world.now() + later,
  random: () => 0,
})
afterAll(async () => {
  await notices.stop()
  await carrier.close()
})
const [office, warehouse] = [await openReceiver(), await openReceiver()]

type Made = z.infer<typeof madeEndpointAnswer>
let [all, holds] = [{} as Made, {} as Made]
let ids: string[] = []
let first = ''
let second = ''

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await world.call(method, `/v1${path}`, {
    body,
    headers: { 'idempotency-key': `${method} ${path} ${JSON.stringify(body)}`, ...headers },
  })
  if (response.status >= 300) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}
const settles = (isSo: () => boolean | Promise<boolean>) =>
  expect.poll(isSo, { timeout: 20_000, interval: 10 }).toBe(true)
/** The pull feed, to its end, with all that happened so far: others' transactions on the same server may hold some of it back. */
async function feed(): Promise<z.infer<typeof feedAnswer>['data']> {
  await placeAll(world.database, new Date(world.now() + later))
  const events: z.infer<typeof feedAnswer>['data'] = []
  for (let after = '0'; ; ) {
    const page = (await ask('GET', `/events?limit=50&after=${after}`)) as unknown as z.infer<typeof feedAnswer>
    events.push(...page.data)
    if (!page.hasMore) return events
    after = page.nextCursor
  }
}

test('the broker names two places: the office hears everything, the warehouse only where a filing stands', async () => {
  all = (await ask('POST', '/webhook-endpoints', { url: office.url })) as Made
  holds = (await ask('POST', '/webhook-endpoints', { url: warehouse.url, types: ['yuchuang.filing.status'] })) as Made
  const { eventId } = await ask('POST', `/webhook-endpoints/${all.id}/pings`)
  await settles(() => office.ids().includes(String(eventId)))
  expect(verified(all.secret ?? '', office.received[0] ?? { headers: {}, body: '' }, world.now()).type).toBe(
    'yuchuang.endpoint.ping',
  )
  expect(warehouse.received).toEqual([])
})

test('a declaration runs its course, and both hear what they asked for, each event signed and once', async () => {
  const { body } = await world.post(laptops('-C.CLEAN-M.CARGOPASS-B.CLEAR'))
  first = body.id
  await world.until(first, ({ filings }) => filings.some(({ status }) => status === 'approved'))
  await world.idle()
  const told = await feed()
  const wanted = told.filter(({ type }) => type === 'yuchuang.filing.status')
  expect(wanted.length).toBeGreaterThan(2)
  await settles(() => office.received.length === told.length + 1 && warehouse.received.length === wanted.length)
  expect(
    office.received
      .slice(1)
      .map((one) => verified(all.secret ?? '', one, world.now()).id)
      .toSorted(),
  ).toEqual(told.map(({ id }) => id).toSorted())
  expect(
    warehouse.received
      .map((one) => verified(holds.secret ?? '', one, world.now()))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ).toEqual(wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  ids = told.map(({ id }) => id)
})

test('the office’s server breaks down: the warehouse goes on hearing, and the log says what went wrong', async () => {
  office.answer = (_, response) => response.writeHead(500).end('out of disk')
  const before = warehouse.received.length
  const { body } = await world.post(laptops('-C.CLEAN-M.CARGOPASS-B.CLEAR'))
  second = body.id
  await world.idle()
  const wanted = (await feed()).filter(({ type, id }) => type === 'yuchuang.filing.status' && !ids.includes(id))
  await settles(() => warehouse.received.length === before + wanted.length)
  const isLogged = async () => {
    const { data } = await ask('GET', `/webhook-endpoints/${all.id}/deliveries?status=waiting`)
    const [line] = noticeAnswer
      .array()
      .parse(data)
      .filter(({ attempts }) => attempts > 0)
    return line?.tries[0]?.excerpt === 'out of disk' && line.nextAttemptAt !== undefined
  }
  await settles(isLogged)
})

test('it comes up again: all it missed arrives, under the ids it would have had', async () => {
  office.answer = (_, response) => response.writeHead(204).end()
  const expected = (await feed()).map(({ id }) => id)
  const known = () => new Set(office.received.map(({ headers }) => headers['webhook-id']))
  await settles(() => {
    later += 60_000
    return expected.every((id) => known().has(id))
  })
  ids = expected
  expect(ids.some((id) => id.startsWith(second))).toBe(true)
  const isOver = async () =>
    ((await ask('GET', `/webhook-endpoints/${all.id}/deliveries?status=waiting`))['data'] as []).length === 0
  await settles(isOver)
})

test('its database was restored from an old copy: the broker has the events sent again, and each is known by its id', async () => {
  const before = office.received.length
  const { queued } = await ask('POST', `/webhook-endpoints/${all.id}/redeliveries`, {
    from: '2020-01-01T00:00:00Z',
    to: '2100-01-01T00:00:00Z',
  })
  expect(queued).toBe(ids.length)
  await settles(() => office.received.length === before + ids.length)
  expect(office.ids().slice(before).toSorted()).toEqual(ids.toSorted())
})

test('a leaked secret is replaced without a moment in which the office could not check', async () => {
  const { secret } = await ask('POST', `/webhook-endpoints/${all.id}/secret-rotations`)
  const before = office.received.length
  await ask('POST', `/webhook-endpoints/${all.id}/pings`)
  await settles(() => office.received.length > before)
  const sent = office.received.at(-1) ?? { headers: {}, body: '' }
  for (const each of [all.secret ?? '', String(secret)])
    expect(verified(each, sent, world.now() + later).type).toBe('yuchuang.endpoint.ping')
  expect(() => verified(holds.secret ?? '', sent, world.now() + later)).toThrow('No matching signature')
})

test('the warehouse moves away and says so: nothing is sent there any more, and the office and the feed know', async () => {
  warehouse.answer = (_, response) => response.writeHead(410).end()
  await ask('POST', `/webhook-endpoints/${holds.id}/pings`)
  const isTold = () =>
    office.received.some(({ body }) => body.includes('yuchuang.endpoint.disabled') && body.includes(holds.id))
  await settles(isTold)
  const [event] = (await feed()).filter(({ type }) => type === 'yuchuang.endpoint.disabled')
  expect(event).toMatchObject({ source: `/v1/webhook-endpoints/${holds.id}`, data: { because: 'gone' } })
  expect(await ask('GET', `/webhook-endpoints/${holds.id}`)).toMatchObject({
    enabled: false,
    disabled: { because: 'gone' },
  })
  const before = warehouse.received.length
  await world.post(laptops())
  await world.idle()
  const isCaughtUp = async () => (await feed()).every(({ id }) => office.ids().includes(id))
  await settles(isCaughtUp)
  expect(warehouse.received).toHaveLength(before)
})

test('the operator sees it in the metrics', async () => {
  let text = ''
  const value = (line: string) => Number(new RegExp(`^${line.replace(/[{}"]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1])
  // Others' transactions on the same server may hold the feed back a little.
  await settles(async () => {
    text = await (await world.call('GET', '/metrics')).text()
    return value('yuchuang_notices_lag_seconds{of="feed"}') === 0
  })
  expect(value('yuchuang_notices_total{outcome="delivered"}')).toBeGreaterThan(ids.length * 2)
  expect(value('yuchuang_notices_total{outcome="failed"}')).toBeGreaterThan(0)
  expect(value('yuchuang_notices_total{outcome="disabled"}')).toBe(1)
})

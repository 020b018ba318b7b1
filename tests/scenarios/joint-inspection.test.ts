import { expect, test, vi } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// 联合查验: customs and the maritime office would each open the box of batteries. They open it once, together: one appointment, one inspection,
// one result for both, which a third office recognises.
const world = await openWorld()
const keyOf = (agency: string) => makeKey(world.database, { name: `${agency} desk`, role: 'agency', agency })
const [customs, maritime, border] = [await keyOf('customs'), await keyOf('maritime'), await keyOf('border')]

interface Request {
  id: string
  status: string
  etag: string
  result?: { result: string }
  steps?: { what: string; by: string }[]
}
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const hour = 3_600_000
const clock = () => world.simulator.clock.read().now
const whole = evBatteries('-C.INSPECT-M.CARGOHOLD')
const { departure: crew, ...otherBorder } = whole.particulars?.['border'] ?? {}
const declaration = { ...whole, particulars: { ...whole.particulars, border: otherBorder } }
const boxes = declaration.goodsShipment.consignment.containers?.map(({ id }) => id) ?? []
const read = (id: string, key = customs) => json<Request>(world.call('GET', `/v1/assistance/${id}`, { key }))
const codes = (seen: Seen, agency: string, procedure: string) =>
  filingOf(seen, agency, procedure).receipts.map(({ code }) => code)

let id: string
let request: Request
const appointment = { at: '2026-11-21T06:00:00.000Z', place: 'Guoyuan inspection hall', containers: boxes }

test('customs asks the maritime office to open the box together; it agrees, and both have the one appointment', async () => {
  const { body } = await world.post(declaration)
  id = body.id
  await world.until(
    id,
    (seen) =>
      filingOf(seen, 'customs').status === 'registered' &&
      filingOf(seen, 'maritime', 'dangerous-cargo').status === 'acknowledged',
  )
  request = await json<Request>(
    world.call('POST', '/v1/assistance', {
      key: customs,
      headers: { 'idempotency-key': 'together' },
      body: {
        act: 'inspect-together',
        to: 'maritime',
        declarationId: id,
        reason: 'Lithium batteries: one opening for both',
        visibility: 'trader',
        dueAt: new Date(world.now() + 6 * hour).toISOString(),
        appointment,
      },
    }),
  )
  await vi.waitFor(async () => expect((await read(request.id)).status).toBe('in-force'), 10_000)
  const seen = await world.until(
    id,
    (now) =>
      codes(now, 'maritime', 'dangerous-cargo').includes('BOX_OPENING') &&
      codes(now, 'customs', 'declare').includes('C'),
  )
  const opening = filingOf(seen, 'maritime', 'dangerous-cargo').receipts.find(({ code }) => code === 'BOX_OPENING')
  expect(JSON.stringify(opening?.details)).toContain('2026-11-21T14:00:00')
  expect(filingOf(seen, 'customs').receipts.find(({ code }) => code === 'C')?.text).toContain('联合查验')
})

test('until they have opened it neither goes on, however long that takes', async () => {
  await world.simulator.clock.advance(48 * hour)
  await world.simulator.settled()
  const seen = await world.read(id)
  expect([filingOf(seen, 'customs').holds, filingOf(seen, 'maritime', 'dangerous-cargo').status]).toEqual([
    ['inspection'],
    'in-review',
  ])
})

test('only the two may report, once, and to the state they read', async () => {
  const report = async (key: string, etag: string) =>
    world.call('POST', `/v1/assistance/${request.id}/result`, {
      key,
      headers: { 'if-match': etag },
      body: { result: 'passed', at: new Date(clock()).toISOString(), containers: boxes, finding: 'as declared' },
    })
  const { etag } = await read(request.id)
  expect([(await report(border, etag)).status, (await report(maritime, '"x"')).status]).toEqual([404, 412])
  expect((await report(maritime, etag)).status).toBe(200)
  expect((await report(customs, (await read(request.id)).etag)).status).toBe(409)
  expect(await read(request.id)).toMatchObject({ status: 'answered', result: { result: 'passed' } })
  expect((await read(request.id)).steps?.map(({ what, by }) => `${what} ${by}`)).toEqual([
    'asked customs',
    'accepted maritime',
    'result maritime',
  ])
})

test('the one result lets both go on: one inspection, one opening', async () => {
  const seen = await world.until(
    id,
    (now) =>
      filingOf(now, 'customs').status === 'approved' &&
      ['approved', 'closed'].includes(filingOf(now, 'maritime', 'dangerous-cargo').status),
  )
  expect(codes(seen, 'maritime', 'dangerous-cargo').filter((code) => code.startsWith('BOX'))).toEqual([
    'BOX_OPENING',
    'BOX_OPENED',
  ])
  expect(codes(seen, 'customs', 'declare').filter((code) => code === 'C')).toHaveLength(1)
  const effects = world.effects(declaration.functionalReferenceId)
  expect(effects.filter((effect) => effect.includes('inspected'))).toEqual(['customs: inspected'])
})

test('and a third office recognises it', async () => {
  let seen = await world.read(id)
  const { id: filingId, etag } = filingOf(seen, 'border')
  expect(
    (
      await world.call('PUT', `/v1/declarations/${id}/filings/${filingId}/particulars`, {
        body: crew,
        headers: { 'if-match': etag },
      })
    ).status,
  ).toBe(200)
  seen = await world.until(
    id,
    (now) => filingOf(now, 'border').status !== 'queued' && filingOf(now, 'border').status !== 'sent',
  )
  const { data } = await json<{ data: { agency: string; uses: { agency: string; check: string }[] }[] }>(
    world.call('GET', `/v1/recognitions?declarationId=${id}`),
  )
  expect(data.flatMap(({ uses }) => uses)).toContainEqual(
    expect.objectContaining({ agency: 'border', check: 'boarding' }),
  )
})

test('its trader reads all of it', async () => {
  const { data } = await json<{ data: { type: string; data: { step?: string } }[] }>(
    world.call('GET', `/v1/declarations/${id}/events?limit=200`),
  )
  const steps = data
    .filter(({ type }) => type.startsWith('yuchuang.assistance'))
    .map(({ type, data }) => `${type.slice(20)} ${data.step}`)
  expect(steps).toEqual(['asked asked', 'answered accepted', 'result result'])
})

import { expect, test, vi } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Customs opens the box of batteries and finds all in order. The shipper's declaration to the maritime office comes later: its officers would
// open the same box once more, and let customs' result stand.
const world = await openWorld()
const customs = await makeKey(world.database, { name: 'customs desk', role: 'agency', agency: 'customs' })
const maritime = await makeKey(world.database, { name: 'maritime desk', role: 'agency', agency: 'maritime' })
const border = await makeKey(world.database, { name: 'border desk', role: 'agency', agency: 'border' })

interface Result {
  id: string
  agency: string
  category: string
  status: string
  covers: { containers?: string[]; goods?: string[] }
  uses: { agency: string; procedure: string; state: string; check: string; rule: string }[]
}
const hour = 3_600_000
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const resultsOf = async (id: string, key?: string) =>
  (await json<{ data: Result[] }>(world.call('GET', `/v1/recognitions?declarationId=${id}`, { key }))).data
const savings = () =>
  json<{ total: number; data: { from: string; check: string; saved: number }[] }>(
    world.call('GET', '/v1/recognitions/savings', { key: '' }),
  )
const eventsOf = async (id: string) =>
  (
    await json<{ data: { type: string; data: Record<string, unknown> }[] }>(
      world.call('GET', `/v1/declarations/${id}/events?limit=200`),
    )
  ).data
const withoutCargo = (magic: string) => {
  const whole = evBatteries(magic)
  const { 'dangerous-cargo': cargo, ...maritime } = whole.particulars?.['maritime'] ?? {}
  return { cargo, declaration: { ...whole, particulars: { ...whole.particulars, maritime } } }
}
const bring = async (seen: Seen, procedure: string, body: unknown) => {
  const { id, etag } = filingOf(seen, 'maritime', procedure)
  const path = `/v1/declarations/${seen.id}/filings/${id}/particulars`
  expect((await world.call('PUT', path, { body, headers: { 'if-match': etag } })).status).toBe(200)
}
const sentTo = async (id: string, filingId: string) => {
  const { data } = await json<{ data: { direction: string; filingId: string; body?: string }[] }>(
    world.call('GET', `/v1/declarations/${id}/messages?limit=200`),
  )
  return data.filter((one) => one.direction === 'out' && one.filingId === filingId).at(-1)?.body ?? ''
}
const inspected = (seen: Seen) => ['approved', 'closed'].includes(filingOf(seen, 'customs').status)

const { cargo, declaration } = withoutCargo('-C.INSPECT-M.CARGOHOLD')
let id: string
let seen: Seen

test('customs inspects and releases: that is kept as a result, with what it covers', async () => {
  const { body } = await world.post(declaration)
  id = body.id
  seen = await world.until(id, inspected, hour)
  expect(filingOf(seen, 'maritime', 'dangerous-cargo').status).toBe('awaiting-particulars')
  const [result, ...others] = await resultsOf(id)
  expect(others).toEqual([])
  expect(result).toMatchObject({ agency: 'customs', category: 'inspection', status: 'recorded', uses: [] })
  expect(result?.covers.containers).toEqual(declaration.goodsShipment.consignment.containers?.map(({ id }) => id))
  expect((await eventsOf(id)).map(({ type }) => type)).toContain('yuchuang.recognition.recorded')
})

test('the filing that goes after it carries it, and the office lets it stand in for opening the box', async () => {
  await bring(seen, 'dangerous-cargo', cargo)
  seen = await world.until(id, (now) => filingOf(now, 'maritime', 'dangerous-cargo').status === 'approved', hour)
  const filing = filingOf(seen, 'maritime', 'dangerous-cargo')
  const [result] = await resultsOf(id)
  expect(await sentTo(id, filing.id)).toContain(`<ResultId>${result?.id}</ResultId>`)
  // Asked to open a box, it opened none.
  expect(filing.receipts.map(({ code }) => code)).not.toContain('BOX_OPENING')
  expect(result?.uses).toMatchObject([
    { agency: 'maritime', procedure: 'dangerous-cargo', state: 'honoured', check: 'box-opening', rule: '2026-11-01' },
  ])
  const types = (await eventsOf(id))
    .map(({ type }) => type.replace('yuchuang.', ''))
    .filter((type) => type.startsWith('recognition'))
  expect(types).toEqual(['recognition.recorded', 'recognition.used', 'recognition.honoured'])
})

test('the check that was saved is counted once, for everybody to see', async () => {
  expect(await savings()).toMatchObject({ total: 1, data: [{ from: 'customs', check: 'box-opening', saved: 1 }] })
})

test('who may see a result: its trader, who came to it and who got it; nobody else', async () => {
  const [result] = await resultsOf(id)
  const status = async (key: string) => (await world.call('GET', `/v1/recognitions/${result?.id}`, { key })).status
  expect([await status(customs), await status(maritime), await status(world.keys.admin)]).toEqual([200, 200, 200])
  expect([await status(border), await status(world.keys.stranger)]).toEqual([404, 404])
  expect(await resultsOf(id, world.keys.stranger)).toEqual([])
})

test('only the agency whose result it is revokes it, once; who has it is told', async () => {
  const [result] = await resultsOf(id)
  const revoke = (key: string) =>
    world.call('POST', `/v1/recognitions/${result?.id}/revocation`, { key, body: { reason: 'seal found broken' } })
  expect((await revoke(maritime)).status).toBe(404)
  expect((await revoke(customs)).status).toBe(200)
  expect((await revoke(customs)).status).toBe(409)
  expect((await eventsOf(id)).at(-1)).toMatchObject({
    type: 'yuchuang.recognition.revoked',
    data: { reason: 'seal found broken' },
  })
  await vi.waitFor(async () => {
    const { rows } = await world.database.pool.query('SELECT agency, state FROM cooperation_note WHERE note_id = $1', [
      `${result?.id}-revoked`,
    ])
    expect(rows).toEqual([{ agency: 'maritime', state: 'told' }])
  }, 10_000)
})

test('what was revoked before the filing goes is not carried: the box is opened', async () => {
  const second = withoutCargo('-C.INSPECT-M.CARGOHOLD')
  const { body } = await world.post(second.declaration)
  let now = await world.until(body.id, inspected, hour)
  const [result] = await resultsOf(body.id)
  await world.call('POST', `/v1/recognitions/${result?.id}/revocation`, { key: customs, body: { reason: 'mistaken' } })
  await bring(now, 'dangerous-cargo', second.cargo)
  now = await world.until(body.id, (seen) => filingOf(seen, 'maritime', 'dangerous-cargo').status === 'approved', hour)
  const filing = filingOf(now, 'maritime', 'dangerous-cargo')
  expect(filing.receipts.map(({ code }) => code)).toContain('BOX_OPENED')
  expect(await sentTo(body.id, filing.id)).not.toContain('ResultId')
  expect((await savings()).total).toBe(1)
  // What the maritime office then found is a result of its own.
  expect((await resultsOf(body.id)).filter(({ status }) => status === 'recorded')).toMatchObject([
    { agency: 'maritime' },
  ])
})

test('revoked while the submission that carries it waits: it is taken back and goes without it', async () => {
  const third = withoutCargo('-C.INSPECT-M.CARGOHOLD')
  const { body } = await world.post(third.declaration)
  let now = await world.until(body.id, inspected, hour)
  const order = (state: string) =>
    world.call('PUT', '/v1/operations/lanes/maritime', { key: world.keys.admin, body: { state, reason: 'story' } })
  await order('open')
  await bring(now, 'dangerous-cargo', third.cargo)
  const { id: filingId } = filingOf(now, 'maritime', 'dangerous-cargo')
  expect(await sentTo(body.id, filingId)).toContain('ResultId')
  const [result] = await resultsOf(body.id)
  const path = `/v1/recognitions/${result?.id}/revocation`
  await world.call('POST', path, { key: customs, body: { reason: 'mistaken' } })
  expect(await sentTo(body.id, filingId)).not.toContain('ResultId')
  expect((await resultsOf(body.id))[0]?.uses.map(({ state }) => state)).toEqual(['dropped'])
  await order('closed')
  now = await world.until(body.id, (seen) => filingOf(seen, 'maritime', 'dangerous-cargo').status === 'approved', hour)
  expect(filingOf(now, 'maritime', 'dangerous-cargo').receipts.map(({ code }) => code)).toContain('BOX_OPENED')
  const { rows } = await world.database.pool.query('SELECT FROM cooperation_note WHERE note_id = $1', [
    `${result?.id}-revoked`,
  ])
  expect(rows).toEqual([])
})

test('a result that comes after a filing was sent stands in for nothing there', async () => {
  const { body } = await world.post(evBatteries('-C.INSPECT-M.CARGOHOLD'))
  const now = await world.until(
    body.id,
    (seen) => inspected(seen) && ['approved', 'closed'].includes(filingOf(seen, 'maritime', 'dangerous-cargo').status),
  )
  expect(filingOf(now, 'maritime', 'dangerous-cargo').receipts.map(({ code }) => code)).toContain('BOX_OPENED')
  expect((await resultsOf(body.id)).flatMap(({ uses }) => uses)).toEqual([])
})

test('an operator abroad recognises the status customs gave the exporter', async () => {
  const whole = evBatteries('-S.PENDINGSC')
  const { permit, ...singapore } = whole.particulars?.['singapore'] ?? {}
  const { body } = await world.post({ ...whole, particulars: { ...whole.particulars, singapore } })
  const request = {
    category: 'aeo',
    number: 'AEOCN5001240001',
    firm: whole.goodsShipment.exporter?.id,
    at: '2026-03-01T00:00:00Z',
  }
  const record = (key: string, again = 'one') =>
    world.call('POST', '/v1/recognitions', { key, body: request, headers: { 'idempotency-key': again } })
  expect((await record(world.keys.trader)).status).toBe(403)
  const recorded = await record(customs)
  expect(recorded.status).toBe(201)
  const again = await record(customs)
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
  let now = await world.read(body.id)
  const { id: filingId, etag } = filingOf(now, 'singapore')
  await world.call('PUT', `/v1/declarations/${body.id}/filings/${filingId}/particulars`, {
    body: permit,
    headers: { 'if-match': etag },
  })
  now = await world.until(body.id, (seen) => filingOf(seen, 'singapore').status === 'approved')
  expect(await sentTo(body.id, filingId)).toContain('<cbc:ProcessingCode2>AEOCN5001240001</cbc:ProcessingCode2>')
  expect(filingOf(now, 'singapore').receipts.map(({ code }) => code)).not.toContain('Pending SC')
  expect((await savings()).data).toContainEqual(
    expect.objectContaining({ from: 'customs', check: 'risk-look', saved: 1 }),
  )
})

test('an agency records results of declarations it has a filing of, of what is in them, and of no others', async () => {
  const record = (key: string, more: object) =>
    world.call('POST', '/v1/recognitions', {
      key,
      body: { category: 'inspection', number: 'B1', declarationId: id, at: '2026-11-21T02:00:00Z', ...more },
      headers: { 'idempotency-key': Math.random().toString() },
    })
  expect((await record(border, { containers: ['CQSU5533012'], items: [1] })).status).toBe(201)
  expect((await record(border, { declarationId: '00000000000000000000' })).status).toBe(404)
  const wrong = await record(border, { containers: ['TGHU1234567'], items: [7] })
  expect(wrong.status).toBe(422)
  const { errors } = await json<{ errors: { pointer: string }[] }>(wrong)
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/containers/0', '/items/0'])
})

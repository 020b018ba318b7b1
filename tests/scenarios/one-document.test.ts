import { expect, test } from 'vitest'
import { type WaybillAction, waybillAnswer, waybillExport } from '../../schemas/waybill.ts'
import { makeKey } from '../../src/db/keys.ts'
import { verifyWaybill } from '../../src/waybill/verify.ts'
import { onItsWay, openCorridorWorld } from '../movement/corridor-world.ts'
import { freshKey, problemOf } from '../routes/support.ts'
import { broker, laptops } from '../support/world.ts'
import { parties, trainBill } from '../waybill/document.ts'

// One document for the whole way 一单制: a rail bill 铁路提单 to order, under which the goods are declared, financed by a bank, sold, and given up.
const { world, play, pass, whereabouts } = await openCorridorWorld()
const operator = await makeKey(world.database, { name: 'operator', role: 'carrier', tenant: parties.carrier })
const bank = await makeKey(world.database, { name: 'bank', role: 'bank', tenant: parties.bank })
const buyer = await makeKey(world.database, { name: 'buyer', role: 'trader', tenant: parties.buyer })
const shipper = world.keys.trader
let number = ''
let id = ''

const read = async (key: string) => {
  const response = await world.call('GET', `/v1/waybills/${number}`, { key })
  return { etag: response.headers.get('etag') ?? '', shown: waybillAnswer.parse(await response.json()) }
}
async function act(key: string, action: WaybillAction, recipient?: string) {
  const { etag } = await read(key)
  const body = { action, ...(recipient === undefined ? {} : { recipient }) }
  const headers = { 'if-match': etag, ...freshKey() }
  return world.call('POST', `/v1/waybills/${number}/actions`, { key, body, headers })
}
const done = async (...step: Parameters<typeof act>) => {
  const response = await act(...step)
  expect(response.status).toBe(201)
  return waybillAnswer.parse(await response.json())
}

test('the operator draws it up, the shipper approves it, and it is issued to the shipper’s order', async () => {
  const drawn = await world.call('POST', '/v1/waybills', { key: operator, body: trainBill(), headers: freshKey() })
  number = waybillAnswer.parse(await drawn.json()).number
  await problemOf(await act(operator, 'ISSUE', broker), 'waybill-action-refused')
  expect((await done(shipper, 'APPROVE')).status).toBe('APPROVED')
  expect(await done(operator, 'ISSUE', broker)).toMatchObject({ status: 'ISSUED', holder: broker, title: 'order' })
})

test('the goods are declared under its number: each leads to the other, for whoever may see both', async () => {
  const [, leg] = trainBill().legs
  if (leg === undefined) throw new Error('no leg')
  const legs = [{ modeCode: '2' as const, transportDocumentId: number, from: leg.from, to: leg.to }]
  const { status, body } = await world.post(onItsWay(laptops(), legs, 'CQSU1234564'))
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  id = body.id
  expect((await whereabouts(id)).waybills).toEqual([{ number, negotiable: true, href: `/v1/waybills/${number}` }])
  expect((await read(shipper)).shown.declarations).toEqual([{ id, href: `/v1/declarations/${id}` }])
  expect((await read(operator)).shown.declarations).toEqual([])
})

test('what is told under its number belongs to the declaration', async () => {
  await play('europe-rail', { equipment: 'CQSU1234564', start: '2026-11-21T01:00:00Z', papers: [number] })
  await pass(130)
  const { facts, now } = await whereabouts(id)
  expect(facts.every(({ joinedBy }) => joinedBy === 'document')).toBe(true)
  expect(now?.because.code).toBe('DEPA')
})

test('the shipper endorses it to its bank; twice at once is once', async () => {
  const { etag } = await read(shipper)
  const twice = await Promise.all(
    [parties.bank, parties.buyer].map((recipient) =>
      world.call('POST', `/v1/waybills/${number}/actions`, {
        key: shipper,
        body: { action: 'ENDORSE_TO_ORDER', recipient },
        headers: { 'if-match': etag, ...freshKey() },
      }),
    ),
  )
  expect(twice.map(({ status }) => status).sort()).toEqual([201, 412])
  // Whoever of the two has it now: the bank gets it, for the rest of the story.
  if ((await read(shipper)).shown.holder === parties.buyer) await done(buyer, 'ENDORSE_TO_ORDER', parties.bank)
  expect((await read(bank)).shown).toMatchObject({ holder: parties.bank })
  await problemOf(await act(shipper, 'SURRENDER_FOR_DELIVERY'), 'waybill-action-refused')
})

test('paid, the bank passes it to the buyer; the goods are not given up without it', async () => {
  await done(bank, 'ENDORSE_TO_ORDER', parties.buyer)
  await problemOf(await act(operator, 'DELIVER'), 'waybill-action-refused')
  await done(buyer, 'SURRENDER_FOR_DELIVERY')
  expect((await read(operator)).shown).toMatchObject({
    holder: parties.carrier,
    status: 'PENDING_SURRENDER_FOR_DELIVERY',
  })
  await done(operator, 'SURRENDERED')
  expect(await done(operator, 'DELIVER')).toMatchObject({ delivered: true, may: [] })
})

test('the bank sees it up to where it let it go; the whole chain is checked without this gateway', async () => {
  const seen = (await read(bank)).shown
  expect(seen).toMatchObject({ partly: true, holder: parties.buyer, delivered: false })
  const file = await world.call('GET', `/v1/waybills/${number}/export`, { key: shipper })
  const chain = waybillExport.parse(await file.json())
  expect(verifyWaybill(chain)).toMatchObject({ status: 'SURRENDERED_FOR_DELIVERY', delivered: true })
  const actions = chain.entries.map(({ action }) => action)
  expect([actions.slice(0, 3), actions.slice(-3)]).toEqual([
    ['DRAFT', 'APPROVE', 'ISSUE'],
    ['SURRENDER_FOR_DELIVERY', 'SURRENDERED', 'DELIVER'],
  ])
})

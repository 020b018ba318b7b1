import { expect, test } from 'vitest'
import { filingOf, laptops, openWorld } from '../support/world.ts'

// Laptops 笔记本电脑 by barge to Yangshan and by sea to Singapore; customs picks them for inspection 查验.
const world = await openWorld()
const declaration = laptops('-C.INSPECT-B.CLEAR')
const lrn = declaration.functionalReferenceId
let id = ''

test('laptops concern six agencies, but no dangerous-goods procedure', async () => {
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  id = body.id
  const declined = body.plan.filter(({ files, agency }) => !files && agency === 'maritime')
  expect(declined.map(({ procedure, because }) => [procedure, because.en])).toEqual([
    ['dangerous-cargo', 'No item is dangerous goods'],
    ['dangerous-ship', 'No item is dangerous goods'],
  ])
  expect(new Set(body.filings.map(({ agency }) => agency)).size).toBe(6)
})

test('an inspection is a hold: the trader is told what to do, in the words of customs', async () => {
  const held = await world.until(id, (seen) => filingOf(seen, 'customs').holds.length > 0)
  const customs = filingOf(held, 'customs')
  expect(customs).toMatchObject({ status: 'in-review', holds: ['inspection'], lastReceipt: { code: 'C' } })
  expect(held.status).toBe('action-needed')
  expect(held.needsAction).toEqual([
    expect.objectContaining({
      agency: 'customs',
      procedure: 'declare',
      filingId: customs.id,
      by: 'trader',
      what: {
        en: expect.stringMatching(/^Customs: Inspection: present the goods \(“查验通知：/),
        zh: expect.stringMatching(/^海关：查验：请配合查验（“查验通知：/),
      },
    }),
  ])
})

test('while customs looks, the permit to leave waits and no other agency does', async () => {
  const seen = await world.until(id, (seen) => filingOf(seen, 'border').status === 'approved')
  expect(filingOf(seen, 'customs').holds).toEqual(['inspection'])
  expect(filingOf(seen, 'maritime', 'departure')).toMatchObject({
    status: 'waiting',
    waitsFor: [{ agency: 'customs', procedure: 'declare', status: 'approved' }],
  })
  expect(filingOf(seen, 'maritime', 'inland-report').status).toBe('closed')
})

test('the release lifts the hold, and with it the action', async () => {
  const seen = await world.until(id, (seen) => filingOf(seen, 'customs').status === 'approved')
  expect(filingOf(seen, 'customs')).toMatchObject({ holds: [], lastReceipt: { code: 'P', status: 'approved' } })
  expect(seen.needsAction).toEqual([])
  const timeline = (seen.timeline ?? [])
    .filter(({ data }) => data['agency'] === 'customs')
    .map(({ data }) => data['code'])
  expect(timeline.filter((code) => code !== undefined)).toEqual(['0', '7', 'L', 'J', 'C', 'P'])
})

test('released once every office that holds goods or ships has let them go; completed when all are done', async () => {
  const released = await world.until(id, ({ status }) => status === 'released')
  expect(filingOf(released, 'maritime', 'departure').status).toBe('approved')
  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(end.filings.every(({ status }) => status === 'closed')).toBe(true)
  const effects = world.effects(lrn)
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects).toContain('customs: inspected')
})

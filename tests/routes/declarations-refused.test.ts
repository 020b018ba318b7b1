import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { evBatteries, openWorld } from '../support/world.ts'
import { changed, countRows, freshKey, issuesIn, problemOf } from './support.ts'

const world = await openWorld()
const post = (body: unknown) => world.call('POST', '/v1/declarations', { body, headers: freshKey() })

test('names everything that is wrong at once, where it is, and which agency asks', async () => {
  let wrong = changed(evBatteries(), 'agent.id', '91500112MA5U0B0038')
  wrong = changed(wrong, 'goodsShipment.totalNetMassKg', '99999')
  wrong = changed(wrong, 'goodsShipment.items.0.declarationElements', ['4'])
  wrong = changed(wrong, 'particulars.border.departure.crew.0.dateOfBirth', 'yesterday')
  wrong = changed(wrong, 'particulars.nobody', { at: {} })
  const before = await countRows(world)
  const document = await problemOf(await post(wrong), 'declaration-invalid')
  const found = issuesIn(document)
  expect(found).toEqual(
    expect.arrayContaining(['/goodsShipment/totalNetMassKg net-above-gross', '/particulars/nobody unknown-field']),
  )
  const at = (pointer: string) => document.errors?.find((one) => one.pointer === pointer)
  expect(at('/agent/id')?.agency).toBeUndefined()
  expect(at('/particulars/border/departure/crew/0/dateOfBirth')?.agency).toBe('border')
  expect(
    document.errors?.find(({ pointer }) => pointer.startsWith('/goodsShipment/items/0/declarationElements'))?.agency,
  ).toBe('customs')
  // What is kept is the answer, so that the key replays it.
  const after = await countRows(world)
  expect(after).toMatchObject({
    declaration: before.declaration,
    filing: before.filing,
    idempotency: before.idempotency + 1,
  })
})

test.each([
  [
    'a number where text is due',
    'goodsShipment.items.0.totalPrice',
    258300,
    '/goodsShipment/items/0/totalPrice invalid-type',
  ],
  [
    'text where a number is due',
    'goodsShipment.packaging.quantity',
    '42',
    '/goodsShipment/packaging/quantity invalid-type',
  ],
  ['null', 'goodsShipment.owner', null, '/goodsShipment/owner invalid-type'],
  ['an array for an object', 'agent', [], '/agent invalid-type'],
  ['an object for an array', 'goodsShipment.items', { 0: {} }, '/goodsShipment/items invalid-type'],
  ['nothing', 'goodsShipment.owner', undefined, '/goodsShipment/owner missing'],
  ['an unknown field', 'goodsShipment.colour', 'red', '/goodsShipment/colour unknown-field'],
  ['an unknown field whose name wants escaping', 'goodsShipment.a/b~c', 1, '/goodsShipment/a~1b~0c unknown-field'],
  ['a prototype’s name', 'goodsShipment.constructor', 1, '/goodsShipment/constructor unknown-field'],
  [
    'a prototype’s name among the agencies',
    'particulars.constructor',
    { declare: {} },
    '/particulars/constructor unknown-field',
  ],
  [
    'a prototype’s name among the procedures',
    'particulars.customs.toString',
    {},
    '/particulars/customs/toString unknown-field',
  ],
  ['an unknown code', 'declarationOfficeId', '9x99', '/declarationOfficeId unknown-code'],
  [
    'a prototype’s name as a code',
    'goodsShipment.supervisionMode',
    'constructor',
    '/goodsShipment/supervisionMode unknown-code',
  ],
  ['a very long text', 'remarks', '长'.repeat(100_000), '/remarks too-big'],
  ['a control character', 'remarks', 'a\u0007b', '/remarks invalid-format'],
  [
    '51 items',
    'goodsShipment.items',
    Array(51).fill(evBatteries().goodsShipment.items[0]),
    '/goodsShipment/items too-big',
  ],
])('%s', async (_, path, value, expected) => {
  const document = await problemOf(await post(changed(evBatteries(), path, value)), 'declaration-invalid')
  expect(issuesIn(document)).toContain(expected)
})

test.each(['null', '[]', '"text"', '17', 'true', '{}'])('%s is JSON, but no declaration', async (body) => {
  const document = await problemOf(await post(body), 'declaration-invalid')
  expect(document.errors?.length).toBeGreaterThan(0)
})

test('a number too large for JSON’s numbers is no quantity', async () => {
  const body = JSON.stringify(evBatteries()).replace('"quantity":42', '"quantity":1e400')
  expect((await problemOf(await post(body), 'declaration-invalid')).errors?.[0]?.pointer).toBe(
    '/goodsShipment/packaging/quantity',
  )
})

test('the trader’s own number stands on one declaration only', async () => {
  const declaration = evBatteries()
  expect((await post(declaration)).status).toBe(202)
  const document = await problemOf(await post(declaration), 'declaration-invalid')
  expect(issuesIn(document)).toEqual(['/functionalReferenceId reference-used'])
})

test('one hands in what concerns oneself', async () => {
  const response = await world.call('POST', '/v1/declarations', {
    key: world.keys.stranger,
    body: evBatteries(),
    headers: freshKey(),
  })
  expect(issuesIn(await problemOf(response, 'declaration-invalid'))).toEqual(['/agent/id tenant-not-party'])
})

test('an XML without anything in it is told what it lacks', async () => {
  const response = await world.call('POST', '/v1/declarations', {
    body: '<DecMessage/>',
    contentType: 'application/xml',
    headers: freshKey(),
  })
  expect((await problemOf(response, 'declaration-invalid')).errors?.length).toBeGreaterThan(5)
})

test('thousands of issues are not all shown, and the answer says so', async () => {
  const body = `{${Array.from({ length: 50_000 }, (_, at) => `"f${at}":1`).join(',')}}`
  const document = await problemOf(await post(body), 'declaration-invalid')
  expect(document.errors).toHaveLength(limits.issues)
  expect(document.moreErrors).toBe(true)
})

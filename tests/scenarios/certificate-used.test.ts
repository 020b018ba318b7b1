import { expect, test } from 'vitest'
import { beefUnder, desk, weighing } from '../certificates/licences.ts'
import { filingOf, openWorld, type Seen } from '../support/world.ts'

// An import licence 自动进口许可证 for 48 tons of beef, from its first load to the last kilogram.
const world = await openWorld()
const { told, uses, events, bookings, correct, ask, holder } = await desk(world)
const licence = '26-50-200048'
const gone = (seen: Seen) => !['planned', 'waiting', 'queued'].includes(filingOf(seen, 'customs').status)
const asker = { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' }

const first = beefUnder(licence, '-C.REFUSE')
let firstId = ''

test('accepted, the declaration waits until its licence is reserved, and then goes to customs by itself', async () => {
  const { status, body } = await world.post(first)
  expect(status).toBe(202)
  firstId = body.id
  const customs = body.filings.find(({ agency }) => agency === 'customs')
  expect(customs).toMatchObject({ status: 'waiting', gates: [{ kind: 'certificate' }] })

  const sent = await world.meanwhile(firstId, gone)
  expect(filingOf(sent, 'customs')).not.toHaveProperty('gates')
  expect(await told(licence)).toMatchObject({ reserved: '24000', committed: '0', remaining: '24000' })
  expect(bookings(first)).toEqual(['commerce: licence booked 预留'])
})

test('customs refuses: what was reserved is given back, and reserved anew with the corrected declaration', async () => {
  await world.until(firstId, (seen) => filingOf(seen, 'customs').status === 'refused')
  await world.idle()
  expect(await told(licence)).toMatchObject({ reserved: '0', remaining: '48000', ledger: ['reserve', 'release'] })
  expect((await correct(firstId, first)).status).toBe(200)
  await world.meanwhile(firstId, gone)
  expect(await told(licence)).toMatchObject({ reserved: '24000', remaining: '24000' })
})

test('released by customs, a load is written off', async () => {
  const { body } = await world.post(beefUnder(licence, '-C.GUARANTEE'))
  await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'approved')
  await world.idle()
  expect(await events(body.id)).toEqual(['reserved', 'committed'])
  expect(await told(licence)).toMatchObject({ reserved: '24000', committed: '24000', remaining: '0', usesTaken: 2 })

  // The licence is used up: the next is refused before it is taken in, in the issuer's words, at its place.
  const { status, body: refused } = await world.post(beefUnder(licence))
  expect(status).toBe(422)
  expect(refused.errors).toEqual([
    expect.objectContaining({
      pointer: '/goodsShipment/additionalDocuments/0',
      code: 'certificate-quantity',
      agency: 'commerce',
      detail: expect.stringContaining('数量超出'),
    }),
  ])

  // Customs takes the declaration back after the goods were released: the write-off is reversed.
  const asked = await ask(body.id, 'cancellations', {
    reason: '退运',
    particulars: { customs: { cancellation: asker } },
  })
  expect(asked.status).toBe(202)
  await world.until(body.id, ({ changes }) => changes.every(({ status }) => status !== 'pending'))
  await world.idle()
  expect(await uses(body.id)).toMatchObject([{ status: 'released' }])
  expect(await told(licence)).toMatchObject({ reserved: '24000', committed: '0', remaining: '24000' })
})

test('an amendment reserves what it needs beyond what stands, and gives back the old only when it is granted', async () => {
  const declaration = beefUnder('26-50-200024')
  const { body } = await world.post(declaration)
  await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const all = await told('26-50-200024')
  expect(all).toMatchObject({ reserved: '24', remaining: '0' })

  const lighter = weighing(declaration, '20000')
  const amended = await ask(body.id, 'amendments', {
    reason: '短装',
    declaration: lighter,
    particulars: { customs: { amendment: asker } },
  })
  expect(amended.status).toBe(202)
  // While customs looks at it both stand, and share what there is.
  await world.meanwhile(
    body.id,
    (seen) => !['planned', 'waiting', 'queued'].includes(filingOf(seen, 'customs', 'amendment').status),
  )
  expect((await uses(body.id)).map(({ status, quantity }) => `${status} ${quantity?.value}`)).toEqual([
    'reserved 24',
    'reserved 20',
  ])
  expect(await told('26-50-200024')).toMatchObject({ reserved: '24', usesTaken: 1 })

  await world.until(body.id, ({ changes }) => changes.every(({ status }) => status === 'granted'))
  await world.idle()
  expect((await uses(body.id)).map(({ status }) => status)).toEqual(['released', 'reserved'])
  expect(await told('26-50-200024')).toMatchObject({ reserved: '20', remaining: '4', usesTaken: 1 })
})

test('somebody else’s certificate looks like one that is not there', async () => {
  expect((await world.call('GET', `/v1/certificates/7/${licence}`)).status).toBe(404)
  expect((await world.call('GET', '/v1/certificates/7/none', { key: holder })).status).toBe(404)
  expect((await world.call('GET', `/v1/certificates/7/${licence}`, { key: world.keys.admin })).status).toBe(200)
  expect(
    (await world.call('GET', `/v1/declarations/${firstId}/certificates`, { key: world.keys.stranger })).status,
  ).toBe(404)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { filingOf, laptops, openWorld, type Seen } from '../support/world.ts'

// A broker's software 报关软件 hands in the DecMessage it writes anyway; what XML cannot carry is brought later.
const world = await openWorld()
const sample = (name: string) => readFileSync(new URL(`../support/samples/${name}.xml`, import.meta.url), 'utf8')
const hand = (name: string) => world.post(sample(name), { contentType: 'application/xml' })
const documentOf = async (id: string) =>
  (await (await world.call('GET', `/v1/declarations/${id}/document`)).json()) as Declaration
/** The bytes customs got, as they are stored. */
const customsBytes = async (id: string) => {
  const messages = (await (await world.call('GET', `/v1/declarations/${id}/messages`)).json()) as {
    data: { agency: string; kind: string; body: string }[]
  }
  return messages.data
    .filter(({ agency, kind }) => agency === 'customs' && kind === 'submission')
    .map(({ body }) => body)
}
/** What XML cannot carry, as the complete sample has it. */
const complete = laptops()
const particularsFor = (agency: string, procedure: string) => complete.particulars?.[agency]?.[procedure]
let id = ''
let customs: Seen['filings'][number]

test.each([
  [
    'export-laptops-river-sea',
    [
      'border/departure',
      'maritime/inland-report',
      'maritime/departure',
      'tax/refund',
      'fx/receipt',
      'singapore/permit',
    ],
  ],
  ['import-frozen-beef-rail', ['border/arrival', 'tax/payment-certificate', 'fx/payment']],
  [
    'export-ev-batteries-dangerous',
    [
      'border/departure',
      'maritime/inland-report',
      'maritime/dangerous-cargo',
      'maritime/dangerous-ship',
      'maritime/departure',
      'tax/refund',
      'fx/receipt',
      'singapore/permit',
    ],
  ],
])('%s goes to customs at once; every other filing says what it still needs', async (name, awaiting) => {
  const { status, body } = await hand(name)
  expect([status, body.errors]).toEqual([202, undefined])
  expect(body.status).toBe('action-needed')
  expect(body.filings.map(({ agency, procedure, status }) => `${agency}/${procedure} ${status}`)).toEqual([
    // Beef waits until its licence is reserved.
    `customs/declare ${name === 'import-frozen-beef-rail' ? 'waiting' : 'queued'}`,
    ...awaiting.map((filing) => `${filing} awaiting-particulars`),
  ])
  for (const { needs } of body.filings.slice(1)) expect(needs).not.toEqual([])
  const registered = await world.until(body.id, (seen) =>
    filingOf(seen, 'customs').references.some(({ scheme }) => scheme === 'entry-number'),
  )
  expect(registered.needsAction.filter(({ needs }) => needs !== undefined)).toHaveLength(awaiting.length)
  if (name === 'export-laptops-river-sea') id = body.id
})

test.each(['export-laptops-river-sea', 'import-frozen-beef-rail', 'export-ev-batteries-dangerous'])(
  'both doors lead to the same bytes: %s as XML and as the JSON it became',
  async (name) => {
    const renamed = sample(name).replace(
      /<ClientSeqNo>.*?<\/ClientSeqNo>/,
      `<ClientSeqNo>X-${name.slice(7, 20)}</ClientSeqNo>`,
    )
    const byXml = await world.post(renamed, { contentType: 'application/xml' })
    const asJson = { ...(await documentOf(byXml.body.id)), functionalReferenceId: `J-${name.slice(7, 20)}` }
    const byJson = await world.post(asJson)
    expect([byXml.status, byJson.status]).toEqual([202, 202])
    expect(byJson.body.filings.map(({ status }) => status)).toEqual(byXml.body.filings.map(({ status }) => status))
    const [ofXml] = await customsBytes(byXml.body.id)
    const [ofJson] = await customsBytes(byJson.body.id)
    expect(ofJson?.replace(`J-${name.slice(7, 20)}`, `X-${name.slice(7, 20)}`)).toBe(ofXml)
  },
)

test('particulars are brought to the state that was read: no If-Match 428, an old one 412, wrong ones 422', async () => {
  const fx = filingOf(await world.read(id), 'fx')
  const path = `/v1/declarations/${id}/filings/${fx.id}/particulars`
  const body = particularsFor('fx', 'receipt')
  expect((await world.call('PUT', path, { body })).status).toBe(428)
  expect((await world.call('PUT', path, { body, headers: { 'if-match': `"${fx.id}.0"` } })).status).toBe(412)
  const wrong = await world.call('PUT', path, { body: { advice: { id: 'é' } }, headers: { 'if-match': fx.etag } })
  expect(wrong.status).toBe(422)
  const { errors } = (await wrong.json()) as { errors: { pointer: string; agency: string }[] }
  expect(errors).toContainEqual(expect.objectContaining({ pointer: '/particulars/fx/receipt/advice/id', agency: 'fx' }))
  expect(
    (await world.call('PUT', path, { key: world.keys.stranger, body, headers: { 'if-match': fx.etag } })).status,
  ).toBe(404)
  expect(filingOf(await world.read(id), 'fx').status).toBe('awaiting-particulars')

  const brought = await world.call('PUT', path, { body, headers: { 'if-match': fx.etag } })
  expect([brought.status, brought.headers.get('etag') === fx.etag]).toEqual([200, false])
  expect(await brought.json()).toMatchObject({ status: 'queued' })
  await world.until(id, (seen) => filingOf(seen, 'fx').status === 'in-review')
})

test('what has gone out is not changed any more', async () => {
  const { id: fx, etag } = filingOf(await world.read(id), 'fx')
  const again = await world.call('PUT', `/v1/declarations/${id}/filings/${fx}/particulars`, {
    body: particularsFor('fx', 'receipt'),
    headers: { 'if-match': etag },
  })
  expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'not-changeable'])
})

test('the sea ship is named while customs already holds its filing: customs hears nothing of it', async () => {
  customs = filingOf(await world.read(id), 'customs')
  const document = await documentOf(id)
  const { legs, containers } = complete.goodsShipment.consignment
  const goodsShipment = {
    ...document.goodsShipment,
    ...(complete.goodsShipment.invoice ? { invoice: complete.goodsShipment.invoice } : {}),
  }
  const consignment = {
    ...goodsShipment.consignment,
    legs,
    ...(complete.goodsShipment.consignment.carrier ? { carrier: complete.goodsShipment.consignment.carrier } : {}),
  }
  expect(containers).not.toEqual(consignment.containers)
  const etag = (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
  const named = await world.call('PUT', `/v1/declarations/${id}`, {
    body: { ...document, goodsShipment: { ...goodsShipment, consignment } },
    headers: { 'if-match': etag },
  })
  expect([named.status, named.status === 200 ? '' : await named.text()]).toEqual([200, ''])
  const seen = await world.read(id)
  expect(filingOf(seen, 'customs')).toMatchObject({ attempt: 1, etag: customs.etag })
  expect(filingOf(seen, 'border').needs?.map(({ pointer }) => pointer)).toEqual(['/particulars/border/departure/crew'])
})

test('with the last particulars it goes to its end, filed once with each', async () => {
  for (const { agency, procedure, id: filing, status } of (await world.read(id)).filings) {
    if (status !== 'awaiting-particulars') continue
    const { etag } = filingOf(await world.read(id), agency, procedure)
    const answer = await world.call('PUT', `/v1/declarations/${id}/filings/${filing}/particulars`, {
      body: particularsFor(agency, procedure),
      headers: { 'if-match': etag },
    })
    expect([agency, answer.status, answer.status === 200 ? '' : await answer.text()]).toEqual([agency, 200, ''])
  }
  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(await customsBytes(id)).toHaveLength(1)
  const effects = world.effects(
    filingOf(end, 'customs').references.find(({ scheme }) => scheme === 'client-number')?.value ?? '',
  )
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects.filter((effect) => effect === 'customs: declared')).toHaveLength(1)
})

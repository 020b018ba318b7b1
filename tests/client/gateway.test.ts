import { expect, test } from 'vitest'
import { createClient, ProblemError, RawBody, verifyWebhook } from '../../client/index.ts'
import { makeKey } from '../../src/db/keys.ts'
import { signedHeaders } from '../../src/notices/signature.ts'
import { changed, smallSample, smallWorld } from '../routes/support.ts'
import { textOf } from '../support/source.ts'
import { broker } from '../support/world.ts'

const world = await smallWorld()
const fetch = (url: string, init: RequestInit) => world.app.request(url, init)
const baseUrl = 'http://gateway.test'
const client = createClient({ baseUrl, apiKey: world.keys.trader, fetch })
const operator = createClient({ baseUrl, apiKey: world.keys.admin, fetch })

test('a declaration is handed in once, however often under one key, and read as it stands', async () => {
  const body = smallSample()
  const first = await client.acceptDeclaration({ body, idempotencyKey: 'order-1' })
  const again = await client.acceptDeclaration({ body, idempotencyKey: 'order-1' })
  expect([first.status, first.replayed, again.replayed]).toEqual([202, false, true])
  expect(again.body).toEqual(first.body)
  expect(first.location).toBe(`/v1/declarations/${first.body.id}`)
  await world.idle()
  const seen = await client.readDeclaration({ id: first.body.id })
  expect(seen.body.functionalReferenceId).toBe(body.functionalReferenceId)
  const same = await client.readDeclaration({ id: first.body.id, ifNoneMatch: seen.etag ?? '' })
  expect([same.status, same.body]).toEqual([304, undefined])
})

test('a dry run keeps nothing, and says what each agency would', async () => {
  const { status, body } = await client.acceptDeclaration({ body: smallSample(), dryRun: true })
  expect([status, body.acceptable, body.errors]).toEqual([200, true, []])
})

test('a refusal is one error with every issue, each at its pointer, in the language asked for', async () => {
  const wrong = changed(changed(smallSample(), 'goodsShipment.items.0.hsCode', '0'), 'direction', 'sideways') as never
  const chinese = createClient({ baseUrl, apiKey: world.keys.trader, fetch, language: 'zh-CN' })
  const error = await chinese.acceptDeclaration({ body: wrong }).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemError)
  const { status, code, pointers, requestId, document, message } = error as ProblemError
  expect([status, code]).toEqual([422, 'declaration-invalid'])
  expect(pointers).toEqual(expect.arrayContaining(['/direction', '/goodsShipment/items/0/hsCode']))
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(document?.title).toBe('申报单不能受理')
  expect(message).toContain('acceptDeclaration: 422 declaration-invalid')
  await expect(createClient({ baseUrl, fetch }).listDeclarations()).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('another format than JSON goes out as it is', async () => {
  const xml = textOf('tests/support/samples/export-laptops-river-sea.xml')
  const tried = await client.acceptDeclaration({ body: new RawBody('application/xml', xml), dryRun: true })
  expect(tried.body).toMatchObject({ acceptable: true, plan: expect.arrayContaining([expect.anything()]) as unknown })
  const refused = client.acceptDeclaration({ body: new RawBody('application/xml', '<NoSuchDocument/>') })
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'malformed-body' })
})

test('a list is read to its end, page after page, each thing once', async () => {
  const ids = new Set<string>()
  for (let more = 0; more < 3; more++) ids.add((await client.acceptDeclaration({ body: smallSample() })).body.id)
  const listed: string[] = []
  for await (const { id } of client.each('listDeclarations', { limit: 2, direction: 'export' })) listed.push(id)
  expect(new Set(listed).size).toBe(listed.length)
  expect([...ids].filter((id) => !listed.includes(id))).toEqual([])
  await world.idle()
})

test('the stream tells what the list tells, from the first to the last, and goes on from where one was', async () => {
  const { body } = await client.acceptDeclaration({ body: smallSample() })
  await world.idle()
  const list: string[] = []
  for await (const event of client.each('listEvents', { id: body.id, limit: 3 })) list.push(event.id)
  const streamed: string[] = []
  for await (const { number, event } of client.events(body.id)) {
    streamed.push(event.id)
    expect(event.id).toBe(`${body.id}.${number}`)
    if (number === list.length) break
  }
  expect(streamed).toEqual(list)
  expect(list.length).toBeGreaterThan(5)
  for await (const { number } of client.events(body.id, { after: 4 })) {
    expect(number).toBe(5)
    break
  }
  await expect(operator.events('nobody’s').next()).rejects.toMatchObject({ status: 404 })
})

test('a state is changed by who read it, and by nobody who read an older one', async () => {
  const made = await client.makeEndpoint({ body: { url: 'https://hooks.firm.com/in' } })
  const { etag } = await client.readEndpoint({ id: made.body.id })
  const ifMatch = etag ?? ''
  const off = await client.changeEndpoint({ id: made.body.id, ifMatch, body: { enabled: false } })
  expect(off.body.enabled).toBe(false)
  const stale = client.changeEndpoint({ id: made.body.id, ifMatch, body: { enabled: true } })
  await expect(stale).rejects.toMatchObject({ status: 412, code: 'if-match-stale', mayBeDone: false })
  const gone = await client.deleteEndpoint({ id: made.body.id, ifMatch: off.etag ?? '' })
  expect([gone.status, gone.body]).toEqual([204, undefined])
})

test('what the gateway signs is believed: with the secret it was made with', async () => {
  const { body: made } = await client.makeEndpoint({ body: { url: 'https://hooks.firm.com/signed' } })
  const { data } = (await client.readFeed({ limit: 1 })).body
  const [event] = data
  const text = JSON.stringify(event)
  const now = Date.now()
  const headers = signedHeaders([made.secret ?? ''], { id: event?.id ?? '', body: text, at: now })
  expect(verifyWebhook(made.secret ?? '', headers, text, { now })).toEqual({ id: event?.id, event })
})

test('files come as what they are, and a key that may not is told so', async () => {
  const csv = await client.readFeeTemplateCsv()
  expect(csv.body).toContain(',')
  const workbook = await client.readFeeTemplateXlsx()
  expect(Array.from(workbook.body.slice(0, 2))).toEqual([0x50, 0x4b])
  const { body } = await client.acceptDeclaration({ body: smallSample() })
  const { body: lines } = await client.exportDeclaration({ id: body.id })
  expect(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => typeof JSON.parse(line)),
  ).toContain('object')
  const payee = createClient({
    baseUrl,
    apiKey: await makeKey(world.database, { name: 'payee', role: 'integrator', tenant: broker }),
    fetch,
  })
  await expect(payee.listLanes()).rejects.toMatchObject({ status: 403, code: 'forbidden' })
  await world.idle()
})

import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { developmentSecret } from '../../src/config.ts'
import { limits } from '../../src/limits.ts'
import { evBatteries, filingOf, openWorld } from '../support/world.ts'
import { countRows, keepingNothing, problemOf } from './support.ts'

const world = await openWorld()
const golden = (agency: string, name: string) =>
  readFileSync(new URL(`../../adapters/${agency}/golden/replies/${name}`, import.meta.url), 'utf8')
/** A receipt of border inspection about a filing of that number. */
const receiptFor = (filing: string) =>
  golden('border', 'departure/cleared.approved.xml')
    .replaceAll(/<OurReference>[^<]*<\/OurReference>/g, `<OurReference>${filing}</OurReference>`)
    .replaceAll(/<ClearanceNumber>[^<]*/g, `<ClearanceNumber>C-${filing}`)
    .replaceAll(/<MessageId>[^<]*<\/MessageId>/g, `<MessageId>${filing}-1</MessageId>`)

interface Push {
  agency?: string
  secret?: string
  at?: number
  id?: string
  signed?: string | Buffer
  headers?: Record<string, string>
  contentType?: string
}
let pushed = 0
/** Pushes a document as an agency would that signs with the reference implementation of Standard Webhooks. */
async function push(
  body: string | Buffer,
  {
    agency = 'border',
    secret = developmentSecret(agency),
    at = world.now(),
    id = `msg_${++pushed}`,
    signed = body,
    headers = {},
    contentType = 'application/xml',
  }: Push = {},
) {
  const signature =
    typeof signed === 'string' ? new Webhook(secret).sign(id, new Date(at), signed) : signBytes(secret, id, at, signed)
  return world.call('POST', `/v1/agencies/${agency}/receipts`, {
    key: '',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    contentType,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': signature,
      ...headers,
    },
  })
}
/** What the reference implementation cannot sign: it takes every body for text. */
const signBytes = (secret: string, id: string, at: number, bytes: Buffer) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${Math.floor(at / 1_000)}.`)
    .update(bytes)
    .digest('base64')}`
const nobody = '00000000000000000000'

describe('202', () => {
  test('a signed receipt moves its filing; sent again it gets the same answer and moves nothing', async () => {
    const { body } = await world.post(evBatteries())
    const { id } = body.filings.find(({ agency }) => agency === 'border') ?? { id: '' }
    const document = receiptFor(id)
    const first = await push(document, { id: 'msg_same' })
    expect([first.status, await first.json()]).toEqual([202, { receipts: 1 }])
    const filing = filingOf(await world.read(body.id), 'border')
    expect(filing.status).toBe('approved')
    const again = await push(document, { id: 'msg_same' })
    expect([again.status, await again.json()]).toEqual([202, { receipts: 1 }])
    const cleared = filingOf(await world.read(body.id), 'border').receipts.filter(({ code }) => code === 'CLEARED')
    expect(cleared).toEqual(filing.receipts.filter(({ code }) => code === 'CLEARED'))
    expect(cleared).toHaveLength(1)
  })

  test('a receipt of a filing nobody knows is kept, shown to the operator, and harmless', async () => {
    expect((await push(receiptFor(nobody))).status).toBe(202)
    const orphans = (await (await world.call('GET', '/v1/operations/receipts', { key: world.keys.admin })).json()) as {
      data: { agency: string; receipt: { references: { value: string }[]; code: string }; messageId: number }[]
    }
    const kept = orphans.data.find(({ receipt }) => receipt.references.some(({ value }) => value === nobody))
    expect(kept).toMatchObject({ agency: 'border', receipt: { code: expect.any(String) as string } })
    const { rows } = await world.database.pool.query<{ body: string }>('SELECT body FROM message WHERE id = $1', [
      kept?.messageId,
    ])
    expect(rows[0]?.body).toBe(receiptFor(nobody))
  })

  test('one agency’s receipt does not touch another’s filing', async () => {
    const { body } = await world.post(evBatteries())
    const maritime = body.filings.find(({ agency }) => agency === 'maritime') ?? { id: '', procedure: '' }
    expect((await push(receiptFor(maritime.id))).status).toBe(202)
    expect(
      filingOf(await world.read(body.id), 'maritime', maritime.procedure).receipts.map(({ code }) => code),
    ).not.toContain('CLEARED')
  })

  test('a rotated secret: one of several signatures is enough', async () => {
    const id = 'msg_rotated'
    const document = receiptFor(nobody)
    // One instant for all: a signature made a second earlier than its header would be a wrong one.
    const at = world.now()
    const right = new Webhook(developmentSecret('border')).sign(id, new Date(at), document)
    const other = new Webhook(developmentSecret('tax')).sign(id, new Date(at), document)
    expect((await push(document, { id, at, headers: { 'webhook-signature': `${other} ${right}` } })).status).toBe(202)
    expect((await push(document, { id, at, headers: { 'webhook-signature': `v2,xyz ${right}` } })).status).toBe(202)
  })
})

describe('401, and nothing is kept', () => {
  const document = receiptFor(nobody)
  const old = limits.callbackToleranceMs + 60_000
  test.each<[string, () => Push]>([
    ['unsigned', () => ({ headers: { 'webhook-signature': '' } })],
    [
      'signed with another secret',
      () => ({ secret: `whsec_${Buffer.from('another secret, long enough').toString('base64')}` }),
    ],
    ['signed with another agency’s secret', () => ({ secret: developmentSecret('customs') })],
    ['signed for other bytes', () => ({ signed: `${document} ` })],
    ['with an old timestamp', () => ({ at: world.now() - old })],
    ['with a timestamp of tomorrow', () => ({ at: world.now() + old })],
    [
      'with a timestamp that was not signed',
      () => ({ headers: { 'webhook-timestamp': String(Math.floor(world.now() / 1_000) + 1) } }),
    ],
    ['with an id that was not signed', () => ({ headers: { 'webhook-id': 'msg_other' } })],
    ['with a timestamp that is none', () => ({ headers: { 'webhook-timestamp': 'now' } })],
    ['with a timestamp in milliseconds', () => ({ headers: { 'webhook-timestamp': String(world.now()) } })],
    ['with a signature of another version', () => ({ headers: { 'webhook-signature': 'v1a,AAAA' } })],
    ['with half a signature', () => ({ headers: { 'webhook-signature': 'v1,AAAA' } })],
    ['with an empty signature', () => ({ headers: { 'webhook-signature': 'v1,' } })],
  ])('%s', async (_, how) => {
    const before = await countRows(world)
    expect(await problemOf(await push(document, how()), 'signature-invalid')).toHaveProperty('status', 401)
    expect((await countRows(world)).receipt).toBe(before.receipt)
  })

  test('without any of the three headers', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const headers: Record<string, string> = {
        'webhook-id': 'a',
        'webhook-timestamp': '1',
        'webhook-signature': 'v1,a',
      }
      delete headers[name]
      expect(
        await problemOf(
          await world.call('POST', '/v1/agencies/border/receipts', { key: world.keys.admin, body: document, headers }),
          'signature-invalid',
        ),
      ).toHaveProperty('status', 401)
    }
  })
})

describe('404', () => {
  test.each(['nobody', 'constructor', '__proto__', 'toString', 'BORDER'])(
    'the agency %s, however well signed',
    async (agency) => {
      expect(await problemOf(await push('{}', { agency }), 'not-found')).toHaveProperty('status', 404)
    },
  )
  test.each([
    '/constructor/procedures/constructor',
    '/customs/procedures/constructor',
    '/customs/procedures/nothing',
    '/__proto__/procedures/__proto__',
  ])('the particulars of %s', async (path) => {
    expect(await problemOf(await world.call('GET', `/v1/agencies${path}/particulars`), 'not-found')).toHaveProperty(
      'status',
      404,
    )
  })
})

describe('422: nonsense is kept as it came, and said to be nonsense', () => {
  test.each<[string, string, string | Buffer]>([
    ['an HTML page', 'border', '<html><body>502 Bad Gateway</body></html>'],
    ['nothing', 'border', ''],
    ['another document', 'border', '<Other/>'],
    ['a DOCTYPE', 'border', '<!DOCTYPE a [<!ENTITY b "c">]><EPCReceipt>&b;</EPCReceipt>'],
    ['bytes that are no text', 'border', Buffer.from([0xff, 0xfe, 0x00, 0x41])],
    ['U+0000', 'border', 'a\u0000b'],
    ['JSON for XML', 'maritime', '{}'],
    ['XML for JSON', 'tax', '<a/>'],
    ['a document named like a prototype', 'tax', '{"document":"constructor"}'],
    ['a document named __proto__', 'tax', '{"document":"__proto__"}'],
    ['JSON nested without end', 'tax', '['.repeat(100_000)],
    ['XML nested without end', 'maritime', '<a>'.repeat(100_000)],
  ])('%s, from %s', async (_, agency, body) => {
    const messages = async () =>
      (
        await world.database.pool.query<{ body: string; error: string | null }>(
          `SELECT body, error FROM message WHERE kind = 'push' AND agency = $1 ORDER BY id`,
          [agency],
        )
      ).rows
    const before = (await messages()).length
    const document = await problemOf(await push(body, { agency }), 'unintelligible')
    expect(document.detail.length).toBeLessThan(2_000)
    const kept = (await messages()).slice(before)
    expect(kept).toHaveLength(1)
    expect(kept[0]?.error).not.toBeNull()
    expect(kept[0]?.body).toBe(Buffer.from(body).toString('utf8').replaceAll('\u0000', '\uFFFD'))
  })
})

describe('what an agency says may be strange, and is recorded all the same', () => {
  const notice = (change: object, head: object = {}) =>
    JSON.stringify({
      document: 'notice',
      noticeId: 'N1',
      head: { ourReference: nobody, messageId: '', answeredAt: '', issuedAt: '', ...head },
      procedure: 'refund',
      status: 'S',
      title: '',
      text: 'x',
      ...change,
    })

  test.each<[string, string]>([
    ['U+0000 in its words', notice({ text: 'a\u0000b' })],
    ['an unpaired surrogate', notice({ text: 'a' }).replace('"a"', '"\\ud800"')],
    ['U+0000 in a name', notice({}, { ourReference: 'a\u0000b' })],
    ['U+0000 in its code', notice({ status: '\u0000' })],
    ['a name of a million characters', notice({}, { messageId: 'x'.repeat(900_000) })],
    ['a prototype’s name as code', notice({ status: 'constructor' })],
    ['the year 0', notice({ status: 'y0' }, { issuedAt: '0000-01-01T00:00:00+08:00' })],
    ['an offset of a day', notice({ status: 'offset' }, { issuedAt: '2026-01-01T00:00:00+23:59' })],
    ['a 30 February', notice({ status: 'feb' }, { issuedAt: '2026-02-30T00:00:00+08:00' })],
    ['the year 9999', notice({ status: 'y9' }, { issuedAt: '9999-12-31T23:59:59-23:59' })],
  ])('%s', async (_, body) => {
    const response = await push(body, { agency: 'tax', contentType: 'application/json' })
    expect([response.status, await response.json()]).toEqual([202, { receipts: 1 }])
  })

  test.each([
    '2026-02-30T00:00:00+08:00',
    '0000-01-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+99:99',
    '-1',
    'now',
  ])('XML with the time %s', async (time) => {
    const body = receiptFor(time.replaceAll(/\D/g, '').padStart(20, '9')).replace(
      /<OccurredAt>[^<]*</,
      `<OccurredAt>${time}<`,
    )
    expect((await push(body)).status).toBe(202)
  })

  test('and does not keep anybody else’s receipt from finding its filing', async () => {
    await push(notice({ text: '\u0000' }, { ourReference: 'orphan-of-nobody' }), { agency: 'tax' })
    const { body } = await world.post(evBatteries())
    const done = await world.until(body.id, (seen) => filingOf(seen, 'customs', 'declare').status === 'closed')
    expect(done.filings.length).toBe(body.filings.length)
    const { rows } = await world.database.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM receipt WHERE content::jsonb -> 'references' IS NULL`,
    )
    expect(rows[0]?.count).toBe(0)
  })
})

test('the agencies are described, each procedure with the schema of its particulars', async () => {
  const { data } = (await (await world.call('GET', '/v1/agencies', { key: '' })).json()) as {
    data: { id: string; name: { en: string; zh: string }; procedures: { id: string; particulars: string }[] }[]
  }
  expect(data.map(({ id }) => id)).toEqual(Object.keys(adapters))
  for (const { procedures } of data)
    for (const { particulars } of procedures) {
      const response = await world.call('GET', particulars, { key: '' })
      expect(response.headers.get('content-type')).toBe('application/schema+json')
      expect(await response.json()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
    }
})

test('a document may be as large as the limit and no larger', async () => {
  expect(await problemOf(await push('x'.repeat(limits.bodyBytes)), 'unintelligible')).toHaveProperty('status', 422)
  expect(
    await keepingNothing(
      world,
      async () => problemOf(await push('x'.repeat(limits.bodyBytes + 1)), 'body-too-large'),
      {},
    ),
  ).toHaveProperty('status', 413)
})

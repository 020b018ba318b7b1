import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, describe, expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { evBatteries, openWorld } from '../support/world.ts'
import { freshKey, issuesIn, keepingNothing, problemOf } from './support.ts'

// Nothing is ever taken in here: every table stays as it is.
const world = await openWorld()
const text = JSON.stringify(evBatteries())
const send = (body: string | Uint8Array, headers: Record<string, string> = {}, contentType = 'application/json') =>
  world.call('POST', '/v1/declarations', { body, contentType, headers: { ...freshKey(), ...headers } })
const refused = (
  body: string | Uint8Array,
  code: Parameters<typeof problemOf>[1],
  headers?: Record<string, string>,
  contentType?: string,
) => keepingNothing(world, async () => problemOf(await send(body, headers, contentType), code))

describe('400 malformed JSON', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['half a document', text.slice(0, 4_000)],
    ['a document and more', `${text}{}`],
    ['a trailing comma', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['a comment', '{"a":1 /* one */}'],
    ['NaN', '{"a":NaN}'],
    ['an unterminated string', '{"a":"'],
    ['a lone quote', '"'],
    ['backslashes to the end', `"${'\\'.repeat(10_001)}`],
    ['a bad escape', '{"a":"\\x41"}'],
    ['a closing bracket too many', '{}]'],
    ['brackets that do not match', '{"a":[}'],
    ['a raw newline in a string', '{"a":"\n"}'],
  ])('%s', async (_, body) => {
    expect(issuesIn(await refused(body, 'malformed-body'))).toEqual([' malformed-json'])
  })

  test.each([
    ['objects', '{"a":'],
    ['arrays', '['],
    ['both', '[{"a":'],
  ])('%s nested deeper than anything means', async (_, opening) => {
    const most = Math.floor(limits.bodyBytes / opening.length)
    for (const depth of [limits.jsonDepth + 1, most]) {
      const found = issuesIn(await refused(opening.repeat(depth), 'malformed-body'))
      expect(found).toEqual([' too-deep'])
    }
  })

  test('keys that stand twice are named, all of them, however they are spelt', async () => {
    const document = await refused(
      '{"a":{"x":1,"x":2},"b":[{"y":1},{"y":1,"\\u0079":2}],"a":3,"c~/":1,"c~/":2}',
      'malformed-body',
    )
    expect(issuesIn(document)).toEqual([
      '/a duplicate-key',
      '/a/x duplicate-key',
      '/b/1/y duplicate-key',
      '/c~0~1 duplicate-key',
    ])
  })

  test('a hundred thousand equal keys do not make a hundred thousand lines', async () => {
    const document = await refused(`{${'"a":1,'.repeat(100_000)}"a":1}`, 'malformed-body')
    expect(document.errors).toHaveLength(limits.issues)
    expect(document.moreErrors).toBe(true)
  })

  test.each([
    ['an unpaired surrogate', '\\ud800'],
    ['surrogates in the wrong order', '\\uDC00\\uD800'],
    ['U+0000', 'a\\u0000b'],
  ])('text no wire can carry: %s', async (_, escape) => {
    const body = text.replace('N/M', escape).replace('录入员', escape)
    expect(issuesIn(await refused(body, 'malformed-body'))).toEqual([
      '/goodsShipment/packaging/marks text-unwritable',
      '/particulars/customs/declare/inputerName text-unwritable',
    ])
    expect(issuesIn(await refused(`{"${escape}":1}`, 'malformed-body'))[0]).toMatch(/ text-unwritable$/)
  })

  test('a pair of surrogates is a character like any other', async () => {
    const response = await world.call('POST', '/v1/declarations?dryRun=true', {
      body: text.replace('N/M', '\\ud83d\\ude9a'),
    })
    expect(response.status).toBe(200)
  })

  test.each([
    ['at the root', text.replace('{', '{"__proto__":{"direction":"import"},'), '/__proto__'],
    ['among the agencies', text.replace('"particulars":{', '"particulars":{"__proto__":{},'), '/particulars/__proto__'],
    ['escaped', text.replace('{', '{"\\u005f_proto__":1,'), '/__proto__'],
  ])('__proto__ %s is no field', async (_, body, pointer) => {
    expect(issuesIn(await refused(body, 'malformed-body'))).toEqual([`${pointer} unknown-field`])
  })
})

describe('400 bytes that are no text', () => {
  test.each([
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from(text.slice(0, 50)), Buffer.from([0xc3, 0x28]), Buffer.from(text.slice(50))]),
    ],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['U+0000', Buffer.from('{"a":"\u0000"}')],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['Latin-1', Buffer.from('{"a":"é"}', 'latin1')],
  ])('%s', async (_, body) => {
    expect(await refused(body, 'malformed-body')).toHaveProperty('status', 400)
  })

  test.each([
    ['garbage', Buffer.from('not gzip at all')],
    ['half a file', gzipSync(text).subarray(0, 500)],
    ['nothing', new Uint8Array()],
  ])('%s under Content-Encoding: gzip', async (_, body) => {
    expect(await refused(body, 'malformed-body', { 'content-encoding': 'gzip' })).toHaveProperty('status', 400)
  })
})

describe('400 malformed XML', () => {
  const xml = (body: string) => refused(body, 'malformed-body', {}, 'application/xml')
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['HTML', '<html><body><p>502 Bad Gateway<br></body></html>'],
    ['another document', '<Invoice/>'],
    ['an element left open', '<DecMessage><DecHead></DecMessage>'],
    ['two roots', '<DecMessage/><DecMessage/>'],
    ['an attribute twice', '<DecMessage a="1" a="2"/>'],
    ['an unclosed comment', '<DecMessage><!-- </DecMessage>'],
    ['a prototype’s name', '<DecMessage><__proto__><a/></__proto__></DecMessage>'],
    ['JSON', text],
  ])('%s', async (_, body) => {
    const document = await xml(body)
    expect(document.errors?.length).toBeGreaterThan(0)
  })

  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`).join('')
  test.each([
    [
      'a billion laughs',
      `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${laughs}]><DecMessage>&lol9;</DecMessage>`,
    ],
    [
      'an external entity',
      '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><DecMessage><DecHead><CopName>&x;</CopName></DecHead></DecMessage>',
    ],
    ['an external entity over HTTP', '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd"><DecMessage/>'],
    ['a parameter entity', '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]><DecMessage/>'],
    [
      'quadratic blow-up',
      `<!DOCTYPE d [<!ENTITY a "${'a'.repeat(50_000)}">]><DecMessage>${'&a;'.repeat(50_000)}</DecMessage>`,
    ],
    ['a DOCTYPE after a comment', '<!-- --><!DOCTYPE DecMessage><DecMessage/>'],
  ])('%s: a DOCTYPE is refused before it is read', async (_, body) => {
    const started = performance.now()
    const document = await xml(body)
    expect(document.errors?.[0]?.detail).toContain('DOCTYPE')
    expect(JSON.stringify(document)).not.toContain('root:')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test.each([
    ['closed', (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)],
    ['left open', (depth: number) => '<a>'.repeat(depth)],
  ])('elements nested deeper than anything means, %s', async (_, nested) => {
    for (const depth of [100, 140_000]) {
      const document = await xml(`<DecMessage>${nested(depth)}</DecMessage>`)
      expect(JSON.stringify(document).length).toBeLessThan(5_000)
    }
  })
})

describe('413', () => {
  const large = 'x'.repeat(2 * limits.bodyBytes)
  test('a body that says that it is too large', async () => {
    expect(await refused('{}', 'body-too-large', { 'content-length': String(2 * limits.bodyBytes) })).toHaveProperty(
      'status',
      413,
    )
  })
  test('a body that does not say it', async () => {
    expect(await refused(large, 'body-too-large')).toHaveProperty('status', 413)
  })
  test('a small body that unpacks to a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * limits.bodyBytes))
    expect(bomb.byteLength).toBeLessThan(limits.bodyBytes)
    expect(await refused(bomb, 'body-too-large', { 'content-encoding': 'gzip' })).toHaveProperty('status', 413)
  })
  test('a body as large as the limit is read', async () => {
    expect(await refused(`"${'x'.repeat(limits.bodyBytes - 1)}`, 'malformed-body')).toHaveProperty('status', 400)
    expect(await refused(`"${'x'.repeat(limits.bodyBytes)}`, 'body-too-large')).toHaveProperty('status', 413)
  })
  test.each(['/v1/agencies/customs/receipts'])('at %s', async (path) => {
    expect(
      await keepingNothing(world, async () =>
        problemOf(await world.call('POST', path, { body: large }), 'body-too-large'),
      ),
    ).toHaveProperty('status', 413)
  })
})

describe('415', () => {
  test.each([
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'image/png',
    ';',
    '',
  ])('Content-Type: %s', async (type) => {
    expect(await refused(text, 'unsupported-media-type', { 'content-type': type }, type)).toHaveProperty('status', 415)
  })
  test.each(['br', 'deflate', 'gzip, gzip', 'x'])('Content-Encoding: %s', async (encoding) => {
    expect(await refused(text, 'unsupported-media-type', { 'content-encoding': encoding })).toHaveProperty(
      'status',
      415,
    )
  })
  test('Content-Type in capitals, with parameters, is the same type', async () => {
    const response = await world.call('POST', '/v1/declarations?dryRun=true', {
      body: text,
      contentType: 'Application/JSON ; charset=UTF-8',
    })
    expect(response.status).toBe(200)
  })
})

describe('over a socket', () => {
  const server = serve({ fetch: world.app.fetch, port: 0, hostname: '127.0.0.1' })
  const listening = new Promise<void>((resolve) => server.once('listening', resolve))
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const over = async (headers: Record<string, string>, write: (socket: ReturnType<typeof request>) => void) => {
    await listening
    const { port } = server.address() as AddressInfo
    return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/v1/declarations',
          headers: {
            authorization: `Bearer ${world.keys.trader}`,
            'content-type': 'application/json',
            ...freshKey(),
            ...headers,
          },
        },
        (response) => {
          let body = ''
          response
            .setEncoding('utf8')
            .on('data', (chunk: string) => (body += chunk))
            .on('end', () => resolve({ status: response.statusCode, body }))
        },
      )
      sent.on('error', reject)
      write(sent)
    })
  }

  test('2 MiB announced are refused before they come', async () => {
    const answer = await keepingNothing(world, () =>
      over({ 'content-length': String(2 * limits.bodyBytes) }, (sent) => sent.flushHeaders()),
    )
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'body-too-large' })
  })

  test('2 MiB in chunks are cut off at the first byte too many', async () => {
    const chunk = 'x'.repeat(65_536)
    const answer = await keepingNothing(world, () =>
      over({ 'transfer-encoding': 'chunked' }, (sent) => {
        for (let at = 0; at < 17; at++) sent.write(chunk)
        // Never ended: an answer can only come because enough is enough.
      }),
    )
    expect(answer.status).toBe(413)
  })
})

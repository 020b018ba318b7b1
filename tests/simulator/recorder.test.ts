import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { ask, endpoint, recording } from './recorder-endpoint.ts'
import { handTimers, turn } from './support.ts'

const textOf = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString('utf8')

test('requests go to the endpoint as they came, and its answers come back unchanged', async () => {
  const body = '{"number": 1.50, "报关": "é"}\r\n'
  const { url, got } = await endpoint((request, response) => {
    request.resume()
    response.writeHead(
      418,
      [
        ['content-type', 'application/json'],
        ['x-two', 'a'],
        ['x-two', 'b'],
        ['x-latin', 'caf\u00e9'],
      ].flat(),
    )
    response.end(body)
  })
  const recorder = recording(`${url}/base/`)
  const asked = ask('/submit?a=1&a=2', {
    method: 'POST',
    headers: [
      ['content-type', 'text/plain'],
      ['x-own', 'x'],
    ],
    body: 'hello',
  })
  const answer = await recorder.serve('harbour', asked)
  expect(got[0]).toMatchObject({
    method: 'POST',
    url: '/base/submit?a=1&a=2',
    headers: { 'x-own': 'x', 'content-length': '5' },
  })
  expect([answer.status, textOf(answer)]).toEqual([418, body])
  expect(answer.headers).toEqual(
    expect.arrayContaining([
      ['content-type', 'application/json'],
      ['x-two', 'a'],
      ['x-two', 'b'],
      ['x-latin', 'caf\u00e9'],
    ]),
  )
  expect(recorder.recording('harbour')).toMatchObject({
    leftOut: 0,
    exchanges: [
      { number: 1, method: 'POST', path: '/submit?a=1&a=2', request: { body: 'hello' }, answer: { status: 418, body } },
    ],
  })
})

test('what belongs to a connection or to the simulator is not passed on, either way', async () => {
  const { url, got } = await endpoint((_, response) => {
    response.writeHead(200, { connection: 'x-hop, close', 'x-hop': '1', 'x-end': '2', 'proxy-authenticate': 'Basic' })
    response.end('ok')
  })
  const { headers } = await recording(url).serve(
    'harbour',
    ask('/', {
      headers: [
        ['connection', 'X-Mine, keep-alive'],
        ['x-mine', '1'],
        ['te', 'trailers'],
        ['proxy-authorization', 'Basic x'],
        ['x-sim-session', 'a'],
        ['accept-encoding', 'gzip'],
        ['x-end', '2'],
      ],
    }),
  )
  const names = headers.map(([name]) => name)
  expect(names).toContain('x-end')
  for (const name of ['connection', 'x-hop', 'proxy-authenticate', 'transfer-encoding', 'content-length'])
    expect(names).not.toContain(name)
  const sent = got[0]?.headers ?? {}
  expect(sent).toMatchObject({ 'x-end': '2', 'accept-encoding': 'identity' })
  for (const name of ['x-mine', 'te', 'proxy-authorization', 'x-sim-session']) expect(sent).not.toHaveProperty(name)
})

test('secrets reach the endpoint and come back to the customer, and nothing that is kept holds them', async () => {
  const secrets = [
    'key-of-the-customer',
    'cookie-of-the-endpoint',
    'word-in-a-field',
    'token-in-an-answer',
    'query-value',
  ]
  const [key, cookie, field, token, value] = secrets
  const { url, got } = await endpoint((request, response) => {
    const { authorization } = request.headers
    response.writeHead(200, { 'set-cookie': [`a=${cookie}`, 'b=2'], 'content-type': 'application/json' })
    response.end(JSON.stringify({ you: authorization, token, of: field }))
  })
  const recorder = recording(url, { fields: ['password', 'token', 'q'] })
  const answer = await recorder.serve(
    'harbour',
    ask(`/x?q=${value}`, {
      method: 'POST',
      headers: [['authorization', `Bearer ${key}`]],
      body: `<A><password>${field}</password></A>`,
    }),
  )
  expect(got[0]?.headers.authorization).toBe(`Bearer ${key}`)
  expect(textOf(answer)).toBe(JSON.stringify({ you: `Bearer ${key}`, token, of: field }))
  expect(answer.headers).toContainEqual(['set-cookie', `a=${cookie}`])
  const { asked, answer: kept } = answer.masked
  const all = [
    JSON.stringify([recorder.recording('harbour'), asked.path, asked.headers, kept.headers]),
    textOf(asked),
    textOf(kept),
  ].join()
  for (const secret of secrets) expect(all).not.toContain(secret)
  expect(textOf(asked)).toBe('<A><password>***</password></A>')
  expect(textOf(kept)).toBe('{"you":"***","token":"***","of":"***"}')
  expect(kept.headers.filter(([name]) => name === 'set-cookie')).toEqual([
    ['set-cookie', '***'],
    ['set-cookie', '***'],
  ])
})

test('an answer that may have no body has none, whatever came behind it', async () => {
  const { url } = await endpoint((_, response) => response.writeHead(205).end('x'))
  expect(await recording(url).serve('harbour', ask('/'))).toMatchObject({ status: 205, body: new Uint8Array() })
})

test('a redirect is an answer, not followed', async () => {
  const { url, got } = await endpoint((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
  const answer = await recording(url).serve('harbour', ask('/'))
  expect(answer).toMatchObject({ status: 302, headers: expect.arrayContaining([['location', '/elsewhere']]) })
  expect(got).toHaveLength(1)
})

test('an endpoint that does not answer in time is an entry with the reason, and the customer is told', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { url } = await endpoint(() => resolve())
  const timers = handTimers()
  const recorder = recording(url, { timers })
  const answering = recorder.serve('harbour', ask('/slow'))
  await promise
  await timers.pass(limits.recordingTimeoutMs)
  const answer = await answering
  expect([answer.status, JSON.parse(textOf(answer))]).toMatchObject([504, { code: 'recording-timeout' }])
  const [exchange] = recorder.recording('harbour')?.exchanges ?? []
  expect(exchange).toMatchObject({ path: '/slow', error: 'timeout' })
  expect(exchange).not.toHaveProperty('answer')
})

test('an answer that stops in the middle is none either', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { url } = await endpoint((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => resolve())
  })
  const timers = handTimers()
  const recorder = recording(url, { timers })
  const answering = recorder.serve('harbour', ask('/'))
  await promise
  await turn()
  await timers.pass(limits.recordingTimeoutMs)
  expect((await answering).status).toBe(504)
})

test.each<[string, RequestListener, string]>([
  ['tears the connection down', (request) => request.socket.destroy(), 'unreachable'],
  ['gives a status that is none', (_, response) => response.writeHead(999).end(), 'unreachable'],
  [
    'answers more than the simulator takes',
    (_, response) => {
      response.on('error', () => undefined)
      response.end(Buffer.alloc(limits.requestBytes + 1))
    },
    'too-large',
  ],
])('an endpoint that %s is an entry with the reason, and 502', async (_, answer, error) => {
  const recorder = recording((await endpoint(answer)).url)
  expect((await recorder.serve('harbour', ask('/'))).status).toBe(502)
  expect(recorder.recording('harbour')?.exchanges).toMatchObject([{ error }])
})

test('nobody at the port is an entry with the reason', async () => {
  // Discard: a port nobody listens at. One that was closed a moment ago may be another test's by now.
  const recorder = recording('http://127.0.0.1:9')
  expect((await recorder.serve('harbour', ask('/'))).status).toBe(502)
  expect(recorder.recording('harbour')?.exchanges).toMatchObject([{ error: 'unreachable' }])
})

test('a path cannot leave the folder that is recorded, nor its host, nor ask the recorder itself for ever', async () => {
  const { url, got } = await endpoint((_, response) => response.end('ok'))
  const recorder = recording(`${url}/base`)
  for (const path of ['/../admin', '/%2e%2e/admin', '/a/../../base2', '@evil.test/'])
    expect([path, (await recorder.serve('harbour', ask(path))).status]).toEqual([path, 400])
  expect((await recording(url).serve('harbour', ask('@evil.test/'))).status).toBe(400)
  expect(got).toEqual([])
  expect((await recorder.serve('harbour', ask('//evil.test/x'))).status).toBe(200)
  expect(got[0]?.url).toBe('/base//evil.test/x')
  const again = await recorder.serve('harbour', ask('/', { headers: [['via', String(got[0]?.headers.via)]] }))
  expect(again.status).toBe(508)
})

test('what is compressed or no text is passed on byte by byte, and said to be missing', async () => {
  const bytes = gzipSync('hello')
  const { url } = await endpoint((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes))
  const recorder = recording(url)
  const answer = await recorder.serve('harbour', ask('/'))
  expect(Buffer.from(answer.body).equals(bytes)).toBe(true)
  expect(answer.headers).toContainEqual(['content-encoding', 'gzip'])
  expect(recorder.recording('harbour')?.exchanges).toMatchObject([
    { answer: { body: '', missing: `not kept: ${bytes.length} bytes that are no UTF-8 text` } },
  ])
})

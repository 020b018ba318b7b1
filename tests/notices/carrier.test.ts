import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:https'
import { afterAll, afterEach, expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { httpCarrier } from '../../src/notices/carrier.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'

/** Of `localhost`, signed by itself, for this test alone: it protects nothing. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUD8XpecnyqajAqSNQIHc3hGjZfFEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjAzMTQyNVoYDzIxMjYxMDI5
MDMxNDI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARHWVT8oieR+MEEJibDw+CUQ21r7hlYpjYAyFzDyw76ofeyx/xdqotg
hW5nrSvk07b95fmvmaDliVRBekOtf3kqo28wbTAdBgNVHQ4EFgQUWkOALH8xNPVH
6yItUQRwHrWVA9YwHwYDVR0jBBgwFoAUWkOALH8xNPVH6yItUQRwHrWVA9YwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgBrECSDSq2Ir/NmE1aStNoF/gopUYlEQSwNd2V6urSbQCIQDW
jAn8NnmHb43wGm/osnTIFuy/Qb9WiQy8xJjBJng+VA==
-----END CERTIFICATE-----`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLNreDYV7z+F32I/4
NOGGIfDVcz7oe1PVCxwB1xPheFmhRANCAARHWVT8oieR+MEEJibDw+CUQ21r7hlY
pjYAyFzDyw76ofeyx/xdqotghW5nrSvk07b95fmvmaDliVRBekOtf3kq
-----END PRIVATE KEY-----`

// Carrying 投递: what receivers do, on real sockets.
const carrier = httpCarrier({ allowPrivate: true, timeoutMs: 1_000 })
afterAll(() => carrier.close())
const receiver = await openReceiver()
const other = await openReceiver()
const answer = (one: Receiver['answer']) => {
  receiver.answer = one
}
afterEach(() => answer((_, response) => response.writeHead(204).end()))
const post = (body = '{"a":"通知"}', url = receiver.url) => carrier.post(url, { 'webhook-id': 'x.1' }, body)

test('body and headers arrive byte for byte; the answer is told', async () => {
  answer((_, response) => response.writeHead(202, { 'retry-after': '7' }).end('thanks 谢谢'))
  const told = await post()
  expect(told).toMatchObject({ status: 202, excerpt: 'thanks 谢谢', retryAfterMs: 7_000 })
  expect(told.latencyMs).toBeGreaterThanOrEqual(0)
  const [request] = receiver.received.slice(-1)
  expect(request).toMatchObject({ path: '/hooks', body: '{"a":"通知"}' })
  expect(request?.headers).toMatchObject({ 'webhook-id': 'x.1', 'user-agent': 'yuchuang-webhooks/1' })
})

test('one connection serves many notices', async () => {
  const before = receiver.connections()
  for (let count = 0; count < 20; count++) await post()
  expect(receiver.connections() - before).toBeLessThanOrEqual(1)
})

test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
  answer((_, response) => response.writeHead(status, { location: other.url }).end())
  expect(await post()).toMatchObject({ status })
  expect(other.received).toEqual([])
})

test('who never answers is given up after the time there is', async () => {
  answer(() => undefined)
  const told = await post()
  expect(told).toMatchObject({ error: 'No answer in 1000 ms' })
  expect(told.status).toBeUndefined()
})

test('of an endless answer only the beginning is read', async () => {
  let written = 0
  answer((_, response) => {
    response.writeHead(200)
    const more = () => {
      if (response.destroyed || written > 200_000_000) return
      written += 65_536
      if (response.write(Buffer.alloc(65_536, 'x'))) setImmediate(more)
      else response.once('drain', more)
    }
    more()
  })
  expect(await post()).toMatchObject({ status: 200, excerpt: 'x'.repeat(limits.noticeExcerpt) })
  expect(written).toBeLessThan(20_000_000)
})

test('a yes whose body never ends is a yes', async () => {
  answer((_, response) => {
    response.writeHead(200)
    response.write('on it')
  })
  expect(await post()).toMatchObject({ status: 200, excerpt: 'on it …' })
})

test('bytes the database could not keep become others', async () => {
  answer((_, response) => response.writeHead(500).end(Buffer.from([0x61, 0x00, 0xff, 0x62])))
  expect(await post()).toMatchObject({ status: 500, excerpt: 'a\uFFFD\uFFFDb' })
})

test.each([
  ['hangs up before a word', (socket: { destroy(): void }) => socket.destroy()],
  ['speaks no HTTP', (socket: { end(text: string): void }) => socket.end('hello\r\n\r\n')],
])('who %s gave no answer', async (_, act) => {
  answer((__, ___, raw) => (act as (socket: unknown) => void)(raw.socket))
  const told = await post()
  expect(told.status).toBeUndefined()
  expect(told.error).not.toBe('')
})

test('where nobody listens there is no answer', async () => {
  const told = await post('{}', 'http://127.0.0.1:1/')
  expect(told.error).toContain('ECONNREFUSED')
})

test('a certificate nobody vouches for is no receiver', async () => {
  const server = createTlsServer({ key, cert: certificate }, (_, response) => response.writeHead(204).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  const url = `https://localhost:${port}/`
  expect((await post('{}', url)).error).toMatch(/self.signed|certificate/i)
  const trusting = httpCarrier({ allowPrivate: true, ca: certificate, timeoutMs: 5_000 })
  expect(await trusting.post(url, {}, '{}')).toMatchObject({ status: 204 })
  await trusting.close()
  server.close()
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { httpTransport } from '../../src/transport/http.ts'

let server: Server
beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(503, { 'retry-after': decodeURIComponent((request.url ?? '').slice(1)) }).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test.each([
  ['30', 30_000],
  ['0', 0],
  ['99999999', limits.agencyRetryAfterMostMs],
  ['1e300', limits.agencyRetryAfterMostMs],
  ['Fri, 31 Dec 9999 23:59:59 GMT', limits.agencyRetryAfterMostMs],
  ['Infinity', undefined],
  ['-5', undefined],
  ['soon', undefined],
])('an agency that asks to come again after "%s" is given no longer a pause than the limit', async (value, ms) => {
  const { port } = server.address() as AddressInfo
  const transport = httpTransport(() => `http://127.0.0.1:${port}`)
  const reply = await transport.call('any', { method: 'GET', path: `/${encodeURIComponent(value)}` }, {})
  expect([reply.status, reply.retryAfterMs]).toEqual([503, ms])
  await transport.close()
})

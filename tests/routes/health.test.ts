import { describe, expect, test, vi } from 'vitest'
import { openWorld } from '../support/world.ts'
import { problemOf } from './support.ts'

const world = await openWorld()
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })

describe('health', () => {
  test('the process lives, whatever the database does', async () => {
    const query = vi.spyOn(world.database.pool, 'query').mockRejectedValue(new Error('away') as never)
    const response = await get('/healthz').finally(() => query.mockRestore())
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  })

  test('it is ready while the database answers, and 503 while it does not', async () => {
    expect((await get('/readyz')).status).toBe(200)
    const query = vi.spyOn(world.database.pool, 'query').mockRejectedValue(new Error('away') as never)
    const response = await get('/readyz').finally(() => query.mockRestore())
    expect([response.status, await response.json()]).toEqual([503, { status: 'unavailable', because: 'database' }])
  })

  test('metrics are in Prometheus’ text format, and count what was asked', async () => {
    await get('/healthz')
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    for (const line of text.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|[a-zA-Z_:][\w:]*(\{[^}]*\})? (-?[\d.e+-]+|NaN|\+Inf))$/)
    expect(text).toMatch(/yuchuang_http_request_seconds_count\{method="GET",route="\/healthz",status="200"\} [1-9]/)
    for (const name of ['yuchuang_deliveries_waiting', 'yuchuang_receipts_unknown', 'yuchuang_declarations_total'])
      expect(text).toContain(`# TYPE ${name} `)
  })

  test('paths nobody made do not become labels', async () => {
    await get('/nobody/made/this')
    expect(await (await get('/metrics')).text()).not.toContain('/nobody/made/this')
  })
})

describe('every answer has a Request-Id', () => {
  test('the caller’s, when it is one', async () => {
    for (const id of ['abc', 'a.b-c_9', 'x'.repeat(100)])
      expect((await get('/healthz', { 'request-id': id })).headers.get('request-id')).toBe(id)
  })
  test('a new one, when the caller’s could be anything', async () => {
    for (const id of ['', 'a b', '<script>', 'x'.repeat(101), '"']) {
      const given = (await get('/healthz', { 'request-id': id })).headers.get('request-id')
      expect(given).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
  test('the problem names it too', async () => {
    const document = await problemOf(await get('/nothing', { 'request-id': 'mine' }), 'not-found')
    expect(document).toMatchObject({ requestId: 'mine', instance: '/nothing' })
  })
})

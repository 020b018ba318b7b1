import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Problem } from '../../src/problem.ts'
import { createFileSender } from '../../src/routes/sheet-answers.ts'

/** A server of one endless file, so many at once. */
function serverOf(most: number, idleMs: number) {
  const send = createFileSender(most, idleMs)
  const given = { pieces: 0, ended: 0 }
  const app = new Hono()
  app.onError((error, context) => context.text(error instanceof Problem ? error.code : String(error), 503))
  app.get('/:pieces', (context) =>
    send(context, {
      name: '清单 (1).csv',
      plainName: 'list.csv',
      mediaType: 'text/csv',
      headers: { ETag: 'W/"x"' },
      async *pieces() {
        try {
          for (let left = Number(context.req.param('pieces')); left > 0; left--) {
            given.pieces++
            yield Buffer.from('piece')
          }
          if (context.req.param('pieces') === 'broken') throw new Error('broken')
        } finally {
          given.ended++
        }
      },
    }),
  )
  return { get: async (pieces: number | string, method = 'GET') => app.request(`/${pieces}`, { method }), given }
}

test('a file has a name in any language, and one for those who read ASCII only', async () => {
  const { get, given } = serverOf(1, 1_000)
  const response = await get(2)
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="list.csv"; filename*=UTF-8\'\'%E6%B8%85%E5%8D%95%20%281%29.csv',
  )
  expect(await response.text()).toBe('piecepiece')
  expect(given).toEqual({ pieces: 2, ended: 1 })
  const head = await get(2, 'HEAD')
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, 'W/"x"', ''])
  expect(given.pieces).toBe(2)
})

test('no more at once than may be; a place is free again after an end, a failure, or when the reader went away', async () => {
  const { get } = serverOf(1, 60_000)
  const first = await get(1_000)
  const refused = await get(1)
  expect([refused.status, await refused.text()]).toEqual([503, 'unavailable'])
  expect(refused.headers.get('content-disposition')).toBeNull()
  await first.body?.cancel()
  await expect((await get('broken')).text()).rejects.toThrow('broken')
  expect(await (await get(1)).text()).toBe('piece')
  expect((await get(1)).status).toBe(200)
})

test('pieces are made as they are read, and who reads nothing loses the place', async () => {
  const { get, given } = serverOf(1, 20)
  const idle = await get(1_000)
  await expect.poll(async () => (await get(1)).status).toBe(200)
  expect(given.pieces).toBeLessThan(5)
  expect(given.ended).toBeGreaterThan(0)
  await expect(idle.text()).rejects.toThrow(/Nobody read/)
})

import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FeeAnswer, historyAnswer } from '../../schemas/fees/answers.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { limits } from '../../src/limits.ts'
import { publishInto, publishTwo, withdrawIn } from '../fees/published.ts'
import { fee } from '../fees/support.ts'
import { openWorld } from '../support/world.ts'

// The story begins on 2026-11-21, a Saturday.
const world = await openWorld()
const today = '2026-11-21'
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })

interface Page {
  edition?: { number: number }
  day: string
  data: FeeAnswer[]
}
const list = async (query = ''): Promise<Page> => (await (await get(`/v1/fees?${query}`)).json()) as Page
const idsOf = ({ data }: Page) => data.map(({ id }) => id)

let first: Entry[] = []
beforeAll(async () => {
  first = await publishTwo(world.database)
  world.catalogues.refresh()
})

describe('caching', () => {
  const etag = async (query: string) => (await get(`/v1/fees?${query}`)).headers.get('etag')

  test('the validator is the same for the same answer however it was asked for, and another for another', async () => {
    const same = await etag('q=weighing+%E8%BF%87%E7%A3%85&port=guoyuan')
    expect(same).toMatch(/^"[\w-]+"$/)
    expect(await etag('port=guoyuan&q=%E8%BF%87%E7%A3%85++WEIGHING')).toBe(same)
    expect(await etag(`port=guoyuan&q=%E8%BF%87%E7%A3%85+weighing&day=${today}`)).toBe(same)
    expect(await etag('port=guoyuan&q=%E8%BF%87%E7%A3%85+weighing&day=2026-11-20')).not.toBe(same)
    expect(await etag('port=guoyuan')).not.toBe(same)
  })

  test('304 to who has it, without a body; 200 once it has changed', async () => {
    const tag = (await etag('port=guoyuan')) ?? ''
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const response = await get('/v1/fees?port=guoyuan', { 'if-none-match': known })
      expect([response.status, await response.text()]).toEqual([304, ''])
      expect(response.headers.get('etag')).toBe(tag)
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
    }
    expect((await get('/v1/fees?port=guoyuan', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('an answer about today is kept no longer than today', async () => {
    const age = async (query: string) =>
      /^public, max-age=(\d+)$/.exec((await get(`/v1/fees?${query}`)).headers.get('cache-control') ?? '')?.[1]
    expect(await age('')).toBe(String(limits.feesMaxAgeSeconds))
    expect(await age('day=2026-03-01')).toBe(String(limits.feesMaxAgeSeconds))
  })

  test('compressed to who can read that, under a validator of its own', async () => {
    const plain = await get('/v1/fees')
    const packed = await get('/v1/fees', { 'accept-encoding': 'br, gzip;q=0.8' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('vary')).toBe('Accept-Encoding')
    expect(plain.headers.get('vary')).toBe('Accept-Encoding')
    expect(packed.headers.get('etag')).not.toBe(plain.headers.get('etag'))
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await plain.text())
    const again = await get('/v1/fees', {
      'accept-encoding': 'gzip',
      'if-none-match': packed.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
    for (const accepted of ['gzip;q=0', 'identity', 'br'])
      expect((await get('/v1/fees', { 'accept-encoding': accepted })).headers.get('content-encoding')).toBeNull()
  })
})

test('pages are of one edition, whatever is published or withdrawn meanwhile', async () => {
  const before = await list(`limit=${limits.feesMost}`)
  const start = await get('/v1/fees?limit=2')
  const page = (await start.clone().json()) as Page
  const seen = idsOf(page)
  // All other ids, so that any mixture would show.
  const others = ['seal', 'lashing', 'weighing'].map((kind, at) => fee(`${'amz'[at]}-${kind}`, { kind }))
  const other = [...first.filter(({ type }) => type !== 'fee'), ...others]
  await publishInto(world.database, { number: 3, validFrom: '2026-11-01', entries: other })
  world.catalogues.refresh()
  expect((await list()).edition?.number).toBe(3)
  let path = /^<([^>]*)>; rel="next"$/.exec(start.headers.get('link') ?? '')?.[1]
  for (let pages = 0; path !== undefined; pages++) {
    expect(pages).toBeLessThan(50)
    if (pages === 1) await withdrawIn(world.database, 2, today, `${today}T01:00:00Z`)
    world.catalogues.refresh()
    const response: Response = await get(path)
    const next = (await response.json()) as Page
    expect(next).toMatchObject({ edition: { number: 2 }, day: today })
    seen.push(...idsOf(next))
    path = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
  }
  expect(seen).toEqual(idsOf(before))
})

test('a publication and a withdrawal change the validator of today, and not that of a past day', async () => {
  const tags = async () =>
    Promise.all(['', 'day=2026-03-01'].map(async (query) => (await get(`/v1/fees?${query}`)).headers.get('etag')))
  const [now, then] = await tags()
  world.catalogues.refresh()
  expect(await tags()).toEqual([now, then])
  await withdrawIn(world.database, 3, today, `${today}T01:00:00Z`)
  world.catalogues.refresh()
  const [later, same] = await tags()
  expect(same).toBe(then)
  expect(later).not.toBe(now)
  // Neither of the later two holds any more.
  expect((await list()).edition?.number).toBe(1)
  const history = historyAnswer.parse(await (await get('/v1/fees/guoyuan-weighing/history')).json())
  expect(history.data.map(({ what, edition }) => [what, edition.number, edition.status])).toEqual([
    ['removed', 3, 'withdrawn'],
    ['changed', 2, 'withdrawn'],
    ['added', 1, 'in-force'],
  ])
})

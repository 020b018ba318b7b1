import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { codeLists } from '../../schemas/codes/index.ts'
import { openWorld } from '../support/world.ts'
import { issuesIn, problemOf } from './support.ts'

const world = await openWorld()
// Reference data are public: no key is ever sent here.
const get = (path: string) => world.call('GET', path, { key: '' })
interface Page {
  data: { code: string; zh?: string; en?: string }[]
  hasMore: boolean
  nextCursor?: string
}
const search = async (path: string): Promise<Page & { link: string | null }> => {
  const response = await get(path)
  expect(response.status).toBe(200)
  return { link: response.headers.get('link'), ...((await response.json()) as Page) }
}

describe('200', () => {
  test('every list is named with its source, and answers', async () => {
    const { data } = (await (await get('/v1/codes')).json()) as {
      data: { id: string; title: { en: string; zh: string }; source: string; href: string }[]
    }
    expect(data.map(({ id }) => id)).toEqual(Object.keys(codeLists))
    for (const { title, source, href } of data) {
      expect([title.en, title.zh, source]).not.toContain('')
      expect((await search(`${href}?limit=1`)).data).toHaveLength(1)
    }
  })

  test('by the beginning of a code, and by a name in either language and any case', async () => {
    expect((await search('/v1/codes/countries?q=sg')).data.map(({ code }) => code)).toContain('SGP')
    expect((await search('/v1/codes/countries?q=新加坡')).data.map(({ code }) => code)).toContain('SGP')
    expect((await search('/v1/codes/countries?q=sInGaP')).data.map(({ code }) => code)).toContain('SGP')
    expect((await search('/v1/codes/tariff?q=85076000')).data.length).toBeGreaterThan(0)
    expect(await search('/v1/codes/countries?q=nowhere-at-all')).toMatchObject({ data: [], hasMore: false })
  })

  test('one among ten thousand lines of the tariff, by number or by name', async () => {
    const first = async (q: string) =>
      (await search(`/v1/codes/tariff?limit=5&q=${encodeURIComponent(q)}`)).data.map(({ code }) => code)
    expect((await first('8507'))[0]).toBe('8507100000')
    expect(await first('8507.6000.90')).toEqual(['8507600090'])
    expect((await first('镍氢蓄电池'))[0]).toBe('8507500000')
  })

  test('page by page to an end, filter kept', async () => {
    const all: string[] = []
    for (let path: string | undefined = '/v1/codes/countries?limit=7&q=ma', pages = 0; path !== undefined; pages++) {
      expect(pages).toBeLessThan(20)
      const answer = await search(path)
      all.push(...answer.data.map(({ code }) => code))
      path = /^<([^>]*)>; rel="next"$/.exec(answer.link ?? '')?.[1]
      expect(path === undefined).toBe(!answer.hasMore)
    }
    expect(all).toEqual((await search('/v1/codes/countries?limit=200&q=ma')).data.map(({ code }) => code))
    expect(new Set(all).size).toBe(all.length)
  })

  test('one code, and that caches may keep it', async () => {
    const response = await get('/v1/codes/countries/SGP')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await response.json()).toMatchObject({ code: 'SGP', list: { id: 'countries' } })
  })

  test('a page says what its list is: source, and how many rows there are', async () => {
    const { list } = (await (await get('/v1/codes/countries?limit=1')).json()) as {
      list: { id: string; count: number }
    }
    expect(list).toMatchObject({ id: 'countries', source: codeLists.countries.source })
    expect(list.count).toBeGreaterThan(200)
    expect(list).not.toHaveProperty('items')
  })

  test('a whole list as CSV, with every column and every row', async () => {
    const response = await get('/v1/codes/packaging/export.csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[]
    const { data } = await search('/v1/codes/packaging?limit=200')
    expect(rows.map(({ code }) => code)).toEqual(data.map(({ code }) => code))
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(['code', 'zh', 'rec21', 'oldCustomsCode']))
  })

  test('letters that mean something elsewhere are letters here', async () => {
    for (const q of ['%25', '.*', '(', '%5B', "'", '%F0%9F%9A%9A', '%2B', '\\'])
      expect((await get(`/v1/codes/customs-offices?q=${q}`)).status).toBe(200)
  })
})

test.each([
  'limit=0',
  'limit=201',
  'limit=x',
  'after=zzz',
  'after=',
  `after=${'x'.repeat(201)}`,
  `q=${'x'.repeat(101)}`,
  'name=x',
])('400: ?%s', async (query) => {
  const document = await problemOf(await get(`/v1/codes/countries?${query}`), 'invalid-parameter')
  expect(issuesIn(document)[0]?.split(' ')[0]).toBe(`/${query.split('=')[0]}`)
})

test.each([
  '/nothing',
  '/constructor',
  '/__proto__',
  '/countries/XX1',
  '/countries/__proto__',
  '/countries/toString',
  '/..%2f..%2fpackage',
  '/countries/SGP/more',
])('404: /v1/codes%s', async (path) => {
  const response = await get(`/v1/codes${path}`)
  expect(response.headers.get('cache-control')).toBeNull()
  expect(await problemOf(response, 'not-found')).toHaveProperty('status', 404)
})

test('405: reference data are read', async () => {
  expect(
    await problemOf(await world.call('POST', '/v1/codes/countries', { key: '', body: {} }), 'method-not-allowed'),
  ).toHaveProperty('status', 405)
})

test('503: the table of outcomes is the simulator’s, and says so where none runs', async () => {
  expect(await problemOf(await get('/v1/simulator/outcomes'), 'unavailable')).toHaveProperty('status', 503)
})

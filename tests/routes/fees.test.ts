import { beforeAll, describe, expect, test } from 'vitest'
import type { FeeAnswer } from '../../schemas/fees/answers.ts'
import { entryReadAnswer, feeReadAnswer, feesAnswer, historyAnswer } from '../../schemas/fees/answers.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { limits } from '../../src/limits.ts'
import { publishTwo } from '../fees/published.ts'
import { openWorld } from '../support/world.ts'
import { issuesIn, problemOf } from './support.ts'

// The story begins on 2026-11-21, a Saturday.
const world = await openWorld()
const today = '2026-11-21'
// The catalogue is public: no key is ever sent here.
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })

interface Page {
  edition?: { number: number; href: string }
  day: string
  data: FeeAnswer[]
  hasMore: boolean
  nextCursor?: string
}
const list = async (query = ''): Promise<Page> => {
  const response = await get(`/v1/fees?${query}`)
  expect(response.status).toBe(200)
  const page = (await response.json()) as Page
  feesAnswer.strict().parse(page)
  return page
}
const idsOf = ({ data }: Page) => data.map(({ id }) => id)

let first: Entry[] = []
beforeAll(async () => {
  first = await publishTwo(world.database)
  world.catalogues.refresh()
})

describe('GET /v1/fees', () => {
  test('200: the list of today, names resolved, the price in words', async () => {
    const page = await list()
    expect(page).toMatchObject({ edition: { number: 2, href: '/v1/fee-editions/2' }, day: today, hasMore: false })
    const weighing = page.data.find(({ id }) => id === 'guoyuan-weighing')
    expect(weighing).toMatchObject({
      href: '/v1/fee-editions/2/fees/guoyuan-weighing',
      kindName: { zh: '过磅费' },
      payee: { id: 'guoyuan-terminal', name: { zh: '果园码头' } },
      port: { id: 'guoyuan', name: { en: 'Guoyuan Port' } },
      price: { kind: 'rates' },
    })
    expect(weighing?.priceText.zh).toContain('65')
    expect(weighing?.unitText.zh).not.toBe('')
    const dues = page.data.find(({ id }) => id === 'guoyuan-cargo-dues')
    expect(dues?.basis).toEqual([
      {
        id: 'basis-1',
        name: expect.anything() as object,
        number: '试〔2026〕1号',
        href: '/v1/fee-editions/2/entries/basis/basis-1',
        article: '第三条',
      },
    ])
    for (const { href, payee, port } of page.data)
      for (const link of [href, payee.href, port.href]) expect((await get(link)).status).toBe(200)
  })

  test('200: what could be charged on 2026-03-01', async () => {
    const past = await list('day=2026-03-01')
    expect(past).toMatchObject({ edition: { number: 1 }, day: '2026-03-01' })
    expect(idsOf(past)).toContain('guoyuan-tally')
    expect(past.data.find(({ id }) => id === 'guoyuan-weighing')?.priceText.zh).toContain('60')
    expect((await list('day=2026-03-31')).edition?.number).toBe(1)
    expect((await list('day=2026-04-01')).edition?.number).toBe(2)
    expect(idsOf(await list('day=2026-04-01'))).not.toContain('guoyuan-tally')
  })

  test('200: where no edition holds nothing may be charged, and nothing pretends otherwise', async () => {
    expect(await list('day=2025-12-31&port=guoyuan')).toEqual({ day: '2025-12-31', data: [], hasMore: false })
  })

  test('200: by port, payee, nature, kind, direction and words', async () => {
    expect(new Set((await list('port=jiangbei')).data.map(({ port }) => port.id))).toEqual(new Set(['jiangbei']))
    expect(idsOf(await list('payee=harbour-pilots'))).toEqual(['guoyuan-pilotage'])
    expect(idsOf(await list('nature=government-set'))).toEqual(['guoyuan-cargo-dues'])
    expect(idsOf(await list('kind=container-cleaning&direction=import'))).toEqual(['guoyuan-washing'])
    expect(idsOf(await list(`q=${encodeURIComponent('洗箱 WASHING')}`))).toEqual(['guoyuan-washing'])
    expect(idsOf(await list('q=nothing-of-the-kind'))).toEqual([])
  })

  test('200: the whole list in one answer', async () => {
    expect((await list(`limit=${limits.feesMost}`)).data).toHaveLength((await list('limit=50')).data.length)
  })

  test.each(['.*', '(', '[', '%25', "'", '\\', '%F0%9F%9A%A2', '%2B', '%EF%BC%85', '__proto__', '%0A', '%ED%A0%80'])(
    '200: letters that mean something elsewhere are letters here: q=%s',
    async (q) => {
      expect((await get(`/v1/fees?q=${q}`)).status).toBe(200)
    },
  )

  test.each([
    ['port=guoyaun', '/port unknown-value'],
    ['payee=constructor', '/payee unknown-value'],
    ['kind=no-such-kind', '/kind unknown-value'],
    ['nature=free', '/nature invalid-value'],
    ['direction=up', '/direction invalid-value'],
    ['prot=guoyuan', '/prot unknown-field'],
    ['limit=0', '/limit too-small'],
    ['limit=-1', '/limit too-small'],
    [`limit=${limits.feesMost + 1}`, '/limit too-big'],
    ['limit=x', '/limit invalid-type'],
    ['limit=1.5', '/limit invalid-type'],
    ['day=2026-02-30', '/day invalid-format'],
    ['day=today', '/day invalid-format'],
    [`q=${'x'.repeat(limits.feeSearchLength + 1)}`, '/q too-big'],
    [`q=${'a b c d e f g h i j k'.replaceAll(' ', '+')}`, '/q too-many-words'],
    ['after=zzz', '/after invalid-format'],
    ['after=9.2026-05-01.guoyuan-tally', '/after cursor-unknown'],
    ['after=2.2026-03-01.guoyuan-washing', '/after cursor-unknown'],
    ['after=2.2026-05-01.no-such-fee', '/after cursor-unknown'],
    ['after=2.2026-13-01.guoyuan-washing', '/after custom'],
    ['after=2.2026-05-01.guoyuan-washing&day=2026-05-02', '/after cursor-unknown'],
    [`after=2.2026-05-01.${'x'.repeat(200)}`, '/after too-big'],
  ])('400: ?%s', async (query, expected) => {
    const response = await get(`/v1/fees?${query}`)
    expect(response.headers.get('cache-control')).toBeNull()
    expect(issuesIn(await problemOf(response, 'invalid-parameter'))).toContain(expected)
  })

  test('400: several slips are told at once, and U+0000 is none of ours', async () => {
    const document = await problemOf(await get('/v1/fees?port=a1&payee=b2'), 'invalid-parameter')
    expect(issuesIn(document)).toEqual(['/payee unknown-value', '/port unknown-value'])
    await problemOf(await get('/v1/fees?q=%00'), 'invalid-parameter')
  })

  test('405: the list is read', async () => {
    await problemOf(await world.call('POST', '/v1/fees', { key: '', body: {} }), 'method-not-allowed')
  })
})

describe('one fee', () => {
  test('200: as of today, as of a day, and at an address that stays', async () => {
    const read = async (path: string) => feeReadAnswer.strict().parse(await (await get(path)).json())
    const now = await read('/v1/fees/guoyuan-weighing')
    expect(now).toMatchObject({
      edition: { number: 2 },
      day: today,
      links: { history: '/v1/fees/guoyuan-weighing/history' },
    })
    const then = await read('/v1/fees/guoyuan-weighing?day=2026-03-01')
    expect(then).toMatchObject({ edition: { number: 1 }, links: { self: '/v1/fees/guoyuan-weighing?day=2026-03-01' } })
    expect((await read(now.fee.href)).fee).toEqual(now.fee)
    expect((await read(then.fee.href)).fee).toEqual(then.fee)
    expect((await read(now.links.self)).fee).toEqual(now.fee)
  })

  test('200: what became of it, the newest first', async () => {
    const history = async (id: string) =>
      historyAnswer.strict().parse(await (await get(`/v1/fees/${id}/history`)).json())
    const weighing = await history('guoyuan-weighing')
    expect(weighing.data.map(({ what, editions }) => [what, editions])).toEqual([
      ['changed', [2]],
      ['added', [1]],
    ])
    expect(weighing.data[0]?.differences).toContainEqual({
      pointer: '/price/rates/0/amount',
      before: '60',
      after: '65',
    })
    expect(weighing.data.map(({ edition }) => edition.status)).toEqual(['in-force', 'superseded'])
    const tally = await history('guoyuan-tally')
    expect(tally.data[0]).toMatchObject({ what: 'removed', reason: 'Done by others', editions: [2], differences: [] })
    expect((await history('guoyuan-cargo-dues')).data).toMatchObject([{ what: 'added', editions: [1, 2] }])
  })

  test.each([
    '/v1/fees/nothing',
    '/v1/fees/constructor',
    '/v1/fees/guoyuan-tally',
    '/v1/fees/guoyuan-washing?day=2026-03-01',
    '/v1/fees/guoyuan',
    '/v1/fees/nothing/history',
    '/v1/fees/guoyuan/history',
    "/v1/fees/'/history",
  ])('404: %s', async (path) => {
    const response = await get(path)
    expect(response.headers.get('etag')).toBeNull()
    await problemOf(response, 'not-found')
  })
  test('400: a slip of the pen', async () => {
    await problemOf(await get('/v1/fees/guoyuan-weighing?date=2026-03-01'), 'invalid-parameter')
  })
})

describe('GET /v1/fee-entries', () => {
  test('200: ports, payees, bases and whatever else an edition consists of, page by page', async () => {
    const seen: string[] = []
    for (let path: string | undefined = '/v1/fee-entries/payee?limit=3', pages = 0; path !== undefined; pages++) {
      expect(pages).toBeLessThan(10)
      const response: Response = await get(path)
      const page = (await response.json()) as { data: { id: string; href: string }[]; hasMore: boolean }
      seen.push(...page.data.map(({ id }) => id))
      path = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
      expect(path === undefined).toBe(!page.hasMore)
    }
    const payees = first.filter(({ type }) => type === 'payee').map(({ id }) => id)
    expect(seen).toEqual(payees.toSorted())
  })

  test('200: one entry as it was published, with what became of it', async () => {
    const read = entryReadAnswer
      .strict()
      .parse(await (await get('/v1/fee-entries/basis/basis-1?day=2026-03-01')).json())
    expect(read).toMatchObject({
      edition: { number: 1 },
      entry: { type: 'basis', href: '/v1/fee-editions/1/entries/basis/basis-1' },
    })
    expect(read.entry.content).toEqual(first.find(({ type, id }) => type === 'basis' && id === 'basis-1')?.content)
    const history = historyAnswer.strict().parse(await (await get(read.links.history)).json())
    expect(history.data).toMatchObject([{ what: 'added', editions: [1, 2] }])
  })

  test.each(['/nothing', '/constructor', '/payee/nothing', '/payee/guoyuan', '/nothing/1/history', '/rule/x/history'])(
    '404: /v1/fee-entries%s',
    async (path) => {
      await problemOf(await get(`/v1/fee-entries${path}`), 'not-found')
    },
  )
  test.each(['limit=0', 'after=1.2026-01-01', 'after=2.2026-01-01.x1', 'q=x'])('400: ?%s', async (query) => {
    await problemOf(await get(`/v1/fee-entries/port?${query}`), 'invalid-parameter')
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { clearanceAnswer, costsAnswer, others, runningAnswer, statisticsAnswer } from '../../schemas/statistics.ts'
import type { KeptContribution } from '../../src/db/statistics.ts'
import { publishDemoCatalogue } from '../../src/demo-catalogue.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { publishDue } from '../../src/statistics/publish.ts'
import { log } from '../jobs/support.ts'
import { problemOf } from '../routes/support.ts'
import { openWorld } from '../support/world.ts'
import { many, putIn, tables } from './support.ts'

const world = await openWorld()
const { database } = world
const get = (path: string, headers: Record<string, string> = {}) =>
  world.call('GET', `/v1/statistics${path}`, { key: '', headers })
const clearance = async (query: string) => {
  const response = await get(`/clearance?${query}`)
  expect(response.status).toBe(200)
  return clearanceAnswer.parse(await response.json())
}

const put = (rows: readonly KeptContribution[]) => putIn(database, rows)
const december6 = Date.parse('2026-12-06T12:00:00+08:00')

beforeAll(async () => {
  await publishDemoCatalogue(database, createVault([]))
  world.catalogues.refresh()
  await put([
    ...many({ month: '2026-10', count: 40, hours: 20 }),
    ...many({ month: '2026-10', count: 40, hours: 8, kind: 'declared' }),
    ...many({ month: '2026-10', count: 30, hours: 5, direction: 'export', mode: '1', district: '8010', credit: 'B' }),
    ...many({
      month: '2026-10',
      count: 30,
      hours: 3,
      direction: 'export',
      mode: '1',
      district: '8010',
      credit: 'B',
      kind: 'declared',
    }),
    // Two firms only, and four declarations only: neither may be told of apart.
    ...many({ month: '2026-10', count: 12, firms: 2, hours: 900, credit: 'C' }),
    ...many({ month: '2026-10', count: 4, hours: 700, credit: 'D' }),
    ...many({ month: '2026-10', count: 20, kind: 'agency', hours: 2 }),
    ...many({ month: '2026-10', count: 20, kind: 'duties-20' }),
    ...many({ month: '2026-11', count: 50, hours: 10 }),
    ...many({ month: '2026-12', count: 50, hours: 1 }),
    ...many({ month: '2026-09', count: 9, hours: 333 }),
  ])
})

describe('publishing', () => {
  test('a month is out some days after its end, once and for good; nothing before', async () => {
    expect(await publishDue(database, ownRules, Date.parse('2026-12-05T23:59:59+08:00'))).toEqual([
      '2026-09',
      '2026-10',
    ])
    expect((await clearance('from=2026-11&to=2026-12')).data).toEqual([])
    const both = [publishDue(database, ownRules, december6), publishDue(database, ownRules, december6)]
    expect((await Promise.all(both)).flat()).toEqual(['2026-11'])
    expect((await clearance('from=2026-01&to=2026-12')).months).toEqual(['2026-09', '2026-10', '2026-11'])
  })

  test('what comes late is counted, and changes nothing that is out', async () => {
    const before = await (await get('/clearance/2026-10.csv')).text()
    await put(many({ month: '2026-10', count: 3, hours: 1, credit: 'B', mode: '3' }))
    const cells = (await tables(database)).cells as { cell: string; count: number }[]
    expect(cells.find(({ cell }) => cell.includes('|3|'))?.count).toBe(3)
    expect(await publishDue(database, ownRules, december6)).toEqual([])
    expect(await (await get('/clearance/2026-10.csv')).text()).toBe(before)
    await expect(database.pool.query('UPDATE clearance_figure SET count = 0')).rejects.toThrow(
      /append-only|never|cannot|refuse|not/i,
    )
  })
})

describe('clearance times', () => {
  test('by month, exact in count and mean, within one per cent in median and p90', async () => {
    const { data, unit, hasMore } = await clearance('from=2026-10&to=2026-11&direction=import&credit=AA')
    expect(data.map(({ month, declarations, mean }) => [month, declarations, mean])).toEqual([
      ['2026-10', 40, '20.0054'],
      ['2026-11', 50, '10.0068'],
    ])
    expect(Math.abs(Number(data[0]?.median) / 20 - 1)).toBeLessThan(0.0105)
    expect([unit, hasMore]).toEqual(['hours', false])
  })

  test('small groups are merged, never shown apart; every table comes to the same total', async () => {
    const { data } = await clearance('from=2026-10&to=2026-10&by=credit&direction=import')
    expect(data.map(({ credit, declarations }) => [credit, declarations])).toEqual([
      ['AA', 40],
      [others, 16],
    ])
    const totals = await Promise.all(
      ['', 'month', 'direction', 'mode,district', 'month,direction,mode,district,credit'].map(async (by) =>
        (await clearance(`from=2026-09&to=2026-11&by=${by}`)).data.reduce(
          (sum, { declarations }) => sum + declarations,
          0,
        ),
      ),
    )
    expect(new Set(totals)).toEqual(new Set([136]))
  })

  test('a month with nothing large enough is out and says that something is withheld', async () => {
    expect((await clearance('from=2026-09&to=2026-09')).data).toEqual([])
    const about = statisticsAnswer.parse(await (await get('')).json())
    expect(about.months.find(({ month }) => month === '2026-09')?.covered).toEqual([
      { measure: 'overall', declarations: 0, withheld: true, starts: {} },
    ])
    expect(about.months.find(({ month }) => month === '2026-10')?.covered).toContainEqual({
      measure: 'overall',
      declarations: 86,
      withheld: false,
      starts: { declared: 100 },
    })
    expect(about.definitions?.evidence).toBe('assumed')
    expect(about.suppression).toMatchObject({ minimumDeclarations: 10, minimumFirms: 3, mostSharePercent: 85 })
    expect(about.targets.map(({ id }) => id)).toContain('air-import-unload')
    expect(about.licence.id).toBe('CC-BY-4.0')
  })

  test('agencies stand beside each other, the one that releases among them', async () => {
    const { data } = await clearance('from=2026-10&to=2026-10&measure=agency&by=')
    expect(data.map(({ agency, procedure, declarations }) => [agency, procedure, declarations])).toEqual([
      ['somebody', 'look', 20],
      ['somebody', undefined, 70],
    ])
  })

  test('page by page, as CSV, and not again to who has it', async () => {
    const first = await clearance('from=2026-10&to=2026-11&limit=1')
    expect([first.data.length, first.hasMore, first.nextCursor]).toEqual([1, true, '1'])
    const second = await clearance('from=2026-10&to=2026-11&limit=1&after=1')
    expect([second.data[0]?.month, second.hasMore]).toEqual(['2026-11', false])
    const csv = await (await get('/clearance.csv?from=2026-11&to=2026-11&by=month,district')).text()
    expect(csv.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual([
      '"measure","month","district","declarations","mean","median","p90","unit"',
      expect.stringMatching(/^"overall","2026-11","8016","50","10\.0068",/),
    ])
    const answer = await get('/clearance/2026-11.csv')
    expect(answer.headers.get('content-disposition')).toMatch(/clearance-2026-11\.csv/)
    const again = await get('/clearance/2026-11.csv', { 'if-none-match': answer.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  test.each([
    ['by=colour', '/by'],
    ['by=agency', '/by'],
    ['agency=customs', '/by'],
    ['from=2026-12&to=2026-01', '/to'],
    ['from=2001-01&to=2026-01', '/to'],
    ['from=2026-13', '/from'],
    ['measure=luck', '/measure'],
    ['mode=%27', '/mode'],
  ])('what cannot be asked is told: %s', async (query, pointer) => {
    const problem = await problemOf(await get(`/clearance?${query}`), 'invalid-parameter')
    expect(JSON.stringify(problem)).toContain(pointer)
  })

  test.each([
    '/clearance/2026-12.csv',
    '/clearance/2026-11',
    '/clearance/nothing.csv',
    '/charts/nothing.svg',
    '/recounts',
  ])('what is not there is not there: %s', async (path) => {
    expect((await get(path)).status).toBeGreaterThanOrEqual(404)
  })
})

describe('compliance cost', () => {
  test('port fees a container by the list of each month, government and market parts; duties apart', async () => {
    const { fees, duties } = costsAnswer.parse(await (await get('/costs?from=2026-03&to=2026-11')).json())
    expect(new Set(fees.map(({ size }) => size))).toEqual(new Set(['20', '40']))
    expect(new Set(fees.map(({ direction }) => direction))).toEqual(new Set(['import', 'export']))
    for (const { total, government, market } of fees) {
      expect(Number(total.least)).toBeGreaterThan(0)
      expect(Number(government.least) + Number(market.least)).toBeCloseTo(Number(total.least), 1)
    }
    // A new edition in between: the months differ by what it changed.
    expect(new Set(fees.map(({ edition }) => edition)).size).toBeGreaterThan(1)
    expect(duties).toEqual([
      {
        month: '2026-10',
        direction: 'import',
        declarations: 20,
        mean: '1234.56',
        median: expect.any(String) as string,
        p90: expect.any(String) as string,
        size: '20',
      },
    ])
    const csv = await (await get('/costs.csv?from=2026-11&to=2026-11')).text()
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + fees.filter(({ month }) => month === '2026-11').length)
    expect((await get('/costs?from=2031-01&to=2031-02')).status).toBe(200)
  })
})

describe('charts', () => {
  test('drawn in both languages, with their figures for who cannot see them', async () => {
    const svg = await (await get('/charts/overall-import.svg?from=2026-10&to=2026-11&language=zh')).text()
    expect(svg).toMatch(/^<svg [^>]*role="img"/)
    expect(svg).toContain('整体通关时间')
    expect(svg).toMatch(/<desc[^>]*>2026-10: /)
  })
})

describe('the running month', () => {
  test('is for operators only: all that is counted, nothing merged', async () => {
    await problemOf(await get('/running'), 'unauthenticated')
    await problemOf(await world.call('GET', '/v1/statistics/running'), 'forbidden')
    const answer = await world.call('GET', '/v1/statistics/running', { key: world.keys.admin })
    const { data, waiting } = runningAnswer.parse(await answer.json())
    expect(waiting).toBe(0)
    expect(data).toEqual([
      {
        month: '2026-12',
        measure: 'overall',
        direction: 'import',
        declarations: 50,
        mean: '1.0068',
        median: expect.stringMatching(/^(0\.99|1\.0[01])/) as string,
        p90: expect.stringMatching(/^1\.0/) as string,
      },
    ])
  })
})

describe('the page', () => {
  const page = async (query = '', language = 'en') =>
    (await world.call('GET', `/statistics${query}`, { key: '', headers: { 'accept-language': language } })).text()

  test('shows figures, charts, costs, targets, how it is counted and what to download, in both languages', async () => {
    const english = await page('?from=2026-09&to=2026-11&by=credit')
    for (const shown of [
      'Overall clearance time',
      'Time at customs',
      '10.01',
      'others, merged',
      '/v1/statistics/charts/overall-import.svg',
      '1234.56',
      'Air import: unloading within 2 hours',
      'at least 10 declarations of at least 3 firms',
      '/v1/statistics/clearance/2026-11.csv',
      'CC-BY-4.0',
    ])
      expect(english).toContain(shown)
    expect(english).not.toMatch(/<script|900\.00|700\.00/)
    const chinese = await page('?from=2026-09&to=2026-11&by=district', 'zh-CN')
    for (const shown of ['整体通关时间', '8016 渝铁物流', '口岸作业时限']) expect(chinese).toContain(shown)
    expect(await page('?from=2026-10&to=2026-10&by=credit', 'zh-CN')).toContain('其他（合并）')
  })

  test('a period that is none is answered on the page', async () => {
    const answer = await world.call('GET', '/statistics?from=2026-12&to=%3Cb%3E', { key: '' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).not.toContain('<b>')
    expect(await page('?from=2031-01&to=2031-02')).toContain('No published month')
  })
})

describe('counting anew', () => {
  test('is asked for by an admin, once for a key, and done by a job', async () => {
    const ask = (key: string) =>
      world.call('POST', '/v1/statistics/recounts', { key, headers: { 'idempotency-key': 'recount-1' } })
    await problemOf(await ask(world.keys.trader), 'forbidden')
    const first = await ask(world.keys.admin)
    expect(first.status).toBe(202)
    const { id } = (await first.json()) as { id: string }
    expect((await ask(world.keys.admin)).headers.get('idempotent-replayed')).toBe('true')
    await database.pool.query('DELETE FROM clearance_contribution')
    await runJobsOnce({ database, rules: ownRules, log, jobs: async () => jobs, now: world.now })
    const seen = await world.call('GET', `/v1/statistics/recounts/${id}`, { key: world.keys.admin })
    expect(await seen.json()).toMatchObject({ id, status: 'done', declarations: 0, corrected: 0 })
    // There were figures of no declaration at all: they are gone, and what was published stays.
    expect((await tables(database)).cells).toEqual([])
    expect((await clearance('from=2026-10&to=2026-11')).data).toHaveLength(2)
    await problemOf(await world.call('GET', '/v1/statistics/recounts/none', { key: world.keys.admin }), 'not-found')
  })
})

import { parse } from 'csv-parse/sync'
import excel from 'exceljs'
import { beforeAll, expect, test } from 'vitest'
import type { Entry } from '../../schemas/fees/entries.ts'
import { judgeFees, readSheet, type SheetType } from '../../src/fees/sheet/read-fees.ts'
import { publishable, publishInto, withdrawIn } from '../fees/published.ts'
import { fee, fixed } from '../fees/support.ts'
import { problemOf, smallWorld } from './support.ts'

const world = await smallWorld()
// The catalogue is public: no key is ever sent here.
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })
const types = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
const bytesOf = async (path: string) => {
  const response = await get(path)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}
const feesIn = async (type: SheetType, bytes: Buffer) => {
  const judged = [...judgeFees(await readSheet(type, bytes))]
  expect(judged.flatMap(({ issues }) => issues)).toEqual([])
  return judged.map(({ id, fee: content }) => ({ type: 'fee', id, content }))
}
const rowsIn = (bytes: Buffer) => parse(bytes, { bom: true, relax_column_count: true })

let entries: Entry[] = []
let digest = ''
beforeAll(async () => {
  const hostile = fee('guoyuan-hostile', {
    kind: 'container-cleaning',
    name: { en: '=cmd|x', zh: '=HYPERLINK("http://x")' },
    note: { en: '+1', zh: '@SUM(A1)' },
    price: fixed('65', 'container'),
  })
  entries = [...publishable(), hostile]
  digest = await publishInto(world.database, { number: 1, validFrom: '2026-01-01', entries })
  world.catalogues.refresh()
})

test.each(['csv', 'xlsx'] as const)('what is exported as %s is imported as it was, in either language', async (end) => {
  const all = entries.filter(({ type }) => type === 'fee').sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(all.length).toBeGreaterThan(5)
  for (const language of ['zh', 'en']) {
    const found = await feesIn(types[end], await bytesOf(`/v1/fees.${end}?language=${language}`))
    expect(found.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(all)
  }
})

test('filters are those of the list, and what names nothing is refused', async () => {
  const list = (await (await get('/v1/fees?payee=qingtian-tally')).json()) as { data: { id: string }[] }
  const found = await feesIn('text/csv', await bytesOf('/v1/fees.csv?payee=qingtian-tally'))
  expect(found.map(({ id }) => id)).toEqual(list.data.map(({ id }) => id))
  expect(found.length).toBeGreaterThan(0)
  expect(
    rowsIn(await bytesOf('/v1/fees.csv?q=nothing%20like%20it')).filter(([first = '']) => !first.startsWith('#')),
  ).toHaveLength(1)
  await problemOf(await get('/v1/fees.csv?payee=nobody'), 'invalid-parameter')
  await problemOf(await get('/v1/fees.xlsx?limit=1'), 'invalid-parameter')
  await problemOf(await get('/v1/fees.csv?form=other'), 'invalid-parameter')
})

test('a CSV file is Excel’s to open: named in Chinese, with a mark, nothing in it is run, and it says what it is', async () => {
  const response = await get('/v1/fees.csv?day=2026-05-01')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const disposition = response.headers.get('content-disposition') ?? ''
  expect(disposition).toContain('attachment; filename="port-fees-2026-05-01-1.csv"')
  expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)?.[1] ?? '')).toBe(
    '口岸收费目录清单-2026-05-01-1.csv',
  )
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  for (const form of ['columns', 'list']) {
    const cells = rowsIn(await bytesOf(`/v1/fees.csv?form=${form}`)).flat()
    expect(cells.filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([])
    expect(cells.some((cell) => cell.startsWith("'=HYPERLINK"))).toBe(true)
  }
  const last = rowsIn(bytes)
    .slice(-7)
    .map(([cell]) => cell)
  expect(last).toContain('# 版次：1')
  expect(last).toContain('# 日期：2026-05-01')
  expect(last).toContain(`# 版次 SHA-256：${digest}`)
})

test('the list has the seven columns of a published one, port by port', async () => {
  const rows = rowsIn(await bytesOf('/v1/fees.csv?form=list'))
  const header = ['序号', '收费主体', '收费项目', '收费标准', '计价单位', '服务内容', '备注']
  expect(rows.slice(0, 2)).toEqual([['果园港'], header])
  const weighing = rows.find(([, , name]) => name === '过磅费')
  expect(weighing).toMatchObject(
    [/^\d+$/, '果园码头', '过磅费', '60', '元/箱', /\S/, /市场调节价/].map((one) =>
      typeof one === 'string' ? one : (expect.stringMatching(one) as string),
    ),
  )
  const ports = new Set(entries.flatMap((entry) => (entry.type === 'fee' ? [entry.content.port] : [])))
  expect(rows.filter((row) => row.join() === header.join())).toHaveLength(ports.size)

  const book = new excel.Workbook()
  await book.xlsx.load((await bytesOf('/v1/fees.xlsx?form=list')) as never)
  expect(book.worksheets).toHaveLength(ports.size + 1)
  expect(book.worksheets[0]?.name).toBe('果园港')
  expect(book.worksheets[0]?.getRow(1).values).toEqual([undefined, ...header])
  const [about] = book.worksheets.slice(-1)
  expect(about?.name).toBe('版次')
  expect(about?.getColumn(2).values).toContain(digest)
})

test('304 to who has the list of that edition; another list has another tag', async () => {
  const tags = new Set<string>()
  for (const path of [
    '/v1/fees.csv',
    '/v1/fees.xlsx',
    '/v1/fees.csv?form=list',
    '/v1/fees.csv?language=en',
    '/v1/fees.csv?port=guoyuan',
  ]) {
    const first = await get(path)
    await first.body?.cancel()
    const etag = first.headers.get('etag') ?? ''
    tags.add(etag)
    const again = await get(path, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  }
  expect(tags.size).toBe(5)
})

test('on a day no edition holds there is a file that says so', async () => {
  expect((await bytesOf('/v1/fees.csv?day=2025-01-01')).toString()).toContain('# 版次：无')
  expect((await bytesOf('/v1/fees.xlsx?day=2025-01-01&form=list')).length).toBeGreaterThan(0)
  await withdrawIn(world.database, 1, '2026-12-01', '2026-11-21T00:00:00Z')
  world.catalogues.refresh()
  expect((await bytesOf('/v1/fees.csv?day=2026-12-01&form=list')).toString()).toContain('# 版次：无')
})

import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { importAnswer, importIssuesAnswer, importsAnswer } from '../../schemas/fees/imports.ts'
import { readSheet } from '../../src/fees/sheet/read-fees.ts'
import { limits } from '../../src/limits.ts'
import type { ProblemCode } from '../../src/problem.ts'
import { bookOf, csvOf, goodRow, sheetRows } from '../fees/sheet-files.ts'
import { readAll } from '../jobs/support.ts'
import { openFeeDesk } from './fee-desk.ts'
import { freshKey, problemOf } from './support.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const desk = await openFeeDesk()
const { world } = desk
const idOf = (path: string) => path.split('/').at(-1) ?? ''
const csv = (...ids: string[]) => csvOf(ids.map((id) => goodRow(id)))
interface Sent {
  readonly body?: string | Uint8Array
  readonly key?: string
  readonly type?: string
  readonly headers?: Record<string, string>
  readonly fileName?: string
}
const send = (
  draft: string,
  {
    body = csv('fee-a'),
    key = desk.officer,
    type = 'text/csv',
    headers = freshKey(),
    fileName = '收费.csv',
  }: Sent = {},
) =>
  world.call('POST', `/v1/fee-imports?draft=${draft}&fileName=${encodeURIComponent(fileName)}`, {
    key,
    body,
    contentType: type,
    headers,
  })
const get = (path: string, key = desk.officer) => world.call('GET', path, { key })
const read = async (path: string) => importAnswer.strict().parse(await (await get(path)).json())
const locationOf = async (response: Response) => {
  expect(response.status).toBe(202)
  return response.headers.get('location') ?? ''
}

test('202, then done: the file is read in the background, and its fees are in the draft', async () => {
  const draft = await desk.begin()
  const response = await send(idOf(draft), {
    body: bookOf({ sheets: [{ rows: sheetRows([goodRow('fee-a'), goodRow('fee-b', { 金额: 'x' })]) }] }),
    type: xlsx,
    fileName: '收费 2027.xlsx',
  })
  const location = await locationOf(response)
  expect(importAnswer.strict().parse(await response.json())).toMatchObject({
    status: 'waiting',
    draft: idOf(draft),
    fileName: '收费 2027.xlsx',
    mediaType: xlsx,
    fileDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    by: 'admin',
    rowsRead: 0,
    links: { self: location, issues: `${location}/issues`, draft },
  })
  await readAll(world.database)
  expect(await read(location)).toMatchObject({
    status: 'done',
    rowsTotal: 2,
    rowsRead: 2,
    feesKept: 1,
    rowsRefused: 1,
    issues: 1,
  })
  const issues = importIssuesAnswer.strict().parse(await (await get(`${location}/issues`)).json())
  expect(issues.data).toMatchObject([{ row: 3, column: 'U', header: '金额', code: 'amount-malformed' }])
  const entry = (await (await get(`${draft}/entries/fee/fee-a`)).json()) as { importId: string; row: number }
  expect(entry).toMatchObject({ importId: idOf(location), row: 2 })
  expect((await desk.read(draft)).contributors).toContain('admin')
})

test('the same key and file is one import; with another file, draft or name it is refused', async () => {
  const draft = idOf(await desk.begin())
  const headers = freshKey()
  const first = await send(draft, { headers })
  const again = await send(draft, { headers })
  expect(await locationOf(again)).toBe(await locationOf(first))
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.text()).toBe(await first.text())
  for (const other of [{ body: csv('fee-b') }, { fileName: 'other.csv' }, { type: xlsx }])
    await problemOf(await send(draft, { ...other, headers }), 'idempotency-key-reused')
  await problemOf(await send(idOf(await desk.begin()), { headers }), 'idempotency-key-reused')
  await readAll(world.database)
})

test.each<[string, ProblemCode, Sent]>([
  ['no key', 'unauthenticated', { key: '' }],
  ['a trader’s key', 'forbidden', { key: world.keys.trader }],
  ['no Idempotency-Key', 'idempotency-key-missing', { headers: {} }],
  ['JSON', 'unsupported-media-type', { type: 'application/json', body: '{}' }],
  ['an old workbook', 'unsupported-media-type', { type: 'application/vnd.ms-excel' }],
  ['no name', 'invalid-parameter', { fileName: '' }],
  ['a file that is too large', 'body-too-large', { body: new Uint8Array(limits.sheetBytes + 1) }],
  [
    'a file that unpacks to too much',
    'body-too-large',
    { body: gzipSync(new Uint8Array(limits.sheetBytes + 1)), headers: { ...freshKey(), 'content-encoding': 'gzip' } },
  ],
  ['somebody else’s draft', 'not-found', { key: desk.tally }],
])('refused: %s', async (_, code, sent) => {
  await problemOf(await send(idOf(await desk.begin(desk.terminal)), sent), code)
})

test('a file larger than other bodies may be is taken, packed or not', async () => {
  const draft = idOf(await desk.begin())
  const body = Buffer.from(
    csvOf([
      goodRow('fee-a', { 服务内容: 'x'.repeat(2_000) }),
      ...Array.from({ length: 800 }, (_, at) => goodRow(`fee-${at}`, { 服务内容: 'x'.repeat(1_900) })),
    ]),
  )
  expect(body.length).toBeGreaterThan(limits.bodyBytes)
  const packed = { body: gzipSync(body), headers: { ...freshKey(), 'content-encoding': 'gzip' } }
  const digests = []
  for (const sent of [{ body }, { body, headers: { ...freshKey(), 'content-length': String(body.length) } }, packed]) {
    const response = await send(draft, sent)
    expect(response.status).toBe(202)
    digests.push(((await response.json()) as { fileDigest: string }).fileDigest)
  }
  expect(new Set(digests).size).toBe(1)
  await readAll(world.database)
})

test('a draft that is not open takes none', async () => {
  const draft = await desk.begin()
  expect((await desk.call('DELETE', draft, { match: await desk.tagOf(draft) })).status).toBe(204)
  await problemOf(await send(idOf(draft)), 'not-changeable')
  await problemOf(await send('0123456789ABCDEFGHJK'), 'not-found')
  await problemOf(await send('x'), 'invalid-parameter')
})

test('a key may have so many imports waiting, and more when they are done', async () => {
  const draft = idOf(await desk.begin(desk.terminal))
  const file = { key: desk.terminal }
  for (let count = 0; count < limits.importsWaiting; count++) expect((await send(draft, file)).status).toBe(202)
  await problemOf(await send(draft, file), 'limit-reached')
  expect((await send(idOf(await desk.begin()))).status).toBe(202)
  await readAll(world.database)
  expect((await send(draft, file)).status).toBe(202)
  await readAll(world.database)
})

test('a payee sees and imports what is its own, and only that', async () => {
  const draft = await desk.begin(desk.terminal)
  const body = csvOf([goodRow('fee-a'), goodRow('fee-b', { 收费主体: 'qingtian-tally' })])
  const location = await locationOf(await send(idOf(draft), { key: desk.terminal, body }))
  await readAll(world.database)
  expect(await read(location)).toMatchObject({ status: 'done', feesKept: 1, rowsRefused: 1 })
  const issues = importIssuesAnswer.parse(await (await get(`${location}/issues`, desk.terminal)).json())
  expect(issues.data).toMatchObject([{ row: 3, column: 'F', header: '收费主体', code: 'foreign-payee' }])
  for (const path of [
    location,
    `${location}/issues`,
    `${location}/issues.csv`,
    `/v1/fee-imports?draft=${idOf(draft)}`,
  ]) {
    expect((await get(path, desk.terminal)).status).toBe(200)
    await problemOf(await get(path, desk.tally), 'not-found')
    await problemOf(await get(path, world.keys.trader), 'forbidden')
  }
  await problemOf(await get('/v1/fee-imports/x'), 'not-found')
  await problemOf(await get('/v1/fee-imports/0123456789ABCDEFGHJK'), 'not-found')
})

test('imports of a draft and issues of an import are listed page by page, and issues as a file', async () => {
  const draft = idOf(await desk.begin())
  const paths = []
  const rows = Array.from({ length: 3 }, (_, at) => goodRow(`fee-${at}`, { 金额: '=1+1' }))
  for (let count = 0; count < 3; count++) paths.push(await locationOf(await send(draft, { body: csvOf(rows) })))
  await readAll(world.database)
  const one = importsAnswer.strict().parse(await (await get(`/v1/fee-imports?draft=${draft}&limit=2`)).json())
  expect(one.data.map(({ links }) => links.self)).toEqual([...paths].sort().reverse().slice(0, 2))
  const two = importsAnswer.parse(
    await (await get(`/v1/fee-imports?draft=${draft}&limit=2&after=${one.nextCursor}`)).json(),
  )
  expect([...one.data, ...two.data].map(({ id }) => id).sort()).toEqual(paths.map(idOf).sort())
  expect(two.hasMore).toBe(false)

  const path = `${paths[0]}/issues`
  const first = importIssuesAnswer.strict().parse(await (await get(`${path}?limit=2`)).json())
  const second = importIssuesAnswer.parse(await (await get(`${path}?limit=2&after=${first.nextCursor}`)).json())
  expect([...first.data, ...second.data].map(({ row }) => row)).toEqual([2, 3, 4])
  await problemOf(await get(`${path}?after=x`), 'invalid-parameter')
  const file = await get(`${path}.csv`)
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const text = await file.text()
  expect(text.split('\r\n')).toHaveLength(5)
  expect(text).toContain('"2","U","金额","amount-malformed"')
})

test('the template is anybody’s, in both languages and formats, and can be read again', async () => {
  for (const language of ['zh', 'en'])
    for (const [end, type] of [
      ['csv', 'text/csv'],
      ['xlsx', xlsx],
    ] as const) {
      const response = await get(`/v1/fee-imports/template.${end}?language=${language}`, '')
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="fee-template.${end}"; filename\\*=UTF-8''[\\w.%-]+\\.${end}$`),
      )
      const { total } = await readSheet(type, Buffer.from(await response.arrayBuffer()))
      expect(total).toBe(2)
    }
  await problemOf(await get('/v1/fee-imports/template.csv?language=fr', ''), 'invalid-parameter')
})

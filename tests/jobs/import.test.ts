import { expect, test } from 'vitest'
import { readDraft } from '../../src/db/drafts.ts'
import { beginImport } from '../../src/db/imports.ts'
import { importFees } from '../../src/jobs/import-fees.ts'
import { limits } from '../../src/limits.ts'
import { publishable, publishInto } from '../fees/published.ts'
import { bookOf, csvOf, goodRow, sheetRows } from '../fees/sheet-files.ts'
import { ownDatabase } from '../support/database.ts'
import { at, changesOf, draftIn, handIn, outcomeOf, readAll, roomOf, tapped } from './support.ts'

const { database } = await ownDatabase()
const { pool } = database
const csv = (...rows: Parameters<typeof csvOf>[0]) => Buffer.from(csvOf(rows))
const good = (...ids: string[]) => csv(...ids.map((id) => goodRow(id)))
const statusOf = async (draft: string) => (await readDraft(pool, draft))?.status
const move = (draft: string, status: string) =>
  pool.query('UPDATE catalogue_draft SET status = $2 WHERE id = $1', [draft, status])

test.each(['csv', 'xlsx'] as const)('good fees come into the draft, bad cells are named: %s', async (format) => {
  const rows = [
    goodRow('fee-a'),
    goodRow('fee-b', { 金额: '-1' }),
    goodRow(''),
    goodRow('fee-c'),
    { 编号: 'fee-b', 金额: '2' },
  ]
  const file = format === 'csv' ? csv(...rows) : bookOf({ sheets: [{ rows: sheetRows(rows) }] })
  const type = format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const draft = await draftIn(database)
  const id = await handIn(database, draft, file, type)
  expect(await outcomeOf(database, id)).toMatchObject({
    status: 'waiting',
    rowsTotal: null,
    rowsRead: 0,
    startedAt: null,
  })
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({
    status: 'done',
    rowsTotal: 5,
    rowsRead: 5,
    feesKept: 2,
    rowsRefused: 3,
    trouble: undefined,
    startedAt: at,
    finishedAt: at,
    issues: ['3 U 金额 amount-negative', '4 A 编号 id-missing', '6 R 计价方式 missing'],
  })
  expect(await changesOf(database, draft)).toMatchObject([
    { id: 'fee-a', importId: id, row: 2, by: 'importer', content: { kind: 'weighing' } },
    { id: 'fee-c', importId: id, row: 5 },
  ])
  expect(await readDraft(pool, draft)).toMatchObject({
    revision: 2,
    status: 'open',
    contributors: ['other drafter', 'hash-of-a-key importer'],
  })
  const { rows: kept } = await pool.query('SELECT file FROM fee_import WHERE id = $1', [id])
  expect(kept).toEqual([{ file: null }])
})

test('nothing good: the draft is as it was', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, csv(goodRow('fee-a', { 口岸: '' })))
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'done', feesKept: 0, rowsRefused: 1 })
  expect(await readDraft(pool, draft)).toMatchObject({ revision: 1, contributors: ['other drafter'] })
})

test('a file that is none fails as a whole, and says why', async () => {
  const draft = await draftIn(database)
  const broken = await handIn(
    database,
    draft,
    Buffer.from('x'),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  )
  const headless = await handIn(database, draft, Buffer.from('编号,天气\na,b'))
  await readAll(database)
  expect(await outcomeOf(database, broken)).toMatchObject({
    status: 'failed',
    trouble: { code: 'not-a-workbook' },
    issues: [],
  })
  const { status, trouble, issues } = await outcomeOf(database, headless)
  expect({ status, code: trouble?.code }).toEqual({ status: 'failed', code: 'header-wrong' })
  expect(trouble?.detailZh).toMatch(/\p{Script=Han}/u)
  expect(issues[0]).toBe('1 B 天气 header-unknown')
  expect(issues.slice(1)).toContain('1 口岸 header-missing')
  expect(await changesOf(database, draft)).toEqual([])
})

test.each(['submitted', 'published', 'discarded'])('a draft that is %s by the time is not touched', async (status) => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, good('fee-a'))
  await move(draft, status)
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({
    status: 'failed',
    feesKept: 0,
    trouble: { code: 'draft-closed' },
  })
  expect(await changesOf(database, draft)).toEqual([])
  expect(await readDraft(pool, draft)).toMatchObject({ status, revision: 1 })
})

test('a draft submitted while its file is read is not touched either; one that was returned is open again', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, good('fee-a', 'fee-b'))
  const meanwhile = tapped(database, /rows_total = \$3/, async () => void (await move(draft, 'submitted')))
  await importFees.run({ id }, roomOf(meanwhile))
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'failed', trouble: { code: 'draft-closed' } })
  expect(await changesOf(database, draft)).toEqual([])

  await move(draft, 'returned')
  await handIn(database, draft, good('fee-a'))
  await readAll(database)
  expect(await statusOf(draft)).toBe('open')
})

test('progress is told while the file is read', async () => {
  const draft = await draftIn(database)
  const ids = Array.from({ length: limits.importProgress * 2 + 1 }, (_, index) => `fee-${index}`)
  const id = await handIn(database, draft, good(...ids))
  const seen: (number | null)[][] = []
  const watched = tapped(database, /rows_total = \$3/, async () => {
    const { status, rowsTotal, rowsRead, feesKept } = await outcomeOf(database, id)
    expect(status).toBe('reading')
    seen.push([rowsTotal, rowsRead, feesKept])
  })
  await importFees.run({ id }, roomOf(watched))
  // Each is what was told just before.
  expect(seen).toEqual([
    [null, 0, 0],
    [ids.length, 0, 0],
    [ids.length, 500, 500],
  ])
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'done', feesKept: ids.length })
})

test('two files for one draft come one after the other; where both have a fee, the later one’s stays', async () => {
  const draft = await draftIn(database)
  const first = await handIn(database, draft, good('fee-a', 'fee-b'))
  const second = await handIn(database, draft, csv(goodRow('fee-b', { 金额: '61' }), goodRow('fee-c')))
  await readAll(database)
  const changes = await changesOf(database, draft)
  expect(changes.map(({ id, importId }) => [id, importId])).toEqual([
    ['fee-a', first],
    ['fee-b', second],
    ['fee-c', second],
  ])
  expect(await readDraft(pool, draft)).toMatchObject({ revision: 3 })
})

test('a job that comes again after the end changes nothing', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, good('fee-a'))
  await readAll(database)
  const before = [await outcomeOf(database, id), await readDraft(pool, draft)]
  await importFees.run({ id }, roomOf(database))
  await importFees.run({ id: 'unknown' }, roomOf(database))
  expect([await outcomeOf(database, id), await readDraft(pool, draft)]).toEqual(before)
})

test('a run that another one overtook writes nothing, at whatever line it is', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, good('fee-a'))
  const overtaken = tapped(database, /rows_total = \$3/, async () => void (await beginImport(pool, id, at)))
  await importFees.run({ id }, roomOf(overtaken))
  expect(await changesOf(database, draft)).toEqual([])
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'reading' })
  // Also one that was overtaken after its last word of progress.
  let count = 0
  const late = {
    ...roomOf(database),
    now() {
      if (++count === 2) overtake.resolve()
      return at.getTime()
    },
  }
  const overtake = Promise.withResolvers<void>()
  const held = await pool.connect()
  await held.query('BEGIN')
  await held.query('SELECT FROM catalogue_draft WHERE id = $1 FOR UPDATE', [draft])
  const running = importFees.run({ id }, late)
  await overtake.promise
  await held.query('UPDATE fee_import SET run = run + 1 WHERE id = $1', [id])
  await held.query('COMMIT')
  held.release()
  await running
  expect(await changesOf(database, draft)).toEqual([])
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'done', feesKept: 1 })
})

test('a draft of one payee takes that payee’s fees only, and none that another one has', async () => {
  await publishInto(database, { number: 1, validFrom: '2026-01-01', entries: publishable() })
  const draft = await draftIn(database, { payee: 'guoyuan-terminal', base: 1 })
  const rows = [
    goodRow('guoyuan-weighing'),
    goodRow('guoyuan-tally'),
    goodRow('fresh', { 收费主体: 'tally', 适用条件: '箱型=20' }),
    { 编号: 'fresh', 适用条件: '箱型=40', 计价方式: '固定', 计价单位: '箱', 金额: '9' },
  ]
  const id = await handIn(database, draft, csv(...rows))
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({
    status: 'done',
    feesKept: 1,
    rowsRefused: 3,
    issues: ['3 A 编号 foreign-payee', '4 F 收费主体 foreign-payee', '5 F 收费主体 foreign-payee'],
  })
  expect((await changesOf(database, draft)).map(({ id: of }) => of)).toEqual(['guoyuan-weighing'])
})

test('a draft that would have too many changes keeps none of them', async () => {
  const draft = await draftIn(database)
  await pool.query(
    `INSERT INTO catalogue_draft_change (draft_id, type, entry_id, content, by, at) SELECT $1, 'fee', 'x' || n, '{}', '', now() FROM generate_series(1, $2::int) n`,
    [draft, limits.draftChanges],
  )
  const id = await handIn(database, draft, good('fee-a'))
  await readAll(database)
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'failed', trouble: { code: 'draft-full' } })
  expect(await readDraft(pool, draft)).toMatchObject({ put: limits.draftChanges, revision: 1 })
})

test('our mistake is tried again, and told when nobody tries any more', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, good('fee-a'))
  const failing = tapped(database, /rows_total = \$3/, async () => {
    throw new Error('away')
  })
  await expect(importFees.run({ id }, roomOf(failing))).rejects.toThrow('away')
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'reading' })
  await expect(importFees.run({ id }, roomOf(failing, true))).rejects.toThrow('away')
  expect(await outcomeOf(database, id)).toMatchObject({ status: 'failed', trouble: { code: 'defect' } })
  expect(await changesOf(database, draft)).toEqual([])
})

test('an import whose job was given up says so; one whose job waits or runs does not', async () => {
  const draft = await draftIn(database)
  const [given, waiting, running] = [
    await handIn(database, draft, good('fee-a')),
    await handIn(database, draft, good('fee-b')),
    await handIn(database, draft, good('fee-c')),
  ]
  const set = (id: string, what: string) =>
    pool.query(`UPDATE graphile_worker._private_jobs SET ${what} WHERE key = 'fee-import ' || $1`, [id])
  await set(given, 'attempts = max_attempts')
  await set(running, "attempts = max_attempts, locked_by = 'somebody', locked_at = now()")
  const { sweepImports } = await import('../../src/jobs/import-fees.ts')
  await sweepImports.run({}, roomOf(database))
  expect(await outcomeOf(database, given)).toMatchObject({ status: 'failed', trouble: { code: 'defect' } })
  expect(await outcomeOf(database, waiting)).toMatchObject({ status: 'waiting' })
  expect(await outcomeOf(database, running)).toMatchObject({ status: 'waiting' })
})

test('issues are kept up to a number, and what PostgreSQL cannot hold is shown as something else', async () => {
  const draft = await draftIn(database)
  const row = { 编号: 'fee-a', 收费性质: 'a\u0000b' }
  const rows = Array.from({ length: limits.importIssues + 5 }, () => ({ ...goodRow(''), 编号: '' }))
  const many = await handIn(database, draft, csv(...rows))
  const nul = await handIn(database, draft, csv(row))
  await readAll(database)
  const { rows: counted } = await pool.query(
    'SELECT count(*)::int AS count FROM fee_import_issue WHERE import_id = $1',
    [many],
  )
  expect(counted).toEqual([{ count: limits.importIssues }])
  expect(await outcomeOf(database, many)).toMatchObject({ status: 'done', rowsRefused: rows.length })
  const { rows: shown } = await pool.query<{ detail: string }>(
    'SELECT detail FROM fee_import_issue WHERE import_id = $1 ORDER BY number',
    [nul],
  )
  expect(shown.some(({ detail }) => detail.includes('a\uFFFDb'))).toBe(true)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readDraft } from '../../src/db/drafts.ts'
import { limits } from '../../src/limits.ts'
import { csvOf, goodRow } from '../fees/sheet-files.ts'
import { ownDatabase } from '../support/database.ts'
import { changesOf, draftIn, handIn, outcomeOf, readAll } from './support.ts'

const { database, url } = await ownDatabase()
const { pool } = database
const fees = limits.importBatch * 2 + 1
const rows = Array.from({ length: fees }, (_, index) => goodRow(`fee-${index}`))
const bad = goodRow('fee-bad', { 金额: '-1' })
const file = Buffer.from(csvOf([...rows, bad]))

/** Has a process do the job that dies before the statement. */
async function dieBefore(statement: string, before = 0): Promise<void> {
  const script = fileURLToPath(new URL('dying-importer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, url, statement, String(before)], { stdio: 'inherit' })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
  // The server has noticed.
  const connections =
    'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = $1'
  await expect.poll(async () => (await pool.query(connections, ['yuchuang jobs alive'])).rowCount).toBe(0)
}

test.each([
  ['when it has begun', "UPDATE fee_import SET status = 'reading'", 0, 'waiting'],
  ['when it has read a part', 'UPDATE fee_import SET rows_total', 2, 'reading'],
  ['between two of its statements that write', 'INSERT INTO catalogue_draft_change', 1, 'reading'],
  ['when it wrote everything but the end', "UPDATE fee_import SET status = 'done'", 0, 'reading'],
  ['before it commits', '^COMMIT$', 0, 'reading'],
])(
  'killed %s, nothing of it is in the draft; run again it ends as if nothing had been',
  async (_, statement, before, status) => {
    const draft = await draftIn(database)
    const id = await handIn(database, draft, file)
    await dieBefore(statement, before)
    expect(await outcomeOf(database, id)).toMatchObject({ status })
    expect(await changesOf(database, draft)).toEqual([])
    expect(await readDraft(pool, draft)).toMatchObject({ revision: 1 })
    // The job is still the dead one's.
    const { rows: held } = await pool.query('SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL')
    expect(held).toHaveLength(1)

    await readAll(database)
    const outcome = await outcomeOf(database, id)
    expect(outcome).toMatchObject({ status: 'done', rowsRead: fees + 1, feesKept: fees, rowsRefused: 1 })
    expect(outcome.issues).toEqual([`${fees + 2} U 金额 amount-negative`])
    expect(await changesOf(database, draft)).toHaveLength(fees)
    expect(await readDraft(pool, draft)).toMatchObject({ revision: 2 })
  },
  60_000,
)

test('killed when all was committed but the job not done away with: it is not done twice', async () => {
  const draft = await draftIn(database)
  const id = await handIn(database, draft, file)
  await dieBefore('delete from .*_private_jobs')
  const before = [await outcomeOf(database, id), await readDraft(pool, draft)]
  expect(before).toMatchObject([{ status: 'done', feesKept: fees }, { revision: 2 }])
  await readAll(database)
  expect([await outcomeOf(database, id), await readDraft(pool, draft)]).toEqual(before)
  expect((await pool.query('SELECT FROM graphile_worker.jobs')).rowCount).toBe(0)
}, 60_000)

import { pino } from 'pino'
import { type Database, transaction } from '../../src/db/database.ts'
import { makeDraft } from '../../src/db/drafts.ts'
import { newId } from '../../src/db/ids.ts'
import { makeImport, readImport, readIssues } from '../../src/db/imports.ts'
import type { SheetType } from '../../src/fees/sheet/read-fees.ts'
import { importFees, queueImport, sweepImports } from '../../src/jobs/import-fees.ts'
import type { Job, JobRoom } from '../../src/jobs/job.ts'
import { prepareQueue, runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'

export const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
/** When everything here happens. */
export const at = new Date('2026-11-21T01:00:00Z')
export const hand = { name: 'importer', keyHash: 'hash-of-a-key' }

export const optionsOf = (database: Database, jobs: readonly Job[] = [importFees, sweepImports]) => ({
  database,
  rules: ownRules,
  log,
  jobs: async () => jobs,
  now: () => at.getTime(),
})
export const roomOf = (database: Database, lastTry = false): JobRoom => ({
  database,
  rules: ownRules,
  log,
  now: () => at.getTime(),
  lastTry,
})

/** A draft of an empty list, or of an edition. */
export async function draftIn(
  database: Database,
  { payee, base = 0 }: { payee?: string; base?: number } = {},
): Promise<string> {
  const id = newId(at.getTime())
  const draft = { id, title: 'A draft', reason: 'For a test', payee: payee ?? null, base, validFrom: '2027-01-01' }
  await transaction(database.pool, (client) => makeDraft(client, draft, { name: 'drafter', keyHash: 'other' }, 100, at))
  return id
}

/** Hands in a file as the route does, and leaves it to be read. */
export async function handIn(
  database: Database,
  draftId: string,
  file: Buffer,
  mediaType: SheetType = 'text/csv',
): Promise<string> {
  await prepareQueue(database, log)
  const id = newId(at.getTime())
  await transaction(database.pool, async (client) => {
    const of = { id, draftId, fileName: 'fees', mediaType, file, fileDigest: 'digest', by: hand }
    if (!(await makeImport(client, of, 100, at))) throw new Error('too many')
    await queueImport(client, { id, draftId })
  })
  return id
}

/** Has everything read that was handed in. */
export const readAll = (database: Database): Promise<void> => runJobsOnce(optionsOf(database))

/** What came of an import: itself, and its issues as `row column code`. */
export async function outcomeOf({ pool }: Database, id: string) {
  const row = await readImport(pool, id)
  if (row === undefined) throw new Error(`No import ${id}`)
  const issues = await readIssues(pool, id, 0, 1_000)
  const trouble =
    row.trouble === null ? undefined : (JSON.parse(row.trouble) as { code: string; detail: string; detailZh: string })
  return { ...row, trouble, issues: issues.map(({ row: number, column, code }) => `${number} ${column} ${code}`) }
}

/** What a draft changes: id and content. */
export async function changesOf({ pool }: Database, draftId: string) {
  const { rows } = await pool.query<{
    id: string
    content: string
    importId: string | null
    row: number | null
    by: string
  }>(
    `SELECT entry_id AS id, content, import_id AS "importId", row, by FROM catalogue_draft_change WHERE draft_id = $1 ORDER BY entry_id`,
    [draftId],
  )
  return rows.map(({ content, ...of }) => ({ ...of, content: JSON.parse(content) as Record<string, unknown> }))
}

/** The same database, where something happens before statements that match: once each time `before` wants it. */
export function tapped(database: Database, matching: RegExp, before: (count: number) => Promise<void>): Database {
  let count = 0
  const pool = new Proxy(database.pool, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target)
      if (name !== 'query' || typeof own !== 'function') return typeof own === 'function' ? own.bind(target) : own
      return async (text: string | { text: string }, values?: unknown[]) => {
        if (matching.test(typeof text === 'string' ? text : text.text)) await before(++count)
        return target.query(text as string, values)
      }
    },
  })
  return { ...database, pool }
}

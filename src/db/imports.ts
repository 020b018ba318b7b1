import type { Issue } from '../../schemas/issue.ts'
import type { Client, Queryable } from './database.ts'

/** A file of fees on its way into a draft 批量导入. */
export interface ImportRow {
  readonly id: string
  readonly draftId: string
  readonly fileName: string
  readonly mediaType: string
  readonly fileDigest: string
  readonly status: 'waiting' | 'reading' | 'done' | 'failed'
  /** Known once the file was read. */
  readonly rowsTotal: number | null
  readonly rowsRead: number
  readonly feesKept: number
  readonly rowsRefused: number
  /** What is wrong with the file as a whole, as JSON. */
  readonly trouble: string | null
  readonly by: string
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly issues: number
}

const viewSql = `
SELECT id, draft_id AS "draftId", file_name AS "fileName", media_type AS "mediaType", file_digest AS "fileDigest", status, rows_total AS "rowsTotal",
  rows_read AS "rowsRead", fees_kept AS "feesKept", rows_refused AS "rowsRefused", trouble, by, created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt", (SELECT count(*)::int FROM fee_import_issue WHERE import_id = id) AS issues
FROM fee_import`

export async function readImport(client: Queryable, id: string): Promise<ImportRow | undefined> {
  const { rows } = await client.query<ImportRow>(`${viewSql} WHERE id = $1`, [id])
  return rows[0]
}

/** Imports into a draft, the newest first. @param before the id of the last one of the page before */
export async function listImports(
  client: Queryable,
  draftId: string,
  before: string | undefined,
  limit: number,
): Promise<ImportRow[]> {
  const { rows } = await client.query<ImportRow>(
    `${viewSql} WHERE draft_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [draftId, before ?? null, limit],
  )
  return rows
}

/** Who imports: the name, and the hash of the key. */
interface Hand {
  readonly name: string
  readonly keyHash: string
}
export interface NewImport extends Pick<ImportRow, 'id' | 'draftId' | 'fileName' | 'mediaType' | 'fileDigest'> {
  readonly file: Uint8Array
  readonly by: Hand
}

/** Keeps a file to be imported; false when as many of its key's as `most` still wait. */
export async function makeImport(client: Client, { by, ...of }: NewImport, most: number, at: Date): Promise<boolean> {
  // Imports of one key are counted by one at a time.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('fee imports ' || $1, 0))", [by.keyHash])
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM fee_import WHERE by_key = $1 AND status IN ('waiting', 'reading')",
    [by.keyHash],
  )
  if ((rows[0]?.count ?? 0) >= most) return false
  await client.query(
    `INSERT INTO fee_import (id, draft_id, file_name, media_type, file, file_digest, status, by, by_key, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9)`,
    [of.id, of.draftId, of.fileName, of.mediaType, of.file, of.fileDigest, by.name, by.keyHash, at],
  )
  return true
}

/** One run of an import: whoever began it last may write. */
export interface ImportRun {
  readonly id: string
  readonly run: number
}
export interface BegunImport extends ImportRun, Pick<NewImport, 'draftId' | 'mediaType' | 'by'> {
  readonly fileBytes: number
}

/** Begins an import, or begins it again; undefined when it is over. */
export async function beginImport(client: Queryable, id: string, at: Date): Promise<BegunImport | undefined> {
  const { rows } = await client.query<Omit<BegunImport, 'by'> & { by: string; byKey: string }>(
    `UPDATE fee_import SET status = 'reading', run = run + 1, started_at = coalesce(started_at, $2), rows_total = NULL, rows_read = 0,
       fees_kept = 0, rows_refused = 0
     WHERE id = $1 AND status IN ('waiting', 'reading')
     RETURNING id, run, draft_id AS "draftId", media_type AS "mediaType", length(file) AS "fileBytes", by, by_key AS "byKey"`,
    [id, at],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const { by, byKey, ...begun } = row
  return { ...begun, by: { name: by, keyHash: byKey } }
}

/** The file of an import, fetched in small slices: in one answer, which is text, it would take many times its size. */
export async function readFile(client: Queryable, { id, fileBytes }: BegunImport, sliceBytes: number): Promise<Buffer> {
  const file = Buffer.allocUnsafeSlow(fileBytes)
  for (let from = 0; from < fileBytes; from += sliceBytes) {
    const { rows } = await client.query<{ slice: Buffer | null }>({
      name: 'slice of an import',
      text: 'SELECT substring(file FROM $2 FOR $3) AS slice FROM fee_import WHERE id = $1',
      values: [id, from + 1, sliceBytes],
    })
    const copied = rows[0]?.slice?.copy(file, from)
    if (copied !== Math.min(sliceBytes, fileBytes - from)) throw new Error(`The file of ${id} is gone`)
  }
  return file
}

export interface Progress {
  readonly rowsTotal: number
  readonly rowsRead: number
  readonly feesKept: number
  readonly rowsRefused: number
}
const progressSql = 'rows_total = $3, rows_read = $4, fees_kept = $5, rows_refused = $6'
const progressOf = ({ id, run }: ImportRun, { rowsTotal, rowsRead, feesKept, rowsRefused }: Progress) => [
  id,
  run,
  rowsTotal,
  rowsRead,
  feesKept,
  rowsRefused,
]
const mineSql = "WHERE id = $1 AND run = $2 AND status = 'reading'"

/** Tells how far an import is; false when another run overtook this one. */
export async function noteProgress(client: Queryable, run: ImportRun, progress: Progress): Promise<boolean> {
  const { rowCount } = await client.query(`UPDATE fee_import SET ${progressSql} ${mineSql}`, progressOf(run, progress))
  return rowCount === 1
}

/** Ends an import in the transaction of what it changes; false when another run overtook this one. The file is not needed any more. */
export async function endImport(client: Client, run: ImportRun, progress: Progress, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE fee_import SET status = 'done', file = NULL, finished_at = $7, ${progressSql} ${mineSql}`,
    [...progressOf(run, progress), at],
  )
  return rowCount === 1
}

/** Ends an import of which nothing is kept; false when another run overtook this one. @param trouble as JSON */
export async function failImport(client: Queryable, run: ImportRun, trouble: string, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE fee_import SET status = 'failed', file = NULL, fees_kept = 0, trouble = $3, finished_at = $4 ${mineSql}`,
    [run.id, run.run, trouble, at],
  )
  return rowCount === 1
}

/** Ends imports nobody will try again: their job failed for good, or is gone. Their files are kept for whoever looks. @returns their ids */
export async function abandonImports(client: Queryable, trouble: string, at: Date): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE fee_import SET status = 'failed', fees_kept = 0, trouble = $1, finished_at = $2 WHERE status IN ('waiting', 'reading') AND NOT EXISTS (
       SELECT FROM graphile_worker.jobs WHERE key = 'fee-import ' || fee_import.id AND (attempts < max_attempts OR locked_at IS NOT NULL))
     RETURNING id`,
    [trouble, at],
  )
  return rows.map(({ id }) => id)
}

/** What is wrong with one cell, as it is kept. */
export interface ImportIssue extends Pick<Issue, 'code' | 'detail' | 'detailZh'> {
  readonly row: number
  readonly column: string
}

/** Keeps what is wrong with cells, numbered on from `first`. */
export async function keepIssues(
  client: Client,
  importId: string,
  first: number,
  issues: readonly ImportIssue[],
): Promise<void> {
  await client.query(
    `INSERT INTO fee_import_issue (import_id, number, row, "column", code, detail, detail_zh)
     SELECT $1, $2 + given.place - 1, given.row, given.named, given.code, given.detail, given.detail_zh
     FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS given (row, named, code, detail, detail_zh, place)`,
    [
      importId,
      first,
      issues.map(({ row }) => row),
      issues.map(({ column }) => column),
      issues.map(({ code }) => code),
      issues.map(({ detail }) => detail),
      issues.map(({ detailZh }) => detailZh),
    ],
  )
}

/** Issues of an import in their order. @param after the number of the last one of the page before */
export async function readIssues(
  client: Queryable,
  importId: string,
  after: number,
  limit: number,
): Promise<(ImportIssue & { readonly number: number })[]> {
  const { rows } = await client.query<ImportIssue & { readonly number: number }>(
    `SELECT number, row, "column", code, detail, detail_zh AS "detailZh" FROM fee_import_issue
     WHERE import_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
    [importId, after, limit],
  )
  return rows
}

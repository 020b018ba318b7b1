import type { ImportAnswer } from '../../../schemas/fees/imports.ts'
import type { ImportIssue, ImportRow } from '../../db/imports.ts'

/** An import as it is shown. */
export function presentImport(row: ImportRow): ImportAnswer {
  const { id, draftId, fileName, mediaType, fileDigest, status, rowsTotal, rowsRead, feesKept, rowsRefused } = row
  const self = `/v1/fee-imports/${id}`
  return {
    id,
    draft: draftId,
    fileName,
    mediaType,
    fileDigest,
    status,
    ...(rowsTotal === null ? {} : { rowsTotal }),
    rowsRead,
    feesKept,
    rowsRefused,
    issues: row.issues,
    ...(row.trouble === null ? {} : { trouble: JSON.parse(row.trouble) as NonNullable<ImportAnswer['trouble']> }),
    by: row.by,
    createdAt: row.createdAt.toISOString(),
    ...(row.startedAt === null ? {} : { startedAt: row.startedAt.toISOString() }),
    ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt.toISOString() }),
    links: { self, issues: `${self}/issues`, draft: `/v1/fee-drafts/${draftId}` },
  }
}

/** An issue as it is shown: its column in letters, and by its header. It is kept as `U 金额`; without letters where the file has no such column. */
export function presentIssue({ row, column, code, detail, detailZh }: ImportIssue) {
  const letters = /^[A-Z]{1,3}(?= |$)/.exec(column)?.[0] ?? ''
  return { row, column: letters, header: column.slice(letters.length).trimStart(), code, detail, detailZh }
}

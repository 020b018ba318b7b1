import * as z from 'zod'

const instant = z.iso.datetime({ offset: true })

/** A file of fees read into a draft 批量导入. What is wrong with the file as a whole is its trouble; with single cells, its issues. */
export const importAnswer = z.object({
  id: z.string(),
  draft: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  fileDigest: z.string().describe('SHA-256 of the file, in hexadecimal'),
  status: z.enum(['waiting', 'reading', 'done', 'failed']),
  rowsTotal: z.int().optional().describe('rows below the header; known once the file was opened'),
  rowsRead: z.int(),
  feesKept: z.int().describe('fees in the draft once it is done; good ones so far while it is read'),
  rowsRefused: z.int(),
  issues: z.int(),
  trouble: z.object({ code: z.string(), detail: z.string(), detailZh: z.string() }).optional(),
  by: z.string(),
  createdAt: instant,
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
  links: z.object({ self: z.string(), issues: z.string(), draft: z.string() }),
})
export type ImportAnswer = z.infer<typeof importAnswer>

const paged = { hasMore: z.boolean(), nextCursor: z.string().optional() }
export const importsAnswer = z.object({ data: z.array(importAnswer), ...paged })

/** One thing wrong with a cell, where spreadsheets show it. */
const importIssueAnswer = z.object({
  row: z.int(),
  column: z.string().describe('letters, as AB; empty where the file has no such column'),
  header: z.string(),
  code: z.string(),
  detail: z.string(),
  detailZh: z.string(),
})
export const importIssuesAnswer = z.object({ data: z.array(importIssueAnswer), ...paged })

import * as z from 'zod'
import type { DraftStatus } from '../../schemas/fees/drafts.ts'
import type { Fee } from '../../schemas/fees/entries.ts'
import type { Text } from '../../schemas/text.ts'
import { type Client, transaction } from '../db/database.ts'
import { putEntries } from '../db/draft-entries.ts'
import { type DraftRow, lockDraft, noteChange, readDraft } from '../db/drafts.ts'
import {
  abandonImports,
  type BegunImport,
  beginImport,
  endImport,
  failImport,
  keepIssues,
  noteProgress,
  type Progress,
  readFile,
} from '../db/imports.ts'
import { addJob } from '../db/jobs.ts'
import { canonicalJson } from '../fees/canonical.ts'
import { editable, outsiders } from '../fees/draft.ts'
import type { ColumnId } from '../fees/sheet/columns.ts'
import { type CellIssue, FileTrouble } from '../fees/sheet/header.ts'
import { isSheetType, judgeFees, readSheet } from '../fees/sheet/read-fees.ts'
import { limits } from '../limits.ts'
import type { Job, JobRoom } from './job.ts'

const payloadSchema = z.object({ id: z.string() })
const task = 'fee-import'

/** Has a file read, in the transaction that keeps it. Files for one draft are read one after the other. */
export const queueImport = (client: Client, { id, draftId }: { id: string; draftId: string }): Promise<void> =>
  // Few queues, so that nobody has to sweep them: drafts that share one wait for each other, which does no harm.
  addJob(client, {
    task,
    payload: { id },
    queue: `${task} ${draftId.slice(-1)}`,
    key: `${task} ${id}`,
    tries: limits.importTries,
  })

/** Reads a file of fees into its draft 批量导入: all of its good fees in one transaction, or none. */
export const importFees: Job = {
  id: task,
  tries: limits.importTries,
  async run(payload, room) {
    const { id } = payloadSchema.parse(payload)
    const begun = await beginImport(room.database.pool, id, at(room))
    // It ended before, and only its job was not done away with.
    if (begun === undefined) return
    try {
      await keep(begun, await judge(begun, room), room)
    } catch (error) {
      if (error instanceof Overtaken) return
      const trouble = error instanceof FileTrouble ? error : room.lastTry ? defect : undefined
      if (trouble !== undefined) await fail(begun, trouble, room)
      if (!(error instanceof FileTrouble)) throw error
    }
  },
}

/** Tells of imports whose job was given up, as after a file that ended every process that read it. */
export const sweepImports: Job = {
  id: 'fee-import-sweep',
  cron: '* * * * *',
  tries: 1,
  async run(_, room) {
    const ids = await abandonImports(room.database.pool, written(defect), at(room))
    if (ids.length > 0) room.log.error({ ids }, 'imports were given up')
  },
}

const at = (room: JobRoom) => new Date(room.now())

/** Another process took this import on: it writes, we do not. */
class Overtaken extends Error {}
const demand = (mine: boolean): void => {
  if (!mine) throw new Overtaken()
}
const defect = new FileTrouble('defect', {
  en: 'Our mistake: nothing of the file was kept. The operator has been told',
  zh: '系统内部错误，文件内容未导入，已通知运维人员',
})
const written = ({ code, text }: FileTrouble) => JSON.stringify({ code, detail: text.en, detailZh: text.zh })

/** What a file comes to. */
interface Judged {
  readonly kept: { readonly id: string; readonly rows: readonly number[]; readonly content: string }[]
  readonly issues: CellIssue[]
  readonly progress: Progress
  /** What the file calls a column. */
  nameOf(column: ColumnId): string
}

async function judge(begun: BegunImport, { database }: JobRoom): Promise<Judged> {
  if (!isSheetType(begun.mediaType)) throw new Error(`No reader for ${begun.mediaType}`)
  const sheet = await readSheet(begun.mediaType, await readFile(database.pool, begun, limits.importSliceBytes))
  const kept: Judged['kept'] = []
  const issues: CellIssue[] = sheet.nameless.slice(0, limits.importIssues)
  let rowsRefused = sheet.nameless.length
  let rowsRead = rowsRefused
  let told = 0
  const progress = () => ({ rowsTotal: sheet.total, rowsRead, feesKept: kept.length, rowsRefused })
  demand(await noteProgress(database.pool, begun, progress()))
  for (const { id, rows, fee, issues: found } of judgeFees(sheet)) {
    rowsRead += rows.length
    if (fee === undefined) {
      rowsRefused += rows.length
      issues.push(...found.slice(0, limits.importIssues - issues.length))
    } else kept.push({ id, rows: rows.map(({ row }) => row), content: canonicalJson(fee) })
    if (rowsRead - told < limits.importProgress) continue
    told = rowsRead
    demand(await noteProgress(database.pool, begun, progress()))
  }
  const { header } = sheet
  return { kept, issues, progress: progress(), nameOf: (column) => header.nameOf(header.indexOf(column) ?? 0) }
}

/** Writes what a file comes to, in one transaction: whoever submits the draft meanwhile does so before all of it, or after. */
async function keep(begun: BegunImport, { kept, issues, progress, nameOf }: Judged, room: JobRoom): Promise<void> {
  const now = at(room)
  await transaction(room.database.pool, async (client) => {
    const draft = await lockDraft(client, begun.draftId)
    if (draft === undefined || !editable.includes(draft.status)) throw closed(draft?.status)
    const refused: CellIssue[] = []
    let feesKept = 0
    for (let from = 0; from < kept.length; from += limits.importBatch) {
      const some = kept.slice(from, from + limits.importBatch)
      const foreign = await foreigners(client, begun, draft, some)
      for (const { id, rows } of some) {
        const column = foreign.get(id)
        if (column !== undefined) refused.push(...rows.map((row) => ({ row, column: nameOf(column), ...notYours })))
      }
      const entries = some
        .filter(({ id }) => !foreign.has(id))
        .map(({ id, rows, content }) => ({ type: 'fee' as const, id, content, importId: begun.id, row: rows[0] ?? 0 }))
      feesKept += entries.length
      await putEntries(client, draft, entries, begun.by, now)
    }
    if (feesKept > 0) await noteChange(client, draft.id, begun.by, now)
    const after = await readDraft(client, draft.id)
    if (after !== undefined && feesKept > 0 && after.put + after.removed > limits.draftChanges) throw full
    await tell(client, begun.id, [...issues, ...refused])
    const done = { ...progress, feesKept, rowsRefused: progress.rowsRefused + refused.length }
    demand(await endImport(client, begun, done, now))
  })
}

/** Keeps what is wrong with the cells, by row. */
async function tell(client: Client, id: string, issues: readonly CellIssue[]): Promise<void> {
  const shown = issues.toSorted((a, b) => a.row - b.row).slice(0, limits.importIssues)
  for (let from = 0; from < shown.length; from += limits.importBatch)
    await keepIssues(
      client,
      id,
      from + 1,
      shown.slice(from, from + limits.importBatch).map(({ row, column, code, text }) => ({
        row,
        column,
        code,
        detail: storable(text.en),
        detailZh: storable(text.zh),
      })),
    )
}
/** What a cell holds may be quoted; PostgreSQL's text has no U+0000. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD')

/** Fees a draft of one payee may not have, with the column that says so. */
async function foreigners(
  client: Client,
  { by }: BegunImport,
  draft: DraftRow,
  fees: Judged['kept'],
): Promise<Map<string, ColumnId>> {
  if (draft.payee === null) return new Map()
  const caller = { ...by, role: 'payee' as const, tenant: undefined, agency: undefined }
  const entries = fees.map(({ id, content }) => ({ type: 'fee' as const, id, content: JSON.parse(content) as Fee }))
  const found = await outsiders(client, caller, draft, entries)
  return new Map(
    entries.flatMap(({ id }, place) => {
      const issue = found[place]
      return issue === undefined ? [] : [[id, issue.pointer === '/payee' ? 'payee' : 'id'] as const]
    }),
  )
}
const notYours = {
  code: 'foreign-payee',
  text: { en: 'The draft speaks of another payee only', zh: '该修订稿仅限另一收费主体的项目' },
} as const

async function fail(begun: BegunImport, trouble: FileTrouble, { database, now }: JobRoom): Promise<void> {
  await transaction(database.pool, async (client) => {
    if (!(await failImport(client, begun, written(trouble), new Date(now())))) return
    await tell(client, begun.id, trouble.cells)
  })
}

const statusWords: Readonly<Record<DraftStatus, string>> = {
  open: '起草中',
  submitted: '待审',
  returned: '已退回',
  published: '已发布',
  discarded: '已作废',
}
const closed = (status: DraftStatus | undefined) => {
  const text: Text =
    status === undefined
      ? { en: 'The draft is gone', zh: '修订稿已不存在' }
      : { en: `The draft is ${status} by now: nothing was kept`, zh: `修订稿${statusWords[status]}，未导入任何内容` }
  return new FileTrouble('draft-closed', text)
}
const full = new FileTrouble('draft-full', {
  en: `The draft would have more than ${limits.draftChanges} changes: nothing was kept`,
  zh: `修订稿的变更将超过${limits.draftChanges}条，未导入任何内容`,
})

import type { DraftAnswer } from '../../schemas/fees/drafts.ts'
import type { Entry, EntryType } from '../../schemas/fees/entries.ts'
import type { ChangeRow, DraftEntryRow } from '../db/draft-entries.ts'
import type { DraftRow } from '../db/drafts.ts'
import { differencesOf } from './difference.ts'

export const draftHref = (id: string): string => `/v1/fee-drafts/${id}`
/** Changes with every change of the draft. */
export const draftEtag = ({ id, revision }: Pick<DraftRow, 'id' | 'revision'>): string => `"${id}.${revision}"`

/** Whether a draft still goes somewhere. */
export const isUnsettled = ({ status }: Pick<DraftRow, 'status'>): boolean =>
  status !== 'published' && status !== 'discarded'

/** A draft as it is shown. @param newest the edition a draft may change now; 0: an empty list */
export function presentDraft(row: DraftRow, newest: number): DraftAnswer {
  const self = draftHref(row.id)
  return {
    id: row.id,
    title: row.title,
    reason: row.reason,
    ...(row.payee === null ? {} : { payee: row.payee }),
    status: row.status,
    revision: row.revision,
    validFrom: row.validFrom,
    base: row.base,
    stale: isUnsettled(row) && row.base !== newest,
    author: row.author,
    contributors: [...new Set(row.contributors.map((one) => one.slice(one.indexOf(' ') + 1)))],
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt.toISOString() }),
    ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
    ...(row.remark === null ? {} : { remark: row.remark }),
    ...(row.edition === null ? {} : { edition: row.edition }),
    changes: { put: row.put, removed: row.removed },
    links: { self, entries: `${self}/entries`, checks: `${self}/checks`, differences: `${self}/differences` },
  }
}

const whatOf = (before: string | null, after: string | null) =>
  after === null ? 'removed' : before === null ? 'added' : before === after ? 'unchanged' : 'changed'

/** What a draft does to an entry. */
export const presentDraftEntry = (row: DraftEntryRow) => ({
  type: row.type,
  id: row.id,
  what: whatOf(row.before, row.after),
  ...(row.after === null ? {} : { content: JSON.parse(row.after) as Record<string, unknown> }),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.by === null ? {} : { by: row.by }),
  ...(row.at === null ? {} : { at: row.at.toISOString() }),
  ...(row.importId === null ? {} : { importId: row.importId }),
  ...(row.row === null ? {} : { row: row.row }),
})

const entryOf = (type: EntryType, id: string, content: string | null): Entry | undefined =>
  content === null ? undefined : ({ type, id, content: JSON.parse(content) as unknown } as Entry)

/** Field by field what a draft changes of an entry. */
export function presentDifference({ type, id, before, after, reason }: ChangeRow) {
  const [was, is] = [entryOf(type, id, before), entryOf(type, id, after)]
  const { name, title } = ((is ?? was)?.content ?? {}) as { name?: object; title?: object }
  return {
    type,
    id,
    ...(name === undefined && title === undefined ? {} : { name: name ?? title }),
    what: whatOf(before, after),
    ...(reason === null ? {} : { reason }),
    differences: differencesOf(was, is),
  }
}

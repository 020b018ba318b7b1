import type { DraftStatus } from '../../schemas/fees/drafts.ts'
import type { Entry, Fee } from '../../schemas/fees/entries.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { type Client, type Database, type Queryable, transaction } from '../db/database.ts'
import { type EntryKey, putEntries, readDraftEntries, removeEntry } from '../db/draft-entries.ts'
import {
  type DraftChange,
  type DraftRow,
  type Hand,
  lockDraft,
  makeDraft,
  moveDraft,
  noteChange,
  readDraft,
} from '../db/drafts.ts'
import { newestEdition, payeesOfFirm } from '../db/editions.ts'
import { newId } from '../db/ids.ts'
import type { Caller } from '../db/keys.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { canonicalJson } from './canonical.ts'

/** Whose drafts a caller sees: those of the payees of its firm; undefined: everybody's. */
export const payeesOf = async (client: Queryable, { role, tenant }: Caller): Promise<readonly string[] | undefined> =>
  role === 'admin' ? undefined : tenant === undefined ? [] : payeesOfFirm(client, tenant)

/** @throws {Problem} not-found, also for somebody else's */
const seen = async (client: Queryable, caller: Caller, draft: DraftRow | undefined): Promise<DraftRow> => {
  const payees = await payeesOf(client, caller)
  if (draft === undefined || (payees !== undefined && !payees.includes(draft.payee ?? '')))
    throw new Problem('not-found')
  return draft
}
export const findDraft = async (client: Queryable, id: string, caller: Caller): Promise<DraftRow> =>
  seen(client, caller, await readDraft(client, id))

/** A request about a draft: by whom, when, and what it was compared with. */
export interface AboutDraft {
  readonly id: string
  readonly caller: Caller
  /** Refuses by throwing when the draft is not as its reader saw it. */
  readonly check: (draft: DraftRow) => void
  readonly at: Date
}

/** Drafts that may be worked on. */
export const editable: readonly DraftStatus[] = ['open', 'returned']

/**
 * Does something to a draft that nobody else touches meanwhile.
 * @throws {Problem} not-found, what `check` throws, not-changeable, and whatever `work` throws: then nothing is done
 */
export async function withDraft<T>(
  database: Database,
  { id, caller, check }: AboutDraft,
  allowed: readonly DraftStatus[],
  work: (client: Client, draft: DraftRow) => Promise<T>,
): Promise<T> {
  return transaction(database.pool, async (client) => {
    const draft = await seen(client, caller, await lockDraft(client, id))
    check(draft)
    if (!allowed.includes(draft.status))
      throw new Problem('not-changeable', {
        detail: {
          en: `The draft is ${draft.status}${draft.edition === null ? '' : ` as edition ${draft.edition}`}`,
          zh: `修订稿状态为 ${draft.status}${draft.edition === null ? '' : `（第${draft.edition}版）`}`,
        },
      })
    return work(client, draft)
  })
}
/** The draft as it now is. */
export const again = async (client: Client, id: string): Promise<DraftRow> => {
  const draft = await readDraft(client, id)
  if (draft === undefined) throw new Problem('not-found')
  return draft
}

export interface DraftWanted {
  readonly title: string
  readonly reason: string
  readonly validFrom: string
  readonly payee?: string | undefined
}

/** Begins a draft on the newest edition 起草. @throws {Problem} forbidden, body-invalid, limit-reached */
export async function beginDraft(client: Client, caller: Caller, wanted: DraftWanted, at: Date): Promise<DraftRow> {
  const base = (await newestEdition(client))?.number ?? 0
  const payees = await payeesOf(client, caller)
  // A key of a firm with one payee means that one.
  const payee = wanted.payee ?? (payees?.length === 1 ? payees[0] : undefined)
  if (payees !== undefined && !payees.includes(payee ?? ''))
    throw new Problem('forbidden', { errors: [notYours('/payee')] })
  const id = newId(at.getTime())
  if (payees === undefined && payee !== undefined) {
    const known = await readDraftEntries(client, { id, base }, [{ type: 'payee', id: payee }])
    if (known.length === 0)
      throw new Problem('body-invalid', {
        errors: [
          issue('/payee', 'unknown-entry', { en: `There is no payee "${payee}"`, zh: `目录中没有收费主体“${payee}”` }),
        ],
      })
  }
  const { title, reason, validFrom } = wanted
  const fresh = { id, title, reason, validFrom, payee: payee ?? null, base }
  if (!(await makeDraft(client, fresh, caller, limits.draftsOpen, at))) throw tooMany('draftsOpen')
  return again(client, id)
}

const notYours = (at: string): Issue =>
  issue(at, 'not-your-payee', {
    en: 'This key speaks for its own payees only',
    zh: '该密钥仅可处理本企业收费主体的内容',
  })
const tooMany = (name: 'draftsOpen' | 'draftChanges') =>
  new Problem('limit-reached', {
    detail: { en: `At most ${limits[name]} at once`, zh: `同时最多 ${limits[name]} 个` },
  })

/** Changes the title, the reason or the day of a draft. */
export const editDraft = (database: Database, about: AboutDraft, change: DraftChange): Promise<DraftRow> =>
  withDraft(database, about, editable, async (client, draft) => {
    await noteChange(client, draft.id, about.caller, about.at, change)
    return again(client, draft.id)
  })

/**
 * What entries a draft may not touch 越权, place by place: one that speaks of one payee has that payee's fees and the payee itself, and its firm
 * is not changed by its own keys.
 * @param entries as they would be; without content they are taken out
 */
export async function outsiders(
  client: Queryable,
  { role }: Caller,
  draft: DraftRow,
  entries: readonly (Entry | EntryKey)[],
): Promise<(Issue | undefined)[]> {
  const { payee } = draft
  if (payee === null) return entries.map(() => undefined)
  const rows = await readDraftEntries(client, draft, entries)
  const known = new Map(rows.map((row) => [`${row.type} ${row.id}`, row]))
  return entries.map((entry) => {
    const row = known.get(`${entry.type} ${entry.id}`)
    const before = [row?.before, row?.after].flatMap((text) => (text ? [JSON.parse(text) as Spoken] : []))
    const after = 'content' in entry ? (entry.content as Spoken) : undefined
    if (entry.type === 'fee' && [...before, ...(after ? [after] : [])].every((fee) => fee.payee === payee))
      return undefined
    if (entry.type === 'payee' && entry.id === payee)
      return role === 'admin' ||
        after === undefined ||
        before.every(({ creditCode }) => creditCode === after.creditCode)
        ? undefined
        : notYours('/creditCode')
    return notYours(entry.type === 'fee' && after !== undefined && after.payee !== payee ? '/payee' : '')
  })
}
type Spoken = Partial<Pick<Fee, 'payee'>> & { readonly creditCode?: string }

/** Puts entries into a held draft, each once. Whether it may have them `outsiders` tells before. @throws {Problem} limit-reached */
export async function putInto(
  client: Client,
  draft: DraftRow,
  by: Hand,
  entries: readonly (Entry & { readonly importId?: string; readonly row?: number })[],
  at: Date,
): Promise<DraftRow> {
  const written = entries.map(({ content, ...entry }) => ({ ...entry, content: canonicalJson(content) }))
  await putEntries(client, draft, written, by, at)
  await noteChange(client, draft.id, by, at)
  const after = await again(client, draft.id)
  if (after.put + after.removed > limits.draftChanges) throw tooMany('draftChanges')
  return after
}

const refuseOutsiders = async (client: Client, { caller }: AboutDraft, draft: DraftRow, entry: Entry | EntryKey) => {
  const [found] = await outsiders(client, caller, draft, [entry])
  if (found !== undefined) throw new Problem('forbidden', { errors: [found] })
}

/** Puts one entry into a draft. @throws {Problem} forbidden */
export const putEntry = (database: Database, about: AboutDraft, entry: Entry): Promise<DraftRow> =>
  withDraft(database, about, editable, async (client, draft) => {
    await refuseOutsiders(client, about, draft, entry)
    return putInto(client, draft, about.caller, [entry], about.at)
  })

/** Takes one entry out of a draft; what stands in its base needs a reason. @throws {Problem} forbidden, not-found, invalid-parameter */
export const takeOut = (
  database: Database,
  about: AboutDraft,
  entry: EntryKey,
  reason: string | undefined,
): Promise<DraftRow> =>
  withDraft(database, about, editable, async (client, draft) => {
    const [row] = await readDraftEntries(client, draft, [entry])
    if (row === undefined || row.after === null) throw new Problem('not-found')
    await refuseOutsiders(client, about, draft, entry)
    if (row.before !== null && reason === undefined)
      throw new Problem('invalid-parameter', {
        errors: [
          issue('/reason', 'missing', {
            en: 'What is published is taken out with a reason',
            zh: '撤下已公布的条目须说明理由',
          }),
        ],
      })
    await removeEntry(client, draft, entry, reason, about.caller, about.at)
    await noteChange(client, draft.id, about.caller, about.at)
    return again(client, draft.id)
  })

/** 作废. What it says stays to be read. */
export const discardDraft = (database: Database, about: AboutDraft): Promise<void> =>
  withDraft(database, about, editable, (client, draft) =>
    moveDraft(client, draft.id, { status: 'discarded', by: about.caller }, about.at),
  )

/** 退回 to whoever drafted it, with a remark; who submitted it may take it back so. */
export const returnDraft = (database: Database, about: AboutDraft, remark: string): Promise<DraftRow> =>
  withDraft(database, about, ['submitted'], async (client, draft) => {
    await moveDraft(client, draft.id, { status: 'returned', by: about.caller, remark }, about.at)
    return again(client, draft.id)
  })

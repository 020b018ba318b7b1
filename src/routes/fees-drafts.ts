import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { approvalRequest, draftChangeRequest, draftRequest, returnRequest } from '../../schemas/fees/drafts.ts'
import { type Entry, type EntryType, entryId, entrySchemas } from '../../schemas/fees/entries.ts'
import { issue } from '../../schemas/issue.ts'
import type { Auth } from '../auth.ts'
import { snapshot } from '../db/database.ts'
import { digestOfDraft, type EntryKey, readChanges, readDraftEntries } from '../db/draft-entries.ts'
import { type DraftRow, listDrafts } from '../db/drafts.ts'
import { newestEdition } from '../db/editions.ts'
import {
  type AboutDraft,
  beginDraft,
  discardDraft,
  editDraft,
  findDraft,
  payeesOf,
  putEntry,
  returnDraft,
  takeOut,
} from '../fees/draft.ts'
import { countIssues, createDraftChecks } from '../fees/draft-checks.ts'
import {
  draftEtag,
  draftHref,
  isUnsettled,
  presentDifference,
  presentDraft,
  presentDraftEntry,
} from '../fees/present-draft.ts'
import { approveDraft, submitDraft } from '../fees/publish.ts'
import { rebaseDraft } from '../fees/rebase.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { Problem, shown } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { typeOf } from './fee-entries.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { draftEntriesQuery, draftsQuery, removalQuery } from './queries-fees-drafts.ts'

/** Whose idempotency keys those of operators are, who belong to no firm. */
export const authority = 'authority'

/** Drafts of the fee catalogue 修订稿: drafting, checking, submitting, returning, approving. */
export function feeDraftRoutes({ database, catalogues, notices, now }: Services, auth: Auth): Hono<Env> {
  const drafter = auth('admin', 'payee')
  const { pool } = database
  const checked = createDraftChecks(database)
  const idOf = (context: Context<Env>) => context.req.param('id') ?? ''
  const find = (context: Context<Env>) => findDraft(pool, idOf(context), context.get('caller'))
  const about = (context: Context<Env>): AboutDraft => ({
    id: idOf(context),
    caller: context.get('caller'),
    check: precondition(context),
    at: new Date(now()),
  })
  const newest = async () => (await newestEdition(pool))?.number ?? 0
  const show = async (context: Context<Env>, draft: DraftRow) => {
    context.header('ETag', draftEtag(draft))
    return context.json(presentDraft(draft, await newest()))
  }

  const routes = new Hono<Env>()
  routes.post('/', describe('makeFeeDraft'), drafter, async (context) => {
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, draftRequest)
    const caller = context.get('caller')
    const at = new Date(now())
    const slot = { tenant: caller.tenant ?? authority, key, bodyHash: `${hashOf(bytes)} fee-draft` }
    const given = await once(database, slot, at, async (client) => {
      const draft = await beginDraft(client, caller, value, at)
      return { status: 201, body: presentDraft(draft, draft.base), location: draftHref(draft.id) }
    })
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    const body = JSON.parse(given.body) as { id: string; revision: number }
    context.header('ETag', draftEtag(body))
    return context.json(body, 201)
  })

  routes.get('/', describe('listFeeDrafts'), drafter, async (context) => {
    const { limit, after, status, payee } = readQuery(context, draftsQuery)
    const payees = await payeesOf(pool, context.get('caller'))
    const rows = await listDrafts(pool, { status, payee, payees, before: after, limit: limit + 1 })
    const data = rows.slice(0, limit)
    const base = await newest()
    const next = rows.length > limit ? data.at(-1)?.id : undefined
    return page(
      context,
      data.map((draft) => presentDraft(draft, base)),
      next,
    )
  })

  routes.get('/:id', describe('readFeeDraft'), drafter, async (context) => {
    const [draft, digest] = await snapshot(pool, async (client) => {
      const found = await findDraft(client, idOf(context), context.get('caller'))
      return [found, await digestOfDraft(client, found)] as const
    })
    context.header('ETag', draftEtag(draft))
    if (isUnchanged(context, draftEtag(draft))) return context.body(null, 304)
    const checks = isUnsettled(draft) ? countIssues((await checked(draft, catalogues.today())).issues) : undefined
    return context.json({ ...presentDraft(draft, await newest()), digest, ...(checks === undefined ? {} : { checks }) })
  })

  routes.patch('/:id', describe('changeFeeDraft'), drafter, async (context) => {
    const wanted = about(context)
    const { value } = await readJsonBody(context, draftChangeRequest)
    return show(context, await editDraft(database, wanted, value))
  })

  routes.delete('/:id', describe('discardFeeDraft'), drafter, async (context) => {
    await discardDraft(database, about(context))
    return context.body(null, 204)
  })

  routes.get('/:id/entries', describe('listFeeDraftEntries'), drafter, async (context) => {
    const { limit, after } = readQuery(context, draftEntriesQuery)
    const rows = await readChanges(pool, await find(context), { after, limit: limit + 1 })
    const data = rows.slice(0, limit)
    return page(context, data.map(presentDraftEntry), nextOf(rows, limit))
  })

  routes.get('/:id/entries/:type/:entryId', describe('readFeeDraftEntry'), drafter, async (context) => {
    const draft = await find(context)
    const [row] = await readDraftEntries(pool, draft, [keyOf(context)])
    if (row === undefined) throw new Problem('not-found')
    context.header('ETag', draftEtag(draft))
    return context.json(presentDraftEntry(row))
  })

  const showEntry = async (context: Context<Env>, draft: DraftRow, key: EntryKey) => {
    const [row] = await readDraftEntries(pool, draft, [key])
    context.header('ETag', draftEtag(draft))
    return row === undefined ? context.body(null, 204) : context.json(presentDraftEntry(row))
  }
  routes.put('/:id/entries/:type/:entryId', describe('putFeeDraftEntry'), drafter, async (context) => {
    const key = keyOf(context)
    const wanted = about(context)
    const shape: z.ZodType = entrySchemas[key.type]
    const { value } = await readJsonBody(context, shape)
    return showEntry(context, await putEntry(database, wanted, { ...key, content: value } as Entry), key)
  })
  routes.delete('/:id/entries/:type/:entryId', describe('removeFeeDraftEntry'), drafter, async (context) => {
    const key = keyOf(context)
    const wanted = about(context)
    const { reason } = readQuery(context, removalQuery)
    return showEntry(context, await takeOut(database, wanted, key, reason), key)
  })

  routes.get('/:id/checks', describe('readFeeDraftChecks'), drafter, async (context) => {
    const draft = await find(context)
    const day = catalogues.today()
    const { revision, issues } = await checked(draft, day)
    const { errors: data, ...more } = shown(issues)
    context.header('ETag', draftEtag({ id: draft.id, revision }))
    return context.json({ draft: draft.id, revision, day, ...countIssues(issues), data, ...more })
  })

  routes.get('/:id/differences', describe('readFeeDraftDifferences'), drafter, async (context) => {
    const { limit, after } = readQuery(context, draftEntriesQuery)
    const draft = await find(context)
    const rows = await readChanges(pool, draft, { after, limit: limit + 1 })
    const nextCursor = nextOf(rows, limit)
    const data = rows.slice(0, limit).map(presentDifference)
    const hasMore = nextCursor !== undefined
    return context.json({ draft: draft.id, from: draft.base, data, hasMore, ...(hasMore ? { nextCursor } : {}) })
  })

  routes.post('/:id/submissions', describe('submitFeeDraft'), drafter, async (context) =>
    show(context, await submitDraft(database, about(context))),
  )
  routes.post('/:id/returns', describe('returnFeeDraft'), drafter, async (context) => {
    const wanted = about(context)
    const { value } = await readJsonBody(context, returnRequest)
    return show(context, await returnDraft(database, wanted, value.remark))
  })
  routes.post('/:id/rebases', describe('rebaseFeeDraft'), drafter, async (context) =>
    show(context, await rebaseDraft(database, about(context))),
  )
  routes.post('/:id/approvals', describe('approveFeeDraft'), auth('admin'), async (context) => {
    const wanted = about(context)
    const { value } = await readJsonBody(context, approvalRequest)
    const { number, digest, draft } = await approveDraft(database, notices.vault, wanted, value.digest)
    catalogues.refresh()
    context.header('Location', `/v1/fee-editions/${number}`)
    context.header('ETag', draftEtag(draft))
    return context.json({ edition: number, digest, draft: presentDraft(draft, number) }, 201)
  })
  return routes
}

/** @throws {Problem} not-found, invalid-parameter */
function keyOf(context: Context<Env>): { readonly type: EntryType; readonly id: string } {
  const type = typeOf(context)
  const id = context.req.param('entryId') ?? ''
  if (!entryId.safeParse(id).success)
    throw new Problem('invalid-parameter', {
      errors: [
        issue('/entryId', 'invalid-format', {
          en: 'An id is lower-case letters, digits and single hyphens, 2 to 80 characters',
          zh: '编号由小写字母、数字和连字符组成，2至80个字符',
        }),
      ],
    })
  return { type, id }
}

const nextOf = (rows: readonly EntryKey[], limit: number): string | undefined => {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last && `${last.type}.${last.id}`
}

/** Demands `If-Match` now, and compares it once the draft is held; who is late learns how far it has gone on. */
function precondition(context: Context<Env>): (draft: DraftRow) => void {
  matching(context, () => '')
  return (draft) => {
    try {
      matching(context, () => draftEtag(draft))(draft.revision)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      const what = draft.edition === null ? draft.status : `${draft.status} ${draft.edition}`
      throw new Problem(problem.code, {
        headers: problem.headers,
        detail: {
          en: `It is at revision ${draft.revision} now (${what}), changed at ${draft.updatedAt.toISOString()}`,
          zh: `修订稿现为第 ${draft.revision} 次修订（${what}），于 ${draft.updatedAt.toISOString()} 变更`,
        },
      })
    }
  }
}

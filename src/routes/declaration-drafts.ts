import { type Context, Hono } from 'hono'
import { declarationDraftContent, declarationDraftRequest } from '../../schemas/declaration-draft.ts'
import type { Auth } from '../auth.ts'
import { listDeclarationDrafts } from '../db/declaration-drafts.ts'
import { checkDraft } from '../drafts/check.ts'
import { type HandingIn, handIn } from '../drafts/hand-in.ts'
import { createDraft, discardDraft, draftEtag, findDraft, replaceDraft, type Writer } from '../drafts/keep.ts'
import { presentDraft, presentDraftLine } from '../drafts/present.ts'
import { sampleFor } from '../drafts/sample.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { etagOf } from '../filing/present.ts'
import { contentLanguage, languageOfKept } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { declarationDraftsQuery } from './queries-declaration-drafts.ts'

/** Drafts of declarations 申报草稿: a trader's own. */
export function declarationDraftRoutes(services: Services, auth: Auth): Hono<Env> {
  const { database, now, metrics } = services
  const trader = auth('trader')
  const idOf = (context: Context<Env>) => context.req.param('id') ?? ''
  const writer = (context: Context<Env>): Writer => ({ tenant: tenantOf(context), by: context.get('caller').name })
  const target = (context: Context<Env>) => ({ id: idOf(context), tenant: tenantOf(context) })
  const precondition = (context: Context<Env>) => matching(context, (revision) => etagOf(idOf(context), revision))

  const routes = new Hono<Env>()
  routes.post('/', describe('makeDeclarationDraft'), trader, async (context) => {
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, declarationDraftRequest)
    const at = new Date(now())
    const slot = { tenant: tenantOf(context), key, bodyHash: `${hashOf(bytes)} declaration-draft` }
    const given = await once(database, slot, at, async (client) => {
      const { sample, ...given } = value
      const document = sample && value.from === undefined ? sampleFor(sample, tenantOf(context), at) : undefined
      const draft = await createDraft(client, { ...writer(context), ...(document && { document }), ...given }, at)
      return { status: 201, body: { id: draft.id }, location: `/v1/declaration-drafts/${draft.id}` }
    })
    const { id } = JSON.parse(given.body) as { id: string }
    const draft = await findDraft(database.pool, { id, tenant: tenantOf(context) })
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('ETag', draftEtag(draft))
    return context.json(presentDraft(draft), 201)
  })

  routes.get('/', describe('listDeclarationDrafts'), trader, async (context) => {
    const { limit, after } = readQuery(context, declarationDraftsQuery)
    const rows = await listDeclarationDrafts(database.pool, tenantOf(context), { after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentDraftLine), rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/:id', describe('readDeclarationDraft'), trader, async (context) => {
    const draft = await findDraft(database.pool, target(context))
    context.header('ETag', draftEtag(draft))
    if (isUnchanged(context, draftEtag(draft))) return context.body(null, 304)
    return context.json(presentDraft(draft))
  })

  routes.put('/:id', describe('replaceDeclarationDraft'), trader, async (context) => {
    const check = precondition(context)
    const { value } = await readJsonBody(context, declarationDraftContent)
    const about = { id: idOf(context), ...writer(context) }
    const draft = await replaceDraft(database, about, value, check, new Date(now()))
    context.header('ETag', draftEtag(draft))
    return context.json(presentDraft(draft))
  })

  routes.delete('/:id', describe('discardDeclarationDraft'), trader, async (context) => {
    await discardDraft(database, target(context), precondition(context))
    return context.body(null, 204)
  })

  routes.get('/:id/check', describe('checkDeclarationDraft'), trader, async (context) => {
    const draft = await findDraft(database.pool, target(context))
    return context.json(await checkDraft(services, draft, tenantOf(context)))
  })

  routes.post('/:id/submissions', describe('submitDeclarationDraft'), trader, async (context) => {
    const check = precondition(context)
    const about = { instance: context.req.path, requestId: context.get('requestId'), language: context.get('language') }
    const handing: HandingIn = { ...target(context), key: idempotencyKeyOf(context), about }
    const given = await handIn(services, handing, check)
    if (!given.replayed) metrics.accepted.inc({ outcome: given.status === 202 ? 'accepted' : 'refused' })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', given.status === 202 ? 'application/json' : 'application/problem+json')
    if (given.status !== 202) context.header('Content-Language', contentLanguage[languageOfKept(given.body)])
    return context.body(given.body, given.status as 202)
  })
  return routes
}

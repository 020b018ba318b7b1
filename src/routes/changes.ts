import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { amendmentRequest, cancellationRequest } from '../../schemas/requests.ts'
import type { Auth } from '../auth.ts'
import { transaction } from '../db/database.ts'
import { readVersion } from '../db/reads.ts'
import { hashOf } from '../filing/accept.ts'
import { type ChangeRequest, requestChange, withdrawChange } from '../filing/change-request.ts'
import { differences } from '../filing/difference.ts'
import { once } from '../filing/once.ts'
import { etagOf } from '../filing/present.ts'
import { presentChange, presentRequested } from '../filing/present-change.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { ownDeclarations, tenantOf } from './owner.ts'
import { matching, readQuery } from './parameters.ts'
import { differencesQuery, postQuery } from './queries.ts'

/** Amendments and cancellations 修撤单: asking for them, and what agencies answered. */
export function changeRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const trader = auth('trader')
  const reader = auth('trader', 'admin')
  const own = ownDeclarations(database)

  /** Asks for a change, once for a key; a dry run says what would be asked of whom. */
  const ask = async (
    context: Context<Env>,
    kind: ChangeRequest['kind'],
    shape: z.ZodType<Omit<ChangeRequest, 'kind'>>,
  ) => {
    const id = context.req.param('id') ?? ''
    const target = { id, tenant: tenantOf(context) }
    const { dryRun } = readQuery(context, postQuery)
    const precondition = matching(context, (revision) => etagOf(id, revision))
    const key = dryRun === 'true' ? '' : idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, shape)
    const request = { ...value, kind }
    const at = new Date(now())
    if (dryRun === 'true') {
      const would = await transaction(database.pool, (client) =>
        requestChange(client, adapters, target, request, precondition, at, true),
      )
      const { id: _id, links: _links, ...shown } = presentRequested(id, would)
      return context.json(shown)
    }
    const slot = { tenant: target.tenant, key, bodyHash: `${hashOf(bytes)} ${kind} ${id}` }
    const given = await once(database, slot, at, async (client) => {
      const asked = await requestChange(client, adapters, target, request, precondition, at, false)
      const body = presentRequested(id, asked)
      return { status: 202, body, location: body.links.self }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 202)
  }

  const routes = new Hono<Env>()
  routes.post('/:id/amendments', describe('requestAmendment'), trader, (context) =>
    ask(context, 'amendment', amendmentRequest as z.ZodType<Omit<ChangeRequest, 'kind'>>),
  )
  routes.post('/:id/cancellations', describe('requestCancellation'), trader, (context) =>
    ask(context, 'cancellation', cancellationRequest as z.ZodType<Omit<ChangeRequest, 'kind'>>),
  )

  routes.get('/:id/changes', describe('listChanges'), reader, async (context) => {
    const view = await own(context)
    return context.json({ data: view.changes.map((change) => presentChange(adapters, view, change)), hasMore: false })
  })

  routes.get('/:id/changes/:changeId', describe('readChange'), reader, async (context) => {
    const view = await own(context)
    const change = view.changes.find(({ id }) => id === context.req.param('changeId'))
    if (change === undefined) throw new Problem('not-found')
    return context.json(presentChange(adapters, view, change))
  })

  routes.delete('/:id/changes/:changeId', describe('withdrawChange'), trader, async (context) => {
    const { id, changeId } = context.req.param()
    const target = { id, changeId, tenant: tenantOf(context) }
    await transaction(database.pool, (client) => withdrawChange(client, adapters, target, new Date(now())))
    const view = await own(context)
    const change = view.changes.find((one) => one.id === changeId)
    if (change === undefined) throw new Problem('not-found')
    return context.json(presentChange(adapters, view, change))
  })

  routes.get('/:id/differences', describe('readDifferences'), reader, async (context) => {
    const { from, to } = readQuery(context, differencesQuery)
    const view = await own(context)
    const [before, after] = await Promise.all([
      readVersion(database, view.id, from),
      readVersion(database, view.id, to ?? view.version),
    ])
    if (before === undefined || after === undefined) throw new Problem('not-found')
    return context.json({
      from: before.version,
      to: after.version,
      data: differences(JSON.parse(before.document), JSON.parse(after.document)),
    })
  })
  return routes
}

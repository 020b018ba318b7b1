import { type Context, Hono } from 'hono'
import { actionRequest, waybill } from '../../schemas/waybill.ts'
import type { Auth } from '../auth.ts'
import type { Queryable } from '../db/database.ts'
import { declarationsNaming, listWaybills, readWaybill, readWaybills, type WaybillView } from '../db/waybills.ts'
import { hashOf } from '../filing/accept.ts'
import { type Given, once } from '../filing/once.ts'
import { etagOf } from '../filing/present.ts'
import { paperOf } from '../movement/handles.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { act, drawUp } from '../waybill/act.ts'
import { exportWaybill, presentSummary, presentWaybill, seenBy } from '../waybill/present.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { waybillsQuery } from './queries-movements.ts'

/** Single documents 一单制单证: drawn up and issued by a carrier, endorsed, given back; seen by who is party to them. */
export function waybillRoutes({ database, rules, now }: Services, auth: Auth): Hono<Env> {
  const parties = auth('trader', 'carrier', 'bank')
  const reader = auth('trader', 'carrier', 'bank', 'admin')
  const routes = new Hono<Env>()

  /** A document as the caller sees it. @throws {Problem} not-found, also for who is no party */
  const seen = async (client: Queryable, number: string, party: string | undefined) => {
    const whole = await readWaybill(client, number)
    const view = whole && seenBy(whole, party)
    if (whole === undefined || view === undefined) throw new Problem('not-found')
    return { whole, view }
  }
  const shown = async ({ whole, view }: { whole: WaybillView; view: WaybillView }, party: string | undefined) => {
    const naming = party === undefined ? [] : await declarationsNaming(database, party, paperOf(view.number))
    return presentWaybill(whole, view, rules, party, naming)
  }

  routes.post('/', describe('drawUpWaybill'), auth('carrier'), async (context) => {
    const carrier = tenantOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, waybill)
    const at = new Date(now())
    const slot = { tenant: carrier, key, bodyHash: `${hashOf(bytes)} waybill` }
    const given = await once(database, slot, at, async (client) => {
      const number = await drawUp(client, rules, carrier, value, at)
      const body = await shown(await seen(client, number, carrier), carrier)
      return { status: 201, body, location: body.links.self }
    })
    return give(context, given)
  })

  routes.get('/', describe('listWaybills'), reader, async (context) => {
    const { limit, after, held } = readQuery(context, waybillsQuery)
    const party = partyOf(context)
    const numbers = await listWaybills(database, party, { after, held: held === 'true', limit: limit + 1 })
    const views = await readWaybills(database.pool, numbers.slice(0, limit))
    const data = views.flatMap((view) => seenBy(view, party) ?? []).map(presentSummary)
    return page(context, data, numbers.length > limit ? numbers[limit - 1] : undefined)
  })

  routes.get('/:number', describe('readWaybill'), reader, async (context) => {
    const party = partyOf(context)
    const found = await seen(database.pool, context.req.param('number'), party)
    const etag = etagOf(found.view.number, found.view.entryCount)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    return context.json(await shown(found, party))
  })

  routes.get('/:number/export', describe('exportWaybill'), reader, async (context) => {
    const { view } = await seen(database.pool, context.req.param('number'), partyOf(context))
    context.header('Content-Disposition', `attachment; filename="waybill-${view.number}.json"`)
    context.header('Cache-Control', 'no-store')
    return context.json(exportWaybill(view))
  })

  routes.post('/:number/actions', describe('actOnWaybill'), parties, async (context) => {
    const number = context.req.param('number')
    const actor = tenantOf(context)
    const precondition = matching(context, (entryCount) => etagOf(number, entryCount))
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, actionRequest)
    const at = new Date(now())
    const slot = { tenant: actor, key, bodyHash: `${hashOf(bytes)} waybill ${number}` }
    const given = await once(database, slot, at, async (client) => {
      await act(client, rules, number, actor, value, precondition, at)
      const body = await shown(await seen(client, number, actor), actor)
      return { status: 201, body, location: body.links.self }
    })
    return give(context, given)
  })
  return routes
}

function give(context: Context<Env>, { body, status, location, replayed }: Given): Response {
  if (location !== undefined) context.header('Location', location)
  if (replayed) context.header('Idempotent-Replayed', 'true')
  else {
    const { number, entries } = JSON.parse(body) as { number: string; entries: readonly unknown[] }
    context.header('ETag', etagOf(number, entries.length))
  }
  context.header('Content-Type', 'application/json')
  return context.body(body, status as 201)
}

/** The firm that asks; undefined for an operator, who sees all and does nothing. */
function partyOf(context: Context<Env>): string | undefined {
  return context.get('caller').role === 'admin' ? undefined : tenantOf(context)
}

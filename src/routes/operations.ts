import { Hono } from 'hono'
import { laneRequest } from '../../schemas/operations.ts'
import type { Auth } from '../auth.ts'
import { orderLane, readLanes } from '../db/lanes.ts'
import { countStuck, readMessage, readOrphans, readStrays, readStuck } from '../db/stuck.ts'
import { tellOrders } from '../filing/orders.ts'
import { findAdapter } from '../filing/plan.ts'
import { presentMessage } from '../filing/present.ts'
import { adoptOrphans } from '../filing/record.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { presentLane, presentOrphan, presentStuck, presentStuckCount } from '../repair/present.ts'
import { standingOf } from '../repair/standing.ts'
import type { Env, Services } from '../services.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { page, readQuery } from './parameters.ts'
import { strayQuery, stuckQuery } from './queries.ts'

/** What an operator looks at and orders 运维: lanes, what is stuck and why, and what belongs to no filing. */
export function operationRoutes({ database, adapters, certificates, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const admin = auth('admin')
  const agencies = Object.keys(adapters)

  routes.get('/', describe('readOperations'), admin, async (context) =>
    context.json(await standingOf({ database, adapters, certificates, now })),
  )

  routes.get('/stuck/counts', describe('countStuck'), admin, async (context) => {
    const rows = await countStuck(database, new Date(now() - limits.silenceMs))
    return context.json({ data: rows.map(presentStuckCount), hasMore: false })
  })

  routes.get('/stuck', describe('listStuck'), admin, async (context) => {
    const { limit, after, agency, cause } = readQuery(context, stuckQuery)
    const silentBefore = new Date(now() - limits.silenceMs)
    const rows = await readStuck(database, { agency, cause, after, limit: limit + 1, silentBefore })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return page(context, shown.map(presentStuck), last && `${last.place}.${last.cause}.${last.id}`)
  })

  routes.get('/receipts', describe('listOrphans'), admin, async (context) => {
    const { limit, after, agency } = readQuery(context, strayQuery)
    const rows = await readOrphans(database, agency, after, limit + 1)
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentOrphan), rows.length > limit ? String(shown.at(-1)?.id) : undefined)
  })

  routes.post('/receipts/matches', describe('matchOrphans'), admin, async (context) => {
    const matched = await adoptOrphans(database, adapters, new Date(now()), limits.orphanLookedAtMs)
    return context.json({ matched })
  })

  routes.get('/messages', describe('listStrays'), admin, async (context) => {
    const { limit, after, agency } = readQuery(context, strayQuery)
    const rows = await readStrays(database, agency, after, limit + 1)
    const shown = rows.slice(0, limit).map((row) => presentMessage(row, true))
    return page(context, shown, rows.length > limit ? String(shown.at(-1)?.id) : undefined)
  })

  routes.get('/messages/:messageId', describe('readMessage'), admin, async (context) => {
    const given = context.req.param('messageId')
    const row = /^\d{1,15}$/.test(given) ? await readMessage(database, Number(given)) : undefined
    if (row === undefined) throw new Problem('not-found')
    return context.json(presentMessage(row, true))
  })

  routes.get('/lanes', describe('listLanes'), admin, async (context) =>
    context.json({ data: (await readLanes(database, agencies, new Date(now()))).map(presentLane), hasMore: false }),
  )

  routes.put('/lanes/:agency', describe('orderLane'), admin, async (context) => {
    const agency = context.req.param('agency')
    if (findAdapter(adapters, agency) === undefined) throw new Problem('not-found')
    const { value } = await readJsonBody(context, laneRequest)
    const at = new Date(now())
    await orderLane(database, agency, { ...value, by: context.get('caller').name }, at)
    // The first timelines are told here; however many wait, the workers tell the rest.
    await tellOrders(database, at)
    const [lane] = await readLanes(database, [agency], at)
    if (lane === undefined) throw new Problem('not-found')
    return context.json(presentLane(lane))
  })
  return routes
}

import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { assistanceReply, assistanceRequest, cancelRequest, inspectionResult } from '../../schemas/assistance.ts'
import { answer, report } from '../assistance/answer.ts'
import { ask } from '../assistance/ask.ts'
import { cancel } from '../assistance/end.ts'
import { assistanceEtag, presentAssistance } from '../assistance/present.ts'
import { type AssistanceRoom, lockBoth } from '../assistance/room.ts'
import type { Auth } from '../auth.ts'
import { type Assistance, type AssistanceFilter, readAssistance, readSteps } from '../db/assistance.ts'
import { type Queryable, transaction } from '../db/database.ts'
import { hashOf } from '../filing/accept.ts'
import type { Case } from '../filing/case.ts'
import { once } from '../filing/once.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { agencyOf } from './owner.ts'
import { matching, page, readQuery } from './parameters.ts'
import { assistanceQuery } from './queries-mutual.ts'

/** Assistance 执法互助: what agencies ask of one another, what they answer, and what a trader may see of it. */
export function assistanceRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const reader = auth('trader', 'integrator', 'agency', 'admin')
  const agency = auth('agency')

  routes.get('/', describe('listAssistance'), reader, async (context) => {
    const { limit, ...filter } = readQuery(context, assistanceQuery)
    const rows = await readAssistance(database.pool, { ...filter, ...scopeOf(context), limit: limit + 1 })
    const data = rows.slice(0, limit).map((one) => presentAssistance(one))
    return page(context, data, rows.length > limit ? data.at(-1)?.id : undefined)
  })

  routes.get('/:assistanceId', describe('readAssistance'), reader, async (context) =>
    give(context, context.req.param('assistanceId')),
  )

  routes.post('/', describe('askAssistance'), agency, async (context) => {
    const asker = { agency: agencyOf(context), by: context.get('caller').name }
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(
      context,
      assistanceRequest as z.ZodType<z.infer<typeof assistanceRequest>>,
    )
    const at = new Date(now())
    const slot = { tenant: `agency ${asker.agency}`, key, bodyHash: `${hashOf(bytes)} assistance` }
    const given = await once(database, slot, at, async (client) => {
      const id = await ask({ client, adapters, now: at }, asker, value)
      return { status: 201, body: await shown(client, id), location: `/v1/assistance/${id}` }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 201)
  })

  routes.post('/:assistanceId/answer', describe('answerAssistance'), agency, async (context) => {
    const mine = agencyOf(context)
    return act(
      context,
      assistanceReply,
      ({ to }) => to === mine,
      (room, at, one, by, value) => answer(room, at, one, by, value),
    )
  })

  routes.post('/:assistanceId/result', describe('reportInspection'), agency, async (context) => {
    const mine = agencyOf(context)
    return act(
      context,
      inspectionResult,
      ({ from, to }) => [from, to].includes(mine),
      (room, at, one, name, value) => report(room, at, one, { agency: mine, name }, value),
    )
  })

  routes.post('/:assistanceId/cancel', describe('cancelAssistance'), agency, async (context) => {
    const mine = agencyOf(context)
    return act(
      context,
      cancelRequest,
      ({ from }) => from === mine,
      (room, at, one, by, { reason }) => cancel(room, at, one, by, reason),
    )
  })

  /** Does something with a request, as it was read. A request of others looks like none. */
  const act = async <T>(
    context: Context<Env>,
    shape: z.ZodType<T>,
    mayDo: (one: Assistance) => boolean,
    doIt: (room: AssistanceRoom, at: Case, one: Assistance, by: string, value: T) => Promise<void>,
  ) => {
    const id = context.req.param('assistanceId') ?? ''
    const precondition = matching(context, (revision) => assistanceEtag(id, revision))
    const { value } = await readJsonBody(context, shape)
    await transaction(database.pool, async (client) => {
      const room = { client, adapters, now: new Date(now()) }
      const found = await lockBoth(room, id)
      if (found === undefined || !mayDo(found.one)) throw new Problem('not-found')
      precondition(found.one.revision)
      await doIt(room, found.at, found.one, context.get('caller').name, value)
    })
    return give(context, id)
  }

  const give = async (context: Context<Env>, id: string) => {
    const [one] = await readAssistance(database.pool, { ...scopeOf(context), id, limit: 1 })
    if (one === undefined) throw new Problem('not-found')
    const inside = ['agency', 'admin'].includes(context.get('caller').role)
    context.header('ETag', assistanceEtag(one.id, one.revision))
    return context.json(presentAssistance(one, inside ? await readSteps(database.pool, id) : undefined))
  }
  return routes
}

async function shown(queryable: Queryable, id: string) {
  const [one] = await readAssistance(queryable, { id, limit: 1 })
  if (one === undefined) throw new Error(`${id} was not kept`)
  return presentAssistance(one, await readSteps(queryable, id))
}

/** Which requests a caller sees: an agency its own, both ways; a firm those it may see. */
const scopeOf = (context: Context<Env>): Pick<AssistanceFilter, 'tenant' | 'agency'> => {
  const { role, tenant } = context.get('caller')
  if (role === 'admin') return {}
  return role === 'agency' ? { agency: agencyOf(context) } : { tenant: tenant ?? '' }
}

import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { recognitionRequest, revocationRequest } from '../../schemas/recognition.ts'
import type { Auth } from '../auth.ts'
import { transaction } from '../db/database.ts'
import { type ResultFilter, readResults, readSavings } from '../db/recognition-uses.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { Problem } from '../problem.ts'
import { recordByAgency, revokeByAgency } from '../recognition/desk.ts'
import { presentResult } from '../recognition/present.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { agencyOf } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { recognitionsQuery } from './queries-mutual.ts'

/** Mutual recognition 监管互认: results agencies record, who relied on them, and the checks that saved. */
export function recognitionRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const reader = auth('trader', 'integrator', 'agency', 'admin')
  const agency = auth('agency')

  routes.get('/', describe('listRecognitions'), reader, async (context) => {
    const { limit, ...filter } = readQuery(context, recognitionsQuery)
    const rows = await readResults(database.pool, { ...scopeOf(context), ...filter, limit: limit + 1 })
    const data = rows.slice(0, limit).map(presentResult)
    return page(context, data, rows.length > limit ? data.at(-1)?.id : undefined)
  })

  routes.get('/savings', describe('readSavings'), async (context) => {
    const rows = await readSavings(database.pool)
    return context.json({
      total: rows.reduce((sum, { saved }) => sum + saved, 0),
      data: rows.map(({ agency, procedure, ...row }) => ({ ...row, to: { agency, procedure } })),
    })
  })

  routes.get('/:recognitionId', describe('readRecognition'), reader, async (context) =>
    context.json(await found(context, context.req.param('recognitionId'))),
  )

  routes.post('/', describe('recordRecognition'), agency, async (context) => {
    const who = { agency: agencyOf(context), by: context.get('caller').name }
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(
      context,
      recognitionRequest as z.ZodType<z.infer<typeof recognitionRequest>>,
    )
    const at = new Date(now())
    const slot = { tenant: `agency ${who.agency}`, key, bodyHash: `${hashOf(bytes)} recognition` }
    const given = await once(database, slot, at, async (client) => {
      const id = await recordByAgency(client, adapters, who, value, at)
      const [view] = await readResults(client, { id, limit: 1 })
      if (view === undefined) throw new Error(`${id} was not kept`)
      return { status: 201, body: presentResult(view), location: `/v1/recognitions/${id}` }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 201)
  })

  routes.post('/:recognitionId/revocation', describe('revokeRecognition'), agency, async (context) => {
    const id = context.req.param('recognitionId')
    const who = { agency: agencyOf(context), by: context.get('caller').name }
    const { value } = await readJsonBody(context, revocationRequest)
    await transaction(database.pool, (client) =>
      revokeByAgency(client, adapters, id, who, value.reason, new Date(now())),
    )
    return context.json(await found(context, id))
  })

  const found = async (context: Context<Env>, id: string) => {
    const [view] = await readResults(database.pool, { ...scopeOf(context), id, limit: 1 })
    if (view === undefined) throw new Problem('not-found')
    return presentResult(view)
  }
  return routes
}

/** Whose results a caller sees. */
const scopeOf = (context: Context<Env>): Pick<ResultFilter, 'tenant' | 'agency'> => {
  const { role, tenant } = context.get('caller')
  if (role === 'admin') return {}
  return role === 'agency' ? { agency: agencyOf(context) } : { tenant: tenant ?? '' }
}

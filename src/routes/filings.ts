import { Hono } from 'hono'
import { filingRequest } from '../../schemas/requests.ts'
import type { Auth } from '../auth.ts'
import { mediaTypeOf, readBody, textOfBody } from '../body.ts'
import { transaction } from '../db/database.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { etagOf, presentFiling } from '../filing/present.ts'
import { dropFiling, requestFiling } from '../filing/request.ts'
import { bringParticulars } from '../filing/revise.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { readStrictJson } from '../strict-json.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { ownDeclarations, tenantOf } from './owner.ts'
import { isUnchanged, matching } from './parameters.ts'

/** Filings 办理事项 of a declaration: reading one, bringing its particulars, asking for one beyond the plan. */
export function filingRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const trader = auth('trader')
  const reader = auth('trader', 'admin')
  const own = ownDeclarations(database)
  const routes = new Hono<Env>()

  routes.post('/:id/filings', describe('requestFiling'), trader, async (context) => {
    const id = context.req.param('id')
    const tenant = tenantOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, filingRequest)
    const { covers, ...asked } = value
    const at = new Date(now())
    // The path belongs to what is asked: the same key and body for another declaration is another request.
    const slot = { tenant, key, bodyHash: `${hashOf(bytes)} ${id}` }
    const given = await once(database, slot, at, async (client) => {
      const request = covers === undefined ? asked : { ...asked, covers }
      const { filing } = await requestFiling(client, adapters, { id, tenant }, request, at)
      const { id: filingId, agency, procedure, status } = filing
      return {
        status: 202,
        body: { id: filingId, agency, procedure, status, ...filing.pending },
        location: `/v1/declarations/${id}/filings/${filingId}`,
      }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 202)
  })

  routes.get('/:id/filings', describe('listFilings'), reader, async (context) => {
    const { filings } = await own(context)
    return context.json({ data: filings.map((filing) => presentFiling(adapters, filing)), hasMore: false })
  })

  routes.get('/:id/filings/:filingId', describe('readFiling'), reader, async (context) => {
    const filing = (await own(context)).filings.find(({ id }) => id === context.req.param('filingId'))
    if (filing === undefined) throw new Problem('not-found')
    const etag = etagOf(filing.id, filing.revision)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    const { particulars } = filing
    return context.json({ ...presentFiling(adapters, filing), ...(particulars === undefined ? {} : { particulars }) })
  })

  routes.delete('/:id/filings/:filingId', describe('dropFiling'), trader, async (context) => {
    const { id, filingId } = context.req.param()
    const precondition = matching(context, (revision) => etagOf(filingId, revision))
    const target = { id, filingId, tenant: tenantOf(context) }
    await transaction(database.pool, (client) => dropFiling(client, adapters, target, precondition, new Date(now())))
    const filing = (await own(context)).filings.find((one) => one.id === filingId)
    if (filing === undefined) throw new Problem('not-found')
    context.header('ETag', etagOf(filing.id, filing.revision))
    return context.json(presentFiling(adapters, filing))
  })

  routes.put('/:id/filings/:filingId/particulars', describe('bringParticulars'), trader, async (context) => {
    const { id, filingId } = context.req.param()
    const precondition = matching(context, (revision) => etagOf(filingId, revision))
    if (mediaTypeOf(context) !== 'application/json') throw new Problem('unsupported-media-type')
    const read = readStrictJson(textOfBody(await readBody(context)))
    if (read.issues !== undefined) throw new Problem('malformed-body', { errors: read.issues })
    const target = { id, filingId, tenant: tenantOf(context) }
    await bringParticulars(database, adapters, target, read.value, precondition, new Date(now()))
    const filing = (await own(context)).filings.find((one) => one.id === filingId)
    if (filing === undefined) throw new Problem('not-found')
    context.header('ETag', etagOf(filing.id, filing.revision))
    return context.json(presentFiling(adapters, filing))
  })
  return routes
}

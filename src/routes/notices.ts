import { type Context, Hono } from 'hono'
import { issue } from '../../schemas/issue.ts'
import { endpointChange, endpointRequest, redeliveryRequest } from '../../schemas/notices.ts'
import type { Auth } from '../auth.ts'
import {
  changeEndpoint,
  deleteEndpoint,
  type EndpointRow,
  listEndpoints,
  makeEndpoint,
  readEndpoint,
  rotateSecret,
} from '../db/endpoints.ts'
import { newId } from '../db/ids.ts'
import { type EventId, ping, readNotices, sendAgain } from '../db/notice-log.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { limits } from '../limits.ts'
import { whatIsWrongWith } from '../notices/address.ts'
import { etagOf, presentEndpoint, presentNotice, storedType } from '../notices/present.ts'
import { newSecret } from '../notices/signature.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { noticesQuery } from './queries.ts'

/** Webhook endpoints of a firm 接收地址, their log, and sending again: for the firm itself, and for whoever connects its software. */
export function noticeRoutes({ database, notices, now }: Services, auth: Auth): Hono<Env> {
  const holder = auth('trader', 'payee', 'integrator')
  const aboutOf = (context: Context<Env>) => ({ id: context.req.param('id') ?? '', tenant: tenantOf(context) })
  const own = async (context: Context<Env>): Promise<EndpointRow> =>
    found(await readEndpoint(database.pool, aboutOf(context), new Date(now())))
  const show = (context: Context<Env>, row: EndpointRow) => {
    context.header('ETag', etagOf(row))
    return context.json(presentEndpoint(row))
  }
  const checked = (url: string): string => {
    const wrong = whatIsWrongWith(url, notices.allowPrivate)
    if (wrong !== undefined) throw new Problem('body-invalid', { errors: [issue('/url', wrong.code, wrong.text)] })
    return new URL(url).href
  }

  const routes = new Hono<Env>()
  routes.post('/', describe('makeEndpoint'), holder, async (context) => {
    const tenant = tenantOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, endpointRequest)
    const at = new Date(now())
    const id = newId(at.getTime())
    const fresh = { ...value, id, tenant, url: checked(value.url), types: value.types.map(storedType) }
    const given = await once(database, { tenant, key, bodyHash: `${hashOf(bytes)} endpoint` }, at, async (client) => {
      const sealed = notices.vault.seal(newSecret(), id)
      if (!(await makeEndpoint(client, { ...fresh, description: value.description, sealed }, at)))
        throw tooMany('webhookEndpoints')
      const row = found(await readEndpoint(client, { id, tenant }, at))
      // The secret is not part of what is kept: it stands in one place only.
      return { status: 201, body: presentEndpoint(row), location: `/v1/webhook-endpoints/${id}` }
    })
    const location = given.location ?? ''
    const row = await readEndpoint(database.pool, { id: location.split('/').at(-1) ?? '', tenant }, at)
    const [first, ...more] = row?.secrets ?? []
    // Whoever never saw the answer asks again with the same key; after a rotation it is no longer the secret.
    const secret =
      row && first?.number === 1 && more.length === 0 ? notices.vault.open(first.sealed, row.id) : undefined
    context.header('Location', location)
    context.header('Cache-Control', 'no-store')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    if (row !== undefined) context.header('ETag', etagOf(row))
    return context.json({ ...(JSON.parse(given.body) as object), ...(secret === undefined ? {} : { secret }) }, 201)
  })

  routes.get('/', describe('listEndpoints'), holder, async (context) => {
    const rows = await listEndpoints(database, tenantOf(context), new Date(now()))
    return context.json({ data: rows.map(presentEndpoint), hasMore: false })
  })

  routes.get('/:id', describe('readEndpoint'), holder, async (context) => {
    const row = await own(context)
    if (!isUnchanged(context, etagOf(row))) return show(context, row)
    context.header('ETag', etagOf(row))
    return context.body(null, 304)
  })

  routes.patch('/:id', describe('changeEndpoint'), holder, async (context) => {
    const about = aboutOf(context)
    const check = precondition(context)
    const { value } = await readJsonBody(context, endpointChange)
    const change = {
      ...value,
      ...(value.url === undefined ? {} : { url: checked(value.url) }),
      ...(value.types === undefined ? {} : { types: value.types.map(storedType) }),
    }
    return show(context, found(await changeEndpoint(database, about, change, check, new Date(now()))))
  })

  routes.delete('/:id', describe('deleteEndpoint'), holder, async (context) => {
    const about = aboutOf(context)
    const check = precondition(context)
    if (!(await deleteEndpoint(database, about, check, new Date(now())))) throw new Problem('not-found')
    return context.body(null, 204)
  })

  routes.post('/:id/secret-rotations', describe('rotateSecret'), holder, async (context) => {
    const about = aboutOf(context)
    const secret = newSecret()
    const sealed = notices.vault.seal(secret, about.id)
    const { kind, endpoint } = found(await rotateSecret(database, about, sealed, new Date(now())))
    if (kind === 'too-many') throw tooMany('webhookSecrets')
    context.header('Cache-Control', 'no-store')
    context.header('ETag', etagOf(endpoint))
    return context.json({ secret, endpoint: presentEndpoint(endpoint) }, 201)
  })

  routes.post('/:id/pings', describe('ping'), holder, async (context) => {
    const about = aboutOf(context)
    const pinged = found(await ping(database, about, new Date(now())))
    if (pinged.kind !== 'queued')
      throw pinged.kind === 'disabled' ? new Problem('endpoint-disabled') : tooMany('pingsWaiting')
    const eventId = `${pinged.event.sourceId}.${pinged.event.number}`
    const deliveries = `/v1/webhook-endpoints/${about.id}/deliveries?eventId=${eventId}`
    return context.json({ eventId, links: { deliveries } }, 202)
  })

  routes.get('/:id/deliveries', describe('listNotices'), holder, async (context) => {
    const { limit, after, status, eventId } = readQuery(context, noticesQuery)
    const { id } = await own(context)
    const event = eventId === undefined ? undefined : eventIdOf(eventId)
    // A name that no event can have names none.
    if (eventId !== undefined && event === undefined) return page(context, [], undefined)
    const rows = await readNotices(database, id, { before: after, status, event, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentNotice), rows.length > limit ? String(shown.at(-1)?.id) : undefined)
  })

  routes.post('/:id/redeliveries', describe('redeliver'), holder, async (context) => {
    const about = aboutOf(context)
    const { value } = await readJsonBody(context, redeliveryRequest)
    const { eventId, from = '', to = '' } = value
    const again =
      eventId === undefined
        ? { from: new Date(from), to: new Date(to) }
        : { event: eventIdOf(eventId) ?? { sourceId: '', number: 0 } }
    const sent = found(await sendAgain(database, about, again, new Date(now())))
    if (sent.kind === 'queued') return context.json({ queued: sent.count }, 202)
    if (sent.kind === 'disabled') throw new Problem('endpoint-disabled')
    if (sent.kind === 'too-many') throw tooMany('redeliveries')
    throw new Problem('body-invalid', {
      errors: [issue('/eventId', 'unknown-event', { en: 'No event of yours has this id', zh: '没有该编号的事件' })],
    })
  })
  return routes
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Problem('not-found')
  return row
}

/** Demands `If-Match` now, and compares it once the endpoint is held. */
function precondition(context: Context<Env>): (before: EndpointRow) => void {
  matching(context, () => '')
  return (before) => matching(context, () => etagOf(before))(before.revision)
}

const tooMany = (name: 'webhookEndpoints' | 'webhookSecrets' | 'pingsWaiting' | 'redeliveries') =>
  new Problem('limit-reached', {
    detail: { en: `At most ${limits[name]} at once`, zh: `同时最多 ${limits[name]} 个` },
  })

/** An event's id in its parts; undefined when it cannot be one. Numbers end where PostgreSQL's integer does. */
function eventIdOf(text: string): EventId | undefined {
  const [, sourceId, number] =
    /^((?:assessment-)?[0-9A-HJKMNP-TV-Z]{20}|edition-\d{1,9}|CQJG\d{13,16})\.(\d{1,10})$/.exec(text) ?? []
  if (sourceId === undefined || Number(number) > 2_147_483_647) return undefined
  return { sourceId, number: Number(number) }
}

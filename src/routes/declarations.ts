import { Hono } from 'hono'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Auth } from '../auth.ts'
import { mediaTypeOf, readBody, textOfBody } from '../body.ts'
import { listDeclarationIds } from '../db/declaration-list.ts'
import { readEvents, readMessages, readVersion } from '../db/reads.ts'
import { countReads } from '../db/sharing-reads.ts'
import { type DeclarationView, readDeclarationView, readDeclarationViews } from '../db/views.ts'
import { hashOf } from '../filing/accept.ts'
import { readDeclaration } from '../filing/examine.ts'
import { cancellingOf } from '../filing/glance.ts'
import { etagOf, isSettled, presentDeclaration, presentMessage } from '../filing/present.ts'
import { reviseDeclaration } from '../filing/revise.ts'
import { tryOut } from '../filing/try-out.ts'
import { limits } from '../limits.ts'
import { contentLanguage, languageOfKept, Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf } from './bodies.ts'
import { describe } from './describe.ts'
import { ownDeclarations, ownId, scopeOf, tenantOf } from './owner.ts'
import { isUnchanged, matching, page, preferWaitMs, readQuery } from './parameters.ts'
import { listQuery, messagesQuery, postQuery, versionQuery } from './queries.ts'

/** Handing in, reading and correcting declarations 申报. */
export function declarationRoutes(services: Services, auth: Auth): Hono<Env> {
  const { database, adapters, acceptor } = services
  const trader = auth('trader')
  const reader = auth('trader', 'admin')
  const own = ownDeclarations(database)
  const idOf = ownId(database)
  const cancelling = cancellingOf(adapters)

  const routes = new Hono<Env>()
  routes.post('/', describe('acceptDeclaration'), trader, async (context) => {
    const { dryRun } = readQuery(context, postQuery)
    const mediaType = mediaTypeOf(context)
    const bytes = await readBody(context)
    const tenant = tenantOf(context)
    if (dryRun === 'true')
      return context.json(await tryOut(services, readDeclaration(adapters, mediaType, textOfBody(bytes)), tenant))
    const answer = await acceptor.accept({
      tenant,
      key: idempotencyKeyOf(context),
      bodyHash: hashOf(bytes),
      mediaType,
      bytes,
      about: { instance: context.req.path, requestId: context.get('requestId'), language: context.get('language') },
    })
    services.metrics.accepted.inc({
      outcome: answer.replayed ? 'replayed' : answer.status === 202 ? 'accepted' : 'refused',
    })
    if (answer.location !== undefined) context.header('Location', answer.location)
    if (answer.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', answer.status === 202 ? 'application/json' : 'application/problem+json')
    if (answer.status !== 202) context.header('Content-Language', contentLanguage[languageOfKept(answer.body)])
    const waitMs = preferWaitMs(context)
    const id = answer.location?.split('/').at(-1)
    if (waitMs > 0 && id !== undefined) {
      const view = await settled(services, id, waitMs, context.req.raw.signal)
      context.header('Preference-Applied', `wait=${Math.round(waitMs / 1000)}`)
      if (view !== undefined) return context.body(JSON.stringify(presentDeclaration(adapters, view)), 202)
    }
    return context.body(answer.body, answer.status as 202)
  })

  routes.get('/', describe('listDeclarations'), reader, async (context) => {
    const { limit, after, ...filter } = readQuery(context, listQuery)
    const asked = { ...filter, after, limit, tenant: scopeOf(context) }
    const ids = await listDeclarationIds(database, asked, cancelling)
    const views = await readDeclarationViews(database, ids.slice(0, limit))
    return page(
      context,
      views.map((view) => presentDeclaration(adapters, view)),
      ids.length > limit ? views.at(-1)?.id : undefined,
    )
  })

  routes.get('/:id', describe('readDeclaration'), reader, async (context) => {
    const view = await own(context)
    const etag = etagOf(view.id, view.revision)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    const [timeline, version, reads] = await Promise.all([
      readEvents(database, view.id, 0, limits.eventPage),
      readVersion(database, view.id, view.version),
      countReads(database.pool, view.id, new Date(services.now())),
    ])
    if (version === undefined) throw new Error(`${view.id} has no document`)
    const declaration = JSON.parse(version.document) as Declaration
    return context.json(presentDeclaration(adapters, view, { timeline, declaration, reads }))
  })

  routes.put('/:id', describe('correctDeclaration'), trader, async (context) => {
    const id = context.req.param('id')
    const precondition = matching(context, (revision) => etagOf(id, revision))
    const handedIn = readDeclaration(adapters, mediaTypeOf(context), textOfBody(await readBody(context)))
    await reviseDeclaration(
      database,
      adapters,
      { id, tenant: tenantOf(context) },
      handedIn,
      precondition,
      new Date(services.now()),
    )
    const view = await own(context)
    context.header('ETag', etagOf(view.id, view.revision))
    return context.json(presentDeclaration(adapters, view))
  })

  routes.get('/:id/document', describe('readDocument'), reader, async (context) => {
    const { version, form } = readQuery(context, versionQuery)
    const found = await readVersion(database, await idOf(context), version)
    if (found === undefined) throw new Problem('not-found')
    // The bytes go out as UTF-8 whatever encoding their prolog names: the header has the last word (RFC 7303).
    context.header('Content-Type', form === 'raw' ? withCharset(found.media_type) : 'application/json')
    return context.body(form === 'raw' ? found.raw : found.document)
  })

  routes.get('/:id/messages', describe('listMessages'), reader, async (context) => {
    const { limit, after, filing } = readQuery(context, messagesQuery)
    const rows = await readMessages(database, await idOf(context), filing, after, limit + 1)
    const shown = rows.slice(0, limit)
    const operator = context.get('caller').role === 'admin'
    return page(
      context,
      shown.map((row) => presentMessage(row, operator)),
      rows.length > limit ? String(shown.at(-1)?.id) : undefined,
    )
  })

  return routes
}

/** JSON is UTF-8 and names no charset; XML without one would be read as its prolog says. */
const withCharset = (mediaType: string): string =>
  mediaType.endsWith('xml') ? `${mediaType}; charset=utf-8` : mediaType

/** Waits until nothing moves by itself any more, or the time is over; then the declaration as it stands. */
async function settled(
  { database, hub, now }: Services,
  id: string,
  waitMs: number,
  signal: AbortSignal,
): Promise<DeclarationView | undefined> {
  const until = now() + waitMs
  for (;;) {
    let wake: () => void = () => undefined
    const changed = new Promise<void>((resolve) => {
      wake = resolve
    })
    const stop = hub.watch(id, wake)
    const view = await readDeclarationView(database, id, undefined)
    const left = until - now()
    if (view === undefined || isSettled(view) || left <= 0 || signal.aborted) {
      stop()
      return view
    }
    const timer = setTimeout(wake, left)
    signal.addEventListener('abort', wake, { once: true })
    await changed
    clearTimeout(timer)
    signal.removeEventListener('abort', wake)
    stop()
  }
}

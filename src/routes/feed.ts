import { Hono } from 'hono'
import { issue } from '../../schemas/issue.ts'
import type { Auth } from '../auth.ts'
import { placeEvents, readFeed } from '../db/feed.ts'
import { limits } from '../limits.ts'
import { presentFeedEvent, storedType } from '../notices/present.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { scopeOf } from './owner.ts'
import { preferWaitMs, readQuery } from './parameters.ts'
import { feedQuery } from './queries.ts'

/** The feed 事件流: a trader's events in one order, for those who cannot receive; an operator's are everybody's. */
export function feedRoutes({ database, notices, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/', describe('readFeed'), auth('trader', 'payee', 'admin'), async (context) => {
    const { limit, after, type } = readQuery(context, feedQuery)
    const tenant = scopeOf(context)
    const filter = { tenant, type: type === undefined ? undefined : storedType(type), after, limit }
    const { signal } = context.req.raw
    /** What there is now. Whoever asks moves the feed on: no worker need run for that. */
    const look = async () => {
      await placeEvents(database, new Date(now()))
      const seen = await readFeed(database, filter)
      if (after > seen.head)
        throw new Problem('invalid-parameter', {
          errors: [
            issue('/after', 'unknown-cursor', { en: 'The feed has not come to that yet', zh: '游标超出当前事件流' }),
          ],
        })
      return seen
    }
    let seen = await look()
    const waitMs = preferWaitMs(context)
    if (waitMs > 0) context.header('Preference-Applied', `wait=${Math.round(waitMs / 1_000)}`)
    if (waitMs > 0 && seen.rows.length === 0 && notices.bell.listening() >= limits.feedWaiters)
      throw new Problem('unavailable', { headers: { 'Retry-After': '10' } })
    for (const end = now() + waitMs; seen.rows.length === 0 && now() < end && !signal.aborted; ) {
      let ring: () => void = () => undefined
      const rung = new Promise<void>((resolve) => {
        ring = resolve
      })
      // Listening before looking: what comes in between is heard.
      const stop = notices.bell.hear(tenant, ring)
      signal.addEventListener('abort', ring, { once: true })
      const timer = setTimeout(ring, Math.min(limits.feedLookMs, end - now()))
      try {
        seen = await look()
        if (seen.rows.length === 0) await rung
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', ring)
        stop()
      }
      if (seen.rows.length === 0) seen = await look()
    }
    const next = new URL(context.req.url)
    next.searchParams.set('after', String(seen.next))
    context.header('Link', `<${next.pathname}${next.search}>; rel="next"`)
    context.header('Cache-Control', 'no-store')
    return context.json({ data: seen.rows.map(presentFeedEvent), hasMore: seen.more, nextCursor: String(seen.next) })
  })
  return routes
}

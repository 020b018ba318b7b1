import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Auth } from '../auth.ts'
import { readEvents } from '../db/reads.ts'
import { presentEvent } from '../filing/present.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { ownId } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { eventsQuery } from './queries.ts'

/** The timeline of a declaration: a list, or a stream that resumes where it broke off. */
export function eventRoutes({ database, hub }: Services, auth: Auth): Hono<Env> {
  const idOf = ownId(database)
  const routes = new Hono<Env>()
  routes.get('/:id/events', describe('listEvents'), auth('trader', 'admin'), async (context) => {
    const id = await idOf(context)
    const { limit, after } = readQuery(context, eventsQuery)
    if (!(context.req.header('accept') ?? '').includes('text/event-stream')) {
      const rows = await readEvents(database, id, after, limit + 1)
      const shown = rows.slice(0, limit)
      return page(
        context,
        shown.map((row) => presentEvent(id, row)),
        rows.length > limit ? String(shown.at(-1)?.number) : undefined,
      )
    }
    if (hub.watching() >= limits.streams) throw new Problem('unavailable', { headers: { 'Retry-After': '10' } })
    // Asked only what it would answer: nobody would ever end the stream.
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const last = context.req.header('last-event-id')
    let from = last !== undefined && /^\d{1,9}$/.test(last) ? Number(last) : after
    context.header('X-Accel-Buffering', 'no')
    const answer = streamSSE(context, async (stream) => {
      let wake: () => void = () => undefined
      let changed = true
      const tell = () => {
        changed = true
        wake()
      }
      const stop = hub.watch(id, tell)
      stream.onAbort(() => {
        stop()
        tell()
      })
      while (!stream.aborted) {
        while (changed && !stream.aborted) {
          changed = false
          const rows = await readEvents(database, id, from, limits.eventPage)
          for (const row of rows)
            await stream.writeSSE({
              id: String(row.number),
              event: `yuchuang.${row.type}`,
              data: JSON.stringify(presentEvent(id, row)),
            })
          from = rows.at(-1)?.number ?? from
          if (rows.length === limits.eventPage) changed = true
        }
        if (stream.aborted) break
        const beat = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), limits.eventHeartbeatMs)
          wake = () => {
            clearTimeout(timer)
            resolve(false)
          }
          if (changed) wake()
        })
        // A comment line: keeps proxies from closing a quiet stream, and finds out whether anybody is still there.
        if (beat) await stream.write(': still here\n\n')
      }
      stop()
    })
    // After the helper, which sets its own.
    answer.headers.set('Cache-Control', 'no-store')
    return answer
  })
  return routes
}

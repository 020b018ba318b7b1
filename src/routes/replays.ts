import { Hono } from 'hono'
import type * as z from 'zod'
import { issue } from '../../schemas/issue.ts'
import { replayRequest } from '../../schemas/operations.ts'
import type { Auth } from '../auth.ts'
import { listReplays, readReplay, readReplayFilings } from '../db/replays.ts'
import { hashOf } from '../filing/accept.ts'
import { findAdapter } from '../filing/plan.ts'
import { Problem } from '../problem.ts'
import { presentReplay, presentReplayStanding, presentReplaySummary, presentShown } from '../repair/present.ts'
import { confirmReplay, mannerOf, showReplay, type Wanted } from '../repair/replay.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { page, readQuery } from './parameters.ts'
import { newestQuery } from './queries.ts'

/** Sending filings again 重发: shown first, then confirmed by the digest of what was shown. */
export function replayRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const admin = auth('admin')

  /** @throws {Problem} not-found */
  const answerOf = async (id: string) => {
    const replay = await readReplay(database, id)
    if (replay === undefined) throw new Problem('not-found')
    return presentReplay(replay, mannerOf(replay), await readReplayFilings(database, id))
  }
  const wantedOf = ({ select, from, force }: z.infer<typeof replayRequest>): Wanted => {
    if (select.agency !== undefined && findAdapter(adapters, select.agency) === undefined)
      throw new Problem('body-invalid', {
        errors: [issue('/select/agency', 'unknown-agency', { en: 'There is no such agency', zh: '没有该机构' })],
      })
    const { from: since, to, ...rest } = select
    const range = since === undefined || to === undefined ? {} : { from: new Date(since), to: new Date(to) }
    return { select: { ...rest, ...range }, from, force }
  }

  routes.post('/', describe('replayFilings'), admin, async (context) => {
    const { value, bytes } = await readJsonBody(context, replayRequest)
    const wanted = wantedOf(value)
    const at = new Date(now())
    if (value.dryRun) return context.json(presentShown(await showReplay(database, adapters, wanted, at)))
    const key = idempotencyKeyOf(context)
    const { reason, confirm = '' } = value
    const by = context.get('caller').name
    const confirmation = { wanted, digest: confirm, reason, by, key, bodyHash: hashOf(bytes) }
    const { id, replayed } = await confirmReplay(database, adapters, confirmation, at)
    const answer = await answerOf(id)
    context.header('Location', answer.links.self)
    if (replayed) context.header('Idempotent-Replayed', 'true')
    return context.json(answer, 201)
  })

  routes.get('/', describe('listReplays'), admin, async (context) => {
    const { limit, after } = readQuery(context, newestQuery)
    const rows = await listReplays(database, after, limit + 1)
    const shown = rows.slice(0, limit).map((row) => presentReplaySummary(row, mannerOf(row)))
    return page(context, shown, rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/:replayId/standing', describe('readReplayStanding'), admin, async (context) => {
    const id = context.req.param('replayId')
    if ((await readReplay(database, id)) === undefined) throw new Problem('not-found')
    const filings = await readReplayFilings(database, id)
    return context.json({ data: filings.map(presentReplayStanding), hasMore: false })
  })

  routes.get('/:replayId', describe('readReplay'), admin, async (context) =>
    context.json(await answerOf(context.req.param('replayId'))),
  )
  return routes
}

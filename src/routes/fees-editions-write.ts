import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { commentAnswerRequest, commentRequest, hidingRequest, withdrawalRequest } from '../../schemas/fees/drafts.ts'
import type { Auth } from '../auth.ts'
import { type CommentRow, listComments } from '../db/comments.ts'
import type { Client } from '../db/database.ts'
import { answerComment, comment, hide, presentComment, takesComments } from '../fees/comments.ts'
import { withdrawEdition } from '../fees/withdraw.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { createThrottle } from '../throttle.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { authority } from './fees-drafts.ts'
import { readQuery } from './parameters.ts'
import { sendPublicJson } from './public-answers.ts'
import { commentsQuery } from './queries-fees-drafts.ts'

/** Whose idempotency keys those of the public are. */
const everyone = 'public'

/** What is done about a published edition: withdrawing it, and what the public says to it. */
export function feeEditionWriteRoutes({ database, catalogues, now }: Services, auth: Auth): Hono<Env> {
  const officer = auth('admin')
  const throttle = createThrottle(now, 'comments', limits.commentsPerWindow, limits.commentWindowMs)
  const numberOf = (context: Context<Env>): number => {
    const given = context.req.param('number') ?? ''
    if (!/^[1-9]\d{0,8}$/.test(given)) throw new Problem('not-found')
    return Number(given)
  }
  /** Does something once for its key, and answers with what it made. */
  const make = async <T>(
    context: Context<Env>,
    tenant: string,
    shape: z.ZodType<T>,
    act: (client: Client, value: T, at: Date) => Promise<{ readonly body: unknown; readonly location: string }>,
  ) => {
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, shape)
    const at = new Date(now())
    const slot = { tenant, key, bodyHash: `${hashOf(bytes)} ${context.req.path}` }
    const given = await once(database, slot, at, async (client) => ({ status: 201, ...(await act(client, value, at)) }))
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    return context.json(JSON.parse(given.body) as object, 201)
  }
  const made = (number: number, row: CommentRow) => ({
    body: presentComment(row),
    location: `/v1/fee-editions/${number}/comments`,
  })
  const aboutComment = (context: Context<Env>) => ({ edition: numberOf(context), id: context.req.param('id') ?? '' })

  const routes = new Hono<Env>()
  routes.post('/:number/withdrawals', describe('withdrawEdition'), officer, async (context) => {
    const number = numberOf(context)
    const caller = context.get('caller')
    const answer = await make(context, caller.tenant ?? authority, withdrawalRequest, async (client, value, at) => ({
      body: await withdrawEdition(client, caller, number, value, at),
      location: `/v1/fee-editions/${number}`,
    }))
    catalogues.refresh()
    return answer
  })

  routes.post('/:number/comments', describe('commentEdition'), async (context) => {
    const number = numberOf(context)
    throttle(context)
    return make(context, everyone, commentRequest, async (client, value, at) =>
      made(number, await comment(client, number, value, at)),
    )
  })

  routes.get('/:number/comments', describe('listComments'), async (context) => {
    const number = numberOf(context)
    const { limit, after } = readQuery(context, commentsQuery)
    const record = (await catalogues.records()).find((one) => one.number === number)
    if (record === undefined) throw new Problem('not-found')
    const rows = await listComments(database.pool, number, { after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const next = rows.length > limit ? shown.at(-1)?.id : undefined
    const list = {
      edition: number,
      noticeUntil: record.noticeUntil,
      open: takesComments(record, catalogues.today()),
      data: shown.map(presentComment),
      hasMore: next !== undefined,
      nextCursor: next,
    }
    return sendPublicJson(context, list, 0, next)
  })

  routes.post('/:number/comments/:id/answers', describe('answerComment'), officer, async (context) => {
    const about = aboutComment(context)
    const { name: by, tenant = authority } = context.get('caller')
    return make(context, tenant, commentAnswerRequest, async (client, { answer: text }, at) =>
      made(about.edition, await answerComment(client, about, { text, by }, at)),
    )
  })

  routes.post('/:number/comments/:id/hidings', describe('hideComment'), officer, async (context) => {
    const about = aboutComment(context)
    const { name: by, tenant = authority } = context.get('caller')
    return make(context, tenant, hidingRequest, async (client, { reason: because }, at) =>
      made(about.edition, await hide(client, about, { because, by }, at)),
    )
  })
  return routes
}

import { hash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { caseNumber, subscriptionRequest } from '../../schemas/sharing/answers.ts'
import { purpose, purposes } from '../../schemas/sharing/purposes.ts'
import { searchFields, searchKinds } from '../../schemas/sharing/view.ts'
import type { Auth } from '../auth.ts'
import { transaction } from '../db/database.ts'
import { endSubscription, listSubscriptions, readSubscription } from '../db/sharing-subscriptions.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { catchUp } from '../sharing/keys.ts'
import { maySearch, permissionFor } from '../sharing/permission.ts'
import { presentPermission, presentShared, presentSubscription, presentTerms } from '../sharing/present.ts'
import { type Reader, readShared, searchShared, type Wanted } from '../sharing/read.ts'
import { subscribe } from '../sharing/subscribe.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { isUnchanged, page, readQuery } from './parameters.ts'
import { readsQuery, sharedQuery, sharedSearchQuery } from './queries-sharing.ts'

const missing = { en: 'Required, but missing', zh: '必填，但缺少' }
const unknown = { en: 'This is no purpose of the policy', zh: '不是共享目录中的用途' }
const unwritable = { en: 'One line of at most 100 characters', zh: '须为不超过100个字符的单行文本' }

/** What is missing or wrong in what a reader says it reads for. */
function issuesOfTerms(terms: { purpose?: string | undefined; case?: string | undefined }): Issue[] {
  const wrongPurpose =
    terms.purpose === undefined ? missing : purpose.safeParse(terms.purpose).success ? undefined : unknown
  const wrongCase =
    terms.case === undefined ? missing : caseNumber.safeParse(terms.case).success ? undefined : unwritable
  return [
    ...(wrongPurpose
      ? [issue('/purpose', wrongPurpose === missing ? 'missing' : 'unknown-purpose', wrongPurpose)]
      : []),
    ...(wrongCase ? [issue('/case', wrongCase === missing ? 'missing' : 'case-invalid', wrongCase)] : []),
  ]
}

/** Shared information 信息共享, for agencies: reading, searching, subscribing. */
export function sharedRoutes({ database, adapters, rules, now, log }: Services, auth: Auth): Hono<Env> {
  const officer = auth('agency')
  const agencyOf = (context: Context<Env>): string => {
    const { agency } = context.get('caller')
    if (agency === undefined)
      throw new Problem('forbidden', { detail: { en: 'This key belongs to no agency', zh: '该密钥不属于任何机构' } })
    return agency
  }
  const allowed = (context: Context<Env>, wanted: string) => {
    const agency = agencyOf(context)
    const permission = permissionFor(rules, agency, wanted, now())
    if (permission === undefined) {
      log.warn({ agency, by: context.get('caller').name, purpose: wanted }, 'a purpose no rule allows')
      throw new Problem('purpose-refused', {
        errors: [issue('/purpose', 'not-allowed', { en: 'No row of the policy allows it', zh: '共享目录中无此项' })],
      })
    }
    return permission
  }
  const readerOf = (
    context: Context<Env>,
    terms: { purpose?: string | undefined; case?: string | undefined },
  ): Reader => {
    const errors = issuesOfTerms(terms)
    if (errors.length > 0) throw new Problem('purpose-missing', { errors })
    const permission = allowed(context, terms.purpose ?? '')
    return { permission, by: context.get('caller').name, caseNumber: terms.case ?? '' }
  }
  /** Answers what the transaction has read and kept: it is over by now. */
  const tag = (context: Context<Env>, body: unknown) => {
    const etag = `"${hash('sha256', JSON.stringify(body), 'base64url')}"`
    context.header('ETag', etag)
    context.header('Cache-Control', 'private, no-cache')
    return isUnchanged(context, etag)
  }
  const routes = new Hono<Env>()

  routes.get('/purposes', describe('listSharedPurposes'), officer, (context) => {
    const agency = agencyOf(context)
    const ids = Object.keys(purposes) as (keyof typeof purposes)[]
    const data = ids.flatMap((id) => {
      const permission = permissionFor(rules, agency, id, now())
      return permission === undefined ? [] : [presentPermission(permission, purposes[id])]
    })
    return context.json({ data, hasMore: false })
  })

  routes.get('/declarations', describe('searchShared'), officer, async (context) => {
    const { limit, after, purpose: wantedPurpose, case: wantedCase, ...filters } = readQuery(context, sharedSearchQuery)
    const reader = readerOf(context, { purpose: wantedPurpose, case: wantedCase })
    const kinds = searchKinds.filter((kind) => filters[kind] !== undefined)
    if (kinds.length === 0)
      throw new Problem('purpose-missing', {
        detail: { en: 'Say what is looked for: nobody reads everything', zh: '须注明查询条件：不得遍历查询' },
        errors: searchKinds.map((kind) => issue(pointer(kind), 'missing', missing)),
      })
    const unseen = kinds.filter((kind) => !maySearch(reader.permission, searchFields[kind]))
    if (unseen.length > 0)
      throw new Problem('purpose-refused', {
        errors: unseen.map((kind) =>
          issue(pointer(kind), 'not-allowed', { en: 'This purpose does not see it', zh: '该用途无权查看此字段' }),
        ),
      })
    if (!(await catchUp(database, now()))) throw new Problem('unavailable', { headers: { 'Retry-After': '5' } })
    const wanted: Wanted = Object.fromEntries(kinds.map((kind) => [kind, filters[kind]]))
    const { answers, next } = await transaction(database.pool, (client) =>
      searchShared({ client, adapters, now: new Date(now()) }, wanted, reader, { after, limit }),
    )
    log.info({ ...presentWho(reader), kinds, found: answers.length }, 'declarations were searched')
    const answer = page(context, answers.map(presentShared), next)
    const body = { ...((await answer.json()) as object), ...presentTerms(reader) }
    return tag(context, body) ? context.body(null, 304) : context.json(body)
  })

  routes.get('/declarations/:id', describe('readShared'), officer, async (context) => {
    const reader = readerOf(context, readQuery(context, sharedQuery))
    const id = context.req.param('id')
    const answer = await transaction(database.pool, (client) =>
      readShared({ client, adapters, now: new Date(now()) }, id, reader),
    )
    if (answer === undefined) throw new Problem('not-found')
    const body = { ...presentShared(answer), ...presentTerms(reader) }
    return tag(context, body) ? context.body(null, 304) : context.json(body)
  })

  routes.post('/subscriptions', describe('subscribeShared'), officer, async (context) => {
    const agency = agencyOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, subscriptionRequest)
    const permission = allowed(context, value.purpose)
    const at = new Date(now())
    const slot = { tenant: `agency ${agency}`, key, bodyHash: `${hashOf(bytes)} ${context.req.path}` }
    const given = await once(database, slot, at, async (client) => {
      const made = await subscribe(client, value, permission, context.get('caller').name, at)
      return { status: 201, body: presentSubscription(made), location: `/v1/shared/subscriptions/${made.id}` }
    })
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    return context.json(JSON.parse(given.body) as object, 201)
  })

  routes.get('/subscriptions', describe('listSharedSubscriptions'), officer, async (context) => {
    const { limit, after } = readQuery(context, readsQuery)
    const rows = await listSubscriptions(database.pool, agencyOf(context), { after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentSubscription), rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/subscriptions/:id', describe('readSharedSubscription'), officer, async (context) => {
    const row = await readSubscription(database.pool, agencyOf(context), context.req.param('id'))
    if (row === undefined) throw new Problem('not-found')
    return context.json(presentSubscription(row))
  })

  routes.delete('/subscriptions/:id', describe('endSharedSubscription'), officer, async (context) => {
    const ended = await endSubscription(database.pool, agencyOf(context), context.req.param('id'), new Date(now()))
    if (!ended) throw new Problem('not-found')
    return context.body(null, 204)
  })
  return routes
}

const presentWho = ({ permission, by, caseNumber: number }: Reader) => ({
  agency: permission.agency,
  by,
  purpose: permission.purpose,
  case: number,
})

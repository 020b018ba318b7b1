import { type Context, Hono } from 'hono'
import { issue, issuesOf } from '../../schemas/issue.ts'
import { type KeyRequest, keyHolder, keyRequest, replacementRequest } from '../../schemas/keys.ts'
import type { Auth } from '../auth.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import {
  type Actor,
  addKey,
  endKey,
  isLive,
  type KeyRow,
  type KeyScope,
  listKeys,
  outlasts,
  readKey,
  readKeySteps,
  readShownKey,
  replaceKey,
} from '../db/key-ring.ts'
import { type Holder, newKey, roles } from '../db/keys.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { findAdapter } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { agencyOf, tenantOf } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { keysQuery } from './queries-keys.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000
const overlap = replacementRequest(limits.keyOverlapHours, limits.keyOverlapHoursMost)

/** Keys 接口密钥: who may use the interface, and as whom. */
export function keyRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const anybody = auth(...roles)
  const at = () => new Date(now())

  const present = (row: KeyRow, ownId: string | undefined) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    ...(row.tenant === null ? {} : { tenant: row.tenant }),
    ...(row.agency === null ? {} : { agency: row.agency }),
    ...(row.hint === null ? {} : { hint: row.hint }),
    state: stateOf(row, at()),
    own: row.id === ownId,
    createdAt: row.createdAt.toISOString(),
    ...(row.createdBy === null ? {} : { createdBy: row.createdBy }),
    ...(row.lastUsedOn === null ? {} : { lastUsedOn: row.lastUsedOn }),
    ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt.toISOString() }),
    ...(row.revokedAt === null ? {} : { revokedAt: row.revokedAt.toISOString() }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(row.replacedBy === null ? {} : { replacedBy: row.replacedBy }),
    links: { self: `/v1/keys/${row.id}` },
  })
  const ownKey = async (context: Context<Env>): Promise<KeyRow> => {
    const row = await readShownKey(database, context.get('caller').keyHash)
    // It ended since it was looked at.
    if (row === undefined) throw new Problem('unauthenticated')
    return row
  }
  const actor = async (context: Context<Env>): Promise<Actor> => {
    const { expiresAt } = await ownKey(context)
    return { ...context.get('caller'), expiresAt }
  }
  /** Does something that makes a key, once for its idempotency key; the key itself is not part of what is kept. */
  const makeOnce = async (
    context: Context<Env>,
    about: string,
    bytes: Uint8Array,
    act: (client: Client, fresh: { id: string; key: (role: Holder['role']) => string }) => Promise<unknown>,
  ) => {
    const idempotencyKey = idempotencyKeyOf(context)
    const made: { key?: string } = {}
    const id = newId(now())
    const key = (role: Holder['role']) => (made.key = newKey(role))
    const slot = { tenant: slotOf(context), key: idempotencyKey, bodyHash: `${hashOf(bytes)} ${about}` }
    const given = await once(database, slot, at(), async (client) => {
      await act(client, { id, key })
      const row = found(await readKey(client, {}, id))
      return { status: 201, body: present(row, undefined), location: `/v1/keys/${id}` }
    })
    context.header('Location', given.location ?? '')
    context.header('Cache-Control', 'no-store')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    const shown = given.replayed || made.key === undefined ? {} : { key: made.key }
    return context.json({ ...(JSON.parse(given.body) as object), ...shown }, 201)
  }

  const routes = new Hono<Env>()
  routes.get('/', describe('listKeys'), anybody, async (context) => {
    const { limit, after, state, ...asked } = readQuery(context, keysQuery)
    // A filter never widens what a caller may see: what is somebody else's is found nowhere.
    const scope = scopeOf(context)
    if (Object.entries(scope).some(([name, value]) => isOther(asked[name as keyof typeof asked], value)))
      return page(context, [], undefined)
    const own = await ownKey(context)
    const rows = await listKeys(
      database,
      { scope: { ...asked, ...scope }, state, before: after, limit: limit + 1 },
      at(),
    )
    const shown = rows.slice(0, limit)
    return page(
      context,
      shown.map((row) => present(row, own.id)),
      rows.length > limit ? shown.at(-1)?.id : undefined,
    )
  })

  routes.post('/', describe('makeKey'), anybody, async (context) => {
    const { value, bytes } = await readJsonBody(context, keyRequest)
    const holder = holderOf(context, value)
    if (holder.agency !== undefined && findAdapter(adapters, holder.agency) === undefined)
      throw wrong('/agency', 'unknown-agency', 'There is no such agency', '没有该机构')
    const by = await actor(context)
    const expiresAt = endOf(value.expiresAt, now()) ?? by.expiresAt ?? undefined
    if (outlasts(expiresAt ?? null, by))
      throw wrong('/expiresAt', 'beyond-own', 'Your own key ends before that', '不得晚于您所用密钥的截止时间')
    return makeOnce(context, 'key', bytes, async (client, { id, key }) => {
      const made = { ...holder, id, key: key(holder.role), expiresAt, by }
      if (!(await addKey(client, made, limits.keysOfHolder, at()))) throw tooMany
    })
  })

  routes.get('/:id', describe('readKey'), anybody, async (context) => {
    const row = found(await readKey(database.pool, scopeOf(context), context.req.param('id')))
    const [own, steps] = await Promise.all([ownKey(context), readKeySteps(database, row.id)])
    const told = steps.map(({ what, by, byKey, at: when }) => ({
      what,
      ...(by === null ? {} : { by }),
      ...(byKey === null ? {} : { byKey }),
      at: when.toISOString(),
    }))
    return context.json({ ...present(row, own.id), steps: told })
  })

  routes.delete('/:id', describe('revokeKey'), anybody, async (context) => {
    const by = await actor(context)
    const ended = found(await endKey(database, scopeOf(context), context.req.param('id'), by, at()))
    if (ended === 'beyond') throw beyond
    if (ended === 'last')
      throw new Problem('limit-reached', {
        detail: {
          en: 'No key of an administrator would be left that lasts as long: make another first',
          zh: '吊销后将没有同样长期有效的管理员密钥，请先新建一个',
        },
      })
    return context.body(null, 204)
  })

  routes.post('/:id/replacements', describe('replaceKey'), anybody, async (context) => {
    const { value, bytes } = await readJsonBody(context, overlap)
    const id = context.req.param('id')
    const scope = scopeOf(context)
    const endsAt = new Date(now() + value.overlapHours * hourMs)
    const by = await actor(context)
    return makeOnce(context, `replaces ${id}`, bytes, async (client, fresh) => {
      const wanted = { scope, id, fresh, endsAt, most: limits.keysOfHolder }
      const outcome = found(await replaceKey(client, wanted, by, at()))
      if (outcome === 'too-many') throw tooMany
      if (outcome === 'beyond') throw beyond
      if (outcome === 'over')
        throw new Problem('not-changeable', {
          detail: { en: 'It has ended, or another is in its place already', zh: '该密钥已失效或已轮换' },
        })
    })
  })
  return routes
}

/** Whose keys a caller sees and makes: an administrator anybody's, everybody else those of the same holder. */
function scopeOf(context: Context<Env>): KeyScope {
  const { role } = context.get('caller')
  if (role === 'admin') return {}
  return role === 'agency'
    ? { role, tenant: null, agency: agencyOf(context) }
    : { role, tenant: tenantOf(context), agency: null }
}

const isOther = (asked: string | undefined, own: string | null | undefined): boolean =>
  asked !== undefined && asked !== (own ?? '')

/** Who shares idempotency keys: a firm, an agency, the administrators. */
function slotOf(context: Context<Env>): string {
  const { role, tenant, agency } = context.get('caller')
  return tenant ?? (agency === undefined ? `${role} keys` : `agency ${agency}`)
}

/** Whose the new key is. @throws {Problem} forbidden, body-invalid */
function holderOf(context: Context<Env>, { name, role, tenant, agency }: KeyRequest): Holder {
  const caller = context.get('caller')
  const scope = scopeOf(context)
  if (caller.role !== 'admin') {
    if (isOther(role, scope.role) || isOther(tenant, scope.tenant) || isOther(agency, scope.agency))
      throw new Problem('forbidden', {
        detail: {
          en: 'Only an administrator makes keys of another role, firm or agency',
          zh: '仅管理员可为其他角色、企业或机构新建密钥',
        },
      })
    return { name, role: caller.role, tenant: caller.tenant, agency: caller.agency }
  }
  const whole = keyHolder.safeParse({ role: role ?? 'admin', tenant, agency })
  if (!whole.success) throw new Problem('body-invalid', { errors: issuesOf(whole.error) })
  return { name, ...whole.data }
}

/** When a key ends by itself. @throws {Problem} body-invalid */
function endOf(text: string | undefined, now: number): Date | undefined {
  if (text === undefined) return undefined
  const end = Date.parse(text)
  if (end <= now) throw wrong('/expiresAt', 'past', 'This is over already', '该时间已过')
  if (end > now + limits.keyDaysMost * dayMs)
    throw wrong('/expiresAt', 'too-far', `At most ${limits.keyDaysMost} days ahead`, `最长${limits.keyDaysMost}天`)
  return new Date(end)
}

function stateOf(row: KeyRow, at: Date): 'active' | 'ending' | 'revoked' | 'expired' {
  if (row.revokedAt !== null) return 'revoked'
  if (!isLive(row, at)) return 'expired'
  return row.replacedBy === null ? 'active' : 'ending'
}

const wrong = (pointer: string, code: string, en: string, zh: string) =>
  new Problem('body-invalid', { errors: [issue(pointer, code, { en, zh })] })
const beyond = new Problem('forbidden', {
  detail: {
    en: 'A key that ends by itself does nothing to keys that last longer',
    zh: '有截止时间的密钥不得处置更长期的密钥',
  },
})
const tooMany = new Problem('limit-reached', {
  detail: {
    en: `At most ${limits.keysOfHolder} keys of one holder at once: revoke one first`,
    zh: `同一持有人最多${limits.keysOfHolder}个有效密钥，请先吊销一个`,
  },
})
function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Problem('not-found')
  return row
}

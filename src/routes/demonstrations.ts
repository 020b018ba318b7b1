import { type Context, Hono, type MiddlewareHandler } from 'hono'
import {
  type DemonstrationAnswer,
  type DemonstrationsAnswer,
  demonstrationRequest,
} from '../../schemas/demonstration.ts'
import { issue } from '../../schemas/issue.ts'
import type { OpenAuth } from '../auth.ts'
import { type Caller, roles } from '../db/keys.ts'
import type { Demonstrations } from '../demonstration.ts'
import { isDemonstrationFirm } from '../demonstration-firm.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { createThrottle } from '../throttle.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'

/** Trying the window 体验: a sample handed in without a key. Where there is no desk for it, there is nothing here. */
export function demonstrationRoutes({ demonstrations, now }: Services, auth: OpenAuth): Hono<Env> {
  const perAddress = createThrottle(
    now,
    'demonstrations',
    limits.demonstrationsPerAddress,
    limits.demonstrationWindowMs,
  )
  const inAll = createThrottle(
    now,
    'demonstrations-in-all',
    limits.demonstrationsInAll,
    limits.demonstrationWindowMs,
    () => 'all',
  )
  const known = auth.ifKnown(...roles)
  const routes = new Hono<Env>()

  routes.get('/', describe('listDemonstrations'), known, (context) => {
    const { samples } = deskOf(demonstrations)
    const answer: DemonstrationsAnswer = {
      data: Object.entries(samples).map(([id, name]) => ({ id, name })),
      mayBegin: mayBegin(context),
    }
    context.header('Cache-Control', 'no-store')
    return context.json(answer)
  })

  routes.post('/', describe('beginDemonstration'), known, async (context) => {
    const desk = deskOf(demonstrations)
    if (!mayBegin(context))
      throw new Problem('forbidden', {
        detail: { en: 'Who has a key hands in with that', zh: '已持有密钥者请用自己的密钥申报' },
      })
    const { value } = await readJsonBody(context, demonstrationRequest)
    if (!Object.hasOwn(desk.samples, value.sample))
      throw new Problem('body-invalid', {
        errors: [issue('/sample', 'sample-unknown', { en: 'There is no such sample', zh: '没有该示例' })],
      })
    perAddress(context)
    inAll(context)
    const about = {
      instance: context.req.path,
      requestId: context.get('requestId'),
      language: context.get('language'),
    }
    const { declarationId, access } = await desk.begin(value.sample, about, callerOf(context)?.tenant)
    const declaration = `/v1/declarations/${declarationId}`
    const answer: DemonstrationAnswer = {
      declarationId,
      sample: value.sample,
      ...(access === undefined ? {} : { key: access.key, expiresAt: access.expiresAt.toISOString() }),
      links: { declaration },
    }
    context.header('Location', declaration)
    context.header('Cache-Control', 'no-store')
    return context.json(answer, 201)
  })
  return routes
}

/**
 * Keeps the key of a demonstration from what outlives it or reaches outside: making keys, and having us call addresses of the visitor's choice.
 * Whatever else a trader may do it may do, to the firm invented for it.
 */
export function keepingInside(auth: OpenAuth): MiddlewareHandler<Env> {
  const known = auth.ifKnown(...roles)
  return async (context, next) => {
    if (['GET', 'HEAD'].includes(context.req.method)) return next()
    return known(context, async () => {
      if (isDemonstrationFirm(callerOf(context)?.tenant))
        throw new Problem('forbidden', {
          detail: {
            en: 'Not in a demonstration: this takes a key of your own',
            zh: '体验账号不可办理，请使用自己的密钥',
          },
        })
      await next()
    })
  }
}

/** Whoever showed who they are. */
const callerOf = (context: Context<Env>): Caller | undefined => context.get('caller')

/** Who has no key, or one of a demonstration. */
function mayBegin(context: Context<Env>): boolean {
  const caller = callerOf(context)
  return caller === undefined || isDemonstrationFirm(caller.tenant)
}

/** @throws {Problem} not-found */
function deskOf(demonstrations: Demonstrations | undefined): Demonstrations {
  if (demonstrations === undefined) throw new Problem('not-found')
  return demonstrations
}

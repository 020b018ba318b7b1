import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Database } from './db/database.ts'
import { type Caller, callerOf, hashOfKey, noteUse, type Role } from './db/keys.ts'
import { callerOfSession } from './db/sessions.ts'
import { dayAt } from './fees/days.ts'
import { limits } from './limits.ts'
import { Problem } from './problem.ts'
import type { Env } from './services.ts'

/** The cookie of somebody who signed in with a key in a browser. */
export const sessionCookie = 'yuchuang_session'

/** How long a key's holder is remembered, and so how long a revoked key may still work. */
const rememberMs = 10_000
const rememberMost = 10_000

/** What a caller shows for itself: a key, or the token of a session begun with one. */
interface Shown {
  readonly secret: string
  readonly inCookie: boolean
}

/**
 * A key in the header, else the cookie of a session. A browser sends the cookie along with whatever any page makes it send, so a
 * request that changes something must come from a page of ours.
 * @throws {Problem} forbidden
 */
function shownBy(context: Context): Shown | undefined {
  const header = context.req.header('authorization')
  if (header !== undefined) {
    const secret = /^Bearer +([\w-]{20,200})$/i.exec(header)?.[1]
    return secret === undefined ? undefined : { secret, inCookie: false }
  }
  const secret = getCookie(context, sessionCookie)
  if (secret === undefined) return undefined
  if (!['GET', 'HEAD'].includes(context.req.method) && !isFromOurPage(context))
    throw new Problem('forbidden', {
      detail: { en: 'A session counts only on pages of this site', zh: '会话仅限本站页面使用' },
    })
  return { secret, inCookie: true }
}

/** Whether a request comes from a page of this very site (`Origin`, which browsers send with whatever changes something). */
export function isFromOurPage(context: Context): boolean {
  const origin = context.req.header('origin')
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === context.req.header('host')
}

/** Finds out who calls, limits how often, and lets only some roles on. */
export function createAuth(database: Database, now: () => number, ratePerWindow: number = limits.ratePerWindow) {
  const known = new Map<string, { caller: Caller | undefined; until: number }>()
  const windows = new Map<string, { since: number; count: number }>()
  const usedOn = new Map<string, string>()

  /** Keeps on which day a key was shown: one write a day, and nobody is turned away when it fails. */
  const noteDay = async (keyHash: string) => {
    const day = dayAt(now())
    if (usedOn.get(keyHash) === day) return
    if (usedOn.size >= rememberMost) usedOn.clear()
    usedOn.set(keyHash, day)
    await noteUse(database, keyHash, day).catch(() => usedOn.delete(keyHash))
  }

  const whoIs = async ({ secret, inCookie }: Shown): Promise<Caller | undefined> => {
    const hash = hashOfKey(secret)
    const remembered = known.get(hash)
    if (remembered !== undefined && remembered.until > now()) return remembered.caller
    const caller = inCookie
      ? await callerOfSession(database, secret, new Date(now()))
      : await callerOf(database, secret, new Date(now()))
    if (caller !== undefined) await noteDay(caller.keyHash)
    if (known.size >= rememberMost) known.clear()
    known.set(hash, { caller, until: now() + rememberMs })
    return caller
  }
  /** Counts a request; how many are left, and when the window ends. */
  const count = (keyHash: string) => {
    const at = now()
    let window = windows.get(keyHash)
    if (window === undefined || at - window.since >= limits.rateWindowMs) {
      if (windows.size >= rememberMost) windows.clear()
      window = { since: at, count: 0 }
      windows.set(keyHash, window)
    }
    window.count++
    return {
      left: ratePerWindow - window.count,
      resetSeconds: Math.ceil((window.since + limits.rateWindowMs - at) / 1000),
    }
  }
  /** Only callers with one of these roles go on. */
  const only =
    (...allowed: readonly Role[]): MiddlewareHandler<Env> =>
    async (context, next) => {
      const shown = shownBy(context)
      const caller = shown === undefined ? undefined : await whoIs(shown)
      if (caller === undefined)
        throw new Problem('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer realm="yuchuang"' } })
      const { left, resetSeconds } = count(caller.keyHash)
      context.header('RateLimit-Policy', `"default";q=${ratePerWindow};w=${limits.rateWindowMs / 1000}`)
      context.header('RateLimit', `"default";r=${Math.max(0, left)};t=${resetSeconds}`)
      if (left < 0) throw new Problem('too-many-requests', { headers: { 'Retry-After': String(resetSeconds) } })
      if (!allowed.includes(caller.role))
        throw new Problem('forbidden', {
          detail: {
            en: `Needs a key with role ${allowed.join(' or ')}`,
            zh: `需要角色为 ${allowed.join(' 或 ')} 的密钥`,
          },
        })
      context.set('caller', caller)
      await next()
    }
  /** Anybody goes on, known where it shows who it is. A key that is none is told so; a session that is over is nobody's. */
  const ifKnown = (...allowed: readonly Role[]): MiddlewareHandler<Env> => {
    const known = only(...allowed)
    return async (context, next) => {
      if (context.req.header('authorization') !== undefined) return known(context, next)
      const shown = shownBy(context)
      return shown === undefined || (await whoIs(shown)) === undefined ? next() : known(context, next)
    }
  }
  return Object.assign(only, { ifKnown })
}
/** Lets only some roles on. */
export type Auth = (...allowed: readonly Role[]) => MiddlewareHandler<Env>
/** Lets anybody on, too, where a page is public and says more to some. */
export type OpenAuth = ReturnType<typeof createAuth>

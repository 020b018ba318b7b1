import type { MiddlewareHandler } from 'hono'
import type { Database } from './db/database.ts'
import { type Caller, callerOf, hashOfKey, type Role } from './db/keys.ts'
import { limits } from './limits.ts'
import { Problem } from './problem.ts'
import type { Env } from './services.ts'

/** How long a key's holder is remembered, and so how long a revoked key may still work. */
const rememberMs = 10_000
const rememberMost = 10_000

/** Finds out who calls, limits how often, and lets only some roles on. */
export function createAuth(database: Database, now: () => number, ratePerWindow: number = limits.ratePerWindow) {
  const known = new Map<string, { caller: Caller | undefined; until: number }>()
  const windows = new Map<string, { since: number; count: number }>()

  const whoIs = async (key: string): Promise<Caller | undefined> => {
    const hash = hashOfKey(key)
    const remembered = known.get(hash)
    if (remembered !== undefined && remembered.until > now()) return remembered.caller
    const caller = await callerOf(database, key)
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
  return (...allowed: readonly Role[]): MiddlewareHandler<Env> =>
    async (context, next) => {
      const key = /^Bearer +([\w-]{20,200})$/i.exec(context.req.header('authorization') ?? '')?.[1]
      const caller = key === undefined ? undefined : await whoIs(key)
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
}
export type Auth = ReturnType<typeof createAuth>

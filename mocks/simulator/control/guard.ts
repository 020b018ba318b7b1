/** Who may order the simulator about 控制权限: whoever is on this machine, and from elsewhere whoever has the integrator's key. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../connection.ts'
import { refuse } from '../refusal.ts'

/** Headers of a proxy: what comes through one comes from elsewhere, whatever the last connection says. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip']

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)
const digest = (text: string) => createHash('sha256').update(text).digest()

export function guard(key: string | undefined): MiddlewareHandler<Env> {
  const wanted = key === undefined ? undefined : digest(key)
  return async (c, next) => {
    // Without a socket the call comes from the same process.
    const address = c.env?.incoming?.socket.remoteAddress
    const isHere =
      address === undefined || (isLoopback(address) && forwarded.every((name) => c.req.header(name) === undefined))
    const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const isKnown = wanted !== undefined && given !== undefined && timingSafeEqual(digest(given), wanted)
    if (isKnown || (isHere && !isForeignPage(c.req.header('origin')))) return next()
    return refuse(c, wanted === undefined || given === undefined ? 401 : 403, 'control-key-needed', {
      en: `Only this machine may call /control without the integrator's key: Authorization: Bearer <SIMULATOR_KEY>${wanted === undefined ? '; this simulator was started without one' : ''}`,
      zh: `非本机调用 /control 需要集成方密钥：Authorization: Bearer <SIMULATOR_KEY>${wanted === undefined ? '；本模拟器启动时未设置密钥' : ''}`,
    })
  }
}

/** A web page of another place asks a browser on this machine to call: not what its user wants. */
function isForeignPage(origin: string | undefined): boolean {
  if (origin === undefined) return false
  const host = URL.parse(origin)?.hostname ?? ''
  return !(host === 'localhost' || host === '[::1]' || isLoopback(host))
}

import { isIPv6 } from 'node:net'
import type { Context } from 'hono'
import { limits } from './limits.ts'
import { isPublic } from './notices/address.ts'
import { Problem } from './problem.ts'

/**
 * Where a request comes from, as far as that counts: an IPv6 network of 64 bits is one household. Behind a proxy of our own (its address is
 * none of the public internet’s) it is what that proxy added last to `X-Forwarded-For`; what stands before may be anybody’s invention.
 */
export function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const peer = (incoming?.socket?.remoteAddress ?? '').replace(/^::ffff:/, '')
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const address = isPublic(peer) || forwarded === '' ? peer : forwarded
  return isIPv6(address) ? networkOf(address) : address
}

/** The first four groups of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const behind = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - behind.length)
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...behind]
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/**
 * Counts what each address asks of one thing in a window of time, in this process: what anybody may ask without a key still costs us something.
 * Every answer says how much is left (`RateLimit`).
 * @param whose what is counted together
 * @returns counts a request; @throws {Problem} too-many-requests when its address has asked enough
 */
export function createThrottle(
  now: () => number,
  name: string,
  most: number,
  windowMs: number,
  whose: (context: Context) => string = addressOf,
) {
  const windows = new Map<string, { readonly since: number; count: number }>()
  return (context: Context): void => {
    const address = whose(context)
    const at = now()
    let window = windows.get(address)
    if (window === undefined || at - window.since >= windowMs) {
      windows.delete(address)
      // The one that began first goes first.
      const [first] = windows.size >= limits.addressesCounted ? windows.keys() : []
      if (first !== undefined) windows.delete(first)
      window = { since: at, count: 0 }
      windows.set(address, window)
    }
    const resetSeconds = Math.ceil((window.since + windowMs - at) / 1_000)
    const isEnough = window.count >= most
    if (!isEnough) window.count++
    context.header('RateLimit-Policy', `"${name}";q=${most};w=${windowMs / 1_000}`)
    context.header('RateLimit', `"${name}";r=${most - window.count};t=${resetSeconds}`)
    if (isEnough) throw new Problem('too-many-requests', { headers: { 'Retry-After': String(resetSeconds) } })
  }
}

import type { Pool } from 'undici'
import { limits } from '../limits.ts'
import { type Trace, type Transport, Unreachable } from './transport.ts'

/** Errors that come before a byte has left: the agency cannot have the message. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Taken when the first call is made: a gateway that only takes declarations in never makes one, and it is a megabyte of program. */
const load = () => import('undici')

/** Calls agencies over HTTP, one connection pool each. @param addressOf base address of an agency, without a trailing slash */
export function httpTransport(
  addressOf: (agency: string) => string,
  timeoutMs: number = limits.agencyTimeoutMs,
): Transport {
  const pools = new Map<string, Promise<{ pool: Pool; prefix: string }>>()
  const open = async (agency: string) => {
    const { Pool } = await load()
    const address = new URL(addressOf(agency))
    const pool = new Pool(address.origin, {
      connections: limits.laneWidth * 2,
      connectTimeout: timeoutMs,
      maxResponseSize: limits.agencyBodyBytes,
    })
    return { pool, prefix: address.pathname.replace(/\/$/, '') }
  }
  const poolOf = (agency: string) => {
    const known = pools.get(agency)
    if (known !== undefined) return known
    const opened = open(agency)
    pools.set(agency, opened)
    // An address that is none is looked up again by the next call, which may find it mended.
    opened.catch(() => pools.delete(agency))
    return opened
  }
  return {
    async call(agency, message, trace) {
      const { pool, prefix } = await poolOf(agency)
      try {
        const { statusCode, headers, body } = await pool.request({
          method: message.method,
          path: `${prefix}${message.path}`,
          headers: headersOf(message.contentType, trace),
          body: message.body ?? null,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          signal: AbortSignal.timeout(timeoutMs),
        })
        const text = await body.text()
        const retryAfterMs = retryAfterOf(one(headers['retry-after']))
        return {
          status: statusCode,
          contentType: one(headers['content-type']) ?? '',
          body: text,
          // An agency may ask for a pause, not for silence.
          ...(retryAfterMs === undefined
            ? {}
            : { retryAfterMs: Math.min(retryAfterMs, limits.agencyRetryAfterMostMs) }),
        }
      } catch (cause) {
        const code = (cause as { code?: string }).code ?? ''
        throw new Unreachable((cause as Error).message || code, neverLeft.has(code) ? 'no' : 'unknown', { cause })
      }
    },
    async close() {
      await Promise.all([...pools.values()].map(async (opened) => (await opened).pool.destroy()))
    },
  }
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

const headersOf = (contentType: string | undefined, { traceparent, messageId }: Trace): Record<string, string> => ({
  accept: 'application/xml, application/json',
  ...(contentType === undefined ? {} : { 'content-type': contentType }),
  ...(messageId === undefined ? {} : { 'message-id': messageId }),
  ...(traceparent === undefined ? {} : { traceparent }),
})

/** `Retry-After` in milliseconds, whether it gives seconds or a date. */
export function retryAfterOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined
}

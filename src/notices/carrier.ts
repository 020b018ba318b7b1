import { lookup } from 'node:dns'
import { isIP } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { limits } from '../limits.ts'
import { retryAfterOf } from '../transport/http.ts'
import { anyLookup, isPublic, PrivateAddress, publicLookup, type Resolve, whatIsWrongWith } from './address.ts'
import { dnsResolve } from './resolve.ts'

/** How an endpoint answered a notice, or why it did not. */
export interface Answer {
  /** Absent: no answer came. */
  readonly status?: number
  readonly excerpt?: string
  readonly error?: string
  readonly retryAfterMs?: number
  readonly latencyMs: number
}

/** Carries notices to endpoints. Never throws for what an endpoint or the network does. */
export interface Carrier {
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer>
  close(): Promise<void>
}

export interface CarrierOptions {
  /** Inside addresses may be called, and http: for an operator whose receivers are its own. */
  readonly allowPrivate: boolean
  readonly timeoutMs?: number
  readonly resolve?: Resolve
  /** Options of TLS, for a certificate authority of the operator's own. */
  readonly ca?: string
}

/**
 * Carries notices over HTTP. Every connection is checked when it is made, by the address it is made to; redirections are not
 * followed; of an answer only the beginning is read.
 */
export function httpCarrier({
  allowPrivate,
  timeoutMs = limits.noticeTimeoutMs,
  resolve,
  ca,
}: CarrierOptions): Carrier {
  const connect = buildConnector({
    timeout: timeoutMs,
    ...(ca === undefined ? {} : { ca }),
    lookup: allowPrivate ? anyLookup(resolve ?? dnsResolve({ also: lookup })) : publicLookup(resolve ?? dnsResolve()),
  })
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: (options, callback) => {
      // An address in the URL itself is never looked up: it is checked here.
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (!allowPrivate && isIP(host) !== 0 && !isPublic(host))
        callback(new PrivateAddress(`${host} is no public address`), null)
      else connect(options, callback)
    },
  })
  return {
    async post(url, headers, body) {
      const began = performance.now()
      const latencyMs = () => Math.round(performance.now() - began)
      const wrong = whatIsWrongWith(url, allowPrivate)
      if (wrong !== undefined) return { error: wrong.text.en, latencyMs: 0 }
      const { origin, pathname, search } = new URL(url)
      try {
        const answer = await agent.request({
          origin,
          path: `${pathname}${search}`,
          method: 'POST',
          headers: { ...headers, 'user-agent': 'yuchuang-webhooks/1', accept: '*/*' },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        })
        const retryAfterMs = retryAfterOf(one(answer.headers['retry-after']))
        return {
          status: answer.statusCode,
          excerpt: await excerptOf(answer.body),
          latencyMs: latencyMs(),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        }
      } catch (error) {
        return { error: whyNot(error, timeoutMs), latencyMs: latencyMs() }
      }
    },
    close: () => agent.destroy(),
  }
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** The beginning of an answer, as the database can keep it. What follows is never read; the status alone decides, so one that breaks off is short. */
async function excerptOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= limits.noticeAnswerBytes) break
    }
  } catch {
    chunks.push(Buffer.from(' …'))
  }
  const text = Buffer.concat(chunks).subarray(0, limits.noticeAnswerBytes).toString('utf8')
  return text.slice(0, limits.noticeExcerpt).toWellFormed().replaceAll('\u0000', '\uFFFD')
}

/** What the owner of an endpoint reads of a failure. */
function whyNot(error: unknown, timeoutMs: number): string {
  const { name = '', code = '', message = '' } = error as { name?: string; code?: string; message?: string }
  if (name === 'TimeoutError' || code.endsWith('_TIMEOUT')) return `No answer in ${timeoutMs} ms`
  return (message || code || name || 'No connection').slice(0, limits.noticeExcerpt)
}

/** Asking a real endpoint 转发: the request as it came, without what belongs to the connection, and its answer unchanged. */
import type { Answered, Asked } from './exchange.ts'
import { limits } from './limits.ts'
import type { Timers } from './timers.ts'

export interface ForwardRequest {
  readonly method: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | null
  readonly signal: AbortSignal
}

/** An answer as it begins; a redirect is an answer, and what is compressed stays so. */
export interface ForwardAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: AsyncIterable<Uint8Array>
}

export type Forward = (url: string, request: ForwardRequest) => Promise<ForwardAnswer>

let undici: Promise<typeof import('undici')> | undefined

export const forwardByUndici: Forward = async (url, { method, headers, body, signal }) => {
  undici ??= import('undici')
  const answer = await (await undici).request(url, { method, headers: headers.flat(), body, signal })
  return {
    status: answer.statusCode,
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name.toLowerCase(), one]),
    ),
    body: answer.body,
  }
}

export type Failure = 'timeout' | 'unreachable' | 'too-large' | 'loop' | 'outside'

/** What belongs to one connection (RFC 9110, 7.6.1) and is not passed on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'expect',
  'host',
])
/** Answers that have no body, whatever came behind them. */
export const bodiless: readonly number[] = [204, 205, 304]
/** How the recorder calls itself in `Via`, to know its own requests when they come back to it. */
const pseudonym = 'yuchuang-recorder'

/** Asks the endpoint. What goes wrong is an outcome, never an exception. */
export async function ask(
  { forward, timers, stopping }: { forward: Forward; timers: Timers; stopping: AbortSignal },
  target: string,
  asked: Asked,
): Promise<Answered | Failure> {
  const url = URL.parse(`${target}${asked.path}`)
  // A path with dots in it could leave the folder the recording is of.
  const base = new URL(target)
  if (
    url === null ||
    url.origin !== base.origin ||
    !`${url.pathname}/`.startsWith(`${base.pathname.replace(/\/$/, '')}/`)
  )
    return 'outside'
  if (asked.headers.some(([name, value]) => name.toLowerCase() === 'via' && value.includes(pseudonym))) return 'loop'
  const trying = new AbortController()
  let late = false
  const cancel = timers.start(limits.recordingTimeoutMs, () => {
    late = true
    trying.abort()
  })
  const hasBody = asked.body.length > 0 && asked.method !== 'GET' && asked.method !== 'HEAD'
  try {
    const answer = await forward(url.href, {
      method: asked.method,
      headers: [...outward(asked.headers), ['accept-encoding', 'identity'], ['via', `1.1 ${pseudonym}`]],
      body: hasBody ? asked.body : null,
      signal: AbortSignal.any([trying.signal, stopping]),
    })
    const body = await collect(answer.body)
    if (body === undefined) {
      trying.abort()
      return 'too-large'
    }
    // What no server may pass on as an answer.
    if (answer.status < 200 || answer.status > 599) return 'unreachable'
    const { status, headers } = answer
    return { status, headers: withoutHops(headers), body: bodiless.includes(status) ? new Uint8Array() : body }
  } catch {
    return late ? 'timeout' : 'unreachable'
  } finally {
    cancel()
  }
}

function outward(headers: Asked['headers']): (readonly [string, string])[] {
  const own = (name: string) => name.startsWith('x-sim-') || name === 'accept-encoding'
  return withoutHops(headers).filter(([name]) => !own(name.toLowerCase()))
}

function withoutHops(headers: Asked['headers']): (readonly [string, string])[] {
  const named = headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'connection' ? value.split(',').map((one) => one.trim().toLowerCase()) : [],
  )
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.includes(name.toLowerCase()))
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limits.requestBytes) return undefined
    chunks.push(chunk)
  }
  return Uint8Array.from(Buffer.concat(chunks))
}

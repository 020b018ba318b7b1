/** Asking over HTTP 请求: bounded in time and in size, every exchange kept as it stood on the wire. */
import type { Adapter, Reply } from '../adapters/adapter.ts'
import { shown } from './exchange.ts'
import { limits } from './limits.ts'
import type { Exchange, Finding } from './verdict.ts'

/** A `fetch`, or the `fetch` of an application in the same process. */
export type Fetch = (request: Request) => Promise<Response> | Response

export interface Question {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeoutMs?: number
}

export interface Answer {
  readonly exchange: Exchange
  readonly status: number
  readonly headers: Headers
  readonly contentType: string
  readonly body: string
  /** From the first byte sent to the last byte read. */
  readonly tookMs: number
}

/** Nobody answered, or not within the time or the size an answer may have. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly exchange: Exchange
  constructor(exchange: Exchange) {
    super(`${exchange.request.method} ${exchange.request.url}: ${exchange.error ?? 'no answer'}`)
    this.exchange = exchange
  }
}

/** @throws {NoAnswer} */
export async function ask(fetch: Fetch, question: Question): Promise<Answer> {
  const { method, url, headers = {}, body, timeoutMs = limits.answerMs } = question
  const request = {
    method,
    url,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body).toString('utf8') }),
  }
  const began = performance.now()
  const hangUp = new AbortController()
  const timer = setTimeout(() => hangUp.abort(), timeoutMs)
  try {
    const response = await fetch(
      new Request(url, {
        method,
        headers,
        redirect: 'manual',
        signal: hangUp.signal,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
      }),
    )
    const text = await readText(response)
    const exchange = {
      request,
      response: { status: response.status, headers: Object.fromEntries(response.headers), body: text },
    }
    return {
      exchange,
      status: response.status,
      headers: response.headers,
      contentType: response.headers.get('content-type') ?? '',
      body: text,
      tookMs: performance.now() - began,
    }
  } catch (cause) {
    throw new NoAnswer({
      request,
      error: hangUp.signal.aborted ? `no answer within ${timeoutMs / 1_000} s` : inWords(cause),
    })
  } finally {
    clearTimeout(timer)
  }
}

/** What was found, with the exchange that shows it; the pointer goes into the exchange. */
export function found(what: string, exchange?: Exchange, pointer?: string): Finding {
  return {
    what,
    ...(pointer === undefined ? {} : { pointer }),
    ...(exchange === undefined ? {} : { exchange: shown(exchange) }),
  }
}

/** The finding an error comes down to; with the exchange, where nobody answered. */
export function foundByError(error: unknown, about = ''): Finding {
  const prefix = about === '' ? '' : `${about}: `
  if (error instanceof NoAnswer) return found(`${prefix}${error.message}`, error.exchange, '/error')
  const what = `${prefix}${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  const exchange = error instanceof Error && 'exchange' in error ? (error.exchange as Exchange | undefined) : undefined
  return exchange === undefined ? { what } : found(what, exchange, '/response/body')
}

/** An adapter whose errors tell of which answer they came: a finding then shows it. */
export function withExchanges(adapter: Adapter): Adapter {
  const telling = <T>(reply: Reply, read: () => T): T => {
    try {
      return read()
    } catch (error) {
      throw error instanceof Error && 'exchange' in reply ? Object.assign(error, { exchange: reply.exchange }) : error
    }
  }
  const { mailbox } = adapter
  return {
    ...adapter,
    decode: (reply) => telling(reply, () => adapter.decode(reply)),
    ...(mailbox === undefined
      ? {}
      : {
          mailbox: {
            encode: (cursor) => mailbox.encode(cursor),
            decode: (reply, cursor) => telling(reply, () => mailbox.decode(reply, cursor)),
          },
        }),
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > limits.answerBytes) throw new Error(`the answer is larger than ${limits.answerBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function inWords(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message
}

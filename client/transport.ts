import type { Prepared } from './request.ts'

/** Sends a request: `fetch`, or what stands in for it. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

/** Time and chance, so that tests can hold both. */
export interface Clock {
  now(): number
  /** Resolves after so long, or as soon as the signal says stop. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 to below 1. */
  random(): number
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const stop = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const timer = setTimeout(stop, ms)
      signal.addEventListener('abort', stop)
    }),
  random: () => Math.random(),
}

/** No answer, or not the whole of it. */
export class Unanswered extends Error {
  readonly why: 'timeout' | 'unreachable' | 'broken-answer'

  constructor(why: Unanswered['why'], cause: unknown) {
    super(why, { cause })
    this.why = why
  }
}

/** What one try needs beside the request. */
export interface Means {
  readonly fetch: Fetch
  readonly clock: Clock
}

/**
 * A watch over one exchange: ends it when the time is over or the caller gives up, and says which it was.
 * Always to be closed, or its timer goes on.
 */
export interface Watch {
  readonly signal: AbortSignal
  /** What comes first: the work, or the end of the exchange. @throws {Unanswered} and the caller's own reason */
  first<T>(work: Promise<T> | T): Promise<T>
  /** Counts the time anew. */
  restart(timeoutMs: number): void
  /** Lets the time be, until it is counted anew. */
  pause(): void
  close(): void
}

export function openWatch(clock: Clock, timeoutMs: number, caller: AbortSignal | undefined): Watch {
  const exchange = new AbortController()
  let timer = new AbortController()
  const give = () => exchange.abort(caller?.reason)
  if (caller?.aborted === true) give()
  else caller?.addEventListener('abort', give)
  const start = (ms: number) => {
    const own = new AbortController()
    timer = own
    void clock.sleep(ms, own.signal).then(() => {
      if (!own.signal.aborted) exchange.abort(new Unanswered('timeout', undefined))
    })
  }
  start(timeoutMs)
  return {
    signal: exchange.signal,
    async first(work) {
      try {
        return await unlessAborted(work, exchange.signal)
      } catch (error) {
        if (caller?.aborted === true) throw caller.reason
        const { reason } = exchange.signal as { reason: unknown }
        if (reason instanceof Unanswered) throw reason
        throw error instanceof Unanswered ? error : new Unanswered('unreachable', error)
      }
    },
    restart(ms) {
      timer.abort()
      start(ms)
    },
    pause: () => timer.abort(),
    close() {
      timer.abort()
      caller?.removeEventListener('abort', give)
      exchange.abort()
    },
  }
}

/** The work, or the signal's reason: also of work that does not heed the signal. Leaves no listener behind. */
function unlessAborted<T>(work: Promise<T> | T, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Sends a prepared request; the answer's body is still to be read. */
export const send = (
  { fetch }: Means,
  { url, method, headers, body }: Prepared,
  signal: AbortSignal,
): Promise<Response> | Response =>
  // A key is not carried to wherever an answer points.
  fetch(url, { method, headers, signal, redirect: 'manual', ...(body === undefined ? {} : { body }) })

/** The whole body. @throws {Unanswered} when it breaks off, or is larger than an answer may be */
export async function readBody(response: Response, watch: Watch, bytesMost: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await watch.first(reader.read())
      if (done) break
      size += value.length
      if (size > bytesMost) throw new Unanswered('broken-answer', new RangeError(`over ${bytesMost} bytes`))
      parts.push(value)
    }
  } catch (error) {
    reader.cancel().catch(() => undefined)
    throw error
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

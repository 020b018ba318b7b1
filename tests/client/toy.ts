import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { Clock } from '../../client/index.ts'

/** A clock that stands still but for the pauses between tries, which pass at once and are noted. */
export interface ToyClock extends Clock {
  /** Pauses that passed, in ms. */
  readonly pauses: number[]
  /** Lets the time of whatever is waited for now be over. */
  expire(): void
  /** Resolves when somebody waits with a time of `ms`. */
  waiting(ms: number): Promise<void>
}

/**
 * @param held times that do not pass by themselves: those of an exchange, not of a pause
 * @param random what chance says, each time
 */
export function toyClock(held: readonly number[], random = 0): ToyClock {
  let now = Date.parse('2026-11-21T01:00:00Z')
  const pauses: number[] = []
  const waits = new Map<() => void, number>()
  const watchers = new Set<() => void>()
  return {
    pauses,
    now: () => now,
    random: () => random,
    async sleep(ms, signal) {
      if (!held.includes(ms)) {
        pauses.push(ms)
        now += ms
        return
      }
      await new Promise<void>((resolve) => {
        const end = () => {
          waits.delete(end)
          resolve()
        }
        waits.set(end, ms)
        if (signal.aborted) end()
        else signal.addEventListener('abort', end, { once: true })
        for (const watcher of watchers) watcher()
      })
    },
    expire() {
      for (const [end, ms] of new Map(waits)) {
        now += ms
        end()
      }
    },
    waiting: (ms) =>
      new Promise((resolve) => {
        const look = () => {
          if (![...waits.values()].includes(ms)) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
  }
}

/** One request a hostile server got. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A server that does with the nth request what the nth step says; the last step goes for all that follow. */
export async function toyServer(
  ...steps: ((response: ServerResponse, request: Seen) => void)[]
): Promise<{ readonly baseUrl: string; readonly seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      seen.push(one)
      steps[Math.min(seen.length, steps.length) - 1]?.(response, one)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** Answers JSON. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

/** Answers a problem document. */
export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(
    status,
    {
      type: `/problems/${code}`,
      title: code,
      status,
      detail: `It is ${code}`,
      instance: '/v1',
      code,
      requestId: 'r-1',
    },
    { ...headers, 'content-type': 'application/problem+json' },
  )

/** Cuts the connection without a word. */
export const cut = (response: ServerResponse): void => void response.destroy()

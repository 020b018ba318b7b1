/**
 * The agencies as msw handlers 拦截式模拟: every request under `baseUrl` is answered by the simulator, without a port.
 *
 *     import { agencies } from 'yuchuang/msw'
 *     const server = setupServer(...agencies({ baseUrl: 'http://agencies.test' }))
 */
import { type HttpHandler, HttpResponse, http } from 'msw/http'
import { issuers } from './issuers.ts'
import { agencies as all } from './registry.ts'
import { createSimulator, type Simulator, type SimulatorOptions } from './server.ts'
import { ConnectionReset } from './simulator/connection.ts'
import { runOf } from './simulator/world.ts'

export interface AgenciesOptions extends Partial<SimulatorOptions> {
  /** Where the agencies seem to live, e.g. `http://agencies.test`. */
  readonly baseUrl: string
  /** Hand in your own to keep hold of its clock and journal; all other options are then its own. */
  readonly simulator?: Simulator
}

/**
 * A simulator for tests: all agencies and issuers, its clock frozen, and with a seed and a start the same bytes in every run.
 * Documents are pushed with the global `fetch`, so that other handlers of the same test see them.
 */
export function createTestSimulator(options: Partial<SimulatorOptions> = {}): Simulator {
  const { seed } = options
  return createSimulator({
    agencies: all,
    issuers,
    callbackUrl: 'http://gateway.test',
    mode: 'frozen',
    ...(seed === undefined ? {} : { run: runOf(seed) }),
    fetch: async (url, request) => fetch(url, request),
    ...options,
  })
}

export function agencies({ baseUrl, simulator, ...options }: AgenciesOptions): HttpHandler[] {
  const { app } = simulator ?? createTestSimulator(options)
  const base = baseUrl.replace(/\/+$/, '')
  return [
    http.all(`${base}/*`, async ({ request }) => {
      try {
        return await app.fetch(new Request(`http://simulator${request.url.slice(base.length)}`, request))
      } catch (error) {
        // A connection torn down is a failed fetch to the caller, not an answer.
        if (error instanceof ConnectionReset) return torn()
        throw error
      }
    }),
  ]
}

/**
 * A network error as msw knows one. Servers like @hono/node-server put a `Response` of their own in the place of Node's: what
 * `Response.error()` gives is then no instance of it, and msw would send it as an answer with status 0.
 */
function torn(): Response {
  const error = HttpResponse.error()
  if (error instanceof Response) return error
  const said = {
    type: 'error',
    status: 0,
    statusText: '',
    ok: false,
    url: '',
    body: null,
    bodyUsed: false,
    headers: new Headers(),
  }
  return Object.create(Response.prototype, Object.getOwnPropertyDescriptors(said))
}

/** The agencies as msw handlers 拦截式模拟: every request under `baseUrl` is answered by the simulator, without a port. */
import { type HttpHandler, HttpResponse, http } from 'msw/http'
import { issuers } from './issuers.ts'
import { agencies as all } from './registry.ts'
import { createSimulator, type Simulator } from './server.ts'
import { ConnectionReset } from './simulator/connection.ts'

export interface AgenciesOptions {
  /** Where the agencies seem to live, e.g. `http://simulator.test`. */
  readonly baseUrl: string
  /** Hand in your own to see its clock and journal, or to have documents pushed somewhere. */
  readonly simulator?: Simulator
}

export function agencies({ baseUrl, simulator }: AgenciesOptions): HttpHandler[] {
  const { app } = simulator ?? createSimulator({ agencies: all, issuers, callbackUrl: 'http://127.0.0.1:8080' })
  return [
    http.all(`${baseUrl}/*`, async ({ request }) => {
      try {
        return await app.fetch(new Request(`http://simulator${request.url.slice(baseUrl.length)}`, request))
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

/** The customer's connection 连接: reading what comes in up to a limit, and answering, stalling or tearing it down as a fault asks. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Answered, Served } from './exchange.ts'
import { limits } from './limits.ts'
import { pause, type Timers } from './timers.ts'

/** Over a real port the socket comes along; under `app.request()` and msw there is none. */
export type Env = { Bindings: Partial<HttpBindings> }

/** The connection was torn down without an answer; thrown only where there is no socket to tear down. */
export class ConnectionReset extends Error {
  readonly code = 'ECONNRESET'
  constructor() {
    super('the simulator tore the connection down')
    this.name = 'ConnectionReset'
  }
}

/** Reads a request's body; undefined when it is larger than the simulator takes. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.requestBytes) return undefined
  if (request.headers.has('content-length')) return new Uint8Array(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > limits.requestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Gives the answer of an exchange the way its fault wants it. */
export async function conclude(
  c: Context<Env>,
  { answer, ending }: Served,
  timers: Timers,
  closing: AbortSignal,
): Promise<Response> {
  const ends = [c.req.raw.signal, closing]
  if (ending === 'SLOW') await pause(timers, limits.slowReplyMs, ends)
  if (ending === 'TIMEOUT') await pause(timers, limits.timeoutHoldMs, ends)
  if (ending === 'TIMEOUT' || ending === 'RESET') return hangUp(c)
  return respond(answer)
}

function respond({ status, headers, body }: Answered): Response {
  return new Response(body.length === 0 ? null : body, {
    status,
    headers: headers.map(([name, value]) => [name, value]),
  })
}

function hangUp(c: Context<Env>): Response {
  const socket = c.env?.incoming?.socket
  if (socket === undefined) throw new ConnectionReset()
  socket.resetAndDestroy()
  // Tells the server that there is nothing left for it to write.
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
}

/** The customer's connection 连接: reading what comes in up to a limit, and answering, stalling or tearing it down as a fault asks. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Answered, Served } from './exchange.ts'
import { limits } from './limits.ts'
import { pause, type Timers } from './timers.ts'

/** Over a real port the socket comes along; under `app.request()` and msw there is none. */
export type Env = { Bindings: Partial<HttpBindings> & { /** Named in the path. */ session?: string } }

/** The connection was torn down without an answer; thrown only where there is no socket to tear down. */
export class ConnectionReset extends Error {
  readonly code = 'ECONNRESET'
  constructor() {
    super('the simulator tore the connection down')
    this.name = 'ConnectionReset'
  }
}

const none = new Uint8Array()

/** Reads a request's body, where it can have one; undefined when it is larger than the simulator takes. */
export function readBody(request: Request): Uint8Array | Promise<Uint8Array | undefined> {
  // A server makes the parts of a request when they are first asked for: of one without a body none are.
  return request.method === 'GET' || request.method === 'HEAD' ? none : readChunks(request)
}

async function readChunks(request: Request): Promise<Uint8Array | undefined> {
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
  { answer, ending, delayMs }: Served,
  timers: Timers,
  closing: AbortController,
): Promise<Response> {
  if (ending === undefined && delayMs === 0) return respond(answer)
  const ends = [c.req.raw.signal, closing.signal]
  const { how, delayMs: kept = 0 } = ending ?? {}
  const held = delayMs + kept + (how?.fault === 'TIMEOUT' ? how.holdMs : 0)
  if (held > 0) await pause(timers, held, ends)
  switch (how?.fault) {
    case 'TIMEOUT':
    case 'RESET':
      return hangUp(c)
    case 'TRUNCATED':
      return truncated(c, answer)
    case 'DRIBBLE':
      return respond(answer, dribbled(answer.body, how.bytesPerSecond, timers, ends))
    default:
      return respond(answer)
  }
}

function respond(
  { status, headers, body }: Answered,
  sent: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> = body,
): Response {
  return new Response(body.length === 0 ? null : sent, { status, headers: fieldsOf(headers) })
}

/** As a record, which a server writes as it is, unless a name stands twice. */
function fieldsOf(headers: Answered['headers']): Record<string, string> | [string, string][] {
  const fields: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (Object.hasOwn(fields, key)) return headers.map(([one, said]) => [one, said])
    fields[key] = value
  }
  return fields
}

/** Announces the whole length and gives half. A body without a middle is not given at all. */
function truncated(c: Context<Env>, answer: Answered): Response {
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2))
  if (half.length === 0) return hangUp(c)
  const outgoing = c.env?.outgoing
  if (outgoing === undefined || !('socket' in outgoing)) {
    const headers = [...answer.headers, ['content-length', String(answer.body.length)] as const]
    return respond({ ...answer, headers }, broken(half))
  }
  outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': answer.body.length })
  // What is still on its way when a socket is destroyed is lost: it ends once the half has left.
  outgoing.write(half, () => outgoing.socket?.destroy())
  return alreadySent()
}

/** A body that breaks off, where there is no socket to break. */
function broken(body: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let given = false
  return new ReadableStream({
    pull(controller) {
      if (given) controller.error(new ConnectionReset())
      else controller.enqueue(body)
      given = true
    },
  })
}

/** A body in small pieces, one at a time as it is read; when somebody ends it, it breaks off. */
function dribbled(
  body: Uint8Array<ArrayBuffer>,
  bytesPerSecond: number,
  timers: Timers,
  ends: readonly AbortSignal[],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bySecond = Math.ceil(bytesPerSecond / limits.dribblePiecesPerSecond)
  const size = Math.max(bySecond, Math.ceil(body.length / limits.dribblePieces))
  let from = 0
  return new ReadableStream(
    {
      async pull(controller) {
        if (from > 0) await pause(timers, (size / bytesPerSecond) * 1_000, ends)
        if (ends.some(({ aborted }) => aborted)) return controller.error(new ConnectionReset())
        controller.enqueue(body.subarray(from, from + size))
        from += size
        if (from >= body.length) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

function hangUp(c: Context<Env>): Response {
  const socket = c.env?.incoming?.socket
  if (socket === undefined) throw new ConnectionReset()
  socket.resetAndDestroy()
  return alreadySent()
}

/**
 * Tells the server that there is nothing left for it to write. A clone, because the server puts a Response of its own in the place
 * of Node's and writes that without looking for the mark; its clone is one of Node's.
 */
const alreadySent = () => new Response(null, { headers: { 'x-hono-already-sent': 'true' } }).clone()

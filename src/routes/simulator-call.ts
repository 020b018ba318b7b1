import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'

/** The header that names a session of the simulator 会话. */
export const sessionHeader = 'x-sim-session'

/** Where the simulator takes orders, and the session a gateway files in when its address names one. */
export interface SimulatorPlace {
  readonly url: string
  readonly session: string
}

/** @throws {Problem} unavailable, where none runs */
export function placeOf({ simulatorUrl }: Pick<Services, 'simulatorUrl'>): SimulatorPlace {
  if (simulatorUrl === undefined)
    throw new Problem('unavailable', {
      detail: { en: 'No simulator runs behind this gateway', zh: '本网关未连接模拟器' },
    })
  const [, base = '', session = 'default'] = /^(.*?)(?:\/sessions\/([^/]+))?\/*$/.exec(simulatorUrl) ?? []
  return { url: base, session }
}

export interface Order {
  readonly method: string
  /** Below the simulator's address, with its query. */
  readonly path: string
  readonly session?: string | undefined
  readonly key?: string | undefined
  readonly body?: string | undefined
  readonly contentType?: string | undefined
  readonly timeoutMs: number
}
export interface Told {
  readonly status: number
  readonly contentType: string | undefined
  readonly location: string | undefined
  readonly body: Uint8Array<ArrayBuffer>
}

/** Asks the simulator once: what it did not answer is not asked again, it may have been done. @throws {Problem} unavailable */
export async function callSimulator({ url }: SimulatorPlace, order: Order): Promise<Told> {
  const { method, path, session, key, body, contentType, timeoutMs } = order
  // Taken with the first order: most gateways never give one.
  const { request } = await import('undici')
  try {
    const answer = await request(`${url}${path}`, {
      method,
      headers: {
        ...(session === undefined ? {} : { [sessionHeader]: session }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const { 'content-type': type, location } = answer.headers
    return {
      status: answer.statusCode,
      contentType: type?.toString(),
      location: location?.toString(),
      body: await bytesOf(answer.body),
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem('unavailable', { detail: { en: 'The simulator does not answer', zh: '模拟器没有应答' }, cause })
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > limits.simulatorAnswerBytes)
      throw new Problem('unavailable', {
        detail: {
          en: `The simulator’s answer has more than ${limits.simulatorAnswerBytes} bytes: ask for less`,
          zh: `模拟器的应答超过 ${limits.simulatorAnswerBytes} 字节，请缩小查询范围`,
        },
      })
    chunks.push(chunk)
  }
  return Uint8Array.from(Buffer.concat(chunks))
}

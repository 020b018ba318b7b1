/**
 * Recording a real endpoint 录制: while it is on, requests to an agency go to the endpoint and its answers come back unchanged;
 * what is kept of them is masked, and bounded. `recorder-script.ts` makes scripts of it.
 */
import type { Answered, Asked } from './exchange.ts'
import { limits } from './limits.ts'
import { ask, type Failure, type Forward, forwardByUndici } from './recorder-forward.ts'
import { createMask, type Exchange, missing } from './recorder-mask.ts'
import type { RecordingOrder } from './recorder-order.ts'
import { problemText, problemType } from './refusal.ts'
import { realTimers, type Timers } from './timers.ts'

/** One side of an exchange, masked. */
export interface RecordedMessage {
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** Why the body is not here. */
  readonly missing?: string
}

export interface RecordedExchange {
  /** Its place among the requests, from 1. */
  readonly number: number
  /** Real time it was asked. */
  readonly askedAt: string
  readonly method: string
  /** Inside the agency, with the query. */
  readonly path: string
  readonly request: RecordedMessage
  /** Absent when there was none. */
  readonly answer?: RecordedMessage & { readonly status: number }
  /** Why there was no answer. */
  readonly error?: Failure
}

export interface Recording {
  readonly agency: string
  readonly target: string
  /** In the order they were asked. */
  readonly exchanges: readonly RecordedExchange[]
  /** How many exchanges found no more room; they were served all the same. */
  readonly leftOut: number
}

export interface RecordingState {
  readonly agency: string
  readonly target: string
  /** Whether requests still go to the endpoint. */
  readonly on: boolean
  readonly exchanges: number
  readonly leftOut: number
}

/** The endpoint's answer for the customer, and the exchange as anybody else may keep it. */
export interface RecordedAnswer extends Answered {
  readonly masked: Exchange
}

export interface Recorder {
  /** Begins a recording, in place of the agency's last. */
  start(order: RecordingOrder): void
  /** Whether requests to the agency go to an endpoint. */
  records(agency: string): boolean
  /** Asks the endpoint; where it gives no answer, the answer is a problem: 502, 504, 508. */
  serve(agency: string, asked: Asked): Promise<RecordedAnswer>
  /** From now on the agency itself is asked again; what was recorded stays. */
  stop(agency: string): boolean
  list(): readonly RecordingState[]
  recording(agency: string): Recording | undefined
  /** Stops and forgets a recording. */
  remove(agency: string): boolean
  /** Gives up whatever is being asked. */
  close(): void
}

interface Tape {
  readonly order: RecordingOrder
  readonly mask: ReturnType<typeof createMask>
  readonly exchanges: RecordedExchange[]
  on: boolean
  asked: number
  bytes: number
  leftOut: number
}

export interface RecorderOptions {
  readonly timers?: Timers
  readonly forward?: Forward
}

export function createRecorder({ timers = realTimers, forward = forwardByUndici }: RecorderOptions = {}): Recorder {
  const tapes = new Map<string, Tape>()
  const stopping = new AbortController()

  return {
    start(order) {
      const mask = createMask(order.mask)
      tapes.set(order.agency, { order, mask, exchanges: [], on: true, asked: 0, bytes: 0, leftOut: 0 })
    },
    records: (agency) => tapes.get(agency)?.on === true,
    async serve(agency, asked) {
      const tape = tapes.get(agency)
      if (tape === undefined) throw new Error(`nothing is recorded of ${agency}`)
      tape.asked += 1
      const [number, askedAt] = [tape.asked, new Date(timers.now()).toISOString()]
      const got = await ask({ forward, timers, stopping: stopping.signal }, tape.order.target, asked)
      const answer = typeof got === 'string' ? failed(got) : got
      const masked = tape.mask({ asked, answer })
      keep(tape, {
        number,
        askedAt,
        method: asked.method,
        path: masked.asked.path,
        request: messageOf(masked.asked, asked.body),
        ...(typeof got === 'string'
          ? { error: got }
          : { answer: { status: got.status, ...messageOf(masked.answer, got.body) } }),
      })
      return { ...answer, masked }
    },
    stop(agency) {
      const tape = tapes.get(agency)
      if (tape === undefined) return false
      tape.on = false
      return true
    },
    list: () =>
      [...tapes.values()].map(({ order: { agency, target }, on, exchanges, leftOut }) => ({
        agency,
        target,
        on,
        exchanges: exchanges.length,
        leftOut,
      })),
    recording(agency) {
      const tape = tapes.get(agency)
      if (tape === undefined) return undefined
      const exchanges = tape.exchanges.toSorted((a, b) => a.number - b.number)
      return { agency, target: tape.order.target, exchanges, leftOut: tape.leftOut }
    },
    remove: (agency) => tapes.delete(agency),
    close: () => stopping.abort(),
  }
}

function keep(tape: Tape, exchange: RecordedExchange): void {
  const bytes = 2 * JSON.stringify(exchange).length
  if (tape.exchanges.length >= limits.recordingExchanges || tape.bytes + bytes > limits.recordingBytes) {
    tape.leftOut += 1
    return
  }
  tape.bytes += bytes
  tape.exchanges.push(exchange)
}

function messageOf({ headers, body }: Pick<Asked, 'headers' | 'body'>, clear: Uint8Array): RecordedMessage {
  const gap = missing(clear)
  if (gap !== undefined) return { headers, body: '', missing: gap }
  return { headers, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') }
}

const failures: { readonly [failure in Failure]: { status: number; en: string; zh: string } } = {
  timeout: {
    status: 504,
    en: `The recorded endpoint gave no answer in ${limits.recordingTimeoutMs / 1_000} s`,
    zh: `被录制的端点在 ${limits.recordingTimeoutMs / 1_000} 秒内没有应答`,
  },
  unreachable: {
    status: 502,
    en: 'The recorded endpoint could not be reached, or its answer was none',
    zh: '无法连接被录制的端点，或其应答无效',
  },
  'too-large': {
    status: 502,
    en: `The recorded endpoint’s answer has more than ${limits.requestBytes} bytes`,
    zh: `被录制端点的应答超过 ${limits.requestBytes} 字节`,
  },
  loop: {
    status: 508,
    en: 'The recorded endpoint is this agency itself',
    zh: '被录制的端点就是本机构自身',
  },
  outside: {
    status: 400,
    en: 'The path leads out of what is recorded',
    zh: '该路径不在录制范围内',
  },
}

function failed(failure: Failure): Answered {
  const { status, ...said } = failures[failure]
  return {
    status,
    headers: [['content-type', problemType]],
    body: Uint8Array.from(Buffer.from(problemText(status, `recording-${failure}`, said))),
  }
}

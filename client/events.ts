import { createParser } from 'eventsource-parser'
import type * as z from 'zod'
import type { eventAnswer } from '../schemas/answers.ts'
import { rest } from './call.ts'
import { type Asked, ProblemError, refusalOf, UnknownOutcomeError } from './errors.ts'
import { limits } from './limits.ts'
import type { Prepared } from './request.ts'
import { invitesRetry, pauseMs } from './retry.ts'
import { type Means, openWatch, readBody, send, Unanswered, type Watch } from './transport.ts'

/** Something that happened 事件, as a CloudEvent 1.0. */
export type GatewayEvent = z.output<typeof eventAnswer>

/** How a stream is followed. */
export interface FollowOptions {
  /** Number of the last event that was seen; none: from the beginning. */
  readonly after?: number
  readonly signal?: AbortSignal
}

/** An event with its number in the stream: hand it in as `after` to go on from there another day. */
export interface NumberedEvent {
  readonly number: number
  readonly event: GatewayEvent
}

/** Where a stream stands over all its connections. */
interface Progress {
  last: number
  /** Connections in a row that ended without a word. */
  cuts: number
  /** Pause the gateway asked for before coming again. */
  retryMs: number | undefined
}

/**
 * Follows a stream of events without end: comes again after each cut where it broke off, so that none is missed and none told twice.
 * @throws {ProblemError} the gateway does not let us
 * @throws {UnknownOutcomeError} it could not be reached so many times in a row
 */
export async function* followEvents(
  name: string,
  request: Prepared,
  means: Means,
  { after = 0, signal }: FollowOptions,
): AsyncGenerator<NumberedEvent, never, undefined> {
  const progress: Progress = { last: after, cuts: 0, retryMs: undefined }
  const asked: Asked = { operation: name, method: request.method, url: request.url, idempotencyKey: undefined }
  for (;;) {
    signal?.throwIfAborted()
    const watch = openWatch(means.clock, limits.silenceMs, signal)
    let pausedMs: number | undefined
    let failure: Unanswered | undefined
    try {
      const headers = { ...request.headers, accept: 'text/event-stream', 'last-event-id': String(progress.last) }
      const response = await watch.first(send(means, { ...request, headers }, watch.signal))
      if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream') === true)
        yield* readStream(response, watch, progress)
      else pausedMs = await refused(asked, response, watch, means)
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      failure = error
    } finally {
      watch.close()
    }
    progress.cuts += 1
    if (progress.cuts > limits.cutsInARow)
      throw new UnknownOutcomeError(asked, failure?.why ?? 'unreachable', progress.cuts, failure?.cause)
    await rest(
      means,
      pauseMs(progress.cuts, pausedMs ?? progress.retryMs, () => means.clock.random()),
      signal,
    )
  }
}

/** The pause asked for by a refusal that will pass. @throws {ProblemError} one that will not */
async function refused(asked: Asked, response: Response, watch: Watch, { clock }: Means): Promise<number | undefined> {
  const text = new TextDecoder().decode(await readBody(response, watch, limits.answerBytes))
  const refusal = refusalOf(response.status, response.headers, text, clock.now())
  if (!invitesRetry(refusal, true)) throw new ProblemError(asked, refusal, false)
  return refusal.retryAfterMs
}

/** The events of one connection. What broke off half is not told: it comes whole with the next. */
async function* readStream(
  response: Response,
  watch: Watch,
  progress: Progress,
): AsyncGenerator<NumberedEvent, void, undefined> {
  const told: { id: string; data: string }[] = []
  let broken: Error | undefined
  const parser = createParser({
    onEvent: ({ id, data }) => void told.push({ id: id ?? '', data }),
    onComment: () => {
      // A heartbeat: the stream is quiet, not dead.
      progress.cuts = 0
    },
    onRetry: (ms) => {
      progress.retryMs = Math.min(ms, limits.backoffMostMs)
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') broken = error
    },
    maxBufferSize: limits.eventCharacters,
  })
  const reader = response.body?.getReader()
  if (reader === undefined) return
  const decoder = new TextDecoder()
  try {
    for (;;) {
      watch.restart(limits.silenceMs)
      const { done, value } = await watch.first(reader.read())
      // However long the events take whoever reads them: that is no silence of the gateway.
      watch.pause()
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      if (broken !== undefined) throw new Unanswered('broken-answer', broken)
      for (const { id, data } of told.splice(0)) {
        const number = /^\d{1,15}$/.test(id) ? Number(id) : undefined
        if (number === undefined) throw new Unanswered('broken-answer', new Error(`An event without a number: ${id}`))
        if (number <= progress.last) continue
        const event = eventOf(data)
        progress.last = number
        progress.cuts = 0
        yield { number, event }
      }
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

function eventOf(data: string): GatewayEvent {
  try {
    return JSON.parse(data) as GatewayEvent
  } catch (cause) {
    throw new Unanswered('broken-answer', cause)
  }
}

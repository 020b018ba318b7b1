import { type Asked, ProblemError, type Refusal, refusalOf, UnknownOutcomeError } from './errors.ts'
import { limits } from './limits.ts'
import type { Answer, CallOptions } from './operation.ts'
import type { Prepared } from './request.ts'
import { invitesRetry, mayBeDoneAfter, mayRepeat, pauseMs } from './retry.ts'
import { type Means, openWatch, readBody, send, Unanswered } from './transport.ts'

/** Patience of a client: how long for one try, how many of them. */
export interface Patience {
  readonly timeoutMs: number
  readonly retries: number
}

/** What one try came to. */
type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer<number, unknown> }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unanswered'; readonly error: Unanswered }

/**
 * Sends a request until it is answered, as often as that has no second effect and the patience lasts.
 * @throws {ProblemError} the gateway said no
 * @throws {UnknownOutcomeError} it said nothing
 */
export async function call(
  name: string,
  request: Prepared,
  means: Means,
  patience: Patience,
  options: CallOptions,
): Promise<Answer<number, unknown>> {
  const { clock } = means
  const asked: Asked = {
    operation: name,
    method: request.method,
    url: request.url,
    idempotencyKey: request.idempotencyKey,
  }
  const repeatable = mayRepeat(request, options)
  const triesMost = 1 + (options.retries ?? patience.retries)
  const timeoutMs = (options.timeoutMs ?? patience.timeoutMs) + request.waitMs
  const end = clock.now() + Math.max(limits.totalMs, timeoutMs)
  let mayBeDone = false
  for (let tries = 1; ; tries++) {
    const left = end - clock.now()
    const outcome = await tryOnce(request, means, Math.min(timeoutMs, Math.max(1, left)), options.signal)
    if (outcome.kind === 'answered') return outcome.answer
    const refusal = outcome.kind === 'refused' ? outcome.refusal : undefined
    mayBeDone ||= request.method !== 'GET' && (refusal === undefined || mayBeDoneAfter(refusal))
    const again = refusal === undefined ? repeatable : invitesRetry(refusal, repeatable)
    const pause = pauseMs(tries, refusal?.retryAfterMs, () => clock.random())
    if (!again || tries >= triesMost || clock.now() + pause >= end) {
      if (outcome.kind === 'refused') throw new ProblemError(asked, outcome.refusal, mayBeDone)
      throw new UnknownOutcomeError(asked, outcome.error.why, tries, outcome.error.cause)
    }
    await rest(means, pause, options.signal)
  }
}

/** A pause, which ends at once when the caller gives up: the next try then says so. */
export const rest = ({ clock }: Means, ms: number, signal: AbortSignal | undefined): Promise<void> =>
  clock.sleep(ms, signal ?? new AbortController().signal)

async function tryOnce(
  request: Prepared,
  means: Means,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  signal?.throwIfAborted()
  const watch = openWatch(means.clock, timeoutMs, signal)
  try {
    const response = await watch.first(send(means, request, watch.signal))
    const bytes = await readBody(response, watch, limits.answerBytes)
    const { status, headers } = response
    if (!response.ok && status !== 304)
      return { kind: 'refused', refusal: refusalOf(status, headers, textOf(bytes), means.clock.now()) }
    return { kind: 'answered', answer: answerOf(status, headers, bytes) }
  } catch (error) {
    if (error instanceof Unanswered) return { kind: 'unanswered', error }
    throw error
  } finally {
    watch.close()
  }
}

const answerOf = (status: number, headers: Headers, bytes: Uint8Array): Answer<number, unknown> => ({
  status,
  body: bodyOf(status, headers.get('content-type') ?? '', bytes),
  etag: headers.get('etag') ?? undefined,
  location: headers.get('location') ?? undefined,
  requestId: headers.get('request-id') ?? undefined,
  replayed: headers.get('idempotent-replayed') === 'true',
})

/** JSON as what it says, other texts as text, the rest as bytes. @throws {Unanswered} JSON that is none: it broke off */
function bodyOf(status: number, contentType: string, bytes: Uint8Array): unknown {
  if (status === 204 || status === 304) return undefined
  const mediaType = contentType.toLowerCase().split(';')[0]?.trim() ?? ''
  if (/[/+]json$/.test(mediaType)) {
    try {
      return JSON.parse(textOf(bytes)) as unknown
    } catch (cause) {
      throw new Unanswered('broken-answer', cause)
    }
  }
  return /^text\/|[/+]xml$|\/x-ndjson$/.test(mediaType) ? textOf(bytes) : bytes
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

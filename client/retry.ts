import type { Refusal } from './errors.ts'
import { limits } from './limits.ts'
import type { CallOptions } from './operation.ts'
import type { Prepared } from './request.ts'

/** Statuses that say the request was not worked on: any request may be sent again. */
const notTaken = new Set([408, 425, 429])
/** Statuses of something between us and the gateway, or of a gateway that cannot now: it may have been done all the same. */
const perhapsTaken = new Set([502, 503, 504])

/** Whether doing it twice has no second effect: by HTTP (RFC 9110 §9.2.2), by a key, or because the state must still be the one named. */
export function mayRepeat({ method, headers, idempotencyKey }: Prepared, { repeatable }: CallOptions): boolean {
  const state = headers['if-match']
  return (
    repeatable === true ||
    method === 'GET' ||
    method === 'PUT' ||
    method === 'DELETE' ||
    idempotencyKey !== undefined ||
    (state !== undefined && state !== '*')
  )
}

/**
 * Whether an answer invites another try. A conflict does where it says when: the request with the same Idempotency-Key is still being
 * worked on, and its answer will be there then.
 */
export const invitesRetry = ({ status, retryAfterMs }: Refusal, repeatable: boolean): boolean =>
  notTaken.has(status) || (repeatable && (perhapsTaken.has(status) || (status === 409 && retryAfterMs !== undefined)))

/** Whether the request may have been carried out although this is what came back. */
export const mayBeDoneAfter = ({ status }: Refusal): boolean => status >= 500

/**
 * Pause before the next try: what the gateway asks for, else drawn evenly from a bound that doubles (full jitter), so that many
 * who were cut off together do not come back together.
 * @param tries how many there were
 */
export function pauseMs(tries: number, askedMs: number | undefined, random: () => number): number {
  const bound = Math.min(limits.backoffMostMs, limits.backoffMs * 2 ** (tries - 1))
  const drawn = random() * bound
  return askedMs === undefined ? drawn : askedMs + Math.min(drawn, limits.backoffMs)
}

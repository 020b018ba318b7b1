import type { Reply, WireMessage } from '../../adapters/adapter.ts'
import { Unintelligible } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { limits } from '../limits.ts'
import { Unreachable } from '../transport/transport.ts'
import type { InboundMessage } from './record.ts'

/** How one call to an agency went. */
export type Exchange =
  /** It answered in its own language. */
  | { readonly kind: 'answered'; readonly message: InboundMessage; readonly receipts: Receipt[] }
  /** It did not, or not so that it could be understood. `unknown`: it may have what we sent. */
  | {
      readonly kind: 'failed'
      readonly message: InboundMessage
      readonly unknown: boolean
      readonly error: string
      readonly retryAfterMs?: number
    }

/** Statuses that say the request was not taken up: sending it again is safe. */
const notTaken = new Set([429, 503])

/** Calls an agency and reads its answer. Never throws for what the agency or the network does. */
export async function exchange(
  call: () => Promise<Reply & { readonly retryAfterMs?: number }>,
  decode: (reply: Reply) => Receipt[],
  wire: WireMessage,
  kind: 'answer' | 'inquiry',
): Promise<Exchange> {
  const about = { kind, method: wire.method, path: wire.path } as const
  let reply: Reply & { readonly retryAfterMs?: number }
  try {
    reply = await call()
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return {
      kind: 'failed',
      message: { ...about, error: error.message },
      unknown: error.arrived === 'unknown',
      error: error.message,
    }
  }
  const message = { ...about, status: reply.status, contentType: reply.contentType, body: reply.body }
  const wait = reply.retryAfterMs === undefined ? {} : { retryAfterMs: reply.retryAfterMs }
  if (reply.status >= 500 || notTaken.has(reply.status)) {
    const error = `HTTP ${reply.status}`
    return { kind: 'failed', message: { ...message, error }, unknown: !notTaken.has(reply.status), error, ...wait }
  }
  try {
    return { kind: 'answered', message, receipts: decode(reply) }
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    // The bytes are kept. Whether the agency took the submission is not known: ask.
    return {
      kind: 'failed',
      message: { ...message, error: error.message },
      unknown: true,
      error: `Unintelligible: ${error.message}`,
      ...wait,
    }
  }
}

/** When to try again: doubling, with full jitter above the half, bounded. @param tries made so far, from 1 */
export function backoffMs(tries: number, random: () => number): number {
  const most = Math.min(limits.backoffMostMs, limits.backoffFirstMs * 2 ** Math.min(tries - 1, 20))
  return Math.round(most / 2 + (random() * most) / 2)
}

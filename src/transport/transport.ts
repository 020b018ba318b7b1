import type { Reply, WireMessage } from '../../adapters/adapter.ts'

/** Carries a message to an agency and its answer back. */
export interface Transport {
  /** @throws {Unreachable} no answer: `arrived` says whether the agency may have the message all the same */
  call(agency: string, message: WireMessage, trace: Trace): Promise<Reply & { readonly retryAfterMs?: number }>
  close(): Promise<void>
}

/** What makes a call traceable at the other side. */
export interface Trace {
  readonly traceparent?: string
  /** Our own number of the message: agencies that look at it can tell a repetition. */
  readonly messageId?: string
}

/** An agency could not be reached, or did not answer. Its operator's or the network's matter: tried again, bounded. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  /** `no`: not a byte arrived. `unknown`: it may have arrived; ask before sending again. */
  readonly arrived: 'no' | 'unknown'
  constructor(message: string, arrived: 'no' | 'unknown', options?: ErrorOptions) {
    super(message, options)
    this.arrived = arrived
  }
}

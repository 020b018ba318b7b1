import type { Hono } from 'hono'
import type { Text } from '../schemas/text.ts'

/** One row of the table that decides what an agency does with a submission. */
export interface Outcome {
  /** Magic value in the sender's reference: `-<letter>.<magic>` anywhere in it, e.g. `EV1121-C.INSPECT`. */
  readonly magic: string
  /** Which procedure the row belongs to (the gateway's word: `declare`, `dangerous-cargo` …). */
  readonly procedure: string
  /** What a caller will see, for the table at `/v1/simulator/outcomes`. */
  readonly does: Text
}

/** A document on its way from the agency to its customer. */
export interface Outgoing {
  readonly name: string
  readonly contentType: string
  readonly body: string
}

/** What lies in a polled agency's mailbox. `sequence` starts at 1 and never repeats. */
export interface Posted extends Outgoing {
  readonly sequence: number
}

/**
 * What the simulator gives an agency to work with. An agency touches neither the wall clock, nor chance, nor the network:
 * everything it does is a function of the requests it got, this desk's clock and this desk's seed, so that replaying the
 * journal rebuilds its memory exactly.
 */
export interface Desk {
  /** The agency's clock, epoch milliseconds. */
  now(): number
  /** What that showed when the agency's world began. */
  readonly began: number
  /**
   * Does `act` when the agency's clock has moved on by `delayMs`; equal times in the order they were asked for. Never plan
   * the next of an endless series: a clock that jumps to what is due would run away with it.
   */
  after(delayMs: number, act: () => void): void
  /** A number in [0, 1) that depends on the seed, the agency and `key` alone. */
  draw(key: string): number
  /**
   * Sends a document to the customer: pushed (signed, retried until acknowledged) or posted into the mailbox, as the agency
   * declares in `replies`. `reference` is the customer's own reference of the submission it answers: faults are chosen by it.
   */
  send(reference: string, document: Outgoing): void
  /**
   * Mailbox content after a sequence number, oldest first; empty for agencies that push. A request that only looks here and
   * finds nothing new is not kept for the replay: it must leave the agency as it was.
   */
  posted(after: number, limit: number): readonly Posted[]
  /**
   * The magic values that choose what the agency does with a reference of the sender: those in the reference itself, and
   * those wished for by header or script with the exchange that brought it. `asked('EV1-C.INSPECT')` is `['INSPECT']`.
   */
  asked(reference: string): readonly string[]
  /** Notes an effect the agency's world now has (declared, permit issued, paid …): what a duplicate must not repeat. */
  effect(reference: string, what: string): void
}

/**
 * What an agency would send were it not what its specification says it is today: written from the specification, for faults
 * that ask for it. Each gives a document of its own; what it was given stays as it was.
 */
export interface Variants {
  /** The document with a status code that the specification does not have. */
  unknownCode(document: Outgoing): Outgoing
  /** The document in the schema of the version before. */
  older(document: Outgoing): Outgoing
  /** The document in the schema of a version to come. */
  newer(document: Outgoing): Outgoing
  /** What is answered to whatever is asked while the agency is under maintenance. @param until simulated, epoch milliseconds */
  maintenance(until: number): Omit<Outgoing, 'name'>
}

/** A mock agency: a plain value. `open` gives a fresh office with no memory. */
export interface Agency {
  /** One word, the same in folder, URL and database. */
  readonly id: string
  /** The letter that starts this agency's magic values. */
  readonly letter: string
  readonly name: Text
  readonly replies: 'pushed' | 'polled'
  readonly outcomes: readonly Outcome[]
  /** Absent where it sends no documents of its own accord and has no notice of maintenance of its own. */
  readonly variants?: Variants
  /**
   * Opened when somebody first comes to it in a session, an issuer when the session begins. An agency neither looks at the clock nor
   * plans, sends or effects anything while it opens: when that is depends on who comes.
   */
  open(desk: Desk): Hono
}

/** The magic values meant for one agency in a sender's reference: `magicOf('EV1-C.INSPECT-T.DOUBT', 'C')` is `['INSPECT']`. */
export function magicOf(reference: string, letter: string): string[] {
  return [...reference.matchAll(/-([A-Z])\.([A-Z0-9]+)/g)].flatMap(([, who, what]) =>
    who === letter && what !== undefined ? [what] : [],
  )
}

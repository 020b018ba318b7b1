/** An agency's desk 办公桌: everything a mock agency may touch, and a note of what it touched. */
import { createHash } from 'node:crypto'
import type { Agency, Desk } from '../agency.ts'
import type { Clock } from './clock.ts'
import type { Journal } from './journal.ts'
import type { Post } from './post.ts'

/** What an agency did since the last exchange began: tells a look into an empty mailbox from an exchange worth keeping. */
export interface Touched {
  /** It looked into its mailbox. */
  looked: boolean
  /** It found something there that nobody had fetched. */
  fetched: boolean
  /** It planned, sent or effected something. */
  acted: boolean
  /** The references of what it sent and effected. */
  references: Set<string>
}

export interface DeskOptions {
  readonly agency: Agency
  readonly seed: string
  /** Simulated, epoch milliseconds. */
  readonly began: number
  readonly clock: Clock
  readonly post: Post
  readonly journal: Journal
  /** The outcomes asked of this agency for a reference. */
  readonly asked: (reference: string) => readonly string[]
}

export function untouched(): Touched {
  return { looked: false, fetched: false, acted: false, references: new Set() }
}

/** The first 52 bits of SHA-256 over seed, agency and key, as a number in [0, 1): the same on every machine and every run. */
export function draw(seed: string, agency: string, key: string): number {
  const digest = createHash('sha256').update(`${seed}|${agency}|${key}`).digest('hex')
  return Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52
}

export function createDesk(options: DeskOptions, touched: () => Touched): Desk {
  const { agency, seed, began, clock, post, journal, asked } = options
  const act = (reference?: string) => {
    const now = touched()
    now.acted = true
    if (reference === undefined) return
    now.references.add(reference)
    // What this exchange wishes for is about every reference it touches, whether the office asks for its wishes or not.
    asked(reference)
  }
  return {
    now: () => clock.now(),
    began,
    after(delayMs, what) {
      act()
      clock.after(delayMs, agency.id, what)
    },
    draw: (key) => draw(seed, agency.id, key),
    asked,
    send(reference, document) {
      act(reference)
      post.send(agency, reference, document)
    },
    posted(after, limit) {
      const { documents, fresh } = post.look(agency.id, after, limit)
      touched().looked = true
      if (fresh) touched().fetched = true
      return documents
    },
    effect(reference, what) {
      act(reference)
      journal.note({ kind: 'effect', agency: agency.id, references: [reference], what })
    },
  }
}

/**
 * The simulator's journal 日志: every exchange, effect and document, for people to read and for tests to assert on. Bounded in
 * entries and in bytes; what is dropped or cut is marked. Noting costs the same however much is kept.
 */

import { fits, isCut, shorten } from './journal-cut.ts'
import { type Entry, type ExchangeNote, type Kept, type Note, pack, show, showBriefly } from './journal-notes.ts'
import { Ring } from './journal-ring.ts'
import { ownRoom, type Room } from './journal-room.ts'
import { type Counts, count, type Grouping, type JournalFilter, judge } from './journal-search.ts'
import { limits } from './limits.ts'

export * from './journal-notes.ts'
export { type Counts, type Group, type Grouping, groupings, type JournalFilter } from './journal-search.ts'

export interface JournalQuery extends JournalFilter {
  readonly limit?: number | undefined
  /** Oldest first, unless the newest are asked for. */
  readonly order?: 'oldest' | 'newest' | undefined
  /** Leaves bodies and answers out: what a list of entries is made of. */
  readonly bodies?: 'all' | 'none' | undefined
  /** A sequence number to go back before: where the last page of the newest ended. */
  readonly before?: number | undefined
}

export interface CountsQuery extends JournalFilter {
  readonly by?: readonly Grouping[] | undefined
}

export interface JournalPage {
  /**
   * In the order asked for. Where some that might have been shown are gone, their mark stands where they would: at the head of every page
   * of the oldest, at the end of the last page of the newest. It does not count for the limit.
   */
  readonly data: readonly Entry[]
  readonly hasMore: boolean
  readonly nextCursor: number | null
  /** How many of the oldest entries are no longer here. */
  readonly dropped: number
}

export interface Journal {
  note(note: Note): void
  find(query?: JournalQuery): JournalPage
  count(query?: CountsQuery): Counts
  /** How many entries had to go for want of room since the journal was last cleared. */
  dropped(): number
  /** Forgets all entries; the next goes on with the numbers, and nothing counts as dropped. */
  clear(): void
}

export interface JournalOptions {
  simulatedNow(): number
  realNow(): number
  readonly entries?: number
  /** Where the entries find room; without it, room of their own. */
  readonly room?: Room
}

export const createJournal = (options: JournalOptions): Journal => new RingJournal(options)

class RingJournal implements Journal {
  readonly #options: JournalOptions
  readonly #ring: Ring
  /** The newest entry of an agency, where it is a look into its empty mailbox. */
  #looks: Map<string, { readonly sequence: number; readonly note: Look }> | undefined

  constructor(options: JournalOptions) {
    this.#options = options
    this.#ring = new Ring(options.entries ?? limits.journalEntries, options.room ?? ownRoom())
  }

  note(whole: Note): void {
    const simulatedAt = this.#options.simulatedNow()
    const realAt = this.#options.realNow()
    const look = this.#looks?.get(whole.agency)
    if (look !== undefined && look.sequence >= this.#ring.first && isSameLook(look.note, whole))
      return this.#ring.repeat(look.sequence, simulatedAt, realAt)
    const note = fits(whole) ? whole : shorten(whole)
    const sequence = this.#ring.push(pack(note), { simulatedAt, realAt, cut: note !== whole && isCut(note) })
    if (isLook(note)) {
      const { method, path, status } = note
      this.#looks ??= new Map()
      this.#looks.set(note.agency, { sequence, note: { method, path, status } })
    } else if (look !== undefined) this.#looks?.delete(note.agency)
  }

  find({
    limit = limits.journalPage,
    order = 'oldest',
    before,
    bodies = 'all',
    ...filter
  }: JournalQuery = {}): JournalPage {
    const ring = this.#ring
    const size = Math.min(limit, limits.journalPageLargest)
    const verdictOf = judge(filter)
    const found: Kept[] = []
    const isNewest = order === 'newest'
    for (const kept of ring.between(filter, before, isNewest)) {
      if (verdictOf(kept) === 'yes') found.push(kept)
      if (found.length > size) break
    }
    const data = found.slice(0, size)
    const gone = ring.gone(filter)
    const mark = gone === undefined ? [] : [gone]
    const shown = data.map(bodies === 'all' ? show : showBriefly)
    return {
      data: !isNewest ? [...mark, ...shown] : found.length > size ? shown : [...shown, ...mark],
      hasMore: found.length > size,
      nextCursor: found.length > size ? (data.at(-1)?.sequence ?? null) : null,
      dropped: ring.dropped(),
    }
  }

  count({ by = [], ...filter }: CountsQuery = {}): Counts {
    const ring = this.#ring
    const { total, groups, unsure } = count(ring.between(filter), by, judge(filter))
    return { total, groups, dropped: ring.gone(filter)?.count ?? 0, unsure }
  }

  dropped(): number {
    return this.#ring.dropped()
  }

  clear(): void {
    this.#ring.clear()
    this.#looks = undefined
  }
}

function isLook(note: Note): note is ExchangeNote {
  return note.kind === 'exchange' && note.idle === true
}

/** What two looks into an empty mailbox are compared by. */
interface Look {
  readonly method: string
  readonly path: string
  readonly status: number | undefined
}

function isSameLook(last: Look, note: Note): boolean {
  return isLook(note) && last.path === note.path && last.method === note.method && last.status === note.status
}

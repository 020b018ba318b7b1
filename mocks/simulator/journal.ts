/**
 * The simulator's journal 日志: every exchange, effect and document, for people to read and for tests to assert on. Bounded in
 * entries and in bytes; what is dropped or cut is marked. Noting costs the same however much is kept.
 */

import { fits, isCut, shorten } from './journal-cut.ts'
import {
  type DroppedMark,
  type Entry,
  type ExchangeNote,
  type Kept,
  type Note,
  type Packed,
  pack,
  show,
  showBriefly,
  unpack,
} from './journal-notes.ts'
import { ownRoom, type Room } from './journal-room.ts'
import { type Counts, count, type Grouping, type JournalFilter, judge } from './journal-search.ts'
import { limits } from './limits.ts'
import { bytesOfText } from './text-bytes.ts'

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

export function createJournal(options: JournalOptions): Journal {
  const ring = createRing(options.entries ?? limits.journalEntries, options.room ?? ownRoom())
  /** The newest entry of an agency, where it is a look into its empty mailbox. */
  const looks = new Map<string, { readonly kept: Packed; readonly note: Look }>()

  return {
    note(whole) {
      const simulatedAt = options.simulatedNow()
      const realAt = options.realNow()
      const look = looks.get(whole.agency)
      if (look !== undefined && look.kept.sequence >= ring.first() && isSameLook(look.note, whole)) {
        look.kept.simulatedAt = simulatedAt
        look.kept.realAt = realAt
        look.kept.repeated += 1
        return
      }
      const note = fits(whole) ? whole : shorten(whole)
      const text = pack(note)
      const kept: Packed = {
        text,
        sequence: ring.next(),
        simulatedAt,
        realAt,
        repeated: 1,
        bytes: bytesOfText(text),
        cut: note !== whole && isCut(note),
      }
      ring.push(kept)
      if (isLook(note)) {
        const { method, path, status } = note
        looks.set(note.agency, { kept, note: { method, path, status } })
      } else if (look !== undefined) looks.delete(note.agency)
    },
    find({ limit = limits.journalPage, order = 'oldest', before = ring.next(), bodies = 'all', ...filter } = {}) {
      const size = Math.min(limit, limits.journalPageLargest)
      const verdictOf = judge(filter)
      const found: Kept[] = []
      const isNewest = order === 'newest'
      for (const kept of ring.between(filter.after ?? 0, before, isNewest)) {
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
    },
    count({ by = [], ...filter } = {}) {
      const { total, groups, unsure } = count(ring.between(filter.after ?? 0, ring.next(), false), by, judge(filter))
      return { total, groups, dropped: ring.gone(filter)?.count ?? 0, unsure }
    },
    dropped: () => ring.dropped(),
    clear() {
      ring.clear()
      looks.clear()
    },
  }
}

/** The newest entries, each in the slot its number tells; the oldest makes room. */
function createRing(mostEntries: number, room: Room) {
  let slots: (Packed | undefined)[] = []
  /** The sequence number whose slot is the first: everything before it was cleared. */
  let base = 1
  let first = 1
  let next = 1
  let bytes = 0
  /** The times of what was dropped last, and the latest simulated time of all that was. */
  let last = { simulatedAt: 0, realAt: 0, latest: Number.NEGATIVE_INFINITY }

  const slotOf = (sequence: number) => (sequence - base) % mostEntries
  function drop(): void {
    const oldest = slots[slotOf(first)]
    slots[slotOf(first)] = undefined
    first += 1
    if (oldest === undefined) return
    bytes -= oldest.bytes
    room.taken(-oldest.bytes)
    const { simulatedAt, realAt } = oldest
    last = { simulatedAt, realAt, latest: Math.max(last.latest, simulatedAt) }
  }

  return {
    first: () => first,
    next: () => next,
    push(kept: Packed) {
      if (next - first === mostEntries) drop()
      slots[slotOf(next)] = kept
      next += 1
      bytes += kept.bytes
      room.taken(kept.bytes)
      while (bytes > room.most() && first < next) drop()
    },
    /** Entries behind one number and before another, both left out. */
    *between(after: number, before: number, isNewestFirst: boolean): Iterable<Kept> {
      const [from, to] = [Math.max(first, after + 1), Math.min(next, before) - 1]
      for (let step = 0; step <= to - from; step += 1) {
        const kept = slots[slotOf(isNewestFirst ? to - step : from + step)]
        if (kept !== undefined) yield unpack(kept)
      }
    },
    dropped: () => first - base,
    /** The mark of what is gone and might have been found. */
    gone({ after = 0, since = Number.NEGATIVE_INFINITY }: JournalFilter): (DroppedMark & Entry) | undefined {
      const from = Math.max(base, after + 1)
      if (from >= first || since > last.latest) return undefined
      const what = `gone: ${from} to ${first - 1}; a journal keeps its newest ${mostEntries} entries, and of those about ${room.most()} bytes`
      return {
        kind: 'dropped',
        agency: '',
        references: [],
        from,
        count: first - from,
        what,
        sequence: first - 1,
        simulatedAt: new Date(last.simulatedAt).toISOString(),
        realAt: new Date(last.realAt).toISOString(),
      }
    },
    clear() {
      room.taken(-bytes)
      slots = []
      bytes = 0
      base = next
      first = next
      last = { simulatedAt: 0, realAt: 0, latest: Number.NEGATIVE_INFINITY }
    },
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

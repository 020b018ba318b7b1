/** The simulator's journal 日志: every exchange, effect and document, for people to read. Bounded; what is cut is marked. */
import { limits } from './limits.ts'

export const journalKinds = ['exchange', 'document', 'effect', 'defect'] as const
export type JournalKind = (typeof journalKinds)[number]

export interface ExchangeNote {
  readonly kind: 'exchange'
  readonly agency: string
  /** In: a customer asked the agency. Out: the agency pushed a document to the customer. */
  readonly direction: 'in' | 'out'
  readonly references: readonly string[]
  readonly method: string
  readonly path: string
  readonly body: string
  /** Absent when nobody answered. */
  readonly status?: number
  readonly answer?: string
  /** Why there is no status. */
  readonly error?: string
  /** The fault that spoilt it. */
  readonly fault?: string
  /** Looked into a mailbox that had nothing new. */
  readonly idle?: boolean
}

export interface DocumentNote {
  readonly kind: 'document'
  readonly agency: string
  readonly references: readonly string[]
  /** The id of the message: `webhook-id` where it is pushed. */
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly body: string
}

export interface EffectNote {
  readonly kind: 'effect'
  readonly agency: string
  readonly references: readonly string[]
  readonly what: string
}

/** The simulator, or a mock, did what it must not: an exception in what was due, a replay that came out otherwise. */
export interface DefectNote {
  readonly kind: 'defect'
  readonly agency: string
  readonly references: readonly string[]
  readonly what: string
}

export type Note = ExchangeNote | DocumentNote | EffectNote | DefectNote

export type Entry = Note & {
  /** Starts at 1 and never repeats. */
  readonly sequence: number
  readonly simulatedAt: string
  readonly realAt: string
  /** How often in a row the same empty mailbox was looked into, when more than once; the times are the last one's. */
  readonly repeated?: number
}

export interface JournalQuery {
  readonly agency?: string | undefined
  /** Entries about this reference, and exchanges whose bytes contain it. */
  readonly reference?: string | undefined
  readonly kind?: JournalKind | undefined
  /** A sequence number to go on behind. */
  readonly after?: number | undefined
  readonly limit?: number | undefined
}

export interface JournalPage {
  readonly data: readonly Entry[]
  readonly hasMore: boolean
  readonly nextCursor: number | null
  /** How many of the oldest entries are no longer here. */
  readonly dropped: number
}

export interface Journal {
  note(note: Note): void
  find(query?: JournalQuery): JournalPage
  dropped(): number
}

export interface JournalOptions {
  simulatedNow(): number
  realNow(): number
  readonly entries?: number
}

export function createJournal(options: JournalOptions): Journal {
  const kept: Entry[] = []
  const most = options.entries ?? limits.journalEntries
  let sequence = 0

  return {
    note(note) {
      const times = {
        simulatedAt: new Date(options.simulatedNow()).toISOString(),
        realAt: new Date(options.realNow()).toISOString(),
      }
      const repeatedAt = isIdle(note) ? kept.findLastIndex(({ agency }) => agency === note.agency) : -1
      const last = kept[repeatedAt]
      if (last !== undefined && isSameIdleLook(last, note)) {
        kept[repeatedAt] = { ...last, ...times, repeated: (last.repeated ?? 1) + 1 }
        return
      }
      sequence += 1
      kept.push({ ...cut(note), sequence, ...times })
      if (kept.length > most) kept.shift()
    },
    find({ agency, reference, kind, after = 0, limit = limits.journalPage } = {}) {
      const size = Math.min(limit, limits.journalPageLargest)
      const found = kept.filter(
        (entry) =>
          entry.sequence > after &&
          (agency === undefined || entry.agency === agency) &&
          (kind === undefined || entry.kind === kind) &&
          (reference === undefined || concerns(entry, reference)),
      )
      const data = found.slice(0, size)
      const hasMore = found.length > data.length
      return {
        data,
        hasMore,
        nextCursor: hasMore ? (data.at(-1)?.sequence ?? null) : null,
        dropped: sequence - kept.length,
      }
    },
    dropped: () => sequence - kept.length,
  }
}

function isIdle(note: Note): note is ExchangeNote {
  return note.kind === 'exchange' && note.idle === true
}

function isSameIdleLook(last: Note, note: Note): boolean {
  return (
    isIdle(last) &&
    isIdle(note) &&
    last.path === note.path &&
    last.method === note.method &&
    last.status === note.status
  )
}

function concerns(entry: Entry, reference: string): boolean {
  if (entry.references.includes(reference)) return true
  return entry.kind === 'exchange' && `${entry.path} ${entry.body} ${entry.answer ?? ''}`.includes(reference)
}

function cut(note: Note): Note {
  if (note.kind === 'document') return { ...note, body: cutText(note.body) }
  if (note.kind !== 'exchange') return note
  return {
    ...note,
    body: cutText(note.body),
    ...(note.answer === undefined ? {} : { answer: cutText(note.answer) }),
  }
}

function cutText(text: string): string {
  if (text.length <= limits.journalBodyCharacters) return text
  return `${text.slice(0, limits.journalBodyCharacters)}… [cut: ${text.length} characters in all]`
}

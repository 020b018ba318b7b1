/** Finding in the journal 检索, and counting what is found, to assert on. */
import { type Body, type JournalKind, type Kept, type Texts, textOf } from './journal-notes.ts'

export interface JournalFilter {
  readonly agency?: string | undefined
  /** Entries about this reference, and requests and answers whose bytes contain it. */
  readonly reference?: string | undefined
  readonly kind?: JournalKind | undefined
  readonly method?: string | undefined
  /** The path inside the agency; without `?` the query does not matter; `/x*` is every path that begins so. */
  readonly path?: string | undefined
  /** `404`, `4xx`, or `none`: nobody answered. */
  readonly status?: string | undefined
  readonly direction?: 'in' | 'out' | undefined
  readonly fault?: string | undefined
  /** Who directed it; `script a*` is everybody whose name begins so. */
  readonly directedBy?: string | undefined
  /** A text in the path, the body, the answer, or what is said of it. */
  readonly contains?: string | undefined
  /** Simulated epoch milliseconds, both included. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** A sequence number to go on behind. */
  readonly after?: number | undefined
}

export const groupings = ['agency', 'kind', 'method', 'path', 'status', 'direction', 'fault', 'directedBy'] as const
export type Grouping = (typeof groupings)[number]

export interface Group {
  /** Null where an entry has none. */
  readonly agency?: string | null
  readonly kind?: string | null
  readonly method?: string | null
  /** Without its query. */
  readonly path?: string | null
  readonly status?: number | null
  readonly direction?: string | null
  readonly fault?: string | null
  readonly directedBy?: string | null
  readonly count: number
}

export interface Counts {
  /** How many of those asked for are here; a look into an empty mailbox that was repeated counts each time. */
  readonly total: number
  readonly groups: readonly Group[]
  /** How many entries that might have counted are no longer here: an assertion holds only where this is 0. */
  readonly dropped: number
  /** How many were not counted though the text looked for may have stood in what was cut of them. */
  readonly unsure: number
}

/** A note's fields, whatever its kind. */
interface Fields extends Texts {
  readonly agency: string
  readonly kind: string
  readonly method?: string
  readonly status?: number
  readonly direction?: string
  readonly fault?: string
  readonly by?: string
}

export type Verdict = 'yes' | 'no' | 'unsure'

/** What an entry is by a filter; unsure: everything fits but a text, and some of the entry's text was cut. */
export function judge(filter: JournalFilter): (kept: Kept) => Verdict {
  const { agency, kind, method, path, status, direction, fault, directedBy, since, until, reference, contains } = filter
  const tests: ((note: Fields) => boolean)[] = []
  if (agency !== undefined) tests.push((note) => note.agency === agency)
  if (kind !== undefined) tests.push((note) => note.kind === kind)
  if (method !== undefined) tests.push((note) => note.method === method)
  if (direction !== undefined) tests.push((note) => note.direction === direction)
  if (fault !== undefined) tests.push((note) => note.fault === fault)
  if (status !== undefined) tests.push((note) => hasStatus(note, status))
  if (directedBy !== undefined) tests.push((note) => begins(note.by, directedBy))
  if (path !== undefined)
    tests.push((note) => begins(path.includes('?') || path.endsWith('*') ? note.path : withoutQuery(note.path), path))
  const texts: ((note: Fields) => boolean)[] = []
  if (reference !== undefined) texts.push((note) => concerns(note, reference))
  if (contains !== undefined) texts.push((note) => says(note, contains))
  return (kept) => {
    if (kept.simulatedAt < (since ?? kept.simulatedAt) || kept.simulatedAt > (until ?? kept.simulatedAt)) return 'no'
    const note: Fields = kept.note
    if (!tests.every((fits) => fits(note))) return 'no'
    if (texts.every((fits) => fits(note))) return 'yes'
    return kept.cut ? 'unsure' : 'no'
  }
}

export function count(
  entries: Iterable<Kept>,
  by: readonly Grouping[],
  verdictOf: (kept: Kept) => Verdict,
): Omit<Counts, 'dropped'> {
  const groups = new Map<string, { values: readonly (string | number | null)[]; count: number }>()
  let total = 0
  let unsure = 0
  for (const kept of entries) {
    const verdict = verdictOf(kept)
    if (verdict === 'unsure') unsure += kept.repeated
    if (verdict !== 'yes') continue
    total += kept.repeated
    if (by.length === 0) continue
    const note: Fields = kept.note
    const values = by.map((field) => valueOf(note, field) ?? null)
    const key = JSON.stringify(values)
    const group = groups.get(key) ?? { values, count: 0 }
    group.count += kept.repeated
    groups.set(key, group)
  }
  return {
    total,
    groups: [...groups.values()].map(({ values, count: size }) => ({
      ...Object.fromEntries(by.map((field, at) => [field, values[at]])),
      count: size,
    })),
    unsure,
  }
}

function valueOf(note: Fields, field: Grouping): string | number | undefined {
  if (field === 'path') return withoutQuery(note.path)
  return note[field === 'directedBy' ? 'by' : field]
}

function hasStatus({ kind, status }: Fields, wanted: string): boolean {
  if (wanted === 'none') return kind === 'exchange' && status === undefined
  if (status === undefined) return false
  return wanted.endsWith('xx') ? `${status}`[0] === wanted[0] : `${status}` === wanted
}

function begins(text: string | undefined, wanted: string): boolean {
  if (text === undefined) return false
  return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted
}

function withoutQuery(path: string | undefined): string | undefined {
  const query = path?.indexOf('?') ?? -1
  return query < 0 ? path : path?.slice(0, query)
}

function concerns(note: Fields, reference: string): boolean {
  if (note.references.includes(reference)) return true
  if (note.kind !== 'exchange' && note.kind !== 'unmatched') return false
  return holds(note.path, reference) || holds(note.body, reference) || holds(note.answer, reference)
}

function says(note: Fields, text: string): boolean {
  return [note.path, note.body, note.answer, note.name, note.what, note.error, note.stopped].some((one) =>
    holds(one, text),
  )
}

function holds(body: Body | undefined, text: string): boolean {
  return body !== undefined && textOf(body).includes(text)
}

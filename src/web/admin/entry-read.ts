import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod'
import type { DraftAnswer, draftChecksAnswer, draftEntryAnswer } from '../../../schemas/fees/drafts.ts'
import { type EntryType, entrySchemas, entryTypes } from '../../../schemas/fees/entries.ts'
import { Problem } from '../../problem.ts'
import type { Answered } from '../api.ts'
import type { Refused } from '../desk.ts'
import { type Check, issuesAt } from './checks.ts'
import type { Desk } from './desk.ts'

/** Which entry of which draft a page is about. */
export interface EntryPlace {
  readonly draft: string
  readonly type: EntryType
  readonly id: string
}
export type Content = Readonly<Record<string, unknown>>

/** An entry as a draft would have it now; without content where it is not there, or is taken out. */
export interface EntryRead {
  readonly content: Content | undefined
  readonly by: string | undefined
  readonly at: string | undefined
  readonly isTakenOut: boolean
  /** Of the draft as it now is. */
  readonly etag: string
}

/** The type a path names. @throws {Problem} not-found */
export function typeNamed(given: string): EntryType {
  const type = entryTypes.find((one) => one === given)
  if (type === undefined) throw new Problem('not-found')
  return type
}

export const draftApi = (id: string): string => `/v1/fee-drafts/${encodeURIComponent(id)}`
export const entryApi = ({ draft, type, id }: EntryPlace): string =>
  `${draftApi(draft)}/entries/${type}/${encodeURIComponent(id)}`

export async function readEntry({ api }: Desk, place: EntryPlace): Promise<EntryRead | Refused> {
  const read = await api.get<z.infer<typeof draftEntryAnswer>>(entryApi(place))
  if (read.ok) {
    const { content, by, at, what } = read.body
    return { content, by, at, isTakenOut: what === 'removed', etag: read.headers.get('etag') ?? '' }
  }
  if (read.status !== 404) return read
  // No entry of this id, or no draft.
  const draft = await api.get<DraftAnswer>(draftApi(place.draft))
  if (!draft.ok) return draft
  const etag = draft.headers.get('etag') ?? ''
  return { content: undefined, by: undefined, at: undefined, isTakenOut: false, etag }
}

/** What the checks say of an entry. */
export async function readChecks({ api }: Desk, { draft, type, id }: EntryPlace): Promise<readonly Check[]> {
  const checks = await api.get<z.infer<typeof draftChecksAnswer>>(`${draftApi(draft)}/checks`)
  return checks.ok ? issuesAt(checks.body.data, type, id) : []
}

/** How a change of an entry went: done, refused, or the entry is not what its editor saw. */
export type Changed = { readonly done: true } | { readonly refused: Refused } | { readonly meanwhile: EntryRead }

/** Others may change other entries of the draft between two looks at it so often. */
const looks = 5

/**
 * Changes an entry that is still as its editor saw it. What others did to other entries of the draft meanwhile does not matter.
 * @param was the content the editor saw
 * @param act does it, to the draft of this ETag
 */
export async function changeEntry(
  desk: Desk,
  place: EntryPlace,
  was: Content | undefined,
  act: (etag: string) => Promise<Answered<unknown>>,
): Promise<Changed> {
  for (let look = 1; ; look++) {
    const now = await readEntry(desk, place)
    if ('problem' in now) return { refused: now }
    if (!isDeepStrictEqual(now.content, was)) return { meanwhile: now }
    const answered = await act(now.etag)
    if (answered.ok) return { done: true }
    if (answered.problem.code !== 'if-match-stale' || look === looks) return { refused: answered }
  }
}

/** Content as a form carries it along, and back. What is no entry of the type was not there. */
export const carried = (content: Content | undefined): string => (content === undefined ? '' : JSON.stringify(content))
export function fromCarried(text: string, type: EntryType): Content | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return entrySchemas[type].safeParse(read).success ? (read as Content) : undefined
  } catch {
    return undefined
  }
}

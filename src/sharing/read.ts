import type { Declaration } from '../../schemas/declaration/index.ts'
import { type SearchKind, searchFields } from '../../schemas/sharing/view.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { readVersion } from '../db/reads.ts'
import { findKeyed } from '../db/sharing-keys.ts'
import { holdUnchanged, type SharedRead } from '../db/sharing-reads.ts'
import { type DeclarationView, readDeclarationView } from '../db/views.ts'
import type { Adapters } from '../filing/plan.ts'
import { logReads } from './chain.ts'
import type { Permission } from './permission.ts'
import { type Selected, select, valuesAt } from './select.ts'
import { sharedViewOf } from './views.ts'

/** Who reads, and for which case of its own. */
export interface Reader {
  readonly permission: Permission
  /** Name of the key. */
  readonly by: string
  readonly caseNumber: string
}
interface Room {
  readonly client: Client
  readonly adapters: Adapters
  readonly now: Date
}

/** What an agency is shown of a declaration. */
export interface SharedAnswer {
  readonly view: DeclarationView
  readonly selected: Selected
}

/** What a reader may see of a declaration; undefined when it may not know of it. Logs nothing. */
async function look(
  { client, adapters, now }: Room,
  id: string,
  permission: Permission,
): Promise<SharedAnswer | undefined> {
  const view = await readDeclarationView({ pool: client }, id, undefined)
  if (view === undefined) return undefined
  if (permission.reach === 'concerned' && !view.filings.some(({ agency }) => agency === permission.agency))
    return undefined
  const version = await readVersion({ pool: client }, id, view.version)
  if (version === undefined) throw new Error(`${id} has no document`)
  const declaration = JSON.parse(version.document) as Declaration
  const whole = await sharedViewOf({ client, adapters, view, declaration, now }, permission.fields)
  return { view, selected: select(whole, permission.fields) }
}

const dayMs = 86_400_000
const logged = (
  kind: string,
  { view, selected }: SharedAnswer,
  { permission, by, caseNumber }: Reader,
  now: Date,
): SharedRead => ({
  declarationId: view.id,
  id: newId(now.getTime()),
  agency: permission.agency,
  by,
  purpose: permission.purpose,
  caseNumber,
  kind,
  version: view.version,
  policy: permission.policy.version,
  basis: JSON.stringify(permission.basis),
  fields: JSON.stringify(selected.shown),
  at: now,
  discloseAt: new Date(now.getTime() + permission.discloseAfterDays * dayMs),
})

/** Reads a declaration for an agency 共享查询 and keeps that it did, in a transaction of the caller's. @returns undefined: not there, for it */
export async function readShared(room: Room, id: string, reader: Reader): Promise<SharedAnswer | undefined> {
  await holdUnchanged(room.client, [id])
  const answer = await look(room, id, reader.permission)
  if (answer !== undefined) await logReads(room.client, [logged('read', answer, reader, room.now)])
  return answer
}

/** What is searched by: a kind of value, and the value. */
export type Wanted = Partial<Record<SearchKind, string>>

/**
 * Declarations in which an agency may see every value it searched by, the newest first; each one found counts as read. What it may not
 * see finds nothing, so that nobody learns by searching what they are not shown.
 */
export async function searchShared(
  room: Room,
  wanted: Wanted,
  reader: Reader,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<{ readonly answers: readonly SharedAnswer[]; readonly next: string | undefined }> {
  const { permission } = reader
  const searches = Object.entries(wanted).map(([kind, value]) => {
    const patterns: readonly string[] = searchFields[kind as SearchKind]
    return { value, patterns, references: patterns.some((pattern) => pattern.startsWith('/filings/')) }
  })
  const concerning = permission.reach === 'concerned' ? permission.agency : undefined
  const ids = await findKeyed(room.client, searches, concerning, { ...page, limit: page.limit + 1 })
  const answers: SharedAnswer[] = []
  await holdUnchanged(room.client, ids.slice(0, page.limit))
  for (const id of ids.slice(0, page.limit)) {
    const answer = await look(room, id, permission)
    if (answer !== undefined && searches.every((search) => isSeen(answer.selected.data, search))) answers.push(answer)
  }
  await logReads(
    room.client,
    answers.map((answer) => logged('search', answer, reader, room.now)),
  )
  return { answers, next: ids.length > page.limit ? ids[page.limit - 1] : undefined }
}

const isSeen = (
  shown: unknown,
  { value, patterns }: { readonly value: string; readonly patterns: readonly string[] },
) => patterns.some((pattern) => valuesAt(shown, pattern).includes(value))

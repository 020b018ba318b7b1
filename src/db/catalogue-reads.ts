import type { Entry, EntryType } from '../../schemas/fees/entries.ts'
import type { WrittenEntry } from '../fees/canonical.ts'
import type { EditionHead } from '../fees/catalogue.ts'
import type { Queryable } from './database.ts'

/** What is kept of an edition beside its entries 版次记录. Days are those of Asia/Shanghai. */
export interface EditionRecord extends EditionHead {
  readonly reason: string
  readonly announcedAt: Date
  readonly noticeUntil: string
  readonly draftedBy: string
  readonly approvedBy: string
  readonly entries: number
  readonly previousDigest: string | undefined
  readonly signature: string
  readonly signingKey: string
  readonly withdrawn:
    | { readonly at: Date; readonly from: string; readonly by: string; readonly because: string }
    | undefined
}

interface EditionRow {
  readonly number: number
  readonly title: string
  readonly reason: string
  readonly announced_at: Date
  readonly notice_until: string
  readonly valid_from: string
  readonly drafted_by: string
  readonly approved_by: string
  readonly entries: number
  readonly previous_digest: string | null
  readonly digest: string
  readonly signature: string
  readonly signing_key: string
  readonly withdrawn_at: Date | null
  readonly withdrawn_from: string | null
  readonly withdrawn_by: string | null
  readonly withdrawn_because: string | null
}

/** All editions, the newest first. */
export async function readEditions(client: Queryable): Promise<EditionRecord[]> {
  const { rows } = await client.query<EditionRow>(
    `SELECT number, title, reason, announced_at, notice_until::text, valid_from::text, drafted_by, approved_by, entries, previous_digest,
       digest, signature, signing_key, withdrawn_at, withdrawn_from::text, withdrawn_by, withdrawn_because
     FROM catalogue_edition ORDER BY number DESC`,
  )
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    reason: row.reason,
    announcedAt: row.announced_at,
    noticeUntil: row.notice_until,
    validFrom: row.valid_from,
    draftedBy: row.drafted_by,
    approvedBy: row.approved_by,
    entries: row.entries,
    previousDigest: row.previous_digest ?? undefined,
    digest: row.digest,
    signature: row.signature,
    signingKey: row.signing_key,
    withdrawn:
      row.withdrawn_at === null
        ? undefined
        : {
            at: row.withdrawn_at,
            from: row.withdrawn_from ?? row.valid_from,
            by: row.withdrawn_by ?? '',
            because: row.withdrawn_because ?? '',
          },
  }))
}

interface EntryRow {
  readonly type: EntryType
  readonly entry_id: string
  readonly content: string
}

/** Every entry of an edition, in the order of type and id. Contents were checked when they were drafted. */
export async function readEditionEntries(client: Queryable, number: number): Promise<Entry[]> {
  const { rows } = await client.query<EntryRow>(
    `SELECT member.type, member.entry_id, content
     FROM catalogue_edition_entry member JOIN catalogue_revision revision ON revision.id = revision_id
     WHERE edition = $1 ORDER BY member.type COLLATE "C", member.entry_id COLLATE "C"`,
    [number],
  )
  return rows.map(entryOf)
}

const entryOf = ({ type, entry_id: id, content }: EntryRow): Entry =>
  ({ type, id, content: JSON.parse(content) as unknown }) as Entry

/** Some entries of an edition, by type and id. */
export async function readSomeEntries(
  client: Queryable,
  number: number,
  wanted: readonly { readonly type: EntryType; readonly id: string }[],
): Promise<Entry[]> {
  const { rows } = await client.query<EntryRow>(
    `SELECT member.type, member.entry_id, content
     FROM unnest($2::text[], $3::text[]) AS wanted (type, entry_id)
       JOIN catalogue_edition_entry member ON edition = $1 AND member.type = wanted.type AND member.entry_id = wanted.entry_id
       JOIN catalogue_revision revision ON revision.id = revision_id`,
    [number, wanted.map(({ type }) => type), wanted.map(({ id }) => id)],
  )
  return rows.map(entryOf)
}

/** Entries of an edition as they were written, some at a time, in the order of its document. */
export async function* readWrittenEntries(
  client: Queryable,
  number: number,
  page: number,
): AsyncGenerator<WrittenEntry[]> {
  for (let after: WrittenEntry | undefined; ; ) {
    const { rows } = await client.query<WrittenEntry>(
      `SELECT member.type, member.entry_id AS id, content
       FROM catalogue_edition_entry member JOIN catalogue_revision revision ON revision.id = revision_id
       WHERE edition = $1 AND (member.type COLLATE "C", member.entry_id COLLATE "C") > ($2, $3)
       ORDER BY member.type COLLATE "C", member.entry_id COLLATE "C" LIMIT $4`,
      [number, after?.type ?? '', after?.id ?? '', page],
    )
    if (rows.length > 0) yield rows
    if (rows.length < page) return
    after = rows.at(-1)
  }
}

/** In which editions an entry stands and as what, the oldest first; and why it was taken out of which. */
export async function readHistory(client: Queryable, type: EntryType, id: string) {
  const { rows: members } = await client.query<{ edition: number; revision: number }>(
    `SELECT edition, revision_id AS revision FROM catalogue_edition_entry WHERE type = $1 AND entry_id = $2 ORDER BY edition`,
    [type, id],
  )
  const { rows: contents } = await client.query<{ revision: number; content: string }>(
    `SELECT id AS revision, content FROM catalogue_revision WHERE id = ANY($1)`,
    [[...new Set(members.map(({ revision }) => revision))]],
  )
  const { rows: reasons } = await client.query<{ edition: number; reason: string }>(
    `SELECT number AS edition, change.reason FROM catalogue_draft_change change JOIN catalogue_edition edition USING (draft_id)
     WHERE type = $1 AND entry_id = $2 AND content IS NULL AND change.reason IS NOT NULL`,
    [type, id],
  )
  return {
    revisionIn: new Map(members.map(({ edition, revision }) => [edition, revision])),
    contentOf: new Map(contents.map(({ revision, content }) => [revision, content])),
    reasonIn: new Map(reasons.map(({ edition, reason }) => [edition, reason])),
  }
}

/** What became of one entry between two editions. */
export interface EntryDifference {
  readonly type: EntryType
  readonly id: string
  readonly before: string | null
  readonly after: string | null
  /** Why it was taken out. */
  readonly reason: string | null
}

/** Entries of two editions side by side. */
const pairs = `WITH pair AS (
  SELECT type, entry_id, earlier.revision_id AS was, later.revision_id AS became
  FROM (SELECT type, entry_id, revision_id FROM catalogue_edition_entry WHERE edition = $1) earlier
    FULL JOIN (SELECT type, entry_id, revision_id FROM catalogue_edition_entry WHERE edition = $2) later USING (type, entry_id))`

/** Entries that differ between two editions, by type and id. @param from 0: an empty list */
export async function readDifferences(
  client: Queryable,
  from: number,
  to: number,
  page: {
    readonly after: { readonly type: string; readonly id: string } | undefined
    readonly type: EntryType | undefined
    readonly limit: number
  },
): Promise<EntryDifference[]> {
  const { rows } = await client.query<EntryDifference>(
    `${pairs}
     SELECT pair.type, pair.entry_id AS id, earlier.content AS before, later.content AS after, removal.reason
     FROM pair LEFT JOIN catalogue_revision earlier ON earlier.id = was LEFT JOIN catalogue_revision later ON later.id = became
       LEFT JOIN LATERAL (
         SELECT change.reason FROM catalogue_draft_change change JOIN catalogue_edition edition USING (draft_id)
         WHERE became IS NULL AND change.type = pair.type AND change.entry_id = pair.entry_id AND change.content IS NULL
           AND number > $1 AND number <= $2 ORDER BY number DESC LIMIT 1) removal ON true
     WHERE was IS DISTINCT FROM became AND ($3::text IS NULL OR pair.type = $3)
       AND (pair.type COLLATE "C", pair.entry_id COLLATE "C") > ($4, $5)
     ORDER BY pair.type COLLATE "C", pair.entry_id COLLATE "C" LIMIT $6`,
    [from, to, page.type ?? null, page.after?.type ?? '', page.after?.id ?? '', page.limit],
  )
  return rows
}

/** How many entries were put in, changed and taken out. */
export interface DifferenceCounts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** How many fees, and how many entries of all types, differ between two editions. @param from 0: an empty list */
export async function countDifferences(client: Queryable, from: number, to: number) {
  const { rows } = await client.query<DifferenceCounts & { type: string }>(
    `${pairs}
     SELECT type, count(*) FILTER (WHERE was IS NULL) AS added, count(*) FILTER (WHERE was <> became) AS changed,
       count(*) FILTER (WHERE became IS NULL) AS removed
     FROM pair GROUP BY type`,
    [from, to],
  )
  const sum = (some: typeof rows): DifferenceCounts => ({
    added: some.reduce((all, { added }) => all + added, 0),
    changed: some.reduce((all, { changed }) => all + changed, 0),
    removed: some.reduce((all, { removed }) => all + removed, 0),
  })
  return { fees: sum(rows.filter(({ type }) => type === 'fee')), entries: sum(rows) }
}

/** Public keys editions were signed with, the newest first. */
export async function readSigningKeys(client: Queryable) {
  const { rows } = await client.query<{ public_key: string; created_at: Date; retired_at: Date | null }>(
    'SELECT public_key, created_at, retired_at FROM catalogue_key ORDER BY created_at DESC, public_key',
  )
  return rows.map((row) => ({
    publicKey: row.public_key,
    createdAt: row.created_at,
    retiredAt: row.retired_at ?? undefined,
  }))
}

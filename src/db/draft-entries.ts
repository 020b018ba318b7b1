import type { EntryType } from '../../schemas/fees/entries.ts'
import type { WrittenEntry } from '../fees/canonical.ts'
import type { Client, Queryable } from './database.ts'
import type { DraftRow, Hand } from './drafts.ts'

/** A draft with what it stands on. */
export type DraftKey = Pick<DraftRow, 'id' | 'base'>

// A draft of twenty thousand changes is younger than the planner's statistics: joined, it may be compared with everything else row by row,
// which takes minutes. Whatever is looked up for a change is therefore a subquery of its own, by index.

/** Which revision of an entry an edition has. */
export const revisionIn = (edition: string, entry: string) =>
  `(SELECT revision_id FROM catalogue_edition_entry member WHERE member.edition = ${edition} AND member.type = ${entry}.type AND member.entry_id = ${entry}.entry_id)`
/** What a revision says. */
export const contentOf = (revision: string) =>
  `(SELECT content FROM catalogue_revision revision WHERE revision.id = ${revision})`
/** Whether a draft ($1) leaves an entry as it is. */
export const isUntouched = (entry: string) =>
  `(SELECT true FROM catalogue_draft_change change WHERE change.draft_id = $1 AND change.type = ${entry}.type AND change.entry_id = ${entry}.entry_id) IS NULL`

/** An entry that is put into a draft, with the row of the import it came with. */
export interface PutEntry extends WrittenEntry {
  readonly importId?: string
  readonly row?: number
}

/** Puts entries into a held draft, each once. One that is as the base has it is no change. */
export async function putEntries(
  client: Client,
  draft: DraftKey,
  entries: readonly PutEntry[],
  by: Hand,
  at: Date,
): Promise<void> {
  await client.query(
    `WITH given AS (
       SELECT * FROM json_to_recordset($3) AS given (type text, entry_id text, content text, import_id text, row int)
     ), held AS MATERIALIZED (
       SELECT given.*, ${contentOf(revisionIn('$2', 'given'))} IS NOT DISTINCT FROM given.content AS same FROM given
     ), undone AS (
       DELETE FROM catalogue_draft_change WHERE ctid = ANY(ARRAY(
         SELECT (SELECT ctid FROM catalogue_draft_change change WHERE draft_id = $1 AND change.type = held.type AND change.entry_id = held.entry_id)
         FROM held WHERE same))
     )
     INSERT INTO catalogue_draft_change (draft_id, type, entry_id, content, import_id, row, by, at)
     SELECT $1, type, entry_id, content, import_id, row, $4, $5 FROM held WHERE NOT same
     ON CONFLICT (draft_id, type, entry_id) DO UPDATE SET content = excluded.content, reason = NULL, import_id = excluded.import_id,
       row = excluded.row, by = excluded.by, at = excluded.at`,
    [
      draft.id,
      draft.base,
      JSON.stringify(
        entries.map(({ type, id, content, importId, row }) => ({
          type,
          entry_id: id,
          content,
          import_id: importId,
          row,
        })),
      ),
      by.name,
      at,
    ],
  )
}

/** Takes an entry out of a held draft: one of its base with the reason, one that only the draft has without a trace. */
export async function removeEntry(
  client: Client,
  draft: DraftKey,
  entry: EntryKey,
  reason: string | undefined,
  by: Hand,
  at: Date,
): Promise<void> {
  await client.query('DELETE FROM catalogue_draft_change WHERE draft_id = $1 AND type = $2 AND entry_id = $3', [
    draft.id,
    entry.type,
    entry.id,
  ])
  await client.query(
    `INSERT INTO catalogue_draft_change (draft_id, type, entry_id, reason, by, at)
     SELECT $1, type, entry_id, $5, $6, $7 FROM catalogue_edition_entry WHERE edition = $2 AND type = $3 AND entry_id = $4`,
    [draft.id, draft.base, entry.type, entry.id, reason ?? null, by.name, at],
  )
}

/** What a draft does to an entry. Contents are canonical JSON; null: it is not there. */
export interface ChangeRow {
  readonly type: EntryType
  readonly id: string
  readonly before: string | null
  readonly after: string | null
  readonly reason: string | null
  readonly importId: string | null
  readonly row: number | null
  readonly by: string
  readonly at: Date
}

/** What a draft changes, in the order of type and id. @param after the last one of the page before */
export async function readChanges(
  client: Queryable,
  draft: DraftKey,
  { after, limit }: { after: { type: string; id: string } | undefined; limit: number },
): Promise<ChangeRow[]> {
  const { rows } = await client.query<ChangeRow>(
    `SELECT change.type, change.entry_id AS id, ${contentOf(revisionIn('$2', 'change'))} AS before, change.content AS after, reason,
       import_id AS "importId", row, by, at
     FROM catalogue_draft_change change WHERE draft_id = $1 AND ($3::text IS NULL OR (change.type COLLATE "C", change.entry_id COLLATE "C") > ($3, $4))
     ORDER BY change.type COLLATE "C", change.entry_id COLLATE "C" LIMIT $5`,
    [draft.id, draft.base, after?.type ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** The name of an entry. */
export interface EntryKey {
  readonly type: EntryType
  readonly id: string
}
/** An entry of a draft, changed or not. */
export interface DraftEntryRow extends Omit<ChangeRow, 'by' | 'at'> {
  readonly by: string | null
  readonly at: Date | null
}

/** Entries as their base has them, as the draft would have them, and who changed them; those neither knows are left out. */
export async function readDraftEntries(
  client: Queryable,
  draft: DraftKey,
  keys: readonly EntryKey[],
): Promise<DraftEntryRow[]> {
  const { rows } = await client.query<DraftEntryRow>(
    `SELECT asked.type, asked.entry_id AS id, before, CASE WHEN change.draft_id IS NULL THEN before ELSE change.content END AS after,
       reason, import_id AS "importId", row, by, at
     FROM (SELECT type, entry_id, ${contentOf(revisionIn('$2', 'named'))} AS before FROM unnest($3::text[], $4::text[]) AS named (type, entry_id)) asked
     LEFT JOIN LATERAL (
       SELECT * FROM catalogue_draft_change change WHERE draft_id = $1 AND change.type = asked.type AND change.entry_id = asked.entry_id LIMIT 1
     ) change ON true
     WHERE before IS NOT NULL OR change.draft_id IS NOT NULL`,
    [draft.id, draft.base, keys.map(({ type }) => type), keys.map(({ id }) => id)],
  )
  return rows
}

/** All entries there would be with a draft, in the order of an edition's document. */
export async function readProposed(client: Queryable, draft: DraftKey): Promise<WrittenEntry[]> {
  const { rows } = await client.query<WrittenEntry>(
    `SELECT type, entry_id AS id, content FROM (
       SELECT kept.type, kept.entry_id, ${contentOf('kept.revision_id')} AS content FROM catalogue_edition_entry kept
       WHERE edition = $2 AND ${isUntouched('kept')}
       UNION ALL
       SELECT type, entry_id, content FROM catalogue_draft_change WHERE draft_id = $1 AND content IS NOT NULL
     ) proposed ORDER BY type COLLATE "C", entry_id COLLATE "C"`,
    [draft.id, draft.base],
  )
  return rows
}

/** SHA-256 of what a draft would publish: its base, its day and its changes. In hexadecimal. */
export async function digestOfDraft(client: Queryable, { id }: DraftKey): Promise<string> {
  const { rows } = await client.query<{ digest: string }>(
    `SELECT encode(sha256(convert_to(json_build_array(draft.title, draft.reason, draft.base, draft.valid_from, coalesce((
       SELECT string_agg(json_build_array(type, entry_id, encode(sha256(convert_to(content, 'UTF8')), 'hex'), change.reason)::text, E'\\n'
         ORDER BY type COLLATE "C", entry_id COLLATE "C")
       FROM catalogue_draft_change change WHERE draft_id = draft.id), ''))::text, 'UTF8')), 'hex') AS digest
     FROM catalogue_draft draft WHERE id = $1`,
    [id],
  )
  return rows[0]?.digest ?? ''
}

import type { EntryType } from '../../schemas/fees/entries.ts'
import type { DocumentHead } from '../fees/canonical.ts'
import type { Client, Queryable } from './database.ts'
import { contentOf, type DraftKey, isUntouched, revisionIn } from './draft-entries.ts'
import { type DraftRow, moveDraft } from './drafts.ts'
import { everybody, placeOwnEvent } from './feed.ts'

/** Advisory lock of whoever publishes or withdraws: one at a time. */
const publicationLock = 6_512_023

/** Waits until nobody else publishes or withdraws, and keeps others from it until the transaction ends. */
export async function lockCatalogue(client: Client): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [publicationLock])
}

/** The newest edition that was not withdrawn: the one a draft may change; undefined: there is none, a draft begins with nothing. */
export async function newestEdition(client: Queryable): Promise<{ number: number; validFrom: string } | undefined> {
  const { rows } = await client.query<{ number: number; validFrom: string }>(
    'SELECT number, valid_from::text AS "validFrom" FROM catalogue_edition WHERE withdrawn_at IS NULL ORDER BY number DESC LIMIT 1',
  )
  return rows[0]
}

/** The edition numbered last, withdrawn or not, with its digest. */
export async function lastEdition(client: Queryable): Promise<{ number: number; digest: string } | undefined> {
  const { rows } = await client.query<{ number: number; digest: string }>(
    'SELECT number, digest FROM catalogue_edition ORDER BY number DESC LIMIT 1',
  )
  return rows[0]
}

/** Ids of the payees of a firm, by the newest edition. */
export async function payeesOfFirm(client: Queryable, creditCode: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT member.entry_id AS id FROM catalogue_edition_entry member JOIN catalogue_revision revision ON revision.id = revision_id
     WHERE edition = (SELECT max(number) FROM catalogue_edition WHERE withdrawn_at IS NULL) AND member.type = 'payee'
       AND content::jsonb ->> 'creditCode' = $1 ORDER BY 1`,
    [creditCode],
  )
  return rows.map(({ id }) => id)
}

/** An edition as it is written. */
export interface NewEdition extends DocumentHead {
  readonly reason: string
  readonly draftedBy: string
  readonly approvedBy: { readonly name: string; readonly keyHash: string }
  readonly digest: string
  readonly signature: string
  readonly signingKey: string
  /** Those who listen know that it holds: it did before it was written. */
  readonly inForceToldAt: Date | undefined
}

/**
 * Publishes a held draft as an edition 发布版次, under the lock of the catalogue: what is new of its entries, the edition, what it consists
 * of, the draft's end. All in the caller's transaction.
 * @throws {Error} when it would not consist of as many entries as it says
 */
export async function writeEdition(client: Client, draft: DraftRow, edition: NewEdition): Promise<void> {
  await client.query(
    `INSERT INTO catalogue_revision (type, entry_id, content, digest)
     SELECT type, entry_id, content, encode(sha256(convert_to(content, 'UTF8')), 'hex') FROM catalogue_draft_change
     WHERE draft_id = $1 AND content IS NOT NULL ORDER BY type, entry_id ON CONFLICT DO NOTHING`,
    [draft.id],
  )
  await client.query(
    `INSERT INTO catalogue_edition (number, draft_id, title, reason, announced_at, notice_until, valid_from, drafted_by, approved_by, entries,
       previous_digest, digest, signature, signing_key, in_force_told_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      edition.number,
      draft.id,
      edition.title,
      edition.reason,
      edition.announcedAt,
      edition.noticeUntil,
      edition.validFrom,
      edition.draftedBy,
      edition.approvedBy.name,
      edition.entries,
      edition.previousDigest ?? null,
      edition.digest,
      edition.signature,
      edition.signingKey,
      edition.inForceToldAt ?? null,
    ],
  )
  const { rowCount } = await client.query(
    `INSERT INTO catalogue_edition_entry (edition, type, entry_id, revision_id)
     SELECT $3::int, type, entry_id, revision_id FROM catalogue_edition_entry kept WHERE edition = $2 AND ${isUntouched('kept')}
     UNION ALL
     SELECT $3, put.type, put.entry_id, (SELECT id FROM catalogue_revision revision WHERE revision.type = put.type
       AND revision.entry_id = put.entry_id AND revision.digest = encode(sha256(convert_to(put.content, 'UTF8')), 'hex'))
     FROM catalogue_draft_change put WHERE draft_id = $1 AND content IS NOT NULL`,
    [draft.id, draft.base, edition.number],
  )
  if (rowCount !== edition.entries)
    throw new Error(`Edition ${edition.number} was to have ${edition.entries} entries, not ${rowCount}`)
  await moveDraft(
    client,
    draft.id,
    { status: 'published', by: edition.approvedBy, edition: edition.number },
    edition.announcedAt,
  )
  await tellCatalogue(client)
}

/** Every process learns that there is another edition, or one less, when the transaction is committed. */
const tellCatalogue = (client: Client) => client.query("SELECT pg_notify('yuchuang_catalogue', '')")

/** Writes that an edition does not hold any more from a day on, once. */
export async function writeWithdrawal(
  client: Client,
  number: number,
  withdrawal: { readonly from: string; readonly by: string; readonly because: string },
  at: Date,
): Promise<void> {
  const { from, by, because } = withdrawal
  await client.query(
    `UPDATE catalogue_edition SET withdrawn_at = $2, withdrawn_from = $3, withdrawn_by = $4, withdrawn_because = $5
     WHERE number = $1 AND withdrawn_at IS NULL`,
    [number, at, from, by, because],
  )
  await tellCatalogue(client)
}

/** What happens to an edition: once each, so that its place among them is its number. */
const editionEvents = { announced: 1, 'in-force': 2, withdrawn: 3 } as const

/** Tells everybody of an edition, in the caller's transaction. */
export async function placeEditionEvent(
  client: Client,
  what: keyof typeof editionEvents,
  data: { readonly edition: number } & Readonly<Record<string, unknown>>,
  at: Date,
): Promise<void> {
  const event = {
    sourceId: `edition-${data.edition}`,
    number: editionEvents[what],
    tenant: everybody,
    type: `catalogue.${what}`,
    data: JSON.stringify(data),
  }
  await placeOwnEvent(client, event, at)
}

/** Editions of which it was not told yet that they hold, though their day has come; the oldest first. */
export async function readUntold(client: Queryable, today: string): Promise<number[]> {
  const { rows } = await client.query<{ number: number }>(
    'SELECT number FROM catalogue_edition WHERE in_force_told_at IS NULL AND valid_from <= $1 ORDER BY number',
    [today],
  )
  return rows.map(({ number }) => number)
}

/** Takes it upon this transaction to tell that an edition holds; false when somebody did. */
export async function takeTelling(client: Client, number: number, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    'UPDATE catalogue_edition SET in_force_told_at = $2 WHERE number = $1 AND in_force_told_at IS NULL',
    [number, at],
  )
  return rowCount === 1
}

/** What stands in the way of a draft's changes on another base. */
export interface RebaseRow {
  readonly type: EntryType
  readonly id: string
  /** Whether each has it: the old base, the new one. */
  readonly was: boolean
  readonly is: boolean
}

/** Entries a draft changes that the new base has otherwise than the old one, and otherwise than the draft wants them. */
export async function readConflicts(client: Queryable, draft: DraftKey, onto: number): Promise<RebaseRow[]> {
  const { rows } = await client.query<RebaseRow>(
    `SELECT type, entry_id AS id, was IS NOT NULL AS was, became IS NOT NULL AS is FROM (${rebaseSql}) compared
     WHERE was IS DISTINCT FROM became AND ${contentOf('became')} IS DISTINCT FROM content ORDER BY 1, 2`,
    [draft.id, draft.base, onto],
  )
  return rows
}

/** Drops what the new base has as the draft wants it. */
export async function dropSettled(client: Client, draft: DraftKey, onto: number): Promise<void> {
  await client.query(
    `DELETE FROM catalogue_draft_change WHERE ctid = ANY(ARRAY(SELECT place FROM (${rebaseSql}) compared
       WHERE was IS DISTINCT FROM became AND ${contentOf('became')} IS NOT DISTINCT FROM content))`,
    [draft.id, draft.base, onto],
  )
}

/** What a draft wants of each entry it changes, and which revision its old and its new base have. */
const rebaseSql = `
SELECT ctid AS place, type, entry_id, content, ${revisionIn('$2', 'wanted')} AS was, ${revisionIn('$3', 'wanted')} AS became
FROM catalogue_draft_change wanted WHERE draft_id = $1`

/** The key editions are signed with now, sealed. */
export async function readSealedKey(client: Queryable): Promise<{ publicKey: string; sealed: string } | undefined> {
  const { rows } = await client.query<{ publicKey: string; sealed: string }>(
    'SELECT public_key AS "publicKey", sealed FROM catalogue_key WHERE retired_at IS NULL ORDER BY created_at DESC, public_key LIMIT 1',
  )
  return rows[0]
}

export async function keepSealedKey(
  client: Client,
  key: { publicKey: string; sealed: string },
  at: Date,
): Promise<void> {
  await client.query('INSERT INTO catalogue_key (public_key, sealed, created_at) VALUES ($1, $2, $3)', [
    key.publicKey,
    key.sealed,
    at,
  ])
}

/** The first day of an edition that was not withdrawn. */
export async function validFromOf(client: Queryable, number: number): Promise<string | undefined> {
  const { rows } = await client.query<{ validFrom: string }>(
    'SELECT valid_from::text AS "validFrom" FROM catalogue_edition WHERE number = $1 AND withdrawn_at IS NULL',
    [number],
  )
  return rows[0]?.validFrom
}

import type { DraftStatus } from '../../schemas/fees/drafts.ts'
import type { Client, Queryable } from './database.ts'

/** A draft as it is kept 修订稿. */
export interface DraftRow {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly payee: string | null
  /** The edition it changes; 0: an empty list. */
  readonly base: number
  readonly status: DraftStatus
  readonly revision: number
  readonly validFrom: string
  readonly author: string
  readonly authorKey: string
  /** Each the hash of a key, a blank, and the name. */
  readonly contributors: readonly string[]
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly submittedAt: Date | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly remark: string | null
  readonly edition: number | null
  readonly put: number
  readonly removed: number
}

const viewSql = `
SELECT id, title, reason, payee, base, status, revision, valid_from::text AS "validFrom", author, author_key AS "authorKey", contributors,
  created_at AS "createdAt", updated_at AS "updatedAt", submitted_at AS "submittedAt", decided_at AS "decidedAt", decided_by AS "decidedBy",
  remark, edition, counted.put, counted.removed
FROM catalogue_draft draft CROSS JOIN LATERAL (
  SELECT count(content)::int AS put, (count(*) - count(content))::int AS removed FROM catalogue_draft_change WHERE draft_id = draft.id
) counted`

/** One draft; undefined when there is none. */
export async function readDraft(client: Queryable, id: string): Promise<DraftRow | undefined> {
  const { rows } = await client.query<DraftRow>(`${viewSql} WHERE id = $1`, [id])
  return rows[0]
}

/** Holds a draft until the transaction ends: whoever changes it or what it changes does so first. */
export async function lockDraft(client: Client, id: string): Promise<DraftRow | undefined> {
  await client.query('SELECT FROM catalogue_draft WHERE id = $1 FOR UPDATE', [id])
  return readDraft(client, id)
}

export interface DraftFilter {
  readonly status: DraftStatus | undefined
  readonly payee: string | undefined
  /** Only those of these payees; undefined: all. */
  readonly payees: readonly string[] | undefined
  readonly before: string | undefined
  readonly limit: number
}

/** Drafts, the newest first. */
export async function listDrafts(client: Queryable, filter: DraftFilter): Promise<DraftRow[]> {
  const { rows } = await client.query<DraftRow>(
    `${viewSql} WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR payee = $2) AND ($3::text[] IS NULL OR payee = ANY($3))
       AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
    [filter.status ?? null, filter.payee ?? null, filter.payees ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

/** Who does something to a draft: the name, and the hash of the key. */
export interface Hand {
  readonly name: string
  readonly keyHash: string
}
const contributorOf = ({ keyHash, name }: Hand) => `${keyHash} ${name}`

export type NewDraft = Pick<DraftRow, 'id' | 'title' | 'reason' | 'payee' | 'base' | 'validFrom'>

/** Makes a draft; false when its author has as many unsettled ones as `most`. */
export async function makeDraft(client: Client, draft: NewDraft, by: Hand, most: number, at: Date): Promise<boolean> {
  // Drafts of one key are counted by one at a time.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('fee drafts ' || $1, 0))", [by.keyHash])
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM catalogue_draft WHERE author_key = $1 AND status IN ('open', 'submitted', 'returned')`,
    [by.keyHash],
  )
  if ((rows[0]?.count ?? 0) >= most) return false
  const { id, title, reason, payee, base, validFrom } = draft
  await client.query(
    `INSERT INTO catalogue_draft (id, title, reason, payee, base, status, valid_from, author, author_key, contributors, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $10)`,
    [id, title, reason, payee, base, validFrom, by.name, by.keyHash, [contributorOf(by)], at],
  )
  return true
}

export interface DraftChange {
  readonly title?: string | undefined
  readonly reason?: string | undefined
  readonly validFrom?: string | undefined
  readonly base?: number
}

/** Notes that a held draft was changed: it is open again, one revision on, and whoever changed it is one of its contributors. */
export async function noteChange(
  client: Client,
  id: string,
  by: Hand | undefined,
  at: Date,
  change: DraftChange = {},
): Promise<void> {
  await client.query(
    `UPDATE catalogue_draft SET status = 'open', revision = revision + 1, updated_at = $2,
       title = coalesce($3, title), reason = coalesce($4, reason), valid_from = coalesce($5::date, valid_from), base = coalesce($6, base),
       contributors = CASE WHEN $7::text IS NULL OR $7 = ANY(contributors) THEN contributors ELSE contributors || $7::text END
     WHERE id = $1`,
    [
      id,
      at,
      change.title ?? null,
      change.reason ?? null,
      change.validFrom ?? null,
      change.base ?? null,
      by === undefined ? null : contributorOf(by),
    ],
  )
}

/** Moves a held draft on: submitted, returned with a remark, published as an edition, discarded. */
export async function moveDraft(
  client: Client,
  id: string,
  to: {
    readonly status: Exclude<DraftStatus, 'open'>
    readonly by: Hand
    readonly remark?: string
    readonly edition?: number
  },
  at: Date,
): Promise<void> {
  const { status, by, remark, edition } = to
  await client.query(
    `UPDATE catalogue_draft SET status = $2, revision = revision + 1, updated_at = $3, remark = coalesce($5, remark), edition = $6,
       submitted_at = CASE WHEN $2 = 'submitted' THEN $3 ELSE submitted_at END,
       decided_at = CASE WHEN $2 = 'submitted' THEN NULL ELSE $3::timestamptz END, decided_by = CASE WHEN $2 = 'submitted' THEN NULL ELSE $4 END
     WHERE id = $1`,
    [id, status, at, by.name, remark ?? null, edition ?? null],
  )
}

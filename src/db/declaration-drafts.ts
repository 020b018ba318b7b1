import type { Client, Queryable } from './database.ts'

/** What lists show of a draft. */
export interface DraftFacts {
  readonly functionalReferenceId: string | null
  readonly direction: string | null
  readonly items: number
  readonly guessCount: number
}

/** What somebody says of a draft; JSON where it is a tree. */
export interface DraftTexts extends DraftFacts {
  readonly title: string | null
  readonly document: string
  readonly guesses: string
  readonly particulars: string | null
  readonly reason: string | null
}

/** The declaration a draft corrects or amends, as of which version. */
export interface DraftBasis {
  readonly declarationId: string
  readonly purpose: 'correction' | 'amendment'
  readonly version: number
}

interface DraftHead {
  readonly id: string
  readonly revision: number
  readonly basis: DraftBasis | undefined
  /** The version of its declaration that counts now. */
  readonly current: number | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Name of the key. */
  readonly updatedBy: string
}
/** A draft of a declaration 申报草稿 as a list shows it, and whole. */
export type DraftLine = DraftHead & DraftFacts & Pick<DraftTexts, 'title'>
export type KeptDraft = DraftHead & DraftTexts

type Row<T> = Omit<T, 'basis' | 'current'> & {
  declarationId: string | null
  purpose: DraftBasis['purpose'] | null
  version: number | null
  current: number | null
}

const lineColumns = `draft.id, draft.revision, title, draft.functional_reference_id AS "functionalReferenceId", draft.direction, items,
  guess_count AS "guessCount", declaration_id AS "declarationId", purpose, draft.version, declaration.version AS current,
  created_at AS "createdAt", draft.updated_at AS "updatedAt", updated_by AS "updatedBy"`
const fromSql = 'FROM declaration_draft draft LEFT JOIN declaration ON declaration.id = declaration_id'

const draftOf = <T>({ declarationId, purpose, version, current, ...row }: Row<T>): T =>
  ({
    ...row,
    basis:
      declarationId !== null && purpose !== null && version !== null ? { declarationId, purpose, version } : undefined,
    current: current ?? undefined,
  }) as T

/** One draft of a firm. @param held nobody else changes it until the transaction ends */
export async function readDeclarationDraft(
  client: Queryable,
  { id, tenant }: { readonly id: string; readonly tenant: string },
  held = false,
): Promise<KeptDraft | undefined> {
  // A statement of its own: the one after it sees what whoever held it before did.
  if (held) await client.query('SELECT FROM declaration_draft WHERE id = $1 AND tenant = $2 FOR UPDATE', [id, tenant])
  const { rows } = await client.query<Row<KeptDraft>>(
    `SELECT ${lineColumns}, document, guesses, particulars, reason ${fromSql} WHERE draft.id = $1 AND draft.tenant = $2`,
    [id, tenant],
  )
  return rows[0] && draftOf<KeptDraft>(rows[0])
}

/** A firm's drafts, the newest first. */
export async function listDeclarationDrafts(
  client: Queryable,
  tenant: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<DraftLine[]> {
  const { rows } = await client.query<Row<DraftLine>>(
    `SELECT ${lineColumns} ${fromSql} WHERE draft.tenant = $1 AND ($2::text IS NULL OR draft.id < $2) ORDER BY draft.id DESC LIMIT $3`,
    [tenant, after ?? null, limit],
  )
  return rows.map((row) => draftOf<DraftLine>(row))
}

/** Keeps a new draft; false when its firm has as many as `most`. */
export async function keepDeclarationDraft(
  client: Client,
  tenant: string,
  draft: DraftTexts & Pick<KeptDraft, 'id' | 'basis' | 'updatedBy'>,
  most: number,
  at: Date,
): Promise<boolean> {
  // Drafts of one firm are counted by one at a time.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('declaration drafts ' || $1, 0))", [tenant])
  const { rowCount } = await client.query(
    `INSERT INTO declaration_draft (id, tenant, title, document, guesses, particulars, reason, functional_reference_id, direction, items,
       guess_count, updated_by, declaration_id, purpose, version, created_at, updated_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16
     WHERE (SELECT count(*) FROM declaration_draft WHERE tenant = $2) < $17`,
    [draft.id, tenant, ...values(draft), ...basisOf(draft), at, most],
  )
  return rowCount === 1
}

/** Puts other contents into a draft that is held. @returns its revision */
export async function replaceDeclarationDraft(
  client: Client,
  draft: DraftTexts & Pick<KeptDraft, 'id' | 'basis' | 'updatedBy'>,
  at: Date,
): Promise<number> {
  const { rows } = await client.query<{ revision: number }>(
    `UPDATE declaration_draft SET title = $2, document = $3, guesses = $4, particulars = $5, reason = $6, functional_reference_id = $7,
       direction = $8, items = $9, guess_count = $10, updated_by = $11, declaration_id = $12, purpose = $13, version = $14,
       updated_at = $15, revision = revision + 1
     WHERE id = $1 RETURNING revision`,
    [draft.id, ...values(draft), ...basisOf(draft), at],
  )
  return rows[0]?.revision ?? 0
}

const values = (draft: DraftTexts & Pick<KeptDraft, 'updatedBy'>) => [
  draft.title,
  draft.document,
  draft.guesses,
  draft.particulars,
  draft.reason,
  draft.functionalReferenceId,
  draft.direction,
  draft.items,
  draft.guessCount,
  draft.updatedBy,
]
const basisOf = ({ basis }: Pick<KeptDraft, 'basis'>) => [
  basis?.declarationId ?? null,
  basis?.purpose ?? null,
  basis?.version ?? null,
]

/** Throws a held draft away. */
export async function removeDeclarationDraft(client: Client, id: string): Promise<void> {
  await client.query('DELETE FROM declaration_draft WHERE id = $1', [id])
}

/** Takes a held draft out: it was handed in, in this very transaction. */
export async function closeDeclarationDraft(
  client: Client,
  { id, tenant, declarationId }: { readonly id: string; readonly tenant: string; readonly declarationId: string },
  at: Date,
): Promise<void> {
  await removeDeclarationDraft(client, id)
  await client.query(
    'INSERT INTO declaration_draft_outcome (draft_id, tenant, declaration_id, at) VALUES ($1, $2, $3, $4)',
    [id, tenant, declarationId, at],
  )
}

/** The declaration a draft was handed in as, or to; undefined while it was not. */
export async function outcomeOfDraft(
  client: Queryable,
  { id, tenant }: { readonly id: string; readonly tenant: string },
): Promise<string | undefined> {
  const { rows } = await client.query<{ declaration_id: string }>(
    'SELECT declaration_id FROM declaration_draft_outcome WHERE draft_id = $1 AND tenant = $2',
    [id, tenant],
  )
  return rows[0]?.declaration_id
}

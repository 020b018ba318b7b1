import type { Client, Queryable } from './database.ts'

/** One reading by an agency 查询记录. */
export interface SharedRead {
  readonly declarationId: string
  readonly id: string
  readonly agency: string
  readonly by: string
  readonly purpose: string
  readonly caseNumber: string
  readonly kind: string
  readonly version: number
  /** The version of the policy. */
  readonly policy: string
  /** JSON. */
  readonly basis: string
  readonly fields: string
  readonly at: Date
  readonly discloseAt: Date
}
/** As it is kept: numbered, and tied to the one before. */
export interface ChainedRead extends SharedRead {
  readonly number: number
  readonly hash: string
}

const columns = `declaration_id AS "declarationId", number, id, agency, by, purpose, case_number AS "caseNumber", kind, version, policy, basis, fields, at,
  disclose_at AS "discloseAt", hash`

/**
 * Keeps declarations from being changed until the end of the transaction: a change waits until what was read is kept, and then finds
 * who is to be told of it; or it was there first, and what is read is read after it. In the order of their ids, as who changes them.
 */
export async function holdUnchanged(client: Client, declarationIds: readonly string[]): Promise<void> {
  await client.query('SELECT FROM declaration WHERE id = ANY($1) ORDER BY id FOR SHARE', [declarationIds])
}

/**
 * Where the chains of these declarations end. Nobody else reads of them until the end of the transaction: a number is given once.
 * Locked in the order of their ids, as everybody does.
 */
export async function lockReads(
  client: Client,
  declarationIds: readonly string[],
): Promise<Map<string, { readonly number: number; readonly hash: string }>> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('shared read ' || id, 0)) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) AS ours`,
    [declarationIds],
  )
  const { rows } = await client.query<{ declaration_id: string; number: number; hash: string }>(
    `SELECT DISTINCT ON (declaration_id) declaration_id, number, hash FROM shared_read WHERE declaration_id = ANY($1)
     ORDER BY declaration_id, number DESC`,
    [declarationIds],
  )
  return new Map(rows.map(({ declaration_id, number, hash }) => [declaration_id, { number, hash }]))
}

/** Keeps readings. */
export async function keepReads(client: Client, reads: readonly ChainedRead[]): Promise<void> {
  const of = <K extends keyof ChainedRead>(key: K) => reads.map((read) => read[key])
  await client.query(
    `INSERT INTO shared_read (declaration_id, number, id, agency, by, purpose, case_number, kind, version, policy, basis, fields, at, disclose_at, hash)
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[],
       $13::timestamptz[], $14::timestamptz[], $15::text[])`,
    [
      of('declarationId'),
      of('number'),
      of('id'),
      of('agency'),
      of('by'),
      of('purpose'),
      of('caseNumber'),
      of('kind'),
      of('version'),
      of('policy'),
      of('basis'),
      of('fields'),
      of('at'),
      of('discloseAt'),
      of('hash'),
    ],
  )
}

/** Readings of a declaration, the newest first. @param disclosedBy only what its trader may know by then; undefined: all */
export async function listReads(
  queryable: Queryable,
  declarationId: string,
  disclosedBy: Date | undefined,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<ChainedRead[]> {
  const { rows } = await queryable.query<ChainedRead>(
    `SELECT ${columns} FROM shared_read WHERE declaration_id = $1 AND ($2::timestamptz IS NULL OR disclose_at <= $2) AND ($3::text IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [declarationId, disclosedBy ?? null, page.after ?? null, page.limit],
  )
  return rows
}

/** How often a declaration was read, as far as its trader may know by then. */
export async function countReads(queryable: Queryable, declarationId: string, disclosedBy: Date): Promise<number> {
  const { rows } = await queryable.query<{ count: number }>(
    'SELECT count(*) AS count FROM shared_read WHERE declaration_id = $1 AND disclose_at <= $2',
    [declarationId, disclosedBy],
  )
  return rows[0]?.count ?? 0
}

/** Every reading of declarations, in the order of their chains. */
export async function readReads(queryable: Queryable, declarationIds: readonly string[]): Promise<ChainedRead[]> {
  const { rows } = await queryable.query<ChainedRead>(
    `SELECT ${columns} FROM shared_read WHERE declaration_id = ANY($1) ORDER BY declaration_id, number`,
    [declarationIds],
  )
  return rows
}

/** Who has read of declarations, and for what: each agency, purpose and case number once. */
export async function readersOf(queryable: Queryable, declarationIds: readonly string[]): Promise<ReadBy[]> {
  if (declarationIds.length === 0) return []
  const { rows } = await queryable.query<ReadBy>(
    `SELECT DISTINCT declaration_id AS "declarationId", agency, purpose, case_number AS "caseNumber" FROM shared_read
     WHERE declaration_id = ANY($1) ORDER BY 1, 2, 3, 4`,
    [declarationIds],
  )
  return rows
}
export interface ReadBy {
  readonly declarationId: string
  readonly agency: string
  readonly purpose: string
  readonly caseNumber: string
}

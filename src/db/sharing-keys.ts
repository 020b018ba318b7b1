import type { Client, Queryable } from './database.ts'

/** A value a declaration is searched by, and the pattern of the field it stands in. */
export interface SharedKey {
  readonly pattern: string
  readonly value: string
}
/** A declaration's document as it counts. */
export interface CountingDocument {
  readonly id: string
  readonly version: number
  readonly document: string
}

/** Documents of declarations as they count in this transaction. */
export async function readDocuments(client: Queryable, ids: readonly string[]): Promise<CountingDocument[]> {
  const { rows } = await client.query<CountingDocument>(
    `SELECT declaration.id, declaration.version, coalesce(document, raw) AS document
     FROM declaration JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = declaration.version
     WHERE declaration.id = ANY($1) ORDER BY declaration.id`,
    [ids],
  )
  return rows
}

/** The next declarations, by their ids, whose values have not been taken yet. */
export async function nextUnkeyed(client: Client, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM declaration WHERE id > coalesce((SELECT declaration_id FROM shared_key_cursor WHERE id = 1), '')
       AND NOT EXISTS (SELECT FROM shared_keyed WHERE declaration_id = declaration.id) ORDER BY id LIMIT $1`,
    [limit],
  )
  return rows.map(({ id }) => id)
}

/** Every declaration up to this id has been looked at, for good. */
export async function moveCursor(client: Client, to: string): Promise<void> {
  await client.query(
    `INSERT INTO shared_key_cursor (id, declaration_id) VALUES (1, $1)
     ON CONFLICT (id) DO UPDATE SET declaration_id = greatest(shared_key_cursor.declaration_id, excluded.declaration_id)`,
    [to],
  )
}

/** Which of these declarations have their values taken. */
export async function keyedAmong(client: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT declaration_id AS id FROM shared_keyed WHERE declaration_id = ANY($1)',
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * Takes the values of declarations. Who comes with an older version than is known changes nothing. In the order of their ids, so that two who
 * take the same cannot wait for each other.
 */
export async function keepKeys(
  client: Client,
  documents: readonly { readonly id: string; readonly version: number; readonly keys: readonly SharedKey[] }[],
): Promise<void> {
  if (documents.length === 0) return
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO shared_keyed (declaration_id, version) SELECT * FROM unnest($1::text[], $2::int[]) AS new (id) ORDER BY id
     ON CONFLICT (declaration_id) DO UPDATE SET version = excluded.version WHERE shared_keyed.version < excluded.version
     RETURNING declaration_id AS id`,
    [documents.map(({ id }) => id), documents.map(({ version }) => version)],
  )
  const fresh = new Set(rows.map(({ id }) => id))
  const taken = documents
    .filter(({ id }) => fresh.has(id))
    .flatMap(({ id, keys }) => keys.map((key) => ({ id, ...key })))
  await client.query('DELETE FROM shared_key WHERE declaration_id = ANY($1)', [[...fresh]])
  await client.query(
    `INSERT INTO shared_key (pattern, value, declaration_id) SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [taken.map(({ pattern }) => pattern), taken.map(({ value }) => value), taken.map(({ id }) => id)],
  )
}

/** One thing declarations are searched by: a value in any of some fields; or a name that agencies gave a filing. */
export interface Search {
  readonly value: string
  readonly patterns: readonly string[]
  readonly references: boolean
}

/** Declarations that all searches find, the newest first. @param concerning only those this agency has a filing of */
export async function findKeyed(
  client: Queryable,
  searches: readonly Search[],
  concerning: string | undefined,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  const values: unknown[] = [page.after ?? null, page.limit, concerning ?? null]
  const found = searches.map(({ value, patterns, references }) => {
    const at = values.push(patterns, value)
    const byKey = `SELECT declaration_id FROM shared_key WHERE pattern = ANY($${at - 1}) AND value = $${at}`
    const byName = `SELECT declaration_id FROM filing_reference JOIN filing ON filing.id = filing_id WHERE value = $${at}`
    return `id IN (${references ? `${byKey} UNION ${byName}` : byKey})`
  })
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM declaration WHERE ($1::text IS NULL OR id < $1) AND ${found.join(' AND ')}
       AND ($3::text IS NULL OR EXISTS (SELECT FROM filing WHERE declaration_id = declaration.id AND agency = $3))
     ORDER BY id DESC LIMIT $2`,
    values,
  )
  return rows.map(({ id }) => id)
}

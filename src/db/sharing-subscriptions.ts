import type { Client, Queryable } from './database.ts'

/** What an agency wants to be told of 共享订阅. */
export interface SubscriptionRow {
  readonly id: string
  readonly agency: string
  readonly by: string
  readonly purpose: string
  readonly caseNumber: string
  readonly filter: string
  readonly value: string
  /** Patterns; absent: all the purpose allows. */
  readonly fields: readonly string[] | undefined
  readonly at: Date
  readonly endedAt: Date | undefined
}

type Row = Omit<SubscriptionRow, 'fields' | 'endedAt'> & { fields: string | null; endedAt: Date | null }
const columns = `shared_subscription.id, agency, by, purpose, case_number AS "caseNumber", filter, shared_subscription.value, fields, shared_subscription.at, ended_at AS "endedAt"`
const rowOf = ({ fields, endedAt, ...row }: Row): SubscriptionRow => ({
  ...row,
  fields: fields === null ? undefined : (JSON.parse(fields) as string[]),
  endedAt: endedAt ?? undefined,
})

/** Keeps a subscription. @returns false when its agency has as many as it may */
export async function keepSubscription(client: Client, row: SubscriptionRow, most: number): Promise<boolean> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('shared subscription ' || $1, 0))", [row.agency])
  const { rowCount } = await client.query(
    `INSERT INTO shared_subscription (id, agency, by, purpose, case_number, filter, value, fields, at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
     WHERE (SELECT count(*) FROM shared_subscription WHERE agency = $2 AND ended_at IS NULL) < $10`,
    [
      row.id,
      row.agency,
      row.by,
      row.purpose,
      row.caseNumber,
      row.filter,
      row.value,
      row.fields === undefined ? null : JSON.stringify(row.fields),
      row.at,
      most,
    ],
  )
  return rowCount === 1
}

/** An agency's subscriptions, the newest first. */
export async function listSubscriptions(
  queryable: Queryable,
  agency: string,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<SubscriptionRow[]> {
  const { rows } = await queryable.query<Row>(
    `SELECT ${columns} FROM shared_subscription WHERE agency = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [agency, page.after ?? null, page.limit],
  )
  return rows.map(rowOf)
}

/** One subscription of an agency. */
export async function readSubscription(
  queryable: Queryable,
  agency: string,
  id: string,
): Promise<SubscriptionRow | undefined> {
  const { rows } = await queryable.query<Row>(
    `SELECT ${columns} FROM shared_subscription WHERE agency = $1 AND id = $2`,
    [agency, id],
  )
  return rows[0] && rowOf(rows[0])
}

/** Ends a subscription; one that has ended stays as it was. @returns whether there is one */
export async function endSubscription(queryable: Queryable, agency: string, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await queryable.query(
    'UPDATE shared_subscription SET ended_at = coalesce(ended_at, $3) WHERE agency = $1 AND id = $2',
    [agency, id, at],
  )
  return rowCount === 1
}

/** Whether anybody wants to be told of anything. */
export async function anySubscription(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ any: boolean }>({
    name: 'any-subscription',
    text: 'SELECT EXISTS (SELECT FROM shared_subscription WHERE ended_at IS NULL) AS any',
  })
  return rows[0]?.any ?? false
}

/** A subscription that a declaration falls under, and by which of its fields. */
export interface Matched {
  readonly declarationId: string
  /** The field its value stands in; absent where the declaration itself was named. */
  readonly pattern: string | undefined
  readonly subscription: SubscriptionRow
}

/** Subscriptions these declarations fall under. @param kinds which fields each kind of search looks at */
export async function matchSubscriptions(
  queryable: Queryable,
  declarationIds: readonly string[],
  kinds: { readonly [kind: string]: readonly string[] },
): Promise<Matched[]> {
  const pairs = Object.entries(kinds).flatMap(([kind, patterns]) => patterns.map((pattern) => ({ kind, pattern })))
  const { rows } = await queryable.query<Row & { declarationId: string; pattern: string | null }>(
    `WITH kind AS (SELECT * FROM unnest($2::text[], $3::text[]) AS kind (id, pattern))
     SELECT ${columns}, shared_key.declaration_id AS "declarationId", shared_key.pattern
     FROM shared_key JOIN kind ON kind.pattern = shared_key.pattern
       JOIN shared_subscription ON filter = kind.id AND shared_subscription.value = shared_key.value AND ended_at IS NULL
     WHERE shared_key.declaration_id = ANY($1)
     UNION ALL
     SELECT ${columns.replace(' agency', ' shared_subscription.agency')}, declaration_id AS "declarationId", '/filings/' || filing.agency || '/' || procedure || '/*/references/*/value'
     FROM filing JOIN filing_reference ON filing_id = filing.id
       JOIN shared_subscription ON filter = 'reference' AND shared_subscription.value = filing_reference.value AND ended_at IS NULL
     WHERE declaration_id = ANY($1)
     UNION ALL
     SELECT ${columns}, shared_subscription.value AS "declarationId", NULL
     FROM shared_subscription WHERE ended_at IS NULL AND filter = 'declaration' AND shared_subscription.value = ANY($1)
     ORDER BY 1, "declarationId"`,
    [declarationIds, pairs.map(({ kind }) => kind), pairs.map(({ pattern }) => pattern)],
  )
  return rows.map(({ declarationId, pattern, ...row }) => ({
    declarationId,
    pattern: pattern ?? undefined,
    subscription: rowOf(row),
  }))
}

/** The version of declarations that counted before this transaction, as their timelines tell. */
export async function versionsTold(queryable: Queryable, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await queryable.query<{ id: string; data: string }>(
    `SELECT DISTINCT ON (declaration_id) declaration_id AS id, data FROM event
     WHERE declaration_id = ANY($1) AND type IN ('declaration.revised', 'declaration.amended') ORDER BY declaration_id, number DESC`,
    [ids],
  )
  return new Map(rows.map(({ id, data }) => [id, (JSON.parse(data) as { version: number }).version]))
}

/** Documents of versions. */
export async function readVersions(
  queryable: Queryable,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<{ readonly id: string; readonly version: number; readonly document: string }[]> {
  const { rows } = await queryable.query<{ id: string; version: number; document: string }>(
    `SELECT declaration_id AS id, version, coalesce(document, raw) AS document
     FROM declaration_version JOIN unnest($1::text[], $2::int[]) AS wanted (id, number) ON declaration_id = id AND version = number ORDER BY id, version`,
    [wanted.map(({ id }) => id), wanted.map(({ version }) => version)],
  )
  return rows
}

import type { Client, Queryable } from './database.ts'

/** A level as an agency gave it. */
export interface CreditRow {
  readonly id: number
  readonly firm: string
  readonly scheme: string
  readonly agency: string
  readonly level: string
  readonly rank: number
  /** YYYY-MM-DD. */
  readonly since: string
  readonly occasion: 'rating' | 'repair' | 'correction'
  readonly reason: string
  readonly basis: string
  readonly corrects: number | null
  readonly by: string
  readonly at: Date
}
export type HeldRow = Pick<CreditRow, 'id' | 'firm' | 'scheme' | 'agency' | 'level' | 'rank' | 'since'>

/** Holds a firm's credit until the end of the transaction: whoever changes it meanwhile waits. */
export async function lockFirm(client: Client, firm: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('credit ' || $1, 0))", [firm])
}

const columns = `id, firm, scheme, agency, level, rank, to_char(since, 'YYYY-MM-DD') AS since, occasion, reason, basis, corrects, by, at`

/** All levels a firm was ever given, of one scheme or of all: newest day first, of a day what was given last. */
export async function readCredit(queryable: Queryable, firm: string, scheme?: string): Promise<CreditRow[]> {
  const { rows } = await queryable.query<CreditRow>(
    `SELECT ${columns} FROM firm_credit WHERE firm = $1 AND ($2::text IS NULL OR scheme = $2) ORDER BY scheme, firm_credit.since DESC, id DESC`,
    [firm, scheme ?? null],
  )
  return rows
}

export async function keepLevel(client: Client, row: Omit<CreditRow, 'id'>): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO firm_credit (firm, scheme, agency, level, rank, since, occasion, reason, basis, corrects, by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      row.firm,
      row.scheme,
      row.agency,
      row.level,
      row.rank,
      row.since,
      row.occasion,
      row.reason,
      row.basis,
      row.corrects,
      row.by,
      row.at,
    ],
  )
  return rows[0]?.id ?? 0
}

const uncorrected = (name: string) => `NOT EXISTS (SELECT FROM firm_credit better WHERE better.corrects = ${name}.id)`

/** What firms hold on a day: in each scheme the newest by its own day, of a day what was given last; mistakes do not count. */
export async function readHeld(queryable: Queryable, firms: readonly string[], day: string): Promise<HeldRow[]> {
  const { rows } = await queryable.query<HeldRow>({
    name: 'credit-held',
    text: `SELECT DISTINCT ON (firm, scheme) id, firm, scheme, agency, level, rank, to_char(since, 'YYYY-MM-DD') AS since
     FROM firm_credit given WHERE firm = ANY($1) AND given.since <= $2::date AND ${uncorrected('given')}
     ORDER BY firm, scheme, given.since DESC, id DESC`,
    values: [firms, day],
  })
  return rows
}

/** A consequence with the level it follows from. */
export interface ConsequenceRow {
  readonly id: number
  readonly firm: string
  readonly kind: 'at-most' | 'risk'
  readonly agency: string
  readonly scheme: string | null
  readonly level: string | null
  readonly rank: number | null
  readonly factor: string | null
  /** JSON. */
  readonly rule: string
  readonly at: Date
  readonly endedAt: Date | null
  readonly cause: number
  readonly causeScheme: string
  readonly causeLevel: string
  readonly causeSince: string
}

/** Consequences for firms, oldest first. @param at only those that stand at this instant */
export async function readConsequences(
  queryable: Queryable,
  firms: readonly string[],
  at?: Date,
): Promise<ConsequenceRow[]> {
  const { rows } = await queryable.query<ConsequenceRow>(
    `SELECT c.id, c.firm, c.kind, c.agency, c.scheme, c.level, c.rank, c.factor, c.rule, c.at, ending.at AS "endedAt", c.cause,
       given.scheme AS "causeScheme", given.level AS "causeLevel", to_char(given.since, 'YYYY-MM-DD') AS "causeSince"
     FROM credit_consequence c JOIN firm_credit given ON given.id = c.cause LEFT JOIN credit_consequence_end ending ON ending.consequence = c.id
     WHERE c.firm = ANY($1) AND ($2::timestamptz IS NULL OR (c.at <= $2 AND (ending.at IS NULL OR ending.at > $2))) ORDER BY c.id`,
    [firms, at ?? null],
  )
  return rows
}

export async function beginConsequence(
  client: Client,
  row: Pick<
    ConsequenceRow,
    'firm' | 'kind' | 'agency' | 'scheme' | 'level' | 'rank' | 'factor' | 'rule' | 'at' | 'cause'
  >,
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO credit_consequence (firm, kind, agency, scheme, level, rank, factor, rule, at, cause)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [row.firm, row.kind, row.agency, row.scheme, row.level, row.rank, row.factor, row.rule, row.at, row.cause],
  )
  return rows[0]?.id ?? 0
}

export async function endConsequence(client: Client, id: number, at: Date): Promise<void> {
  await client.query('INSERT INTO credit_consequence_end (consequence, at) VALUES ($1, $2)', [id, at])
}

/** Firms whose consequences may not be what the rules of today want: those that have some, and those ever given such a level. */
export async function readConcerned(
  queryable: Queryable,
  causes: readonly { readonly scheme: string; readonly level: string }[],
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await queryable.query<{ firm: string }>(
    `SELECT firm FROM (
       SELECT c.firm FROM credit_consequence c WHERE NOT EXISTS (SELECT FROM credit_consequence_end ending WHERE ending.consequence = c.id)
       UNION SELECT given.firm FROM firm_credit given JOIN unnest($1::text[], $2::text[]) AS cause (scheme, level) USING (scheme, level)
     ) concerned WHERE firm > $3 ORDER BY firm LIMIT $4`,
    [causes.map(({ scheme }) => scheme), causes.map(({ level }) => level), after, limit],
  )
  return rows.map(({ firm }) => firm)
}

/** Firms that hold one of these levels on a day, by scheme and firm. */
export async function readPublishedCredit(
  queryable: Queryable,
  levels: readonly { readonly scheme: string; readonly level: string }[],
  day: string,
  after: { readonly scheme: string; readonly firm: string },
  limit: number,
): Promise<HeldRow[]> {
  const { rows } = await queryable.query<HeldRow>(
    `SELECT id, firm, scheme, agency, given.level, rank, to_char(since, 'YYYY-MM-DD') AS since
     FROM firm_credit given JOIN unnest($1::text[], $2::text[]) AS shown (scheme, level) USING (scheme, level)
     WHERE given.since <= $3::date AND ${uncorrected('given')} AND (scheme, firm) > ($4, $5)
       AND NOT EXISTS (SELECT FROM firm_credit newer WHERE newer.firm = given.firm AND newer.scheme = given.scheme
         AND newer.since <= $3::date AND (newer.since, newer.id) > (given.since, given.id) AND ${uncorrected('newer')})
     ORDER BY scheme, firm LIMIT $6`,
    [levels.map(({ scheme }) => scheme), levels.map(({ level }) => level), day, after.scheme, after.firm, limit],
  )
  return rows
}

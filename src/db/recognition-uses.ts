import type { Client, Queryable } from './database.ts'

/** A submission that carries a recognised result. */
export interface Carried {
  readonly filingId: string
  readonly attempt: number
  readonly recognitionId: string
  readonly check: string
  readonly rule: string
}

/**
 * Keeps which results the newest encoding of submissions carries: one encoded anew without a result does not carry it any more.
 * @param encoded every submission that was encoded, whether it carries any or not
 */
export async function keepCarried(
  client: Client,
  encoded: readonly { readonly filingId: string; readonly attempt: number }[],
  carried: readonly Carried[],
  now: Date,
): Promise<void> {
  await client.query(
    `UPDATE recognition_use SET state = 'dropped'
     FROM unnest($1::text[], $2::int[]) AS new (filing_id, attempt)
     WHERE recognition_use.filing_id = new.filing_id AND recognition_use.attempt = new.attempt AND state = 'carried'
       AND (recognition_id, recognition_use.filing_id) NOT IN (SELECT * FROM unnest($3::text[], $4::text[]))`,
    [
      encoded.map(({ filingId }) => filingId),
      encoded.map(({ attempt }) => attempt),
      carried.map(({ recognitionId }) => recognitionId),
      carried.map(({ filingId }) => filingId),
    ],
  )
  if (carried.length === 0) return
  await client.query(
    `INSERT INTO recognition_use (recognition_id, filing_id, attempt, saved_check, rule, at, state)
     SELECT recognition_id, filing_id, attempt, saved_check, rule, $6, 'carried'
     FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::date[]) AS new (recognition_id, filing_id, attempt, saved_check, rule)
     ON CONFLICT (recognition_id, filing_id, attempt) DO UPDATE SET state = 'carried', at = excluded.at, rule = excluded.rule
       WHERE recognition_use.state = 'dropped'`,
    [
      carried.map(({ recognitionId }) => recognitionId),
      carried.map(({ filingId }) => filingId),
      carried.map(({ attempt }) => attempt),
      carried.map(({ check }) => check),
      carried.map(({ rule }) => rule),
      now,
    ],
  )
}

/**
 * Holds results until the end of the transaction: who revokes one of them waits, and then finds where it went. Nobody waits here, for who
 * revokes waits for declarations.
 * @returns whether all of them still stand
 */
export async function holdStanding(client: Client, recognitionIds: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM recognition WHERE id = ANY($1) AND revoked_at IS NULL FOR SHARE SKIP LOCKED',
    [recognitionIds],
  )
  return rowCount === recognitionIds.length
}

/** An agency said that it let these stand in for its own check: counted once. @returns those that are new */
export async function keepHonoured(
  client: Client,
  said: readonly {
    readonly filingId: string
    readonly attempt: number
    readonly recognitionId: string
    readonly at: string
  }[],
): Promise<{ readonly filingId: string; readonly recognitionId: string; readonly check: string }[]> {
  if (said.length === 0) return []
  const { rows } = await client.query<{ filingId: string; recognitionId: string; check: string }>(
    `UPDATE recognition_use SET state = 'honoured', honoured_at = new.at
     FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[]) AS new (recognition_id, filing_id, attempt, at)
     WHERE recognition_use.recognition_id = new.recognition_id AND recognition_use.filing_id = new.filing_id
       AND recognition_use.attempt = new.attempt AND state = 'carried'
     RETURNING recognition_use.filing_id AS "filingId", recognition_use.recognition_id AS "recognitionId", saved_check AS check`,
    [
      said.map(({ recognitionId }) => recognitionId),
      said.map(({ filingId }) => filingId),
      said.map(({ attempt }) => attempt),
      said.map(({ at }) => at),
    ],
  )
  return rows
}

/** Filings whose newest encoding carries any of these results. */
export async function carriedBy(
  client: Client,
  recognitionIds: readonly string[],
): Promise<
  {
    readonly recognitionId: string
    readonly filingId: string
    readonly agency: string
    readonly declarationId: string
  }[]
> {
  const { rows } = await client.query<{
    recognitionId: string
    filingId: string
    agency: string
    declarationId: string
  }>(
    `SELECT recognition_id AS "recognitionId", filing_id AS "filingId", agency, declaration_id AS "declarationId"
     FROM recognition_use JOIN filing ON filing.id = filing_id
     WHERE recognition_id = ANY($1) AND state <> 'dropped' ORDER BY filing_id`,
    [recognitionIds],
  )
  return rows
}

/** Checks that were not made a second time, by month (in Chongqing). */
export async function readSavings(queryable: Queryable) {
  const { rows } = await queryable.query<{
    category: string
    from: string
    agency: string
    procedure: string
    check: string
    month: string
    saved: number
  }>(
    `SELECT category, recognition.agency AS from, filing.agency, filing.procedure, saved_check AS check,
       to_char(honoured_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*)::int AS saved
     FROM recognition_use JOIN recognition ON recognition.id = recognition_id JOIN filing ON filing.id = recognition_use.filing_id
     WHERE state = 'honoured' GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 6, 1, 2, 3, 4, 5`,
  )
  return rows
}

/** A result as it is read, with its uses. */
export interface ResultView {
  readonly id: string
  readonly category: string
  readonly agency: string
  readonly procedure: string | null
  readonly declaration_id: string | null
  readonly filing_id: string | null
  readonly firm: string | null
  readonly number: string
  readonly covers: string
  readonly at: Date
  readonly valid_until: Date | null
  readonly revoked_at: Date | null
  readonly revoked_reason: string | null
  readonly uses:
    | {
        readonly filingId: string
        readonly agency: string
        readonly procedure: string
        readonly attempt: number
        readonly check: string
        readonly rule: string
        readonly state: 'carried' | 'honoured' | 'dropped'
        readonly at: string
        readonly honouredAt: string | null
      }[]
    | null
}

/** Who looks: a firm sees what is about its declarations and itself, an agency what it came to and what came to it. */
export interface ResultFilter {
  readonly id?: string | undefined
  readonly tenant?: string | undefined
  readonly agency?: string | undefined
  readonly declarationId?: string | undefined
  readonly category?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Results, newest first. Uses are told to whoever may see the declaration they were made for. */
export async function readResults(queryable: Queryable, filter: ResultFilter): Promise<ResultView[]> {
  const { rows } = await queryable.query<ResultView>(
    `SELECT recognition.*,
       (SELECT json_agg(json_build_object('filingId', filing_id, 'agency', filing.agency, 'procedure', filing.procedure, 'attempt', used.attempt, 'check', saved_check,
          'rule', rule, 'state', state, 'at', used.at, 'honouredAt', honoured_at) ORDER BY used.at, filing_id, used.attempt)
        FROM recognition_use used JOIN filing ON filing.id = used.filing_id JOIN declaration ON declaration.id = filing.declaration_id
        WHERE recognition_id = recognition.id AND ($2::text IS NULL OR tenant = $2) AND ($3::text IS NULL OR recognition.agency = $3 OR filing.agency = $3)) AS uses
     FROM recognition
     WHERE ($1::text IS NULL OR id = $1)
       AND ($2::text IS NULL OR firm = $2 OR EXISTS (SELECT FROM declaration WHERE declaration.id = recognition.declaration_id AND tenant = $2))
       AND ($3::text IS NULL OR agency = $3 OR EXISTS (SELECT FROM recognition_use used JOIN filing ON filing.id = used.filing_id WHERE recognition_id = recognition.id AND filing.agency = $3))
       AND ($4::text IS NULL OR declaration_id = $4) AND ($5::text IS NULL OR category = $5) AND ($6::text IS NULL OR id < $6)
     ORDER BY id DESC LIMIT $7`,
    [
      filter.id ?? null,
      filter.tenant ?? null,
      filter.agency ?? null,
      filter.declarationId ?? null,
      filter.category ?? null,
      filter.after ?? null,
      filter.limit,
    ],
  )
  return rows
}

import { limits } from '../limits.ts'
import type { Client, Queryable } from './database.ts'

/** A declaration that waits to be drawn. */
export interface Candidate {
  readonly declarationId: string
  readonly registeredAt: Date
}

/** Notes that declarations were registered with an agency, each once: what has its lot, or waits for it, is not noted again. */
export async function keepCandidates(
  client: Client,
  registered: readonly { readonly agency: string; readonly declarationId: string }[],
  now: Date,
): Promise<void> {
  if (registered.length === 0) return
  await client.query({
    name: 'draw-candidates',
    text: `INSERT INTO draw_candidate (agency, declaration_id, registered_at)
     SELECT DISTINCT agency, declaration_id, $3::timestamptz FROM unnest($1::text[], $2::text[]) AS new (agency, declaration_id)
     WHERE NOT EXISTS (SELECT FROM draw_lot WHERE draw_lot.agency = new.agency AND draw_lot.declaration_id = new.declaration_id)
     ON CONFLICT DO NOTHING`,
    values: [registered.map(({ agency }) => agency), registered.map(({ declarationId }) => declarationId), now],
  })
  await client.query("SELECT pg_notify('yuchuang_draws', '')")
}

/** Candidates of an agency in the order of their registration, those that already have a lot left out (and forgotten). */
export async function takeCandidates(client: Client, agency: string, limit: number): Promise<Candidate[]> {
  await client.query(
    'DELETE FROM draw_candidate waiting USING draw_lot lot WHERE waiting.agency = $1 AND lot.agency = $1 AND lot.declaration_id = waiting.declaration_id',
    [agency],
  )
  const { rows } = await client.query<Candidate>(
    `SELECT declaration_id AS "declarationId", registered_at AS "registeredAt" FROM draw_candidate
     WHERE agency = $1 ORDER BY registered_at, declaration_id LIMIT $2`,
    [agency, limit],
  )
  return rows
}

/** A lot as it is kept. */
export interface LotRow {
  readonly agency: string
  readonly day: string
  readonly number: number
  readonly declarationId: string
  readonly lot: string
  readonly ppm: number
  readonly risk: number
  /** JSON. */
  readonly rules: string
  readonly excused: string
  readonly early: boolean
  readonly hash: string
  /** JSON; null when it was not selected. */
  readonly officers: string | null
  readonly at: Date
}

/** Keeps a lot, and takes its declaration from those that wait. */
export async function keepLot(client: Client, row: LotRow): Promise<void> {
  await client.query({
    name: 'draw-lot',
    text: `WITH drawn AS (DELETE FROM draw_candidate WHERE agency = $1 AND declaration_id = $4)
     INSERT INTO draw_lot (agency, day, number, declaration_id, lot, ppm, risk, rules, excused, early, hash, officers, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      row.agency,
      row.day,
      row.number,
      row.declarationId,
      row.lot,
      row.ppm,
      row.risk,
      row.rules,
      row.excused,
      row.early,
      row.hash,
      row.officers,
      row.at,
    ],
  })
}

const lotColumns = `agency, to_char(day, 'YYYY-MM-DD') AS day, number, declaration_id AS "declarationId", lot, ppm, risk, rules, excused, early, hash, officers, at`

/** The lots of a draw in their order, a page at a time. */
export async function* readLots(queryable: Queryable, agency: string, day: string): AsyncGenerator<LotRow[]> {
  for (let after = 0; ; ) {
    const { rows } = await queryable.query<LotRow>(
      `SELECT ${lotColumns} FROM draw_lot WHERE agency = $1 AND day = $2::date AND number > $3 ORDER BY number LIMIT $4`,
      [agency, day, after, limits.drawFilePage],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.number
  }
}

/** Lots of a draw after a number, so many of them. @param only those that were selected */
export async function readLotsAfter(
  queryable: Queryable,
  { agency, day }: { readonly agency: string; readonly day: string },
  { after, limit, only }: { readonly after: number; readonly limit: number; readonly only?: 'selected' | undefined },
): Promise<LotRow[]> {
  const { rows } = await queryable.query<LotRow>(
    `SELECT ${lotColumns} FROM draw_lot WHERE agency = $1 AND day = $2::date AND number > $3${only === undefined ? '' : ' AND officers IS NOT NULL'} ORDER BY number LIMIT $4`,
    [agency, day, after, limit],
  )
  return rows
}

export async function countSelected(queryable: Queryable, agency: string, day: string): Promise<number> {
  const { rows } = await queryable.query<{ count: number }>(
    'SELECT count(*) AS count FROM draw_lot WHERE agency = $1 AND day = $2::date AND officers IS NOT NULL',
    [agency, day],
  )
  return rows[0]?.count ?? 0
}

/** The lots of a declaration, one for each agency that drew it. */
export async function readLotsOf(queryable: Queryable, declarationId: string): Promise<LotRow[]> {
  const { rows } = await queryable.query<LotRow>(
    `SELECT ${lotColumns} FROM draw_lot WHERE declaration_id = $1 ORDER BY agency`,
    [declarationId],
  )
  return rows
}

/** A lot by the name it has in public. */
export async function readLot(
  queryable: Queryable,
  agency: string,
  day: string,
  lot: string,
): Promise<LotRow | undefined> {
  const { rows } = await queryable.query<LotRow>(
    `SELECT ${lotColumns} FROM draw_lot WHERE agency = $1 AND day = $2::date AND lot = $3`,
    [agency, day, lot],
  )
  return rows[0]
}

/** What an inspection found, or a correction of it. */
export interface ResultRow {
  readonly number: number
  readonly lotNumber: number
  readonly lot: string
  readonly outcome: 'nothing-found' | 'discrepancy' | 'transferred' | 'not-carried-out'
  readonly inspectedOn: string
  readonly hash: string
  readonly by: string
  readonly at: Date
}

/** Results of a draw, oldest first. @param lots only those of these lots, by number */
export async function readResults(
  queryable: Queryable,
  agency: string,
  day: string,
  lots?: readonly number[],
): Promise<ResultRow[]> {
  const { rows } = await queryable.query<ResultRow>(
    `SELECT result.number, lot_number AS "lotNumber", lot, outcome, to_char(inspected_on, 'YYYY-MM-DD') AS "inspectedOn", result.hash, by, result.at
     FROM draw_result result JOIN draw_lot ON draw_lot.agency = result.agency AND draw_lot.day = result.day AND draw_lot.number = lot_number
     WHERE result.agency = $1 AND result.day = $2::date AND ($3::int[] IS NULL OR lot_number = ANY($3)) ORDER BY result.number`,
    [agency, day, lots ?? null],
  )
  return rows
}

/** The number and hash of the newest result of a draw. */
export async function readLastResult(queryable: Queryable, agency: string, day: string) {
  const { rows } = await queryable.query<{ number: number; hash: string }>(
    'SELECT number, hash FROM draw_result WHERE agency = $1 AND day = $2::date ORDER BY number DESC LIMIT 1',
    [agency, day],
  )
  return rows[0]
}

export async function keepResult(
  client: Client,
  { agency, day }: { readonly agency: string; readonly day: string },
  row: Omit<ResultRow, 'lot'>,
): Promise<void> {
  await client.query(
    'INSERT INTO draw_result (agency, day, number, lot_number, outcome, inspected_on, hash, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [agency, day, row.number, row.lotNumber, row.outcome, row.inspectedOn, row.hash, row.by, row.at],
  )
}

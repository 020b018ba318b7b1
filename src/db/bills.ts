import type { JudgedLine } from '../../schemas/fees/bill.ts'
import type { Client, Database, Queryable } from './database.ts'

/** A checked bill 账单核对 as it is kept. */
export interface BillCheckRow {
  readonly id: string
  readonly tenant: string
  /** As it was given, as JSON. */
  readonly bill: string
  /** What was found, as JSON. */
  readonly findings: string
  readonly edition: number
  readonly port: string
  readonly payee: string | null
  readonly issuedOn: string
  readonly at: Date
}

/** Keeps a checked bill, and its lines for those who count. One statement: both or neither. */
export async function keepCheck(client: Client, check: BillCheckRow, lines: readonly JudgedLine[]): Promise<void> {
  await client.query(
    `WITH kept AS (
       INSERT INTO bill_check (id, tenant, bill, findings, edition, port, payee, issued_on, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9)
     )
     INSERT INTO bill_check_line (check_id, line, verdict, fee, kind, port, payee, issued_on, charged, most, over)
     SELECT $1, line, verdict, fee, kind, $6, $7, $8::date, charged, most, over
     FROM unnest($10::int[], $11::text[], $12::text[], $13::text[], $14::numeric[], $15::numeric[], $16::numeric[])
       AS judged (line, verdict, fee, kind, charged, most, over)`,
    [
      check.id,
      check.tenant,
      check.bill,
      check.findings,
      check.edition,
      check.port,
      check.payee,
      check.issuedOn,
      check.at,
      lines.map(({ line }) => line),
      lines.map(({ verdict }) => verdict),
      lines.map(({ matched }) => matched.fee ?? null),
      lines.map(({ matched }) => matched.kind ?? null),
      lines.map(({ charged }) => charged),
      lines.map(({ most }) => most ?? null),
      lines.map(({ over }) => over),
    ],
  )
}

const viewSql = `SELECT id, tenant, bill, findings, edition, port, payee, issued_on::text AS "issuedOn", at
FROM bill_check WHERE ($1::text IS NULL OR tenant = $1)`

/** One checked bill; undefined when it is not there or somebody else's. @param tenant undefined: anybody's */
export async function readCheck(
  client: Queryable,
  id: string,
  tenant: string | undefined,
): Promise<BillCheckRow | undefined> {
  const { rows } = await client.query<BillCheckRow>(`${viewSql} AND id = $2`, [tenant ?? null, id])
  return rows[0]
}

/** Holds a checked bill of a firm until the transaction ends: who complains about it does so one after the other. */
export async function lockCheck(client: Client, id: string, tenant: string): Promise<BillCheckRow | undefined> {
  await client.query('SELECT FROM bill_check WHERE id = $1 AND tenant = $2 FOR UPDATE', [id, tenant])
  return readCheck(client, id, tenant)
}

export interface BillCheckFilter {
  readonly port: string | undefined
  readonly payee: string | undefined
  /** Id of the last one of the page before. */
  readonly after: string | undefined
  readonly limit: number
}

/** Checked bills, the newest first. */
export async function listChecks(
  { pool }: Database,
  tenant: string | undefined,
  { port, payee, after, limit }: BillCheckFilter,
): Promise<BillCheckRow[]> {
  const { rows } = await pool.query<BillCheckRow>(
    `${viewSql} AND ($2::text IS NULL OR port = $2) AND ($3::text IS NULL OR payee = $3) AND ($4::text IS NULL OR id < $4 COLLATE "C")
     ORDER BY id COLLATE "C" DESC LIMIT $5`,
    [tenant ?? null, port ?? null, payee ?? null, after ?? null, limit],
  )
  return rows
}

import type { ComplaintMove, ComplaintStatus, Party } from '../../schemas/fees/complaints.ts'
import type { Client, Database, Queryable } from './database.ts'
import { placeOwnEvent } from './feed.ts'

/** A complaint 价格投诉 as it is kept. */
export interface ComplaintRow {
  readonly number: string
  readonly checkId: string
  readonly tenant: string
  readonly payee: string
  /** The payee's firm, where the catalogue knows it. */
  readonly payeeTenant: string | null
  readonly port: string
  readonly lines: readonly number[]
  readonly amount: string
  readonly status: ComplaintStatus
  readonly revision: number
  readonly filedAt: Date
  readonly dueOn: string
  readonly closedAt: Date | null
}

/** What goes with a step. */
export interface StepData {
  readonly party: Party
  readonly accepted?: boolean
  readonly refund?: string
}
export interface StepRow {
  readonly step: number
  readonly what: 'file' | ComplaintMove
  /** Name of the key. */
  readonly by: string
  readonly text: string
  readonly data: StepData
  readonly at: Date
}

/** A complaint with its steps, the bill and what was found about it, as JSON. */
export interface ComplaintView extends ComplaintRow {
  readonly bill: string
  readonly findings: string
  readonly steps: readonly StepRow[]
}

/** Whose complaints: a trader's own, those against a payee's firm, or all. */
export interface ComplaintScope {
  readonly tenant?: string
  readonly payeeTenant?: string
}

const columns = `number, check_id AS "checkId", complaint.tenant, complaint.payee, payee_tenant AS "payeeTenant", complaint.port, lines, amount::text,
  status, revision, filed_at AS "filedAt", due_on::text AS "dueOn", closed_at AS "closedAt"`
const inScope = '($1::text IS NULL OR complaint.tenant = $1) AND ($2::text IS NULL OR payee_tenant = $2)'
const scoped = ({ tenant, payeeTenant }: ComplaintScope) => [tenant ?? null, payeeTenant ?? null]

/** One complaint; undefined when it is not there or not in scope. @param held nobody else changes it until the transaction ends */
export async function readComplaint(
  client: Queryable,
  number: string,
  scope: ComplaintScope,
  held = false,
): Promise<ComplaintView | undefined> {
  // A statement of its own: the one after it sees what whoever held it before did.
  if (held) await client.query('SELECT FROM fee_complaint WHERE number = $1 FOR UPDATE', [number])
  const { rows } = await client.query<ComplaintRow & { bill: string; findings: string }>(
    `SELECT ${columns}, bill, findings FROM fee_complaint complaint JOIN bill_check ON bill_check.id = check_id WHERE ${inScope} AND number = $3`,
    [...scoped(scope), number],
  )
  const [row] = rows
  return row && { ...row, steps: await readSteps(client, number) }
}

async function readSteps(client: Queryable, number: string): Promise<StepRow[]> {
  const { rows } = await client.query<Omit<StepRow, 'data'> & { data: string }>(
    'SELECT step, what, "by", text, data, at FROM fee_complaint_step WHERE number = $1 ORDER BY step',
    [number],
  )
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as StepData }))
}

export interface ComplaintFilter {
  readonly status: ComplaintStatus | undefined
  readonly payee: string | undefined
  readonly overdue: boolean | undefined
  readonly today: string
  /** Number of the last one of the page before. */
  readonly after: string | undefined
  readonly limit: number
}

/** Complaints, the newest first. */
export async function listComplaints(
  { pool }: Database,
  scope: ComplaintScope,
  { status, payee, overdue, today, after, limit }: ComplaintFilter,
): Promise<ComplaintRow[]> {
  const { rows } = await pool.query<ComplaintRow>(
    `SELECT ${columns} FROM fee_complaint complaint
     WHERE ${inScope} AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR payee = $4)
       AND ($5::bool IS NULL OR (status = 'filed' AND due_on < $6::date) = $5) AND ($7::text IS NULL OR number < $7 COLLATE "C")
     ORDER BY number COLLATE "C" DESC LIMIT $8`,
    [...scoped(scope), status ?? null, payee ?? null, overdue ?? null, today, after ?? null, limit],
  )
  return rows
}

/** Numbers of open complaints about lines of a check, by line. The check is held: nobody files another meanwhile. */
export async function openAbout(
  client: Client,
  checkId: string,
  lines: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ number: string; line: number }>(
    `SELECT number, line FROM fee_complaint, unnest(lines) AS line WHERE check_id = $1 AND closed_at IS NULL AND line = ANY($2)`,
    [checkId, lines],
  )
  return new Map(rows.map(({ number, line }) => [line, number]))
}

/** Keeps a new complaint, without its first step. */
export async function keepComplaint(client: Client, row: Omit<ComplaintRow, 'revision' | 'closedAt'>): Promise<void> {
  await client.query(
    `INSERT INTO fee_complaint (number, check_id, tenant, payee, payee_tenant, port, lines, amount, status, filed_at, due_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.number,
      row.checkId,
      row.tenant,
      row.payee,
      row.payeeTenant,
      row.port,
      row.lines,
      row.amount,
      row.status,
      row.filedAt,
      row.dueOn,
    ],
  )
}

/** Moves a held complaint on. */
export async function moveComplaint(
  client: Client,
  number: string,
  status: ComplaintStatus,
  closedAt: Date | null,
): Promise<void> {
  await client.query(
    'UPDATE fee_complaint SET status = $2, closed_at = $3, revision = revision + 1 WHERE number = $1',
    [number, status, closedAt],
  )
}

/** Writes a step down and tells both firms of it. */
export async function keepStep(
  client: Client,
  complaint: Pick<ComplaintRow, 'number' | 'tenant' | 'payeeTenant'>,
  { step, what, by, text, data, at }: StepRow,
  event: { readonly type: string; readonly data: string },
): Promise<void> {
  const { number: sourceId, tenant, payeeTenant } = complaint
  await client.query(
    'INSERT INTO fee_complaint_step (number, step, what, "by", text, data, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [sourceId, step, what, by, text, JSON.stringify(data), at],
  )
  // Each firm's event has a number of its own: the trader's are odd, the payee's even.
  await placeOwnEvent(client, { sourceId, number: 2 * step - 1, tenant, ...event }, at)
  if (payeeTenant !== null && payeeTenant !== tenant)
    await placeOwnEvent(client, { sourceId, number: 2 * step, tenant: payeeTenant, ...event }, at)
}

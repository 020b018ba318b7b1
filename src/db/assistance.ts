import type { Appointment, AssistanceAct, AssistanceStatus, InspectionResult } from '../../schemas/assistance.ts'
import type { Client, Database, Queryable } from './database.ts'

/**
 * Takes back submissions whose agency has surely not got them: never taken up, or tried without a byte having left, and nobody is at it
 * now. What may have arrived stays. @returns the filings whose submission is back
 */
export async function recallUnsent(client: Client, filingIds: readonly string[]): Promise<Set<string>> {
  if (filingIds.length === 0) return new Set()
  const { rows } = await client.query<{ filing_id: string }>(
    'DELETE FROM delivery WHERE filing_id = ANY($1) AND NOT unknown AND lease_until IS NULL RETURNING filing_id',
    [filingIds],
  )
  return new Set(rows.map(({ filing_id }) => filing_id))
}

/** A request for assistance as it is kept. */
export interface Assistance {
  readonly id: string
  readonly act: AssistanceAct
  readonly from: string
  readonly to: string
  readonly declarationId: string
  readonly visibility: 'trader' | 'confidential'
  readonly reason: string
  status: AssistanceStatus
  readonly appointment: Appointment | undefined
  result: InspectionResult | undefined
  readonly dueAt: Date
  readonly expiresAt: Date | undefined
  escalatedAt: Date | undefined
  revision: number
  steps: number
  readonly by: string
  readonly at: Date
  updatedAt: Date
}

interface AssistanceRow {
  id: string
  act: AssistanceAct
  from_agency: string
  to_agency: string
  declaration_id: string
  visibility: 'trader' | 'confidential'
  reason: string
  status: AssistanceStatus
  appointment: string | null
  result: string | null
  due_at: Date
  expires_at: Date | null
  escalated_at: Date | null
  revision: number
  steps: number
  by: string
  at: Date
  updated_at: Date
}

const assistanceOf = (row: AssistanceRow): Assistance => ({
  id: row.id,
  act: row.act,
  from: row.from_agency,
  to: row.to_agency,
  declarationId: row.declaration_id,
  visibility: row.visibility,
  reason: row.reason,
  status: row.status,
  appointment: row.appointment === null ? undefined : (JSON.parse(row.appointment) as Appointment),
  result: row.result === null ? undefined : (JSON.parse(row.result) as InspectionResult),
  dueAt: row.due_at,
  expiresAt: row.expires_at ?? undefined,
  escalatedAt: row.escalated_at ?? undefined,
  revision: row.revision,
  steps: row.steps,
  by: row.by,
  at: row.at,
  updatedAt: row.updated_at,
})

/** Keeps a new request; its first step follows. */
export async function keepAssistance(client: Client, one: Assistance): Promise<void> {
  await client.query(
    `INSERT INTO assistance (id, act, from_agency, to_agency, declaration_id, visibility, reason, status, appointment, due_at, expires_at, revision, steps, by, at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      one.id,
      one.act,
      one.from,
      one.to,
      one.declarationId,
      one.visibility,
      one.reason,
      one.status,
      one.appointment === undefined ? null : JSON.stringify(one.appointment),
      one.dueAt,
      one.expiresAt ?? null,
      one.revision,
      one.steps,
      one.by,
      one.at,
    ],
  )
}

/** Writes the next step of a request to its log, and how it stands after it. */
export async function keepStep(
  client: Client,
  one: Assistance,
  step: { readonly what: string; readonly by: string; readonly data: Record<string, unknown> },
  now: Date,
): Promise<void> {
  one.steps += 1
  one.revision += 1
  one.updatedAt = now
  await client.query(
    'INSERT INTO assistance_step (assistance_id, number, what, by, data, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [one.id, one.steps, step.what, step.by, JSON.stringify(step.data), now],
  )
  await client.query(
    `UPDATE assistance SET status = $2, result = $3, escalated_at = $4, revision = $5, steps = $6, updated_at = $7 WHERE id = $1`,
    [
      one.id,
      one.status,
      one.result === undefined ? null : JSON.stringify(one.result),
      one.escalatedAt ?? null,
      one.revision,
      one.steps,
      now,
    ],
  )
}

/** The declaration a request is about: what must be locked before the request itself. */
export async function declarationOf(queryable: Queryable, id: string): Promise<string | undefined> {
  const { rows } = await queryable.query<{ declaration_id: string }>(
    'SELECT declaration_id FROM assistance WHERE id = $1',
    [id],
  )
  return rows[0]?.declaration_id
}

/** Locks a request, after its declaration. */
export async function lockAssistance(client: Client, id: string): Promise<Assistance | undefined> {
  const { rows } = await client.query<AssistanceRow>('SELECT * FROM assistance WHERE id = $1 FOR UPDATE', [id])
  return rows[0] && assistanceOf(rows[0])
}

/** Requests to be escalated, and holds that run out. */
export async function dueAssistance({ pool }: Database, now: Date, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM assistance WHERE status IN ('open', 'in-force')
       AND ((status = 'open' AND escalated_at IS NULL AND due_at <= $1) OR expires_at <= $1) ORDER BY due_at, id LIMIT $2`,
    [now, limit],
  )
  return rows.map(({ id }) => id)
}

/** Who looks: an agency at what it asked or was asked, a firm at what it may see of its declarations. */
export interface AssistanceFilter {
  readonly id?: string | undefined
  readonly agency?: string | undefined
  readonly tenant?: string | undefined
  readonly declarationId?: string | undefined
  readonly side?: 'asked' | 'asking' | undefined
  readonly status?: string | undefined
  readonly escalated?: 'true' | 'false' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Requests, newest first. */
export async function readAssistance(queryable: Queryable, filter: AssistanceFilter): Promise<Assistance[]> {
  const { rows } = await queryable.query<AssistanceRow>(
    `SELECT assistance.* FROM assistance
     WHERE ($1::text IS NULL OR id = $1)
       AND ($2::text IS NULL OR ($7::text IS DISTINCT FROM 'asking' AND to_agency = $2) OR ($7::text IS DISTINCT FROM 'asked' AND from_agency = $2))
       AND ($3::text IS NULL OR (visibility = 'trader' AND EXISTS (SELECT FROM declaration WHERE declaration.id = declaration_id AND tenant = $3)))
       AND ($4::text IS NULL OR declaration_id = $4) AND ($5::text IS NULL OR status = $5)
       AND ($6::bool IS NULL OR (escalated_at IS NOT NULL) = $6) AND ($8::text IS NULL OR id < $8)
     ORDER BY id DESC LIMIT $9`,
    [
      filter.id ?? null,
      filter.agency ?? null,
      filter.tenant ?? null,
      filter.declarationId ?? null,
      filter.status ?? null,
      filter.escalated === undefined ? null : filter.escalated === 'true',
      filter.side ?? null,
      filter.after ?? null,
      filter.limit,
    ],
  )
  return rows.map(assistanceOf)
}

export interface StepRow {
  readonly number: number
  readonly what: string
  readonly by: string
  readonly data: string
  readonly at: Date
}

/** The log of a request. */
export async function readSteps(queryable: Queryable, id: string): Promise<StepRow[]> {
  const { rows } = await queryable.query<StepRow>(
    'SELECT number, what, by, data, at FROM assistance_step WHERE assistance_id = $1 ORDER BY number',
    [id],
  )
  return rows
}

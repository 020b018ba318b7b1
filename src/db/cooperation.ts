import type { NoteKind } from '../../schemas/cooperation.ts'
import type { Client, Database, Queryable } from './database.ts'

/** A note on its way to an agency 协同通知. */
export interface CooperationNote {
  readonly agency: string
  readonly kind: NoteKind
  /** Names it within its kind and for its agency: what was told once is not told again. */
  readonly id: string
  readonly about: { readonly declarationId?: string; readonly firm?: string }
  /** What is told; anything JSON can hold. */
  readonly body: unknown
}

/** Puts notes into the order of each agency, in the transaction they belong to. */
export async function keepNotes(client: Client, notes: readonly CooperationNote[], now: Date): Promise<void> {
  if (notes.length === 0) return
  await client.query(
    `INSERT INTO cooperation_note (agency, kind, note_id, declaration_id, firm, body, at, due_at)
     SELECT agency, kind, note_id, declaration_id, firm, body, $7, least($7, now())
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY AS new (agency, kind, note_id, declaration_id, firm, body, turn)
     ORDER BY turn ON CONFLICT (agency, kind, note_id) DO NOTHING`,
    [
      notes.map(({ agency }) => agency),
      notes.map(({ kind }) => kind),
      notes.map(({ id }) => id),
      notes.map(({ about }) => about.declarationId ?? null),
      notes.map(({ about }) => about.firm ?? null),
      notes.map(({ body }) => JSON.stringify(body)),
      now,
    ],
  )
  await client.query("SELECT pg_notify('yuchuang_cooperation', '')")
}

/** A note leased to this worker. */
export interface NoteLease extends CooperationNote {
  readonly number: number
  readonly at: Date
  readonly fence: number
  /** How often it was taken up, this time included. */
  readonly tries: number
}

interface NoteRow {
  number: number
  agency: string
  kind: NoteKind
  note_id: string
  declaration_id: string | null
  firm: string | null
  body: string
  at: Date
  fence: number
  tries: number
}

/**
 * Leases the first note of every agency that has one waiting: the next goes only when it is done with, so that an agency hears of things
 * in their order. Agencies whose lane an operator stopped get nothing.
 * @param agencies those that are there to be told
 */
export async function leaseNotes(
  { pool }: Database,
  agencies: readonly string[],
  leaseMs: number,
): Promise<NoteLease[]> {
  const { rows } = await pool.query<NoteRow>(
    `WITH first AS (
       SELECT head.number FROM unnest($1::text[]) AS asked (agency)
       CROSS JOIN LATERAL (
         SELECT number FROM cooperation_note WHERE agency = asked.agency AND state = 'waiting' ORDER BY number LIMIT 1
       ) head
       WHERE NOT EXISTS (SELECT FROM lane_order WHERE lane_order.agency = asked.agency AND lane_order.state = 'open')
     ), due AS (
       SELECT number FROM cooperation_note JOIN first USING (number)
       WHERE state = 'waiting' AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
       FOR UPDATE OF cooperation_note SKIP LOCKED
     )
     UPDATE cooperation_note SET lease_until = now() + $2 * interval '1 millisecond', fence = fence + 1, tries = tries + 1
     FROM due WHERE cooperation_note.number = due.number RETURNING cooperation_note.*`,
    [agencies, leaseMs],
  )
  return rows.map((row) => ({
    number: row.number,
    agency: row.agency,
    kind: row.kind,
    id: row.note_id,
    about: {
      ...(row.declaration_id === null ? {} : { declarationId: row.declaration_id }),
      ...(row.firm === null ? {} : { firm: row.firm }),
    },
    body: JSON.parse(row.body) as unknown,
    at: row.at,
    fence: row.fence,
    tries: row.tries,
  }))
}

/**
 * A note is done with: its agency answered, or will not have it, or fails at it for good.
 * @returns whether it was still ours; of two workers one ends it
 */
export async function endNote(
  client: Client,
  { number, fence }: NoteLease,
  state: 'told' | 'refused' | 'set-aside',
  { answer, error }: { readonly answer?: string; readonly error?: string },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE cooperation_note SET state = $3, answer = $4, error = $5, answered_at = $6, lease_until = NULL
     WHERE number = $1 AND fence = $2 AND state = 'waiting'`,
    [number, fence, state, answer ?? null, error ?? null, now],
  )
  return rowCount === 1
}

/** A note is tried again later. */
export async function postponeNote(
  { pool }: Database,
  { number, fence }: NoteLease,
  dueAt: Date,
  error: string,
): Promise<void> {
  await pool.query(
    `UPDATE cooperation_note SET due_at = $3, error = $4, lease_until = NULL WHERE number = $1 AND fence = $2 AND state = 'waiting'`,
    [number, fence, dueAt, error],
  )
}

/** The names an agency knows a declaration by: the trader's own reference, and of each filing it has or is about to get our name and its own. */
export async function namesAt(queryable: Queryable, agency: string, declarationId: string) {
  const { rows } = await queryable.query<{
    lrn: string
    filings: { reference: string; procedure: string; references: { scheme: string; value: string }[] }[] | null
  }>(
    `SELECT functional_reference_id AS lrn, (
       SELECT json_agg(json_build_object('reference', filing.id, 'procedure', filing.procedure, 'references', coalesce(
         (SELECT json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY name.at, scheme, value) FROM filing_reference name WHERE name.filing_id = filing.id),
         '[]'::json)) ORDER BY position)
       FROM filing WHERE declaration_id = declaration.id AND agency = $2 AND rank >= 10) AS filings
     FROM declaration WHERE id = $1`,
    [declarationId, agency],
  )
  const [row] = rows
  return row === undefined ? {} : { traderReference: row.lrn, filings: row.filings ?? [] }
}

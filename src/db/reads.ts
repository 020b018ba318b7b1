import type { Plan } from '../../schemas/plan.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import type { Pending } from '../filing/prepare.ts'
import type { Database } from './database.ts'

/** A declaration as it is read: head, filings, names, receipts, deliveries, in one round trip. */
export interface DeclarationView {
  readonly id: string
  readonly tenant: string
  readonly functionalReferenceId: string
  readonly direction: string
  readonly version: number
  readonly revision: number
  readonly eventCount: number
  readonly acceptedAt: Date
  readonly updatedAt: Date
  readonly plan: Plan
  readonly filings: readonly FilingView[]
}
export interface FilingView {
  readonly id: string
  readonly agency: string
  readonly procedure: string
  readonly attempt: number
  readonly status: FilingStatus
  readonly holds: readonly Hold[]
  readonly pending: Pending | undefined
  readonly unknown: boolean
  readonly particulars: unknown
  readonly revision: number
  readonly updatedAt: Date
  readonly references: readonly Reference[]
  readonly receipts: readonly {
    readonly id: number
    readonly attempt: number
    readonly receipt: Receipt
    readonly receivedAt: string
  }[]
  readonly delivery: { readonly tries: number; readonly dueAt: string; readonly error: string | null } | undefined
}

// Filings are gathered as JSON inside the database: one round trip and one row a declaration, whatever it holds.
const viewSql = `
SELECT declaration.id, tenant, functional_reference_id, direction, version, declaration.revision, event_count, accepted_at, declaration.updated_at, plan,
  (SELECT json_agg(json_build_object(
      'id', filing.id, 'agency', filing.agency, 'procedure', procedure, 'attempt', filing.attempt, 'status', filing.status, 'holds', holds,
      'pending', pending::json, 'unknown', filing.unknown, 'particulars', particulars::json, 'revision', filing.revision, 'updatedAt', filing.updated_at,
      'references', coalesce((SELECT json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY at, scheme, value)
                     FROM filing_reference WHERE filing_id = filing.id), '[]'::json),
      'receipts', coalesce((SELECT json_agg(json_build_object('id', receipt.id, 'attempt', receipt.attempt, 'receipt', content::json, 'receivedAt', received_at) ORDER BY receipt.id)
                     FROM receipt WHERE receipt.filing_id = filing.id), '[]'::json),
      'delivery', (SELECT json_build_object('tries', tries, 'dueAt', due_at, 'error', error) FROM delivery WHERE delivery.filing_id = filing.id)
    ) ORDER BY position) FROM filing WHERE declaration_id = declaration.id) AS filings
FROM declaration`

interface ViewRow {
  id: string
  tenant: string
  functional_reference_id: string
  direction: string
  version: number
  revision: number
  event_count: number
  accepted_at: Date
  updated_at: Date
  plan: string
  filings:
    | (Omit<FilingView, 'updatedAt' | 'pending' | 'delivery'> & {
        updatedAt: string
        pending: Pending | null
        delivery: FilingView['delivery'] | null
      })[]
    | null
}

const viewOf = (row: ViewRow): DeclarationView => ({
  id: row.id,
  tenant: row.tenant,
  functionalReferenceId: row.functional_reference_id,
  direction: row.direction,
  version: row.version,
  revision: row.revision,
  eventCount: row.event_count,
  acceptedAt: row.accepted_at,
  updatedAt: row.updated_at,
  plan: JSON.parse(row.plan) as Plan,
  filings: (row.filings ?? []).map((filing) => ({
    ...filing,
    updatedAt: new Date(filing.updatedAt),
    pending: filing.pending ?? undefined,
    particulars: filing.particulars ?? undefined,
    delivery: filing.delivery ?? undefined,
  })),
})

/** One declaration of a tenant; undefined when it is not there or not the tenant's. `tenant` undefined sees all (operators). */
export async function readDeclarationView(
  { pool }: Database,
  id: string,
  tenant: string | undefined,
): Promise<DeclarationView | undefined> {
  const { rows } = await pool.query<ViewRow>({
    name: 'view-declaration',
    text: `${viewSql} WHERE declaration.id = $1 AND ($2::text IS NULL OR tenant = $2)`,
    values: [id, tenant ?? null],
  })
  return rows[0] && viewOf(rows[0])
}

export interface ListFilter {
  readonly tenant: string | undefined
  readonly after: string | undefined
  readonly limit: number
  readonly direction?: string | undefined
  readonly functionalReferenceId?: string | undefined
  readonly agency?: string | undefined
  readonly procedure?: string | undefined
  readonly filingStatus?: string | undefined
  readonly reference?: string | undefined
  readonly acceptedFrom?: Date | undefined
  readonly acceptedTo?: Date | undefined
}

/** Declarations, newest first, after a cursor (an id). One more than `limit` is read to know whether there are more. */
export async function listDeclarationViews({ pool }: Database, filter: ListFilter): Promise<DeclarationView[]> {
  const { rows } = await pool.query<ViewRow>(
    `${viewSql}
     WHERE ($1::text IS NULL OR tenant = $1) AND ($2::text IS NULL OR declaration.id < $2)
       AND ($3::text IS NULL OR direction = $3) AND ($4::text IS NULL OR functional_reference_id = $4)
       AND ($5::timestamptz IS NULL OR accepted_at >= $5) AND ($6::timestamptz IS NULL OR accepted_at < $6)
       AND (($7::text IS NULL AND $8::text IS NULL AND $9::text IS NULL) OR EXISTS (
         SELECT FROM filing WHERE declaration_id = declaration.id AND ($7::text IS NULL OR agency = $7)
           AND ($8::text IS NULL OR procedure = $8) AND ($9::text IS NULL OR status = $9)))
       AND ($10::text IS NULL OR declaration.id IN (
         SELECT declaration_id FROM filing_reference JOIN filing ON filing.id = filing_id WHERE value = $10))
     ORDER BY declaration.id DESC LIMIT $11`,
    [
      filter.tenant ?? null,
      filter.after ?? null,
      filter.direction ?? null,
      filter.functionalReferenceId ?? null,
      filter.acceptedFrom ?? null,
      filter.acceptedTo ?? null,
      filter.agency ?? null,
      filter.procedure ?? null,
      filter.filingStatus ?? null,
      filter.reference ?? null,
      filter.limit + 1,
    ],
  )
  return rows.map(viewOf)
}

/** One version of a declaration, the newest when none is named. */
export async function readVersion({ pool }: Database, id: string, version: number | undefined) {
  const { rows } = await pool.query<{ version: number; media_type: string; raw: string; document: string; at: Date }>(
    `SELECT version, media_type, raw, coalesce(document, raw) AS document, at FROM declaration_version
     WHERE declaration_id = $1 AND ($2::int IS NULL OR version = $2) ORDER BY version DESC LIMIT 1`,
    [id, version ?? null],
  )
  return rows[0]
}

export interface EventRow {
  readonly number: number
  readonly type: string
  readonly filing_id: string | null
  readonly data: string
  readonly at: Date
}

/** Events of a declaration after a number, in order. */
export async function readEvents({ pool }: Database, id: string, after: number, limit: number): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>({
    name: 'read-events',
    text: 'SELECT number, type, filing_id, data, at FROM event WHERE declaration_id = $1 AND number > $2 ORDER BY number LIMIT $3',
    values: [id, after, limit],
  })
  return rows
}

export interface MessageRow {
  readonly id: number
  readonly filing_id: string | null
  readonly agency: string
  readonly attempt: number | null
  readonly kind: string
  readonly method: string | null
  readonly path: string | null
  readonly status: number | null
  readonly content_type: string | null
  readonly body: string | null
  readonly error: string | null
  readonly at: Date
  /** It speaks of other declarations too: its bytes are nobody's alone. */
  readonly shared: boolean
}

/** Every message of a declaration's filings, in order: those of one filing, and documents that carried a receipt of it. */
export async function readMessages(
  { pool }: Database,
  declarationId: string,
  filingId: string | undefined,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await pool.query<MessageRow>(
    `WITH ours AS (SELECT id FROM filing WHERE declaration_id = $1 AND ($2::text IS NULL OR id = $2))
     SELECT message.id, coalesce(message.filing_id, (SELECT min(receipt.filing_id) FROM receipt WHERE message_id = message.id AND receipt.filing_id IN (SELECT id FROM ours))) AS filing_id,
       agency, attempt, kind, method, path, message.status, content_type, body, error, at,
       EXISTS (SELECT FROM receipt JOIN filing ON filing.id = receipt.filing_id WHERE message_id = message.id AND filing.declaration_id <> $1)
         OR EXISTS (SELECT FROM receipt WHERE message_id = message.id AND receipt.filing_id IS NULL) AS shared
     FROM message
     WHERE message.id > $3 AND message.id IN (
       SELECT id FROM message WHERE message.filing_id IN (SELECT id FROM ours)
       UNION SELECT message_id FROM receipt WHERE receipt.filing_id IN (SELECT id FROM ours) AND message_id IS NOT NULL)
     ORDER BY message.id LIMIT $4`,
    [declarationId, filingId ?? null, after, limit],
  )
  return rows
}

/** Receipts nobody knows the filing of, newest first: for the operator. */
export async function readOrphans({ pool }: Database, limit: number) {
  const { rows } = await pool.query<{
    id: number
    agency: string
    content: string
    received_at: Date
    message_id: number | null
  }>(
    'SELECT id, agency, content, received_at, message_id FROM receipt WHERE filing_id IS NULL ORDER BY received_at DESC LIMIT $1',
    [limit],
  )
  return rows
}

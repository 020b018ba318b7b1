import type { Plan } from '../../schemas/plan.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import type { Occasion } from '../filing/case.ts'
import type { Pending } from '../filing/prepare.ts'
import type { Queryable } from './database.ts'

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
  /** Amendments and cancellations, oldest first. */
  readonly changes: readonly ChangeView[]
  /** Results others may recognise, oldest first. */
  readonly recognitions: readonly {
    readonly id: string
    readonly agency: string
    readonly category: string
    readonly number: string
    readonly status: 'recorded' | 'revoked'
  }[]
  /** Filings of other declarations that cover this one too. */
  readonly coveredBy: readonly {
    readonly declarationId: string
    readonly filingId: string
    readonly agency: string
    readonly procedure: string
    readonly status: FilingStatus
  }[]
}
/** An amendment or a cancellation as it is read. */
export interface ChangeView {
  readonly id: string
  readonly kind: 'amendment' | 'cancellation'
  readonly version: number
  readonly before: number
  readonly reason: string
  readonly outcome: 'granted' | 'partly' | 'refused' | 'withdrawn' | undefined
  readonly at: Date
  readonly settledAt: Date | undefined
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
  readonly occasion: Occasion
  readonly version: number
  readonly changeId: string | undefined
  readonly changes: string | undefined
  readonly covers: readonly string[]
  readonly deadlines: readonly DeadlineView[]
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

/** What must be done in time for a filing. */
export interface DeadlineView {
  readonly id: string
  readonly what: Text
  readonly dueAt: string
  readonly told: 'near' | 'passed' | null
}

// Filings are gathered as JSON inside the database: one round trip and one row a declaration, whatever it holds.
const viewSql = `
SELECT declaration.id, tenant, functional_reference_id, direction, declaration.version, declaration.revision, event_count, accepted_at, declaration.updated_at, plan,
  (SELECT json_agg(json_build_object(
      'id', filing.id, 'agency', filing.agency, 'procedure', procedure, 'attempt', filing.attempt, 'status', filing.status, 'holds', holds,
      'pending', pending::json, 'unknown', filing.unknown, 'particulars', particulars::json, 'occasion', occasion, 'version', filing.version, 'changeId', change_id, 'changes', changes, 'covers', covers,
      'deadlines', coalesce((SELECT json_agg(json_build_object('id', deadline.id, 'what', what::json, 'dueAt', due_at, 'told', told) ORDER BY due_at, deadline.id)
                     FROM deadline WHERE deadline.filing_id = filing.id), '[]'::json), 'revision', filing.revision, 'updatedAt', filing.updated_at,
      'references', coalesce((SELECT json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY at, scheme, value)
                     FROM filing_reference WHERE filing_id = filing.id), '[]'::json),
      'receipts', coalesce((SELECT json_agg(json_build_object('id', receipt.id, 'attempt', receipt.attempt, 'receipt', content::json, 'receivedAt', received_at) ORDER BY receipt.id)
                     FROM receipt WHERE receipt.filing_id = filing.id), '[]'::json),
      'delivery', (SELECT json_build_object('tries', tries, 'dueAt', due_at, 'error', error) FROM delivery WHERE delivery.filing_id = filing.id)
    ) ORDER BY position) FROM filing WHERE declaration_id = declaration.id) AS filings,
  (SELECT json_agg(json_build_object('id', change.id, 'kind', kind, 'version', change.version, 'before', before, 'reason', reason, 'outcome', outcome, 'at', at, 'settledAt', settled_at)
    ORDER BY change.id) FROM change WHERE declaration_id = declaration.id) AS changes,
  (SELECT json_agg(json_build_object('declarationId', declaration_id, 'filingId', id, 'agency', agency, 'procedure', procedure, 'status', status) ORDER BY id)
    FROM filing WHERE covers <> '{}' AND covers @> ARRAY[declaration.id]) AS covered_by,
  (SELECT json_agg(json_build_object('id', id, 'agency', agency, 'category', category, 'number', number, 'status', CASE WHEN revoked_at IS NULL THEN 'recorded' ELSE 'revoked' END) ORDER BY id)
    FROM recognition WHERE recognition.declaration_id = declaration.id) AS recognitions
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
    | (Omit<FilingView, 'updatedAt' | 'pending' | 'delivery' | 'changeId' | 'changes'> & {
        updatedAt: string
        pending: Pending | null
        delivery: FilingView['delivery'] | null
        changeId: string | null
        changes: string | null
      })[]
    | null
  changes:
    | (Omit<ChangeView, 'outcome' | 'at' | 'settledAt'> & {
        outcome: NonNullable<ChangeView['outcome']> | null
        at: string
        settledAt: string | null
      })[]
    | null
  covered_by: DeclarationView['coveredBy'] | null
  recognitions: DeclarationView['recognitions'] | null
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
    changeId: filing.changeId ?? undefined,
    changes: filing.changes ?? undefined,
  })),
  changes: (row.changes ?? []).map(({ outcome, at, settledAt, ...change }) => ({
    ...change,
    outcome: outcome ?? undefined,
    at: new Date(at),
    settledAt: settledAt === null ? undefined : new Date(settledAt),
  })),
  coveredBy: row.covered_by ?? [],
  recognitions: row.recognitions ?? [],
})

/** One declaration of a tenant; undefined when it is not there or not the tenant's. `tenant` undefined sees all (operators). */
export async function readDeclarationView(
  { pool }: { readonly pool: Queryable },
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

/** Whether a declaration is there, and a tenant's: what is asked before something of it alone is read. `tenant` undefined sees all. */
export async function hasDeclaration(
  { pool }: { readonly pool: Queryable },
  id: string,
  tenant: string | undefined,
): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'has-declaration',
    text: 'SELECT FROM declaration WHERE id = $1 AND ($2::text IS NULL OR tenant = $2)',
    values: [id, tenant ?? null],
  })
  return rows.length > 0
}

/** Several declarations, newest first, whoever's they are. */
export async function readDeclarationViews(
  { pool }: { readonly pool: Queryable },
  ids: readonly string[],
): Promise<DeclarationView[]> {
  if (ids.length === 0) return []
  const { rows } = await pool.query<ViewRow>({
    name: 'view-declarations',
    text: `${viewSql} WHERE declaration.id = ANY($1) ORDER BY declaration.id DESC`,
    values: [ids],
  })
  return rows.map(viewOf)
}

import type { Declaration, Place } from '../../schemas/declaration/index.ts'
import type { Plan } from '../../schemas/plan.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import type { Occasion } from '../filing/case.ts'
import type { Pending } from '../filing/prepare.ts'
import { limits } from '../limits.ts'
import type { Database } from './database.ts'
import type { DeclarationView, FilingView } from './views.ts'

/** A declaration at a glance: of its receipts only those that say what is to be done, of its document only the way of the goods. */
export interface GlanceView extends DeclarationView {
  readonly legs: readonly { readonly modeCode: string; readonly from: Place; readonly to: Place }[]
  readonly goods: string | undefined
  readonly items: number
}

// Documents are read here and not in the database: JSON is parsed several times faster here. Those of uncommon length are left out.
const headsSql = `
SELECT declaration.id, tenant, functional_reference_id, direction, declaration.version, revision, event_count, accepted_at, updated_at,
  CASE WHEN octet_length(raw) <= $2 AND coalesce(octet_length(document), 0) <= $2 THEN coalesce(document, raw) END AS document
FROM declaration JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = declaration.version
WHERE declaration.id = ANY($1) ORDER BY declaration.id DESC`

// As rows, not as JSON: building that in the database takes most of the time of the whole board.
const filingsSql = `
SELECT filing.id, declaration_id, agency, procedure, filing.attempt, status, holds, pending, filing.unknown, occasion, version, change_id, changes, covers, revision, updated_at,
  tries, due_at, error,
  (SELECT json_agg(json_build_object('id', deadline.id, 'what', what::json, 'dueAt', deadline.due_at, 'told', told) ORDER BY deadline.due_at, deadline.id)
   FROM deadline WHERE deadline.filing_id = filing.id) AS deadlines,
  CASE WHEN rank >= 80 OR holds <> '{}' THEN
    (SELECT json_agg(json_build_object('id', receipt.id, 'attempt', receipt.attempt, 'receipt', content::json, 'receivedAt', received_at) ORDER BY receipt.id)
     FROM receipt WHERE receipt.filing_id = filing.id) END AS receipts
FROM filing LEFT JOIN delivery ON delivery.filing_id = filing.id
WHERE declaration_id = ANY($1) ORDER BY declaration_id, position`

interface HeadRow {
  id: string
  tenant: string
  functional_reference_id: string
  direction: string
  version: number
  revision: number
  event_count: number
  accepted_at: Date
  updated_at: Date
  document: string | null
}
interface FilingRow {
  id: string
  declaration_id: string
  agency: string
  procedure: string
  attempt: number
  status: FilingStatus
  holds: Hold[]
  pending: string | null
  unknown: boolean
  occasion: Occasion
  version: number
  change_id: string | null
  changes: string | null
  covers: string[]
  revision: number
  updated_at: Date
  tries: number | null
  due_at: Date | null
  error: string | null
  deadlines: FilingView['deadlines'] | null
  receipts: FilingView['receipts'] | null
}

/** Several declarations at a glance, newest first. */
export async function readGlances({ pool }: Database, ids: readonly string[]): Promise<GlanceView[]> {
  if (ids.length === 0) return []
  const [heads, filings] = await Promise.all([
    pool.query<HeadRow>({ name: 'glance-heads', text: headsSql, values: [ids, limits.boardDocumentBytes] }),
    pool.query<FilingRow>({ name: 'glance-filings', text: filingsSql, values: [ids] }),
  ])
  const filingsOf = Map.groupBy(filings.rows, (row) => row.declaration_id)
  return heads.rows.map((row) => ({
    id: row.id,
    tenant: row.tenant,
    functionalReferenceId: row.functional_reference_id,
    direction: row.direction,
    version: row.version,
    revision: row.revision,
    eventCount: row.event_count,
    acceptedAt: row.accepted_at,
    updatedAt: row.updated_at,
    plan: nothingPlanned,
    filings: (filingsOf.get(row.id) ?? []).map(filingOf),
    changes: [],
    recognitions: [],
    coveredBy: [],
    ...wayOf(row.document),
  }))
}
const wayOf = (document: string | null): Pick<GlanceView, 'legs' | 'goods' | 'items'> => {
  if (document === null) return { legs: [], goods: undefined, items: 0 }
  const { consignment, items } = (JSON.parse(document) as Declaration).goodsShipment
  return { legs: consignment.legs, goods: items[0]?.name, items: items.length }
}
const nothingPlanned: Plan = []

const filingOf = (row: FilingRow): FilingView => ({
  id: row.id,
  agency: row.agency,
  procedure: row.procedure,
  attempt: row.attempt,
  status: row.status,
  holds: row.holds,
  pending: row.pending === null ? undefined : (JSON.parse(row.pending) as Pending),
  unknown: row.unknown,
  particulars: undefined,
  occasion: row.occasion,
  version: row.version,
  changeId: row.change_id ?? undefined,
  changes: row.changes ?? undefined,
  covers: row.covers,
  deadlines: row.deadlines ?? [],
  revision: row.revision,
  updatedAt: row.updated_at,
  references: [],
  receipts: row.receipts ?? [],
  delivery:
    row.tries === null || row.due_at === null
      ? undefined
      : { tries: row.tries, dueAt: row.due_at.toISOString(), error: row.error },
})

import type { Place } from '../../schemas/declaration/index.ts'
import { type DeclarationView, viewOf, type ViewRow } from './views.ts'
import type { Database } from './database.ts'

/** A declaration at a glance: of its receipts only those that say what is to be done, of its document only the way of the goods. */
export interface GlanceView extends DeclarationView {
  readonly legs: readonly { readonly modeCode: string; readonly from: Place; readonly to: Place }[]
  readonly goods: string | undefined
  readonly items: number
}

const glanceSql = `
SELECT declaration.id, tenant, functional_reference_id, direction, declaration.version, declaration.revision, event_count, accepted_at, declaration.updated_at, '[]' AS plan,
  (SELECT json_agg(json_build_object(
      'id', filing.id, 'agency', filing.agency, 'procedure', procedure, 'attempt', filing.attempt, 'status', filing.status, 'holds', holds,
      'pending', pending::json, 'unknown', filing.unknown, 'occasion', occasion, 'version', filing.version, 'changeId', change_id, 'changes', changes, 'covers', covers,
      'deadlines', coalesce((SELECT json_agg(json_build_object('id', deadline.id, 'what', what::json, 'dueAt', due_at, 'told', told) ORDER BY due_at, deadline.id)
                     FROM deadline WHERE deadline.filing_id = filing.id), '[]'::json), 'revision', filing.revision, 'updatedAt', filing.updated_at,
      'references', '[]'::json,
      'receipts', CASE WHEN filing.rank >= 80 OR holds <> '{}' THEN
                     coalesce((SELECT json_agg(json_build_object('id', receipt.id, 'attempt', receipt.attempt, 'receipt', content::json, 'receivedAt', received_at) ORDER BY receipt.id)
                     FROM receipt WHERE receipt.filing_id = filing.id), '[]'::json) ELSE '[]'::json END,
      'delivery', (SELECT json_build_object('tries', tries, 'dueAt', due_at, 'error', error) FROM delivery WHERE delivery.filing_id = filing.id)
    ) ORDER BY position) FROM filing WHERE declaration_id = declaration.id) AS filings,
  NULL AS changes, NULL AS covered_by, NULL AS recognitions,
  shipment #> '{consignment,legs}' AS legs, shipment #>> '{items,0,name}' AS goods, json_array_length(shipment -> 'items') AS items
FROM declaration JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = declaration.version
CROSS JOIN LATERAL (SELECT coalesce(document, raw)::json -> 'goodsShipment' AS shipment OFFSET 0) AS said
WHERE declaration.id = ANY($1) ORDER BY declaration.id DESC`

interface GlanceRow extends ViewRow {
  legs: GlanceView['legs'] | null
  goods: string | null
  items: number | null
}

/** Several declarations at a glance, newest first. */
export async function readGlances({ pool }: Database, ids: readonly string[]): Promise<GlanceView[]> {
  if (ids.length === 0) return []
  const { rows } = await pool.query<GlanceRow>({ name: 'glance-declarations', text: glanceSql, values: [ids] })
  return rows.map((row) => ({
    ...viewOf(row),
    legs: row.legs ?? [],
    goods: row.goods ?? undefined,
    items: row.items ?? 0,
  }))
}

import type { Client, Database, Queryable } from './database.ts'
import { isRetracted } from './movements.ts'

/** Something a timeline is to tell. */
export interface DueJoin {
  readonly id: number
  readonly declarationId: string
  readonly due: 'actual' | 'retracted' | 'left'
  readonly by: string
  readonly publisher: string
  readonly code: string | null
  readonly equipment: string | null
  readonly eventAt: Date
  readonly content: string
  readonly digest: string
  readonly retracted: boolean
}

/** Declarations after an id whose timelines have something to tell. */
export async function declarationsDue({ pool }: Database, after: string, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT declaration_id AS id FROM movement_join WHERE due IS NOT NULL AND declaration_id > $1 ORDER BY 1 LIMIT $2`,
    [after, limit],
  )
  return rows.map(({ id }) => id)
}

/** What is to be told of declarations, in the order it happened; held, so that nobody takes it back meanwhile. */
export async function joinsDue(client: Client, ids: readonly string[]): Promise<DueJoin[]> {
  const { rows } = await client.query<DueJoin>(
    `SELECT movement.id, declaration_id AS "declarationId", due, by, publisher, code, equipment, event_at AS "eventAt", content, digest,
       ${isRetracted('movement')} AS retracted
     FROM movement_join JOIN movement ON movement.id = movement_id
     WHERE declaration_id = ANY($1) AND due IS NOT NULL ORDER BY movement_id, declaration_id FOR UPDATE OF movement_join`,
    [ids],
  )
  return rows.toSorted((a, b) => a.eventAt.getTime() - b.eventAt.getTime() || a.id - b.id)
}

/** What was due is told. */
export async function settleDue(client: Client, joins: readonly DueJoin[]): Promise<void> {
  if (joins.length === 0) return
  await client.query(
    `UPDATE movement_join SET due = NULL, told = CASE WHEN one.told THEN movement_join.due ELSE movement_join.told END
     FROM unnest($1::bigint[], $2::text[], $3::bool[]) AS one (id, declaration_id, told)
     WHERE movement_id = one.id AND movement_join.declaration_id = one.declaration_id`,
    [
      joins.map(({ id }) => id),
      joins.map(({ declarationId }) => declarationId),
      joins.map(({ due, retracted }) => due !== 'actual' || !retracted),
    ],
  )
}

/** An event as it is read. */
export interface FactRow {
  readonly id: number
  readonly publisher: string
  readonly eventAt: Date
  readonly createdAt: Date
  readonly receivedAt: Date
  readonly content: string
  readonly by: string | null
  readonly retractedBy: string | null
  readonly retractedAt: Date | null
}

const factColumns = `movement.id, movement.publisher, movement.event_at AS "eventAt", movement.created_at AS "createdAt",
  movement.received_at AS "receivedAt", movement.content, taker.event_id AS "retractedBy", taker.received_at AS "retractedAt"`
/** The first event by which it was taken back. */
const takerSql = `LEFT JOIN LATERAL (SELECT event_id, received_at FROM movement taker
  WHERE taker.publisher = movement.publisher AND taker.retracts = movement.event_id ORDER BY taker.id LIMIT 1) AS taker ON true`

/** Events of a declaration, in the order they happened; the newest of them, where there are more than are shown. */
export async function readFacts(
  { pool }: { readonly pool: Queryable },
  declarationId: string,
  most: number,
): Promise<FactRow[]> {
  const { rows } = await pool.query<FactRow>(
    `SELECT ${factColumns}, by FROM movement_join JOIN movement ON movement.id = movement_id ${takerSql}
     WHERE declaration_id = $1 AND left_at IS NULL ORDER BY movement.event_at DESC, movement.id DESC LIMIT $2`,
    [declarationId, most],
  )
  return rows.toReversed()
}

/** Whose events: of a trader's own declarations, of a publisher's own telling, or all. */
export interface FactScope {
  readonly tenant?: string
  readonly publisher?: string
}

/** Events, the newest kept first. */
export async function listFacts(
  { pool }: Database,
  scope: FactScope,
  filter: { equipment: string | undefined; after: number | undefined; limit: number },
): Promise<(FactRow & { declarationIds: string[] })[]> {
  const { rows } = await pool.query<FactRow & { declarationIds: string[] }>(
    `SELECT ${factColumns}, NULL AS by, ARRAY(SELECT declaration_id FROM movement_join JOIN tracked_declaration USING (declaration_id)
         WHERE movement_id = movement.id AND left_at IS NULL AND $2::text IS NULL AND ($1::text IS NULL OR tenant = $1) ORDER BY 1) AS "declarationIds"
     FROM movement ${takerSql}
     WHERE ($1::text IS NULL OR movement.id IN (SELECT movement_id FROM movement_join JOIN tracked_declaration USING (declaration_id)
         WHERE left_at IS NULL AND tenant = $1))
       AND ($2::text IS NULL OR movement.publisher = $2) AND ($3::text IS NULL OR equipment = $3) AND ($4::bigint IS NULL OR movement.id < $4)
     ORDER BY movement.id DESC LIMIT $5`,
    [scope.tenant ?? null, scope.publisher ?? null, filter.equipment ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}

import type { Database } from './database.ts'

/** What waits for an agency, and how its mailbox stands. */
export interface LaneView {
  readonly agency: string
  readonly waiting: number
  readonly leased: number
  readonly unknown: number
  readonly oldest: string | null
  readonly lastError: string | null
  readonly mailbox: { readonly cursor: string; readonly dueAt: string; readonly error: string | null } | null
}

/** One row an agency, in the order given. */
export async function readLanes({ pool }: Database, agencies: readonly string[]): Promise<LaneView[]> {
  const { rows } = await pool.query<LaneView>(
    `SELECT lane.agency, count(delivery.filing_id)::int AS waiting, count(*) FILTER (WHERE lease_until > now())::int AS leased,
       count(*) FILTER (WHERE unknown)::int AS unknown, min(instant) AS oldest,
       (array_agg(delivery.error ORDER BY tries DESC) FILTER (WHERE delivery.error IS NOT NULL))[1] AS "lastError",
       (SELECT json_build_object('cursor', cursor, 'dueAt', due_at, 'error', error) FROM mailbox WHERE mailbox.agency = lane.agency) AS mailbox
     FROM unnest($1::text[]) WITH ORDINALITY AS lane (agency, place) LEFT JOIN delivery ON delivery.lane = lane.agency
     GROUP BY lane.agency, lane.place ORDER BY lane.place`,
    [agencies],
  )
  return rows
}

import type { Declaration } from '../../schemas/declaration/index.ts'
import type { ClearanceDefinition } from '../../schemas/rules/clearance-definitions.ts'
import { clearanceDefinitions } from '../../schemas/rules/clearance-definitions.ts'
import { ownVersions, versionOn } from '../../schemas/rules/index.ts'
import { dayAt } from '../fees/days.ts'
import type { Queryable } from './database.ts'

/** The documents that count of some declarations, by id. */
export async function readDocuments(
  client: Queryable,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<Map<string, Declaration>> {
  const { rows } = await client.query<{ id: string; document: string }>(
    `SELECT declaration_id AS id, coalesce(document, raw) AS document
     FROM declaration_version JOIN unnest($1::text[], $2::int[]) AS wanted (id, number) ON declaration_id = id AND version = number`,
    [wanted.map(({ id }) => id), wanted.map(({ version }) => version)],
  )
  return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as Declaration]))
}

/** What is an arrival: a train, ship, plane or lorry that came in, or a container that came through a gate on its way out. */
const arrivalCodes = { import: 'ARRI', export: 'GTIN' } as const

/** An arrival in China that somebody reported of a declaration's goods and has not taken back. */
export interface Arrival {
  readonly id: string
  readonly direction: 'import' | 'export'
  readonly at: Date
}

/** Arrivals reported by carriers, stations and ports 运抵报告. */
export async function readArrivals(client: Queryable, ids: readonly string[]): Promise<Arrival[]> {
  const { rows } = await client.query<{ id: string; code: string; at: Date }>(
    `SELECT joined.declaration_id AS id, movement.code, movement.event_at AS at
     FROM movement_join joined JOIN movement ON movement.id = joined.movement_id
     CROSS JOIN LATERAL (SELECT movement.content::jsonb #> '{payload,transportCall,location}' AS location) AS place
     WHERE joined.declaration_id = ANY($1) AND joined.left_at IS NULL AND movement.classifier = 'ACT' AND movement.code = ANY($2)
       AND (location ->> 'UNLocationCode' LIKE 'CN%' OR location ->> 'countryCode' = 'CN')
       AND NOT EXISTS (SELECT FROM movement back WHERE back.publisher = movement.publisher AND back.retracts = movement.event_id)`,
    [ids, Object.values(arrivalCodes)],
  )
  return rows.map(({ id, code, at }) => ({ id, at, direction: code === arrivalCodes.export ? 'export' : 'import' }))
}

/** The definitions by the day, as this transaction sees them: those that come with the project and those published since. */
export async function readDefinitions(client: Queryable): Promise<(at: number) => readonly ClearanceDefinition[]> {
  const { rows } = await client.query<{ validFrom: string; rows: string }>(
    `SELECT to_char(valid_from, 'YYYY-MM-DD') AS "validFrom", rows FROM rule_version WHERE rule_table = $1 ORDER BY valid_from, id`,
    [clearanceDefinitions.id],
  )
  const published = rows.map((one) => ({
    validFrom: one.validFrom,
    source: '',
    evidence: 'sourced' as const,
    rows: JSON.parse(one.rows) as ClearanceDefinition[],
  }))
  const all = [...ownVersions(clearanceDefinitions), ...published]
  if (published.length > 0) all.sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
  return (at) => versionOn(all, dayAt(at))?.rows ?? []
}

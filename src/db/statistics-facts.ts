import type { Declaration } from '../../schemas/declaration/index.ts'
import type { ClearanceDefinition } from '../../schemas/rules/clearance-definitions.ts'
import { clearanceDefinitions } from '../../schemas/rules/clearance-definitions.ts'
import { ownVersions, versionOn } from '../../schemas/rules/index.ts'
import { dayAt } from '../fees/days.ts'
import type { Queryable } from './database.ts'
import type { KeptContribution } from './statistics.ts'

/** What is an arrival: a train, ship, plane or lorry that came in, or a container that came through a gate on its way out. */
const arrivalCodes = { import: 'ARRI', export: 'GTIN' } as const

/** An arrival in China 运抵报告 that a carrier, a station or a port reported of a declaration's goods and has not taken back. */
export interface Arrival {
  readonly id: string
  readonly direction: 'import' | 'export'
  readonly at: string
}

/** What figures are made from beside receipts. */
export interface WhatCounts {
  /** What the declarations count for until now. */
  readonly before: readonly KeptContribution[]
  /** The documents that count, by declaration. */
  readonly documents: ReadonlyMap<string, Declaration>
  readonly arrivals: readonly Arrival[]
  /** The definitions by the instant, as this transaction sees them: those that come with the project and those published since. */
  readonly definitionsAt: (at: number) => readonly ClearanceDefinition[]
}

interface Row {
  id: string
  document: string
  before: Omit<KeptContribution, 'declarationId'>[] | null
  arrivals: { code: string; at: string }[] | null
  published: { validFrom: string; rows: string }[] | null
}

const beforeSql = `(SELECT json_agg(json_build_object('kind', kind, 'filingId', filing_id, 'month', month, 'cell', cell, 'firm', firm, 'start', start,
     'bucket', bucket, 'amount', amount)) FROM clearance_contribution WHERE declaration_id = wanted.id)`
const arrivalsSql = `(SELECT json_agg(json_build_object('code', movement.code, 'at', movement.event_at))
   FROM movement_join joined JOIN movement ON movement.id = joined.movement_id
   CROSS JOIN LATERAL (SELECT movement.content::jsonb #> '{payload,transportCall,location}' AS location) AS place
   WHERE joined.declaration_id = wanted.id AND joined.left_at IS NULL AND movement.classifier = 'ACT' AND movement.code = ANY($3)
     AND (location ->> 'UNLocationCode' LIKE 'CN%' OR location ->> 'countryCode' = 'CN')
     AND NOT EXISTS (SELECT FROM movement back WHERE back.publisher = movement.publisher AND back.retracts = movement.event_id))`
const publishedSql = `(SELECT json_agg(json_build_object('validFrom', to_char(valid_from, 'YYYY-MM-DD'), 'rows', rows) ORDER BY valid_from, id)
   FROM rule_version WHERE rule_table = $4)`

/** Reads in one statement all that figures are made from beside receipts. */
export async function readWhatCounts(
  client: Queryable,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<WhatCounts> {
  const { rows } = await client.query<Row>(
    `SELECT wanted.id, coalesce(document, raw) AS document, ${beforeSql} AS before, ${arrivalsSql} AS arrivals, ${publishedSql} AS published
     FROM unnest($1::text[], $2::int[]) AS wanted (id, number)
     JOIN declaration_version ON declaration_version.declaration_id = wanted.id AND declaration_version.version = wanted.number`,
    [
      wanted.map(({ id }) => id),
      wanted.map(({ version }) => version),
      Object.values(arrivalCodes),
      clearanceDefinitions.id,
    ],
  )
  return {
    before: rows.flatMap(({ id, before }) => (before ?? []).map((one) => ({ ...one, declarationId: id }))),
    documents: new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as Declaration])),
    arrivals: rows.flatMap(({ id, arrivals }) =>
      (arrivals ?? []).map(
        ({ code, at }): Arrival => ({ id, at, direction: code === arrivalCodes.export ? 'export' : 'import' }),
      ),
    ),
    definitionsAt: definitionsFrom(rows[0]?.published ?? []),
  }
}

function definitionsFrom(said: readonly { validFrom: string; rows: string }[]): WhatCounts['definitionsAt'] {
  const published = said.map((one) => ({
    validFrom: one.validFrom,
    source: '',
    evidence: 'sourced' as const,
    rows: JSON.parse(one.rows) as ClearanceDefinition[],
  }))
  const all = [...ownVersions(clearanceDefinitions), ...published]
  if (published.length > 0) all.sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
  return (at) => versionOn(all, dayAt(at))?.rows ?? []
}

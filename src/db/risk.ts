import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Queryable } from './database.ts'

/** A probability of inspection as it was computed and kept. */
export interface RiskRow {
  readonly id: number
  readonly declarationId: string
  readonly agency: string
  readonly version: number
  readonly ppm: number
  /** Canonical JSON. */
  readonly basis: string
  readonly at: Date
}

const columns = 'id, declaration_id AS "declarationId", agency, version, ppm, basis, at'

/** The document of a declaration that counts now, and its version. */
export async function readCounting(
  queryable: Queryable,
  declarationId: string,
): Promise<{ version: number; declaration: Declaration } | undefined> {
  const { rows } = await queryable.query<{ version: number; document: string }>({
    name: 'risk-document',
    text: `SELECT declaration.version, coalesce(document, raw) AS document FROM declaration
     JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = declaration.version
     WHERE declaration.id = $1`,
    values: [declarationId],
  })
  const [row] = rows
  return row && { version: row.version, declaration: JSON.parse(row.document) as Declaration }
}

/** The risk of a declaration as it was last kept for an agency. */
export async function readKeptRisk(
  queryable: Queryable,
  declarationId: string,
  agency: string,
): Promise<RiskRow | undefined> {
  const { rows } = await queryable.query<RiskRow>({
    name: 'risk-newest',
    text: `SELECT ${columns} FROM declaration_risk WHERE declaration_id = $1 AND agency = $2 ORDER BY id DESC LIMIT 1`,
    values: [declarationId, agency],
  })
  return rows[0]
}

/** The risk a declaration’s lot was drawn with. */
export async function readDrawnRisk(
  queryable: Queryable,
  declarationId: string,
  agency: string,
): Promise<RiskRow | undefined> {
  const { rows } = await queryable.query<RiskRow>(
    `SELECT ${columns} FROM declaration_risk WHERE id = (SELECT risk FROM draw_lot WHERE declaration_id = $1 AND agency = $2)`,
    [declarationId, agency],
  )
  return rows[0]
}

export async function keepRisk(queryable: Queryable, row: Omit<RiskRow, 'id'>): Promise<RiskRow> {
  const { rows } = await queryable.query<{ id: number }>({
    name: 'risk-keep',
    text: 'INSERT INTO declaration_risk (declaration_id, agency, version, ppm, basis, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id',
    values: [row.declarationId, row.agency, row.version, row.ppm, row.basis, row.at],
  })
  return { ...row, id: rows[0]?.id ?? 0 }
}

import type { Queryable } from './database.ts'

/** Uses of certificates of a declaration, as other agencies may know them. */
export async function readSharedUses(queryable: Queryable, declarationId: string) {
  const { rows } = await queryable.query<{
    typeCode: string
    number: string
    issuer: string
    status: string
    quantity: string | null
    unitCode: string | null
  }>(
    `SELECT certificate_use.type_code AS "typeCode", certificate_use.number, certificate_use.issuer, status, certificate_use.quantity::text AS quantity, unit_code AS "unitCode"
     FROM certificate_use LEFT JOIN certificate USING (type_code, number) WHERE declaration_id = $1 ORDER BY certificate_use.id`,
    [declarationId],
  )
  return rows.map(({ quantity, unitCode, ...use }) => ({
    ...use,
    quantity: quantity ?? undefined,
    unitCode: unitCode ?? undefined,
  }))
}

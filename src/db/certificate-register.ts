import type { CertificateFacts } from '../../schemas/certificates.ts'
import type { Database, Queryable } from './database.ts'

/** A certificate as it is known here. */
export interface CertificateRow {
  readonly typeCode: string
  readonly number: string
  readonly issuer: string
  readonly holder: string | undefined
  readonly facts: CertificateFacts | undefined
  readonly reserved: string
  readonly committed: string
  readonly usesTaken: number
  /** How often it may be used; absent: without limit. */
  readonly usesMost: number | undefined
  readonly seenAt: Date | undefined
  /** Uses of which its issuer is still to be told something. */
  readonly unconfirmed: number
}

interface Raw {
  [column: string]: unknown
}

const certificateColumns =
  'type_code AS "typeCode", number, issuer, holder, facts, reserved::text, committed::text, uses_taken AS "usesTaken", uses AS "usesMost", seen_at AS "seenAt", (SELECT count(*)::int FROM certificate_use waiting WHERE waiting.type_code = certificate.type_code AND waiting.number = certificate.number AND waiting.asking IS NOT NULL) AS unconfirmed'
const certificateOf = ({ facts, holder, seenAt, usesMost, ...row }: Raw): CertificateRow =>
  ({
    ...row,
    holder: holder ?? undefined,
    facts: facts === null ? undefined : (JSON.parse(facts as string) as CertificateFacts),
    seenAt: seenAt ?? undefined,
    usesMost: usesMost ?? undefined,
  }) as unknown as CertificateRow

export async function readCertificate(
  client: Queryable,
  typeCode: string,
  number: string,
): Promise<CertificateRow | undefined> {
  const { rows } = await client.query<Raw>(
    `SELECT ${certificateColumns} FROM certificate WHERE type_code = $1 AND number = $2`,
    [typeCode, number],
  )
  return rows[0] && certificateOf(rows[0])
}

/** Which certificates are meant. */
export interface CertificateFilter {
  readonly holder: string | undefined
  readonly type: string | undefined
  /** How its number begins. */
  readonly number: string | undefined
  /** Whether its issuer is still to be told something. */
  readonly unconfirmed: boolean | undefined
  readonly after: readonly [string, string]
  readonly limit: number
}

/** Certificates in the order of type and number, after one of them. */
export async function listCertificates({ pool }: Database, filter: CertificateFilter): Promise<CertificateRow[]> {
  const { rows } = await pool.query<Raw>(
    `SELECT ${certificateColumns} FROM certificate WHERE ($1::text IS NULL OR holder = $1) AND (type_code, number) > ($2, $3)
       AND ($5::text IS NULL OR type_code = $5) AND ($6::text IS NULL OR starts_with(number, $6))
       AND ($7::boolean IS NULL OR $7 = EXISTS (SELECT FROM certificate_use waiting
         WHERE waiting.type_code = certificate.type_code AND waiting.number = certificate.number AND waiting.asking IS NOT NULL))
     ORDER BY type_code, number LIMIT $4`,
    [
      filter.holder ?? null,
      ...filter.after,
      filter.limit,
      filter.type ?? null,
      filter.number ?? null,
      filter.unconfirmed ?? null,
    ],
  )
  return rows.map(certificateOf)
}

/** Keeps what an issuer told of a certificate. @param uses how often it may be used by our rule, where that is less */
export async function saveFacts(
  client: Queryable,
  { typeCode, number, issuer }: { readonly typeCode: string; readonly number: string; readonly issuer: string },
  facts: CertificateFacts,
  uses: number | undefined,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO certificate (type_code, number, issuer, holder, facts, quantity, unit_code, uses, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (type_code, number) DO UPDATE SET holder = excluded.holder, facts = excluded.facts, quantity = excluded.quantity,
       unit_code = excluded.unit_code, uses = excluded.uses, seen_at = excluded.seen_at`,
    [
      typeCode,
      number,
      issuer,
      facts.holder,
      JSON.stringify(facts),
      facts.quantity?.value ?? null,
      facts.quantity?.unitCode ?? null,
      uses ?? null,
      now,
    ],
  )
}

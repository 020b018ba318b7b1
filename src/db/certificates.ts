import type { CertificateUse, UseStatus } from '../../schemas/certificates.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { NetworkLine } from '../certificates/network.ts'
import type { AcceptedUse } from '../filing/compose.ts'
import type { Client, Database, Queryable } from './database.ts'

export type Asking = 'reserve' | 'commit' | 'release'

/** A use of a certificate as it is kept. */
export interface UseRow {
  readonly id: string
  readonly declarationId: string
  readonly filingId: string
  readonly tenant: string
  readonly traderReference: string
  readonly issuer: string
  readonly typeCode: string
  readonly number: string
  readonly use: CertificateUse
  readonly rule: NetworkLine
  readonly status: UseStatus
  readonly asking: Asking | undefined
  readonly granted: boolean
  readonly replaces: string | undefined
  readonly droppedBy: string | undefined
  readonly quantity: string | undefined
  /** Unit of the certificate, where it is known. */
  readonly unitCode: string | undefined
  readonly held: string | undefined
  readonly heldUses: number
  readonly findings: readonly Issue[]
  readonly reference: string | undefined
  readonly dueAt: Date | undefined
  readonly tries: number
  readonly leased: boolean
  readonly fence: number
  readonly unknown: boolean
  readonly error: string | undefined
  readonly silentSince: Date | undefined
  readonly at: Date
  readonly updatedAt: Date
}

interface Raw {
  [column: string]: unknown
  use: string
  rule: string
  findings: string | null
}
/** Columns by the names of a row, numbers as texts. */
const columns = `id, declaration_id AS "declarationId", filing_id AS "filingId", tenant, trader_reference AS "traderReference", issuer, type_code AS "typeCode",
  number, use, rule, status, asking, granted, replaces, dropped_by AS "droppedBy", quantity::text,
  (SELECT unit_code FROM certificate WHERE certificate.type_code = certificate_use.type_code AND certificate.number = certificate_use.number) AS "unitCode", held::text, held_uses AS "heldUses", findings, reference,
  due_at AS "dueAt", tries, lease_until IS NOT NULL AS leased, fence, unknown, error, silent_since AS "silentSince", at, updated_at AS "updatedAt"`

function useOf(row: Raw): UseRow {
  const known = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined]))
  return {
    ...known,
    use: JSON.parse(row.use) as CertificateUse,
    rule: JSON.parse(row.rule) as NetworkLine,
    findings: row.findings === null ? [] : (JSON.parse(row.findings) as Issue[]),
  } as unknown as UseRow
}

const readUses = async (client: Queryable, where: string, values: readonly unknown[]): Promise<UseRow[]> =>
  (await client.query<Raw>(`SELECT ${columns} FROM certificate_use WHERE ${where}`, [...values])).rows.map(useOf)

/** Uses of some filings, locked, in the order of their ids. Its case is locked before a use, a use before its certificate. */
export const lockUsesOf = (client: Client, filingIds: readonly string[]): Promise<UseRow[]> =>
  filingIds.length === 0
    ? Promise.resolve([])
    : readUses(client, 'filing_id = ANY($1) ORDER BY id FOR UPDATE', [filingIds])

/** A use with the one it replaces and those that replace it, locked, in the order of their ids. */
export const lockUse = (client: Client, id: string): Promise<UseRow[]> =>
  readUses(
    client,
    'id = $1 OR replaces = $1 OR id = (SELECT replaces FROM certificate_use WHERE id = $1) ORDER BY id FOR UPDATE',
    [id],
  )

export const readUse = async ({ pool }: Database, id: string): Promise<UseRow | undefined> =>
  (await readUses(pool, 'id = $1', [id]))[0]

/** What a locked use holds in our ledger now. Its lease stays. */
export async function keepHeld(
  client: Client,
  id: string,
  { quantity, held, heldUses }: { readonly quantity: string; readonly held: string; readonly heldUses: number },
): Promise<void> {
  await client.query('UPDATE certificate_use SET quantity = $2, held = $3, held_uses = $4 WHERE id = $1', [
    id,
    quantity,
    held,
    heldUses,
  ])
}

export const usesOfDeclaration = ({ pool }: Database, declarationId: string): Promise<UseRow[]> =>
  readUses(pool, 'declaration_id = $1 ORDER BY id', [declarationId])

export const usesOfCertificate = (
  { pool }: Database,
  typeCode: string,
  number: string,
  most: number,
): Promise<UseRow[]> =>
  readUses(pool, 'type_code = $1 AND number = $2 ORDER BY id DESC LIMIT $3', [typeCode, number, most])

/** Keeps uses that are newly wanted; due at once. */
export async function addUses(
  client: Client,
  about: { readonly declarationId: string; readonly tenant: string },
  uses: readonly (AcceptedUse & { readonly replaces?: string | undefined })[],
  now: Date,
): Promise<void> {
  for (const { id, filingId, traderReference, issuer, use, rule, replaces } of uses)
    await client.query(
      `INSERT INTO certificate_use (id, declaration_id, filing_id, tenant, trader_reference, issuer, type_code, number, use, rule, replaces, asking, due_at, at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'reserve', $12, $12, $12)`,
      [
        id,
        about.declarationId,
        filingId,
        about.tenant,
        traderReference,
        issuer,
        use.typeCode,
        use.number,
        JSON.stringify(use),
        JSON.stringify(rule),
        replaces ?? null,
        now,
      ],
    )
}

/** What may change of a use. What is `undefined` in it becomes nothing; what is not in it stays. */
export type UseChange = Partial<
  Pick<
    UseRow,
    | 'filingId'
    | 'status'
    | 'asking'
    | 'granted'
    | 'droppedBy'
    | 'quantity'
    | 'held'
    | 'heldUses'
    | 'findings'
    | 'reference'
    | 'dueAt'
    | 'tries'
    | 'unknown'
    | 'error'
    | 'silentSince'
  >
>
const columnOf: { readonly [field in keyof Required<UseChange>]: string } = {
  filingId: 'filing_id',
  status: 'status',
  asking: 'asking',
  granted: 'granted',
  droppedBy: 'dropped_by',
  quantity: 'quantity',
  held: 'held',
  heldUses: 'held_uses',
  findings: 'findings',
  reference: 'reference',
  dueAt: 'due_at',
  tries: 'tries',
  unknown: 'unknown',
  error: 'error',
  silentSince: 'silent_since',
}

/** Changes a locked use. Whoever held a lease on it has lost it. */
export async function changeUse(client: Client, id: string, change: UseChange, now: Date): Promise<void> {
  const fields = Object.keys(change) as (keyof UseChange)[]
  const sets = fields.map((field, at) => `${columnOf[field]} = $${at + 3}`)
  await client.query(
    `UPDATE certificate_use SET ${[...sets, 'fence = fence + 1', 'lease_until = NULL', 'updated_at = $2'].join(', ')} WHERE id = $1`,
    [
      id,
      now,
      ...fields.map((field) =>
        field === 'findings' ? JSON.stringify(change.findings ?? []) : (change[field] ?? null),
      ),
    ],
  )
}

/** An exchange with an issuer, to be kept. */
export interface IssuerExchange {
  readonly useId?: string
  readonly issuer: string
  readonly kind: 'verify' | 'inquiry' | Asking
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly status?: number
  readonly answer?: string
  readonly error?: string
}

export async function keepExchange(client: Queryable, said: IssuerExchange, now: Date): Promise<void> {
  // PostgreSQL's text holds no U+0000, whatever an issuer sends.
  const clean = (text: string | undefined) => text?.replaceAll('\u0000', '\uFFFD') ?? null
  await client.query(
    'INSERT INTO certificate_message (use_id, issuer, kind, method, path, body, status, answer, error, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      said.useId ?? null,
      said.issuer,
      said.kind,
      said.method,
      said.path,
      clean(said.body),
      said.status ?? null,
      clean(said.answer),
      clean(said.error),
      now,
    ],
  )
}

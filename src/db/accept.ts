import type { WireMessage } from '../../adapters/adapter.ts'
import { type FilingStatus, rankOf } from '../../schemas/status.ts'
import type { Pending } from '../filing/prepare.ts'
import type { Database } from './database.ts'

/** Everything one acceptance leaves in the database. All of it, or nothing. */
export interface Acceptance {
  readonly tenant: string
  readonly key: string
  readonly bodyHash: string
  readonly answer: { readonly status: number; readonly body: string; readonly location?: string }
  /** Absent when the answer is a refusal: then only the answer is kept. */
  readonly declaration?: {
    readonly id: string
    readonly functionalReferenceId: string
    readonly direction: string
    readonly plan: string
    readonly mediaType: string
    readonly raw: string
    readonly document: string | undefined
    readonly event: string
  }
  readonly filings: readonly {
    readonly id: string
    readonly serial: number
    readonly agency: string
    readonly procedure: string
    readonly status: FilingStatus
    readonly pending: Pending | undefined
    readonly particulars: string | undefined
    readonly message: WireMessage | undefined
  }[]
}

// One statement, many declarations: what PostgreSQL parses, plans and commits once is paid once.
const acceptSql = `
WITH answered AS (
  INSERT INTO idempotency (tenant, key, body_hash, status, body, location, at)
  SELECT tenant, key, body_hash, status, body, location, $1 FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
    AS new (tenant, key, body_hash, status, body, location)
), declared AS (
  INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, accepted_at, updated_at)
  SELECT id, tenant, lrn, direction, plan, 1, $1, $1 FROM unnest($8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
    AS new (id, tenant, lrn, direction, plan)
), versioned AS (
  INSERT INTO declaration_version (declaration_id, version, media_type, raw, document, at)
  SELECT id, 1, media_type, raw, document, $1 FROM unnest($8::text[], $13::text[], $14::text[], $15::text[])
    AS new (id, media_type, raw, document)
), told AS (
  INSERT INTO event (declaration_id, number, type, data, at)
  SELECT id, 1, 'declaration.accepted', data, $1 FROM unnest($8::text[], $16::text[]) AS new (id, data)
), filed AS (
  INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, status, rank, pending, particulars, updated_at)
  SELECT id, declaration_id, position, serial, agency, procedure, status, rank, pending, particulars, $1
  FROM unnest($17::text[], $18::text[], $19::int[], $20::text[], $21::text[], $22::text[], $23::int[], $24::text[], $25::text[], $33::int[])
    AS new (id, declaration_id, position, agency, procedure, status, rank, pending, particulars, serial)
), written AS (
  INSERT INTO message (filing_id, agency, attempt, kind, method, path, content_type, body, at)
  SELECT filing_id, agency, 1, 'submission', method, path, content_type, body, $1
  FROM unnest($26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[])
    AS new (filing_id, agency, method, path, content_type, body)
), queued AS (
  INSERT INTO delivery (filing_id, lane, attempt, instant, due_at)
  SELECT filing_id, agency, 1, $1, $1 FROM unnest($26::text[], $27::text[]) AS new (filing_id, agency)
)
SELECT pg_notify('yuchuang_lanes', $32) WHERE $32 <> ''`

/**
 * Keeps acceptances, all in one transaction.
 * @throws a unique violation (23505) when a key or a trader's own number is already there: nothing of the batch is kept then
 */
export async function keepAcceptances({ pool }: Database, batch: readonly Acceptance[], at: Date): Promise<void> {
  const declared = batch.flatMap(({ tenant, declaration }) =>
    declaration === undefined ? [] : [{ tenant, ...declaration }],
  )
  const filings = batch.flatMap(({ declaration, filings }) =>
    filings.map((filing, position) => ({ ...filing, position, declarationId: declaration?.id ?? '' })),
  )
  const going = filings.flatMap(({ id, agency, message }) => (message === undefined ? [] : [{ id, agency, message }]))
  await pool.query({
    name: 'accept',
    text: acceptSql,
    values: [
      at,
      batch.map(({ tenant }) => tenant),
      batch.map(({ key }) => key),
      batch.map(({ bodyHash }) => bodyHash),
      batch.map(({ answer }) => answer.status),
      batch.map(({ answer }) => answer.body),
      batch.map(({ answer }) => answer.location ?? null),
      declared.map(({ id }) => id),
      declared.map(({ tenant }) => tenant),
      declared.map(({ functionalReferenceId }) => functionalReferenceId),
      declared.map(({ direction }) => direction),
      declared.map(({ plan }) => plan),
      declared.map(({ mediaType }) => mediaType),
      declared.map(({ raw }) => raw),
      declared.map(({ document }) => document ?? null),
      declared.map(({ event }) => event),
      filings.map(({ id }) => id),
      filings.map(({ declarationId }) => declarationId),
      filings.map(({ position }) => position),
      filings.map(({ agency }) => agency),
      filings.map(({ procedure }) => procedure),
      filings.map(({ status }) => status),
      filings.map(({ status }) => rankOf(status)),
      filings.map(({ pending }) =>
        pending === undefined || Object.keys(pending).length === 0 ? null : JSON.stringify(pending),
      ),
      filings.map(({ particulars }) => particulars ?? null),
      going.map(({ id }) => id),
      going.map(({ agency }) => agency),
      going.map(({ message }) => message.method),
      going.map(({ message }) => message.path),
      going.map(({ message }) => message.contentType ?? null),
      going.map(({ message }) => message.body ?? null),
      [...new Set(going.map(({ agency }) => agency))].join(','),
      filings.map(({ serial }) => serial),
    ],
  })
}

/** The answer kept for a key, if there is one. */
export async function keptAnswer({ pool }: Database, tenant: string, key: string) {
  const { rows } = await pool.query<{ body_hash: string; status: number; body: string; location: string | null }>(
    'SELECT body_hash, status, body, location FROM idempotency WHERE tenant = $1 AND key = $2',
    [tenant, key],
  )
  return rows[0]
}

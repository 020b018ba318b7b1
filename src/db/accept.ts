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

/** The type number of text, which an array in PostgreSQL's binary form carries. Source: pg_type. */
const textOid = 25

/**
 * A text array in PostgreSQL's binary form. Documents go through here by the megabyte: nothing is escaped on our side and nothing
 * unescaped on the server's.
 */
function texts(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)))
  const head = values.length === 0 ? [0, 0, textOid] : [1, sizes.includes(-1) ? 1 : 0, textOid, values.length, 1]
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), head.length * 4))
  let end = 0
  for (const number of head) end = bytes.writeInt32BE(number, end)
  for (const [at, value] of values.entries()) {
    end = bytes.writeInt32BE(sizes[at] ?? -1, end)
    if (value !== null) end += bytes.write(value, end)
  }
  return bytes
}

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
      texts(batch.map(({ tenant }) => tenant)),
      texts(batch.map(({ key }) => key)),
      texts(batch.map(({ bodyHash }) => bodyHash)),
      batch.map(({ answer }) => answer.status),
      texts(batch.map(({ answer }) => answer.body)),
      texts(batch.map(({ answer }) => answer.location ?? null)),
      texts(declared.map(({ id }) => id)),
      texts(declared.map(({ tenant }) => tenant)),
      texts(declared.map(({ functionalReferenceId }) => functionalReferenceId)),
      texts(declared.map(({ direction }) => direction)),
      texts(declared.map(({ plan }) => plan)),
      texts(declared.map(({ mediaType }) => mediaType)),
      texts(declared.map(({ raw }) => raw)),
      texts(declared.map(({ document }) => document ?? null)),
      texts(declared.map(({ event }) => event)),
      texts(filings.map(({ id }) => id)),
      texts(filings.map(({ declarationId }) => declarationId)),
      filings.map(({ position }) => position),
      texts(filings.map(({ agency }) => agency)),
      texts(filings.map(({ procedure }) => procedure)),
      texts(filings.map(({ status }) => status)),
      filings.map(({ status }) => rankOf(status)),
      texts(
        filings.map(({ pending }) =>
          pending === undefined || Object.keys(pending).length === 0 ? null : JSON.stringify(pending),
        ),
      ),
      texts(filings.map(({ particulars }) => particulars ?? null)),
      texts(going.map(({ id }) => id)),
      texts(going.map(({ agency }) => agency)),
      texts(going.map(({ message }) => message.method)),
      texts(going.map(({ message }) => message.path)),
      texts(going.map(({ message }) => message.contentType ?? null)),
      texts(going.map(({ message }) => message.body ?? null)),
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

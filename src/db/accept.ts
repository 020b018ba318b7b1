import type { WireMessage } from '../../adapters/adapter.ts'
import type { Gate } from '../../schemas/gate.ts'
import { type FilingStatus, rankOf } from '../../schemas/status.ts'
import { type AcceptedFiling, bindingsOfAcceptance, type FirstEvent, firstHash } from '../audit/accepted.ts'
import { laneOfIssuer } from '../certificates/network.ts'
import type { AcceptedUse } from '../filing/compose.ts'
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
    /** `raw` in UTF-8 with its SHA-256, where they are there already. */
    readonly rawBytes?: { readonly bytes: Uint8Array; readonly sha256: string } | undefined
    readonly document: string | undefined
    readonly event: string
  }
  readonly filings: readonly {
    readonly id: string
    readonly serial: number
    readonly agency: string
    readonly procedure: string
    readonly status: FilingStatus
    readonly pending?: Pending
    readonly particulars: unknown
    readonly message?: WireMessage
    readonly gates?: readonly Gate[]
  }[]
  /** Certificates to be reserved with their issuers. */
  readonly uses?: readonly AcceptedUse[]
  /** The draft that is handed in. */
  readonly draft?: DraftToTake | undefined
}

/** A draft that becomes a declaration: it is taken out in the same statement, as long as it is what was read. */
export interface DraftToTake {
  readonly id: string
  readonly revision: number
}

/**
 * The rows of one acceptance in PostgreSQL's binary form: the elements of each column's array one behind the other, as they go to
 * the server. Documents go through here by the megabyte: they are encoded once, in the thread that composed them, and only put
 * together here; nothing is escaped on our side and nothing unescaped on the server's.
 */
export interface Rows {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each column ends in `bytes`, in the order of `columns`. */
  readonly ends: readonly number[]
  /** How many rows each table gets. */
  readonly counts: Readonly<Record<Table, number>>
  /** Lanes with a submission to deliver. */
  readonly lanes: readonly string[]
  /** The event that tells of it; its hash takes the instant it is kept at. */
  readonly first: FirstEvent | undefined
}

type Table = 'answer' | 'declaration' | 'filing' | 'message' | 'use' | 'draft'
type Value = string | number | Uint8Array | null | undefined

/** The columns of each table, in the order of the parameters; `int` ones are numbers, the others texts. */
const tables = {
  answer: ['tenant', 'key', 'body_hash', 'status int', 'body', 'location'],
  declaration: ['id', 'tenant', 'lrn', 'direction', 'plan', 'media_type', 'raw', 'document', 'event', 'binds'],
  filing: [
    'id',
    'declaration_id',
    'position int',
    'serial int',
    'agency',
    'procedure',
    'status',
    'rank int',
    'pending',
    'particulars',
    'gates',
  ],
  message: ['filing_id', 'agency', 'method', 'path', 'content_type', 'body'],
  use: ['id', 'declaration_id', 'filing_id', 'tenant', 'lrn', 'issuer', 'type_code', 'number', 'wanted', 'rule'],
  draft: ['draft_id', 'seen int', 'tenant', 'declaration_id'],
} as const satisfies Record<Table, readonly string[]>

/** Type numbers that an array in PostgreSQL's binary form carries. Source: pg_type. */
const oids = { text: 25, int: 23 } as const

const columns = (Object.keys(tables) as Table[]).flatMap((table) =>
  tables[table].map((column) => ({ table, type: column.endsWith(' int') ? ('int' as const) : ('text' as const) })),
)

/** `unnest($4::text[], …) AS new (tenant, …)`: a table's rows out of its parameters. */
function rowsFrom(table: Table, beside?: readonly [parameter: string, name: string]): string {
  const first = columns.findIndex((column) => column.table === table) + parametersBefore
  const parameters = tables[table].map((column, at) => `$${first + at}::${column.endsWith(' int') ? 'int' : 'text'}[]`)
  const names = tables[table].map((column) => column.split(' ')[0])
  if (beside === undefined) return `unnest(${parameters.join(', ')}) AS new (${names.join(', ')})`
  return `unnest(${parameters.join(', ')}, ${beside[0]}::text[]) AS new (${names.join(', ')}, ${beside[1]})`
}
/** $1 the instant, $2 the lanes, $3 the hash of each declaration’s first event; the columns follow. */
const parametersBefore = 4

// One statement, many declarations: what PostgreSQL parses, plans and commits once is paid once. A draft that is not there any more as it
// was read leaves a null where none may be: nothing is kept then.
const acceptSql = `
WITH answered AS (
  INSERT INTO idempotency (tenant, key, body_hash, status, body, location, at)
  SELECT tenant, key, body_hash, status, body, location, $1 FROM ${rowsFrom('answer')}
), declared AS (
  INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
  SELECT id, tenant, lrn, direction, plan, 1, hash, $1, $1 FROM ${rowsFrom('declaration', ['$3', 'hash'])}
), versioned AS (
  INSERT INTO declaration_version (declaration_id, version, media_type, raw, document, at)
  SELECT id, 1, media_type, raw, document, $1 FROM ${rowsFrom('declaration')}
), told AS (
  INSERT INTO event (declaration_id, number, type, data, at, binds, hash)
  SELECT id, 1, 'declaration.accepted', event, $1, binds, hash FROM ${rowsFrom('declaration', ['$3', 'hash'])}
), filed AS (
  INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, status, rank, pending, particulars, gates, updated_at)
  SELECT id, declaration_id, position, serial, agency, procedure, status, rank, pending, particulars, gates, $1
  FROM ${rowsFrom('filing')}
), written AS (
  INSERT INTO message (filing_id, agency, attempt, kind, method, path, content_type, body, at)
  SELECT filing_id, agency, 1, 'submission', method, path, content_type, body, $1 FROM ${rowsFrom('message')}
), queued AS (
  INSERT INTO delivery (filing_id, lane, attempt, instant, due_at)
  SELECT filing_id, agency, 1, $1, $1 FROM ${rowsFrom('message')}
), certified AS (
  INSERT INTO certificate_use (id, declaration_id, filing_id, tenant, trader_reference, issuer, type_code, number, use, rule, asking, due_at, at, updated_at)
  SELECT id, declaration_id, filing_id, tenant, lrn, issuer, type_code, number, wanted, rule, 'reserve', $1, $1, $1 FROM ${rowsFrom('use')}
), taken AS (
  DELETE FROM declaration_draft draft USING ${rowsFrom('draft')} WHERE draft.id = draft_id AND revision = seen RETURNING draft.id
), settled AS (
  INSERT INTO declaration_draft_outcome (draft_id, tenant, declaration_id, at)
  SELECT taken.id, new.tenant, declaration_id, $1 FROM ${rowsFrom('draft')} LEFT JOIN taken ON taken.id = draft_id
)
SELECT pg_notify('yuchuang_lanes', $2) WHERE $2 <> ''`

/** The rows of an acceptance. */
export function rowsOf(acceptance: Acceptance): Rows {
  const { tenant, key, bodyHash, answer, declaration, filings, uses = [] } = acceptance
  const answers: Value[][] = [[tenant, key, bodyHash, answer.status, answer.body, answer.location]]
  const filed = filings.map(
    ({ id, serial, agency, procedure, status, pending, particulars, message, gates = [] }, position) => ({
      row: {
        id,
        position,
        serial,
        agency,
        procedure,
        status,
        pending: pending === undefined || Object.keys(pending).length === 0 ? null : JSON.stringify(pending),
        particulars: particulars === undefined ? null : JSON.stringify(particulars),
        ...(gates.length === 0 ? {} : { gates: JSON.stringify(gates) }),
      },
      message,
      body: message?.body === undefined ? undefined : Buffer.from(message.body),
    }),
  )
  const first = declaration && firstEventOf(declaration, tenant, filed)
  const declarations: Value[][] = []
  if (declaration !== undefined) {
    const { id, functionalReferenceId: lrn, direction, plan, mediaType, raw, rawBytes, document, event } = declaration
    const kept = rawBytes?.bytes ?? raw
    declarations.push([id, tenant, lrn, direction, plan, mediaType, kept, document, event, first?.binds])
  }
  const filingRows = filed.map(({ row }): Value[] => [
    row.id,
    declaration?.id,
    row.position,
    row.serial,
    row.agency,
    row.procedure,
    row.status,
    rankOf(row.status),
    row.pending,
    row.particulars,
    row.gates,
  ])
  const messages = filed.flatMap(({ row, message, body }): Value[][] =>
    message === undefined ? [] : [[row.id, row.agency, message.method, message.path, message.contentType, body]],
  )
  const useRows = uses.map(({ id, filingId, traderReference, issuer, use, rule }): Value[] => [
    id,
    declaration?.id,
    filingId,
    tenant,
    traderReference,
    issuer,
    use.typeCode,
    use.number,
    JSON.stringify(use),
    JSON.stringify(rule),
  ])
  const drafts: Value[][] =
    declaration === undefined || acceptance.draft === undefined
      ? []
      : [[acceptance.draft.id, acceptance.draft.revision, tenant, declaration.id]]
  return {
    ...binaryOf([answers, declarations, filingRows, messages, useRows, drafts]),
    counts: {
      answer: 1,
      declaration: declarations.length,
      filing: filed.length,
      message: messages.length,
      use: useRows.length,
      draft: drafts.length,
    },
    lanes: [
      ...filings.flatMap(({ agency, message }) => (message === undefined ? [] : [agency])),
      ...uses.map(({ issuer }) => laneOfIssuer(issuer)),
    ],
    first,
  }
}

const firstEventOf = (
  declaration: NonNullable<Acceptance['declaration']>,
  tenant: string,
  filed: readonly AcceptedFiling[],
): FirstEvent => ({
  declarationId: declaration.id,
  data: declaration.event,
  binds: bindingsOfAcceptance(declaration, tenant, filed).join('\n'),
})

/** Where rows are laid out before their size is known: the same memory for all of a thread, more of it for large documents. */
const deskBytes = 131_072
let desk = Buffer.allocUnsafeSlow(deskBytes)

/** The rows of all tables, column by column. */
function binaryOf(rowsByTable: readonly (readonly Value[][])[]): Pick<Rows, 'bytes' | 'ends'> {
  let end = 0
  const put = (value: Value) => {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    const most = typeof value === 'string' ? value.length * 3 : value instanceof Uint8Array ? value.byteLength : 4
    if (end + 4 + most > desk.length) desk = Buffer.concat([desk.subarray(0, end)], 2 * (end + 4 + most))
    const start = end + 4
    if (typeof value === 'string') end = start + desk.write(value, start)
    else if (typeof value === 'number') end = desk.writeInt32BE(value, start)
    else if (value instanceof Uint8Array) {
      desk.set(value, start)
      end = start + value.byteLength
    } else end = start
    desk.writeInt32BE(value === null || value === undefined ? -1 : end - start, start - 4)
  }
  const ends: number[] = []
  for (const [table, columns] of columnCounts.entries())
    for (let column = 0; column < columns; column++) {
      for (const row of rowsByTable[table] ?? []) put(row[column])
      ends.push(end)
    }
  const bytes = Buffer.from(new ArrayBuffer(end))
  desk.copy(bytes, 0, 0, end)
  if (desk.length > deskBytes) desk = Buffer.allocUnsafeSlow(deskBytes)
  return { bytes, ends }
}
const columnCounts = Object.values(tables).map(({ length }) => length)

/** One column of all rows, as an array in PostgreSQL's binary form: dimensions, whether it may hold nulls, type, length, first index. */
function arrayOf(batch: readonly Rows[], column: number): Buffer {
  const { table = 'answer', type = 'text' } = columns[column] ?? {}
  const count = batch.reduce((sum, { counts }) => sum + counts[table], 0)
  const head = Buffer.alloc(20)
  for (const [at, number] of (count === 0 ? [0, 0, oids[type]] : [1, 1, oids[type], count, 1]).entries())
    head.writeInt32BE(number, at * 4)
  const parts = batch.map(({ bytes, ends }) => bytes.subarray(ends[column - 1] ?? 0, ends[column]))
  return Buffer.concat([count === 0 ? head.subarray(0, 12) : head, ...parts])
}

/**
 * Keeps acceptances, all in one transaction.
 * @throws a unique violation (23505) when a key or a trader's own number is already there, a null (23502) where a draft was changed or
 * handed in meanwhile: nothing of the batch is kept then
 */
export async function keepAcceptances({ pool }: Database, batch: readonly Rows[], at: Date): Promise<void> {
  const lanes = new Set(batch.flatMap((rows) => rows.lanes))
  const hashes = batch.flatMap(({ first }) => (first === undefined ? [] : [firstHash(first, at)]))
  await pool.query({
    name: 'accept',
    text: acceptSql,
    values: [at, [...lanes].join(','), hashes, ...columns.map((_, column) => arrayOf(batch, column))],
  })
}

/** Gives the memory of rows back that are kept or never will be: the collector would let it pile up by the ten megabytes. */
export const releaseRows = ({ bytes }: Rows): void => void bytes.buffer.transfer(0)

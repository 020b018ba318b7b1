import type { Bindable, LineOf } from '../../schemas/export.ts'
import type { Queryable } from './database.ts'

/** A row of a declaration as it is bound: the line an export has of it, with the digests of its bytes for the bytes. */
export type KeptRow = { readonly of: string } & (
  | Exclude<Bindable, { record: 'version' | 'message' | 'receipt' }>
  | (Omit<LineOf<'version'>, 'raw' | 'document'> & { rawSha256: string; documentSha256: string | null })
  | KeptMessage
  | (Omit<LineOf<'receipt'>, 'message'> & { id: number; message: KeptMessage | null })
)
export type KeptMessage = LineOf<'message'> & { readonly id: number }

/** The end of a declaration's chain. */
export interface Head {
  readonly record: 'head'
  readonly of: string
  readonly head: string
  readonly eventCount: number
}

/** SHA-256 of a text column as `sha256` in src/audit/hash.ts gives it: bytes need not leave the database to be checked. */
export const sha256Of = (column: string): string =>
  `translate(rtrim(encode(sha256(convert_to(${column}, 'UTF8')), 'base64'), '='), '+/', '-_')`
/** An instant as JavaScript writes it. */
export const instantOf = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const messageJson = (of: string) =>
  `json_build_object('record', 'message', 'of', ${of}, 'id', message.id, 'filingId', message.filing_id, 'agency', message.agency, 'attempt', message.attempt,
    'kind', message.kind, 'method', message.method, 'path', message.path, 'status', message.status, 'contentType', message.content_type, 'body', NULL,
    'bodySha256', ${sha256Of('message.body')}, 'error', message.error, 'at', ${instantOf('message.at')})`

/** @param fresh ` AND` that a table's row is one of those wanted; @param kept the messages wanted, as (declaration_id, id) */
const rowsSql = (fresh: (table: string) => string, kept: string) => `
WITH filed AS (SELECT id, declaration_id FROM filing WHERE declaration_id = ANY($1)),
said AS (SELECT receipt.*, filed.declaration_id FROM receipt JOIN filed ON receipt.filing_id = filed.id${fresh('receipt')}),
kept AS (${kept})
SELECT json_build_object('record', 'head', 'of', id, 'head', head, 'eventCount', event_count) AS row FROM declaration WHERE id = ANY($1)
UNION ALL
SELECT json_build_object('record', 'declaration', 'of', id, 'tenant', tenant, 'functionalReferenceId', functional_reference_id, 'direction', direction,
    'version', version, 'plan', plan, 'acceptedAt', ${instantOf('accepted_at')})
  FROM declaration WHERE id = ANY($1)${fresh('declaration')}
UNION ALL
SELECT json_build_object('record', 'version', 'of', declaration_id, 'version', version, 'mediaType', media_type, 'rawSha256', ${sha256Of('raw')},
    'documentSha256', ${sha256Of('document')}, 'at', ${instantOf('at')})
  FROM declaration_version WHERE declaration_id = ANY($1)${fresh('declaration_version')}
UNION ALL
SELECT json_build_object('record', 'change', 'of', declaration_id, 'id', id, 'kind', kind, 'version', version, 'before', before, 'reason', reason,
    'plan', plan, 'outcome', outcome, 'at', ${instantOf('at')}, 'settledAt', ${instantOf('settled_at')})
  FROM change WHERE declaration_id = ANY($1)${fresh('change')}
UNION ALL
SELECT json_build_object('record', 'filing', 'of', declaration_id, 'id', id, 'position', position, 'agency', agency, 'procedure', procedure,
    'serial', serial, 'occasion', occasion, 'version', version, 'changeId', change_id, 'changes', changes, 'covers', covers, 'attempt', attempt,
    'status', status, 'holds', holds, 'pending', pending, 'unknown', unknown, 'particulars', particulars, 'gates', gates, 'references',
    coalesce((SELECT json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY at, scheme, value) FROM filing_reference name WHERE filing_id = filing.id AND name.agency = filing.agency), '[]'))
  FROM filing WHERE declaration_id = ANY($1)${fresh('filing')}
UNION ALL
SELECT ${messageJson('kept.declaration_id')} FROM kept JOIN message ON message.id = kept.id
UNION ALL
SELECT json_build_object('record', 'receipt', 'of', said.declaration_id, 'id', said.id, 'filingId', said.filing_id, 'agency', said.agency, 'attempt', said.attempt,
    'message', CASE WHEN message.id IS NOT NULL THEN ${messageJson('said.declaration_id')} END, 'digest', said.digest, 'at', ${instantOf('said.at')},
    'status', said.status, 'code', said.code, 'content', said.content, 'receivedAt', ${instantOf('said.received_at')})
  FROM said LEFT JOIN message ON message.id = said.message_id`

const allSql = rowsSql(
  () => '',
  `SELECT declaration_id, message_id AS id FROM said WHERE message_id IS NOT NULL
   UNION SELECT filed.declaration_id, message.id FROM filed JOIN message ON message.filing_id = filed.id`,
)

const now = 'pg_current_xact_id()::xid'
// A document of several traders belongs to a declaration from its first receipt on: bound then, and not again with a later one.
const freshSql = rowsSql(
  (table) => ` AND ${table}.xmin = ${now}`,
  `SELECT filed.declaration_id, message.id FROM filed JOIN message ON message.filing_id = filed.id AND message.xmin = ${now}
   UNION SELECT said.declaration_id, message.id FROM said JOIN message ON message.id = said.message_id AND message.filing_id IS NULL
   WHERE NOT EXISTS (SELECT FROM receipt JOIN filed ON filed.id = receipt.filing_id AND filed.declaration_id = said.declaration_id
     WHERE receipt.message_id = message.id AND receipt.xmin <> ${now})`,
)

/** Everything that is kept of these declarations, and the ends of their chains. */
export async function readKept(client: Queryable, ids: readonly string[]): Promise<(KeptRow | Head)[]> {
  const { rows } = await client.query<{ row: KeptRow | Head }>({ name: 'audit-kept', text: allSql, values: [ids] })
  return rows.map(({ row }) => row)
}

/**
 * What this very transaction has written of these declarations, whoever wrote it, and the ends of their chains. Rows are told
 * by the transaction they are of: what is written in a savepoint is not seen.
 */
export async function readWritten(client: Queryable, ids: readonly string[]): Promise<(KeptRow | Head)[]> {
  const { rows } = await client.query<{ row: KeptRow | Head }>({ name: 'audit-written', text: freshSql, values: [ids] })
  return rows.map(({ row }) => row)
}

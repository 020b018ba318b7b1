import type { WaybillAction, WaybillStatus } from '../../schemas/waybill.ts'
import type { Entry, Standing } from '../waybill/chain.ts'
import type { Client, Database, Queryable } from './database.ts'

/** A single document as it is kept. */
export interface WaybillRow {
  readonly number: string
  readonly carrier: string
  readonly negotiable: boolean
  readonly status: WaybillStatus
  readonly holder: string | null
  readonly version: number
  readonly entryCount: number
  readonly head: string
}
export interface WaybillVersionRow {
  readonly version: number
  readonly document: string
  readonly sha256: string
}
/** A single document with everything that was done with it. */
export interface WaybillView extends WaybillRow {
  readonly versions: readonly WaybillVersionRow[]
  readonly entries: readonly Entry[]
}

const columns = `waybill.number, carrier, negotiable, status, holder, version, entry_count AS "entryCount", head`

/** One document; undefined when there is none. @param held nobody else changes it until the transaction ends */
export async function readWaybill(client: Queryable, number: string, held = false): Promise<WaybillView | undefined> {
  // A statement of its own: the ones after it see what whoever held it before did.
  if (held) await client.query('SELECT FROM waybill WHERE number = $1 FOR UPDATE', [number])
  return (await readWaybills(client, [number]))[0]
}

/** Documents by their numbers, the newest first. */
export async function readWaybills(client: Queryable, numbers: readonly string[]): Promise<WaybillView[]> {
  const { rows } = await client.query<WaybillRow & { versions: WaybillVersionRow[]; chain: EntryRow[] }>(
    `SELECT ${columns},
       (SELECT json_agg(json_build_object('version', version, 'document', document, 'sha256', sha256) ORDER BY version)
        FROM waybill_version WHERE waybill_version.number = waybill.number) AS versions,
       (SELECT json_agg(json_build_object('entry', entry, 'version', version, 'action', action, 'actor', actor, 'recipient', recipient, 'note', note,
          'at', at, 'documentSha256', document_sha256, 'hash', hash) ORDER BY entry)
        FROM waybill_entry WHERE waybill_entry.number = waybill.number) AS chain
     FROM waybill WHERE number = ANY($1) ORDER BY number DESC`,
    [numbers],
  )
  return rows.map(({ chain, ...rest }) => ({ ...rest, entries: chain.map(entryOf) }))
}

interface EntryRow {
  entry: number
  version: number
  action: WaybillAction
  actor: string
  recipient: string | null
  note: string | null
  at: string
  documentSha256: string
  hash: string
}
const entryOf = ({ recipient, note, at, ...rest }: EntryRow): Entry => ({
  ...rest,
  recipient: recipient ?? undefined,
  note: note ?? undefined,
  at: new Date(at).toISOString(),
})

/** Keeps a new document, without its version and first entry. */
export async function keepWaybill(
  client: Client,
  number: string,
  standing: Standing,
  first: Entry,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO waybill (number, carrier, negotiable, status, holder, version, entry_count, head, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $7, $7)`,
    [
      number,
      standing.carrier,
      standing.negotiable,
      standing.status,
      standing.negotiable ? standing.holder : null,
      first.hash,
      now,
    ],
  )
}

/** Moves a held document on. */
export async function moveWaybill(
  client: Client,
  number: string,
  standing: Standing,
  last: Entry,
  now: Date,
): Promise<void> {
  await client.query(
    'UPDATE waybill SET status = $2, holder = $3, version = $4, entry_count = $5, head = $6, updated_at = $7 WHERE number = $1',
    [
      number,
      standing.status,
      standing.negotiable ? standing.holder : null,
      standing.version,
      last.entry,
      last.hash,
      now,
    ],
  )
}

/** Writes an entry down, and who has to do with the document by it. */
export async function keepEntry(
  client: Client,
  number: string,
  entry: Entry,
  parties: readonly string[],
): Promise<void> {
  await client.query(
    `INSERT INTO waybill_entry (number, entry, version, action, actor, recipient, note, at, document_sha256, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      number,
      entry.entry,
      entry.version,
      entry.action,
      entry.actor,
      entry.recipient ?? null,
      entry.note ?? null,
      entry.at,
      entry.documentSha256,
      entry.hash,
    ],
  )
  await client.query(
    'INSERT INTO waybill_party (party, number) SELECT DISTINCT party, $2 FROM unnest($1::text[]) AS party ORDER BY 1 ON CONFLICT DO NOTHING',
    [parties, number],
  )
}

export async function keepWaybillVersion(
  client: Client,
  number: string,
  { version, document, sha256 }: WaybillVersionRow,
  now: Date,
): Promise<void> {
  await client.query(
    'INSERT INTO waybill_version (number, version, document, sha256, at) VALUES ($1, $2, $3, $4, $5)',
    [number, version, document, sha256, now],
  )
}

/** Numbers of the documents a firm has, or had, to do with, the newest first; of all, for an operator. */
export async function listWaybills(
  { pool }: Database,
  party: string | undefined,
  filter: { after: string | undefined; held: boolean; limit: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ number: string }>(
    `SELECT number FROM waybill WHERE ($1::text IS NULL OR number IN (SELECT number FROM waybill_party WHERE party = $1))
       AND ($2::text IS NULL OR number < $2) AND (NOT $3::bool OR holder = $1)
     ORDER BY number DESC LIMIT $4`,
    [party ?? null, filter.after ?? null, filter.held, filter.limit],
  )
  return rows.map(({ number }) => number)
}

/** Whether a firm has a key here: a document given to nobody would be lost. */
export async function isFirm(client: Queryable, firm: string): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    'SELECT EXISTS (SELECT FROM api_key WHERE tenant = $1 AND revoked_at IS NULL) AS known',
    [firm],
  )
  return rows[0]?.known ?? false
}

/** Documents by the names under which declarations are followed, that a firm is party to. */
export async function readLinked(
  { pool }: Database,
  party: string,
  papers: readonly string[],
): Promise<{ number: string; negotiable: boolean }[]> {
  if (papers.length === 0) return []
  const { rows } = await pool.query<{ number: string; negotiable: boolean }>(
    `SELECT waybill.number, negotiable FROM waybill JOIN waybill_party ON waybill_party.number = waybill.number AND party = $1
     WHERE 'paper ' || waybill.number = ANY($2) ORDER BY waybill.number`,
    [party, papers],
  )
  return rows
}

/** Declarations of a firm that name a number. */
export async function declarationsNaming({ pool }: Database, tenant: string, paper: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT declaration_id AS id FROM tracked_handle JOIN tracked_declaration USING (declaration_id)
     WHERE handle = $1 AND tenant = $2 ORDER BY 1 LIMIT 100`,
    [paper, tenant],
  )
  return rows.map(({ id }) => id)
}

import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import { rankOf } from '../../schemas/status.ts'
import type { Case, Changes, Filing } from '../filing/case.ts'
import type { KeptReceipt } from '../filing/fold.ts'
import type { Pending } from '../filing/prepare.ts'
import type { Client, Queryable } from './database.ts'

interface FilingRow {
  id: string
  declaration_id: string
  position: number
  serial: number
  agency: string
  procedure: string
  attempt: number
  status: FilingStatus
  holds: Hold[]
  pending: string | null
  unknown: boolean
  particulars: string | null
  revision: number
}

/**
 * Locks declarations and loads them with their filings, names and receipts. Always in the order of their ids, so that two
 * transactions cannot wait for each other; whoever holds the lock sees every filing of the case as it stands.
 */
export async function lockCases(client: Client, ids: readonly string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map()
  const heads = await client.query<{
    id: string
    tenant: string
    version: number
    event_count: number
    revision: number
  }>('SELECT id, tenant, version, event_count, revision FROM declaration WHERE id = ANY($1) ORDER BY id FOR UPDATE', [
    ids,
  ])
  const { rows: filings } = await client.query<FilingRow>(
    `SELECT id, declaration_id, position, serial, agency, procedure, attempt, status, holds, pending, unknown, particulars, revision
     FROM filing WHERE declaration_id = ANY($1) ORDER BY declaration_id, position`,
    [ids],
  )
  const filingIds = filings.map(({ id }) => id)
  const { rows: references } = await client.query<Reference & { filing_id: string }>(
    'SELECT filing_id, scheme, value FROM filing_reference WHERE filing_id = ANY($1) ORDER BY at, scheme, value',
    [filingIds],
  )
  const { rows: receipts } = await client.query<{ id: number; filing_id: string; attempt: number; content: string }>(
    'SELECT id, filing_id, attempt, content FROM receipt WHERE filing_id = ANY($1) ORDER BY id',
    [filingIds],
  )
  const namesOf = Map.groupBy(references, ({ filing_id }) => filing_id)
  const receiptsOf = Map.groupBy(receipts, ({ filing_id }) => filing_id)
  const filingsOf = Map.groupBy(filings, ({ declaration_id }) => declaration_id)
  return new Map(
    heads.rows.map((head) => [
      head.id,
      {
        id: head.id,
        tenant: head.tenant,
        version: head.version,
        eventCount: head.event_count,
        revision: head.revision,
        filings: (filingsOf.get(head.id) ?? []).map((row) =>
          filingOf(
            row,
            (namesOf.get(row.id) ?? []).map(({ scheme, value }) => ({ scheme, value })),
            (receiptsOf.get(row.id) ?? []).map(keptOf),
          ),
        ),
      },
    ]),
  )
}

function keptOf(row: { id: number; attempt: number; content: string }): KeptReceipt {
  const receipt = JSON.parse(row.content) as Receipt
  return { id: row.id, attempt: row.attempt, status: receipt.status, at: receipt.at, receipt }
}

const filingOf = (row: FilingRow, references: Reference[], receipts: KeptReceipt[]): Filing => ({
  id: row.id,
  declarationId: row.declaration_id,
  position: row.position,
  serial: row.serial,
  agency: row.agency,
  procedure: row.procedure,
  attempt: row.attempt,
  status: row.status,
  holds: row.holds,
  pending: row.pending === null ? undefined : (JSON.parse(row.pending) as Pending),
  unknown: row.unknown,
  particulars: row.particulars === null ? undefined : (JSON.parse(row.particulars) as unknown),
  revision: row.revision,
  references,
  receipts,
})

/** The newest document of each declaration. */
export async function loadDocuments(client: Queryable, ids: readonly string[]): Promise<Map<string, Declaration>> {
  if (ids.length === 0) return new Map()
  const { rows } = await client.query<{ id: string; document: string }>(
    `SELECT DISTINCT ON (declaration_id) declaration_id AS id, coalesce(document, raw) AS document
     FROM declaration_version WHERE declaration_id = ANY($1) ORDER BY declaration_id, version DESC`,
    [ids],
  )
  return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as Declaration]))
}

/** Writes what a step changed: filings, names, bytes to send, events. One statement a table, however many cases. */
export async function saveChanges(client: Client, changes: Changes, at: Date): Promise<void> {
  const filings = [...changes.filings]
  if (filings.length > 0)
    await client.query(
      `UPDATE filing SET attempt = new.attempt, status = new.status, rank = new.rank, holds = string_to_array(new.holds, ','),
              pending = new.pending, unknown = new.unknown, particulars = new.particulars, revision = filing.revision + 1, updated_at = $9
       FROM unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bool[], $8::text[])
         AS new (id, attempt, status, rank, holds, pending, unknown, particulars)
       WHERE filing.id = new.id`,
      [
        filings.map(({ id }) => id),
        filings.map(({ attempt }) => attempt),
        filings.map(({ status }) => status),
        filings.map(({ status }) => rankOf(status)),
        filings.map(({ holds }) => holds.join(',')),
        filings.map(({ pending }) =>
          pending === undefined || Object.keys(pending).length === 0 ? null : JSON.stringify(pending),
        ),
        filings.map(({ unknown }) => unknown),
        filings.map(({ particulars }) => (particulars === undefined ? null : JSON.stringify(particulars))),
        at,
      ],
    )
  if (changes.learned.length > 0)
    await client.query(
      `INSERT INTO filing_reference (agency, scheme, value, filing_id, at)
       SELECT *, $5::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
      [
        changes.learned.map(({ filing }) => filing.agency),
        changes.learned.map(({ reference }) => reference.scheme),
        changes.learned.map(({ reference }) => reference.value),
        changes.learned.map(({ filing }) => filing.id),
        at,
      ],
    )
  await saveOutbound(client, changes, at)
  await saveHappenings(client, changes, at)
}

async function saveOutbound(client: Client, { outbound }: Changes, at: Date): Promise<void> {
  if (outbound.length === 0) return
  await client.query(
    `WITH going AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
         AS new (filing_id, agency, attempt, method, path, content_type, body, instant)
     ), written AS (
       INSERT INTO message (filing_id, agency, attempt, kind, method, path, content_type, body, at)
       SELECT filing_id, agency, attempt, 'submission', method, path, content_type, body, instant FROM going
     )
     INSERT INTO delivery (filing_id, lane, attempt, instant, due_at)
     SELECT filing_id, agency, attempt, instant, $9 FROM going
     ON CONFLICT (filing_id) DO UPDATE SET attempt = excluded.attempt, instant = excluded.instant, due_at = excluded.due_at, tries = 0,
       lease_until = NULL, fence = delivery.fence + 1, unknown = false, error = NULL`,
    [
      outbound.map(({ filing }) => filing.id),
      outbound.map(({ filing }) => filing.agency),
      outbound.map(({ filing }) => filing.attempt),
      outbound.map(({ message }) => message.method),
      outbound.map(({ message }) => message.path),
      outbound.map(({ message }) => message.contentType ?? null),
      outbound.map(({ message }) => message.body ?? null),
      outbound.map(({ instant }) => instant),
      at,
    ],
  )
  await client.query("SELECT pg_notify('yuchuang_lanes', $1)", [
    [...new Set(outbound.map(({ filing }) => filing.agency))].join(','),
  ])
}

async function saveHappenings(client: Client, { cases, happenings }: Changes, at: Date): Promise<void> {
  const changed = [...cases]
  if (changed.length === 0) return
  const byId = new Map(changed.map((one) => [one.id, one]))
  const numbers = happenings.map(({ declarationId }) => {
    const one = byId.get(declarationId)
    if (one === undefined) throw new Error(`An event of ${declarationId}, which did not change`)
    return ++one.eventCount
  })
  if (happenings.length > 0)
    await client.query(
      `INSERT INTO event (declaration_id, number, type, filing_id, data, at)
       SELECT *, $6::timestamptz FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])`,
      [
        happenings.map(({ declarationId }) => declarationId),
        numbers,
        happenings.map(({ type }) => type),
        happenings.map(({ filingId }) => filingId ?? null),
        happenings.map(({ data }) => JSON.stringify(data)),
        at,
      ],
    )
  await client.query(
    `UPDATE declaration SET event_count = new.event_count, revision = declaration.revision + 1, updated_at = $3
     FROM unnest($1::text[], $2::int[]) AS new (id, event_count) WHERE declaration.id = new.id`,
    [changed.map(({ id }) => id), changed.map(({ eventCount }) => eventCount), at],
  )
  await client.query("SELECT pg_notify('yuchuang_events', $1)", [changed.map(({ id }) => id).join(',')])
}

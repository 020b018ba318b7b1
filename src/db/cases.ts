import type { Covered } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Gate } from '../../schemas/gate.ts'
import type { Plan } from '../../schemas/plan.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import { type Case, type Filing, isUnsent, type Occasion, type OpenChange } from '../filing/case.ts'
import type { KeptReceipt } from '../filing/fold.ts'
import type { Pending } from '../filing/prepare.ts'
import type { Documents } from '../filing/submission.ts'
import { nothingKnown } from '../recognition/stand-ins.ts'
import { gateOf, type HoldRow, holdsSql } from './assistance-holds.ts'
import type { Client, Database, Queryable } from './database.ts'
import { knownFor, newestRuleSql, type ResultRow, resultsSql } from './recognitions.ts'

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
  occasion: Occasion
  version: number
  change_id: string | null
  changes: string | null
  covers: string[]
  gates: string | null
  revision: number
}

/**
 * Locks declarations and loads them with their filings, names and receipts. Always in the order of their ids, so that two
 * transactions cannot wait for each other; whoever holds the lock sees everything of the case as it stands.
 */
export async function lockCases(client: Client, ids: readonly string[]): Promise<Map<string, Case>> {
  // A statement of its own: one that waits for a lock sees of other tables what was there before it waited, such as holds and results.
  if (ids.length > 0) await client.query('SELECT FROM declaration WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids])
  return loadCases(client, ids)
}

async function loadCases(client: Queryable, ids: readonly string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map()
  const heads = await client.query<{
    id: string
    tenant: string
    version: number
    event_count: number
    revision: number
    counted: string | null
    results: ResultRow[] | null
    newest_rule: number
    holds: HoldRow[] | null
  }>(
    `SELECT id, tenant, version, event_count, revision, counted, ${resultsSql} AS results, ${newestRuleSql} AS newest_rule, ${holdsSql} AS holds
     FROM declaration WHERE id = ANY($1) ORDER BY id`,
    [ids],
  )
  const { rows: filings } = await client.query<FilingRow>(
    `SELECT id, declaration_id, position, serial, agency, procedure, attempt, status, holds, pending, unknown, particulars, occasion, version, change_id, changes, covers, gates, revision
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
  const { rows: asked } = await client.query<ChangeRow>(
    `SELECT declaration_id, id, kind, version, reason, plan, outcome FROM change
     WHERE declaration_id = ANY($1) AND (outcome IS NULL OR (kind = 'cancellation' AND outcome = 'granted'))`,
    [ids],
  )
  const changesOf = Map.groupBy(asked, ({ declaration_id }) => declaration_id)
  const namesOf = Map.groupBy(references, ({ filing_id }) => filing_id)
  const receiptsOf = Map.groupBy(receipts, ({ filing_id }) => filing_id)
  const filingsOf = Map.groupBy(filings, ({ declaration_id }) => declaration_id)
  const known = await knownFor(
    client,
    heads.rows.map(({ id, results, newest_rule: newestRule }) => ({
      id,
      results,
      newestRule,
      unsent: (filingsOf.get(id) ?? []).filter(({ status }) => isUnsent({ status })),
    })),
  )
  return new Map(
    heads.rows.map((head) => [
      head.id,
      {
        id: head.id,
        tenant: head.tenant,
        version: head.version,
        eventCount: head.event_count,
        revision: head.revision,
        counted: head.counted ?? undefined,
        change: openIn(changesOf.get(head.id) ?? []),
        assistance: (head.holds ?? []).map(gateOf),
        recognition: known.get(head.id) ?? nothingKnown,
        cancelled: (changesOf.get(head.id) ?? []).some(({ outcome }) => outcome !== null),
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

interface ChangeRow extends Omit<OpenChange, 'plan'> {
  declaration_id: string
  plan: string
  outcome: string | null
}

function openIn(rows: readonly ChangeRow[]): OpenChange | undefined {
  const open = rows.find(({ outcome }) => outcome === null)
  if (open === undefined) return undefined
  const { id, kind, version, reason, plan } = open
  return { id, kind, version, reason, plan: JSON.parse(plan) as Plan }
}

/** A declaration as it stands, without locking it: to read, not to change. */
export async function readCase(
  { pool }: Database,
  id: string,
): Promise<{ at: Case | undefined; documents: Documents | undefined }> {
  const at = (await loadCases(pool, [id])).get(id)
  return { at, documents: at && (await loadDocuments(pool, [at])).get(id) }
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
  occasion: row.occasion,
  version: row.version,
  changeId: row.change_id ?? undefined,
  changes: row.changes ?? undefined,
  covers: row.covers,
  gates: row.gates === null ? [] : (JSON.parse(row.gates) as Gate[]),
  revision: row.revision,
  references,
  receipts,
})

/** The versions of each case's document that matter now, and the declarations its filings cover beside it. */
export async function loadDocuments(client: Queryable, cases: Iterable<Case>): Promise<Map<string, Documents>> {
  const all = [...cases]
  const wanted = all.flatMap((at) =>
    [...new Set([at.version, at.change?.version ?? at.version, ...at.filings.map(({ version }) => version)])].map(
      (version) => ({ id: at.id, version }),
    ),
  )
  if (wanted.length === 0) return new Map()
  const { rows } = await client.query<{ id: string; version: number; document: string }>(
    `SELECT declaration_id AS id, version, coalesce(document, raw) AS document
     FROM declaration_version JOIN unnest($1::text[], $2::int[]) AS wanted (id, number) ON declaration_id = id AND version = number`,
    [wanted.map(({ id }) => id), wanted.map(({ version }) => version)],
  )
  const covered = await loadCovered(
    client,
    all.flatMap(({ filings }) => filings.flatMap(({ covers }) => covers)),
  )
  const versionsOf = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    all.map(({ id }) => {
      const versions = new Map<number, Declaration>()
      const texts = new Map((versionsOf.get(id) ?? []).map(({ version, document }) => [version, document]))
      return [id, documentsOf(id, texts, versions, covered)]
    }),
  )
}

/** Documents are parsed when they are asked for: most often one of them is. */
const documentsOf = (
  id: string,
  texts: ReadonlyMap<number, string>,
  read: Map<number, Declaration>,
  covered: ReadonlyMap<string, Covered>,
): Documents => ({
  version(version) {
    const known = read.get(version)
    if (known !== undefined) return known
    const text = texts.get(version)
    if (text === undefined) throw new Error(`Version ${version} of ${id} was not loaded`)
    const declaration = JSON.parse(text) as Declaration
    read.set(version, declaration)
    return declaration
  },
  covered(other) {
    const found = covered.get(other)
    if (found === undefined) throw new Error(`${other}, which a filing of ${id} covers, was not loaded`)
    return found
  },
})

/** Declarations by their ids, as they count now, with the names of all their filings. */
export async function loadCovered(client: Queryable, ids: readonly string[]): Promise<Map<string, Covered>> {
  if (ids.length === 0) return new Map()
  const { rows } = await client.query<{
    id: string
    document: string
    names: (Reference & { agency: string })[] | null
  }>(
    `SELECT declaration.id, coalesce(document, raw) AS document,
       (SELECT json_agg(json_build_object('agency', name.agency, 'scheme', scheme, 'value', value) ORDER BY name.at, scheme, value)
        FROM filing JOIN filing_reference name ON name.filing_id = filing.id WHERE filing.declaration_id = declaration.id) AS names
     FROM declaration JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = declaration.version
     WHERE declaration.id = ANY($1)`,
    [[...new Set(ids)]],
  )
  return new Map(
    rows.map(({ id, document, names }) => {
      const references: Record<string, Reference[]> = {}
      for (const { agency, scheme, value } of names ?? []) (references[agency] ??= []).push({ scheme, value })
      return [id, { declaration: JSON.parse(document) as Declaration, references }]
    }),
  )
}

import type { EventLine, ProofLine, SealLine } from '../../schemas/export.ts'
import { instantOf } from './audit.ts'
import type { Queryable } from './database.ts'

interface EventRow {
  of: string
  number: number
  type: string
  filing_id: string | null
  data: string
  at: string
  binds: string
  hash: string
}

/** Events of these declarations, each one's in order. */
export async function readChains(client: Queryable, ids: readonly string[]): Promise<Map<string, EventLine[]>> {
  const { rows } = await client.query<EventRow>({
    name: 'audit-events',
    text: `SELECT declaration_id AS of, number, type, filing_id, data, ${instantOf('at')} AS at, binds, hash
           FROM event WHERE declaration_id = ANY($1) ORDER BY declaration_id, number`,
    values: [ids],
  })
  const chains = new Map<string, EventLine[]>(ids.map((id) => [id, []]))
  for (const { of, number, type, filing_id, data, at, binds, hash } of rows)
    chains.get(of)?.push({
      record: 'event',
      number,
      type,
      filingId: filing_id,
      data,
      at,
      binds: binds === '' ? [] : binds.split('\n'),
      hash,
    })
  return chains
}

/** Ids of declarations after one, in order. */
export async function readIdsAfter(client: Queryable, after: string, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM declaration WHERE id > $1 ORDER BY id LIMIT $2', [
    after,
    limit,
  ])
  return rows.map(({ id }) => id)
}

/** Proofs of these declarations, each one's by day. */
export async function readProofs(client: Queryable, ids: readonly string[]): Promise<Map<string, ProofLine[]>> {
  const { rows } = await client.query<{ of: string; day: string; position: number; head: string; path: string }>({
    name: 'audit-proofs',
    text: 'SELECT declaration_id AS of, day, position, head, path FROM seal_proof WHERE declaration_id = ANY($1) ORDER BY declaration_id, day',
    values: [ids],
  })
  const proofs = new Map<string, ProofLine[]>(ids.map((id) => [id, []]))
  for (const { of, day, position, head, path } of rows)
    proofs.get(of)?.push({ record: 'proof', day, position, head, path: path === '' ? [] : path.split(' ') })
  return proofs
}

/** Seals from a day on, in order. */
export async function readSeals(client: Queryable, from: string): Promise<SealLine[]> {
  const { rows } = await client.query<SealLine>(
    `SELECT 'seal' AS record, day, count, root, previous, hash, ${instantOf('at')} AS at, signature, key FROM seal WHERE day >= $1 ORDER BY day`,
    [from],
  )
  return rows
}

/** Days whose number of proofs is not that of their seal, the first of them. */
export async function readMiscounted(client: Queryable) {
  const { rows } = await client.query<{ day: string; sealed: number | null; proved: number }>(
    `SELECT coalesce(seal.day, proved.day) AS day, seal.count AS sealed, coalesce(proved.count, 0)::int AS proved
     FROM seal FULL JOIN (SELECT day, count(*) AS count FROM seal_proof GROUP BY day) proved ON proved.day = seal.day
     WHERE seal.count IS DISTINCT FROM proved.count ORDER BY 1 LIMIT 1`,
  )
  return rows[0]
}

/** Something that speaks of a declaration that is not there: the first of it. */
export async function readStray(client: Queryable) {
  const { rows } = await client.query<{
    declaration_id: string
    number: number | null
    day: string | null
    record: string
  }>(
    `SELECT declaration_id, number, NULL AS day, 'event' AS record FROM event WHERE NOT EXISTS (SELECT FROM declaration WHERE id = declaration_id)
     UNION ALL SELECT declaration_id, NULL, day, 'proof' FROM seal_proof WHERE NOT EXISTS (SELECT FROM declaration WHERE id = declaration_id)
     UNION ALL SELECT declaration_id, NULL, NULL, 'version' FROM declaration_version WHERE NOT EXISTS (SELECT FROM declaration WHERE id = declaration_id)
     UNION ALL SELECT declaration_id, NULL, NULL, 'filing' FROM filing WHERE NOT EXISTS (SELECT FROM declaration WHERE id = declaration_id)
     ORDER BY 1, 2 LIMIT 1`,
  )
  return rows[0]
}

/** Messages no declaration vouches for: nobody knows yet whom they speak of. */
export async function countUnowned(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM message WHERE filing_id IS NULL
       AND NOT EXISTS (SELECT FROM receipt WHERE message_id = message.id AND receipt.filing_id IS NOT NULL)`,
  )
  return rows[0]?.count ?? 0
}

/** The bytes of a version, as it was handed in and in canonical form. */
export async function readVersionBytes(client: Queryable, declarationId: string, version: number) {
  const { rows } = await client.query<{ raw: string; document: string | null }>(
    'SELECT raw, document FROM declaration_version WHERE declaration_id = $1 AND version = $2',
    [declarationId, version],
  )
  return rows[0]
}

/** Bytes of messages, and whether they speak of other declarations too. */
export async function readBodies(client: Queryable, declarationId: string, ids: readonly number[]) {
  const { rows } = await client.query<{ id: number; body: string | null; shared: boolean }>(
    `SELECT id, body, EXISTS (SELECT FROM receipt LEFT JOIN filing ON filing.id = receipt.filing_id
       WHERE message_id = message.id AND filing.declaration_id IS DISTINCT FROM $1) AS shared
     FROM message WHERE id = ANY($2)`,
    [declarationId, ids],
  )
  return new Map(rows.map(({ id, body, shared }) => [id, { body, shared }]))
}

/** An event as the trail of a declaration shows it. */
export interface TrailRow {
  readonly number: number
  readonly type: string
  readonly filingId: string | null
  readonly at: string
  readonly hash: string
  readonly binds: number
}

/** Events of one declaration with their hashes, after one of them. */
export async function readTrail(
  client: Queryable,
  declarationId: string,
  after: number,
  limit: number,
): Promise<TrailRow[]> {
  const { rows } = await client.query<TrailRow>(
    `SELECT number, type, filing_id AS "filingId", ${instantOf('at')} AS at, hash,
       CASE WHEN binds = '' THEN 0 ELSE length(binds) - length(replace(binds, E'\n', '')) + 1 END AS binds
     FROM event WHERE declaration_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
    [declarationId, after, limit],
  )
  return rows
}

/** Where the chain of a declaration ends. */
export async function readHead(client: Queryable, declarationId: string) {
  const { rows } = await client.query<{ functionalReferenceId: string; events: number; head: string }>(
    'SELECT functional_reference_id AS "functionalReferenceId", event_count AS events, head FROM declaration WHERE id = $1',
    [declarationId],
  )
  return rows[0]
}

/** Seals, the newest first, before a day. */
export async function listSeals(client: Queryable, before: string, limit: number): Promise<SealLine[]> {
  const { rows } = await client.query<SealLine>(
    `SELECT 'seal' AS record, day, count, root, previous, hash, ${instantOf('at')} AS at, signature, key FROM seal WHERE $1 = '' OR day < $1 ORDER BY day DESC LIMIT $2`,
    [before, limit],
  )
  return rows
}

import { limits } from '../src/limits.ts'
import type { Cluster, Ground } from './cluster.ts'
import { laptops } from './declaration.ts'
import { until } from './measure.ts'
import { startServer } from './processes.ts'

/** A database with many declarations stored, and their ids. */
export interface Stored {
  readonly ground: Ground
  readonly ids: readonly string[]
}

/** What was filled already in this run, by how many are stored: rows that need the same share it. */
const filled = new Map<number, Promise<Stored>>()

/** A database in which so many declarations are stored: copies of one that was accepted, delivered and answered. */
export function storedGround(cluster: Cluster, size: number): Promise<Stored> {
  const known = filled.get(size)
  if (known !== undefined) return known
  const fresh = cluster
    .create(`bench_stored_${size}`)
    .then(async (ground) => ({ ground, ids: await fill(ground, size) }))
  filled.set(size, fresh)
  return fresh
}

/** Accepts one declaration, lets it be delivered, and copies all its rows until `size` are there. Gives the ids of all. */
async function fill(ground: Ground, size: number): Promise<string[]> {
  const mocks = await startServer('bench/servers/mocks.ts', [], {})
  const gateway = await startServer('src/main.ts', ['gateway', 'worker'], { ...ground.env, SIMULATOR_URL: mocks.url })
  const { pool } = ground.database
  const answer = await fetch(`${gateway.url}/v1/declarations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ground.key}`, 'content-type': 'application/json', 'idempotency-key': 'first' },
    body: JSON.stringify(laptops('FIRST-1', 1)),
  })
  if (answer.status !== 202) throw new Error(`Answered ${answer.status}: ${await answer.text()}`)
  const { id } = (await answer.json()) as { id: string }
  await until('the first declaration', limits.agencyTimeoutMs, async () => {
    const { rows } = await pool.query<{ left: boolean }>('SELECT EXISTS (SELECT FROM delivery) AS left')
    return rows[0]?.left === false
  })
  await Promise.all([gateway.stop(), mocks.stop()])
  const step = 10_000
  for (let from = 1; from < size; from += step)
    for (const copy of copies) await pool.query(copy, [id, from, Math.min(from + step, size) - 1])
  // What the server would do by itself some time later: not while we measure.
  await pool.query('VACUUM ANALYZE')
  await pool.query('CHECKPOINT')
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM declaration')
  if (rows.length !== size) throw new Error(`${rows.length} declarations are stored, not ${size}`)
  return rows.map((row) => row.id)
}

// The id of copy n: in time before the original, the rest as random as a real one's. Characters of Crockford's base 32 all.
const newId = (id: string) => `upper('0' || lpad(to_hex(n), 9, '0') || substr(md5(n::text || ${id}), 1, 10))`
/** All rows of one declaration $1 again, for n from $2 to $3. One statement a table. */
const copies = [
  `INSERT INTO declaration (id, tenant, functional_reference_id, direction, version, plan, event_count, head, revision, accepted_at, updated_at)
   SELECT ${newId('id')}, tenant, 'COPY-' || n, direction, version, plan, event_count, head, revision, accepted_at, updated_at
   FROM declaration, generate_series($2::int, $3::int) n WHERE id = $1`,
  `INSERT INTO declaration_version (declaration_id, version, media_type, raw, document, at)
   SELECT ${newId('declaration_id')}, version, media_type, raw, document, at
   FROM declaration_version, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
  `INSERT INTO idempotency (tenant, key, body_hash, status, body, location, at)
   SELECT tenant, 'copy-' || n, body_hash, status, body, '/v1/declarations/' || ${newId('$1::text')}, at
   FROM idempotency, generate_series($2::int, $3::int) n WHERE location = '/v1/declarations/' || $1`,
  `INSERT INTO event (declaration_id, number, type, filing_id, data, at, binds, hash)
   SELECT ${newId('declaration_id')}, number, type, ${newId('filing_id')}, data, at, binds, hash
   FROM event, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
  `INSERT INTO filing (id, declaration_id, position, agency, procedure, serial, attempt, status, rank, holds, pending, unknown, particulars, revision, updated_at)
   SELECT ${newId('id')}, ${newId('declaration_id')}, position, agency, procedure, serial, attempt, status, rank, holds, pending, unknown, particulars, revision, updated_at
   FROM filing, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
  `INSERT INTO filing_reference (agency, scheme, value, filing_id, at)
   SELECT reference.agency, scheme, value || '-' || n, ${newId('filing_id')}, at
   FROM filing_reference reference JOIN filing ON filing.id = filing_id, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
  `INSERT INTO message (filing_id, agency, attempt, kind, method, path, status, content_type, body, error, at)
   SELECT ${newId('filing_id')}, message.agency, message.attempt, kind, method, path, message.status, content_type, body, error, at
   FROM message JOIN filing ON filing.id = filing_id, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
  `INSERT INTO receipt (agency, filing_id, attempt, message_id, digest, at, status, code, content, received_at)
   SELECT receipt.agency, ${newId('filing_id')}, receipt.attempt, message_id, digest || '-' || n, at, receipt.status, code, content, received_at
   FROM receipt JOIN filing ON filing.id = filing_id, generate_series($2::int, $3::int) n WHERE declaration_id = $1`,
]

import type { ConformanceSubject } from '../../schemas/conformance.ts'
import { type Client, type Database, type Queryable, transaction } from './database.ts'

/** A run as it is kept, with how its targets came out so far. */
export interface RunRow {
  readonly id: string
  readonly tenant: string | null
  readonly by: string
  readonly what: ConformanceSubject
  readonly targets: readonly string[]
  readonly url: string | null
  readonly status: 'waiting' | 'running' | 'done' | 'failed'
  /** JSON. */
  readonly trouble: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly reports: readonly Tally[]
}
/** How the scenarios of one target came out. */
export interface Tally {
  readonly target: string
  readonly scenarios: number
  readonly conformant: number
  readonly notConformant: number
  readonly notApplicable: number
  readonly complete: boolean
}

const viewSql = `
SELECT id, tenant, by, what, targets, url, status, trouble, created_at AS "createdAt", started_at AS "startedAt", ended_at AS "endedAt",
  coalesce((SELECT json_agg(json_build_object('target', target, 'scenarios', scenarios, 'conformant', conformant, 'notConformant', not_conformant,
    'notApplicable', not_applicable, 'complete', complete)) FROM conformance_report WHERE run_id = conformance_run.id), '[]') AS reports
FROM conformance_run`

/** Runs, newest first. @param tenant whose; undefined: everybody's @param before the id of the last of the page before */
export async function listRuns(
  { pool }: Database,
  { tenant, before, limit }: { tenant: string | undefined; before: string | undefined; limit: number },
): Promise<RunRow[]> {
  const { rows } = await pool.query<RunRow>(
    `${viewSql} WHERE ($1::text IS NULL OR tenant = $1) AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [tenant ?? null, before ?? null, limit],
  )
  return rows
}

/** One run; undefined when it is not there or somebody else's. */
export async function readRun(client: Queryable, tenant: string | undefined, id: string): Promise<RunRow | undefined> {
  const { rows } = await client.query<RunRow>(`${viewSql} WHERE ($1::text IS NULL OR tenant = $1) AND id = $2`, [
    tenant ?? null,
    id,
  ])
  return rows[0]
}

/** What was said of each target so far, as JSON. */
export async function readRunReports(client: Queryable, id: string): Promise<{ target: string; report: string }[]> {
  const { rows } = await client.query<{ target: string; report: string }>(
    `SELECT target, report FROM conformance_report JOIN conformance_run ON id = run_id WHERE run_id = $1
     ORDER BY array_position(targets, target)`,
    [id],
  )
  return rows
}

export interface NewRun extends Pick<RunRow, 'id' | 'by' | 'what' | 'targets'> {
  readonly tenant: string | undefined
  readonly url: string | undefined
}

/** Keeps that a run was asked for, and lets the oldest of its firm go; false while another of that firm is under way. */
export async function makeRun(client: Client, run: NewRun, most: number, at: Date): Promise<boolean> {
  const { id, tenant, by, what, targets, url } = run
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`conformance_run ${tenant ?? ''}`])
  const { rows } = await client.query(
    `SELECT FROM conformance_run WHERE tenant IS NOT DISTINCT FROM $1 AND status IN ('waiting', 'running') LIMIT 1`,
    [tenant ?? null],
  )
  if (rows.length > 0) return false
  await client.query(
    'INSERT INTO conformance_run (id, tenant, by, what, targets, url, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, tenant ?? null, by, what, targets, url ?? null, at],
  )
  const { rows: old } = await client.query<{ id: string }>(
    'SELECT id FROM conformance_run WHERE tenant IS NOT DISTINCT FROM $1 ORDER BY id DESC OFFSET $2',
    [tenant ?? null, most],
  )
  await forget(
    client,
    old.map((one) => one.id),
  )
  return true
}

/** Takes a run on: what was judged only in part is judged anew. Undefined when it has ended. */
export async function beginRun({ pool }: Database, id: string, at: Date): Promise<RunRow | undefined> {
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE conformance_run SET status = 'running', started_at = coalesce(started_at, $2) WHERE id = $1 AND status IN ('waiting', 'running')`,
      [id, at],
    )
    if (rowCount === 0) return undefined
    await client.query('DELETE FROM conformance_report WHERE run_id = $1 AND NOT complete', [id])
    return readRun(client, undefined, id)
  })
}

/** Keeps what was said of a target so far. @param report JSON */
export async function keepReport({ pool }: Database, runId: string, tally: Tally, report: string): Promise<void> {
  const { target, scenarios, conformant, notConformant, notApplicable, complete } = tally
  await pool.query(
    `INSERT INTO conformance_report (run_id, target, scenarios, conformant, not_conformant, not_applicable, complete, report)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE EXISTS (SELECT FROM conformance_run WHERE id = $1)
     ON CONFLICT (run_id, target) DO UPDATE SET scenarios = $3, conformant = $4, not_conformant = $5, not_applicable = $6, complete = $7, report = $8`,
    [runId, target, scenarios, conformant, notConformant, notApplicable, complete, report],
  )
}

/** A report of a run in one form and language. */
export interface RunDocument {
  readonly format: 'json' | 'junit' | 'markdown'
  readonly language: 'en' | 'zh'
  readonly content: string
}

/** Ends a run, with its documents. @param trouble why it ended before its end; JSON */
export async function endRun(
  { pool }: Database,
  id: string,
  trouble: string | undefined,
  documents: readonly RunDocument[],
  at: Date,
): Promise<void> {
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE conformance_run SET status = CASE WHEN $2::text IS NULL THEN 'done' ELSE 'failed' END, trouble = $2, ended_at = $3
       WHERE id = $1 AND status = 'running'`,
      [id, trouble ?? null, at],
    )
    if (rowCount === 0) return
    for (const { format, language, content } of documents)
      await client.query(
        'INSERT INTO conformance_document (run_id, format, language, content) VALUES ($1, $2, $3, $4)',
        [id, format, language, content],
      )
  })
}

export async function readRunDocument(
  { pool }: Database,
  id: string,
  format: RunDocument['format'],
  language: RunDocument['language'],
): Promise<string | undefined> {
  const { rows } = await pool.query<{ content: string }>(
    `SELECT content FROM conformance_document WHERE run_id = $1 AND format = $2 AND language IN ($3, 'en') ORDER BY language = $3 DESC LIMIT 1`,
    [id, format, language],
  )
  return rows[0]?.content
}

/** Ends runs whose job was given up, as after one that ended every process that took it on. */
export async function abandonRuns({ pool }: Database, trouble: string, at: Date): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE conformance_run SET status = 'failed', trouble = $1, ended_at = $2 WHERE status IN ('waiting', 'running') AND NOT EXISTS (
       SELECT FROM graphile_worker.jobs WHERE key = 'conformance-run ' || conformance_run.id AND (attempts < max_attempts OR locked_at IS NOT NULL))
     RETURNING id`,
    [trouble, at],
  )
  return rows.map(({ id }) => id)
}

/** Lets runs go that ended before an instant. */
export async function forgetRuns({ pool }: Database, endedBefore: Date): Promise<void> {
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM conformance_run WHERE ended_at < $1', [
      endedBefore,
    ])
    await forget(
      client,
      rows.map(({ id }) => id),
    )
  })
}

async function forget(client: Client, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await client.query('DELETE FROM conformance_document WHERE run_id = ANY($1)', [ids])
  await client.query('DELETE FROM conformance_report WHERE run_id = ANY($1)', [ids])
  await client.query('DELETE FROM conformance_run WHERE id = ANY($1)', [ids])
}

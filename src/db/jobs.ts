import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { limits } from '../limits.ts'
import type { Client, Database } from './database.ts'

/** A job to be done in the background 后台任务. */
export interface NewJob {
  readonly task: string
  readonly payload: Readonly<Record<string, unknown>>
  /** Jobs of one queue are done one after the other. */
  readonly queue?: string
  /** Names the job: there is one of a name. */
  readonly key?: string
  readonly tries: number
}

/** Puts a job into the queue, in the caller's transaction: it is there when that is. */
export async function addJob(client: Client, { task, payload, queue, key, tries }: NewJob): Promise<void> {
  await client.query(
    'SELECT graphile_worker.add_job($1, payload => $2::json, queue_name => $3, job_key => $4, max_attempts => $5)',
    [task, JSON.stringify(payload), queue ?? null, key ?? null, tries],
  )
}

/** First part of the advisory locks by which processes show that they live; the second is made of the runner's name. */
const lockClass = 6_512_022
const applicationName = 'yuchuang jobs alive'

/** Shows on a connection of its own that a runner lives, until it is ended: when its process dies, the server lets go by itself. */
export function showAlive(
  database: Database,
  runner: string,
  onError: (error: Error) => void,
): { end(): Promise<void> } {
  const ending = new AbortController()
  const done = (async () => {
    while (!ending.signal.aborted) {
      const { connectionString } = database.pool.options
      const client = new pg.Client({ connectionString, application_name: applicationName, keepAlive: true })
      const closed = new Promise<void>((resolve) => client.once('end', resolve))
      client.on('error', onError)
      try {
        await client.connect()
        await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [lockClass, runner])
        await Promise.race([closed, new Promise((resolve) => ending.signal.addEventListener('abort', resolve))])
      } catch (error) {
        onError(error as Error)
      }
      await client.end().catch(() => undefined)
      await wait(limits.jobsRestMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    async end() {
      ending.abort()
      await done
    },
  }
}

/**
 * Lets go of jobs whose runners do not live any more: graphile-worker itself waits for four hours.
 * @param youngMs jobs taken since are left alone: their runner may not have shown itself yet
 * @returns the runners that were found dead
 */
export async function freeJobs({ pool }: Database, youngMs: number): Promise<string[]> {
  const { rows } = await pool.query<{ runner: string }>(
    `WITH held AS (
       SELECT DISTINCT locked_by AS runner FROM graphile_worker.jobs WHERE locked_at <= now() - $2 * interval '1 millisecond'
     ), dead AS MATERIALIZED (SELECT runner FROM held WHERE pg_try_advisory_xact_lock($1, hashtext(runner)))
     SELECT runner, graphile_worker.force_unlock_workers(ARRAY[runner]) FROM dead`,
    [lockClass, youngMs],
  )
  return rows.map(({ runner }) => runner)
}

/** Whether a job of one of these kinds could be done now. */
export async function anyJobDue({ pool }: Database, tasks: readonly string[]): Promise<boolean> {
  const { rows } = await pool.query<{ due: boolean }>(
    `SELECT EXISTS (SELECT FROM graphile_worker.jobs
       WHERE locked_at IS NULL AND run_at <= now() AND attempts < max_attempts AND task_identifier = ANY($1)) AS due`,
    [tasks],
  )
  return rows[0]?.due ?? false
}

/** How many jobs wait, run, and have failed for good. The table of jobs is made with the first of them; until then nothing is counted. */
export async function countJobs({ pool }: Database): Promise<{ label: string; value: number }[]> {
  const { rows: there } = await pool.query<{ queue: string | null }>(
    "SELECT to_regclass('graphile_worker.jobs') AS queue",
  )
  if (there[0]?.queue == null) return []
  const { rows } = await pool.query<{ label: string; value: number }>(
    `SELECT CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'failed' ELSE 'waiting' END AS label,
       count(*)::int AS value
     FROM graphile_worker.jobs GROUP BY 1`,
  )
  return rows
}

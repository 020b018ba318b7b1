import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Runner, SharedOptions, TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { anyJobDue, freeJobs, showAlive } from '../db/jobs.ts'
import { limits } from '../limits.ts'
import type { Rules } from '../rules/rules.ts'
import type { Job } from './job.ts'

/** What jobs are run with. */
export interface JobOptions {
  readonly database: Database
  readonly rules: Rules
  readonly log: Logger
  /** Loads what kinds there are: nobody waits for it who has nothing to do. */
  jobs(): Promise<readonly Job[]>
  now(): number
}

// Imported when it is needed: that takes a good part of a second, and most processes never need it.
const load = () => import('graphile-worker')

const prepared = new WeakMap<Database, Promise<void>>()
/** Makes the tables of the queue, or brings them up to date; once in a process. To be called before a job is added. */
export function prepareQueue(database: Database, log: Logger): Promise<void> {
  const known = prepared.get(database)
  if (known !== undefined) return known
  const fresh = load().then(async (worker) => worker.runMigrations(sharedOptions(worker, database, log)))
  prepared.set(database, fresh)
  // A failure is not kept.
  fresh.catch(() => prepared.delete(database))
  return fresh
}

const sharedOptions = ({ Logger: WorkerLogger }: typeof import('graphile-worker'), database: Database, log: Logger) =>
  ({
    pgPool: database.pool,
    logger: new WorkerLogger(() => (level, message, meta) => {
      const { error: err } = (meta ?? {}) as { error?: unknown }
      if (level === 'error') log.error({ err }, message)
      else if (level === 'warning') log.warn({ err }, message)
      else log.debug(message)
    }),
  }) satisfies SharedOptions

const tasksOf = (jobs: readonly Job[], { database, rules, log, now }: JobOptions): TaskList =>
  Object.fromEntries(
    jobs.map(({ id, run }) => [
      id,
      async (payload, { job }) =>
        run(payload, { database, rules, now, lastTry: job.attempts >= job.max_attempts, log: log.child({ job: id }) }),
    ]),
  )

/** Runs what is in the queue, and ends: for those who want to see what comes of it. Jobs of dead processes are let go first. */
export async function runJobsOnce(options: JobOptions): Promise<void> {
  const { database, log } = options
  await prepareQueue(database, log)
  await freeJobs(database, 0)
  const [worker, jobs] = await Promise.all([load(), options.jobs()])
  const tasks = jobs.map(({ id }) => id)
  // One pass may miss a job whose queue is only just being let go.
  while (await anyJobDue(database, tasks))
    await worker.runOnce({
      ...sharedOptions(worker, database, log),
      taskList: tasksOf(jobs, options),
      concurrency: 1,
      noHandleSignals: true,
    })
}

/**
 * Runs jobs, and those that recur, until it is stopped: one at a time, so that their memory does not add up. Comes after everything else a
 * process starts with, and after a failure starts again.
 */
export function startJobs(options: JobOptions, startMs: number = limits.jobsStartMs): { stop(): Promise<void> } {
  const { database, log } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const rest = (ms: number) => wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
  const running = (async () => {
    await rest(startMs)
    while (!signal.aborted) {
      try {
        await runUntil(signal, options)
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'background jobs do not run')
      }
      await rest(limits.jobsRestMs)
    }
  })()
  const freeing = (async () => {
    for (await rest(startMs); !signal.aborted; await rest(limits.jobsFreeMs))
      try {
        await prepareQueue(database, log)
        const dead = await freeJobs(database, limits.jobsYoungMs)
        if (dead.length > 0) log.warn({ dead }, 'jobs of processes that died are run again')
      } catch (error) {
        log.error({ err: error }, 'jobs of dead processes were not looked for')
      }
  })()
  return {
    async stop() {
      stopping.abort()
      await Promise.all([running, freeing])
    },
  }
}

/** One runner, from its start to its end. */
async function runUntil(signal: AbortSignal, options: JobOptions): Promise<void> {
  const { database, log } = options
  await prepareQueue(database, log)
  const [worker, jobs] = await Promise.all([load(), options.jobs()])
  if (signal.aborted) return
  const events = new EventEmitter() as NonNullable<SharedOptions['events']>
  let alive: ReturnType<typeof showAlive> | undefined
  events.once('pool:create', ({ workerPool }) => {
    alive = showAlive(database, workerPool.id, (error) => log.warn({ err: error }, 'the connection that shows we live'))
  })
  const runner: Runner = await worker.run({
    ...sharedOptions(worker, database, log),
    events,
    taskList: tasksOf(jobs, options),
    parsedCronItems: worker.parseCronItems(
      jobs.flatMap(({ id, cron, tries }) =>
        cron === undefined ? [] : { task: id, match: cron, options: { maxAttempts: tries, jobKey: id } },
      ),
    ),
    concurrency: 1,
    pollInterval: limits.jobsPollMs,
    noHandleSignals: true,
  })
  const stop = () =>
    void runner.stop().catch((error: unknown) => log.error({ err: error }, 'jobs did not stop cleanly'))
  try {
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    await runner.promise
  } finally {
    signal.removeEventListener('abort', stop)
    await alive?.end()
  }
}

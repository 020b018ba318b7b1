import { expect, test } from 'vitest'
import { transaction } from '../../src/db/database.ts'
import { addJob, freeJobs, showAlive } from '../../src/db/jobs.ts'
import type { Job, JobRoom } from '../../src/jobs/job.ts'
import { jobs as registered } from '../../src/jobs/registry.ts'
import { prepareQueue, runJobsOnce, startJobs } from '../../src/jobs/runner.ts'
import { createMetrics } from '../../src/metrics.ts'
import { ownDatabase } from '../support/database.ts'
import { log, optionsOf } from './support.ts'

const { database } = await ownDatabase()
const { pool } = database
const seen: { payload: unknown; lastTry: boolean }[] = []
const told = Promise.withResolvers<void>()
const job = (id: string, run: (payload: unknown, room: JobRoom) => Promise<void>): Job => ({ id, tries: 2, run })
const jobs = [
  job('noted', async (payload, { lastTry }) => void seen.push({ payload, lastTry })),
  job('failing', async (payload, { lastTry }) => {
    seen.push({ payload, lastTry })
    throw new Error('no')
  }),
  job('telling', async () => told.resolve()),
]
const add = (task: string, payload: Record<string, unknown> = {}, key?: string) =>
  transaction(pool, (client) => addJob(client, { task, payload, tries: 2, ...(key === undefined ? {} : { key }) }))
const jobsLeft = async () =>
  (await pool.query('SELECT task_identifier, attempts, max_attempts, locked_by FROM graphile_worker.jobs')).rows

const locksHeld = async () =>
  (await pool.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 6512022")).rowCount

await prepareQueue(database, log)

test('a job is there when the transaction that added it is, and is done once', async () => {
  const failed = transaction(pool, async (client) => {
    await addJob(client, { task: 'noted', payload: { lost: true }, tries: 1 })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  await add('noted', { kept: true })
  await runJobsOnce(optionsOf(database, jobs))
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen.splice(0)).toEqual([{ payload: { kept: true }, lastTry: false }])
  expect(await jobsLeft()).toEqual([])
})

test('of one name there is one job', async () => {
  await add('noted', { version: 1 }, 'name')
  await add('noted', { version: 2 }, 'name')
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen.splice(0)).toEqual([{ payload: { version: 2 }, lastTry: false }])
})

test('a job that fails is tried again so many times, knows its last try, and then stays to be seen', async () => {
  await add('failing')
  await runJobsOnce(optionsOf(database, jobs))
  // It waits a while before it is tried again.
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen.splice(0)).toEqual([{ payload: {}, lastTry: false }])
  await pool.query('UPDATE graphile_worker._private_jobs SET run_at = now()')
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen.splice(0)).toEqual([{ payload: {}, lastTry: true }])
  await pool.query('UPDATE graphile_worker._private_jobs SET run_at = now()')
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen).toEqual([])
  expect(await jobsLeft()).toMatchObject([{ task_identifier: 'failing', attempts: 2, max_attempts: 2 }])
  expect(await createMetrics(database).registry.metrics()).toContain('yuchuang_jobs{state="failed"} 1')
  await pool.query('DELETE FROM graphile_worker._private_jobs')
})

test('jobs of a dead runner are let go; those of one that lives, or that only began, are not', async () => {
  const lockedBy = async (runner: string, ago: string) => {
    await pool.query(`UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - $2::interval`, [
      runner,
      ago,
    ])
  }
  await add('noted')
  await lockedBy('pool-dead', '1 second')
  expect(await freeJobs(database, 10_000)).toEqual([])
  await lockedBy('pool-dead', '20 seconds')
  expect(await freeJobs(database, 10_000)).toEqual(['pool-dead'])
  expect(await jobsLeft()).toMatchObject([{ locked_by: null }])

  const alive = showAlive(database, 'pool-alive', (error) => {
    throw error
  })
  await lockedBy('pool-alive', '1 hour')
  await expect.poll(locksHeld).toBe(1)
  expect(await freeJobs(database, 0)).toEqual([])
  await alive.end()
  expect(await freeJobs(database, 0)).toEqual(['pool-alive'])
  await runJobsOnce(optionsOf(database, jobs))
  expect(seen.splice(0)).toHaveLength(1)
})

test('a running runner takes a job as it comes, shows that it lives, and leaves nothing behind when it stops', async () => {
  const running = startJobs(optionsOf(database, jobs), 0)
  await add('telling')
  await told.promise
  await expect.poll(locksHeld).toBe(1)
  await running.stop()
  expect(await jobsLeft()).toEqual([])
  const { rows } = await pool.query(
    "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^LISTEN|advisory_lock' AND pid <> pg_backend_pid()",
  )
  expect(rows).toEqual([])
})

test('a runner that is stopped before it began never begins', async () => {
  let loaded = false
  const options = { ...optionsOf(database), jobs: async () => ((loaded = true), jobs) }
  await startJobs(options).stop()
  expect(loaded).toBe(false)
})

test('where no job ever was, none are counted', async () => {
  const empty = await ownDatabase()
  expect(await createMetrics(empty.database).registry.metrics()).not.toContain('yuchuang_jobs{')
})

test('every kind of job has a name of its own, and a schedule that can be read', async () => {
  const { parseCronItems } = await import('graphile-worker')
  const ids = registered.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, cron, tries } of registered) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(tries).toBeGreaterThan(0)
    if (cron !== undefined) expect(() => parseCronItems([{ task: id, match: cron }])).not.toThrow()
  }
})

import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/database.ts'
import {
  hastenDeliveries,
  leaseDeliveries,
  leaseMailbox,
  leaseProbe,
  never,
  postponeMailbox,
  renewDeliveries,
  returnDeliveries,
} from '../../src/db/deliveries.ts'
import { finishDeliveries, hastenMailboxes } from '../../src/db/inbound.ts'
import { claimUntold, orderLane, readUntold } from '../../src/db/lanes.ts'
import { ownDatabase, stillOpen, untilBlocked } from '../support/database.ts'

// What leaves for an agency and when, held to on the rows themselves: no worker runs here.
const { database } = await ownDatabase()
const { pool } = database
const lane = 'harbour'
const times = { leaseMs: 15_000, earlyMs: 600_000 }

/** Puts a submission into the lane. @param dueInMs from now on; @param tenant whose it is */
async function waiting(id: string, dueInMs: number, { tenant = 'T1', ageMs = 1_000 } = {}): Promise<void> {
  await pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     VALUES ($1, $2, $1, 'export', '[]', 0, '', now(), now()) ON CONFLICT DO NOTHING`,
    [`D${id}`, tenant],
  )
  await pool.query(
    `INSERT INTO filing (id, declaration_id, position, agency, procedure, serial, status, rank, updated_at)
     VALUES ($1, $2, 0, $3, 'call', 1, 'queued', 10, now()) ON CONFLICT DO NOTHING`,
    [id, `D${id}`, lane],
  )
  await pool.query(
    `INSERT INTO message (filing_id, agency, attempt, kind, method, path, body, at) VALUES ($1, $2, 1, 'submission', 'POST', '/calls', $1, now())`,
    [id, lane],
  )
  await pool.query(
    `INSERT INTO delivery (filing_id, lane, attempt, instant, due_at, tries, error)
     VALUES ($1, $2, 1, now() - $4 * interval '1 millisecond', least(now() + $3 * interval '1 millisecond', '9999-12-31'), 3, 'HTTP 500')`,
    [id, lane, dueInMs, ageMs],
  )
}
const hour = 3_600_000
const rowOf = async (id: string) =>
  (
    await pool.query<{ tries: number; due: number; leased: boolean }>(
      `SELECT tries, (extract(epoch FROM due_at - now()) * 1000)::float8 AS due, lease_until IS NOT NULL AS leased FROM delivery WHERE filing_id = $1`,
      [id],
    )
  ).rows[0]
/** The lease ran its course: the submission failed and is put off. */
const failed = (id: string, dueInMs: number) =>
  pool.query(
    `UPDATE delivery SET lease_until = NULL, due_at = now() + $2 * interval '1 millisecond' WHERE filing_id = $1`,
    [id, dueInMs],
  )
beforeEach(async () => {
  await pool.query('DELETE FROM delivery; DELETE FROM lane_order; DELETE FROM mailbox')
})

test('leases are kept alive without waiting for what is being ended', async () => {
  await waiting('ENDING', -2_000)
  await waiting('LONG', -1_000)
  const leases = await leaseDeliveries(database, lane, 16, 1_000)
  const outcomes = leases.slice(0, 1).map((lease) => ({ ...lease, verdict: 'answered' as const }))
  const ending = await stillOpen(pool, (client) => finishDeliveries(client, outcomes))
  await renewDeliveries(database, leases, hour)
  await ending.end()
  const { rows } = await pool.query("SELECT filing_id FROM delivery WHERE lease_until > now() + interval '1 minute'")
  expect(rows).toEqual([{ filing_id: 'LONG' }])
})

test('a mailbox that is owed something since it was read empty is looked into again soon', async () => {
  await pool.query("INSERT INTO mailbox (agency, due_at) VALUES ($1, now() - interval '1 second')", [lane])
  const inAnHour = new Date(Date.now() + hour)
  for (const hastened of [true, false]) {
    const lease = await leaseMailbox(database, lane, 15_000)
    if (lease === undefined) throw new Error('not due')
    if (hastened) await transaction(pool, (client) => hastenMailboxes(client, [lane], new Date()))
    await postponeMailbox(database, lease, inAnHour, undefined)
  }
  expect(await leaseMailbox(database, lane, 15_000)).toBeUndefined()
})

describe('the probe of a resting lane', () => {
  test('is what is due, counted as a try', async () => {
    await waiting('A', -1_000)
    await waiting('B', hour)
    expect(await leaseProbe(database, lane, [], times)).toMatchObject({ filingId: 'A', tries: 4, early: undefined })
  })

  test('is another one each time: what fails alone cannot keep the lane shut', async () => {
    await waiting('POISON', -1_000)
    await waiting('GOOD', hour)
    expect((await leaseProbe(database, lane, [], times))?.filingId).toBe('POISON')
    await failed('POISON', -1)
    const probe = await leaseProbe(database, lane, ['POISON'], times)
    expect(probe).toMatchObject({ filingId: 'GOOD', tries: 3 })
    expect(probe?.early?.getTime()).toBeGreaterThan(Date.now() + hour - 60_000)
  })

  test('before its time is not a try, and one submission is taken so once in a while only', async () => {
    await waiting('A', hour)
    const probe = await leaseProbe(database, lane, [], times)
    if (probe === undefined) throw new Error('no probe')
    await returnDeliveries(database, [probe], new Date())
    const row = await rowOf('A')
    expect([row?.tries, row?.leased, Math.round((row?.due ?? 0) / 60_000)]).toEqual([3, false, 60])
    expect(await leaseProbe(database, lane, [], times)).toBeUndefined()
    await pool.query("UPDATE delivery SET hastened_at = now() - interval '11 minutes'")
    expect((await leaseProbe(database, lane, [], times))?.filingId).toBe('A')
  })

  test('is the one that has failed when nothing else waits, at its own time only', async () => {
    await waiting('POISON', hour)
    expect(await leaseProbe(database, lane, ['POISON'], times)).toBeUndefined()
    await failed('POISON', -1)
    expect((await leaseProbe(database, lane, ['POISON'], times))?.filingId).toBe('POISON')
  })

  test('is never one that was given up, nor one somebody holds', async () => {
    await waiting('GIVENUP', never.getTime())
    await waiting('HELD', -1_000)
    await leaseDeliveries(database, lane, 16, 15_000)
    expect(await leaseProbe(database, lane, [], times)).toBeUndefined()
  })
})

describe('a lane that is back', () => {
  const pace = { most: 100, spacingMs: 1_000, againMs: 600_000 }
  const seconds = async () =>
    (
      await pool.query<{ id: string; second: number }>(
        `SELECT filing_id AS id, least(round(extract(epoch FROM due_at - now())), 1e9)::int AS second FROM delivery ORDER BY due_at`,
      )
    ).rows.map(({ id, second }) => `${id} ${second}`)

  test('lets what waits go one after the other, the traders by turns, the oldest first', async () => {
    for (const [id, tenant, ageMs] of [
      ['A1', 'big', 9_000],
      ['A2', 'big', 8_000],
      ['A3', 'big', 7_000],
      ['B1', 'small', 1_000],
    ] as const)
      await waiting(id, hour, { tenant, ageMs })
    expect(await hastenDeliveries(database, lane, pace)).toBe(4)
    expect(await seconds()).toEqual(['A1 0', 'B1 1', 'A2 2', 'A3 3'])
  })

  test('leaves what is due sooner, what was given up, and what somebody holds', async () => {
    await waiting('HELD', -1_000)
    await leaseDeliveries(database, lane, 16, 15_000)
    await waiting('FIRST', hour, { ageMs: 9_000 })
    await waiting('SOON', 30_000)
    await waiting('GIVENUP', never.getTime())
    expect(await hastenDeliveries(database, lane, { ...pace, spacingMs: 60_000 })).toBe(1)
    expect((await seconds()).slice(1, 3)).toEqual(['FIRST 0', 'SOON 30'])
    expect((await rowOf('GIVENUP'))?.due).toBeGreaterThan(hour)
    expect(await rowOf('HELD')).toMatchObject({ leased: true, tries: 4 })
  })

  test('hastens nothing twice: what fails for a reason of its own keeps its back-off', async () => {
    await waiting('POISON', hour)
    expect(await hastenDeliveries(database, lane, pace)).toBe(1)
    await failed('POISON', hour)
    expect(await hastenDeliveries(database, lane, pace)).toBe(0)
  })
})

describe('a lane an operator stopped', () => {
  const order = (state: 'open' | 'closed', reason = 'maintenance') =>
    orderLane(database, lane, { state, reason, by: 'night desk' }, new Date())
  const mailbox = () =>
    pool.query("INSERT INTO mailbox (agency, due_at) VALUES ($1, now() - interval '1 second')", [lane])

  test('lets nothing leave: no submission, no probe, no look into the mailbox', async () => {
    await waiting('A', -1_000)
    await mailbox()
    await order('open')
    expect(await leaseDeliveries(database, lane, 16, 15_000)).toEqual([])
    expect(await leaseProbe(database, lane, [], times)).toBeUndefined()
    expect(await leaseMailbox(database, lane, 15_000)).toBeUndefined()
  })

  test('lets nobody look into a mailbox who came before and had to wait', async () => {
    await mailbox()
    const keeping = await stillOpen(pool, (client) => client.query('UPDATE mailbox SET error = NULL'))
    const leasing = leaseMailbox(database, lane, 15_000)
    await Promise.race([leasing, untilBlocked(pool)])
    await order('open')
    await keeping.end()
    expect(await leasing).toBeUndefined()
  })

  test('resumed since somebody looked, or while it is told: that it was resumed is still to be told', async () => {
    await waiting('A', -1_000)
    await order('open')
    const untold = await readUntold(pool, 16)
    const telling = await stillOpen(pool, async (client) => expect((await claimUntold(client, untold)).size).toBe(1))
    const resuming = order('closed')
    await Promise.race([resuming, untilBlocked(pool)])
    await telling.end()
    await resuming
    expect(await readUntold(pool, 16)).toMatchObject([{ number: 2, state: 'closed' }])
    expect((await transaction(pool, (client) => claimUntold(client, untold))).size).toBe(0)
    expect(await readUntold(pool, 16)).toMatchObject([{ number: 2, state: 'closed' }])
  })

  test('resumed, everything that waits is due at once, but what was given up', async () => {
    await waiting('A', hour)
    await waiting('GIVENUP', never.getTime())
    await mailbox()
    await order('open')
    await order('closed')
    const leased = async () => (await leaseDeliveries(database, lane, 16, 15_000)).map(({ filingId }) => filingId)
    // Once it has gone nobody would tell its timeline that its lane was resumed.
    expect(await leased()).toEqual([])
    await pool.query('UPDATE delivery SET order_told = abs(order_told)')
    expect(await leased()).toEqual(['A'])
    expect(await leaseMailbox(database, lane, 15_000)).toMatchObject({ agency: lane })
  })

  test('the same order again is none; letting go again is one', async () => {
    const number = async () => (await pool.query<{ number: number }>('SELECT number FROM lane_order')).rows[0]?.number
    await order('open')
    await order('open')
    expect(await number()).toBe(1)
    await order('open', 'another reason')
    expect(await number()).toBe(2)
    await order('closed')
    await order('closed')
    expect(await number()).toBe(4)
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { lockCases } from '../../src/db/cases.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { foldDeltas } from '../../src/db/statistics.ts'
import { makeRecount } from '../../src/db/statistics-recounts.ts'
import { noChanges } from '../../src/filing/case.ts'
import { keepChanges } from '../../src/filing/keep.ts'
import { foldAll } from '../../src/statistics/publish.ts'
import { recountAll } from '../../src/statistics/recount.ts'
import { ownDatabase } from '../support/database.ts'
import {
  counted,
  firm,
  idOf,
  type Kept,
  keepDeclaration,
  now,
  said,
  saying,
  shortly,
  tables,
  undone,
} from './support.ts'

const { database } = await ownDatabase()
describe('what counts', () => {
  test('import: from arrival to release, by the clock of customs; customs’ own time from registration', () =>
    undone(database, async (inside) => {
      const beef = await keepDeclaration(inside, { arrival: '2026-11-30T08:00:00+08:00' })
      await said(inside, 'customs', [
        saying(idOf(beef), 'acknowledged', '2026-11-30T10:00:00+08:00'),
        saying(idOf(beef), 'registered', '2026-11-30T10:00:10+08:00'),
        saying(idOf(beef), 'in-review', '2026-11-30T10:05:00+08:00', { sets: ['inspection'] }),
        saying(idOf(beef), 'in-review', '2026-12-01T06:00:00+08:00', { lifts: ['inspection'], code: 'J' }),
        saying(idOf(beef), 'approved', '2026-12-01T08:00:00+08:00'),
        saying(idOf(beef), 'closed', '2026-12-01T08:00:00+08:00'),
      ])
      const rows = await counted(inside, beef)
      expect(rows.map(({ kind, start, amount }) => [kind, start, amount])).toEqual([
        ['agency', 'submitted', 22 * 3_600],
        ['declared', 'declared', 22 * 3_600 - 10],
        ['duties-20', '', 0],
        ['overall', 'arrival-time', 24 * 3_600],
      ])
      expect(rows.map(({ month }) => month)).toEqual(Array(4).fill('2026-12'))
      expect(rows.map(({ cell }) => cell)).toContain('overall|||import|2|8016|unknown')
    }))

  test('a day without a time counts from its beginning; released before arrival is no time at all; without either the declaration is the start', () =>
    undone(database, async (inside) => {
      const [day, early, none] = [
        await keepDeclaration(inside, { arrival: '2026-11-30' }),
        await keepDeclaration(inside, { arrival: '2026-12-03T00:00:00+08:00' }),
        await keepDeclaration(inside, { sample: 'laptops' }),
      ]
      for (const one of [day, early, none])
        await said(inside, 'customs', [
          saying(idOf(one), 'registered', '2026-11-30T12:00:00+08:00'),
          saying(idOf(one), 'approved', '2026-11-30T13:00:00+08:00'),
        ])
      expect(await shortly(inside, day)).toContain(`overall arrival-day ${13 * 3_600}`)
      expect(await shortly(inside, early)).toContain('overall arrival-time 0')
      expect(await shortly(inside, none)).toContain('overall declared 3600')
    }))

  test('what is billed counts a container, the newest of each bill', () =>
    undone(database, async (inside) => {
      const beef = await keepDeclaration(inside)
      const due = (amount: string) => ({ money: [{ kind: 'due' as const, of: 'bill', amount, currency: 'CNY' }] })
      await said(inside, 'customs', [
        saying(idOf(beef), 'registered', '2026-11-30T12:00:00+08:00'),
        saying(idOf(beef), 'in-review', '2026-11-30T12:30:00+08:00', due('1200.50')),
        saying(idOf(beef), 'in-review', '2026-11-30T12:40:00+08:00', { ...due('1100.25'), code: 'T' }),
        saying(idOf(beef), 'approved', '2026-11-30T13:00:00+08:00'),
      ])
      expect(await shortly(inside, beef)).toContain('duties-20 110025')
    }))

  test('what is taken back after release no longer counts; what comes late counts as if it had come in time', () =>
    undone(database, async (inside) => {
      const beef = await keepDeclaration(inside, { sample: 'laptops' })
      await said(inside, 'customs', [saying(idOf(beef), 'approved', '2026-11-30T13:00:00+08:00')])
      expect(await shortly(inside, beef)).toEqual([])
      await said(inside, 'customs', [saying(idOf(beef), 'registered', '2026-11-30T12:00:00+08:00')])
      expect(await shortly(inside, beef)).toContain('declared declared 3600')
      await said(inside, 'customs', [saying(idOf(beef), 'withdrawn', '2026-12-02T12:00:00+08:00')])
      const after = await tables(inside)
      expect(after).toEqual({ contributions: [], cells: [], buckets: [], firms: [], deltas: [] })
    }))

  test('an arrival that a carrier reported counts before what the declaration says, until it is taken back', () =>
    undone(database, async (inside) => {
      const beef = await keepDeclaration(inside, { arrival: '2026-11-30T08:00:00+08:00' })
      const content = JSON.stringify({ payload: { transportCall: { location: { UNLocationCode: 'CNCQI' } } } })
      const event = async (eventId: string, retracts: string | null) =>
        inside.pool.query<{ id: number }>(
          `INSERT INTO movement (publisher, event_id, retracts, classifier, code, event_at, created_at, received_at, content, digest)
           VALUES ('p', $1, $2, 'ACT', 'ARRI', '2026-11-30T04:00:00Z', $3, $3, $4, $1) RETURNING id`,
          [eventId, retracts, now, content],
        )
      const { rows } = await event('a', null)
      await inside.pool.query(
        `INSERT INTO movement_join (movement_id, declaration_id, by, joined_at) VALUES ($1, $2, 'equipment', $3)`,
        [rows[0]?.id, beef.id, now],
      )
      await said(inside, 'customs', [
        saying(idOf(beef), 'registered', '2026-11-30T10:00:00+08:00'),
        saying(idOf(beef), 'approved', '2026-11-30T16:00:00+08:00'),
      ])
      expect(await shortly(inside, beef)).toContain(`overall arrival-event ${4 * 3_600}`)
      await event('b', 'a')
      // Taken back after the release: its telling counts the declaration again.
      await transaction(inside.pool, async (client) => {
        const changes = noChanges()
        for (const at of (await lockCases(client, [beef.id])).values()) {
          changes.cases.add(at)
          changes.happenings.push({ declarationId: at.id, type: 'movement.retracted', data: {} })
        }
        await keepChanges({ client, adapters, now }, changes)
      })
      expect(await shortly(inside, beef)).toContain(`overall arrival-time ${8 * 3_600}`)
    }))
})

describe('whatever order receipts come in', () => {
  const script = async (inside: Database) => {
    const kept = [
      await keepDeclaration(inside, {
        firm: firm(1),
        filings: [
          ['customs', 'declare'],
          ['border', 'arrival'],
        ],
        arrival: '2026-11-29',
      }),
      await keepDeclaration(inside, { firm: firm(2), sample: 'laptops' }),
      await keepDeclaration(inside, { firm: firm(2), arrival: '2026-11-30T01:00:00+08:00' }),
    ]
    const [first = '', second = '', third = ''] = kept.map((one) => idOf(one))
    const border = kept[0]?.filings[1]?.id ?? ''
    return [
      { agency: 'customs', receipt: saying(first, 'acknowledged', '2026-11-30T10:00:00+08:00') },
      { agency: 'customs', receipt: saying(first, 'registered', '2026-11-30T10:00:10+08:00') },
      { agency: 'customs', receipt: saying(first, 'approved', '2026-11-30T23:59:59+08:00') },
      { agency: 'customs', receipt: saying(first, 'closed', '2026-12-01T00:00:00+08:00') },
      { agency: 'border', receipt: saying(border, 'acknowledged', '2026-11-30T11:00:00+08:00') },
      { agency: 'border', receipt: saying(border, 'approved', '2026-11-30T11:30:00+08:00') },
      { agency: 'customs', receipt: saying(second, 'registered', '2026-11-30T10:00:10+08:00') },
      { agency: 'customs', receipt: saying(second, 'approved', '2026-11-30T10:30:00+08:00') },
      { agency: 'customs', receipt: saying(second, 'withdrawn', '2026-12-02T10:30:00+08:00') },
      { agency: 'customs', receipt: saying(third, 'registered', '2026-12-01T10:00:00+08:00') },
      { agency: 'customs', receipt: saying(third, 'closed', '2026-12-01T12:00:00+08:00') },
      { agency: 'customs', receipt: saying(third, 'approved', '2026-12-01T12:00:00+08:00') },
    ]
  }

  test('doubled, late or early, with cells folded at any time: the tables are the same, and counting anew gives them again', () =>
    undone(database, async (inside) => {
      const all = await script(inside)
      const play = (steps: readonly (number | 'fold')[]) =>
        undoneWithin(inside, async () => {
          for (const step of steps) {
            const one = step === 'fold' ? undefined : all[step]
            if (one === undefined) await foldAll(inside)
            else await said(inside, one.agency, [one.receipt])
          }
          const seen = await tables(inside)
          await inside.pool.query('DELETE FROM clearance_cell')
          await inside.pool.query(`UPDATE clearance_contribution SET amount = amount + 1, month = '2020-01'`)
          await ask(inside)
          expect(await tables(inside)).toEqual(seen)
          return seen
        })
      const inTime = await play(all.map((_, at) => at))
      expect(inTime.cells.length).toBeGreaterThan(5)
      expect(inTime.deltas).toEqual([])
      const order = fc.shuffledSubarray([...all.map((_, at) => at), ...Array<'fold'>(3).fill('fold')], {
        minLength: all.length + 3,
      })
      await fc.assert(
        fc.asyncProperty(order, fc.subarray(all.map((_, at) => at)), async (steps, again) => {
          expect(await play([...steps, ...again])).toEqual(inTime)
        }),
        { numRuns: 5 },
      )
    }))
})

/** As `undone`, of a part of it. */
async function undoneWithin<T>(inside: Database, work: () => Promise<T>): Promise<T> {
  await inside.pool.query('SAVEPOINT part')
  try {
    return await work()
  } finally {
    await inside.pool.query('ROLLBACK TO SAVEPOINT part')
  }
}
const ask = async (inside: Database) => {
  await inside.pool.query(`INSERT INTO clearance_recount (id, requested_at, by) VALUES ('R', $1, 'admin')`, [now])
  // Rebuilding wants a transaction of its own: here there is one around it.
  const within = { ...inside, pool: withoutIsolation(inside.pool) }
  expect(await recountAll(within, () => now.getTime())).toBe(true)
}
function withoutIsolation(pool: Database['pool']): Database['pool'] {
  const query = (text: string, values?: unknown[]) =>
    typeof text === 'string' && text.startsWith('SET TRANSACTION') ? pool.query('SELECT 1') : pool.query(text, values)
  return { query, connect: async () => ({ query, release: () => undefined }) } as unknown as Database['pool']
}

describe('many at once', () => {
  let kept: Kept[]
  beforeAll(async () => {
    kept = await Promise.all(
      Array.from({ length: 40 }, (_, at) => keepDeclaration(database, { firm: firm(at % 4), sample: 'laptops' })),
    )
  })

  test('declarations of one cell recorded, folded and counted anew by several at once: each counts exactly once', async () => {
    const folder = async () => {
      for (let round = 0; round < 12; round++) await transaction(database.pool, (client) => foldDeltas(client, 7))
    }
    await transaction(database.pool, (client) => makeRecount(client, 'R1', 'admin', now))
    const lane = async (from: number) => {
      for (const one of kept.slice(from, from + 10))
        for (const [status, at] of [
          ['registered', '10:00:00'],
          ['approved', '11:00:00'],
          ['closed', '11:00:00'],
        ] as const)
          await said(database, 'customs', [saying(idOf(one), status, `2026-11-30T${at}+08:00`)])
    }
    await Promise.all([
      folder(),
      folder(),
      lane(0),
      lane(10),
      lane(20),
      lane(30),
      recountAll(database, () => now.getTime()),
    ])
    const seen = await tables(database)
    expect(seen.cells.map(({ cell, count, amount }) => [cell, count, amount])).toEqual([
      ['agency|customs|declare|export|1|8014|unknown', 40, 40 * 3_600],
      ['declared|customs||export|1|8014|unknown', 40, 40 * 3_600],
      ['overall|||export|1|8014|unknown', 40, 40 * 3_600],
    ])
    expect(seen.firms.map(({ count }) => count)).toEqual(Array(12).fill(10))
    expect(seen.contributions).toHaveLength(120)
  })

  test('counting anew puts right what somebody spoilt, once', async () => {
    const right = await tables(database)
    await database.pool.query('UPDATE clearance_cell SET count = count + 5')
    await database.pool.query('DELETE FROM clearance_firm')
    await database.pool.query(`DELETE FROM clearance_contribution WHERE kind = 'declared'`)
    await transaction(database.pool, (client) => makeRecount(client, 'R2', 'admin', now))
    expect(await recountAll(database, () => now.getTime())).toBe(true)
    expect(await tables(database)).toEqual(right)
    const { rows } = await database.pool.query(`SELECT declarations, corrected FROM clearance_recount WHERE id = 'R2'`)
    expect(rows).toEqual([{ declarations: 40, corrected: 40 }])
    expect(await recountAll(database, () => now.getTime())).toBe(false)
  })
})

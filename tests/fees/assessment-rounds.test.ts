import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AssessmentReport } from '../../schemas/fees/assessment.ts'
import { sumComplaints, sumLines } from '../../src/db/assessment-inputs.ts'
import {
  askAgain,
  failRound,
  keepDecision,
  keepPublication,
  keepReply,
  keepReport,
  makeRound,
} from '../../src/db/assessments.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { newId } from '../../src/db/ids.ts'
import { computeRounds, makeDueRounds } from '../../src/fees/assessment/rounds.ts'
import { sha256Hex } from '../../src/fees/canonical.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { ownDatabase } from '../support/database.ts'
import { listBefore, listNow } from './assessment-sample.ts'
import { keepBill, keepEdition } from './assessment-world.ts'

const { database } = await ownDatabase()
const { pool } = database
const log = pino({ level: 'silent' })
const room = (instant: string, other: { database?: Database; lastTry?: boolean } = {}) => ({
  database,
  rules: ownRules,
  log,
  now: () => Date.parse(instant),
  lastTry: false,
  ...other,
})
interface Kept {
  id: string
  quarter: string | null
  status: string
  from: string
  to: string
  report: string | null
  digest: string | null
  until: string | null
  trouble: string | null
}
const rounds = async (): Promise<Kept[]> =>
  (
    await pool.query<Kept>(
      `SELECT id, quarter, status, period_from::text AS "from", period_to::text AS "to", report, report_digest AS digest,
         replies_until::text AS until, trouble FROM assessment_round ORDER BY period_to, id`,
    )
  ).rows
const ask = async (from: string, to: string, at = '2026-10-02T00:00:00Z') => {
  const id = newId(Date.parse(at))
  await makeRound(pool, { id, quarter: null, title: 'x', from, to, requestedBy: 'officer' }, new Date(at))
  return id
}
const reportOf = async (id: string) =>
  JSON.parse((await rounds()).find((one) => one.id === id)?.report ?? 'null') as AssessmentReport

await keepEdition(database, 1, '2026-01-15', listBefore())
await keepEdition(database, 2, '2026-07-01', listNow())
beforeEach(async () => {
  await pool.query('TRUNCATE assessment_round, assessment_finding, bill_check, bill_check_line')
})

describe('quarters', () => {
  test('the round is made on the first day after, in Chongqing, and once', async () => {
    expect(await makeDueRounds(room('2026-06-30T15:59:59Z'))).toEqual(['2026-Q1'])
    expect(await makeDueRounds(room('2026-06-30T16:00:00Z'))).toEqual(['2026-Q2'])
    expect(await makeDueRounds(room('2026-09-30T15:59:59Z'))).toEqual([])
    expect(await rounds()).toMatchObject([
      { quarter: '2026-Q1', from: '2026-01-01', to: '2026-03-31', status: 'requested' },
      { quarter: '2026-Q2', from: '2026-04-01', to: '2026-06-30', status: 'requested' },
    ])
  })

  test('of many processes that look at the same moment one makes it', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => makeDueRounds(room('2026-10-01T00:00:00Z'))))
    expect(made.flat()).toEqual(['2026-Q3'])
    expect(await rounds()).toHaveLength(1)
    // However close together: all have seen that there is none before the first one makes it.
    const at = new Date('2027-01-01T00:00:00Z')
    const quarter = { quarter: '2026-Q4', title: 'x', from: '2026-10-01', to: '2026-12-31', requestedBy: 'schedule' }
    const raced = await Promise.all([1, 2, 3].map(() => makeRound(pool, { id: newId(at.getTime()), ...quarter }, at)))
    expect(raced.sort()).toEqual([false, false, true])
  })

  test('after a long rest all that was missed is made up for, each against the one before it', async () => {
    await makeDueRounds(room('2026-04-01T00:00:00Z'))
    await makeDueRounds(room('2027-01-02T00:00:00Z'))
    await computeRounds(room('2027-01-02T00:00:00Z'))
    const all = await rounds()
    expect(all.map(({ quarter, status }) => `${quarter} ${status}`)).toEqual([
      '2026-Q1 computed',
      '2026-Q2 computed',
      '2026-Q3 computed',
      '2026-Q4 computed',
    ])
    const reports = all.map(({ report }) => JSON.parse(report ?? '') as AssessmentReport)
    expect(reports.map(({ edition, previous }) => [edition.number, previous])).toEqual([
      [1, undefined],
      [1, { to: '2026-03-31', edition: 1 }],
      [2, { to: '2026-06-30', edition: 1 }],
      [2, { to: '2026-09-30', edition: 2 }],
    ])
    expect(reports[2]?.movement.raised).not.toEqual([])
    expect(reports[3]?.movement.raised).toEqual([])
  })

  test('a quarter at whose end there was no list has no round, and those after it have', async () => {
    await pool.query(
      "INSERT INTO assessment_round (id, quarter, title, period_from, period_to, status, requested_by, requested_at) VALUES ('x', '2025-Q2', 'x', '2025-04-01', '2025-06-30', 'failed', 'schedule', now())",
    )
    expect(await makeDueRounds(room('2026-07-01T00:00:00Z'))).toEqual(['2026-Q1', '2026-Q2'])
  })
})

describe('computing', () => {
  test('twice the same round gives the same bytes', async () => {
    const ids = [await ask('2026-07-01', '2026-09-30'), await ask('2026-07-01', '2026-09-30')]
    await computeRounds(room('2026-10-02T00:00:00Z'))
    const [one, two] = await rounds()
    expect([one?.id, two?.id].sort()).toEqual(ids.sort())
    expect(one?.report).toBe(two?.report)
    expect(one?.digest).toBe(sha256Hex(one?.report ?? ''))
    expect(one?.until).toBe('2026-10-17')
  })

  test('by two processes at once it is kept once', async () => {
    const id = await ask('2026-07-01', '2026-09-30')
    await Promise.all(Array.from({ length: 4 }, () => computeRounds(room('2026-10-02T00:00:00Z'))))
    const { findings } = await reportOf(id)
    const { rows } = await pool.query('SELECT FROM assessment_finding WHERE round = $1', [id])
    expect(rows).toHaveLength(findings.length)
    const { rows: kept } = await pool.query<{ revision: number }>(
      'SELECT revision FROM assessment_round WHERE id = $1',
      [id],
    )
    expect(kept).toEqual([{ revision: 2 }])
  })

  test('what dies on the way leaves nothing behind, and is done by the next', async () => {
    const id = await ask('2026-07-01', '2026-09-30')
    await expect(
      computeRounds(room('2026-10-02T00:00:00Z', { database: dying('INSERT INTO assessment_finding') })),
    ).rejects.toThrow('died')
    expect(await rounds()).toMatchObject([{ status: 'requested', report: null }])
    await computeRounds(room('2026-10-02T00:00:00Z'))
    expect(await rounds()).toMatchObject([{ id, status: 'computed' }])
  })

  test('what dies at its last try fails and says so; the others go on', async () => {
    const id = await ask('2026-07-01', '2026-09-29')
    const broken = room('2026-10-02T00:00:00Z', { database: dying('INSERT INTO assessment_finding'), lastTry: true })
    await expect(computeRounds(broken)).rejects.toThrow('died')
    expect(await rounds()).toMatchObject([
      { id, status: 'failed', trouble: expect.stringContaining('系统内部错误') as string },
    ])
    const next = await ask('2026-07-01', '2026-09-30')
    expect(await computeRounds(room('2026-10-02T00:00:00Z'))).toEqual([next])
  })

  test('a failed round is nobody’s earlier round', async () => {
    const failed = await ask('2025-01-01', '2025-12-31')
    const id = await ask('2026-07-01', '2026-09-30')
    expect(await computeRounds(room('2026-10-02T00:00:00Z'))).toEqual([failed, id])
    expect(await reportOf(id)).not.toHaveProperty('previous')
  })
})

test('a published round never changes, whoever writes: the tables themselves take nothing', async () => {
  const id = await ask('2026-07-01', '2026-09-30')
  await computeRounds(room('2026-10-02T00:00:00Z'))
  const at = new Date('2026-10-20T00:00:00Z')
  const { findings } = await reportOf(id)
  const first = findings[0]?.number ?? 0
  // Not everything is decided, and the one who asked may not: neither by asking the tables directly.
  const publishing = (by: string) => transaction(pool, (client) => keepPublication(client, id, by, {}, at))
  expect(await publishing('publisher')).toBe(false)
  await pool.query('UPDATE assessment_finding SET decision = level WHERE round = $1', [id])
  expect([await publishing('officer'), await publishing('publisher')]).toEqual([false, true])
  const all = async () => [
    (await pool.query('SELECT * FROM assessment_round WHERE id = $1', [id])).rows,
    (await pool.query('SELECT * FROM assessment_finding WHERE round = $1 ORDER BY number', [id])).rows,
  ]
  const before = await all()
  const kept = { edition: 9, inputDigest: 'x', report: '{}', reportDigest: 'x', repliesUntil: '2027-01-01' }
  const written = await transaction(pool, async (client) => [
    await keepReply(client, { id, number: first, reply: 'x', by: 'x' }, at),
    await keepDecision(client, { id, number: first, level: 'reasonable', remark: 'x', by: 'x' }, at),
    await keepReport(client, id, kept, [], at),
    await askAgain(client, id),
    await keepPublication(client, id, 'publisher', {}, at),
  ])
  await failRound(pool, id, { en: 'x', zh: 'x' })
  expect(written).toEqual([false, false, false, false, false])
  expect(await all()).toEqual(before)
})

describe('what is counted', () => {
  const bill = (id: string, changes: Partial<Parameters<typeof keepBill>[1]> = {}) =>
    keepBill(database, {
      id,
      tenant: 'one',
      billNumber: 'B1',
      port: 'guoyuan',
      payee: 'guoyuan-terminal',
      issuedOn: '2026-07-01',
      at: '2026-07-05T00:00:00Z',
      lines: [{ verdict: 'above-price', fee: 'guoyuan-weighing', kind: 'weighing', charged: '120.00', over: '20.00' }],
      ...changes,
    })
  const counted = async () => {
    const sums = await transaction(pool, (client) => sumLines(client, { from: '2026-07-01', to: '2026-09-30' }))
    return sums.map(({ verdict, lines, charged, over }) => `${verdict} ${lines} ${charged} ${over}`).sort()
  }

  test('bills issued in the period, its first and its last day included', async () => {
    await bill('a')
    await bill('b', { billNumber: 'B2', issuedOn: '2026-09-30' })
    await bill('c', { billNumber: 'B3', issuedOn: '2026-06-30' })
    await bill('d', { billNumber: 'B4', issuedOn: '2026-10-01' })
    expect(await counted()).toEqual(['above-price 2 240.00 40.00'])
  })

  test('a bill that was checked again counts once, as it was judged last', async () => {
    await bill('a')
    await bill('b', {
      at: '2026-07-06T00:00:00Z',
      lines: [{ verdict: 'right', fee: 'guoyuan-weighing', kind: 'weighing', charged: '100.00', over: '0.00' }],
    })
    expect(await counted()).toEqual(['right 1 100.00 0.00'])
    // The same number of another trader, or of another payee, is another bill.
    await bill('c', { tenant: 'two' })
    await bill('d', { payee: 'guoyuan-other' })
    expect((await counted()).join()).toBe('above-price 1 120.00 20.00,above-price 1 120.00 20.00,right 1 100.00 0.00')
  })

  test('complaints by the day they were filed on in Chongqing', async () => {
    const file = (number: string, at: string, amount: number) =>
      pool.query(
        `INSERT INTO fee_complaint (number, check_id, tenant, payee, port, lines, amount, status, filed_at, due_on)
         VALUES ($1, 'a', 'one', 'guoyuan-terminal', 'guoyuan', '{1}', $3, 'filed', $2, '2026-12-31')`,
        [number, new Date(at), amount],
      )
    await file('1', '2026-06-30T15:59:59Z', 1)
    await file('2', '2026-06-30T16:00:00Z', 20.5)
    await file('3', '2026-09-30T15:59:59Z', 300)
    await file('4', '2026-09-30T16:00:00Z', 4000)
    const sums = await transaction(pool, (client) => sumComplaints(client, { from: '2026-07-01', to: '2026-09-30' }))
    expect(sums).toEqual([
      { port: 'guoyuan', payee: 'guoyuan-terminal', status: 'filed', complaints: 2, amount: '320.50' },
    ])
  })

  test('and it goes into the report', async () => {
    await bill('a')
    const id = await ask('2026-07-01', '2026-09-30')
    await computeRounds(room('2026-10-02T00:00:00Z'))
    const { findings, payees } = await reportOf(id)
    expect(findings.find((one) => one.rule === 'charged')).toMatchObject({ fee: 'guoyuan-weighing', level: 'watch' })
    expect(payees.find((one) => one.payee === 'guoyuan-terminal')?.lines).toMatchObject({
      judged: 1,
      above: 1,
      over: '20.00',
    })
  })
})

/** The database, whose connection dies at a statement. */
function dying(statement: string): Database {
  const connect = async () => {
    const client = await pool.connect()
    return new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name === 'query')
          return (text: unknown, ...rest: unknown[]) =>
            String(text).includes(statement)
              ? Promise.reject(new Error('died'))
              : (target.query as (...all: unknown[]) => unknown)(text, ...rest)
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value
      },
    })
  }
  const broken = new Proxy(pool, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name === 'connect') return connect
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
  return { ...database, pool: broken }
}

import { describe, expect, test } from 'vitest'
import {
  type ComplaintMove,
  type ComplaintStatus,
  complaintMoves,
  complaintStatuses,
} from '../../schemas/fees/complaints.ts'
import { billWorld, courseOf } from '../fees/bill-world.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const world = await billWorld()
const base = '/v1/fee-complaints'
const { keys } = world
const { paths, bodies, who, take, fresh, kept } = courseOf(world)
const { pool } = world.database

/** What leads where; all else is refused. */
const leads: Partial<Record<ComplaintStatus, Partial<Record<ComplaintMove, ComplaintStatus>>>> = {
  filed: { answer: 'answered', withdraw: 'withdrawn' },
  answered: { accept: 'settled', dispute: 'disputed', withdraw: 'withdrawn' },
  disputed: { decide: 'decided', withdraw: 'withdrawn' },
}

describe('every step from every status', () => {
  for (const status of complaintStatuses)
    test(`from ${status}`, async () => {
      for (const move of complaintMoves) {
        const number = await fresh(status)
        const before = await world.complaint(number)
        const to = leads[status]?.[move]
        const response = await take(number, move)
        const { complaint: after } = await world.complaint(number)
        if (to === undefined) {
          await problemOf(response, 'complaint-step-refused')
          expect(after).toEqual(before.complaint)
          continue
        }
        expect([move, response.status, after.status]).toEqual([move, 201, to])
        expect(after.steps).toHaveLength(before.complaint.steps.length + 1)
        expect(after.steps.at(-1)?.what).toBe(move)
        expect(after.closedAt !== undefined).toBe(['settled', 'decided', 'withdrawn'].includes(to))
      }
    })

  test('what is overdue may be decided without an answer, and still be answered', async () => {
    for (const move of ['decide', 'answer'] as const) {
      const number = await fresh('filed')
      await problemOf(await take(number, 'decide'), 'complaint-step-refused')
      const { etag } = await world.complaint(number, keys.admin)
      await pool.query("UPDATE fee_complaint SET due_on = '2026-11-20' WHERE number = $1", [number])
      const late = await world.complaint(number, keys.admin)
      expect(late.complaint).toMatchObject({ overdue: true, allowed: ['decide'] })
      expect(late.etag).not.toBe(etag)
      // Who read it before the day passed has not missed a change.
      const response = await world.post(`${base}/${number}/${paths[move]}`, bodies[move], {
        key: who[move],
        headers: { 'if-match': etag },
      })
      expect(response.status).toBe(201)
    }
  })

  test('the whole course is kept with who, when and what, and cannot be rewritten', async () => {
    const number = await fresh('decided')
    const { complaint } = await world.complaint(number, keys.terminal)
    expect(complaint.steps).toMatchObject([
      { step: 1, what: 'file', by: { party: 'trader', name: 'broker' } },
      { step: 2, what: 'answer', by: { party: 'payee', name: 'terminal desk' }, accepted: true, refund: '50.00' },
      { step: 3, what: 'dispute', by: { party: 'trader', name: 'broker' }, text: '不同意' },
      { step: 4, what: 'decide', by: { party: 'admin', name: 'admin' }, refund: '20.00', text: '部分支持' },
    ])
    expect(complaint).toMatchObject({ refund: '20.00', allowed: [] })
    await expect(pool.query("UPDATE fee_complaint_step SET text = 'else'")).rejects.toThrow('append-only')
    await expect(pool.query('DELETE FROM fee_complaint_step')).rejects.toThrow('append-only')
  })
})

describe('answers and decisions that make no sense', () => {
  test.each([
    ['answer', { accepted: false, refund: '10.00', text: 'x' }, ['/refund refund-refused']],
    ['answer', { accepted: true, refund: '530.01', text: 'x' }, ['/refund refund-absurd']],
    ['answer', { accepted: true, refund: '-1', text: 'x' }, ['/refund invalid-format']],
    ['answer', { accepted: true, refund: '1.001', text: 'x' }, ['/refund invalid-format']],
    ['answer', { accepted: true }, ['/text missing']],
    ['answer', { accepted: 'yes', text: '' }, ['/accepted invalid-type', '/text too-small']],
  ] as const)('%s %j', async (move, body, issues) => {
    const number = await fresh('filed')
    expect(issuesIn(await problemOf(await take(number, move, body), 'body-invalid'))).toEqual(issues)
    expect((await world.complaint(number)).complaint.status).toBe('filed')
  })
  test('a decision above what was charged', async () => {
    const number = await fresh('disputed')
    const problem = await problemOf(await take(number, 'decide', { amount: '530.01', text: 'x' }), 'body-invalid')
    expect(issuesIn(problem)).toEqual(['/amount refund-absurd'])
    expect((await take(number, 'decide', { amount: '530.00', text: 'x' })).status).toBe(201)
  })
})

describe('who may do what', () => {
  test('each step is for one role', async () => {
    const number = await fresh('filed')
    const all = { trader: keys.trader, terminal: keys.terminal, admin: keys.admin, integrator: keys.integrator }
    for (const move of complaintMoves)
      for (const key of Object.values(all)) {
        if (key === who[move]) continue
        await problemOf(await world.step(number, paths[move], bodies[move], { key }), 'forbidden')
      }
    await problemOf(await world.step(number, 'answers', bodies.answer, { key: '' }), 'unauthenticated')
  })

  test('another payee, another trader: not there', async () => {
    const number = await fresh('filed')
    await problemOf(await world.step(number, 'answers', bodies.answer, { key: keys.tally }), 'not-found')
    await problemOf(await world.step(number, 'withdrawals', {}, { key: keys.stranger }), 'not-found')
    for (const key of [keys.tally, keys.stranger])
      await problemOf(await world.call('GET', `${base}/${number}`, { key }), 'not-found')
    for (const key of [keys.trader, keys.terminal, keys.admin])
      expect((await world.call('GET', `${base}/${number}`, { key })).status).toBe(200)
    expect((await world.complaint(number, keys.terminal)).complaint.allowed).toEqual(['answer'])
  })

  test('a number with a slip of the pen is told to be one', async () => {
    const number = await fresh('filed')
    const slip = `${number.slice(0, -1)}${(Number(number.slice(-1)) + 1) % 10}`
    const problem = await problemOf(await world.call('GET', `${base}/${slip}`), 'not-found')
    expect(problem.detail).toContain('check digit')
  })
})

describe('two people at once', () => {
  test('of accepting and disputing one answer one wins, the other is told to read again', async () => {
    const number = await fresh('answered')
    const { etag } = await world.complaint(number)
    const both = await Promise.all(
      (['accept', 'dispute'] as const).map((move) =>
        world.post(`${base}/${number}/${paths[move]}`, bodies[move], { headers: { 'if-match': etag } }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 412])
    expect((await world.complaint(number)).complaint.steps).toHaveLength(3)
  })

  test('a withdrawal and an answer', async () => {
    const number = await fresh('filed')
    const { etag } = await world.complaint(number)
    const headers = { 'if-match': etag }
    const both = await Promise.all([
      world.post(`${base}/${number}/withdrawals`, {}, { headers }),
      world.post(`${base}/${number}/answers`, bodies.answer, { headers, key: keys.terminal }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 412])
  })

  test('without If-Match nothing is done; the same step again with its key is the same step', async () => {
    const number = await fresh('filed')
    const path = `${base}/${number}/answers`
    await problemOf(await world.post(path, bodies.answer, { key: keys.terminal }), 'if-match-missing')
    const { etag } = await world.complaint(number)
    const headers = { ...freshKey(), 'if-match': etag }
    const ask = (body: object) => world.call('POST', path, { key: keys.terminal, body, headers })
    const [one, twin] = [await ask(bodies.answer), await ask(bodies.answer)]
    expect([one.status, twin.status]).toEqual([201, 201])
    expect(await twin.json()).toEqual(await one.json())
    expect(twin.headers.get('idempotent-replayed')).toBe('true')
    await problemOf(await ask({ ...bodies.answer, text: 'else' }), 'idempotency-key-reused')
    await problemOf(
      await world.post(path, bodies.answer, { key: keys.terminal, headers: { 'if-match': etag } }),
      'if-match-stale',
    )
    const read = await world.call('GET', `${base}/${number}`, {
      headers: { 'if-none-match': one.headers.get('etag') ?? '' },
    })
    expect(read.status).toBe(304)
  })

  test('a step that cannot be told of is not taken', async () => {
    const number = await fresh('filed')
    const before = await kept()
    await pool.query("ALTER TABLE feed ADD CONSTRAINT trap CHECK (type <> 'complaint.answered') NOT VALID")
    try {
      await problemOf(await take(number, 'answer'), 'defect')
    } finally {
      await pool.query('ALTER TABLE feed DROP CONSTRAINT trap')
    }
    expect(await kept()).toEqual(before)
    expect((await world.complaint(number)).complaint).toMatchObject({ status: 'filed', steps: [{ step: 1 }] })
  })
})

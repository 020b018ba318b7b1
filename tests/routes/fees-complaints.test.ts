import { beforeEach, describe, expect, test } from 'vitest'
import { complaintSummary } from '../../schemas/fees/complaints.ts'
import { isCaseNumber } from '../../src/fees/complaints.ts'
import { line } from '../fees/bill-support.ts'
import { billWorld, courseOf } from '../fees/bill-world.ts'
import { broker } from '../support/world.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const world = await billWorld()
const base = '/v1/fee-complaints'
const { keys } = world
const { fresh, kept } = courseOf(world)
const { pool } = world.database

describe('filing', () => {
  test('201 with a case number, a day for the answer, and what it is about', async () => {
    const { id } = await world.wrong()
    const response = await world.post(base, { billCheckId: id, text: '第一行多收' })
    expect(response.status).toBe(201)
    const { number } = (await response.json()) as { number: string }
    expect(isCaseNumber(number)).toBe(true)
    expect(number).toMatch(/^CQJG20261121/)
    expect(response.headers.get('location')).toBe(`${base}/${number}`)
    const { complaint, etag } = await world.complaint(number)
    expect(response.headers.get('etag')).toBe(etag)
    expect(complaint).toMatchObject({
      status: 'filed',
      overdue: false,
      complainant: broker,
      payee: 'guoyuan-terminal',
      payeeName: { zh: '果园码头' },
      billCheckId: id,
      billNumber: 'B-1',
      lines: [
        { line: 1, verdict: 'above-price', over: '20.00' },
        { line: 2, verdict: 'outside-list', over: '30.00' },
      ],
      amount: '50.00',
      // Ten workdays after a Saturday.
      dueOn: '2026-12-04',
      answerWorkdays: 10,
      steps: [{ step: 1, what: 'file', by: { party: 'trader', name: 'broker' }, text: '第一行多收' }],
      allowed: ['withdraw'],
    })
  })

  test.each([
    ['a line nothing was found against', [3], ['/lines/0 not-objectionable']],
    ['a line that is not there', [1, 4], ['/lines/1 unknown-line']],
    ['a line twice', [1, 1], ['/lines line-twice']],
    ['no line', [], ['/lines too-small']],
    ['line nought', [0], ['/lines/0 too-small']],
  ])('%s is refused', async (_, lines, issues) => {
    const { id } = await world.wrong()
    const before = await kept()
    const problem = await problemOf(await world.post(base, { billCheckId: id, lines, text: 'x' }), 'body-invalid')
    expect(issuesIn(problem)).toEqual(issues)
    expect(await kept()).toEqual(before)
  })

  test('a bill that is right, a bill of somebody else, of nobody, of a biller nobody knows', async () => {
    const right = await world.check([line('单证费', '10.00')])
    const codes = async (billCheckId: string, key?: string) =>
      issuesIn(await problemOf(await world.post(base, { billCheckId, text: 'x' }, { key }), 'body-invalid'))
    expect(await codes(right.id)).toEqual(['/billCheckId nothing-to-object'])
    const { id } = await world.wrong()
    expect(await codes(id, keys.stranger)).toEqual(['/billCheckId unknown-check'])
    expect(await codes('no-such-check')).toEqual(['/billCheckId unknown-check'])
    const stranger = await world.check([line('茶水费', '10.00')], { payee: { name: '无名公司' } })
    expect(await codes(stranger.id)).toEqual(['/billCheckId payee-unknown'])
  })

  test('one open complaint a line: the second is told which; after it was withdrawn there may be another', async () => {
    const { id } = await world.wrong()
    const { number } = await world.file(id, [1])
    const second = await problemOf(
      await world.post(base, { billCheckId: id, lines: [2, 1], text: 'x' }),
      'complaint-pending',
    )
    expect(issuesIn(second)).toEqual(['/lines/1 complaint-pending'])
    expect(second.errors?.[0]?.detail).toContain(number)
    expect((await world.file(id, [2])).lines.map((one) => one.line)).toEqual([2])
    expect((await world.step(number, 'withdrawals', {})).status).toBe(201)
    expect((await world.file(id, [1])).number).not.toBe(number)
  })

  test('two at once about one line: one is filed, the other told', async () => {
    const { id } = await world.wrong()
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.post(base, { billCheckId: id, text: 'x' })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409])
  })

  test('many at once: each has a number of its own, one after the other without a gap', async () => {
    const checks = await Promise.all(Array.from({ length: 8 }, () => world.wrong()))
    const numbers = await Promise.all(checks.map(async ({ id }) => (await world.file(id)).number))
    const serials = numbers.map((number) => Number(number.slice(12, -1))).toSorted((a, b) => a - b)
    expect(new Set(serials).size).toBe(8)
    expect((serials.at(-1) ?? 0) - (serials[0] ?? 0)).toBe(7)
  })

  test('sent again with its key it is the same complaint; another under the key is refused', async () => {
    const { id } = await world.wrong()
    const headers = freshKey()
    const ask = (text: string) => world.call('POST', base, { body: { billCheckId: id, text }, headers })
    const [one, twin] = await Promise.all([ask('x'), ask('x')])
    expect(await one.json()).toEqual(await twin.json())
    expect([one.status, twin.status]).toEqual([201, 201])
    await problemOf(await ask('y'), 'idempotency-key-reused')
    await problemOf(await world.call('POST', base, { body: { billCheckId: id, text: 'x' } }), 'idempotency-key-missing')
  })

  test.each([
    ['fee_complaint_step', "what <> 'file'"],
    ['feed', "type <> 'complaint.filed'"],
    ['idempotency', "body NOT LIKE '%CQJG%'"],
  ])('when %s cannot be written nothing is, and no number is lost', async (table, check) => {
    const { id } = await world.wrong()
    const before = await kept()
    await pool.query(`ALTER TABLE ${table} ADD CONSTRAINT trap CHECK (${check}) NOT VALID`)
    try {
      await problemOf(await world.post(base, { billCheckId: id, text: 'x' }), 'defect')
    } finally {
      await pool.query(`ALTER TABLE ${table} DROP CONSTRAINT trap`)
    }
    expect(await kept()).toEqual(before)
    await world.file(id)
    expect((await kept())?.serial).toBe((before?.serial ?? 0) + 1)
  })
})

describe('both firms are told', () => {
  const feedOf = async (key: string, number: string) => {
    const response = await world.call('GET', '/v1/events?type=yuchuang.complaint.*&limit=200', { key })
    const { data } = (await response.json()) as {
      data: { id: string; type: string; source: string; data: { complaint: string } }[]
    }
    return data.filter((event) => event.data.complaint === number)
  }
  test('of every step, each with an event of its own', async () => {
    const number = await fresh('decided')
    const types = ['filed', 'answered', 'disputed', 'decided'].map((what) => `yuchuang.complaint.${what}`)
    const trader = await feedOf(keys.trader, number)
    const payee = await feedOf(keys.terminal, number)
    expect(trader.map(({ type }) => type)).toEqual(types)
    expect(payee.map(({ type }) => type)).toEqual(types)
    expect(trader.map(({ id }) => id)).toEqual([1, 3, 5, 7].map((event) => `${number}.${event}`))
    expect(payee.map(({ id }) => id)).toEqual([2, 4, 6, 8].map((event) => `${number}.${event}`))
    expect(new Set([...trader, ...payee].map(({ source }) => source))).toEqual(new Set([`${base}/${number}`]))
    expect(await feedOf(keys.stranger, number)).toEqual([])
    expect(await feedOf(keys.tally, number)).toEqual([])
  })

  test('at their endpoints, and again when asked for', async () => {
    const made = await world.post(
      '/v1/webhook-endpoints',
      { url: 'https://hooks.port.example/in', types: ['yuchuang.complaint.*'] },
      { key: keys.terminal },
    )
    const { id } = (await made.json()) as { id: string }
    const number = await fresh('filed')
    const log = await world.call('GET', `/v1/webhook-endpoints/${id}/deliveries`, { key: keys.terminal })
    expect(await log.json()).toMatchObject({ data: [{ eventId: `${number}.2`, type: 'yuchuang.complaint.filed' }] })
    const again = (eventId: string) =>
      world.call('POST', `/v1/webhook-endpoints/${id}/redeliveries`, { key: keys.terminal, body: { eventId } })
    expect((await again(`${number}.2`)).status).toBe(202)
    // The trader's event is not the payee's.
    await problemOf(await again(`${number}.1`), 'body-invalid')
  })
})

describe('the list', () => {
  interface Page {
    readonly data: readonly { number: string; status: string; overdue: boolean; payee: string }[]
    readonly nextCursor?: string
  }
  const list = async (query: string, key: string = keys.admin) =>
    (await (await world.call('GET', `${base}?${query}`, { key })).json()) as Page
  beforeEach(async () => {
    await pool.query("UPDATE fee_complaint SET due_on = '2026-12-04'")
  })

  test('shows an officer all, a trader and a payee their own, by status, payee and overdue', async () => {
    const mine = await fresh('answered')
    const tally = await world.check([line('环保费', '10.00')], { payee: 'qingtian-tally' })
    const { number: others } = await world.file(tally.id)
    const numbers = ({ data }: Page) => data.map(({ number }) => number)
    expect(numbers(await list('limit=200'))).toEqual(expect.arrayContaining([mine, others]))
    expect(numbers(await list('limit=200', keys.tally))).toEqual([others])
    expect(numbers(await list('limit=200', keys.terminal))).not.toContain(others)
    expect(numbers(await list('limit=200', keys.stranger))).toEqual([])
    expect(numbers(await list('payee=qingtian-tally'))).toEqual([others])
    expect((await list('status=answered&limit=200')).data.every(({ status }) => status === 'answered')).toBe(true)
    await pool.query("UPDATE fee_complaint SET due_on = '2026-11-20' WHERE number = ANY($1)", [[others, mine]])
    // What was answered is not overdue, however old.
    expect(numbers(await list('overdue=true'))).toEqual([others])
    expect(numbers(await list('overdue=false&limit=200'))).not.toContain(others)
    expect(complaintSummary.parse((await list('overdue=true')).data[0])).toMatchObject({
      overdue: true,
      complainant: broker,
    })
  })

  test('goes page by page, the newest first', async () => {
    const [first, second] = [await fresh('filed'), await fresh('filed')]
    const page = await list('limit=1')
    expect(page.data.map(({ number }) => number)).toEqual([second])
    expect((await list(`limit=1&after=${page.nextCursor}`)).data.map(({ number }) => number)).toEqual([first])
    await problemOf(await world.call('GET', `${base}?after=x`, { key: keys.admin }), 'invalid-parameter')
    await problemOf(await world.call('GET', `${base}?overdue=maybe`, { key: keys.admin }), 'invalid-parameter')
  })
})

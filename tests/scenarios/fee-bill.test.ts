import { expect, test } from 'vitest'
import { type BillCheckAnswer, billCheckAnswer } from '../../schemas/fees/bill.ts'
import { type ComplaintAnswer, complaintAnswer } from '../../schemas/fees/complaints.ts'
import { sumComplaints } from '../../src/db/assessment-inputs.ts'
import { bill, line } from '../fees/bill-support.ts'
import { billWorld } from '../fees/bill-world.ts'

// A trader gets a bill of the terminal 口岸账单, holds it against the published list, complains about what is too much, and has it back:
// checked without a key first, then kept; filed, answered, settled; counted in the next assessment.
const world = await billWorld()
const { keys } = world
const given = bill([
  line("港口作业包干费 40'HQ", '1500.00', { quantity: '2', unit: '箱', unitPrice: '750' }),
  line('港口设施保安费', '32.00'),
  line('港建费', '192.00'),
])
let check: BillCheckAnswer
let number = ''

test('anybody may ask what the list says of a bill', async () => {
  const response = await world.call('POST', '/v1/fee-bill-checks?dryRun=true', { key: '', body: given })
  expect(response.status).toBe(200)
  const { lines, totals } = billCheckAnswer.parse(await response.json())
  expect(lines.map(({ verdict, most, over }) => [verdict, most, over])).toEqual([
    ['above-price', '1440.00', '60.00'],
    ['right', '32.00', '0.00'],
    ['cancelled', '0.00', '192.00'],
  ])
  expect(totals).toEqual({ charged: '1724.00', least: '1472.00', most: '1472.00', over: '252.00', undecided: '0.00' })
})

test('the trader has it kept, and is told what it may complain about', async () => {
  check = await world.check(given.lines)
  expect(check.objectionable).toEqual({ lines: [1, 3], over: '252.00' })
})

test('a complaint gets a case number and goes to the terminal', async () => {
  const complaint = await world.file(check.id ?? '')
  number = complaint.number
  expect(complaint).toMatchObject({ status: 'filed', amount: '252.00', dueOn: '2026-12-04', payee: 'guoyuan-terminal' })
  const waiting = await world.call('GET', '/v1/fee-complaints?status=filed', { key: keys.terminal })
  expect(await waiting.json()).toMatchObject({ data: [{ number, amount: '252.00' }] })
  const told = await world.call('GET', '/v1/events?type=yuchuang.complaint.*', { key: keys.terminal })
  expect(await told.json()).toMatchObject({
    data: [{ type: 'yuchuang.complaint.filed', source: `/v1/fee-complaints/${number}`, data: { complaint: number } }],
  })
})

test('the terminal answers with an offer', async () => {
  const { complaint } = await world.complaint(number, keys.terminal)
  expect(complaint.lines.map(({ because }) => because.zh)).toEqual([
    '“港口作业包干费”公示标准最高1440.00元，多收60.00元',
    expect.stringContaining('自2021-01-01起取消'),
  ])
  const answer = { accepted: true, refund: '252.00', text: '收费有误，五日内原路退还' }
  const response = await world.step(number, 'answers', answer, { key: keys.terminal })
  expect(complaintAnswer.parse(await response.json())).toMatchObject({ status: 'answered', refund: '252.00' })
})

test('the trader accepts: settled, for good', async () => {
  const response = await world.step(number, 'acceptances', {})
  const settled: ComplaintAnswer = complaintAnswer.parse(await response.json())
  expect(settled).toMatchObject({ status: 'settled', allowed: [], refund: '252.00' })
  expect(settled.closedAt).toBeDefined()
  expect(settled.steps.map(({ what, by }) => `${by.party} ${what}`)).toEqual([
    'trader file',
    'payee answer',
    'trader accept',
  ])
  expect((await world.step(number, 'disputes', { text: '反悔' })).status).toBe(409)
})

test('the next assessment counts it', async () => {
  const client = await world.database.pool.connect()
  try {
    expect(await sumComplaints(client, { from: '2026-10-01', to: '2026-12-31' })).toEqual([
      { port: 'guoyuan', payee: 'guoyuan-terminal', status: 'settled', complaints: 1, amount: '252.00' },
    ])
  } finally {
    client.release()
  }
})

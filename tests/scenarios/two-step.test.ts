import { expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { tellDeadlines } from '../../src/filing/deadlines.ts'
import { bringCertificate } from '../support/asked-changes.ts'
import { filingOf, frozenBeef, openWorld, type Seen } from '../support/world.ts'

// Frozen beef in two steps 两步申报: the summary first, so that the wagons need not wait; the complete declaration within 14 days.
const world = await openWorld()
const complete: Declaration = { ...frozenBeef('-B.CLEAR'), declarationStep: 'complete' }
for (const item of complete.goodsShipment.items) item.goodsAttributes = ['11']
let id = ''

/** What is known when the train arrives: the nine things of a summary, what quarantine adds, and the licence. */
function summaryOf({ particulars, goodsShipment, ...rest }: Declaration): Declaration {
  const { tradeTerms: _, valuation: __, totalNetMassKg: ___, ...shipment } = goodsShipment
  return {
    ...rest,
    declarationStep: 'summary',
    goodsShipment: shipment as Declaration['goodsShipment'],
    particulars: { customs: { summary: particulars?.['customs']?.['declare'] } },
  }
}
const entryNumbers = (seen: Seen) =>
  seen.filings.flatMap(({ references }) =>
    references.flatMap(({ scheme, value }) => (scheme.endsWith('entry-number') ? [value] : [])),
  )

test('the summary is filed with customs alone; what else there is to do is decided when it is complete', async () => {
  const { status, body } = await world.post(summaryOf(complete))
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  id = body.id
  expect(body.filings.map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual(['customs/summary'])
  expect(body.plan.filter(({ files }) => !files).map(({ because }) => because.en)).toContain(
    'Decided when the declaration is complete',
  )
})

test('customs gives its numbers, decides on inspection now, and lets the goods be picked up', async () => {
  const seen = await world.until(id, (one) => filingOf(one, 'customs', 'summary').status === 'approved')
  expect(seen.status).toBe('released')
  const summary = filingOf(seen, 'customs', 'summary')
  expect(summary.receipts.map(({ code }) => code)).toContain('SpL')
  expect(entryNumbers(seen)).toEqual([expect.stringMatching(/^\d{18}$/)])
  expect(summary.deadlines).toMatchObject([{ id: 'complete-declaration', state: 'open' }])
})

test('three days before the end it is reminded of; past the end it is overdue', async () => {
  const { dueAt = '' } = filingOf(await world.read(id), 'customs', 'summary').deadlines?.[0] ?? {}
  const due = Date.parse(dueAt)
  await tellDeadlines(world.database, new Date(due - 2 * 86_400_000))
  const near = await world.read(id)
  expect(near.needsAction).toMatchObject([{ agency: 'customs', until: dueAt }])
  expect(near.timeline?.at(-1)).toMatchObject({ type: 'yuchuang.deadline.near' })
  await tellDeadlines(world.database, new Date(due + 1_000))
  expect((await world.read(id)).timeline?.at(-1)).toMatchObject({ type: 'yuchuang.deadline.passed' })
  expect(filingOf(await world.read(id), 'customs', 'summary').deadlines).toMatchObject([{ state: 'passed' }])
})

test('the complete declaration goes under the same number, and everybody else is told now', async () => {
  const before = await world.call('GET', `/v1/declarations/${id}`)
  const [number] = entryNumbers((await before.json()) as Seen)
  const put = await world.call('PUT', `/v1/declarations/${id}`, {
    body: {
      ...complete,
      particulars: {
        ...complete.particulars,
        customs: { ...complete.particulars?.['customs'], summary: complete.particulars?.['customs']?.['declare'] },
      },
    },
    headers: { 'if-match': before.headers.get('etag') ?? '' },
  })
  expect({ status: put.status, text: put.status === 200 ? '' : await put.text() }).toEqual({ status: 200, text: '' })
  const seen = await world.until(id, (one) => filingOf(one, 'customs', 'declare').status === 'in-review')
  expect(new Set(entryNumbers(seen))).toEqual(new Set([number]))
  expect(seen.filings.map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual([
    'customs/summary',
    'customs/declare',
    'border/arrival',
    'tax/payment-certificate',
    'fx/payment',
  ])
  expect(filingOf(seen, 'customs', 'summary').deadlines ?? []).toEqual([])
})

test('when the tax is paid and all have finished it is completed: of the summary nothing more is to come', async () => {
  await world.until(id, (seen) => filingOf(seen, 'customs', 'declare').holds.includes('payment-due'))
  const paid = await world.call('POST', `/v1/declarations/${id}/filings`, {
    body: { agency: 'customs', procedure: 'payment', particulars: { amount: '308519.42' } },
    headers: { 'idempotency-key': 'two-step-paid' },
  })
  expect(paid.status).toBe(202)
  await bringCertificate(world, await world.read(id))
  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(filingOf(end, 'customs', 'summary').status).toBe('approved')
})

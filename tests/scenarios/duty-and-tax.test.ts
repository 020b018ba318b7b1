import { expect, test } from 'vitest'
import type { Duties } from '../../schemas/duties.ts'
import { filingOf, frozenBeef, openWorld, type Seen } from '../support/world.ts'

// Frozen beef 冻牛肉 whose importer computes the tax itself 自报自缴: shown with every step, sent with the declaration, agreed to by
// customs, paid through the gateway, and the goods are released.
const world = await openWorld()
const declaration = frozenBeef('-B.CLEAR')
declaration.particulars = {
  ...declaration.particulars,
  customs: { declare: { ...(declaration.particulars?.['customs']?.['declare'] as object), type: 'Z' } },
}
let id = ''

interface Costs {
  estimates: (Duties & { agency: string; procedure: string })[]
  totals: { currency: string; due: string; paid: string }[]
}
const costs = async () => ((await (await world.call('GET', `/v1/declarations/${id}`)).json()) as { costs: Costs }).costs
const billOf = (seen: Seen) =>
  filingOf(seen, 'customs', 'declare').references.find(({ scheme }) => scheme === 'tax-bill')
let keys = 0
const pay = (particulars: unknown) =>
  world.call('POST', `/v1/declarations/${id}/filings`, {
    body: { agency: 'customs', procedure: 'payment', particulars },
    headers: { 'idempotency-key': `pay-${++keys}` },
  })

test('what it will cost is shown before customs says a word, step by step, and called an estimate', async () => {
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  id = body.id
  const [estimate] = (await costs()).estimates
  expect(estimate).toMatchObject({ agency: 'customs', procedure: 'declare', currency: 'CNY', total: '308519.42' })
  expect(estimate?.values?.[0]?.steps[0]?.formula).toBe('196800 USD × 7.1')
  expect(estimate?.lines.map(({ kind, amount, steps }) => [kind, amount, steps[0]?.formula])).toEqual([
    ['duty', '167673.60', '1397280.00 × 12 %'],
    ['vat', '140845.82', '(1397280.00 + 167673.60) × 9 %'],
  ])
  expect(estimate?.notes[0]?.en).toContain('2020 sample')
})

test('customs comes to the same, and its bill has a number, an amount and a last day', async () => {
  const billed = await world.until(id, (seen) => filingOf(seen, 'customs').holds.includes('payment-due'))
  const declare = filingOf(billed, 'customs', 'declare')
  expect(declare.receipts.map(({ code }) => code)).not.toContain('M')
  expect(declare.lastReceipt?.text).toContain('与自报税款一致')
  expect(billOf(billed)?.value).toMatch(/^\d{18}-01$/)
  expect(billed.needsAction.find(({ agency }) => agency === 'customs')).toMatchObject({
    by: 'trader',
    until: '2026-12-07',
  })
  expect(declare.deadlines).toMatchObject([{ id: 'tax-bill', dueAt: expect.stringContaining('2026-12-07') }])
  expect((await costs()).totals).toEqual([expect.objectContaining({ currency: 'CNY', due: '308519.42', paid: '0.00' })])
})

test('a payment without an amount waits for it; one of another amount is refused and says what is due', async () => {
  expect(await (await pay(undefined)).json()).toMatchObject({
    status: 'awaiting-particulars',
    needs: [{ pointer: '/particulars/customs/payment/amount' }],
  })
  const { id: filingId, etag } = filingOf(await world.read(id), 'customs', 'payment')
  const bring = await world.call('PUT', `/v1/declarations/${id}/filings/${filingId}/particulars`, {
    headers: { 'if-match': etag },
    body: { amount: '300000.00' },
  })
  expect(bring.status).toBe(200)
  const refused = await world.until(id, (seen) => filingOf(seen, 'customs', 'payment').status === 'refused')
  expect(filingOf(refused, 'customs', 'payment').lastReceipt).toMatchObject({ code: '203' })
  expect(filingOf(refused, 'customs', 'payment').lastReceipt?.text).toContain('308519.42')
  expect(filingOf(refused, 'customs', 'declare').holds).toEqual(['payment-due'])
})

test('the right amount is paid, the hold is lifted at once, and the goods are released', async () => {
  const { id: filingId, etag } = filingOf(await world.read(id), 'customs', 'payment')
  const bring = await world.call('PUT', `/v1/declarations/${id}/filings/${filingId}/particulars`, {
    headers: { 'if-match': etag },
    body: { amount: '308519.42', protocolNumber: '5001202600012345' },
  })
  expect(bring.status).toBe(200)
  expect(await bring.json()).toMatchObject({ attempt: 2 })
  const paid = await world.until(id, (seen) => filingOf(seen, 'customs', 'payment').status === 'closed')
  expect(filingOf(paid, 'customs', 'payment').references).toMatchObject([
    { scheme: 'payment-number', value: expect.stringMatching(/^ZF\d{18}$/) },
  ])
  const settled = await world.until(id, (seen) => filingOf(seen, 'customs', 'declare').holds.length === 0)
  expect(filingOf(settled, 'customs', 'declare').status).toBe('in-review')
  const released = await world.until(id, (seen) => filingOf(seen, 'customs', 'declare').status === 'approved')
  expect(filingOf(released, 'customs', 'declare').deadlines?.filter(({ state }) => state !== 'met') ?? []).toEqual([])
  expect((await costs()).totals).toEqual([expect.objectContaining({ due: '308519.42', paid: '308519.42' })])
  const effects = world.effects(declaration.functionalReferenceId)
  expect(effects.filter((what) => what === 'customs: tax-paid')).toHaveLength(1)
})

test('paying it again is refused, and nothing is paid twice', async () => {
  expect((await pay({ amount: '308519.42' })).status).toBe(202)
  const seen = await world.until(
    id,
    ({ filings }) =>
      filings.filter(({ procedure, status }) => procedure === 'payment' && status === 'refused').length === 1,
  )
  const again = seen.filings.findLast(({ agency, procedure }) => agency === 'customs' && procedure === 'payment')
  expect(again?.lastReceipt).toMatchObject({ code: '204' })
  expect(world.effects(declaration.functionalReferenceId).filter((what) => what === 'customs: tax-paid')).toHaveLength(
    1,
  )
})

import { expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Two consignments of EV batteries on one invoice: after they have left, one refund claim for both 批次申报, a certificate of origin, a further receipt of money.
const world = await openWorld()
/** As the trader hands it in: the refund is claimed later, when the invoice is there. */
function withoutClaim(declaration: Declaration): Declaration {
  const { tax: _, ...particulars } = declaration.particulars ?? {}
  return { ...declaration, particulars }
}
const [first, second] = [withoutClaim(evBatteries()), withoutClaim(evBatteries())]
const ids: string[] = []
let keys = 0
const ask = async (id: string, body: unknown) => {
  const answer = await world.call('POST', `/v1/declarations/${id}/filings`, {
    body,
    headers: { 'idempotency-key': `later-${++keys}` },
  })
  return {
    status: answer.status,
    body: (await answer.json()) as { id: string; errors?: { pointer: string; code: string; detail: string }[] },
  }
}
const closedAtCustoms = (seen: Seen) => filingOf(seen, 'customs').status === 'closed'
const exported = { item: 1, link: 1, fobUsd: '253325.10' }
/** One invoice for both consignments; the rows say which declaration they are of. */
const claim = {
  cnyPerUsd: '7.1',
  invoices: [
    {
      item: 1,
      number: '26502000000012349999',
      supplierTaxId: '91500106MA5U0C102B',
      issueDate: '2026-11-10',
      quantity: '84',
      amount: '3000000.00',
      taxRate: '0.13',
      refundRate: '0.06',
    },
  ],
  covered: [{ declaration: second.functionalReferenceId, cnyPerUsd: '7.1' }],
  exported: [exported, { declaration: second.functionalReferenceId, ...exported }],
}

test('until the goods are closed at customs, a claim over both is refused with what is not ready', async () => {
  for (const declaration of [first, second]) {
    const { status, body } = await world.post(declaration)
    expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
    ids.push(body.id)
  }
  const [id = '', other = ''] = ids
  const early = await ask(id, { agency: 'tax', procedure: 'refund', covers: [other], particulars: claim })
  expect(early.status).toBe(422)
  expect(early.body.errors).toMatchObject([{ pointer: '/covers/0', code: 'not-ready' }])
})

test('then one claim covers both; what was planned for each is not sent any more', async () => {
  const [id = '', other = ''] = ids
  await world.until(id, closedAtCustoms)
  await world.until(other, closedAtCustoms)
  const asked = await ask(id, { agency: 'tax', procedure: 'refund', covers: [other], particulars: claim })
  expect({ status: asked.status, errors: asked.body.errors }).toEqual({ status: 202, errors: undefined })
  const seen = await world.until(id, ({ filings }) =>
    filings.some(({ occasion, status }) => occasion === 'request' && status === 'closed'),
  )
  const planned = seen.filings.find(({ procedure, occasion }) => procedure === 'refund' && occasion === 'plan')
  expect(planned).toMatchObject({ status: 'withdrawn', coveredBy: asked.body.id })
  expect((await world.read(other)).coveredBy).toMatchObject([{ filingId: asked.body.id, status: 'closed' }])
  expect(seen.costs?.totals).toEqual([{ currency: 'CNY', due: '0.00', paid: '0.00', refunded: '180000.00' }])
  const messages = await (await world.call('GET', `/v1/declarations/${id}/messages?filing=${asked.body.id}`)).text()
  const numbers = [seen, await world.read(other)].map(
    (one) => filingOf(one, 'customs').references.find(({ scheme }) => scheme === 'entry-number')?.value,
  )
  for (const number of numbers) expect(messages).toContain(`${number}001`)
})

test('goods that were claimed for are not claimed for again', async () => {
  const [id = ''] = ids
  const again = await ask(id, {
    agency: 'tax',
    procedure: 'refund',
    particulars: {
      ...claim,
      covered: undefined,
      exported: [exported],
      invoices: claim.invoices.map((one) => ({
        ...one,
        number: '26502000000012348888',
        quantity: '42',
        amount: '1500000.00',
      })),
    },
  })
  expect({ status: again.status, errors: again.body.errors }).toEqual({ status: 202, errors: undefined })
  const seen = await world.until(
    id,
    ({ filings }) => filings.find((one) => one.id === again.body.id)?.status === 'refused',
  )
  expect(seen.needsAction.map(({ filingId }) => filingId)).toContain(again.body.id)
})

test('what else may be asked for stands in the offers', async () => {
  const { offers } = await world.read(ids[0] ?? '')
  expect(offers?.map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual(
    expect.arrayContaining(['tax/refund', 'fx/receipt', 'singapore/origin-certificate']),
  )
})

test('a certificate of origin goes to Singapore once customs has let the goods go', async () => {
  const [id = ''] = ids
  const asked = await ask(id, {
    agency: 'singapore',
    procedure: 'origin-certificate',
    particulars: {
      scheme: 'CSFTA',
      certificate: { number: 'E26CN5000110009', authority: '重庆海关', issueDate: '2026-11-20' },
      items: [{ item: 1, criterion: 'PE' }],
    },
  })
  expect({ status: asked.status, errors: asked.body.errors }).toEqual({ status: 202, errors: undefined })
  const seen = await world.until(id, ({ filings }) =>
    filings.some((one) => one.id === asked.body.id && ['approved', 'closed'].includes(one.status)),
  )
  expect(filingOf(seen, 'singapore', 'origin-certificate').occasion).toBe('request')
})

test('the bank takes no second receipt for what was received in full: its ledger says so', async () => {
  const [id = ''] = ids
  const seen = await world.until(id, (one) => filingOf(one, 'fx').status === 'closed')
  const { receipt } = (first.particulars?.['fx'] ?? {}) as { receipt: { advice: object } }
  const advice = { ...receipt.advice, id: 'IR26120100099', reportNumber: '500000000101261121N099', amount: '50000.00' }
  const asked = await ask(id, { agency: 'fx', procedure: 'receipt', particulars: { ...receipt, advice } })
  expect({ status: asked.status, errors: asked.body.errors }).toEqual({ status: 202, errors: undefined })
  const after = await world.until(id, ({ filings }) =>
    filings.some((one) => one.id === asked.body.id && one.status === 'refused'),
  )
  expect(after.filings.find((one) => one.id === asked.body.id)?.lastReceipt?.text).toMatch(/FX-202|核注|超/)
  expect(filingOf(after, 'fx')).toMatchObject({ id: filingOf(seen, 'fx').id, status: 'closed' })
})

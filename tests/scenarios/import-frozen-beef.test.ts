import { expect, test } from 'vitest'
import { filingOf, frozenBeef, openWorld, type Seen } from '../support/world.ts'

// Frozen beef 冻牛肉 from Kazakhstan by rail through Alashankou: a licence 监管证件, duty and VAT, a certificate for the tax office.
const world = await openWorld()
const declaration = frozenBeef('-B.CLEAR')
let id = ''

const entryNumber = (seen: Seen) =>
  filingOf(seen, 'customs').references.find(({ scheme }) => scheme === 'entry-number')?.value ?? '?'
/** What the importer's bank asks customs: the tax bill 税单, and its payment. */
const atCustoms = async (path: string, body?: string) => {
  const answer = await world.simulator.app.request(
    `/customs${path}`,
    body === undefined ? {} : { method: 'POST', body },
  )
  return answer.text()
}
const inTag = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''

test('without its licence it is refused whole: every certificate that is missing, and who asks for it', async () => {
  const bare = frozenBeef()
  delete bare.goodsShipment.additionalDocuments
  const { status, body } = await world.post(bare)
  expect(status).toBe(422)
  expect(body).toMatchObject({ code: 'declaration-invalid' })
  expect(body.errors).toEqual([
    {
      pointer: '/goodsShipment/additionalDocuments',
      code: 'certificate-missing',
      agency: 'customs',
      detail: 'Item 1: 0202300090 demands certificate 7',
      detailZh: '商品序号1：商品编号0202300090须提交监管证件7',
    },
  ])
  expect(world.effects(bare.functionalReferenceId)).toEqual([])
})

test('with it, an import by rail concerns customs, border, tax and the bank, but neither ships nor Singapore', async () => {
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  id = body.id
  expect(body.filings.map(({ agency, procedure, status }) => `${agency}/${procedure} ${status}`)).toEqual([
    // Its licence is reserved with the office that issued it first.
    'customs/declare waiting',
    'border/arrival queued',
    'tax/payment-certificate awaiting-particulars',
    'fx/payment waiting',
  ])
  const ofSingapore = body.plan.find(({ agency }) => agency === 'singapore')
  expect(ofSingapore).toMatchObject({ files: false, because: { en: 'The goods come from KZ, not from Singapore' } })
})

test('tax due is a hold that names the amount and the last day', async () => {
  const billed = await world.until(id, (seen) => filingOf(seen, 'customs').holds.includes('payment-due'))
  expect(filingOf(billed, 'customs')).toMatchObject({ status: 'in-review', lastReceipt: { code: 'T' } })
  expect(billed.status).toBe('action-needed')
  const action = billed.needsAction.find(({ agency }) => agency === 'customs')
  expect(action).toMatchObject({ by: 'trader', until: '2026-12-07' })
  expect(action?.what.en).toMatch(/^Customs: Taxes due: pay the bill/)
  expect(action?.what.zh).toContain('合计308519.42元')
})

test('customs waits for the money, however long; nothing else does', async () => {
  await world.idle()
  const seen = await world.read(id)
  expect(filingOf(seen, 'customs')).toMatchObject({ status: 'in-review', holds: ['payment-due'] })
  expect(filingOf(seen, 'border').status).toBe('closed')
  expect(filingOf(seen, 'fx').status).toBe('closed')
})

test('the bill is paid and the goods are released', async () => {
  const entryId = entryNumber(await world.read(id))
  const bill = await atCustoms(`/tax-bills?entryId=${entryId}`)
  const payment = `<TaxPayment><paySeqNo>PAY-1</paySeqNo><entryId>${entryId}</entryId><taxHeadSeqNo>${inTag(bill, 'taxHeadSeqNo')}</taxHeadSeqNo><traAmt>${inTag(bill, 'traAmt')}</traAmt></TaxPayment>`
  expect(inTag(await atCustoms('/payments', payment), 'errCode')).toBe('100')
  const released = await world.until(id, (seen) => filingOf(seen, 'customs').status === 'approved')
  expect(filingOf(released, 'customs')).toMatchObject({ holds: [], lastReceipt: { code: 'P' } })
  expect(released.needsAction.map(({ agency }) => agency)).toEqual(['tax'])
})

test('the tax office needs the payment certificate: once it is brought the rest goes by itself', async () => {
  const seen = await world.read(id)
  const certificate = filingOf(seen, 'tax')
  expect(certificate.status).toBe('awaiting-particulars')
  const [action] = seen.needsAction
  expect(action?.needs?.map(({ pointer }) => pointer)).toEqual(['/particulars/tax/payment-certificate/certificates'])
  const brought = await world.call('PUT', action?.href ?? '', {
    headers: { 'if-match': certificate.etag },
    body: { certificates: [{ number: `${entryNumber(seen)}-L01`, issueDate: '2026-11-21', amount: '140845.82' }] },
  })
  expect(brought.status).toBe(200)
  expect(await brought.json()).toMatchObject({ status: 'queued', attempt: 1 })

  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(filingOf(end, 'tax').receipts.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['MATCHED', 'DEDUCTIBLE']),
  )
  const effects = world.effects(declaration.functionalReferenceId)
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects).toEqual(
    expect.arrayContaining([
      'customs: tax-billed',
      'customs: tax-paid',
      'customs: released',
      'tax: certificate deductible 可抵扣',
    ]),
  )
})

import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Procedure, Standing, Submission } from '../../adapters/adapter.ts'
import { channels } from '../../adapters/customs/codes.ts'
import { assess } from '../../adapters/customs/duty/assess.ts'
import { customs } from '../../adapters/customs/index.ts'
import { readXml, type XmlNode } from '../../adapters/xml.ts'
import { readDeclaration } from '../../mocks/customs/read.ts'
import { assessTax } from '../../mocks/customs/tax.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { declare, goldenDeclaration, goldenText, particularsOf, submissionOf, texts } from '../support/customs.ts'
import { type Goods, imported } from '../support/customs-imported.ts'

const name = 'self-declared-import'
const said = (body: string) => customs.decode({ status: 200, contentType: 'application/xml', body })
const reply = (path: string) => said(goldenText(`replies/${path}`))
interface Detail {
  readonly GNo: string
  readonly TaxType: string
  readonly RealTax: string
}
const codes = [
  ...'0202300090 0810600000 2204210000 2208902000 2203000000 0207142200'.split(' '),
  ...'8703234110 8708309990 3304990039 3004909093 1201901000 8471309000'.split(' '),
]
const sddTaxOf = (body: string | undefined) => (readXml(body ?? '')['DecMessage'] as XmlNode)['SddTax'] as XmlNode

describe('SddTax 报税单', () => {
  test('carries what the duties of the declaration show, and only what is levied', () => {
    const declaration = goldenDeclaration(name)
    const found = declare.duties?.(declaration, particularsOf(declaration))
    expect(found).toMatchObject({ day: '2026-11-20', total: '315636.15' })
    const details = texts(sddTaxOf(goldenText(`${name}/submit.xml`))['SddTaxDetails'] as XmlNode)
    expect(Object.values(details)).toEqual(
      found?.lines.flatMap(({ item, typeCode, amount }) => [String(item), typeCode, amount]),
    )
  })

  test('is written on a self-declared import alone, and never over what the trader brings', () => {
    const declaration = goldenDeclaration(name)
    const particulars = particularsOf(declaration)
    const written = (changed: typeof particulars) =>
      sddTaxOf(declare.encode(submissionOf(declaration, { particulars: changed })).body)
    expect(written({ ...particulars, type: undefined })).toBeUndefined()
    expect(written({ ...particulars, type: 'ML' })).toBeUndefined()
    const brought = { SddTaxDetails: { SddTaxDetail: [{ GNo: '1', TaxType: 'A', RealTax: '1.00' }] } }
    expect(texts(written({ ...particulars, sections: { SddTax: brought } }))).toEqual({
      '/SddTaxDetails/SddTaxDetail/GNo': '1',
      '/SddTaxDetails/SddTaxDetail/TaxType': 'A',
      '/SddTaxDetails/SddTaxDetail/RealTax': '1.00',
    })
    const exported = goldenDeclaration('export-one-item')
    const asExport = { ...particularsOf(exported), type: 'Z' }
    expect(sddTaxOf(declare.encode(submissionOf(exported, { particulars: asExport })).body)).toBeUndefined()
  })

  test('a tax that cannot be computed is an issue, unless the trader brings it', () => {
    const declaration = { ...goldenDeclaration(name), issueDateTime: '2024-05-01' }
    const particulars = particularsOf(declaration)
    const issues = declare.check(declaration, particulars)
    expect(issues.map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([
      '/particulars/customs/declare/type tax-not-computable',
    ])
    expect(issues[0]?.detail).toContain('There is no exchange rate for USD on 2024-05-01')
    expect(declare.check(declaration, { ...particulars, sections: { SddTax: '' } })).toEqual([])
    expect(declare.check(declaration, { ...particulars, type: undefined })).toEqual([])
    expect(sddTaxOf(declare.encode(submissionOf(declaration)).body)).toBeUndefined()
  })

  test('declarant and customs, who share no line of arithmetic, come to the same to the fen', () => {
    const goods: fc.Arbitrary<Goods> = fc.record({
      hsCode: fc.constantFrom(...codes),
      totalPrice: fc.integer({ min: 1, max: 9_999_999 }).map((cents) => new Big(cents).div(100).toFixed(2)),
      currency: fc.constant('EUR'),
      originCountry: fc.constantFrom('AU', 'TH', 'US', 'DE', 'KZ'),
      dutyMode: fc.constantFrom('1', '2', '3', '6'),
      kilograms: fc.integer({ min: 1, max: 99_999 }).map(String),
    })
    const charge = fc.record({
      basis: fc.constantFrom('rate' as const, 'unit-price' as const, 'total' as const),
      amount: fc.integer({ min: 0, max: 9_999 }).map((cents) => new Big(cents).div(100).toFixed(2)),
      currency: fc.constantFrom('USD', 'CNY', 'JPY'),
    })
    const more = fc.record(
      {
        terms: fc.constantFrom('CIF' as const, 'CFR' as const, 'FOB' as const, 'C&I' as const, 'EXW' as const),
        valuation: fc.record({ freight: charge, insurance: charge, other: charge }, { requiredKeys: [] }),
        agreements: fc.constantFrom(['18'], ['02'], ['18', '02'], []),
      },
      { requiredKeys: ['terms', 'agreements'] },
    )
    const day = fc.constantFrom('2026-01-15', '2026-03-01', '2026-03-31', '2026-11-09', '2026-11-10')
    fc.assert(
      fc.property(fc.array(goods, { minLength: 1, maxLength: 8 }), more, day, (given, beside, on) => {
        const { declaration, particulars } = imported(given, beside)
        const dated = { ...declaration, issueDateTime: on }
        const body = declare.encode(submissionOf(dated, { particulars: { ...particulars, type: 'Z' } })).body ?? ''
        const customsSays = assessTax(readDeclaration(body), on).map(({ gNo, taxType, tax }) => [
          `${gNo}${taxType}`,
          tax.toFixed(2),
        ])
        const { SddTaxDetails } = sddTaxOf(body) as { SddTaxDetails: { SddTaxDetail?: Detail | Detail[] } | '' }
        const rows = SddTaxDetails === '' ? [] : [SddTaxDetails.SddTaxDetail ?? []].flat()
        const weSay = rows.map((row) => [`${row.GNo}${row.TaxType}`, row.RealTax])
        expect(Object.fromEntries(weSay)).toEqual(Object.fromEntries(customsSays))
        expect(assess(dated, particulars, on).incomplete).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

describe('the bill', () => {
  test('is read out of its receipt: taxes, total, last day and number', () => {
    expect(reply('declare/tax-due.hold-payment-due.xml')[0]).toMatchObject({
      references: [
        { scheme: 'unified-number', value: 'E20260000123456789' },
        { scheme: 'entry-number', value: '801420260123456789' },
        { scheme: 'tax-bill', value: '801420260123456789-01' },
      ],
      status: 'in-review',
      sets: ['payment-due'],
      details: {
        until: '2026-12-07',
        bill: {
          number: '801420260123456789-01',
          taxes: [
            { typeCode: 'A', amount: '1000.00' },
            { typeCode: 'L', amount: '990.00' },
          ],
          total: '1990.00',
        },
      },
      money: [{ kind: 'due', of: '801420260123456789-01', amount: '1990.00', currency: 'CNY' }],
    })
  })

  test('that is paid lifts the hold and sets none; a note nobody can read still says that tax is due', () => {
    const [paid] = reply('declare/tax-paid.in-review.xml')
    expect(paid).toMatchObject({ status: 'in-review', lifts: ['payment-due'] })
    expect(paid).not.toHaveProperty('sets')
    expect(paid?.details).not.toHaveProperty('until')
    const bare = goldenText('replies/declare/tax-due.hold-payment-due.xml').replace(/<NOTE>.*<\/NOTE>/, '<NOTE/>')
    const [due] = said(bare)
    expect(due).toMatchObject({ sets: ['payment-due'], text: channels['T']?.zh })
    expect(due?.references.map(({ scheme }) => scheme)).toEqual(['unified-number', 'entry-number'])
    expect(due?.details).not.toHaveProperty('bill')
  })

  test('has a last day until it is paid, the goods are released, or the declaration is over', () => {
    const [due, paid] = [reply('declare/tax-due.hold-payment-due.xml'), reply('declare/tax-paid.in-review.xml')]
    const released = reply('declare/released.approved.xml')
    const declaration = goldenDeclaration(name)
    const deadlines = (receipts: readonly Receipt[], status: Standing['status'] = 'in-review') =>
      declare.deadlines?.({ declaration, particulars: particularsOf(declaration), status, references: [], receipts })
    expect(deadlines([])).toEqual([])
    expect(deadlines(due)).toMatchObject([
      { id: 'tax-bill', dueAt: '2026-12-07T23:59:59+08:00', remindAt: '2026-12-04T23:59:59+08:00' },
    ])
    expect(deadlines([...due, ...paid])).toEqual([])
    expect(deadlines([...due, ...released], 'approved')).toEqual([])
    expect(deadlines(due, 'withdrawn')).toEqual([])
    // A bill after release (the declaration was amended) is due all the same.
    expect(deadlines([...due, ...released, ...due], 'approved')).toHaveLength(1)
  })
})

describe('payment', () => {
  const payment = customs.procedures['payment'] as Procedure
  const declaration = goldenDeclaration('payment-of-bill')
  const given = { amount: '315636.15', protocolNumber: '5001202600012345' }
  const submission = (more: Partial<Submission>): Submission => ({
    ...(submissionOf(declaration) as Submission),
    particulars: given,
    references: { customs: [{ scheme: 'tax-bill', value: '801620261123456789-02' }] },
    ...more,
  })
  const paid = (more: Partial<Submission>) => texts(readXml(payment.encode(submission(more)).body ?? ''))

  test('pays the latest bill customs made out, or the one that is named, under our number of the attempt', () => {
    expect(paid({})).toMatchObject({
      '/TaxPayment/paySeqNo': 'YC261120000000000001-1',
      '/TaxPayment/entryId': '801620261123456789',
      '/TaxPayment/taxHeadSeqNo': '801620261123456789-02',
      '/TaxPayment/traAmt': '315636.15',
    })
    expect(
      paid({
        attempt: 2,
        messageId: 'YC261120000000000001-2',
        particulars: { ...given, amount: '12', billNumber: '801620261123456789-01' },
      }),
    ).toMatchObject({
      '/TaxPayment/paySeqNo': 'YC261120000000000001-2',
      '/TaxPayment/taxHeadSeqNo': '801620261123456789-01',
      '/TaxPayment/traAmt': '12.00',
    })
    expect(payment.encodeInquiry(submission({}))).toEqual({
      method: 'GET',
      path: '/payments?paySeqNo=YC261120000000000001-1',
    })
  })

  test('waits for the amount, which only the trader can order, and refuses none at all', () => {
    expect(payment.missing(declaration, undefined).map(({ pointer }) => pointer)).toEqual([
      '/particulars/customs/payment/amount',
    ])
    expect(payment.missing(declaration, given)).toEqual([])
    expect(payment.check(declaration, given)).toEqual([])
    expect(payment.check(declaration, { amount: '0' }).map(({ code }) => code)).toEqual(['not-above-zero'])
    for (const wrong of [{ amount: '1.001' }, { amount: '-1' }, { amount: 1 }, { billNumber: '1' }, { other: '' }])
      expect(payment.particulars.safeParse(wrong).success).toBe(false)
  })

  test('its receipts name the payment, never the declaration', () => {
    expect(reply('payment/paid.closed.xml')).toEqual([
      {
        references: [
          { scheme: 'message', value: 'YC261120000000000042-1' },
          { scheme: 'payment-number', value: 'ZF202611200000000001' },
        ],
        status: 'closed',
        code: '100',
        text: '支付成功',
        at: '2026-11-20T11:00:31+08:00',
        details: { bill: '801620261123456789-01', amount: '315636.15', state: '已支付' },
        money: [{ kind: 'paid', of: '801620261123456789-01', amount: '315636.15', currency: 'CNY' }],
      },
    ])
    expect(reply('payment/turned-away.refused.xml')[0]).toMatchObject({ status: 'refused', code: '203' })
  })

  test('only an explicit yes is a yes', () => {
    const body = goldenText('replies/payment/paid.closed.xml')
    expect(said(body.replace('已支付', 'toString'))[0]).not.toHaveProperty('status')
    expect(said(body.replace('>100<', '>0<'))[0]?.status).toBe('refused')
    expect(said(body.replace('>100<', '>901<'))).toEqual([])
    expect(() => said(body.replace(/<paySeqNo>.*<\/paySeqNo>/, '<paySeqNo/>'))).toThrow('without a code or our number')
  })
})

test('the golden of a payment pays what the golden of its declaration comes to', () => {
  const declaration = goldenDeclaration('payment-of-bill')
  const { amount } = (declaration.particulars?.['customs']?.['payment'] ?? {}) as { amount?: string }
  expect(declare.duties?.(declaration, particularsOf(declaration))?.total).toBe(amount)
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { tax } from '../../adapters/tax/index.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/tax/golden/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8')
const replies = (procedure: string) =>
  readdirSync(new URL(`replies/${procedure}/`, golden)).map((file) => ({ file, status: file.split('.').at(-2) }))

const said = (body: string) => tax.decode({ status: 200, contentType: 'application/json', body })
const procedure = (id: string) => tax.procedures[id] as Procedure

/** A golden declaration with some of its particulars changed. */
function changed(
  name: string,
  change: (declared: ReturnType<typeof declaration.parse>, particulars: Record<string, unknown>) => void,
) {
  const declared = declaration.parse(JSON.parse(read(`${name}/declaration.json`)))
  const id = (JSON.parse(read(`${name}/submission.json`)) as { procedure: string }).procedure
  const particulars = structuredClone(declared.particulars?.['tax']?.[id]) as Record<string, unknown>
  change(declared, particulars)
  return { declared, particulars: procedure(id).particulars.parse(particulars) }
}

function submissionOf(name: string): { id: string; submission: Submission } {
  const { procedure: id, ...rest } = JSON.parse(read(`${name}/submission.json`)) as { procedure: string }
  const { declared, particulars } = changed(name, () => {})
  return {
    id,
    submission: { ...(rest as Omit<Submission, 'declaration' | 'particulars'>), declaration: declared, particulars },
  }
}

const codesAt = (issues: readonly { pointer: string; code: string }[]) =>
  issues.map(({ pointer, code }) => `${pointer} ${code}`)

describe('what goes to the tax office', () => {
  test.each(goldenCases('tax'))('$name: the golden bytes, twice the same', ({ procedure: id, submission, bytes }) => {
    const { declaration: declared, particulars } = submission
    expect(procedure(id).applies(declared).files).toBe(true)
    expect(procedure(id).missing(declared, particulars, submission)).toEqual([])
    expect(procedure(id).check(declared, particulars, submission)).toEqual([])
    expect(procedure(id).encode(submission).body).toBe(bytes)
    expect(procedure(id).encode(submission)).toEqual(procedure(id).encode(submission))
  })

  test('an exported item carries 21 digits: the customs entry, a zero and the item', () => {
    const { ckmx } = JSON.parse(read('refund-two-items/submit.json')) as { ckmx: { ckbgdh: string }[] }
    expect(ckmx.map(({ ckbgdh }) => ckbgdh)).toEqual(['801420260000000124001', '801420260000000124002'])
  })

  test('a claim is asked for by our own number', () => {
    const { submission } = submissionOf('refund-one-item')
    expect(procedure('refund').encodeInquiry(submission)).toEqual({
      method: 'GET',
      path: '/refunds/YC26112100000000001A',
    })
  })

  test('without a customs entry number no claim can be written', () => {
    const { submission } = submissionOf('refund-one-item')
    expect(() => procedure('refund').encode({ ...submission, references: {} })).toThrow(
      'customs has given no entry-number',
    )
  })

  test('hostile text arrives as it was written', () => {
    const { ckmx } = JSON.parse(read('refund-hostile-text/submit.json')) as { ckmx: { sbhgspmc: string }[] }
    expect(ckmx[0]?.sbhgspmc).toBe(changed('refund-hostile-text', () => {}).declared.goodsShipment.items[0]?.name)
  })
})

describe('what a filing waits for and what would be refused', () => {
  test('a claim without particulars waits and names everything it needs', () => {
    const { declared } = changed('refund-two-items', ({ goodsShipment }) => delete goodsShipment.valuation)
    expect(codesAt(procedure('refund').missing(declared, undefined))).toEqual([
      '/particulars/tax/refund/cnyPerUsd missing',
      '/particulars/tax/refund/exported missing',
      '/particulars/tax/refund/exported missing',
      '/particulars/tax/refund/invoices missing',
      '/particulars/tax/refund/invoices missing',
    ])
  })

  test('a claim for one item of two does not wait for the invoices of the other', () => {
    const { declared, particulars } = changed('refund-two-items', (_, claim) =>
      Object.assign(claim, {
        items: [1],
        exported: [],
        invoices: (claim['invoices'] as { item: number }[]).filter(({ item }) => item === 1),
      }),
    )
    expect([
      ...procedure('refund').missing(declared, particulars),
      ...procedure('refund').check(declared, particulars),
    ]).toEqual([])
  })

  test('every fault of an invoice is found at once', () => {
    const { declared, particulars } = changed('refund-one-item', (_, claim) =>
      Object.assign((claim['invoices'] as object[])[0] ?? {}, {
        number: '1234',
        supplierTaxId: '91500106MA5U0C102C',
        unitName: '千克',
        quantity: '599',
        refundRate: '0.16',
        tax: '1',
        refund: '1',
      }),
    )
    expect(codesAt(procedure('refund').check(declared, particulars))).toEqual([
      '/particulars/tax/refund/invoices/0/number invoice-number-invalid',
      '/particulars/tax/refund/invoices/0/supplierTaxId credit-code-invalid',
      '/particulars/tax/refund/invoices/0/unitName unit-differs',
      '/particulars/tax/refund/invoices/0/refundRate refund-rate-invalid',
      '/particulars/tax/refund/invoices/0/tax tax-differs',
      '/particulars/tax/refund/invoices/0/refund refund-differs',
      '/particulars/tax/refund/invoices purchase-below-export',
    ])
  })

  test('an invoice for an item that is not there, from the exporter itself', () => {
    const { declared, particulars } = changed('refund-one-item', (_, claim) =>
      (claim['invoices'] as object[]).push({
        ...(claim['invoices'] as object[])[0],
        item: 7,
        supplierTaxId: '91500106MA5U0C102B',
      }),
    )
    expect(codesAt(procedure('refund').check(declared, particulars))).toEqual([
      '/particulars/tax/refund/invoices/1/item item-unknown',
      '/particulars/tax/refund/invoices/1/supplierTaxId supplier-is-taxpayer',
    ])
  })

  test('payment certificates of two entries, repeated, of nothing', () => {
    const { declared, particulars } = changed('payment-certificate-two-items', (_, asked) =>
      (asked['certificates'] as object[]).push(
        { number: '800620261000000457-L02', issueDate: '2026-11-26', amount: '0' },
        { number: '800620261000000999-L01', issueDate: '2026-11-26', amount: '1' },
        { number: '800620260000000457-L01', issueDate: '2026-11-26', amount: '1' },
      ),
    )
    expect(codesAt(procedure('payment-certificate').check(declared, particulars))).toEqual([
      '/particulars/tax/payment-certificate/certificates/2/number certificate-repeated',
      '/particulars/tax/payment-certificate/certificates/2/amount not-positive',
      '/particulars/tax/payment-certificate/certificates/3/number entry-number-differs',
      '/particulars/tax/payment-certificate/certificates/4/number certificate-number-invalid',
    ])
    expect(codesAt(procedure('payment-certificate').missing(declared, undefined))).toEqual([
      '/particulars/tax/payment-certificate/certificates missing',
    ])
  })

  test.each([
    ['0110', true],
    ['0615', true],
    ['0214', false],
    ['4561', false],
  ])('an export under supervision mode %s is claimed: %s', (mode, files) => {
    const { declared } = changed('refund-one-item', ({ goodsShipment }) => (goodsShipment.supervisionMode = mode))
    expect(procedure('refund').applies(declared).files).toBe(files)
    expect(procedure('payment-certificate').applies(declared)).toMatchObject({
      files: false,
      because: { zh: expect.stringContaining('出口') },
    })
  })
})

/** The filing that the golden replies of a procedure speak of. */
const filings: { readonly [procedure: string]: string } = {
  refund: 'YC26112100000000001A',
  'payment-certificate': 'YC26112100000000004A',
  amendment: 'YC26112100000000024A',
  cancellation: 'YC26112100000000025A',
}

describe('what the tax office answers', () => {
  test.each(Object.keys(tax.procedures))('%s: a golden reply for exactly the claimed statuses', (id) => {
    const statuses = replies(id).map(({ status }) => status ?? '')
    const claimed = statuses.filter((status) => status !== 'unrecognised' && !status.startsWith('hold-'))
    expect([...new Set(claimed)].sort()).toEqual([...procedure(id).statuses].sort())
    for (const { file, status } of replies(id)) {
      const [only, ...others] = said(read(`replies/${id}/${file}`)).map((one) => receipt.parse(one))
      expect(others).toEqual([])
      const hold = status?.startsWith('hold-') === true ? status.slice(5) : undefined
      expect(hold === undefined ? (only?.status ?? 'unrecognised') : only?.sets).toEqual(
        hold === undefined ? status : [hold],
      )
      expect(only?.references).toContainEqual({
        scheme: 'filing',
        value: filings[id],
      })
      expect(only?.at).toMatch(/\+08:00$/)
    }
  })

  test('a refusal at filing names every doubt', () => {
    const [refused] = said(read('replies/refund/filing-receipt.refused.json'))
    expect(refused).toMatchObject({
      status: 'refused',
      code: 'TX-2000',
      text: '存在错误级疑点，须更正后重新申报；YD-09 申报出口数量大于电子信息报关数量',
      details: { doubts: [{ code: 'YD-09', field: 'cksl' }] },
    })
  })

  test('an inquiry brings the receipt and every notice since, oldest first', () => {
    const document = (file: string) => JSON.parse(read(`replies/refund/${file}.json`)) as Record<string, unknown>
    const receiptSaid = document('filing-receipt.acknowledged')
    const state = {
      document: 'state',
      head: receiptSaid['head'],
      procedure: 'refund',
      receipt: receiptSaid,
      notices: [document('accepted.registered'), document('suspended.hold-suspended')],
    }
    expect(said(JSON.stringify(state)).map(({ status, sets }) => [status, sets])).toEqual([
      ['acknowledged', undefined],
      ['registered', undefined],
      ['in-review', ['suspended']],
    ])
  })

  test('a filing the office does not know brings no receipt', () => {
    expect(said('{"document":"error","code":"TX-4040","text":"查无此申报"}')).toEqual([])
  })

  test('a message number that stands for other content moves nothing', () => {
    const answer = JSON.parse(read('replies/refund/filing-receipt.refused.json')) as object
    const [conflict] = said(JSON.stringify({ ...answer, code: 'TX-4091', text: '报文编号已用于其他内容', doubts: [] }))
    expect(conflict).not.toHaveProperty('status')
    expect(conflict).toMatchObject({ code: 'TX-4091', text: '报文编号已用于其他内容' })
  })

  test('a code that says yes beside a flag that says no moves nothing', () => {
    const answer = JSON.parse(read('replies/refund/filing-receipt.acknowledged.json')) as object
    expect(said(JSON.stringify({ ...answer, accepted: 'N' }))[0]).not.toHaveProperty('status')
  })

  test.each([
    ['nothing', ''],
    ['HTML', '<html><body>502 Bad Gateway</body></html>'],
    ['another document', '{"document":"invoice"}'],
    ['JSON that is no document', '[]'],
    ['XML with a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    [
      'a receipt that names no filing',
      '{"document":"filing-receipt","head":{},"accepted":"N","code":"TX-1000","text":"报文不是合法的JSON"}',
    ],
    ['an error of its own', '{"document":"error","code":"TX-5000","text":"系统错误"}'],
  ])('%s is unintelligible', (_, body) => {
    expect(() => said(body)).toThrow(Unintelligible)
  })
})

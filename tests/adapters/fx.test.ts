import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { fx } from '../../adapters/fx/index.ts'
import { childOf, readXml, textOf } from '../../adapters/xml.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/fx/golden/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8')
const replies = (procedure: string) =>
  readdirSync(new URL(`replies/${procedure}/`, golden)).map((file) => ({ file, status: file.split('.').at(-2) }))

const reply = (body: string) => ({ status: 200, contentType: 'application/xml', body })
const said = (body: string) => fx.decode(reply(body))
const procedure = (id: string) => fx.procedures[id] as Procedure

/** A golden declaration with some of its particulars changed. */
function changed(
  name: string,
  change: (declared: ReturnType<typeof declaration.parse>, particulars: Record<string, unknown>) => void,
) {
  const declared = declaration.parse(JSON.parse(read(`${name}/declaration.json`)))
  const id = (JSON.parse(read(`${name}/submission.json`)) as { procedure: string }).procedure
  const particulars = structuredClone(declared.particulars?.['fx']?.[id]) as Record<string, unknown>
  change(declared, particulars)
  return { declared, particulars: procedure(id).particulars.parse(particulars) }
}

function submissionOf(
  name: string,
  change: Parameters<typeof changed>[1] = () => {},
): { id: string; submission: Submission } {
  const { procedure: id, ...rest } = JSON.parse(read(`${name}/submission.json`)) as { procedure: string }
  const { declared, particulars } = changed(name, change)
  return {
    id,
    submission: { ...(rest as Omit<Submission, 'declaration' | 'particulars'>), declaration: declared, particulars },
  }
}

const codesAt = (issues: readonly { pointer: string; code: string }[]) =>
  issues.map(({ pointer, code }) => `${pointer} ${code}`)

describe('what goes to the bank', () => {
  test.each(goldenCases('fx'))('$name: the golden bytes, twice the same', ({ procedure: id, submission, bytes }) => {
    const { declaration: declared, particulars } = submission
    expect(procedure(id).applies(declared).files).toBe(true)
    expect(procedure(id).missing(declared, particulars, submission)).toEqual([])
    expect(procedure(id).check(declared, particulars, submission)).toEqual([])
    expect(procedure(id).encode(submission).body).toBe(bytes)
    expect(procedure(id).encode(submission)).toEqual(procedure(id).encode(submission))
  })

  test('hostile text arrives as it was written', () => {
    const record = childOf(readXml(read('receipt-hostile-text/submit.xml')), 'Document', 'RctDcltn', 'REC')
    const { declared } = changed('receipt-hostile-text', () => {})
    expect(textOf(record, 'OPPUSER')).toBe(`(JW)${declared.goodsShipment.buyer?.name}`)
    expect(textOf(record, 'CRTUSER')).toBe(`<&>"'🚢]]>`)
  })

  test('a long name of goods is cut to the remark SAFE takes, never through a character', () => {
    const { submission } = submissionOf('receipt-one-item', ({ goodsShipment }) =>
      Object.assign(goodsShipment.items[0] ?? {}, { name: `x${'🚢'.repeat(40)}` }),
    )
    const record = childOf(readXml(procedure('receipt').encode(submission).body ?? ''), 'Document', 'RctDcltn', 'REC')
    expect(textOf(record, 'TXREM')).toBe(`x${'🚢'.repeat(23)}货款`)
  })

  test('a refund pays for no declaration', () => {
    const { submission } = submissionOf('receipt-one-item', (_, asked) => Object.assign(asked, { payType: 'R' }))
    expect(procedure('receipt').encode(submission).body).not.toContain('CUSTOMS')
  })

  test('a day of payment that has passed becomes the day it is sent', () => {
    const { submission } = submissionOf('payment-one-item', (_, { payment }) =>
      Object.assign(payment as object, { executionDate: '2026-11-01' }),
    )
    expect(procedure('payment').encode(submission).body).toContain('<Dt>2026-12-02</Dt>')
    expect(procedure('payment').encode(submission).body).not.toContain('2026-11-01')
  })

  test('a filing is asked for by our own number, the mailbox by its cursor', () => {
    const { submission } = submissionOf('payment-one-item')
    expect(procedure('payment').encodeInquiry(submission)).toEqual({
      method: 'GET',
      path: '/payments/YC26112100000000014A',
    })
    expect(fx.mailbox?.encode('17')).toEqual({ method: 'GET', path: '/mailbox?after=17&limit=50' })
  })
})

describe('what a filing waits for and what would be refused', () => {
  test('money that has not come yet: the filing waits for the credit advice', () => {
    const { declared } = changed('receipt-one-item', ({ goodsShipment }) => {
      delete goodsShipment.buyer
      delete goodsShipment.consignee
    })
    expect(codesAt(procedure('receipt').missing(declared, undefined))).toEqual([
      '/particulars/fx/receipt/advice missing',
      '/particulars/fx/receipt/contact missing',
      '/particulars/fx/receipt/counterparty/name missing',
    ])
  })

  test('money in CNY for goods in USD: its purpose, and how much of the declaration it pays', () => {
    const { declared, particulars } = changed('receipt-hostile-text', (_, asked) => {
      delete asked['purpose']
      delete asked['usedAmount']
    })
    expect(codesAt(procedure('receipt').missing(declared, particulars))).toEqual([
      '/particulars/fx/receipt/purpose missing',
      '/particulars/fx/receipt/usedAmount missing',
    ])
  })

  test('every fault of a receipt is found at once', () => {
    const { declared, particulars } = changed('receipt-one-item', (_, asked) => {
      Object.assign(asked['advice'] as object, { reportNumber: '500000000101261301N001' })
      Object.assign(asked, {
        transactionCode: '121999',
        second: { transactionCode: '121999', amount: '150000', remark: 'x' },
        purpose: 'CGODDR',
        usedAmount: '150000.01',
        otherDeclarations: [{ entryNumber: '801420261000000123', currency: 'USD', amount: '1', usedAmount: '0' }],
      })
    })
    expect(codesAt(procedure('receipt').check(declared, particulars))).toEqual([
      '/particulars/fx/receipt/advice/reportNumber report-number-invalid',
      '/particulars/fx/receipt/purpose purpose-not-cny',
      '/particulars/fx/receipt/transactionCode transaction-code-unknown',
      '/particulars/fx/receipt/second/transactionCode transaction-code-unknown',
      '/particulars/fx/receipt/second/transactionCode transaction-codes-equal',
      '/particulars/fx/receipt/second/amount amount-split-invalid',
      '/particulars/fx/receipt/transactionCode transaction-code-differs',
      '/particulars/fx/receipt/usedAmount used-above-declared',
      '/particulars/fx/receipt/otherDeclarations/0/usedAmount not-positive',
      '/particulars/fx/receipt/otherDeclarations/0/entryNumber entry-direction-differs',
    ])
  })

  test('every fault of a payment is found at once', () => {
    const { declared, particulars } = changed('payment-two-items', ({ goodsShipment }, asked) => {
      goodsShipment.contractNumber = 'C'.repeat(21)
      goodsShipment.invoice = { id: 'I'.repeat(36) }
      Object.assign(asked['payment'] as object, { accountCurrency: 'EUR', bank: 'DBSSSGSG' })
      Object.assign(asked, {
        usedAmount: '100000',
        counterparty: { countryCode: 'CN' },
        second: { transactionCode: '622011', amount: '5', remark: 'x' },
      })
    })
    expect(codesAt(procedure('payment').check(declared, particulars))).toEqual([
      '/particulars/fx/payment/payment/accountCurrency account-currency-differs',
      '/particulars/fx/payment/payment/bank bank-not-in-china',
      '/particulars/fx/payment/counterparty/countryCode payee-in-china',
      '/goodsShipment/contractNumber too-long',
      '/goodsShipment/invoice/id too-long',
      '/particulars/fx/payment/second/transactionCode registration-missing',
      '/particulars/fx/payment/otherDeclarations declarations-differ',
    ])
  })

  test('a payment without contract, invoice and order waits for all three', () => {
    const { declared } = changed('payment-one-item', ({ goodsShipment }) => {
      delete goodsShipment.contractNumber
      delete goodsShipment.invoice
    })
    expect(codesAt(procedure('payment').missing(declared, undefined))).toEqual([
      '/particulars/fx/payment/payment missing',
      '/particulars/fx/payment/contact missing',
      '/goodsShipment/contractNumber missing',
      '/goodsShipment/invoice/id missing',
    ])
  })

  test.each([
    ['0110', true],
    ['3612', false],
  ])('an import under supervision mode %s is paid: %s', (mode, files) => {
    const { declared } = changed('payment-one-item', ({ goodsShipment }) => (goodsShipment.supervisionMode = mode))
    expect(procedure('payment').applies(declared).files).toBe(files)
    expect(procedure('receipt').applies(declared).files).toBe(false)
  })
})

/** The filing that the golden replies of a procedure speak of. */
const filings: { readonly [procedure: string]: string } = {
  receipt: 'YC26112100000000011A',
  payment: 'YC26112100000000014A',
  amendment: 'YC26112100000000035A',
  cancellation: 'YC26112100000000037A',
}

describe('what the bank answers', () => {
  test.each(Object.keys(fx.procedures))('%s: a golden reply for exactly the claimed statuses', (id) => {
    const claimed = replies(id).flatMap(({ status = '' }) =>
      status === 'unrecognised' || status.startsWith('hold-') ? [] : [status],
    )
    expect([...new Set(claimed)].sort()).toEqual([...procedure(id).statuses].sort())
    for (const { file, status } of replies(id)) {
      const [only, ...others] = said(read(`replies/${id}/${file}`)).map((one) => receipt.parse(one))
      const hold = status?.startsWith('hold-') === true ? status.slice(5) : undefined
      expect(others).toEqual([])
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

  test('a refusal names every fault, its element and its code', () => {
    const [refused] = said(read('replies/payment/rjct.refused.xml'))
    expect(refused?.details?.['reasons']).toEqual([
      { reason: 'AC01', code: 'FX-111', element: 'DbtrAcct', text: '账号或账户币种错误' },
      {
        reason: 'RR04',
        code: 'FX-202',
        element: 'CUSTOMS/CUSTOM[1]/OFFAMT',
        text: '本次核注金额超过报关单剩余可核注金额',
      },
    ])
  })

  test('every name in a receipt is returned', () => {
    expect(said(read('replies/payment/return.reversed.xml'))[0]?.references).toEqual([
      { scheme: 'filing', value: 'YC26112100000000014A' },
      { scheme: 'return-number', value: 'R500020261204000002' },
      { scheme: 'message', value: 'YC26112100000000014A-1' },
      { scheme: 'bank-reference', value: 'F500020261202000002' },
      { scheme: 'report-number', value: '500000000101261202A001' },
    ])
  })

  test('money released from the verification account lifts the hold', () => {
    const released = read('replies/receipt/pdng.hold-suspended.xml')
      .replaceAll('PDNG', 'ACSP')
      .replace('HELD_IN_VERIFICATION_ACCOUNT', 'RELEASED')
    expect(said(released)[0]).toMatchObject({ status: 'in-review', lifts: ['suspended'] })
  })

  test('a filing the bank does not know brings no receipt', () => {
    const unknown = read('replies/payment/rjct.refused.xml').replace(
      'FX-111|DbtrAcct|账号或账户币种错误',
      'FX-404||查无此笔业务',
    )
    expect(said(unknown)).toEqual([])
  })

  test('a message number that stands for other content moves nothing', () => {
    const conflict = read('replies/payment/rjct.refused.xml').replace('FX-111|', 'FX-901|')
    expect(said(conflict)[0]).not.toHaveProperty('status')
    expect(said(conflict)[0]).toMatchObject({ code: 'RJCT' })
  })
})

describe("SAFE's batch", () => {
  const refused = read('replies/receipt/safe-record-error.refused.xml')

  test('a file the control receipt does not list was accepted', () => {
    expect(said(read('replies/payment/safe-accepted.closed.xml'))[0]).toMatchObject({
      status: 'closed',
      code: 'NO_ERR',
    })
    const others = refused
      .replaceAll('BOPG50000000000120261202000001', 'BOPG50000000000120261202000002')
      .replace(/(<Sent>\w+)2\.xml/, '$11.xml')
    expect(said(others)[0]).toMatchObject({ status: 'closed' })
  })

  test('a listed file refuses only the records it names', () => {
    expect(said(refused)[0]).toMatchObject({
      status: 'refused',
      code: 'REC_ERR',
      details: { recordFaults: [{ field: 'TXREM', name: '交易附言1', text: '交易附言与交易编码不符' }] },
    })
    const another = refused.replace('<REC><RPTNO>500000000101261201N001', '<REC><RPTNO>500000000101261201N009')
    expect(said(another)[0]).toMatchObject({ status: 'closed' })
  })

  test('a format error refuses every record of the file', () => {
    const format = refused.replace(
      '<FORMATERRS>0</FORMATERRS><FORMATS/>',
      '<FORMATERRS>1</FORMATERRS><FORMATS><FORMAT>文件格式错误</FORMAT></FORMATS>',
    )
    expect(said(format)[0]).toMatchObject({ status: 'refused', code: 'FORMAT_ERR', text: '文件格式错误' })
  })

  test.each([
    ['no file sent', (text: string) => text.replace(/ {2}<Sent>.*<\/Sent>\n/, '')],
    ['no control receipt', (text: string) => text.replace(/ {2}<File [\s\S]*<\/File>\n/, '')],
    ['a miscounted control receipt', (text: string) => text.replace('<TOTALFILES>1', '<TOTALFILES>2')],
    ['a listed file without its result', (text: string) => text.replace(/ {2}<File name="BOPG[\s\S]*?<\/File>\n/, '')],
    ['another application', (text: string) => text.replaceAll('<APPTYPE>BOP', '<APPTYPE>JSH')],
    [
      'a control receipt that is HTML',
      (text: string) => text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/, '<![CDATA[<html></html>]]>'),
    ],
  ])('%s is never taken for a yes', (_, spoil) => {
    expect(spoil(refused)).not.toBe(refused)
    expect(() => said(spoil(refused))).toThrow(Unintelligible)
  })
})

describe('the mailbox', () => {
  const deliveries = ['receipt/acsp.in-review', 'receipt/safe-record-error.refused', 'payment/return.reversed'].map(
    (file) => read(`replies/${file}.xml`).trim(),
  )
  const page = (inside: string, last = '7') =>
    reply(
      `<Mailbox xmlns="urn:x-bankfront:xsd:mailbox.001" after="0" last="${last}" more="false">\n${inside}\n</Mailbox>`,
    )

  test('a page holds each delivery byte for byte, with what it says', () => {
    const { documents, cursor } = fx.mailbox?.decode(page(deliveries.join('\n')), '0') ?? { documents: [], cursor: '' }
    expect(cursor).toBe('7')
    expect(documents.map(({ body }) => body)).toEqual(deliveries)
    expect(documents.flatMap(({ receipts }) => receipts.map(({ status }) => status))).toEqual([
      'in-review',
      'refused',
      'reversed',
    ])
    expect(documents.map(({ body }) => said(body))).toEqual(documents.map(({ receipts }) => receipts))
  })

  test('nonsense in one delivery does not close the mailbox for the others', () => {
    const spoiled = deliveries[0]?.replace('<TxSts>ACSP</TxSts>', '').replace('<GrpSts>ACSP</GrpSts>', '')
    const { documents } = fx.mailbox?.decode(page(`${spoiled}${deliveries[2]}`), '0') ?? { documents: [] }
    expect(documents.map(({ unintelligible }) => unintelligible)).toEqual([
      'A status report without a status',
      undefined,
    ])
    expect(documents.map(({ receipts }) => receipts.length)).toEqual([0, 1])
  })

  test('a delivery of a kind not known is kept and moves nothing', () => {
    const notice = deliveries[0]?.replace('<Kind>STATUS', '<Kind>NOTICE') ?? ''
    expect(said(notice)).toMatchObject([{ code: 'NOTICE' }])
    expect(said(notice)[0]).not.toHaveProperty('status')
  })

  test('an empty mailbox keeps its cursor', () => {
    expect(fx.mailbox?.decode(page('', '3'), '3')).toEqual({ documents: [], cursor: '3' })
  })
})

test.each([
  ['nothing', ''],
  ['HTML', '<html><body>502 Bad Gateway</body></html>'],
  ['another root', '<Envelope/>'],
  ['our own order', read('payment-one-item/submit.xml')],
  ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>'],
  [
    'a refusal that names no filing',
    '<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>',
  ],
])('%s is unintelligible, as an answer and as a mailbox', (_, body) => {
  expect(() => said(body)).toThrow(Unintelligible)
  expect(() => fx.mailbox?.decode(reply(body), '0')).toThrow(Unintelligible)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, Procedure, Standing } from '../../adapters/adapter.ts'
import { fx } from '../../adapters/fx/index.ts'
import type { PaymentParticulars, ReceiptParticulars } from '../../adapters/fx/particulars.ts'
import { addWorkdays } from '../../adapters/fx/workdays.ts'
import { childOf, childrenOf, readXml, textOf } from '../../adapters/xml.ts'
import { goldenCases, goldenReplies } from '../../conformance/adapter/goldens.ts'

const procedure = (id: string) => fx.procedures[id] as Procedure
const cases = goldenCases('fx')

/** A golden submission, as anybody may change it. */
function golden(name: string) {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return structuredClone(found.submission)
}

/** A golden change with something else about it: how the filing stands, why, or what it is to become. */
function changed(name: string, change: Partial<Change> = {}, after: object = {}) {
  const submission = golden(name)
  const given = submission.change as Change
  const becomes =
    given.after === undefined
      ? {}
      : { after: { ...given.after, particulars: { ...(given.after.particulars as object), ...after } } }
  return { ...submission, change: { ...given, ...change, ...becomes } }
}

const problems = (submission: ReturnType<typeof changed>, id: string) => {
  const { declaration, particulars, change } = submission
  const about = { change }
  return [
    ...procedure(id).missing(declaration, particulars, about),
    ...procedure(id).check(declaration, particulars, about),
  ].map(({ pointer, code }) => `${pointer.replace('/particulars/fx/', '')} ${code}`)
}
const recordOf = (body: string | undefined) => childOf(readXml(body ?? ''), 'Document', 'RcrdChg', 'REC')

describe('an amendment', () => {
  test('names the filing by its numbers, itself by another, and says why', () => {
    const body = procedure('amendment').encode(golden('amendment-receipt')).body ?? ''
    const change = childOf(readXml(body), 'Document', 'RcrdChg')
    expect(textOf(change, 'GrpHdr', 'OurRef')).toBe('YC26112100000000035A')
    expect(['OrgnlRef', 'AcctSvcrRef', 'RPTNO'].map((name) => textOf(change, 'Orgnl', name))).toEqual([
      'YC26112100000000011A',
      'F500020261202000001',
      '500000000101261201N001',
    ])
    expect(['ACTIONTYPE', 'ACTIONDESC'].map((name) => textOf(recordOf(body), name))).toEqual(['C', '部分款项为海运费'])
    expect(() => procedure('amendment').encode(changed('amendment-receipt', { references: [] }))).toThrow(
      'fx has given no bank-reference yet',
    )
  })

  test('takes contact and reason from the filing and the change where it says none', () => {
    const submission = { ...golden('amendment-receipt'), particulars: undefined }
    expect(problems({ ...changed('amendment-receipt'), particulars: undefined }, 'amendment')).toEqual([])
    const record = recordOf(procedure('amendment').encode(submission).body)
    expect(['ACTIONDESC', 'CRTUSER', 'INPTELC'].map((name) => textOf(record, name))).toEqual([
      'Part of the money is freight',
      '张三',
      '02360000000',
    ])
  })

  const advice = (more: object) => {
    const { particulars } = (golden('amendment-receipt').change as Change).before
    return { advice: { ...(particulars as ReceiptParticulars).advice, ...more } }
  }
  test.each([
    ['the amount', advice({ amount: '149000.00' }), 'receipt/advice not-amendable'],
    ['the account', advice({ account: '50001234567890123457' }), 'receipt/advice not-amendable'],
    ['the method', { method: 'L' }, 'receipt/method not-amendable'],
    ['the other side', { counterparty: { name: 'EXAMPLE FINANCE LTD' } }, 'receipt/counterparty/name not-amendable'],
    [
      'its residence in China',
      { counterparty: { nonResidentInChina: true } },
      'receipt/counterparty/name not-amendable',
    ],
  ])('leaves the bank’s base data alone: %s', (_, after, expected) => {
    expect(problems(changed('amendment-receipt', {}, after), 'amendment')).toContain(expected)
  })

  test.each([
    ['the same amount written otherwise', advice({ amount: '150000' })],
    ['transaction and remark', { remark: '货款' }],
    ['nature and registration', { payType: 'A', registrationNumber: 'CQ2026001' }],
    ['the country', { counterparty: { countryCode: 'HK' } }],
  ])('may change what the enterprise declares: %s', (_, after) => {
    expect(problems(changed('amendment-receipt', {}, after), 'amendment')).toEqual([])
  })

  test('of another enterprise is none', () => {
    const submission = changed('amendment-receipt')
    Object.assign(submission.declaration.goodsShipment, {
      exporter: { id: '91500105MA5U0E300G', name: '重庆样例新能源汽车有限公司' },
    })
    expect(problems(submission, 'amendment')).toEqual([
      '/goodsShipment/exporter/id not-amendable',
      '/goodsShipment/exporter/name not-amendable',
    ])
  })

  test('is looked at as the filing itself is, but may leave a payment worth more than its declarations', () => {
    const second = { transactionCode: '121010', amount: '0', remark: 'x' }
    expect(problems(changed('amendment-receipt', {}, { second }), 'amendment')).toEqual([
      'receipt/second/transactionCode transaction-codes-equal',
      'receipt/second/amount amount-split-invalid',
    ])
    const { particulars } = (golden('amendment-payment').change as Change).before
    const payment = { ...(particulars as PaymentParticulars).payment, amount: '150000.00' }
    const before = {
      declaration: golden('payment-one-item').declaration,
      particulars: { ...(particulars as object), payment },
    }
    expect(problems(changed('amendment-payment', { before }, { payment }), 'amendment')).toEqual([])
  })

  test('of a price that customs lowered uses no more of the declaration than is left', () => {
    const customs = childrenOf(
      childOf(
        readXml(procedure('amendment').encode(golden('amendment-payment')).body ?? ''),
        'Document',
        'RcrdChg',
        'CUSTOMS',
      ),
      'CUSTOM',
    )
    expect(customs.map((row) => [textOf(row, 'CUSTAMT'), textOf(row, 'OFFAMT')])).toEqual([['93100.00', '93100.00']])
  })

  test('splits the money so that the parts always make the whole', () => {
    const part = fc.tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }), fc.nat())
    fc.assert(
      fc.property(part, ([units, cents, share]) => {
        const amount = `${units + 1}.${String(cents).padStart(2, '0')}`
        const second = { transactionCode: '222011', amount: String((share % units) + 1), remark: '海运费' }
        const submission = changed('amendment-receipt', {}, { ...advice({ amount }), second })
        const record = recordOf(procedure('amendment').encode(submission).body)
        const parts = ['TC1AMT', 'TC2AMT'].map((name) => Number(textOf(record, name)))
        expect(parts.reduce((sum, one) => sum + one, 0)).toBe(units + 1 + (cents >= 50 ? 1 : 0))
        expect(Math.min(...parts)).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a deletion', () => {
  test('has nothing of the record but the action, the reason and who asks', () => {
    const record = recordOf(procedure('cancellation').encode(golden('cancellation-payment')).body)
    expect(Object.keys(record)).toEqual(['ACTIONTYPE', 'ACTIONDESC', 'CRTUSER', 'INPTELC', 'RPTDATE'])
    expect(textOf(record, 'ACTIONTYPE')).toBe('D')
  })

  test('is the bank’s to decide, whatever became of the money meanwhile', () => {
    for (const name of ['cancellation-payment', 'cancellation-receipt'])
      for (const status of ['acknowledged', 'in-review', 'closed'] as const)
        expect(problems(changed(name, { status }), 'cancellation')).toEqual([])
  })

  test('of what came back already is none', () => {
    for (const [name, id, code] of [
      ['cancellation-receipt', 'cancellation', 'receipt not-cancellable'],
      ['amendment-receipt', 'amendment', 'receipt not-amendable'],
    ] as const)
      expect(problems(changed(name, { status: 'reversed' }), id)).toEqual([code])
  })

  test('with a reason too long for SAFE asks for a shorter one', () => {
    const submission = changed('cancellation-receipt', { reason: '长'.repeat(129) })
    expect(problems({ ...submission, particulars: undefined }, 'cancellation')).toEqual([
      'cancellation/description too-long',
    ])
    expect(problems(submission, 'cancellation')).toEqual([])
  })
})

describe('what the bank answers to a change', () => {
  const replies = goldenReplies('fx').filter(({ procedure: id }) => id === 'amendment' || id === 'cancellation')

  test.each(replies)('$name names the change alone, never what it changes', ({ contentType, body }) => {
    const [receipt] = fx.decode({ status: 200, contentType, body })
    const schemes = new Set(receipt?.references.map(({ scheme }) => scheme))
    expect([...schemes.difference(new Set(['filing', 'message', 'change-number']))]).toEqual([])
    expect(receipt?.references.map(({ value }) => value).filter((value) => /^(F5|\d{12})/.test(value))).toEqual([])
  })

  test('a declaration that shrank sets a hold under the names of the filing, and its settlement lifts it', () => {
    const asked = goldenReplies('fx').find(({ name }) => name === 'payment/pdng.hold-supplement.xml')
    const body = asked?.body ?? ''
    expect(fx.decode({ status: 200, contentType: '', body })[0]).toMatchObject({
      status: 'in-review',
      sets: ['supplement'],
    })
    const settled = body.replaceAll('PDNG', 'ACSC').replace('DECLARATION_CHANGED', 'DECLARATION_MATCHED')
    expect(fx.decode({ status: 200, contentType: '', body: settled })[0]?.lifts).toContain('supplement')
  })
})

describe('money received is declared in time', () => {
  const due = (bookedOn: string | undefined, status: Standing['status'] = 'waiting') => {
    const { declaration, particulars } = golden('receipt-one-item')
    const { advice, ...rest } = particulars as ReceiptParticulars
    const said = bookedOn === undefined ? rest : { ...rest, advice: { ...advice, bookedOn } }
    const standing: Standing = { declaration, particulars: said, status, references: [], receipts: [] }
    return (procedure('receipt').deadlines?.(standing) ?? []).map(({ remindAt, dueAt }) => [remindAt, dueAt])
  }

  test.each([
    ['over a weekend', '2026-12-01', '2026-12-04T15:59:59.000Z', '2026-12-08T15:59:59.000Z'],
    [
      'over the National Day week and its make-up Saturday',
      '2026-09-30',
      '2026-10-10T15:59:59.000Z',
      '2026-10-13T15:59:59.000Z',
    ],
    ['with a Sunday that is worked', '2026-09-18', '2026-09-22T15:59:59.000Z', '2026-09-24T15:59:59.000Z'],
  ])('within 5 workdays %s', (_, bookedOn, remindAt, dueAt) => {
    expect(due(bookedOn)).toEqual([[remindAt, dueAt]])
  })

  test('as long as the bank does not have it, and again after a refusal', () => {
    expect(due('2026-12-01', 'refused')).toHaveLength(1)
    for (const status of ['acknowledged', 'in-review', 'closed', 'withdrawn', 'reversed'] as const)
      expect(due('2026-12-01', status)).toEqual([])
    expect(due(undefined)).toEqual([])
  })

  test('workdays back and forth meet', () => {
    expect(addWorkdays(addWorkdays('2026-09-30', 5), -5)).toBe('2026-09-30')
  })
})

test('both may be filed again: a second payment, a further receipt of the same declaration', () => {
  for (const id of ['receipt', 'payment']) expect(procedure(id).onRequest).toBe('also')
  for (const [part, further] of [
    ['payment-part', 'payment-further'],
    ['receipt-part', 'receipt-further'],
  ] as const) {
    const used = [part, further].map((name) => {
      const body = procedure(name.split('-')[0] ?? '').encode(golden(name)).body ?? ''
      return Number(/<OFFAMT>([\d.]+)</.exec(body)?.[1])
    })
    const declared = golden(part).declaration.goodsShipment.items[0]?.totalPrice
    expect(used.reduce((sum, one) => sum + one, 0)).toBe(Number(declared))
  }
})

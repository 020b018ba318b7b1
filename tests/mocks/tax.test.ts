import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../mocks/tax/outcomes.ts'
import { addWorkdays, isWorkday } from '../../mocks/tax/time.ts'
import { certificates, claim, office, paidCourse } from './tax-office.ts'

describe('a claim', () => {
  test('is taken, decided within the class’s workdays and paid', async () => {
    const { claim: hand, pass, notices, statuses, effects } = office(0.999)
    const { status, receipt } = await hand(claim())
    expect(status).toBe(200)
    expect(receipt).toMatchObject({ accepted: 'Y', code: 'TX-0000', slbh: 'T500020261202000001', doubts: [] })
    pass(60)
    expect(statuses()).toEqual(paidCourse)
    expect(notices[0]?.fields).toEqual({ fllb: '2', bjqx: '2026-12-16' })
    expect(notices[2]?.head.issuedAt).toBe('2026-12-16T17:00:00+08:00')
    expect(new Set(notices.map(({ noticeId }) => noticeId)).size).toBe(notices.length)
    expect(notices.at(-1)?.ends).toBe('closed')
    expect(effects).toHaveLength(2)
  })

  test('sent twice has one effect and one answer', async () => {
    const { claim: hand, pass, notices, effects } = office()
    const first = await hand(claim())
    const second = await hand(claim())
    expect(second).toEqual(first)
    pass(60)
    expect(notices).toHaveLength(paidCourse.length)
    expect(effects).toHaveLength(2)
  })

  test('is refused when its numbers contradict an earlier document', async () => {
    const { claim: hand, effects } = office()
    await hand(claim())
    const other = { ...claim(), taxpayer: { nsrsbh: '91500106MA5U0C102B', nsrmc: '重庆样例电脑有限公司' } }
    expect(await hand(other)).toMatchObject({ status: 409, receipt: { code: 'TX-4091', accepted: 'N' } })
    expect(await hand(claim({ messageId: 'B2' }))).toMatchObject({ status: 409, receipt: { code: 'TX-4092' } })
    expect(effects).toHaveLength(1)
  })

  test('may not claim an entry or an invoice another standing claim has', async () => {
    const { claim: hand } = office()
    await hand(claim())
    const { receipt } = await hand(claim({ reference: 'YC2' }))
    expect(receipt.doubts.map(({ code }) => code)).toEqual(['YD-02', 'YD-07'])
  })

  test('of class 4 brings proof of collection', async () => {
    const { claim: hand, pass, notices } = office()
    const trader = 'EV-T.CLASS4'
    expect((await hand(claim({ trader }))).receipt.doubts).toMatchObject([{ code: 'YD-24', level: 'E' }])
    const collected = claim({ trader, messageId: 'B2' })
    collected.shqk.push({
      ckbgdh: '800720260000000123001',
      shrq: '2026-11-30',
      shpzh: 'SH1',
      shbz: 'USD',
      shje: '150000.00',
      fhr: 'EXAMPLE MOTORS PTE LTD',
    })
    expect((await hand(collected)).receipt.accepted).toBe('Y')
    pass(60)
    expect(notices[0]?.fields).toMatchObject({ fllb: '4', bjqx: '2026-12-30' })
  })

  test('with hints and warnings alone is taken', async () => {
    const document = claim()
    document.ckmx[0] = {
      ...(document.ckmx[0] as (typeof document.ckmx)[0]),
      rmblaj: '1500000.00',
      ckbgdh: '801320260000000123001',
    }
    const { receipt } = await office(0).claim(document)
    expect(receipt).toMatchObject({ accepted: 'Y', code: 'TX-0001' })
    expect(receipt.doubts.map(({ code, level }) => code + level)).toEqual(['YD-12W', 'YD-04', 'YD-15'])
  })

  test('can be asked for by our number', async () => {
    const { claim: hand, pass, inquire } = office()
    expect(await inquire('/refunds/YC26112100000001')).toMatchObject({ status: 404 })
    await hand(claim())
    pass(1)
    const { status, body } = await inquire('/refunds/YC26112100000001')
    expect(status).toBe(200)
    expect(body.receipt?.accepted).toBe('Y')
    expect(body.notices?.map(({ status }) => status)).toEqual(['ACCEPTED', 'IN_REVIEW'])
    expect((await inquire('/payment-certificates/YC26112100000001')).status).toBe(404)
  })
})

test('the published examples are taken', async () => {
  const specification = readFileSync(new URL('../../mocks/tax/specification.md', import.meta.url), 'utf8')
  const examples = [...specification.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json)
  const [published = '', paid = ''] = examples.filter((json) => json.includes('"submittedAt"'))
  const { claim: hand, certificates: handCertificates } = office()
  expect((await hand(published)).receipt.doubts).toMatchObject([{ code: 'YD-13', level: '' }])
  expect((await handCertificates(paid)).receipt.code).toBe('TX-0000')
})

describe('what the office turns away', () => {
  const folder = new URL('../../mocks/tax/refused/', import.meta.url)
  test.each(readdirSync(folder))('%s', async (name) => {
    const [code = '', procedure = ''] = name.split('.')
    const hand = office()
    const doors: { readonly [procedure: string]: typeof hand.claim } = {
      refund: hand.claim,
      'payment-certificate': hand.certificates,
      amendment: hand.amend,
      cancellation: hand.withdraw,
    }
    const { status, receipt } = await doors[procedure]!(readFileSync(new URL(name, folder), 'utf8'))
    expect(status).toBe(200)
    if (code.startsWith('TX-')) expect(receipt).toMatchObject({ accepted: 'N', code })
    else {
      expect(receipt).toMatchObject({ accepted: 'N', code: code === 'YD-00' ? 'TX-1001' : 'TX-2000' })
      expect(receipt.doubts.filter(({ level }) => level === 'E').map((doubt) => doubt.code)).toContain(code)
    }
    hand.pass(60)
    expect([hand.notices, hand.effects]).toEqual([[], []])
  })

  test('what is not JSON', async () => {
    expect(await office().claim('<claim/>')).toMatchObject({ status: 400, receipt: { code: 'TX-1000' } })
  })

  test('a refused document may be corrected and sent again', async () => {
    const { claim: hand, pass, statuses } = office()
    const wrong = claim()
    wrong.sbb.sqtse = '1.00'
    expect((await hand(wrong)).receipt.code).toBe('TX-2000')
    expect((await hand(claim({ messageId: 'B2' }))).receipt.accepted).toBe('Y')
    pass(60)
    expect(statuses()).toEqual(paidCourse)
  })
})

describe('outcomes of a claim', () => {
  const expected: Record<string, { receipt: 'Y' | 'N'; notices: string[]; again?: 'Y' | 'N' }> = {
    DOUBT: { receipt: 'N', notices: [], again: 'Y' },
    NODATA: { receipt: 'N', notices: [], again: 'Y' },
    WARN: {
      receipt: 'Y',
      notices: ['ACCEPTED', 'IN_REVIEW', 'DOUBT_FEEDBACK', 'DOUBT_SETTLED', ...paidCourse.slice(2)],
    },
    LETTER: {
      receipt: 'Y',
      notices: ['ACCEPTED', 'IN_REVIEW', 'SUPPLIER_LETTER', 'SUPPLIER_LETTER_REPLIED', ...paidCourse.slice(2)],
    },
    SUSPEND: { receipt: 'Y', notices: ['ACCEPTED', 'IN_REVIEW', 'SUSPENDED', 'RESUMED', ...paidCourse.slice(2)] },
    NOTHANDLED: { receipt: 'Y', notices: ['ACCEPTED', 'NOT_HANDLED'], again: 'Y' },
    NOTREFUNDABLE: { receipt: 'Y', notices: ['ACCEPTED', 'IN_REVIEW', 'NOT_REFUNDABLE'], again: 'Y' },
    CLAWBACK: { receipt: 'Y', notices: [...paidCourse, 'CLAWED_BACK', 'REPAID'] },
    CLASS4: { receipt: 'N', notices: [] },
    UNKNOWN: { receipt: 'Y', notices: ['ACCEPTED', 'ZX-907', ...paidCourse.slice(1)] },
    NEVER: { receipt: 'Y', notices: [] },
  }
  test('every row is shown', () => {
    expect(Object.keys(expected).sort()).toEqual(
      outcomes
        .filter(({ procedure }) => procedure === 'refund')
        .map(({ magic }) => magic)
        .sort(),
    )
  })
  test.each(Object.entries(expected))('%s', async (magic, { receipt, notices, again }) => {
    const { claim: hand, pass, statuses } = office()
    const trader = `EV1-T.${magic}`
    expect((await hand(claim({ trader }))).receipt.accepted).toBe(receipt)
    pass(120)
    expect(statuses()).toEqual(notices)
    if (again === undefined) return
    expect((await hand(claim({ trader, messageId: 'B2' }))).receipt.accepted).toBe(again)
    pass(120)
    expect(statuses().slice(notices.length)).toEqual(magic === 'NOTREFUNDABLE' ? notices : paidCourse)
  })
})

describe('payment certificates', () => {
  const expected: Record<string, { notices: string[]; again?: true }> = {
    MISMATCH: { notices: ['COMPARING', 'MISMATCHED'], again: true },
    NOTFOUND: { notices: ['COMPARING', 'NOT_FOUND'], again: true },
    RETAINED: { notices: ['COMPARING', 'RETAINED', 'MATCHED', 'DEDUCTIBLE'] },
    UNKNOWN: { notices: ['COMPARING', 'ZX-907', 'MATCHED', 'DEDUCTIBLE'] },
    NEVER: { notices: [] },
  }
  test('every row is shown', () => {
    expect(Object.keys(expected).sort()).toEqual(
      outcomes
        .filter(({ procedure }) => procedure === 'payment-certificate')
        .map(({ magic }) => magic)
        .sort(),
    )
  })
  test.each(Object.entries(expected))('%s', async (magic, { notices, again }) => {
    const { certificates: hand, pass, statuses } = office()
    const trader = `BEEF-T.${magic}`
    expect((await hand(certificates({ trader }))).receipt.code).toBe('TX-0000')
    pass(10)
    expect(statuses()).toEqual(notices)
    if (again === undefined) return
    await hand(certificates({ trader, messageId: 'B2' }))
    pass(10)
    expect(statuses().slice(notices.length)).toEqual(['COMPARING', 'MATCHED', 'DEDUCTIBLE'])
  })

  test('are compared at night and then deductible; the same one by another filing is a duplicate', async () => {
    const { certificates: hand, pass, notices, effects } = office()
    await hand(certificates())
    await hand(certificates({ reference: 'YC3' }))
    pass(10)
    expect(notices.map(({ head, status }) => `${head.ourReference} ${status}`)).toEqual([
      'YC26112100000002 COMPARING',
      'YC3 COMPARING',
      'YC26112100000002 MATCHED',
      'YC3 DUPLICATED',
      'YC26112100000002 DEDUCTIBLE',
    ])
    expect(notices[2]?.head.issuedAt).toBe('2026-12-03T02:00:00+08:00')
    expect(effects.filter((effect) => effect.includes('deductible'))).toHaveLength(1)
  })
})

test('workdays know holidays and make-up days, whatever zone the process runs in', () => {
  expect(isWorkday('2026-10-10')).toBe(true) // a Saturday worked for the National Day week
  expect(isWorkday('2026-10-05')).toBe(false)
  expect(addWorkdays('2026-09-30', 1)).toBe('2026-10-08')
})

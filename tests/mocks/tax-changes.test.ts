import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLedger } from '../../mocks/tax/ledger.ts'
import { outcomes } from '../../mocks/tax/outcomes.ts'
import { certificates, claim, office, paidCourse } from './tax-office.ts'

const original = 'YC26112100000001'

/** An application to change the filing that was handed in first. */
function change(
  given: { reference?: string; of?: string; slbh?: string; trader?: string; taxpayer?: string } = {},
): Record<string, unknown> {
  const { reference = 'YC9', of = original, slbh = 'T500020261202000001', trader = 'EV-2026-31' } = given
  return {
    head: {
      ourReference: reference,
      messageId: `${reference}-1`,
      traderReference: trader,
      submittedAt: '2026-12-02T14:00:00+08:00',
    },
    taxpayer: { nsrsbh: given.taxpayer ?? '91500105MA5U0E300G', nsrmc: '重庆样例新能源汽车有限公司' },
    bg: { ysbbh: of, yslbh: slbh, bgyy: '发票开具有误', jbr: '张三', lxdh: '' },
  }
}

/** The claim's content with half the money, under the head of a change. */
function corrected(given: Parameters<typeof change>[0] = {}): Record<string, unknown> {
  const { sbb, ckmx, jhmx, shqk } = claim()
  const halved = jhmx.map((row) => ({ ...row, jsje: '450000.00', zsse: '58500.00', tse: '58500.00' }))
  return { ...change(given), sbb: { ...sbb, sqtse: '58500.00' }, ckmx, jhmx: halved, shqk }
}

const wordsOf = (notices: readonly { head: { ourReference: string }; status: string }[], reference: string) =>
  notices.filter(({ head }) => head.ourReference === reference).map(({ status }) => status)

describe('a withdrawal', () => {
  test('of a claim not yet approved ends it under its own names and frees what it used', async () => {
    const { claim: hand, withdraw, pass, notices, inquire, effects } = office()
    await hand(claim())
    const { status, receipt } = await withdraw(change())
    expect([status, receipt.code, receipt.bgbh, receipt.slbh]).toEqual([
      200,
      'TX-0000',
      'G500020261202000002',
      undefined,
    ])
    pass(60)
    expect(wordsOf(notices, 'YC9')).toEqual(['CHANGE_IN_REVIEW', 'CHANGE_GRANTED'])
    expect(wordsOf(notices, original)).toEqual(['WITHDRAWN'])
    const granted = notices.find(({ status: word }) => word === 'CHANGE_GRANTED')
    expect([granted?.slbh, granted?.bgbh, granted?.fields]).toEqual([
      undefined,
      'G500020261202000002',
      { yslbh: 'T500020261202000001' },
    ])
    expect((await inquire('/withdrawals/YC9')).body.notices).toHaveLength(2)
    expect(effects.filter((effect) => effect.includes('paid'))).toEqual([])
    // The same goods and invoices are claimed anew by another filing.
    expect((await hand(claim({ reference: 'YC2' }))).receipt.accepted).toBe('Y')
  })

  test('sent twice has one effect and one answer', async () => {
    const { claim: hand, withdraw, pass, notices, effects } = office()
    await hand(claim())
    const first = await withdraw(change())
    expect(await withdraw(change())).toEqual(first)
    pass(60)
    const [told, done] = [notices.length, effects.length]
    expect(await withdraw(change())).toEqual(first)
    pass(60)
    expect([notices.length, effects.length]).toEqual([told, done])
  })

  test('of certificates not yet compared stops the comparison', async () => {
    const { certificates: hand, withdraw, pass, notices } = office()
    await hand(certificates())
    const taxpayer = '91500103MA5U0F207T'
    expect((await withdraw(change({ of: 'YC26112100000002', taxpayer }))).receipt.accepted).toBe('Y')
    pass(10)
    expect(wordsOf(notices, 'YC26112100000002')).toEqual(['WITHDRAWN'])
  })

  test.each([
    ['another number of ours', { of: 'YC77' }],
    ['another number of the office', { slbh: 'T500020261202000009' }],
    ['another taxpayer', { taxpayer: '91500106MA5U0C102B' }],
  ])('under %s finds nothing', async (_, given) => {
    const { claim: hand, withdraw, pass, statuses } = office()
    await hand(claim())
    expect((await withdraw(change(given))).receipt).toMatchObject({ accepted: 'N', code: 'TX-3001' })
    pass(60)
    expect(statuses()).toEqual(paidCourse)
  })

  test('after approval is too late', async () => {
    const { claim: hand, withdraw, pass, notices, statuses } = office()
    await hand(claim())
    while (!notices.some(({ status }) => status === 'APPROVED')) pass(1)
    expect((await withdraw(change())).receipt).toMatchObject({ accepted: 'N', code: 'TX-3002' })
    pass(60)
    expect(statuses()).toEqual(paidCourse)
  })

  test('while another change is open is turned away; when that is refused the claim goes on', async () => {
    const { claim: hand, withdraw, pass, notices } = office()
    const trader = 'EV-T.WITHDRAWREFUSE'
    await hand(claim({ trader }))
    await withdraw(change({ trader }))
    expect((await withdraw(change({ trader, reference: 'YC8' }))).receipt.code).toBe('TX-3003')
    pass(60)
    expect(wordsOf(notices, 'YC9')).toEqual(['CHANGE_IN_REVIEW', 'CHANGE_REFUSED'])
    expect(wordsOf(notices, original)).toEqual(paidCourse)
  })

  test('is not granted while the supplier is asked about', async () => {
    const { claim: hand, withdraw, pass, notices } = office()
    await hand(claim({ trader: 'EV-T.LETTER' }))
    pass(2)
    expect(wordsOf(notices, original).at(-1)).toBe('SUPPLIER_LETTER')
    await withdraw(change({ trader: 'EV-T.LETTER' }))
    pass(90)
    expect(wordsOf(notices, 'YC9').at(-1)).toBe('CHANGE_REFUSED')
    expect(wordsOf(notices, original).at(-1)).toBe('CLOSED')
  })
})

describe('an amendment', () => {
  test('puts the new content in the place of the old, and the review starts anew', async () => {
    const { claim: hand, amend, pass, notices } = office()
    await hand(claim())
    pass(2)
    expect(wordsOf(notices, original)).toEqual(['ACCEPTED', 'IN_REVIEW'])
    expect((await amend(corrected())).receipt).toMatchObject({ accepted: 'Y', bgbh: 'G500020261204000002' })
    pass(60)
    expect(wordsOf(notices, 'YC9')).toEqual(['CHANGE_IN_REVIEW', 'CHANGE_GRANTED'])
    expect(wordsOf(notices, original)).toEqual(['ACCEPTED', 'IN_REVIEW', ...paidCourse.slice(1)])
    expect(notices.find(({ status }) => status === 'APPROVED')?.fields).toEqual({ hztse: '58500.00' })
    const ids = notices.map(({ noticeId }) => noticeId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('that would be refused as a claim is refused at once, and the claim goes on as it was', async () => {
    const { claim: hand, amend, pass, notices } = office()
    await hand(claim())
    const wrong = { ...corrected(), sbb: { ...claim().sbb, sqtse: '1.00' } }
    expect((await amend(wrong)).receipt).toMatchObject({ code: 'TX-2000', doubts: [{ code: 'YD-21' }] })
    pass(60)
    expect(wordsOf(notices, original)).toEqual(paidCourse)
    expect(notices.find(({ status }) => status === 'APPROVED')?.fields).toEqual({ hztse: '117000.00' })
  })

  test('not granted leaves the claim what it used', async () => {
    const { claim: hand, amend, pass, notices } = office()
    const trader = 'EV-T.AMENDREFUSE'
    await hand(claim({ trader }))
    await amend(corrected({ trader }))
    pass(60)
    expect(wordsOf(notices, 'YC9').at(-1)).toBe('CHANGE_REFUSED')
    expect(notices.find(({ status }) => status === 'APPROVED')?.fields).toEqual({ hztse: '117000.00' })
    expect((await hand(claim({ reference: 'YC2' }))).receipt.doubts.map(({ code }) => code)).toEqual(['YD-02', 'YD-07'])
  })

  test('with the content of the other kind finds nothing to amend', async () => {
    const { claim: hand, amend } = office()
    await hand(claim())
    const { ssq, jks } = certificates()
    expect((await amend({ ...change(), ssq, jks })).receipt.code).toBe('TX-3001')
  })

  test('with faults in its form is told every one of the content that comes nearest', async () => {
    const { claim: hand, amend } = office()
    await hand(claim())
    const { ckmx, ...rest } = corrected() as { ckmx: object[] }
    const { receipt } = await amend({ ...rest, ckmx: ckmx.map((row) => ({ ...row, cksl: 6, ckrq: 'today' })) })
    expect(receipt.code).toBe('TX-1001')
    expect(receipt.doubts.map(({ field }) => field).sort()).toEqual(['/ckmx/0/ckrq', '/ckmx/0/cksl'])
  })
})

test('every outcome of a change is shown here', () => {
  const rows = outcomes.filter(({ procedure }) => procedure === 'amendment' || procedure === 'cancellation')
  expect(rows.map(({ magic }) => magic)).toEqual(['AMENDREFUSE', 'WITHDRAWREFUSE'])
})

/** A claim for a part of the goods and of the invoice. */
function part(reference: string, quantity: string, amount = '1000.00', trader = 'EV-2026-31') {
  const { head, taxpayer, sbb, ckmx, jhmx, shqk } = claim({ reference, trader })
  const tax = new Big(amount).times('0.13').toFixed(2)
  return {
    head,
    taxpayer,
    sbb: { ...sbb, sqtse: tax },
    ckmx: ckmx.map((row) => ({ ...row, cksl: quantity, dzxxsl: '6' })),
    jhmx: jhmx.map((row) => ({ ...row, sl: quantity, jsje: amount, fpje: '900000.00', zsse: tax, tse: tax })),
    shqk,
  }
}

describe('what is claimed is claimed once', () => {
  test('in parts, until nothing is left', async () => {
    const { claim: hand } = office()
    expect((await hand(part('YC1', '4', '600000.00'))).receipt.accepted).toBe('Y')
    const more = await hand(part('YC2', '3', '300000.01'))
    expect(more.receipt.doubts.map(({ code, level }) => code + level)).toEqual(['YD-09E', 'YD-07E'])
    expect((await hand(part('YC3', '2', '300000.00'))).receipt.accepted).toBe('Y')
    const none = await hand(part('YC4', '1', '1.00'))
    expect(none.receipt.doubts.map(({ code }) => code)).toEqual(['YD-02', 'YD-07'])
  })

  test('what was clawed back may be claimed anew', async () => {
    const { claim: hand, pass, statuses } = office()
    await hand(claim({ trader: 'EV-T.CLAWBACK' }))
    pass(120)
    expect(statuses().slice(-2)).toEqual(['CLAWED_BACK', 'REPAID'])
    expect((await hand(claim({ reference: 'YC2' }))).receipt.accepted).toBe('Y')
  })

  test('an amendment that is open holds what it had and what it wants', async () => {
    const { claim: hand, amend, pass } = office()
    await hand(part(original, '4', '600000.00'))
    const { sbb, ckmx, jhmx, shqk } = part('YC9', '2', '300000.00')
    await amend({ ...change(), sbb, ckmx, jhmx, shqk })
    expect((await hand(part('YC2', '3', '1.00'))).receipt.doubts.map(({ code }) => code)).toEqual(['YD-09'])
    pass(3)
    expect((await hand(part('YC3', '4', '600000.00'))).receipt.accepted).toBe('Y')
  })

  test('whatever claims come, change and go, never is more used than there is', async () => {
    const step = fc.record({
      claim: fc.integer({ min: 1, max: 3 }),
      act: fc.constantFrom('claim', 'claim', 'amend', 'amend', 'withdraw'),
      quantity: fc.integer({ min: 1, max: 5 }),
      days: fc.constantFrom(0, 0.1, 2, 30),
      trader: fc.constantFrom('EV-1', 'EV-T.CLAWBACK', 'EV-T.NOTHANDLED', 'EV-T.AMENDREFUSE', 'EV-T.WITHDRAWREFUSE'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), async (steps) => {
        const { claim: hand, amend, withdraw, pass, notices } = office()
        const taken = new Map<string, { slbh: string; quantity: number }>()
        const wanted = new Map<string, { of: string; quantity: number }>()
        let seen = 0
        for (const [at, { claim: number, act, quantity, days, trader }] of steps.entries()) {
          const of = `YC${number}`
          const slbh = taken.get(of)?.slbh ?? 'T500020261202000001'
          const { head, ...content } = part(of, String(quantity), '1.00', trader)
          const about = change({ reference: `CH${at}`, of, slbh, trader })
          const answer =
            act === 'claim'
              ? await hand({ head: { ...head, messageId: `M${at}` }, ...content })
              : await (act === 'amend' ? amend({ ...content, ...about }) : withdraw(about))
          if (answer.receipt.accepted === 'Y' && act === 'claim')
            taken.set(of, { slbh: answer.receipt.slbh ?? '', quantity })
          if (answer.receipt.accepted === 'Y' && act === 'amend') wanted.set(`CH${at}`, { of, quantity })
          pass(days)
          for (const { status, head: named, ends } of notices.slice(seen)) {
            const amended = wanted.get(named.ourReference)
            const before = amended === undefined ? undefined : taken.get(amended.of)
            if (status === 'CHANGE_GRANTED' && amended !== undefined && before !== undefined)
              taken.set(amended.of, { ...before, quantity: amended.quantity })
            if (['refused', 'withdrawn', 'reversed'].includes(ends)) taken.delete(named.ourReference)
          }
          seen = notices.length
          const used = [...taken.values()].reduce((sum, one) => sum + one.quantity, 0)
          expect(used).toBeLessThanOrEqual(6)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the ledger alone: uses add up, and giving back leaves nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 9 }))), (uses) => {
        const ledger = openLedger()
        for (const [claim, used] of uses) {
          const left = ledger.leftOf('A', '10', String(claim)) ?? new Big(0)
          if (left.gte(used)) ledger.use(String(claim), [{ number: 'A', whole: '10', used: new Big(used) }])
          for (const { used: total, whole } of ledger.balances()) expect(total.lte(whole)).toBe(true)
        }
        for (const claim of [0, 1, 2, 3, 4]) ledger.giveBack(String(claim))
        expect(ledger.balances()).toEqual([])
      }),
    )
  })
})

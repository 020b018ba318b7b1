import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLedger } from '../../mocks/fx/ledger.ts'
import { bank, between, document, references } from './fx-bank.ts'
import { amended, deleted, numbersIn, type Replaced, wordsFor } from './fx-change-documents.ts'

describe('a declaration that shrinks at customs', () => {
  const part = (reference: string, amount: string) =>
    document('payment', {
      reference,
      replace: [
        ['98000.00</InstdAmt>', `${amount}.00</InstdAmt>`],
        ['<CtrlSum>98000.00', `<CtrlSum>${amount}.00`],
        ['<Amt Ccy="USD">98000<', `<Amt Ccy="USD">${amount}<`],
        ['<OFFAMT>98000.00', `<OFFAMT>${amount}.00`],
      ],
    })
  const told = (amount: string, declared: string, used: string): Replaced => [
    ['<TC1AMT>96000', `<TC1AMT>${Number(amount) - 2000}`],
    ['<CUSTAMT>98000.00', `<CUSTAMT>${declared}.00`],
    ['<OFFAMT>96000.00', `<OFFAMT>${used}.00`],
  ]

  test('below what was paid of it: every payment concerned is asked about, until it is put right', async () => {
    const { send, amend, pass, posted } = bank()
    const first = numbersIn((await send('payment', part('YC1', '60000'))).text)
    const second = numbersIn((await send('payment', part('YC2', '38000'))).text)
    pass(2)
    const shrunk = { of: 'YC1', ...first, reference: 'CH1', replace: told('60000', '70000', '60000') }
    expect((await amend(amended('payment', shrunk))).txStatus).toBe('ACTC')
    pass(2)
    expect(wordsFor(posted, 'YC1').at(-1)).toBe('PDNG DECLARATION_CHANGED')
    expect(wordsFor(posted, 'YC2').at(-1)).toBe('PDNG DECLARATION_CHANGED')
    const less = { of: 'YC2', ...second, reference: 'CH2', replace: told('38000', '70000', '10000') }
    expect((await amend(amended('payment', less))).txStatus).toBe('ACTC')
    pass(2)
    expect(wordsFor(posted, 'YC1').at(-1)).toBe('ACSC DECLARATION_MATCHED')
    expect(wordsFor(posted, 'YC2').at(-1)).toBe('ACSC DECLARATION_MATCHED')
  })

  test('below what one payment used: it is asked about although it uses no more than is left', async () => {
    const { send, amend, pass, posted } = bank()
    const numbers = numbersIn((await send('payment', document('payment'))).text)
    pass(2)
    const replace = told('98000', '90000', '90000')
    await amend(amended('payment', { ...numbers, replace }))
    pass(2)
    expect(wordsFor(posted, references.payment).at(-1)).toBe('PDNG DECLARATION_CHANGED')
    // The enterprise says what the rest was for: 8,000 under another code, no longer for these goods.
    const explained: Replaced = [
      ...told('98000', '90000', '90000'),
      ['<TC1AMT>96000', '<TC1AMT>90000'],
      ['<TC2AMT>2000', '<TC2AMT>8000'],
    ]
    await amend(amended('payment', { ...numbers, reference: 'CH9', replace: explained }))
    pass(2)
    expect(wordsFor(posted, references.payment).at(-1)).toBe('ACSC DECLARATION_MATCHED')
  })
})

/** SAFE refused its record: it is corrected by a next attempt, and not asked about meanwhile. */
const refusedBySafe = (posted: readonly { readonly body: string }[], of: string) =>
  posted.some(({ body }) => between(body, 'OurRef') === of && body.includes('<ERRRECORDS><REC>'))

test('whatever is paid, amended, deleted and returned, a declaration is used beyond its worth only where the bank asks', async () => {
  const step = fc.record({
    filing: fc.integer({ min: 1, max: 3 }),
    act: fc.constantFrom('pay', 'pay', 'amend', 'amend', 'amend', 'delete'),
    used: fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 13),
    declared: fc.constantFrom(10, 10, 10, 6, 14),
    days: fc.constantFrom(0, 0.1, 2),
    trader: fc.constantFrom('EV1', 'EV1', 'EV1-F.RETURN', 'EV1-F.RECERR', 'EV1-F.AMENDREFUSE', 'EV1-F.AMENDRECERR'),
  })
  const thousands = (count: number) => `${count}000`
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), async (steps) => {
      const { send, amend, cancel, pass, posted } = bank()
      const known = new Map<string, { bankNumber: string; reportNumber: string }>()
      const stands = new Map<string, number>()
      const wanted = new Map<string, { of: string; used: number | undefined; declared: number }>()
      let worth = 10
      let most = 10
      let seen = 0
      for (const [at, { filing, act, used, declared, days, trader }] of steps.entries()) {
        const reference = `YC${filing}`
        const given = { of: reference, ...known.get(reference), reference: `CH${at}`, trader }
        const replace: Replaced = [
          ['<CUSTAMT>98000.00', `<CUSTAMT>${thousands(declared)}.00`],
          ['<OFFAMT>96000.00', `<OFFAMT>${thousands(used)}.00`],
        ]
        const whole: [string, string][] = [
          ['<CUSTAMT>98000.00', '<CUSTAMT>10000.00'],
          ['<OFFAMT>98000.00', `<OFFAMT>${thousands(used)}.00`],
        ]
        const answer =
          act === 'pay'
            ? await send('payment', document('payment', { reference, messageId: `M${at}`, trader, replace: whole }))
            : act === 'amend'
              ? await amend(amended('payment', { ...given, replace }))
              : await cancel(deleted('payment', given))
        if (answer.txStatus === 'ACTC' && act === 'pay') {
          known.set(reference, numbersIn(answer.text))
          if ([...stands.keys()].every((other) => other === reference)) worth = 10
          stands.set(reference, used)
        } else if (answer.txStatus === 'ACTC')
          wanted.set(`CH${at}`, { of: reference, used: act === 'amend' ? used : undefined, declared })
        // Nobody uses more than there is, and what is refused says why.
        if (act === 'amend' && used > declared) expect(answer.txStatus).toBe('RJCT')
        expect(['ACTC', 'RJCT']).toContain(answer.txStatus)
        pass(days)
        for (const { body } of posted.slice(seen)) {
          const named = between(body, 'OurRef')
          const change = wanted.get(named)
          if (body.includes('<Kind>RETURN')) stands.delete(named)
          if (change === undefined || !/<Prtry>RECORD_|<FILES\/>/.test(body)) continue
          if (change.used === undefined) stands.delete(change.of)
          else {
            stands.set(change.of, change.used)
            worth = change.declared
            most = Math.max(most, worth)
          }
        }
        seen = posted.length
        const total = [...stands.values()].reduce((sum, one) => sum + one, 0)
        expect(total).toBeLessThanOrEqual(most)
        const lastAsked = (of: string) =>
          posted.findLast(({ body }) => between(body, 'OurRef') === of && body.includes('DECLARATION_'))?.body ?? ''
        const standing = [...stands.keys()].filter((of) => !refusedBySafe(posted, of))
        if (total > worth) for (const of of standing) expect(lastAsked(of)).toContain('DECLARATION_CHANGED')
      }
      // A new payment for more than is left is refused, whatever came before.
      const more: [string, string][] = [
        ['<CUSTAMT>98000.00', '<CUSTAMT>10000.00'],
        ['<OFFAMT>98000.00', '<OFFAMT>14000.01'],
      ]
      expect((await send('payment', document('payment', { reference: 'YC99', replace: more }))).codes).toContain(
        'FX-202',
      )
    }),
    { numRuns: 60 },
  )
})

test('the ledger alone: uses add up whatever is used, reserved and given back', () => {
  const act = fc.tuple(
    fc.constantFrom('use', 'reserve', 'give back'),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 9 }),
  )
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      const ledger = openLedger()
      for (const [what, filing, used] of acts) {
        const row = { number: 'A', currency: 'USD', declared: '10.00', used: `${used}.00`, mode: '0110' }
        const by = String(filing)
        if (what === 'give back') ledger.giveBack(by)
        else if (ledger.leftOf(row, by).gte(used))
          ledger[what === 'use' ? 'use' : 'reserve'](by, 'FIRM', [row], new Big(used))
        for (const { used: total, declared } of ledger.balances()) expect(total.lte(declared)).toBe(true)
        expect(ledger.isExceeded('A')).toBe(false)
      }
    }),
  )
})

import { describe, expect, test } from 'vitest'
import { outcomes } from '../../mocks/fx/outcomes.ts'
import { bank, between, document, references } from './fx-bank.ts'
import { amended, amounts, deleted, type Given, numbersIn, type Replaced, wordsFor } from './fx-change-documents.ts'

describe.each(['receipt', 'payment'] as const)('an amendment of a %s', (procedure) => {
  test('that SAFE has goes with the next batch under the same number', async () => {
    const { send, amend, pass, posted, effects } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    pass(2)
    const answer = await amend(amended(procedure, numbers))
    expect([answer.status, answer.txStatus, between(answer.text, 'OrgnlMsgNmId')]).toEqual([200, 'ACTC', 'change.001'])
    expect(between(answer.text, 'AcctSvcrRef')).toMatch(/^C500020261204\d{6}$/)
    pass(2)
    expect(wordsFor(posted, 'YC9')).toEqual(['ACSP BANK_REVIEW', 'SAFE accepted'])
    const told = posted.filter(({ body }) => between(body, 'OurRef') === 'YC9')
    expect(told.every(({ body }) => between(body, 'ActnTp') === 'C')).toBe(true)
    expect(told.every(({ body }) => between(body, 'RPTNO') === numbers.reportNumber)).toBe(true)
    expect(effects.filter((effect) => effect.includes('settled'))).toHaveLength(1)
  })

  test('that SAFE does not have yet is carried out by the bank, and the filing goes on', async () => {
    const { send, amend, pass, posted } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    await amend(amended(procedure, numbers))
    pass(3)
    expect(wordsFor(posted, 'YC9')).toEqual(['ACSP BANK_REVIEW', 'ACSC RECORD_CHANGED'])
    expect(wordsFor(posted, references[procedure]).slice(-2)).toEqual([
      procedure === 'receipt' ? 'ACSC CURRENT_ACCOUNT' : 'ACSC',
      'SAFE accepted',
    ])
  })

  test('sent twice is answered with the same bytes and done once', async () => {
    const { send, amend, pass, posted, effects } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    const first = await amend(amended(procedure, numbers))
    pass(3)
    const [told, done] = [posted.length, effects.length]
    expect(await amend(amended(procedure, numbers))).toEqual(first)
    pass(3)
    expect([posted.length, effects.length]).toEqual([told, done])
  })

  test('frees what it no longer uses of the declaration, and only that', async () => {
    const { send, amend, pass } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    const other = (reference: string, used: string) =>
      document(procedure, { reference, replace: [[`<OFFAMT>${amounts[procedure]}.00`, `<OFFAMT>${used}`]] })
    expect((await send(procedure, other('YC20', '0.01'))).codes).toContain('FX-202')
    await amend(amended(procedure, numbers))
    // While the amendment is open the filing holds what it had.
    expect((await send(procedure, other('YC21', '2000.00'))).codes).toContain('FX-202')
    pass(1)
    expect((await send(procedure, other('YC22', '2000.01'))).codes).toContain('FX-202')
    expect((await send(procedure, other('YC23', '2000.00'))).txStatus).toBe('ACTC')
  })

  test('is checked as the declaration itself is: parts make the whole, codes exist and differ', async () => {
    const { send, amend } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    const wrong: [string, Replaced, string][] = [
      ['YC30', [['<TC2AMT>2000', '<TC2AMT>1999']], 'FX-105'],
      ['YC31', [['<TXCODE2>222011', '<TXCODE2>121010']], 'FX-107'],
      ['YC32', [['<TXCODE2>222011', '<TXCODE2>129999']], 'FX-103'],
      ['YC33', [['<RPTDATE>20261204', '<RPTDATE>20261205']], 'FX-106'],
      ['YC34', [[`<CUSTAMT>${amounts[procedure]}.00`, '<CUSTAMT>1000.00']], 'FX-202'],
      ['YC35', [['<COUNTRY>SGP', '<COUNTRY>CHN']], 'FX-112'],
      [
        'YC36',
        [
          ['<TXREM>', '<TXREM2>'],
          ['</TXREM>', '</TXREM2>'],
        ],
        'FX-100',
      ],
    ]
    for (const [reference, replace, code] of wrong) {
      const { txStatus, codes } = await amend(amended(procedure, { ...numbers, reference, replace }))
      expect([txStatus, codes[0]]).toEqual(['RJCT', code])
    }
  })

  test('is turned away under numbers that are not the filing’s, and while another is open', async () => {
    const { send, amend, cancel } = bank()
    const numbers = numbersIn((await send(procedure, document(procedure))).text)
    const strange: Given[] = [
      { ...numbers, of: 'YC77' },
      { ...numbers, bankNumber: 'F500020261202000099' },
      { ...numbers, reportNumber: '500000000101261201N999' },
    ]
    for (const [at, given] of strange.entries())
      expect((await amend(amended(procedure, { ...given, reference: `YC4${at}` }))).codes).toEqual(['FX-601'])
    expect((await amend(amended(procedure, numbers))).txStatus).toBe('ACTC')
    expect((await cancel(deleted(procedure, { ...numbers, reference: 'YC50' }))).codes).toEqual(['FX-603'])
  })
})

describe('a deletion', () => {
  test('of a receipt goes to SAFE, ends it under its own names, and frees the declaration', async () => {
    const { send, cancel, pass, posted } = bank()
    const numbers = numbersIn((await send('receipt', document('receipt'))).text)
    pass(2)
    expect((await cancel(deleted('receipt', numbers))).txStatus).toBe('ACTC')
    pass(2)
    expect(wordsFor(posted, 'YC9')).toEqual(['ACSP BANK_REVIEW', 'SAFE accepted'])
    expect(wordsFor(posted, references.receipt).at(-1)).toBe('CANC RECORD_DELETED')
    expect((await send('receipt', document('receipt', { reference: 'YC60' }))).txStatus).toBe('ACTC')
  })

  test('of a payment not yet carried out stops the order: no money moves', async () => {
    const { send, cancel, pass, posted, effects } = bank()
    const numbers = numbersIn((await send('payment', document('payment'))).text)
    await cancel(deleted('payment', numbers))
    pass(5)
    expect(wordsFor(posted, 'YC9')).toEqual(['ACSP BANK_REVIEW', 'ACSC RECORD_DELETED'])
    expect(wordsFor(posted, references.payment)).toEqual(['CANC RECORD_DELETED'])
    expect(effects.filter((effect) => effect.includes('settled'))).toEqual([])
  })

  test('of a payment whose money was moved is refused, and the bank asks what becomes of the money', async () => {
    const { send, cancel, pass, posted } = bank()
    const numbers = numbersIn((await send('payment', document('payment'))).text)
    pass(0.4)
    expect((await cancel(deleted('payment', numbers))).codes).toEqual(['FX-602'])
    expect(wordsFor(posted, references.payment).at(-1)).toBe('PDNG DECLARATION_CHANGED')
  })
})

describe('outcomes of a change', () => {
  const cases: Record<string, { days: number; said: readonly string[] }> = {
    AMENDREFUSE: { days: 2, said: ['ACSP BANK_REVIEW', 'RJCT'] },
    AMENDRECERR: { days: 2, said: ['ACSP BANK_REVIEW', 'SAFE error'] },
    CANCELREFUSE: { days: 2, said: ['ACSP BANK_REVIEW', 'RJCT'] },
  }
  test('every row is shown', () => {
    const rows = outcomes.filter(({ procedure }) => procedure === 'amendment' || procedure === 'cancellation')
    expect(rows.map(({ magic }) => magic).sort()).toEqual(Object.keys(cases).sort())
  })
  test.each(Object.entries(cases))('%s leaves the filing as it was', async (magic, { days, said }) => {
    const { send, amend, cancel, pass, posted } = bank()
    const trader = `EV1-F.${magic}`
    const numbers = numbersIn((await send('receipt', document('receipt', { trader }))).text)
    pass(days)
    const before = wordsFor(posted, references.receipt)
    const given = { ...numbers, trader }
    await (magic.startsWith('CANCEL') ? cancel(deleted('receipt', given)) : amend(amended('receipt', given)))
    pass(3)
    expect(wordsFor(posted, 'YC9')).toEqual(said)
    expect(wordsFor(posted, references.receipt)).toEqual(before)
    // It still uses all of the declaration, and may be changed again.
    expect((await send('receipt', document('receipt', { reference: 'YC70' }))).codes).toContain('FX-202')
    expect((await amend(amended('receipt', { ...given, trader: 'EV1', reference: 'YC71' }))).txStatus).toBe('ACTC')
  })
})

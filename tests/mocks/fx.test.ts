import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../mocks/fx/outcomes.ts'
import { bank, between, document, published, receipt, references } from './fx-bank.ts'

const course = {
  receipt: ['ACSP CURRENT_ACCOUNT', 'ACSC CURRENT_ACCOUNT', 'SAFE accepted'],
  payment: ['ACSP BANK_REVIEW', 'ACSC', 'SAFE accepted'],
} as const
const held = ['PDNG HELD_IN_VERIFICATION_ACCOUNT', 'ACSP RELEASED', 'ACSC', 'SAFE accepted']
const correction = ['ACSC ALREADY_SETTLED', 'SAFE accepted']

describe.each(['receipt', 'payment'] as const)('%s', (procedure) => {
  test('as published is taken, settled and declared', async () => {
    const { send, pass, said, effects, posted } = bank()
    const { status, txStatus, text } = await send(procedure, published[procedure])
    expect([status, txStatus]).toEqual([200, 'ACTC'])
    expect(between(text, 'RPTNO')).toMatch(/^\d{10}\d{2}\d{6}[A-DN-T]\d{3}$/)
    pass(5)
    expect(said()).toEqual(course[procedure])
    expect(posted.at(-1)?.body).toContain('<DlvrdAt>2026-12-02T22:00:00+08:00')
    expect(effects).toHaveLength(3)
  })

  test('sent twice is answered with the same bytes and booked once', async () => {
    const { send, pass, said, effects } = bank()
    const first = await send(procedure, document(procedure))
    pass(0.01)
    expect(await send(procedure, document(procedure))).toEqual(first)
    pass(5)
    expect(said()).toHaveLength(3)
    expect(effects).toHaveLength(3)
  })

  test('is refused when its numbers contradict an earlier document', async () => {
    const { send, pass, said } = bank()
    await send(procedure, document(procedure))
    const other = await send(procedure, document(procedure, { replace: [['02360000', '02361111']] }))
    expect(other).toMatchObject({ status: 409, txStatus: 'RJCT', codes: ['FX-901'] })
    const again = await send(procedure, document(procedure, { messageId: 'B2' }))
    expect(again).toMatchObject({ status: 409, codes: ['FX-902'] })
    pass(5)
    expect(said()).toEqual(course[procedure])
  })

  test('can be asked for by our number', async () => {
    const { ask, send, pass } = bank()
    const path = `/${procedure}s/${references[procedure]}`
    expect(await ask(path)).toMatchObject({ status: 404, codes: ['FX-404'] })
    await send(procedure, document(procedure))
    expect(await ask(path)).toMatchObject({ status: 200, txStatus: 'ACTC' })
    pass(5)
    expect((await ask(path)).text).toContain('<Prtry>BOP_ACCEPTED</Prtry>')
  })

  const expected: Record<string, { first: string; said: readonly string[]; again?: readonly string[] }> = {
    CLASSB: { first: 'ACTC', said: procedure === 'receipt' ? held : course.payment },
    NOQUOTA: { first: 'FX-302', said: [], again: procedure === 'receipt' ? held : course.payment },
    CLASSC: { first: 'FX-301', said: [] },
    RJCT: { first: 'FX-111', said: [], again: course[procedure] },
    NOTCLEARED: { first: 'FX-204', said: [], again: course[procedure] },
    RECERR: { first: 'ACTC', said: [...course[procedure].slice(0, 2), 'SAFE record error'], again: correction },
    FORMATERR: { first: 'ACTC', said: [...course[procedure].slice(0, 2), 'SAFE format error'], again: correction },
    RETURN: { first: 'ACTC', said: [...course[procedure], 'returned'], again: course[procedure] },
    CUSCHANGED: {
      first: 'ACTC',
      said: [...course[procedure], 'PDNG DECLARATION_CHANGED', 'ACSC DECLARATION_MATCHED'],
    },
    UNKNOWN: { first: 'ACTC', said: ['ZZPX', ...course[procedure]] },
    NEVER: { first: 'ACTC', said: [] },
  }
  test('every outcome is shown', () => {
    const rows = outcomes.filter((row) => row.procedure === procedure)
    expect(Object.keys(expected).sort()).toEqual(rows.map(({ magic }) => magic).sort())
  })
  test.each(Object.entries(expected))('%s', async (magic, row) => {
    const { send, pass, said, effects } = bank()
    const trader = `EV1-F.${magic}`
    const { txStatus, codes } = await send(procedure, document(procedure, { trader }))
    expect(codes[0] ?? txStatus).toBe(row.first)
    pass(10)
    expect(said()).toEqual(row.said)
    if (row.again === undefined) return
    expect((await send(procedure, document(procedure, { trader, messageId: 'B2' }))).txStatus).toBe('ACTC')
    pass(10)
    expect(said().slice(row.said.length)).toEqual(row.again)
    const settlements = effects.filter((effect) => effect.includes('settled'))
    expect(settlements).toHaveLength(magic === 'RETURN' ? 2 : 1)
  })

  test('of a class C firm passes once SAFE has registered it', async () => {
    const { send } = bank()
    const replace: [string, string][] = [['<REGNO>N/A', '<REGNO>CQ2026001']]
    expect(await send(procedure, document(procedure, { trader: 'EV1-F.CLASSC', replace }))).toMatchObject({
      txStatus: 'ACTC',
    })
  })

  test('a correction may not change what was moved', async () => {
    const { send, pass } = bank()
    const trader = 'EV1-F.RECERR'
    await send(procedure, document(procedure, { trader }))
    pass(2)
    const replace: [string, string][] = [['USD', 'EUR']]
    const { codes } = await send(procedure, document(procedure, { trader, messageId: 'B2', replace }))
    expect(codes).toContain('FX-110')
  })
})

describe('what the bank turns away', () => {
  const folder = new URL('../../mocks/fx/refused/', import.meta.url)
  test.each(readdirSync(folder))('%s', async (name) => {
    const [code = '', procedure = ''] = name.split('.')
    const { ask, pass, said, effects } = bank()
    const { status, txStatus, codes } = await ask(`/${procedure}s`, readFileSync(new URL(name, folder), 'utf8'))
    expect([status, txStatus]).toEqual([200, 'RJCT'])
    expect(codes).toContain(code)
    pass(5)
    expect([said(), effects]).toEqual([[], []])
  })

  test.each([
    '',
    '{}',
    '<html/>',
    '<!DOCTYPE x><Document xmlns="urn:x-bankfront:xsd:receipt.001"/>',
    receipt.replace('receipt.001', 'receipt.002'),
    receipt.replace('<OurRef>', '<OurRef>-'),
  ])('what cannot be read (%#)', async (body) => {
    expect(await bank().send('receipt', body)).toMatchObject({ status: 400, txStatus: 'RJCT' })
  })

  test('a declaration already used up: a double payment', async () => {
    const { send, pass } = bank()
    await send('payment', document('payment'))
    const twin = document('payment', { reference: 'YC99' })
    expect(await send('payment', twin)).toMatchObject({ codes: ['FX-202'] })
    const rest = document('payment', { reference: 'YC98', replace: [['<CUSTCCY>USD', '<CUSTCCY>EUR']] })
    expect((await send('payment', rest)).codes).toContain('FX-203')
    pass(1)
  })

  test('what funds returned gives the declaration free again', async () => {
    const { send, pass } = bank()
    await send('payment', document('payment', { trader: 'EV1-F.RETURN' }))
    pass(10)
    expect(await send('payment', document('payment', { reference: 'YC99' }))).toMatchObject({ txStatus: 'ACTC' })
  })
})

test('a firm outside the zone is reviewed, a class B firm held', async () => {
  const { send, pass, said } = bank()
  const outside: [string, string][] = [['91500106MA5U0C102B', '91500999MA5U0C102B']]
  await send('receipt', document('receipt', { replace: outside }))
  const classB: [string, string][] = [
    ['91500106MA5U0C102B', '91500112MA5U0B0037'],
    ['MA5U0C102<', 'MA5U0B003<'],
    ['801420260000000123', '801420260000000124'],
  ]
  await send('receipt', document('receipt', { reference: 'YC9', replace: classB }))
  pass(0.4)
  expect(said()).toEqual(['ACSP BANK_REVIEW', held[0], 'ACSC CURRENT_ACCOUNT'])
  pass(5)
  expect(said().slice(-3)).toEqual(held.slice(1))
})

test('a receipt declared late is taken with a note', async () => {
  const replace: [string, string][] = [['2026-12-01', '2026-11-20']]
  expect((await bank().send('receipt', document('receipt', { replace }))).text).toContain('DECLARED_LATE')
})

test('CNY needs a purpose', async () => {
  const replace: [string, string][] = [
    ['USD', 'CNY'],
    ['</CdtAdvc>', '<Purp>CGODDR</Purp></CdtAdvc>'],
  ]
  expect(await bank().send('receipt', document('receipt', { replace }))).toMatchObject({ txStatus: 'ACTC' })
})

test('the mailbox is read in pages and may be read again', async () => {
  const { ask, send, pass } = bank()
  expect((await ask('/mailbox')).text).toContain('after="0" last="0" more="false"></Mailbox>')
  await send('receipt', document('receipt', { trader: 'EV1-F.RECERR' }))
  pass(5)
  const first = await ask('/mailbox?after=0&limit=2')
  expect(first.text).toContain('after="0" last="2" more="true"')
  expect((await ask('/mailbox?after=0&limit=2')).text).toBe(first.text)
  const { text } = await ask('/mailbox?after=2')
  expect(text).toContain('last="3" more="false"')
  expect(between(text, 'Sent')).toMatch(/^BOPG\d{12}20261202\d{6}\.xml$/)
  expect(text).toContain('<OurRef>YC26112100000003</OurRef>')
  expect(text).toContain(`<FILENAME>${between(text, 'Sent')}</FILENAME>`)
})

import { describe, expect, test } from 'vitest'
import { modificationOutcomes } from '../../mocks/customs/outcomes-modifications.ts'
import { application, openCustoms, sampleDocument } from '../support/customs-office.ts'

const laptops = sampleDocument('export-laptops-river-sea')
const beef = sampleDocument('import-frozen-beef-rail')
const day = 24 * 60

const named = (document: string, number: string) => document.replace(/<ClientSeqNo>[^<]+/, `<ClientSeqNo>${number}`)
const valueOf = (document: string, element: string) => new RegExp(`<${element}>([^<]*)<`).exec(document)?.[1] ?? ''

/** An office that has stored (and, later, released) a declaration. */
async function holding(document: string, minutes: number) {
  const office = openCustoms()
  const answer = await office.declare(document)
  expect(answer['ResponseCode']).toBe('0')
  office.pass(minutes)
  const stored = office.receipts().find(({ CHANNEL }) => ['L', 'SpL'].includes(CHANNEL ?? ''))
  return { office, declared: { document, seqNo: answer['SeqNo'] ?? '', entryId: stored?.['ENTRY_ID'] ?? '' } }
}
const results = (office: ReturnType<typeof openCustoms>) => office.results().map((one) => one['FeedbackResults'])
const packages = [['DecHead.PackNo', valueOf(laptops, 'PackNo'), '59']] as const

describe('amending', () => {
  test('before release: taken, reviewed and granted within minutes, and the declaration is reviewed again', async () => {
    const { office, declared } = await holding(laptops, 0.8)
    expect(office.channels()).toEqual(['7', 'L', 'J'])
    const answer = await office.modify(application(declared, { kind: 'amend', fields: packages }))
    expect(answer).toMatchObject({ ResponseCode: '0', ClientSeqNo: 'YC261120000000000009-1' })
    expect(answer['DecModSeqNo']).toMatch(/^M2026\d{13}$/)
    office.pass(12)
    expect(results(office)).toEqual(['1', '2', '4'])
    expect(office.results()[2]).toMatchObject({
      DestResourceId: answer['DecModSeqNo'],
      ClientSeqNo: 'YC261120000000000009-1',
      DecSeqNo: declared.seqNo,
      EntryId: declared.entryId,
    })
    office.pass(3 * day)
    expect(office.channels().at(-1)).toBe('R')
    expect(office.effects.filter((what) => what.endsWith('amended'))).toHaveLength(1)
  })

  test('after release it takes hours, and nothing is reviewed again', async () => {
    const { office, declared } = await holding(laptops, 20)
    expect(office.channels()).toContain('P')
    await office.modify(application(declared, { kind: 'amend', fields: packages }))
    office.pass(50)
    expect(results(office)).toEqual(['1'])
    office.pass(3 * day)
    expect(results(office)).toEqual(['1', '2', '4'])
    expect(office.channels()).not.toContain('M')
  })

  test('what was amended is what stands: a second application must name the new value', async () => {
    const { office, declared } = await holding(laptops, 20)
    await office.modify(application(declared, { kind: 'amend', fields: packages }))
    office.pass(3 * day)
    const again = { kind: 'amend', number: 'YC261120000000000010-1' } as const
    expect(await office.modify(application(declared, { ...again, fields: packages }))).toMatchObject({
      ResponseCode: '811',
    })
    const fields = [['DecHead.PackNo', '59', '58']] as const
    expect(await office.modify(application(declared, { ...again, fields }))).toMatchObject({ ResponseCode: '0' })
  })

  test('rows are added and taken away by their numbers', async () => {
    const { office, declared } = await holding(laptops, 0.8)
    const fields = [
      ['DecOtherPack.1.PackQty', '', '5'],
      ['DecOtherPack.1.PackType', '', '93'],
    ] as const
    await office.modify(application(declared, { kind: 'amend', fields }))
    office.pass(3 * day)
    expect(results(office)).toEqual(['1', '2', '4'])
    const gap = [['DecOtherPack.3.PackQty', '', '5']] as const
    expect(await office.modify(application(declared, { kind: 'amend', number: 'B-1', fields: gap }))).toMatchObject({
      ResponseCode: '814',
    })
    const away = [
      ['DecOtherPack.1.PackQty', '5', ''],
      ['DecOtherPack.1.PackType', '93', ''],
    ] as const
    expect(await office.modify(application(declared, { kind: 'amend', number: 'C-1', fields: away }))).toMatchObject({
      ResponseCode: '0',
    })
  })

  test('what would make the declaration wrong is not granted, and it stays as it was', async () => {
    const { office, declared } = await holding(laptops, 0.8)
    const fields = [['DecHead.NetWt', valueOf(laptops, 'NetWt'), '999999']] as const
    expect(await office.modify(application(declared, { kind: 'amend', fields }))).toMatchObject({ ResponseCode: '0' })
    office.pass(3 * day)
    expect(results(office)).toEqual(['1', '2', '5'])
    expect(office.results()[2]?.['ResultNote']).toContain('净重大于毛重')
    expect(office.effects.filter((what) => what.endsWith('amended'))).toEqual([])
  })

  test('a change of the amounts is taxed anew', async () => {
    const { office, declared } = await holding(beef, 5)
    expect(office.channels()).toContain('T')
    const fields = [
      ['DecList.1.DeclPrice', valueOf(beef, 'DeclPrice'), '8.5'],
      ['DecList.1.DeclTotal', valueOf(beef, 'DeclTotal'), '204000'],
    ] as const
    await office.modify(application(declared, { kind: 'amend', fields }))
    office.pass(30)
    const bills = office.receipts().filter(({ CHANNEL }) => CHANNEL === 'T')
    expect(bills).toHaveLength(2)
    // 204,000 USD at 7.1 is 1,448,400.00 yuan, 12 % of it.
    expect(bills[1]?.['NOTE']).toContain('进口关税A 173808.00元')
  })
})

test('once the bill is paid, what is due beyond it is billed; what is due less is not', async () => {
  const { office, declared } = await holding(beef, 5)
  const paid =
    `<TaxPayment><paySeqNo>PAY-1</paySeqNo><entryId>${declared.entryId}</entryId>` +
    `<taxHeadSeqNo>${declared.entryId}-01</taxHeadSeqNo><traAmt>308519.42</traAmt></TaxPayment>`
  await office.ask('POST', '/payments', paid)
  office.pass(3 * day)
  expect(office.channels().at(-1)).toBe('R')
  const price = (was: readonly [string, string], is: readonly [string, string], number: string) =>
    application(declared, {
      kind: 'amend',
      number,
      fields: [
        ['DecList.1.DeclPrice', was[0], is[0]],
        ['DecList.1.DeclTotal', was[1], is[1]],
      ],
    })
  const [low, middle, high] = [
    ['8', '192000'],
    [valueOf(beef, 'DeclPrice'), '196800'],
    ['8.5', '204000'],
  ] as const
  await office.modify(price(middle, high, 'A-1'))
  office.pass(5 * day)
  const more = office.receipts().at(-1)
  // Duty of 173,808.00 less the 167,673.60 that were paid.
  expect(more?.['NOTE']).toContain('进口关税A 6134.40元')
  expect(more?.['NOTE']).toContain(`税费单号${declared.entryId}-02`)
  // Not paid yet, and no longer due: the bill is withdrawn.
  await office.modify(price(high, low, 'A-2'))
  office.pass(5 * day)
  expect(results(office).at(-1)).toBe('4')
  expect(office.receipts().at(-1)).toMatchObject({ CHANNEL: 'T', NOTE: '税费已支付：修改后无应补税款' })
  expect(await office.get(`/tax-bills?entryId=${declared.entryId}`)).toMatchObject({ errCode: '101' })
})

describe('cancelling', () => {
  test('before release: deleted for good, and nothing more of it', async () => {
    const { office, declared } = await holding(laptops, 0.8)
    await office.modify(application(declared, { kind: 'cancel' }))
    office.pass(5 * day)
    expect(results(office)).toEqual(['1', '2', '4'])
    expect(office.channels().at(-1)).toBe('D')
    expect(office.receipts().at(-1)).toMatchObject({ CUS_CIQ_NO: declared.seqNo, ENTRY_ID: declared.entryId })
    expect(await office.modify(application(declared, { kind: 'cancel', number: 'B-1' }))).toMatchObject({
      ResponseCode: '816',
    })
  })

  test('after release customs looks for the goods first', async () => {
    const { office, declared } = await holding(beef.replace('<ChkSurety>0', '<ChkSurety>1'), 20)
    expect(office.channels()).toContain('K')
    await office.modify(application(declared, { kind: 'cancel', note: '5-直接退运' }))
    office.pass(5 * day)
    expect(results(office)).toEqual(['1', '8', '2', '4'])
    expect(office.channels().at(-1)).toBe('D')
  })

  test('an export that has left is not cancelled', async () => {
    const { office, declared } = await holding(laptops, 3 * day)
    expect(office.channels()).toContain('R')
    expect(await office.modify(application(declared, { kind: 'cancel' }))).toMatchObject({ ResponseCode: '816' })
  })
})

describe('what is turned away', () => {
  test.each([
    ['an unknown element', '<Items>', '<Nonsense/><Items>', '101'],
    ['no person to ask', '<EntOpName>联系人', '<EntOpName>', '102'],
    ['a reason too long', '7-填报有误', `7-${'因'.repeat(254)}`, '103'],
    ['a kind that is none', '<DecModType>1', '<DecModType>3', '104'],
    ['another declaration number', '<EntryId>8', '<EntryId>7', '810'],
    ['another trader', '<TradeCreditCode>9', '<TradeCreditCode>8', '810'],
    ['a value that is not held', '<OldValue>', '<OldValue>1', '811'],
    ['no reason number', '7-填报有误', '填报有误', '812'],
    ['a reason for imports', '7-', '5-', '812'],
    ['a field that is never amended', 'DecHead.PackNo', 'DecHead.TradeMode', '813'],
    ['a field that is none', 'DecHead.PackNo', 'DecHead.PackNumber', '814'],
    ['no field', /<Item>.*<\/Item>/, '', '817'],
  ] as const)('%s', async (_, from, to, code) => {
    const { office, declared } = await holding(laptops, 0.8)
    const document = application(declared, { kind: 'amend', fields: packages }).replace(from, to)
    const before = office.effects.length
    expect(await office.modify(document)).toMatchObject({ ResponseCode: code })
    expect(office.effects).toHaveLength(before)
    // Nothing was stored: the right one goes in under the same number.
    expect(await office.modify(application(declared, { kind: 'amend', fields: packages }))).toMatchObject({
      ResponseCode: '0',
    })
  })

  test('a declaration that is not stored yet, or under inspection', async () => {
    const { office, declared } = await holding(named(laptops, 'EV-C.NEVER'), 5)
    expect(
      await office.modify(application({ ...declared, entryId: '801420260000000000' }, { kind: 'cancel' })),
    ).toMatchObject({ ResponseCode: '810' })
    const inspected = await holding(named(laptops, 'EV-C.INSPECT'), 3)
    expect(inspected.office.channels().at(-1)).toBe('C')
    expect(
      await inspected.office.modify(application(inspected.declared, { kind: 'amend', fields: packages })),
    ).toMatchObject({ ResponseCode: '816' })
  })

  test('a second application while the first is under way, and any long after closing', async () => {
    const { office, declared } = await holding(laptops, 0.8)
    await office.modify(application(declared, { kind: 'amend', fields: packages }))
    const second = application(declared, { kind: 'cancel', number: 'B-1' })
    expect(await office.modify(second)).toMatchObject({ ResponseCode: '815' })
    office.pass(120 * day)
    const late = application(declared, { kind: 'amend', number: 'C-1', fields: [['DecHead.PackNo', '59', '58']] })
    expect(await office.modify(late)).toMatchObject({ ResponseCode: '816' })
  })

  test('what is no application at all is 400', async () => {
    const { office } = await holding(laptops, 1)
    const bodies = ['<DecMessage/>', '', '<!DOCTYPE x><DecModMessage/>', '<DecModMessage>']
    for (const body of bodies) expect((await office.ask('POST', '/modifications', body)).status).toBe(400)
    expect((await office.ask('GET', '/modifications')).status).toBe(400)
  })
})

test('the same bytes twice have one effect and one answer; other bytes under the number are refused', async () => {
  const { office, declared } = await holding(laptops, 0.8)
  const document = application(declared, { kind: 'amend', fields: packages })
  expect(await office.get('/modifications?clientSeqNo=YC261120000000000009-1')).toMatchObject({ ResponseCode: '901' })
  const first = await office.modify(document)
  expect(await office.modify(document)).toEqual(first)
  office.pass(3 * day)
  const effects = [...office.effects]
  expect(await office.modify(document)).toEqual(first)
  expect(await office.get('/modifications?clientSeqNo=YC261120000000000009-1')).toEqual(first)
  office.pass(3 * day)
  expect(office.effects).toEqual(effects)
  expect(results(office)).toEqual(['1', '2', '4'])
  const other = application(declared, { kind: 'amend', note: '7-别的', fields: packages })
  expect(await office.modify(other)).toMatchObject({ ResponseCode: '801' })
})

describe('outcomes', () => {
  const expected: { readonly [magic: string]: string } = {
    MODREFUSE: '1 2 5',
    MODSUPPLEMENT: '1 3 2 4',
    MODPARTIAL: '1 2 7',
    CANCELREFUSE: '1 8 5',
    CANCELSUPPLEMENT: '1 3 2 4',
  }

  test.each(modificationOutcomes.map(({ magic, procedure }) => [magic, procedure] as const))(
    '%s does what its row says',
    async (magic, procedure) => {
      const { office, declared } = await holding(named(laptops, `EV-C.${magic}`), 0.8)
      const kind = procedure === 'amendment' ? 'amend' : 'cancel'
      await office.modify(application(declared, { kind, ...(kind === 'amend' ? { fields: packages } : {}) }))
      office.pass(5 * day)
      expect(results(office).join(' ')).toBe(expected[magic])
      const granted = results(office).at(-1) === '4'
      expect(office.effects.some((what) => /amended|cancelled/.test(what))).toBe(granted)
      expect(office.channels().includes('D')).toBe(granted && kind === 'cancel')
    },
  )
})

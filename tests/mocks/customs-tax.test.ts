import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import { type Desk, magicOf } from '../../mocks/agency.ts'
import { openBills } from '../../mocks/customs/bills.ts'
import { baseDayOf, workdayFrom } from '../../mocks/customs/calendar.ts'
import { customs } from '../../mocks/customs/index.ts'
import { openNumbering } from '../../mocks/customs/numbers.ts'
import { openCashier } from '../../mocks/customs/payments.ts'
import { readDeclaration } from '../../mocks/customs/read.ts'
import { assessTax } from '../../mocks/customs/tax.ts'

/** An import of frozen beef, free carrier, two items, tax self-declared: 315,636.15 yuan in all. */
const beef = readFileSync(
  new URL('../../adapters/customs/golden/self-declared-import/submit.xml', import.meta.url),
  'utf8',
)
const start = Date.parse('2026-11-20T09:45:30+08:00')
const minute = 60_000
const day = 86_400_000

const inTag = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''
const withMagic = (document: string, magic: string) =>
  document.replace(/<ClientSeqNo>[^<]+/, `<ClientSeqNo>T1-C.${magic}`)
const withoutSelfDeclaration = (document: string) =>
  document.replace(/<SddTax>.*<\/SddTax>/s, '').replace('<Type>Z</Type>', '<Type/>')

/** Lines as `item type amount`. */
const assessed = (document: string, on = '2026-11-20') =>
  assessTax(readDeclaration(document), on).map(({ gNo, taxType, tax }) => `${gNo}${taxType} ${tax.toFixed(2)}`)

/** An office with one declaration in it, an hour on. */
async function declared(document: string) {
  const office = openDeskOffice(customs, start)
  let now = start
  const pass = (ms: number) => office.advanceTo((now += ms))
  const answer = await office.ask({ method: 'POST', path: '/declarations', body: document })
  expect(inTag(answer.body, 'ResponseCode')).toBe('0')
  pass(60 * minute)
  const receipts = () =>
    office.documents.map(
      ({ body }) => `${inTag(body, 'CHANNEL') || inTag(body, 'transStatusName')} ${inTag(body, 'NOTE')}`,
    )
  const entryId = inTag(office.documents.at(-1)?.body ?? '', 'ENTRY_ID')
  const bill = async () => (await office.ask({ method: 'GET', path: `/tax-bills?entryId=${entryId}` })).body
  const pay = async (paySeqNo: string, traAmt: string, taxHeadSeqNo = `${entryId}-01`) => {
    const elements = { paySeqNo, entryId, taxHeadSeqNo, traAmt }
    const inside = Object.entries(elements).map(([name, text]) => `<${name}>${text}</${name}>`)
    const body = `<TaxPayment>${inside.join('')}</TaxPayment>`
    const { body: said } = await office.ask({ method: 'POST', path: '/payments', body })
    return `${inTag(said, 'errCode')} ${inTag(said, 'transStatusName')} ${inTag(said, 'errMsg')}`
  }
  const asked = async (paySeqNo: string) => {
    const { body: said } = await office.ask({ method: 'GET', path: `/payments?paySeqNo=${paySeqNo}` })
    return `${inTag(said, 'errCode')} ${inTag(said, 'transStatusName')}`
  }
  return {
    office,
    pass,
    receipts,
    entryId,
    bill,
    pay,
    asked,
    channels: () => receipts().map((one) => one.split(' ')[0]),
  }
}

describe('what customs comes to', () => {
  test('two items free carrier: freight and insurance spread by price, then duty and VAT', () => {
    // Prices 1,339,060.00 and 56,445.00; freight 4,200 USD = 29,820.00; insurance 0.3 % of 1,395,505.00 = 4,186.515, so 4,186.52.
    // 34,006.52 × 1,339,060.00 ÷ 1,395,505.00 = 32,631.03 for item 1, the other 1,375.49 for item 2.
    // Item 1: 1,371,691.03: duty 12 % 164,602.9236, VAT 9 % of 1,536,293.95 = 138,266.4555.
    // Item 2: 57,820.49: duty 6,938.4588, VAT 9 % of 64,758.95 = 5,828.3055.
    expect(assessed(beef)).toEqual(['1A 164602.92', '1L 138266.46', '2A 6938.46', '2L 5828.31'])
  })

  test('an agreement that the origin does not belong to changes nothing; one it belongs to lowers the duty', () => {
    const claims = (agreement: string) =>
      ['1', '2'].map((item) => `<EcoRelation><CertType>${agreement}</CertType><DecGNo>${item}</DecGNo></EcoRelation>`)
    const claiming = (agreement: string) => beef.replace('<SddTax>', `${claims(agreement).join('')}<SddTax>`)
    expect(assessed(claiming('Y18'))).toEqual(assessed(beef))
    const australian = claiming('Y18').replaceAll('<OriginCountry>KAZ', '<OriginCountry>AUS')
    // VAT 9 % of 1,371,691.03 and of 57,820.49.
    expect(assessed(australian)).toEqual(['1L 123452.19', '2L 5203.84'])
  })

  test('rates of another month come from its own base day; a surcharge falls on its origin alone', () => {
    // 6.9 instead of 7.1 on a day of March: 195,000… the whole scales by 6.9 ÷ 7.1.
    expect(assessed(beef, '2026-03-10')[0]).toBe('1A 159966.22')
    const american = beef.replaceAll('<OriginCountry>KAZ', '<OriginCountry>USA')
    // 1,371,691.03 × 22 % = 301,772.0266.
    expect(assessed(american)[0]).toBe('1A 301772.03')
  })

  test.each([
    ['2026-11-20', '2026-10-21'],
    ['2026-03-10', '2026-02-24'],
    ['2021-03-15', '2021-02-24'],
    ['2026-01-02', '2025-12-17'],
  ])('the base day of %s is %s', (on, expected) => {
    expect(baseDayOf(on)).toBe(expected)
  })

  test('a last day on a weekend or a holiday moves to the next workday; a make-up day is one', () => {
    expect(workdayFrom('2026-12-05')).toBe('2026-12-07')
    expect(workdayFrom('2026-02-16')).toBe('2026-02-24')
    expect(workdayFrom('2026-02-28')).toBe('2026-02-28')
  })
})

describe('self-declared tax', () => {
  test('equal to the fen: no second review, and the bill says so', async () => {
    const { channels, receipts } = await declared(beef)
    expect(channels()).toEqual(['7', 'L', 'J', 'T'])
    expect(receipts().at(-1)).toMatch(
      /^T 需交税费：进口关税A 171541.38元，进口增值税L 144094.77元，合计315636.15元，缴款期限20261207，税费单号\d{18}-01，与自报税款一致$/,
    )
  })

  test('a fen too little: reviewed anew with both figures, then billed by customs', async () => {
    const { channels, receipts } = await declared(beef.replace('164602.92', '164602.91'))
    expect(channels()).toEqual(['7', 'L', 'M', 'T'])
    expect(receipts()[2]).toBe('M 重审：自报税款与海关核定不一致：商品序号1进口关税A自报164602.91元、核定164602.92元')
    expect(receipts()[3]).toContain('进口关税A 171541.38元')
    expect(receipts()[3]).not.toContain('一致')
  })

  test('a tax left out, or one that is not due, differs too', async () => {
    const less = await declared(beef.replace(/<SddTaxDetail>\s*<GNo>2<\/GNo>\s*<TaxType>L.*?<\/SddTaxDetail>/s, ''))
    expect(less.receipts()[2]).toContain('商品序号2进口增值税L自报0.00元、核定5828.31元')
    const more = await declared(
      beef.replace(
        '<SddTaxDetails>',
        '<SddTaxDetails><SddTaxDetail><GNo>1</GNo><TaxType>Y</TaxType><RealTax>5</RealTax></SddTaxDetail>',
      ),
    )
    expect(more.receipts()[2]).toContain('商品序号1进口消费税Y自报5.00元、核定0.00元')
  })

  test('without it, or under another document kind, customs bills alone', async () => {
    const alone = await declared(withoutSelfDeclaration(beef))
    expect(alone.channels()).toEqual(['7', 'L', 'J', 'T'])
    expect(alone.receipts().at(-1)).not.toContain('一致')
    const unread = await declared(beef.replace('<Type>Z</Type>', '<Type/>').replace('164602.92', 'not read'))
    expect(unread.channels()).toEqual(['7', 'L', 'J', 'T'])
  })
})

describe('bill and payment', () => {
  test('a bill names a voucher for each tax and each tax of each item', async () => {
    const { bill, entryId } = await declared(beef)
    const text = await bill()
    expect(text).toContain(`<taxvouNo>${entryId}-A01</taxvouNo><taxType>A</taxType><traAmt>171541.38</traAmt>`)
    expect(text).toContain(`<taxvouNo>${entryId}-L01</taxvouNo><taxType>L</taxType><traAmt>144094.77</traAmt>`)
    expect(text).toContain('<gNo>2</gNo><codeTS>0202300090</codeTS><dutyValue>57820.49</dutyValue><tax>6938.46</tax>')
    expect(['limitDate', 'lateFee', 'payAmt'].map((tag) => inTag(text, tag))).toEqual(['20261207', '0.00', '315636.15'])
  })

  test('paid: the bank’s word, then the tax is settled, then the goods are released and closed', async () => {
    const { pay, pass, channels, receipts, asked, bill, entryId, office } = await declared(beef)
    expect(await asked('P-1')).toBe('901 ')
    expect(await pay('P-1', '315636.15')).toBe('100 支付中 支付指令已受理')
    expect(await asked('P-1')).toBe('100 支付中')
    // The same again is the same; another while it is under way is turned away.
    expect(await pay('P-1', '315636.15')).toBe('100 支付中 支付指令已受理')
    expect(await pay('P-2', '315636.15')).toBe('204 未支付 税费单支付中，不得重复支付')
    expect(await pay('P-1', '315636.1')).toMatch(/^205 /)
    pass(minute)
    expect(channels()).toEqual(['7', 'L', 'J', 'T', '已支付', 'T'])
    expect(receipts().at(-1)).toMatch(new RegExp(`^T 税费已支付：税费单号${entryId}-01，支付流水号ZF20261120\\d{10}$`))
    expect(await asked('P-1')).toBe('100 已支付')
    expect(inTag(await bill(), 'transStatusName')).toBe('已支付')
    expect(await pay('P-2', '315636.15')).toBe('204 未支付 税费单已支付，不得重复支付')
    pass(4 * day)
    expect(channels().slice(6)).toEqual(['P', 'R'])
    expect(await pay('P-1', '315636.15')).toBe('100 支付中 支付指令已受理')
    expect(office.effects.filter((what) => what.endsWith('tax-paid'))).toHaveLength(1)
  })

  test('a wrong amount, a bill nobody made out and a gap are turned away, and nothing is kept of them', async () => {
    const { pay, pass, channels } = await declared(beef)
    expect(await pay('P-1', '315636.14')).toBe('203 未支付 支付金额与应付金额315636.15元不符')
    expect(await pay('P-1', '1e9')).toMatch(/^203 /)
    expect(await pay('P-1', '315636.15', '801620261999999999-01')).toMatch(/^202 /)
    expect(await pay('P-1', '')).toBe('201 未支付 traAmt必填')
    pass(day)
    expect(channels()).toEqual(['7', 'L', 'J', 'T'])
    expect(await pay('P-1', '315636.15')).toMatch(/^100 /)
  })

  test('late: 0.5‰ a day on each voucher, and the bill alone is no longer enough', async () => {
    const { pay, pass, bill } = await declared(beef)
    pass(20 * day)
    // Three days after December 7: 171,541.38 × 0.0015 = 257.31207, 144,094.77 × 0.0015 = 216.142155.
    expect([inTag(await bill(), 'lateFee'), inTag(await bill(), 'payAmt')]).toEqual(['473.45', '316109.60'])
    expect(await pay('P-1', '315636.15')).toBe('207 未支付 税费单已逾期，应缴滞纳金473.45元，应付合计316109.60元')
    expect(await pay('P-1', '316109.60')).toMatch(/^100 /)
    // A tenth of the prices: three days late come to less than 50 yuan on either voucher, and are not levied.
    const cheap = withoutSelfDeclaration(beef)
      .replace('<DeclPrice>8.2000', '<DeclPrice>0.8200')
      .replace('<DeclTotal>188600.00', '<DeclTotal>18860.00')
      .replace('<DeclPrice>7.9500', '<DeclPrice>0.7950')
      .replace('<DeclTotal>7950.00', '<DeclTotal>795.00')
    const small = await declared(cheap)
    small.pass(20 * day)
    expect(inTag(await small.bill(), 'lateFee')).toBe('0.00')
    expect(inTag(await small.bill(), 'payAmt')).toBe(inTag(await small.bill(), 'traAmt'))
  })

  test('a bill withdrawn while the bank is at it is not paid: the payment fails, and sets nothing going', () => {
    const bills = openBills()
    const due: (() => void)[] = []
    const [sent, done]: [string[], string[]] = [[], []]
    const desk: Desk = {
      now: () => start,
      began: start,
      after: (_delay, act) => void due.push(act),
      draw: () => 0.5,
      send: (_reference, { body }) => void sent.push(body),
      posted: () => [],
      asked: (reference) => magicOf(reference, 'C'),
      effect: (_reference, what) => void done.push(what),
    }
    const lines = assessTax(readDeclaration(beef), '2026-11-20')
    const entryId = '801620261123456789'
    const { number, total } = bills.open(entryId, 'T1', lines, '2026-11-20', 0, () => void done.push('settled'))
    const cashier = openCashier(desk, openNumbering(desk), bills.of)
    const payment = {
      paySeqNo: 'P-1',
      entryId,
      taxHeadSeqNo: number,
      traAmt: total.toFixed(2),
      protocolNo: '',
      handOrgName: '',
    }
    expect(cashier.pay(payment)).toMatchObject({ code: 100, status: '支付中' })
    bills.withdraw(entryId)
    for (const act of due) act()
    expect(cashier.inquire('P-1')).toMatchObject({ code: 202, status: '支付失败' })
    expect(sent).toHaveLength(1)
    expect(done).toEqual(['payment-taken P-1'])
    // A second bill of the entry has the next number; the first is no longer known.
    expect(bills.open(entryId, 'T1', lines, '2026-11-20', 0, () => undefined).number).toBe(`${entryId}-02`)
    expect(cashier.pay({ ...payment, paySeqNo: 'P-2' })).toMatchObject({ code: 202 })
  })

  test('PAYREFUSE: the bank refuses the first payment, another number pays', async () => {
    const { pay, pass, channels, receipts } = await declared(withMagic(beef, 'PAYREFUSE'))
    expect(await pay('P-1', '315636.15')).toMatch(/^100 支付中/)
    pass(minute)
    expect(channels().at(-1)).toBe('支付失败')
    expect(await pay('P-1', '315636.15')).toMatch(/^100 支付中/)
    expect(await pay('P-2', '315636.15')).toMatch(/^100 支付中/)
    pass(day)
    expect(channels().slice(4, 7)).toEqual(['支付失败', '已支付', 'T'])
    expect(receipts().filter((one) => one.startsWith('P '))).toHaveLength(1)
  })

  test('PAYTWICE: paid at the counter meanwhile, the payment fails and the goods are released', async () => {
    const { pay, pass, channels, receipts, office } = await declared(withMagic(beef, 'PAYTWICE'))
    await pay('P-1', '315636.15')
    pass(3 * day)
    expect(channels().slice(4)).toEqual(['T', '支付失败', 'P', 'R'])
    expect(receipts()[4]).toContain('柜台缴纳')
    expect(office.effects.filter((what) => what.endsWith('tax-paid'))).toHaveLength(1)
  })

  test('PAYLATE: forty days late from the start', async () => {
    const { pay, bill } = await declared(withMagic(beef, 'PAYLATE'))
    // 171,541.38 × 0.02 = 3,430.8276, 144,094.77 × 0.02 = 2,881.8954.
    expect([inTag(await bill(), 'limitDate'), inTag(await bill(), 'lateFee')]).toEqual(['20261011', '6312.73'])
    expect(await pay('P-1', '315636.15')).toMatch(/^207 /)
    expect(await pay('P-1', '321948.88')).toMatch(/^100 /)
  })
})

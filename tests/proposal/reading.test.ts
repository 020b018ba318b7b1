import { expect, test } from 'vitest'
import { columnOf } from '../../src/proposal/columns.ts'
import { dayIn } from '../../src/proposal/days.ts'
import { labelOf } from '../../src/proposal/labels.ts'
import { exactNumber, numberIn, pointOf } from '../../src/proposal/numbers.ts'
import { labelled } from '../../src/proposal/pairs.ts'
import { findTariff, suggestCodes } from '../../src/proposal/tariff.ts'
import { countryIn, countryNamed } from '../../src/proposal/words/countries.ts'
import { currencyIn } from '../../src/proposal/words/currencies.ts'
import { packageOf } from '../../src/proposal/words/packages.ts'
import { placeNamed } from '../../src/proposal/words/places.ts'
import { termIn } from '../../src/proposal/words/terms.ts'
import { unitOf } from '../../src/proposal/words/units.ts'

test.each([
  ['1,234.50', '.', '1234.5'],
  ['1.234,50', ',', '1234.5'],
  ['1.234,50', '.', '1234.5'],
  ['1,234', '.', '1234'],
  ['1,234', ',', '1.234'],
  ['1.234', '.', '1.234'],
  ['1.234', ',', '1234'],
  ['12,5', '.', '12.5'],
  ['１，２３４．５０', '.', '1234.5'],
  ['1 234 567.8', '.', '1234567.8'],
  ["1'234.50", '.', '1234.5'],
  ['USD 512.50', '.', '512.5'],
  ['1,200 PCS', '.', '1200'],
  ['0.30', '.', '0.3'],
  ['1,234,567', '.', '1234567'],
] as const)('%s with %s for the fraction is %s', (text, point, value) => {
  expect(numberIn(text, point)?.value).toBe(value)
})

test.each(['-5', '(12.00)', 'n/a', '', '9'.repeat(40)])('%s is no number for a declaration', (text) => {
  expect(numberIn(text, '.')).toBeUndefined()
})

test('a file says itself how it writes fractions', () => {
  expect(pointOf(['1.234,50', '42', '1.000'])).toBe(',')
  expect(pointOf(['1,234.50', '1,000'])).toBe('.')
  expect(pointOf(['18.450', '16.800', '63,0'])).toBe(',')
})

test('a number of a workbook loses the noise of binary fractions, and nothing else', () => {
  expect(exactNumber('1234.5600000000001')).toBe('1234.56')
  expect(exactNumber('1e3')).toBe('1000')
  expect(exactNumber('0.1')).toBe('0.1')
  expect(exactNumber('NaN')).toBeUndefined()
})

test.each([
  ['2026-11-18', '2026-11-18'],
  ['2026/1/8', '2026-01-08'],
  ['2026年11月18日', '2026-11-18'],
  ['Nov. 18, 2026', '2026-11-18'],
  ['NOVEMBER 18TH, 2026', '2026-11-18'],
  ['18-Nov-26', '2026-11-18'],
  ['20261118', '2026-11-18'],
  ['18/11/2026', '2026-11-18'],
])('%s is %s', (text, day) => expect(dayIn(text)).toEqual({ value: day, others: [] }))

test('of a day that may be read two ways the other one is shown', () => {
  expect(dayIn('03/04/2026')).toEqual({ value: '2026-04-03', others: ['2026-03-04'] })
  expect(dayIn('31/02/2026')).toBeUndefined()
})

test.each([
  ['Invoice No.:', 'invoiceNumber'],
  ['发票号码', 'invoiceNumber'],
  ['发票号 INVOICE NO.', 'invoiceNumber'],
  ['INV #', 'invoiceNumber'],
  ['Seller/Exporter', 'seller'],
  ['发货人（卖方）', 'seller'],
  ['Port of Loading', 'loading'],
  ['装货港', 'loading'],
  ['目的港 Port of destination', 'discharge'],
  ['4. 发票号', 'invoiceNumber'],
  ['Payment terms', '-'],
  ['Notebook computer', undefined],
])('the label %s is %s', (text, label) => expect(labelOf(text.replace('（卖方）', ''))).toBe(label))

test('two labels on one line have a value each', () => {
  expect(labelled('Invoice No.: A-1   Date: 2026-11-18').map(({ label, value }) => [label, value])).toEqual([
    ['invoiceNumber', 'A-1'],
    ['invoiceDate', '2026-11-18'],
  ])
  expect(labelled('ETD: 10:30 on 2026-11-18')[0]?.value).toBe('10: 30 on 2026-11-18')
})

test.each([
  ['Weight (KGS)', undefined, undefined],
  ['Gross Weight (MT)', 'gross', '1000'],
  ['毛重（千克）', 'gross', '1'],
  ['N.W. KGS', 'net', '1'],
  ['Unit Price FOB Chongqing (USD)', 'unitPrice', undefined],
  ['品名及规格 Description', 'description', undefined],
  ['H.S. CODE', 'hsCode', undefined],
  ['QTY (PCS)', 'quantity', undefined],
  ['CBM', '-', undefined],
])('the header %s is %s', (text, column, kilograms) => {
  const head = columnOf(text)
  expect([head?.column, head?.kilograms]).toEqual([column, kilograms])
})

test('a header tells currency, unit and trade term', () => {
  expect(columnOf('Unit Price FOB Chongqing (USD)')).toMatchObject({ currency: 'USD', terms: 'FOB CHONGQING' })
  expect(columnOf('金额（美元）')).toMatchObject({ currency: 'USD' })
  expect(columnOf('QTY (PCS)')).toMatchObject({ word: 'PCS' })
})

test('units, packages, currencies and terms are found by what people write', () => {
  expect(['PCS', '件', '台 PCS', 'KGS', 'M/T', 'sets', '双', 'furlongs'].map(unitOf)).toEqual([
    'C62',
    'C62',
    'C62',
    'KGM',
    'TNE',
    'SET',
    'PR',
    undefined,
  ])
  expect(packageOf('CTNS')).toEqual({ code: 'CT', others: [] })
  expect(packageOf('箱')).toEqual({ code: 'CT', others: ['BX', '4C'] })
  expect(packageOf('纸箱 CASES')).toEqual({ code: 'CT', others: [] })
  expect(['US$', '美元', 'RMB', 'SINGAPORE DOLLARS', 'EUR'].map((text) => currencyIn(text)?.code)).toEqual([
    'USD',
    'USD',
    'CNY',
    'SGD',
    'EUR',
  ])
  expect(currencyIn('$ 5')?.others).toContain('SGD')
  expect(termIn('CNF Singapore')).toEqual({ code: 'CFR', sure: true, place: 'SINGAPORE' })
  expect(termIn('DDU HAMBURG')).toMatchObject({ code: 'DAP', sure: false })
  expect(termIn('MARKET STREET')).toBeUndefined()
})

test('countries are found by code, by name in both languages, and at the end of an address', () => {
  expect(['CHN', 'P.R. China', '新加坡', 'Made in Germany', 'XX'].map(countryNamed)).toEqual([
    'CN',
    'CN',
    'SG',
    'DE',
    undefined,
  ])
  expect(countryIn('10 Example Street, Singapore 629999')).toBe('SG')
  expect(countryIn('重庆市沙坪坝区样例路1号')).toBe('CN')
  expect(countryIn('1 Main Street, Springfield')).toBeUndefined()
})

test('places are found by name, and what a name leaves open stands beside it', () => {
  expect(placeNamed('SINGAPORE')?.place.unLocode).toBe('SGSIN')
  expect(placeNamed('重庆果园港')?.place).toEqual({ countryCode: 'CN', unLocode: 'CNCHQ', terminal: '果园港' })
  expect(placeNamed('Shanghai, China', '1')?.place.unLocode).toBe('CNSHG')
  expect(placeNamed('Shanghai, China', '4')?.place.unLocode).toBe('CNSGH')
  expect(placeNamed('SHANGHAI', '1')?.others.length).toBeGreaterThan(1)
  expect(placeNamed('Rotterdam, Netherlands')?.place.unLocode).toBe('NLRTM')
  expect(placeNamed('德国汉堡')?.place.unLocode).toBe('DEHAM')
  expect(placeNamed('Somewhere, Germany')?.place).toEqual({ countryCode: 'DE' })
  expect(placeNamed('nowhere at all')).toBeUndefined()
})

test('a commodity code is held against the tariff; what is short of ten digits names those it may be', () => {
  expect(findTariff('8471.30.90.00', '')).toEqual({ is: 'known', code: '8471309000' })
  expect(findTariff('8471309000101', '')).toEqual({ is: 'known', code: '8471309000' })
  expect(findTariff('84713090', '')).toEqual({ is: 'one', code: '8471309000' })
  expect(findTariff('847130', '笔记本电脑')).toEqual({ is: 'several', codes: ['8471309000', '8471301000'] })
  expect(findTariff('999999', '')).toEqual({ is: 'unknown' })
  expect(findTariff('84', '')).toBeUndefined()
})

test.each([
  ['笔记本电脑', '8471309000'],
  ['NOTEBOOK COMPUTER', '8471309000'],
  ['LITHIUM ION BATTERY PACK FOR ELECTRIC VEHICLES', '8507600020'],
])('%s is proposed with %s among at most five', (description, code) => {
  const codes = suggestCodes(description)
  expect(codes).toContain(code)
  expect(codes.length).toBeLessThanOrEqual(5)
})

test('words that mean nothing to the tariff propose nothing', () => {
  expect(suggestCodes('XYZZY 123')).toEqual([])
})

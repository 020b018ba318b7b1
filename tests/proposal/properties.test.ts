import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csv, proposalOf, type SheetCell, told, workbook } from './documents.ts'

/** Ways to write one column's header. */
const headers = {
  name: [
    '品名',
    '货物名称',
    '商品名称',
    'Description',
    'Description of Goods',
    '品名 Description',
    'DESCRIPTIONS OF GOODS',
  ],
  code: ['HS Code', '商品编码', '税号', 'H.S. CODE', 'HS编码', 'HS Code 商品编码'],
  quantity: ['数量', 'Qty', 'Quantity', 'QTY.', '数量 Quantity', '数量（台）'],
  unit: ['单位', 'Unit', 'UOM', '计量单位 Unit'],
  price: ['单价', 'Unit Price', '单价（USD）', 'Unit price (US$)', 'U/Price', 'UNIT PRICE USD'],
  amount: ['金额', 'Amount', 'Total Amount', '总价', 'AMOUNT (USD)', '金额（美元）'],
  gross: ['毛重', 'G.W.', 'Gross Weight (KGS)', '毛重（千克）', 'G.W. KGS', 'GROSS WEIGHT'],
  net: ['净重', 'N.W.', 'Net Weight (KGS)', '净重（公斤）', 'NET WEIGHT'],
} as const
type Field = keyof typeof headers
const fields = Object.keys(headers) as Field[]
const labels = {
  invoice: ['发票号', 'Invoice No.', '发票号码 Invoice Number', 'INV NO', 'Invoice #'],
  currency: ['币制', 'Currency', '币种 Currency'],
  loading: ['装货港', 'Port of Loading', 'POL', '启运港 Port of loading', 'FROM'],
  discharge: ['目的港', 'Port of Discharge', 'POD', '卸货港 Port of discharge', 'Port of Destination'],
} as const
const values = { invoice: 'INV-7', currency: 'USD', loading: '重庆', discharge: 'Singapore' } as const

const goods = [
  {
    name: '笔记本电脑',
    code: '8471309000',
    quantity: '1200',
    unit: 'PCS',
    price: '512.5',
    amount: '615000',
    gross: '2988',
    net: '2460',
  },
  {
    name: '平板电脑',
    code: '8471301000',
    quantity: '1010',
    unit: '台',
    price: '100.25',
    amount: '101252.5',
    gross: '1044.5',
    net: '1000.25',
  },
] as const
const decimal = new Set<Field>(['quantity', 'price', 'amount', 'gross', 'net'])

/** A number as people write it. */
const writings: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  english: (value) => grouped(value, ',', '.'),
  german: (value) => grouped(value, '.', ','),
  wide: (value) =>
    grouped(value, ',', '.').replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
}
const grouped = (value: string, group: string, point: string) => {
  const [whole = '', fraction = ''] = value.split('.')
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, group)}${point}${fraction.padEnd(2, '0')}`
}

const layout = fc.record({
  order: fc.shuffledSubarray(fields, { minLength: fields.length }),
  words: fc.record(
    Object.fromEntries(fields.map((field) => [field, fc.nat(100)])) as Record<Field, fc.Arbitrary<number>>,
  ),
  labels: fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }),
  hasColon: fc.boolean(),
  isBelow: fc.boolean(),
  numbers: fc.constantFrom(...Object.keys(writings)),
  delimiter: fc.constantFrom(',', ';', '\t'),
  gap: fc.nat(3),
  form: fc.constantFrom('csv', 'xlsx', 'numbers'),
  hasTotals: fc.boolean(),
})
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never

const pick = (words: readonly string[], at: number): string => words[at % words.length] ?? ''

function rowsOf({
  order,
  words,
  labels: named,
  hasColon,
  isBelow,
  numbers,
  gap,
  form,
  hasTotals,
}: Layout): SheetCell[][] {
  const write = writings[numbers] ?? String
  const cell = (field: Field, value: string): SheetCell =>
    !decimal.has(field) ? value : form === 'numbers' ? Number(value) : write(value)
  const pairs = (Object.keys(labels) as (keyof typeof labels)[]).map(
    (label, at) => [`${pick(labels[label], named[at] ?? 0)}${hasColon ? '：' : ''}`, values[label]] as const,
  )
  const head = isBelow
    ? [pairs.map(([label]) => label), pairs.map(([, value]) => value)]
    : pairs.map(([label, value]) => [label, value])
  const total = (field: Field) => goods.reduce((sum, one) => sum + Number(one[field]), 0)
  return [
    ['COMMERCIAL INVOICE'],
    ...Array.from({ length: gap }, () => ['']),
    ...head,
    [''],
    order.map((field) => pick(headers[field], words[field])),
    ...goods.map((one) => order.map((field) => cell(field, one[field]))),
    ...(hasTotals
      ? [
          [
            'TOTAL',
            ...order
              .slice(1)
              .map((field) => (decimal.has(field) && field !== 'price' ? cell(field, String(total(field))) : '')),
          ],
        ]
      : []),
  ]
}

const wanted = [
  ['/goodsShipment/invoice/id', 'read INV-7'],
  ['/goodsShipment/items/0/hsCode', 'read 8471309000'],
  ['/goodsShipment/items/0/name', 'read 笔记本电脑'],
  ['/goodsShipment/items/0/quantity/value', 'read 1200'],
  ['/goodsShipment/items/0/unitPrice', 'read 512.5'],
  ['/goodsShipment/items/0/totalPrice', 'read 615000'],
  ['/goodsShipment/items/1/grossMassKg', 'read 1044.5'],
  ['/goodsShipment/items/1/netMassKg', 'read 1000.25'],
  ['/goodsShipment/items/1/totalPrice', 'read 101252.5'],
  ['/goodsShipment/items/1/quantity/unitCode', 'read C62'],
] as const

test('whatever the order of columns, the words of headers, the language and the way of writing numbers: the same document', async () => {
  await fc.assert(
    fc.asyncProperty(layout, async (chosen) => {
      const rows = rowsOf(chosen)
      const file =
        chosen.form === 'csv'
          ? csv(
              'invoice.csv',
              rows.map((row) => row.map(String)),
              chosen.delimiter,
            )
          : await workbook('invoice.xlsx', { Sheet1: rows })
      const proposal = await proposalOf(file)
      expect(wanted.map(([pointer]) => [pointer, told(proposal, pointer)])).toEqual(wanted)
      expect(proposal.document).toMatchObject({
        direction: 'export',
        goodsShipment: {
          items: [{ currency: 'USD' }, { currency: 'USD' }],
          totalGrossMassKg: '4032.5',
          totalNetMassKg: '3460.25',
        },
      })
      expect((proposal.document['goodsShipment'] as { items: unknown[] }).items).toHaveLength(2)
    }),
    { numRuns: 40 },
  )
})

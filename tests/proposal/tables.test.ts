import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csv, proposalOf, sample, textFile, told, workbook } from './documents.ts'

const items = ({ document }: Awaited<ReturnType<typeof proposalOf>>) =>
  (document['goodsShipment'] as { items?: { [field: string]: unknown }[] } | undefined)?.items ?? []

/** What does not fit together; that nothing says which way the goods go is none of it here. */
const doubts = ({ issues }: Awaited<ReturnType<typeof proposalOf>>) =>
  issues.filter(({ code }) => code !== 'direction-unknown')

test('a header over two rows, of groups and their parts, with the unit at the group', async () => {
  const file = await workbook(
    'list.xlsx',
    {
      'Packing list': [
        ['品名', '件数', '重量（吨）', undefined],
        [undefined, undefined, '毛重', '净重'],
        ['苹果', 10, 1.25, 1.2],
      ],
    },
    ['C1:D1', 'A1:A2', 'B1:B2'],
  )
  const proposal = await proposalOf(file)
  expect(items(proposal)).toMatchObject([{ name: '苹果', grossMassKg: '1250', netMassKg: '1200' }])
})

test('a weight that is merged over two lines is counted once, and is neither line’s own', async () => {
  const file = await workbook(
    'list.xlsx',
    {
      'Packing list': [
        ['Description', 'Cartons', 'G.W. (KGS)'],
        ['棉布手套', 4, 20],
        ['皮革手套', 6, undefined],
      ],
    },
    ['C2:C3'],
  )
  const proposal = await proposalOf(file)
  expect(told(proposal, '/goodsShipment/totalGrossMassKg')).toBe('derived 20')
  expect(told(proposal, '/goodsShipment/packaging/quantity')).toBe('derived 10')
  expect(items(proposal).map((item) => item['grossMassKg'])).toEqual([undefined, undefined])
})

test('a name that is merged over two lines is the name of both', async () => {
  const rows = [
    ['Description', 'HS Code', 'Qty', 'Amount (USD)'],
    ['便携式计算机', '8471309000', 1, 500],
    [undefined, '8471309000', 2, 1000],
  ]
  const proposal = await proposalOf(await workbook('invoice.xlsx', { Invoice: rows }, ['A2:A3']))
  expect(items(proposal).map((item) => item['name'])).toEqual(['便携式计算机', '便携式计算机'])
})

test('several lines of a packing list are one line of the invoice, found by its article number', async () => {
  const invoice = csv('invoice.csv', [
    ['Art. No.', 'Description', 'Qty', 'Amount (USD)'],
    ['A-1', 'Steel bolts', '300', '30.00'],
    ['B-2', 'Steel nuts', '500', '25.00'],
  ])
  const packing = csv('packing.csv', [
    ['C/No.', '货号', '品名', '毛重（KGS）', '净重（KGS）'],
    ['1', 'B-2', '螺母', '5', '4'],
    ['2', 'A-1', '螺栓', '6', '5'],
    ['3', 'A-1', '螺栓', '6.5', '5.5'],
  ])
  const proposal = await proposalOf(invoice, packing)
  expect(items(proposal)).toMatchObject([
    { nameEn: 'Steel bolts', name: '螺栓', grossMassKg: '12.5', netMassKg: '10.5' },
    { nameEn: 'Steel nuts', name: '螺母', grossMassKg: '5' },
  ])
  expect(told(proposal, '/goodsShipment/items/0/grossMassKg')).toBe('derived 12.5')
})

test('a line of the packing list that no line of the invoice is about is told', async () => {
  const invoice = csv('invoice.csv', [
    ['Description', 'HS Code', 'Amount (USD)'],
    ['Notebook computer', '8471309000', '30.00'],
    ['Tablet computer', '8471301000', '30.00'],
  ])
  const packing = csv('packing.csv', [
    ['Description', 'HS Code', 'G.W.'],
    ['Notebook computer', '8471309000', '5'],
    ['Wooden spoon', '4419909000', '5'],
    ['Tablet computer', '8471301000', '5'],
  ])
  const proposal = await proposalOf(invoice, packing)
  expect(doubts(proposal).map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
    'line-without-invoice: The packing list has “Wooden spoon” (A3), the invoice has not',
  ])
})

test('amounts below the table are charges, subtotals are no lines, and remarks among lines are passed over', async () => {
  const file = csv('invoice.csv', [
    ['COMMERCIAL INVOICE'],
    ['Description', 'Qty', 'Unit price (USD)', 'Amount (USD)'],
    ['棉布手套', '10', '2.00', '20.00'],
    ['Sub-total', '10', '', '20.00'],
    ['Origin: China', '', '', ''],
    ['皮革手套', '5', '4.00', '20.00'],
    ['Total FOB', '15', '', '40.00'],
    ['Ocean freight', '', '', '12.50'],
    ['Insurance', '', '', '0.3%'],
  ])
  const proposal = await proposalOf(file)
  expect(items(proposal)).toHaveLength(2)
  expect(doubts(proposal)).toEqual([])
  expect(proposal.document['goodsShipment']).toMatchObject({
    valuation: {
      freight: { basis: 'total', amount: '12.5', currency: 'USD' },
      insurance: { basis: 'rate', amount: '0.3' },
    },
  })
})

test('a price that times the quantity is not the amount is told at its line', async () => {
  const file = csv('invoice.csv', [
    ['Description', 'Qty', 'Unit price (USD)', 'Amount (USD)'],
    ['棉布手套', '10', '2.00', '25.00'],
  ])
  const proposal = await proposalOf(file)
  expect(doubts(proposal).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/goodsShipment/items/0/totalPrice line-differs',
  ])
})

test('a commodity code is never chosen without saying so', async () => {
  const file = csv('invoice.csv', [
    ['Description', 'HS Code', 'Qty', 'Amount (USD)'],
    ['笔记本电脑', '', '1', '500'],
    ['笔记本电脑', '1234567890', '1', '500'],
  ])
  const proposal = await proposalOf(file)
  expect(told(proposal, '/goodsShipment/items/0/hsCode')).toBe('guessed 8471309000')
  expect(told(proposal, '/goodsShipment/items/1/hsCode')).toMatch(/^guessed/)
  expect(doubts(proposal).map(({ code }) => code)).toEqual(['code-not-in-tariff'])
})

test('a container whose check digit is wrong is left out and told; several name their lines', async () => {
  const list = csv('list.csv', [
    ['PACKING LIST'],
    ['Container No.: CQSU1234565'],
    [''],
    ['Description', 'Cartons', 'Container No.', 'Seal No.'],
    ['棉布手套', '10', 'CQSU1234564', 'S-100'],
    ['皮革手套', '12', 'CQSU5533012', 'S-200'],
  ])
  const proposal = await proposalOf(list)
  expect(doubts(proposal).map(({ code }) => code)).toEqual(['container-number-invalid'])
  expect(proposal.document['goodsShipment']).toMatchObject({
    consignment: {
      containers: [
        { id: 'CQSU1234564', sealIds: ['S-100'], goodsItemSequences: [1] },
        { id: 'CQSU5533012', goodsItemSequences: [2] },
      ],
    },
  })
})

test('an import turns the firms round: the seller is abroad, the buyer at home', async () => {
  const text = [
    'COMMERCIAL INVOICE',
    'Seller:,"EXAMPLE MEAT LLP, Almaty, Kazakhstan"',
    'Buyer:,重庆样例食品有限公司',
    'Port of loading:,"Almaty, Kazakhstan"',
    'Port of destination:,重庆',
    'Description,Qty,Unit,Amount (USD),Origin',
    '冻牛肉,1000,KGS,5000,哈萨克斯坦',
  ].join('\n')
  const { document } = await proposalOf(textFile('invoice.csv', text))
  expect(document).toMatchObject({
    direction: 'import',
    goodsShipment: {
      consignor: { name: 'EXAMPLE MEAT LLP', countryCode: 'KZ' },
      importer: { name: '重庆样例食品有限公司' },
      destinationCountry: 'CN',
      items: [{ originCountry: 'KZ', quantity: { value: '1000', unitCode: 'KGM' } }],
    },
  })
})

test('two papers that name different invoices are told, and the invoice is believed', async () => {
  const packing = textFile(
    'packing.csv',
    'PACKING LIST\nInvoice No.:,OTHER-1\nDescription,Cartons\nNOTEBOOK COMPUTER SL-1400,60\n',
  )
  const proposal = await proposalOf(packing, sample('laptops-invoice.csv'))
  expect(proposal.issues.map(({ code }) => code)).toContain('documents-differ')
  expect(told(proposal, '/goodsShipment/invoice/id')).toBe('read INV-2026-118')
})

test('a broker’s DecMessage becomes the draft; what it cannot say stays an issue', async () => {
  const xml = readFileSync(new URL('../../adapters/customs/golden/export-one-item/submit.xml', import.meta.url), 'utf8')
  const proposal = await proposalOf(
    textFile('declaration.xml', xml.replace('</DecHead>', '<Nonsense>1</Nonsense></DecHead>')),
  )
  expect(proposal.guesses).toEqual([])
  expect(proposal.document).toMatchObject({ direction: 'export' })
  expect(proposal.issues.map(({ code }) => code)).toContain('unknown-field')
  expect(proposal.files[0]?.kind).toBe('declaration')
})

test('more lines than a declaration has room for are told, not lost in silence', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => [`手套 ${at}`, '1', '2.00'])
  const proposal = await proposalOf(csv('invoice.csv', [['Description', 'Qty', 'Amount (USD)'], ...rows]))
  expect(items(proposal)).toHaveLength(50)
  expect(doubts(proposal).map(({ code }) => code)).toEqual(['too-many-lines'])
})

test('boxes with numbers, a currency in a cell of its own, a trade term over the prices, and how it is packed', async () => {
  const file = csv('invoice.csv', [
    ['CHONGQING EXAMPLE MOTORCYCLE CO. LTD'],
    ['COMMERCIAL INVOICE'],
    ['1.To Messrs:', '', '', '3.INVOICE NO.', 'CQ-9'],
    ['PT EXAMPLE MOTOR', '', '', '4.INVOICE DATE', '11/09/2026'],
    ['JL. EXAMPLE 1, JAKARTA, INDONESIA'],
    ['TEL: 0062-21-000000'],
    ['SHIPPED FROM CHONGQING, CHINA TO JAKARTA, INDONESIA BY SEA'],
    ['10.MARKS', '11.DESCRIPTION OF GOODS', '12.QTY.', '', '13.UNIT PRICE', '', '14.AMOUNT'],
    ['', '', '', '', 'FOB CHONGQING'],
    ['N/M', 'MOTORCYCLE 150CC', '30', 'UNITS', 'USD', '620.00', 'USD', '18600.00'],
    ['', 'TOTAL:', '30', '', '', '', 'USD', '18600.00'],
    ['PACKED IN 30 WOODEN CASES'],
    ['GROSS WEIGHT: 4.5 MT', '', 'NET WEIGHT: 4200 KGS'],
  ])
  const proposal = await proposalOf(file)
  expect(proposal.document).toMatchObject({
    direction: 'export',
    goodsShipment: {
      exporter: { name: 'CHONGQING EXAMPLE MOTORCYCLE CO. LTD' },
      consignee: { name: 'PT EXAMPLE MOTOR', address: 'JL. EXAMPLE 1, JAKARTA, INDONESIA', countryCode: 'ID' },
      tradeTerms: { conditionCode: 'FOB' },
      packaging: { quantity: 30, typeCode: '4C' },
      totalGrossMassKg: '4500',
      items: [{ unitPrice: '620', totalPrice: '18600', currency: 'USD', quantity: { unitCode: 'C62' } }],
      consignment: { legs: [{ modeCode: '1', to: { unLocode: 'IDJKT' } }] },
    },
  })
  expect(told(proposal, '/goodsShipment/exporter/name')).toMatch(/^guessed/)
  expect(told(proposal, '/goodsShipment/invoice/issueDate')).toBe('guessed 2026-09-11')
})

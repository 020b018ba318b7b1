import { describe, expect, test } from 'vitest'
import { readBillLines } from '../../src/fees/bills/sheet.ts'
import { FileTrouble } from '../../src/fees/sheet/header.ts'
import { limits } from '../../src/limits.ts'

const csv = (...rows: string[]) => readBillLines('text/csv', Buffer.from(rows.join('\r\n')))
const troubleOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof FileTrouble ? error.code : error),
  )

test('a bill as a spreadsheet saves it: Chinese headings in any order, money as people print it, a sum at the end', async () => {
  const read = await csv(
    '\uFEFF项目,单位,数量,单价,金额,代收单位,代收金额',
    '港口作业包干费,元/箱,2,720,"￥1,440.00",,',
    '',
    '洗箱费,次,1,,230元,洁净洗箱站,200.00',
    '移箱费冲减,,,,(100.00),,',
    '合计,,,,"1,570.00",,',
  )
  expect(read.lines).toEqual([
    { description: '港口作业包干费', unit: '元/箱', quantity: '2', unitPrice: '720', amount: '1440.00' },
    {
      description: '洗箱费',
      unit: '次',
      quantity: '1',
      amount: '230',
      handedOn: { from: '洁净洗箱站', amount: '200.00' },
    },
    { description: '移箱费冲减', amount: '-100.00' },
  ])
  expect(read.total).toBe('1570.00')
  expect(read.issues).toEqual([])
  expect(read.rowOf(1)).toEqual({ en: 'row 4', zh: '第4行' })
})

test('field names do as well, and a text that looks like a formula is a text', async () => {
  const read = await csv(
    'description,amount,kind,handedOn.from,handedOn.amount',
    "'=1+1,5,weighing,,",
    '"=SUM(A1)",6,,,',
  )
  expect(read.lines).toEqual([
    { description: '=1+1', amount: '5', kind: 'weighing' },
    { description: '=SUM(A1)', amount: '6' },
  ])
  expect(read.total).toBeUndefined()
})

test('what is no number stays as it is, for the bill’s own rules to refuse', async () => {
  const { lines } = await csv('项目,金额', '甲,"1,44,0"', '乙,1e3', '丙,壹佰')
  expect(lines.map(({ amount }) => amount)).toEqual(['1,44,0', '1e3', '壹佰'])
})

describe('files that are refused as a whole', () => {
  test.each([
    ['nothing in it', [''], 'file-empty'],
    ['a column nobody knows', ['项目,金额,折扣'], 'header-wrong'],
    ['a column twice', ['项目,金额,amount'], 'header-wrong'],
    ['no amounts', ['项目,数量'], 'header-wrong'],
    [
      'more lines than a bill has',
      ['项目,金额', ...Array<string>(limits.billLines + 1).fill('甲,1')],
      'file-too-large',
    ],
    ['a quote that never ends', ['项目,金额', '"甲,1'], 'csv-malformed'],
  ])('%s', async (_, rows, code) => {
    expect(await troubleOf(csv(...rows))).toBe(code)
  })
  test('no workbook', async () => {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    expect(await troubleOf(readBillLines(type, Buffer.from('PK not a zip')))).toEqual(expect.any(String))
  })
})

test('a workbook: numbers to the digit, a formula by what it came to, merged cells told', async () => {
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('账单')
  sheet.addRow(['收费项目', '数量', '单价', '金额'])
  sheet.addRow(['过磅费', 3, 60, { formula: 'B2*C2', result: 180 }])
  sheet.addRow(['理箱费', 3, 28.8, { formula: 'B3*C3', result: 86.4 + 1e-14 }])
  sheet.addRow(['单证费', 1, 0.1, 0.1 + 0.2])
  const bytes = Buffer.from(await book.xlsx.writeBuffer())
  const read = await readBillLines('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes)
  expect(read.lines).toEqual([
    { description: '过磅费', quantity: '3', unitPrice: '60', amount: '180' },
    { description: '理箱费', quantity: '3', unitPrice: '28.8', amount: '86.4' },
    { description: '单证费', quantity: '1', unitPrice: '0.1', amount: expect.stringMatching(/^0\.3/) as string },
  ])
  // A float nobody can print is told, not rounded.
  expect(read.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/lines/2/amount cell-inexact'])
})

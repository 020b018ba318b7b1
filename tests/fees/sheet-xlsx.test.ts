import { deflateRawSync } from 'node:zlib'
import excel from 'exceljs'
import { expect, test } from 'vitest'
import { FileTrouble } from '../../src/fees/sheet/header.ts'
import { judgeFees, readSheet } from '../../src/fees/sheet/read-fees.ts'
import { allowedRows, templateRows } from '../../src/fees/sheet/template.ts'
import { sheetName, writeXlsx } from '../../src/fees/sheet/write-xlsx.ts'
import { openArchive } from '../../src/fees/sheet/zip.ts'
import { limits } from '../../src/limits.ts'
import {
  type Book,
  bookOf,
  bookParts,
  type Cells,
  goodRow,
  headers,
  lettersUnder,
  sheetRows,
  zipOf,
} from './sheet-files.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const judged = async (bytes: Buffer) => [...judgeFees(await readSheet(xlsx, bytes))]
const judgedBook = (rows: readonly Cells[], raw: Cells = {}, more: Partial<Book> = {}, behind = '') =>
  judged(bookOf({ sheets: [{ rows: sheetRows(rows, raw), behind }], ...more }))
const wrong = async (...given: Parameters<typeof judgedBook>) =>
  (await judgedBook(...given)).flatMap(({ issues }) =>
    issues.map(({ row, column, code }) => `${row} ${column} ${code}`),
  )
const troubleOf = async (bytes: Buffer): Promise<string> => {
  const trouble = await readSheet(xlsx, bytes).catch((error: unknown) => error)
  expect(trouble).toBeInstanceOf(FileTrouble)
  return (trouble as FileTrouble).code
}
const at = (header: string, row = 2) => `${lettersUnder(header)}${row}`

test('a workbook as Excel writes it, sheets before their texts, is read; hidden sheets are not', async () => {
  const rows = sheetRows([goodRow('fee-a')])
  const hidden = { state: 'hidden', rows: sheetRows([goodRow('hidden')]) }
  const veryHidden = { state: 'veryHidden', rows: '<row r="1"/>' }
  const [fee, ...more] = await judged(bookOf({ sheets: [hidden, veryHidden, { rows }, { rows: '<row/>' }] }))
  expect(fee).toMatchObject({ id: 'fee-a', issues: [], fee: { name: { zh: '过磅' } } })
  expect(more).toEqual([])
  expect(await troubleOf(bookOf({ sheets: [hidden] }))).toBe('no-sheet')
})

test('texts are texts however they are kept: shared, formatted, with a reading aid, escaped, prefixed', async () => {
  const strings = [
    '<t>过磅</t>',
    '<r><rPr><b/></rPr><t>Weigh</t></r><r><t xml:space="preserve">ing </t></r>',
    '<t>称重</t><rPh sb="0" eb="1"><t>chengzhong</t></rPh>',
    '<t>a_x000D_\nb_x005F_x0041_</t>',
  ]
  const shared = (header: string, index: number) => ({ [at(header)]: `<c r="${at(header)}" t="s"><v>${index}</v></c>` })
  const raw = {
    ...shared('收费项目', 0),
    ...shared('收费项目（英文）', 1),
    ...shared('服务内容', 2),
    ...shared('服务内容（英文）', 3),
    [at('投诉电话')]: `<c r="${at('投诉电话')}" t="str"><v>023-1234567</v></c>`,
  }
  const [fee] = await judgedBook([goodRow('fee-a')], raw, { strings })
  expect(fee?.issues).toEqual([])
  expect(fee?.fee).toMatchObject({
    name: { zh: '过磅', en: 'Weighing ' },
    service: { zh: '称重', en: 'a\r\nb_x0041_' },
    telephone: '023-1234567',
  })
  const prefixed = bookParts({ sheets: [{ rows: sheetRows([goodRow('fee-a')]) }] }).map(({ name, content }) => ({
    name,
    content: name.endsWith('sheet1.xml') ? String(content).replaceAll(/<(\/?)(\w)/g, '<$1x:$2') : content,
  }))
  expect(await judged(zipOf(prefixed))).toMatchObject([{ id: 'fee-a', issues: [] }])
})

test('numbers keep their digits: amounts as they are typed, days as days; what lost digits is refused', async () => {
  const number = (header: string, value: string, row = 2) => ({
    [at(header, row)]: `<c r="${at(header, row)}"><v>${value}</v></c>`,
  })
  const raw = { ...number('金额', '1.1000000000000001'), ...number('生效日期', '46113') }
  const [fee] = await judgedBook([goodRow('fee-a', { 适用条件: '箱型=20' })], raw)
  expect(fee?.issues).toEqual([])
  expect(fee?.fee).toMatchObject({ validFrom: '2026-04-01', price: { rates: [{ amount: '1.1' }] } })
  const later = { ...number('生效日期', '44651') }
  expect(await judgedBook([goodRow('fee-a')], later, { date1904: true })).toMatchObject([
    { fee: { validFrom: '2026-04-01' } },
  ])

  const bad = {
    ...number('金额', '0.30000000000000004'),
    ...number('生效日期', '2026'),
    ...number('投诉电话', '2312345678'),
  }
  expect(await wrong([goodRow('fee-a')], bad)).toEqual([
    `2 ${lettersUnder('金额')} 金额 cell-inexact`,
    `2 ${lettersUnder('投诉电话')} 投诉电话 cell-number`,
    `2 ${lettersUnder('生效日期')} 生效日期 cell-no-day`,
  ])
  expect(await wrong([goodRow('fee-a')], number('金额', '1e21'))).toEqual([
    `2 ${lettersUnder('金额')} 金额 amount-malformed`,
  ])
  expect(await wrong([goodRow('fee-a')], number('生效日期', '46113.5'))).toHaveLength(1)
})

test('a formula is refused whatever its value is; so are errors and booleans', async () => {
  const raw = {
    [at('金额')]: `<c r="${at('金额')}"><f>1+1</f><v>2</v></c>`,
    [at('收费项目')]: `<c r="${at('收费项目')}" t="str"><f>HYPERLINK("x")</f><v>过磅</v></c>`,
    [at('口岸')]: `<c r="${at('口岸')}" t="e"><v>#N/A</v></c>`,
    [at('服务内容')]: `<c r="${at('服务内容')}" t="b"><v>1</v></c>`,
  }
  expect((await wrong([goodRow('fee-a'), goodRow('fee-b')], raw)).sort()).toEqual(
    [
      `2 ${lettersUnder('金额')} 金额 cell-formula`,
      `2 ${lettersUnder('收费项目')} 收费项目 cell-formula`,
      `2 ${lettersUnder('口岸')} 口岸 cell-error`,
      `2 ${lettersUnder('服务内容')} 服务内容 cell-boolean`,
    ].sort(),
  )
})

test('cells merged down say the same in each row; merged across they say nothing', async () => {
  const blank = { 编号: '', 收费项目: '', 金额: '90', 计价方式: '固定', 计价单位: '箱', 适用条件: '箱型=40' }
  const rows = [goodRow('fee-a', { 适用条件: '箱型=20' }), blank, goodRow('fee-b')]
  const down = `<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C3"/></mergeCells>`
  expect(await judgedBook(rows, {}, {}, down)).toMatchObject([
    { id: 'fee-a', issues: [], fee: { price: { rates: [{ amount: '60' }, { amount: '90' }] } } },
    { id: 'fee-b', issues: [] },
  ])
  const across = `<mergeCells><mergeCell ref="C4:D4"/></mergeCells>`
  expect(await wrong([goodRow('fee-a'), goodRow('fee-b'), goodRow('fee-c')], {}, {}, across)).toEqual([
    '4 C 收费项目 cell-merged',
  ])
  const endless = `<mergeCells>${'<mergeCell ref="A2:A1048576"/>'.repeat(3)}</mergeCells>`
  expect(await judgedBook([goodRow('fee-a')], {}, {}, endless)).toHaveLength(1)
  expect(
    await troubleOf(bookOf({ sheets: [{ rows: sheetRows([goodRow('fee-a')]), behind: '<mergeCell ref="x"/>' }] })),
  ).toBe('workbook-broken')
})

test('cells and rows need not say where they are', async () => {
  const rows = sheetRows([goodRow('fee-a')])
    .replaceAll(/<row r="\d+"/g, '<row')
    .replaceAll(/<c r="(A|B|C)\d+"/g, '<c')
  expect(await judged(bookOf({ sheets: [{ rows }] }))).toMatchObject([{ id: 'fee-a', issues: [] }])
})

const good = bookParts({ sheets: [{ rows: sheetRows([goodRow('fee-a')]) }] })
const replaced = (name: string, content: string | Buffer) =>
  zipOf(good.map((part) => (part.name.endsWith(name) ? { ...part, content } : part)))

test.each<[string, () => Buffer, string]>([
  ['no archive', () => Buffer.from('编号,金额'), 'not-a-workbook'],
  ['nothing', () => Buffer.alloc(0), 'not-a-workbook'],
  [
    'an old or locked workbook',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    'not-a-workbook',
  ],
  ['an archive of something else', () => zipOf([{ name: 'a.txt', content: 'x' }]), 'not-a-workbook'],
  ['half of an archive', () => zipOf(good).subarray(-400), 'workbook-broken'],
  ['a part that is not what it was', () => corrupted(zipOf(good)), 'workbook-broken'],
  [
    'a document type',
    () => replaced('sheet1.xml', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'),
    'workbook-broken',
  ],
  ['an entity', () => replaced('sheet1.xml', '<worksheet>&lol;</worksheet>'), 'workbook-broken'],
  ['no XML', () => replaced('sheet1.xml', '<worksheet><sheetData>'), 'workbook-broken'],
  ['no UTF-8', () => replaced('sheet1.xml', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])), 'workbook-broken'],
  ['a part twice', () => zipOf([...good, ...good.slice(0, 1)]), 'workbook-broken'],
  [
    'rows out of order',
    () => replaced('sheet1.xml', '<worksheet><row r="5"/><row r="4"/></worksheet>'),
    'workbook-broken',
  ],
  ['a row that is no number', () => replaced('sheet1.xml', '<worksheet><row r="x"/></worksheet>'), 'workbook-broken'],
  [
    'a cell far out',
    () => replaced('sheet1.xml', '<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>'),
    'file-too-large',
  ],
  [
    'a cell nowhere',
    () => replaced('sheet1.xml', '<worksheet><row r="1"><c r="11"><v>1</v></c></row></worksheet>'),
    'file-too-large',
  ],
  [
    'too many parts',
    () => zipOf([...good, ...Array.from({ length: limits.sheetParts }, (_, at) => ({ name: `${at}`, content: '' }))]),
    'file-too-large',
  ],
  [
    'a bomb that says so',
    () => zipOf([...good, { name: 'bomb', content: '', says: limits.sheetUnpackedBytes }]),
    'file-too-large',
  ],
])('refused before it does harm: %s', async (_, bytes, code) => {
  expect(await troubleOf(bytes())).toBe(code)
})

test('a bomb that lies about its size is counted as it grows, over all parts', async () => {
  const part = { content: Buffer.alloc(100_000), says: 10 }
  const archive = openArchive(
    zipOf([
      { name: 'a', ...part },
      { name: 'b', ...part },
    ]),
    150_000,
  )
  const sizeOf = async (name: string) => {
    let size = 0
    for await (const chunk of archive.open(name)) size += chunk.length
    return size
  }
  expect(await sizeOf('a')).toBe(100_000)
  await expect(sizeOf('b')).rejects.toMatchObject({ code: 'file-too-large' })
})
/** With one byte of the sheet’s packed content turned. */
function corrupted(bytes: Buffer): Buffer {
  const place = bytes.indexOf('sheet1.xml') + 'sheet1.xml'.length + 20
  bytes.writeUInt8(bytes.readUInt8(place) ^ 0xff, place)
  return bytes
}

test('what is behind a local header that the directory does not know is never looked at', async () => {
  const stray = zipOf([{ name: 'xl/worksheets/sheet1.xml', content: 'stray' }])
  const own = zipOf(good)
  // The stray part stands first; the directory knows the second one only.
  const end = own.length - 22
  const directory = own.readUInt32LE(end + 16)
  const shifted = Buffer.from(own)
  const shift = stray.length
  for (let at = directory; at < end; at += 46 + own.readUInt16LE(at + 28))
    shifted.writeUInt32LE(own.readUInt32LE(at + 42) + shift, at + 42)
  shifted.writeUInt32LE(directory + shift, end + 16)
  expect(await judged(Buffer.concat([stray, shifted]))).toMatchObject([{ id: 'fee-a', issues: [] }])
  expect(deflateRawSync('stray').length).toBeLessThan(shift)
})

test('another reader of workbooks finds in ours what we wrote, as text that stays text', async () => {
  const rows = [
    ['a', '=1+1', ' blank ', '1.10'],
    ['', "'x", '尺“”<&>', '\n'],
  ]
  const chunks: Buffer[] = []
  const sheet = { name: '收费', widths: [9, 9, 9, 9], head: 1, rows: () => rows }
  for await (const chunk of writeXlsx([sheet, { ...sheet, name: '版次' }], new Date(0), 1)) chunks.push(chunk)
  const book = new excel.Workbook()
  await book.xlsx.load(Buffer.concat(chunks) as never)
  expect(book.worksheets.map(({ name }) => name)).toEqual(['收费', '版次'])
  const [first] = book.worksheets
  expect(rows.map((_, row) => rows[0]?.map((__, column) => first?.getCell(row + 1, column + 1).value ?? ''))).toEqual(
    rows,
  )
  expect(first?.getCell(1, 2)).toMatchObject({ type: excel.ValueType.String, numFmt: '@' })
})

test('the template is a file that can be imported, and says what every column may hold', async () => {
  for (const language of ['zh', 'en'] as const) {
    const chunks: Buffer[] = []
    const sheet = { name: 'fees', widths: headers.map(() => 9), head: 1, rows: () => templateRows(language) }
    const allowed = { name: 'values', widths: [9, 9, 9, 9], head: 1, rows: () => allowedRows(language) }
    for await (const chunk of writeXlsx([sheet, allowed], new Date(0), 100)) chunks.push(chunk)
    expect(await judged(Buffer.concat(chunks))).toMatchObject([{ id: 'example-yard', issues: [] }])
    expect(allowedRows(language).every((row) => row.length === 4 && row[0] !== '')).toBe(true)
  }
})

test('a sheet has a name it may have, unlike the others', () => {
  expect(sheetName('果园港', [])).toBe('果园港')
  expect(sheetName('a/b:c', ['A B C'])).toBe('a b c 2')
  expect(sheetName('x'.repeat(40), [])).toHaveLength(28)
  expect(sheetName('[]', [])).toBe('-')
})

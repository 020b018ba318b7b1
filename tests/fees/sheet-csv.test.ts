import { expect, test } from 'vitest'
import { FileTrouble } from '../../src/fees/sheet/header.ts'
import { judgeFees, readSheet } from '../../src/fees/sheet/read-fees.ts'
import { counter } from '../../src/fees/sheet/sizes.ts'
import { limits } from '../../src/limits.ts'
import { type Cells, csvOf, goodRow, headers } from './sheet-files.ts'

const judged = async (bytes: Buffer) => [...judgeFees(await readSheet('text/csv', bytes))]
/** What is wrong with the cells of some rows: row, column, code. */
const wrong = async (rows: readonly Cells[], names: readonly string[] = headers) =>
  (await judged(Buffer.from(csvOf(rows, { names })))).flatMap(({ issues }) =>
    issues.map(({ row, column, code }) => `${row} ${column} ${code}`),
  )
const troubleOf = async (bytes: Buffer | string): Promise<FileTrouble> => {
  const trouble = await readSheet('text/csv', Buffer.from(bytes)).catch((error: unknown) => error)
  expect(trouble).toBeInstanceOf(FileTrouble)
  return trouble as FileTrouble
}
// GB18030 of what stands in a good row, for there is no encoder in Node: written by hand once, and held against the decoder below.
const names = ['编号', '收费项目']

test('a good row is a fee, whatever the file is saved as', async () => {
  const text = csvOf([goodRow('fee-a')])
  const [plain] = await judged(Buffer.from(text))
  expect(plain).toMatchObject({
    id: 'fee-a',
    issues: [],
    fee: { kind: 'weighing', name: { zh: '过磅', en: 'Weighing' } },
  })
  expect(plain?.fee?.payers).toEqual(['shipper', 'consignee'])
  const others = {
    'a byte order mark': Buffer.from(`\uFEFF${text}`),
    'line ends of Unix': Buffer.from(text.replaceAll('\r\n', '\n')),
    'line ends of an old Macintosh': Buffer.from(text.replaceAll('\r\n', '\r')),
    'UTF-16 as Excel’s “Unicode text”': Buffer.from(
      `\uFEFF${csvOf([goodRow('fee-a')], { delimiter: '\t' })}`,
      'utf16le',
    ),
    semicolons: Buffer.from(csvOf([goodRow('fee-a')], { delimiter: ';' })),
    'empty lines': Buffer.from(`\r\n${text}\r\n\r\n,,,,\r\n`),
    GB18030: inGb18030(text),
  }
  for (const [what, bytes] of Object.entries(others)) {
    const [read, ...more] = await judged(bytes)
    expect([what, read?.fee, more]).toEqual([what, plain?.fee, []])
  }
  expect(names.every((name) => headers.includes(name))).toBe(true)
})

/** The text in GB18030, by turning its decoder round. */
function inGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const pairs = new Map<string, Buffer>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Buffer.from([lead, trail])
      const character = decoder.decode(bytes)
      if (trail !== 0x7f && character.length === 1 && character !== '\uFFFD' && !pairs.has(character))
        pairs.set(character, bytes)
    }
  const bytes = Buffer.concat(
    Array.from(text, (character) =>
      character < '\x80' ? Buffer.from(character) : (pairs.get(character) ?? Buffer.from('?')),
    ),
  )
  expect(decoder.decode(bytes)).toBe(text)
  return bytes
}

test('headers are read in English, by field name, in any width and case', async () => {
  const english =
    'ID,kind,Fee (Chinese),fee,PAYEE,port,nature,serviceZh,Service,Payers,arises,pricing,Ｆｏｒｍ,per,amount,telephone,valid from,evidence'
  const row =
    'fee-a,weighing,过磅,Weighing,p1,q1,market,称重,Weighing,shipper;agent,always,rates,fixed,container,60,023-1234567,2026/1/2,synthetic'
  const [fee] = await judged(Buffer.from(`${english}\n${row}`))
  expect(fee?.issues).toEqual([])
  expect(fee?.fee).toMatchObject({ validFrom: '2026-01-02', payers: ['shipper', 'agent'], arises: { when: 'always' } })
})

test('an unknown header, one there twice, one missing: nothing is read, and each is named', async () => {
  const given = headers
    .map((name) => ({ 别名: '编号', 金额: '金额（元）' })[name] ?? name)
    .filter((name) => name !== '口岸')
  const { code, cells } = await troubleOf(csvOf([goodRow('fee-a')], { names: given }))
  expect(code).toBe('header-wrong')
  expect(cells.map(({ row, column, code: what }) => `${row} ${column} ${what}`)).toEqual([
    '1 E 编号 header-twice',
    '1 T 金额（元） header-unknown',
    '1 口岸 header-missing',
  ])
})

test.each([
  ['nothing', '', 'file-empty'],
  ['blanks', ' \n,,\n', 'file-empty'],
  ['a header alone', csvOf([]), 'file-empty'],
  ['an open quote', `${csvOf([goodRow('fee-a')])}\r\n"b`, 'csv-malformed'],
  ['a quote inside', `${headers.join(',')}\r\nfee-a"b,c`, 'csv-malformed'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xff, 0x80, 0x81]), 'encoding-unknown'],
  ['a workbook', Buffer.from('PK\x03\x04\x14\x00', 'latin1'), 'not-csv'],
])('no file of fees: %s', async (_, bytes, code) => {
  expect((await troubleOf(bytes as string)).code).toBe(code)
})

test('more rows, columns or characters than any honest file has are refused as they come', async () => {
  const line = `${','.repeat(limits.sheetColumns)}x\n`
  expect((await troubleOf(`编号\n${line}`)).code).toBe('file-too-large')
  expect((await troubleOf(`编号\n${'a\n'.repeat(limits.sheetRows)}`)).code).toBe('file-too-large')
  expect((await troubleOf(`编号\n"${'x'.repeat(limits.sheetCell * 5)}"`)).code).toBe('csv-malformed')
})

test('characters are counted, of texts and of what is none', () => {
  const counted = counter()
  const half = 'x'.repeat(limits.sheetCharacters / 2)
  counted([half, undefined, { is: 'number', text: half }])
  expect(() => counted(['x'])).toThrow(/characters/)
})

test('each bad cell is named by row, column and reason; the rows of other fees are good', async () => {
  const rows = [
    goodRow('fee-a', { 收费性质: '随便', 金额: '-5' }),
    goodRow('fee-b'),
    goodRow('fee-c', { 投诉电话: 'none', 生效日期: '明天', 计价单位: '箱×尺', 服务内容: '' }),
    goodRow('', {}),
    goodRow('D d'),
  ]
  const sheet = await readSheet('text/csv', Buffer.from(csvOf(rows)))
  expect(sheet.nameless).toMatchObject([{ row: 5, column: 'A 编号', code: 'id-missing' }])
  expect(sheet.total).toBe(5)
  const all = [...judgeFees(sheet)]
  expect(all.filter(({ fee }) => fee !== undefined).map(({ id }) => id)).toEqual(['fee-b'])
  expect(await wrong(rows)).toEqual([
    '2 H 收费性质 cell-unknown',
    '2 U 金额 amount-negative',
    '4 T 计价单位 measure-unknown',
    '4 AH 生效日期 cell-no-day',
    '4 J 服务内容 missing',
    '4 AG 投诉电话 invalid-format',
    '6 A 编号 id-malformed',
  ])
  for (const { text } of all.flatMap(({ issues }) => issues)) {
    expect(text.en).not.toBe('')
    expect(text.zh).toMatch(/\p{Script=Han}/u)
  }
})

test.each<[string, Cells, string]>([
  ['an amount that is absurd', { 金额: '99999999' }, '2 U 金额 amount-absurd'],
  ['an amount with a separator', { 金额: '1,200' }, '2 U 金额 amount-malformed'],
  ['an amount in a range', { 计价方式: '区间', 金额: '5', 下限: '1', 上限: '9' }, '2 U 金额 cell-not-wanted'],
  ['a range reversed', { 计价方式: '区间', 金额: '', 下限: '9', 上限: '1' }, '2 W 上限 range-reversed'],
  [
    'steps that go down',
    { 计价方式: '分档', 金额: '', 分段依据: '吨', 阶梯: '9=1；5=2；其余=3' },
    '2 Y 阶梯 step-order',
  ],
  ['steps without a sign', { 计价方式: '分档', 金额: '', 分段依据: '吨', 阶梯: '9：1' }, '2 Y 阶梯 step-malformed'],
  ['a form that is none', { 计价方式: '' }, '2 R 计价方式 missing'],
  ['a condition that is none', { 适用条件: '颜色=红' }, '2 S 适用条件 condition-unknown'],
  ['a condition twice', { 适用条件: '箱型=20；箱型=40' }, '2 S 适用条件 condition-twice'],
  ['a value of a condition twice', { 适用条件: '箱型=20、20' }, '2 S 适用条件 custom'],
  ['half of a text', { 备注: '只有中文' }, '2 AK 备注（英文） missing'],
  ['words where a price is by rates', { 代收或协议说明: '见公告' }, '2 P 代收或协议说明 cell-not-wanted'],
  ['a rate of what is handed on', { 定价方式: '代收代付' }, '2 R 计价方式 cell-not-wanted'],
  ['an unknown kind', { 项目类别: '停车费' }, '2 B 项目类别 cell-unknown'],
  ['a day that is none', { 生效日期: '2026-02-30' }, '2 AH 生效日期 invalid-format'],
])('%s', async (_, changes, issue) => {
  expect(await wrong([goodRow('fee-a', changes)])).toEqual([issue])
})

test('rows of one fee are one fee: what is the fee’s own is said once or alike', async () => {
  const rate = { 编号: 'fee-a', 计价方式: '固定', 计价单位: '箱', 适用条件: '箱型=40' }
  const [read] = await judged(Buffer.from(csvOf([goodRow('fee-a', { 适用条件: '箱型=20' }), { ...rate, 金额: '90' }])))
  expect(read?.issues).toEqual([])
  expect(read?.fee?.price).toMatchObject({
    rates: [
      { when: { sizes: ['20'] }, amount: '60' },
      { when: { sizes: ['40'] }, amount: '90' },
    ],
  })
  // The same day, written in another way, is the same day.
  const alike = { ...rate, 金额: '90', 生效日期: '2026/1/1', 收费性质: 'market' }
  expect(await wrong([goodRow('fee-a', { 适用条件: '箱型=20' }), alike])).toEqual([])
  const apart = { ...rate, 金额: '90', 收费主体: 'other', 备注: '新' }
  expect(
    await wrong([goodRow('fee-a', { 适用条件: '箱型=20' }), goodRow('fee-b'), apart, { ...apart, 金额: '91' }]),
  ).toEqual([
    '4 F 收费主体 row-disagrees',
    '4 AJ 备注 row-disagrees',
    '5 F 收费主体 row-disagrees',
    '5 AJ 备注 row-disagrees',
  ])
  expect(await wrong([goodRow('fee-a'), goodRow('fee-a')])).toEqual(['3 R 计价方式 row-repeated'])
})

test('a cell beyond the header, and a cell longer than a cell can be, are issues; remarks are none', async () => {
  const text = csvOf([goodRow('fee-a'), goodRow('fee-b', { 服务内容: 'x'.repeat(32_768) })])
  const [a, b] = await judged(
    Buffer.from(text.replace('\r\n', '\r\n"# 注：示例",,\r\n').replace(/(fee-a,[^\r]*)/, '$1,beyond')),
  )
  expect(a?.issues).toMatchObject([{ row: 3, column: 'AN', code: 'header-none' }])
  expect(b?.issues).toMatchObject([{ row: 4, code: 'cell-too-long' }])
})

test('what a spreadsheet would run is a name here, and what was neutralised is what it was', async () => {
  const [fee] = await judged(
    Buffer.from(
      csvOf([goodRow('fee-a', { 收费项目: '=HYPERLINK(1)', '收费项目（英文）': "'+1", 投诉电话: "'+86 23 1234567" })]),
    ),
  )
  expect(fee?.issues).toEqual([])
  expect(fee?.fee).toMatchObject({ name: { zh: '=HYPERLINK(1)', en: '+1' }, telephone: '+86 23 1234567' })
})

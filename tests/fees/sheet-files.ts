import { crc32, deflateRawSync } from 'node:zlib'
import { columnIds, columns } from '../../src/fees/sheet/columns.ts'

/** Rows of cells, by header: what is not named is empty. */
export type Cells = Readonly<Record<string, string>>

/** A fee as a sheet has it, whole and good; changed as a test wants it. */
export const goodRow = (id: string, changes: Cells = {}): Cells => ({
  编号: id,
  项目类别: '过磅费',
  收费项目: '过磅',
  '收费项目（英文）': 'Weighing',
  收费主体: 'guoyuan-terminal',
  口岸: 'guoyuan',
  收费性质: '市场调节价',
  服务内容: '称重',
  '服务内容（英文）': 'Weighing of containers',
  付费人: '发货人；收货人',
  收取情形: '委托时',
  定价方式: '按标准',
  计价方式: '固定',
  计价单位: '箱',
  金额: '60',
  投诉电话: '023-1234567',
  生效日期: '2026-01-01',
  数据状态: '虚构',
  ...changes,
})

/** All the headers, in Chinese. */
export const headers: readonly string[] = columnIds.map((id) => columns[id].zh)

/** A CSV file of these rows, nothing neutralised: as somebody else's program would write it. */
export function csvOf(rows: readonly Cells[], { names = headers, delimiter = ',' } = {}): string {
  const quoted = (text: string) => (/["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => cells.map(quoted).join(delimiter))
    .join('\r\n')
}

/** One part of an archive. `says` is what its directory says of its size, where that is a lie. */
export interface Part {
  readonly name: string
  readonly content: string | Buffer
  readonly says?: number
  readonly stored?: boolean
}

/** An archive of parts, written from the specification. Source: PKWARE APPNOTE 6.3.10. */
export function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, says, stored = false } of parts) {
    const bytes = Buffer.from(content)
    const packed = stored ? bytes : deflateRawSync(bytes)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(stored ? 0 : 8, 4)
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(says ?? bytes.length, 18)
    about.writeUInt16LE(Buffer.byteLength(name), 22)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), about, Buffer.from(name), packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, Buffer.from(name))
    at += 30 + Buffer.byteLength(name) + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, listed, end])
}

const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
export interface Book {
  /** What stands in `<sheetData>`, and behind it, sheet by sheet. */
  readonly sheets: readonly { readonly state?: string; readonly rows: string; readonly behind?: string }[]
  readonly strings?: readonly string[]
  readonly date1904?: boolean
  readonly more?: readonly Part[]
}

/** The parts of a workbook, in the order Excel writes them: sheets before the texts they point to. */
export function bookParts({ sheets, strings = [], date1904 = false, more = [] }: Book): Part[] {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${rels}/${type}" Target="${target}"/>`
  const relations = (...all: string[]) => `${xml}<Relationships>${all.join('')}</Relationships>`
  const list = sheets.map(
    ({ state }, at) => `<sheet name="s${at}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="r${at}"/>`,
  )
  return [
    { name: '[Content_Types].xml', content: `${xml}<Types/>` },
    { name: '_rels/.rels', content: relations(relation('a', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      content: `${xml}<workbook xmlns:r="${rels}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        ...sheets.map((_, at) => relation(`r${at}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
        relation('s', 'sharedStrings', '/xl/sharedStrings.xml'),
      ),
    },
    ...sheets.map(({ rows, behind = '' }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: `${xml}<worksheet><sheetData>${rows}</sheetData>${behind}</worksheet>`,
    })),
    { name: 'xl/sharedStrings.xml', content: `${xml}<sst>${strings.map((one) => `<si>${one}</si>`).join('')}</sst>` },
    ...more,
  ]
}
export const bookOf = (book: Book): Buffer => zipOf(bookParts(book))

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** Rows of inline texts; `raw` gives single cells as XML instead, by their reference. */
export const sheetRows = (rows: readonly Cells[], raw: Cells = {}, names: readonly string[] = headers): string =>
  [Object.fromEntries(names.map((name) => [name, name])), ...rows]
    .map((row, at) => {
      const cells = names.map((name, column) => {
        const reference = `${letters(column)}${at + 1}`
        const text = row[name] ?? ''
        if (raw[reference] !== undefined) return raw[reference]
        return text === ''
          ? ''
          : `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
      })
      return `<row r="${at + 1}">${cells.join('')}</row>`
    })
    .join('')
const letters = (column: number): string =>
  (column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))) + String.fromCharCode(65 + (column % 26))
/** Where a header's column is: `B`. */
export const lettersUnder = (header: string): string => letters(headers.indexOf(header))

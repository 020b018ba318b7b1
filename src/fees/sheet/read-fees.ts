import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import { type CellIssue, FileTrouble, type Header, isBlank, readHeader, type SheetRow, textOf } from './header.ts'
import { readCsv } from './read-csv.ts'
import { readFee } from './read-fee.ts'
import { readXlsx } from './read-xlsx.ts'

/** Formats a sheet of fees may have, by media type. */
export const sheetReaders = {
  'text/csv': readCsv,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': readXlsx,
} as const satisfies Record<string, (bytes: Buffer) => Promise<SheetRow[]>>
export type SheetType = keyof typeof sheetReaders
export const isSheetType = (type: string): type is SheetType => Object.hasOwn(sheetReaders, type)

/** A file of fees with its rows put together by id, not yet judged. */
export interface Sheet {
  readonly header: Header
  /** Rows below the header that say something. */
  readonly total: number
  readonly fees: Map<string, readonly SheetRow[]>
  /** Rows of no fee. */
  readonly nameless: readonly CellIssue[]
}

/** One fee of a file, judged. */
export interface JudgedFee {
  readonly id: string
  readonly rows: readonly SheetRow[]
  /** Absent: it is not kept, and the issues say why. */
  readonly fee: Fee | undefined
  readonly issues: readonly CellIssue[]
}

/** A row that is a remark 注: its only cell begins with `#`. */
const isRemark = ({ cells }: SheetRow): boolean => {
  const said = cells.filter((cell) => !isBlank(cell))
  return said.length === 1 && textOf(said[0]).trimStart().startsWith('#')
}

/** Reads a file of fees. @throws {FileTrouble} when there is something wrong with all of it */
export async function readSheet(type: SheetType, bytes: Buffer): Promise<Sheet> {
  const rows = (await sheetReaders[type](bytes)).filter((row) => !row.cells.every(isBlank) && !isRemark(row))
  const [first, ...below] = rows
  if (first === undefined) throw empty({ en: 'The file is empty', zh: '文件为空' })
  const header = readHeader(first)
  if (below.length === 0) throw empty({ en: 'There is no row below the header', zh: '表头之下没有数据行' })
  const place = header.indexOf('id') ?? 0
  const fees = new Map<string, SheetRow[]>()
  const nameless: CellIssue[] = []
  for (const row of below) {
    const id = textOf(row.cells[place]).trim()
    const before = fees.get(id)
    if (id === '' || id.length > limits.sheetCell)
      nameless.push({ row: row.row, column: header.nameOf(place), ...noId })
    else if (before === undefined) fees.set(id, [row])
    else before.push(row)
  }
  return { header, total: below.length, fees, nameless }
}
const empty = (text: Text) => new FileTrouble('file-empty', text)
const noId = {
  code: 'id-missing',
  text: { en: 'The row does not say which fee it is of', zh: '该行未填写编号' },
} as const

/** Judges the fees of a file one by one, in the order of their first rows. Each is taken out of it: a large file is not held twice. */
export function* judgeFees({ header, fees }: Sheet): Generator<JudgedFee> {
  for (const [id, rows] of fees) {
    fees.delete(id)
    yield { id, rows, ...readFee(id, rows, header) }
  }
}

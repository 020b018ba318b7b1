import type { Text } from '../../../schemas/text.ts'
import type { Cell } from './cell.ts'
import { type ColumnId, columnIds, columns, lettersOf } from './columns.ts'

/** What is wrong with a file as a whole: nothing of it is read. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble'
  readonly code: string
  readonly text: Text
  /** The cells it is about. */
  readonly cells: readonly CellIssue[]
  constructor(code: string, text: Text, cells: readonly CellIssue[] = [], cause?: unknown) {
    super(text.en, cause === undefined ? {} : { cause })
    this.code = code
    this.text = text
    this.cells = cells
  }
}

/** What is wrong with one cell 单元格问题: its row as spreadsheets number it, its column as they letter it, with the header it stands under. */
export interface CellIssue {
  readonly row: number
  readonly column: string
  readonly code: string
  readonly text: Text
}

export interface SheetRow {
  /** Counted from 1, empty ones as well. */
  readonly row: number
  /** By column, from 0; what is missing is empty. */
  readonly cells: readonly (Cell | undefined)[]
}

/** What stands in which column of a file 表头. */
export interface Header {
  readonly row: number
  /** By column, from 0; undefined above a column without a header. */
  readonly ids: readonly (ColumnId | undefined)[]
  /** `U 金额`: letters, and the header as the file has it. */
  nameOf(index: number): string
  indexOf(id: ColumnId): number | undefined
}

export const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text
export const isBlank = (cell: Cell | undefined): boolean => textOf(cell).trim() === ''

/** One spelling for what people write alike: case, blanks, and full or half width. */
const folded = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase()
const known = new Map(
  columnIds.flatMap((id) => [id, columns[id].zh, columns[id].en].map((name) => [folded(name), id] as const)),
)

/** Reads the header: in Chinese, in English or by field names, in any order. @throws {FileTrouble} what is unknown, there twice, or missing */
export function readHeader({ row, cells }: SheetRow): Header {
  const ids = cells.map((cell) => (isBlank(cell) ? undefined : known.get(folded(textOf(cell)))))
  const nameOf = (index: number) => `${lettersOf(index)} ${textOf(cells[index]).trim()}`.trim()
  const issue = (index: number, code: string, en: string, zh: string): CellIssue => ({
    row,
    column: nameOf(index),
    code,
    text: { en, zh },
  })
  const issues = cells.flatMap((cell, index): CellIssue[] => {
    if (isBlank(cell)) return []
    const id = ids[index]
    const text = textOf(cell).trim().slice(0, 100)
    if (id === undefined)
      return [issue(index, 'header-unknown', `No column is called "${text}"`, `没有名为“${text}”的列`)]
    if (ids.indexOf(id) === index) return []
    return [issue(index, 'header-twice', `The column "${text}" is there twice`, `“${text}”列重复`)]
  })
  const missing = columnIds.filter((id) => 'required' in columns[id] && !ids.includes(id))
  for (const id of missing)
    issues.push({
      row,
      column: columns[id].zh,
      code: 'header-missing',
      text: { en: `The column "${columns[id].en}" is missing`, zh: `缺少“${columns[id].zh}”列` },
    })
  if (issues.length > 0)
    throw new FileTrouble(
      'header-wrong',
      {
        en: `The header has ${issues.length} faults: nothing was read`,
        zh: `表头有${issues.length}处错误，未读取任何内容`,
      },
      issues,
    )
  return {
    row,
    ids,
    nameOf,
    indexOf(id) {
      const index = ids.indexOf(id)
      return index === -1 ? undefined : index
    },
  }
}

import type { GuessSource } from '../../schemas/proposal.ts'
import { columnAt, lettersOf } from '../fees/sheet/columns.ts'
import { FileTrouble, type SheetRow, textOf } from '../fees/sheet/header.ts'
import { readCsv } from '../fees/sheet/read-csv.ts'
import { type RawSheet, readSheets } from '../fees/sheet/read-xlsx.ts'
import { limits } from '../limits.ts'

/** A file that somebody handed in 单证文件. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One cell with its place 单元格. */
export interface GridCell {
  readonly text: string
  readonly source: GuessSource
  /** The day its number stands for, where a workbook has a number. */
  readonly day?: string
  /** A number by its nature, with a point for a comma whatever the rest of the file does. */
  readonly exact?: true
  /** It only repeats the cell above, with which it is merged. */
  readonly repeats?: true
  /** How many rows it is merged over, itself included. */
  readonly rows?: number
}
/** A sheet as rows of cells; empty cells are absent, and so are empty rows at the end. */
export interface Grid {
  readonly file: string
  readonly sheet?: string
  readonly rows: readonly (readonly (GridCell | undefined)[])[]
}

/** The visible sheets of a workbook. @throws {FileTrouble} */
export async function gridsOfWorkbook({ name, bytes }: GivenFile): Promise<Grid[]> {
  const grids: Grid[] = []
  for await (const sheet of readSheets(Buffer.from(bytes), limits.proposalUnpackedBytes)) {
    if (grids.length === limits.proposalSheets) throw tooMuch('proposalSheets', 'sheets', '工作表')
    grids.push(gridOf(name, sheet))
  }
  if (grids.length === 0) throw new FileTrouble('no-sheet', { en: 'No visible sheet', zh: '没有可见的工作表' })
  return grids
}

/** A CSV file, or a table that was pasted. @throws {FileTrouble} */
export async function gridOfText({ name, bytes }: GivenFile): Promise<Grid> {
  return gridOf(name, { rows: await readCsv(Buffer.from(bytes), delimiterOf), merged: [] })
}

/** What parts the cells: whatever stands most often in the first lines. A title alone in its line tells nothing. */
function delimiterOf(utf8: Buffer): string {
  const head = utf8.subarray(0, 65_536).toString('utf8')
  const count = (sign: string) => head.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

function gridOf(file: string, { name, rows, merged }: Omit<RawSheet, 'name'> & { name?: string }): Grid {
  const last = rows.at(-1)?.row ?? 0
  if (last > limits.proposalRows) throw tooMuch('proposalRows', 'rows', '行')
  const at = { file, ...(name === undefined ? {} : { sheet: name }) }
  const cells: (GridCell | undefined)[][] = Array.from({ length: last }, () => [])
  for (const row of rows) cells[row.row - 1] = cellsOf(row, at)
  for (const range of merged) spread(cells, range)
  return { ...at, rows: cells }
}

const cellsOf = ({ row, cells }: SheetRow, at: Omit<GuessSource, 'cell'>): (GridCell | undefined)[] =>
  cells.map((cell, column) => {
    const text = textOf(cell).trim()
    if (text === '') return undefined
    const odd = typeof cell === 'object' ? cell : undefined
    return {
      text,
      source: { ...at, cell: `${lettersOf(column)}${row}` },
      ...(odd?.day === undefined ? {} : { day: odd.day }),
      ...(odd === undefined || odd.is === 'merged' || odd.is === 'boolean' || !/^[-\d.e+]+$/i.test(text)
        ? {}
        : { exact: true as const }),
    }
  })

/** Cells that are merged down a column say the same in each row, and say so. */
function spread(cells: (GridCell | undefined)[][], range: string): void {
  const [, from = '', top, to = '', bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? []
  if (top === undefined || bottom === undefined || from !== to) return
  const column = columnAt(from)
  const first = Number(top) - 1
  const said = cells[first]?.[column]
  const end = Math.min(Number(bottom), cells.length)
  if (said === undefined || said.repeats || end - first < 2) return
  const row = cells[first] ?? []
  row[column] = { ...said, rows: end - first }
  for (let at = first + 1; at < end; at++) {
    const below = cells[at] ?? []
    while (below.length < column) below.push(undefined)
    if (below[column] === undefined) below[column] = { ...said, repeats: true }
  }
}

const tooMuch = (limit: 'proposalSheets' | 'proposalRows', en: string, zh: string) =>
  new FileTrouble('file-too-large', {
    en: `More than ${limits[limit]} ${en}`,
    zh: `超过${limits[limit]}${zh}`,
  })

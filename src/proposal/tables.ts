import { limits } from '../limits.ts'
import { type Column, type ColumnHead, columnOf } from './columns.ts'
import type { Grid, GridCell } from './grid.ts'
import { labelled } from './pairs.ts'
import { currencyIn } from './words/currencies.ts'
import { hasDigit } from './words/fold.ts'
import { unitOf } from './words/units.ts'

/** A row of a table, by its columns. */
export type TableRow = ReadonlyMap<Column, GridCell>

/** A table of goods or of containers 明细表 on a sheet. */
export interface Table {
  readonly heads: ReadonlyMap<Column, { readonly head: ColumnHead; readonly cell: GridCell }>
  readonly rows: readonly TableRow[]
  readonly totals: TableRow | undefined
  /** There are more rows than are read. */
  readonly isCut: boolean
  /** Rows it takes up on its sheet, from 0, end exclusive. */
  readonly from: number
  readonly to: number
}

const numeric: readonly Column[] = ['quantity', 'amount', 'unitPrice', 'gross', 'net', 'packages']
const naming: readonly Column[] = ['description', 'descriptionZh', 'descriptionEn', 'hsCode', 'article', 'container']
const telling: readonly Column[] = [...numeric, 'seal', 'containerType']
type Row = Grid['rows'][number]

/** All tables of a sheet, from its top. */
export function findTables(grid: Grid): Table[] {
  const tables: Table[] = []
  for (let row = 0; row < grid.rows.length; ) {
    const header = headerAt(grid, row)
    if (header === undefined) {
      row++
      continue
    }
    const table = readTable(grid, row, header)
    // Labels in a row may look like a header: nothing stands below them.
    if (table.rows.length > 0) tables.push(table)
    row = table.rows.length > 0 ? Math.max(row + 1, table.to) : row + 1
  }
  return tables
}

interface Header {
  readonly height: number
  /** By column of the sheet. */
  readonly columns: ReadonlyMap<number, { readonly head: ColumnHead; readonly cell: GridCell }>
}

/** A header that begins in a row, over as many rows as it has: Chinese over English, groups over parts, units below. */
function headerAt({ rows }: Grid, at: number): Header | undefined {
  const first = rows[at] ?? []
  if (first.filter((cell) => cell !== undefined).length < 2 || !isHeaderLike(first, true)) return undefined
  let height = 1
  while (height < limits.proposalHeaderRows && isHeaderLike(rows[at + height] ?? [], false)) height++
  const columns = new Map<number, { head: ColumnHead; cell: GridCell }>()
  const width = Math.max(...rows.slice(at, at + height).map((row) => row.length))
  const taken = new Set<string>()
  for (let column = 0; column < width; column++) {
    const cells = rows.slice(at, at + height).map((row) => row[column])
    const own = cells.filter((cell): cell is GridCell => cell !== undefined && !cell.repeats)
    const group = cells[0] === undefined && own.length > 0 ? groupOver(rows, at, column) : undefined
    const head = headOf([...(group === undefined ? [] : [group.text]), ...own.map(({ text }) => text)])
    const cell = own.find(({ text }) => columnOf(text) !== undefined) ?? own[0]
    if (head === undefined || cell === undefined || taken.has(head.column)) continue
    if (head.column !== '-') taken.add(head.column)
    columns.set(column, { head, cell })
  }
  const found = new Set([...columns.values()].map(({ head }) => head.column))
  const isOne = naming.some((one) => found.has(one)) && telling.some((one) => found.has(one))
  return isOne ? { height, columns } : undefined
}

/** The cell above and to the left that a group of columns stands under. */
function groupOver(rows: Grid['rows'], at: number, column: number): GridCell | undefined {
  for (let left = column - 1; left >= 0; left--) {
    const above = rows[at]?.[left]
    if (above !== undefined) return rows[at + 1]?.[left] === undefined ? undefined : above
  }
  return undefined
}

/** What the texts of one column come to: all of them together, else the lowest that means something. */
function headOf(texts: readonly string[]): ColumnHead | undefined {
  const unique = [...new Set(texts)]
  const whole = columnOf(unique.join(' '))
  if (whole !== undefined) return whole
  const heads = unique.map((text) => columnOf(text)).filter((head) => head !== undefined)
  const best = heads.findLast(({ column }) => column !== '-') ?? heads.at(-1)
  if (best === undefined) return undefined
  // A unit or a currency may stand in a row of its own.
  const { column: _, ...aside } = columnOf(`${named[best.column] ?? ''} (${unique.join(') (')})`) ?? best
  return { ...aside, ...best }
}
const named: Readonly<Record<string, string>> = {
  gross: 'gross',
  net: 'net',
  amount: 'amount',
  unitPrice: 'price',
  quantity: 'quantity',
}

/** Whether a row may be (part of) a header: nothing but words of headers. Below the first, units and currencies alone do as well. */
function isHeaderLike(row: Row, isFirst: boolean): boolean {
  const cells = row.filter((cell): cell is GridCell => cell !== undefined)
  if (cells.length === 0 || cells.some(({ exact }) => exact)) return false
  if (isFirst && cells.filter(({ text }) => /[:：]\s*$/.test(text)).length * 2 >= cells.length) return false
  const known = cells.filter(({ text, repeats }) => repeats || columnOf(text) !== undefined)
  if (isFirst)
    return (
      (known.length >= 2 && known.length * 2 >= cells.length) ||
      (known.length >= 1 && cells.length >= 3 && cells.every(({ text }) => !hasDigit(text)))
    )
  return cells.every(
    ({ text, repeats }) => repeats || columnOf(text) !== undefined || isUnit(text.replaceAll(/[()（）]/g, '')),
  )
}
const isUnit = (text: string) =>
  text.length <= 12 && !hasDigit(text) && (unitOf(text) !== undefined || currencyIn(text) !== undefined)

const total = /^(?:grand\s*|sub\s*-?\s*)?total|^(?:合|总|小|共)\s*计/i
const subtotal = /^sub\s*-?\s*total|^小\s*计/i

function readTable(grid: Grid, at: number, { height, columns }: Header): Table {
  const heads = new Map<Column, { head: ColumnHead; cell: GridCell }>()
  for (const one of columns.values()) if (one.head.column !== '-') heads.set(one.head.column, one)
  const rows: Map<Column, GridCell>[] = []
  let [row, blank, isCut] = [at + height, 0, false]
  let totals: TableRow | undefined
  let to = row
  for (; row < grid.rows.length && blank < 2 && totals === undefined; row++) {
    const cells = grid.rows[row] ?? []
    if (cells.every((cell) => cell === undefined)) {
      blank++
      continue
    }
    if (headerAt(grid, row) !== undefined) break
    const read = readRow(cells, columns)
    const word = cells.find((cell) => cell !== undefined)?.text ?? ''
    const hasNumber = numeric.some((one) => hasDigit(read.get(one)?.text ?? ''))
    const isNamed = !isLabel(word) && [...naming, 'line' as const].some((one) => read.has(one))
    if (subtotal.test(word) && heads.size > 0 && hasNumber) {
      to = row + 1
      continue
    }
    if (total.test(word) || (hasNumber && !isNamed && rows.length > 0)) {
      if (hasNumber) [totals, to] = [read, row + 1]
      break
    }
    if ((hasNumber || (read.has('container') && telling.some((one) => read.has(one)))) && isNamed) {
      if (rows.length === limits.proposalLines) {
        isCut = true
        break
      }
      rows.push(read)
    } else if (!goesOn(rows.at(-1), read, cells)) {
      if (!goesOnBelow(grid, row, columns)) break
      continue
    }
    to = row + 1
    blank = 0
  }
  return { heads, rows, totals, isCut, from: at, to }
}

const isLabel = (text: string) => labelled(text.split('\n')[0] ?? '').length > 0

/** Whether lines of goods follow a remark among them. */
const goesOnBelow = ({ rows }: Grid, at: number, columns: Header['columns']): boolean =>
  rows.slice(at + 1, at + 3).some((cells) => {
    const word = cells.find((cell) => cell !== undefined)?.text ?? ''
    const read = readRow(cells, columns)
    const isGoods = naming.some((one) => read.has(one)) && !isLabel(word) && !total.test(word)
    return isGoods && numeric.filter((one) => hasDigit(read.get(one)?.text ?? '')).length >= 2
  })

/** `USD` and its amount in two cells under one header are one value. */
function withNext(column: ColumnHead['column'], cell: GridCell | undefined, next: GridCell | undefined) {
  const isMoney = column === 'unitPrice' || column === 'amount'
  if (!isMoney || cell === undefined || next === undefined || hasDigit(cell.text) || !hasDigit(next.text)) return cell
  return currencyIn(cell.text) === undefined ? cell : { text: `${cell.text} ${next.text}`, source: next.source }
}

function readRow(cells: Row, columns: Header['columns']): Map<Column, GridCell> {
  const read = new Map<Column, GridCell>()
  for (const [column, { head }] of columns) {
    const cell = columns.has(column + 1) ? cells[column] : withNext(head.column, cells[column], cells[column + 1])
    if (cell !== undefined && head.column !== '-') read.set(head.column, cell)
  }
  // A unit often stands behind its quantity, under no header of its own.
  const place = [...columns].find(([, { head }]) => head.column === 'quantity')?.[0]
  const behind = place === undefined || columns.has(place + 1) ? undefined : cells[place + 1]
  if (behind !== undefined && !read.has('unit') && unitOf(behind.text) !== undefined) read.set('unit', behind)
  return read
}

/** Whether a row only goes on with the description of the one above; then it does. */
function goesOn(last: Map<Column, GridCell> | undefined, read: TableRow, cells: Row): boolean {
  const [only] = [...read]
  const before = last?.get('description')
  if (only?.[0] !== 'description' || read.size > 1 || last === undefined || before === undefined) return false
  const text = only[1].text
  if (cells.filter((cell) => cell !== undefined).length > 1 || labelled(text).length > 0) return false
  if (before.text.length + text.length > limits.proposalText) return false
  last.set('description', { ...before, text: `${before.text}\n${text}` })
  return true
}

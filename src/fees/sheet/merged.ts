import { limits } from '../../limits.ts'
import type { Cell } from './cell.ts'
import { columnAt } from './columns.ts'
import { FileTrouble, type SheetRow, textOf } from './header.ts'

/**
 * Cells merged down a column 合并单元格 say the same in every row, as lists made for reading have it; merged across columns they say nothing
 * that could be told. @param ranges as `A2:A5`
 */
export function fillMerged(rows: readonly SheetRow[], ranges: readonly string[]): SheetRow[] {
  if (ranges.length === 0) return [...rows]
  const filled = new Map(rows.map(({ row, cells }) => [row, [...cells]]))
  const numbers = [...filled.keys()].sort((a, b) => a - b)
  let left: number = limits.sheetRows * limits.sheetColumns
  for (const range of ranges) {
    const [, from = '', top, to = '', bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? []
    if (top === undefined || bottom === undefined)
      throw new FileTrouble('workbook-broken', { en: 'A merged range is malformed', zh: '合并区域无法读取' })
    const column = columnAt(from)
    const first = filled.get(Number(top))
    const said = first?.[column]
    if (first === undefined || said === undefined) continue
    if (from !== to) {
      first[column] = { is: 'merged', text: textOf(said) }
      continue
    }
    for (let at = after(numbers, Number(top)); (numbers[at] ?? Number.POSITIVE_INFINITY) <= Number(bottom); at++) {
      if (left-- === 0) throw new FileTrouble('file-too-large', { en: 'Too many merged cells', zh: '合并单元格过多' })
      const cells: (Cell | undefined)[] = filled.get(numbers[at] ?? 0) ?? []
      while (cells.length <= column) cells.push(undefined)
      cells[column] = said
    }
  }
  return rows.map(({ row }) => ({ row, cells: filled.get(row) ?? [] }))
}

/** The place of the first number above a value, in numbers that go upward. */
function after(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

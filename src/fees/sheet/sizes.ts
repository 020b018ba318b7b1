import { limits } from '../../limits.ts'
import type { Cell } from './cell.ts'
import { FileTrouble } from './header.ts'

const named = {
  sheetRows: ['rows', '行数'],
  sheetColumns: ['columns', '列数'],
  sheetCharacters: ['characters', '字符数'],
} as const

export const tooLarge = (limit: keyof typeof named): FileTrouble =>
  new FileTrouble('file-too-large', {
    en: `More than ${limits[limit]} ${named[limit][0]}`,
    zh: `${named[limit][1]}超过${limits[limit]}`,
  })

/** Counts rows, columns and characters of a file as they come. @throws {FileTrouble} at the first one too many */
export function counter(): (cells: readonly (Cell | undefined)[]) => void {
  let [rows, characters] = [0, 0]
  return (cells) => {
    for (const cell of cells)
      characters += cell === undefined ? 0 : typeof cell === 'string' ? cell.length : cell.text.length
    if (++rows > limits.sheetRows) throw tooLarge('sheetRows')
    if (cells.length > limits.sheetColumns) throw tooLarge('sheetColumns')
    if (characters > limits.sheetCharacters) throw tooLarge('sheetCharacters')
  }
}

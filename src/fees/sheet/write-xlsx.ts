import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Worksheet } from 'exceljs'

/** A sheet of a workbook, row by row. Every cell is text, and stays text where somebody edits it. */
export interface Written {
  /** At most 31 characters, none of `* ? : \ / [ ]`. */
  readonly name: string
  /** Widths of the columns, in characters. */
  readonly widths: readonly number[]
  /** How many rows at the top stay where they are; they are bold. */
  readonly head: number
  rows(): Iterable<readonly string[]>
}

/** Characters XML has no place for, and what looks like one that was written so. Source: ISO/IEC 29500-1, 22.9.2.19. */
// oxlint-disable-next-line no-control-regex -- the very characters this is about
const unwritable = /[\0-\x08\x0B-\x1F\x7F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g
const escaped = (text: string): string =>
  text.replaceAll(unwritable, (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

/** A name a sheet may have, unlike all before it. */
export function sheetName(wanted: string, taken: readonly string[]): string {
  const plain =
    wanted
      .replaceAll(/[*?:\\/[\]]/g, ' ')
      .slice(0, 28)
      .trim() || '-'
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${plain} ${count}`
    if (!taken.some((other) => other.toLowerCase() === name.toLowerCase())) return name
  }
}

/**
 * Writes a workbook 工作簿, in pieces as they come about: others get their turn between two of them.
 * @param madeAt the day it says it was made
 */
export async function* writeXlsx(sheets: readonly Written[], madeAt: Date, rowsAtOnce: number): AsyncGenerator<Buffer> {
  const { default: excel } = await import('exceljs')
  const stream = new PassThrough()
  const book = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  book.creator = book.lastModifiedBy = ''
  book.created = book.modified = madeAt
  const written = (async () => {
    for (const { name, widths, head, rows } of sheets) {
      const sheet: Worksheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: head }] })
      sheet.columns = widths.map((width) => ({
        width,
        style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
      }))
      let count = 0
      for (const cells of rows()) {
        const row = sheet.addRow(cells.map((text) => (text === '' ? undefined : escaped(text))))
        if (++count <= head) row.font = { bold: true }
        row.commit()
        if (count % rowsAtOnce !== 0) continue
        await (stream.writableNeedDrain ? once(stream, 'drain') : new Promise(setImmediate))
      }
      sheet.commit()
    }
    await book.commit()
  })()
  // Whoever reads it learns of the failure.
  written.catch((error: unknown) => stream.destroy(error as Error))
  try {
    yield* stream as AsyncIterable<Buffer>
    await written
  } finally {
    stream.destroy()
  }
}

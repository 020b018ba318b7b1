import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import type { Options } from 'csv-parse'
import { limits } from '../../limits.ts'
import { restored } from './formula.ts'
import { FileTrouble, type SheetRow } from './header.ts'
import { counter } from './sizes.ts'

/** Bytes handed to the parser at once: between two of them others get their turn. */
const sliceBytes = 65_536

/**
 * Reads a CSV file: UTF-8 with or without a mark, UTF-16 with one, else GB18030 as Excel saves it in China; parted by comma, semicolon or tab.
 * @param delimiterOf which of these, by the text in UTF-8
 * @throws {FileTrouble} when it is no such file, or larger than any honest one
 */
export async function readCsv(bytes: Buffer, delimiterOf = delimiterOfHeader): Promise<SheetRow[]> {
  const utf8 = asUtf8(bytes)
  const { CsvError, parse } = await import('csv-parse')
  const options: Options = {
    delimiter: delimiterOf(utf8),
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quote that is never closed would take in the rest of the file.
    max_record_size: limits.sheetCell * 4,
  }
  const parser = Readable.from(slices(utf8), { objectMode: false }).pipe(parse(options))
  const rows: SheetRow[] = []
  const counted = counter()
  let row = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++
      if (record.every((text) => text === '')) continue
      const cells = record.map(restored)
      counted(cells)
      rows.push({ row, cells })
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const said = error.message.slice(0, limits.parserMessage)
    throw new FileTrouble(
      'csv-malformed',
      { en: `Behind row ${row}: ${said}`, zh: `第${row}行之后不是有效的 CSV：${said}` },
      [],
      error,
    )
  } finally {
    parser.destroy()
  }
  return rows
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += sliceBytes) yield bytes.subarray(from, from + sliceBytes)
}

/** The bytes of a text in UTF-8, whatever it came in. */
function asUtf8(bytes: Buffer): Buffer {
  const decoded = (encoding: string) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch (cause) {
      throw encodingUnknown(cause)
    }
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04')
    throw new FileTrouble('not-csv', {
      en: 'This is a workbook: send it as one',
      zh: '这是工作簿文件，请以 .xlsx 类型上传',
    })
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(decoded('utf-16le'))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(decoded('utf-16be'))
  if (isUtf8(bytes)) return bytes
  return Buffer.from(decoded('gb18030'))
}

const encodingUnknown = (cause: unknown) =>
  new FileTrouble(
    'encoding-unknown',
    {
      en: 'Neither UTF-8 nor GB18030: save it as “CSV UTF-8”',
      zh: '既非 UTF-8 也非 GB18030 编码，请另存为“CSV UTF-8”',
    },
    [],
    cause,
  )

/** What parts the cells: whatever stands most often in the first line, outside of quotes. */
function delimiterOfHeader(utf8: Buffer): string {
  const head = utf8
    .subarray(0, sliceBytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const line = (/^\s*((?:"[^"]*"|[^"\r\n])*)/.exec(head)?.[1] ?? '').replaceAll(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

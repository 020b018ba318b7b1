import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fee } from '../../schemas/fees/entries.ts'
import { columnIds, columns } from '../../src/fees/sheet/columns.ts'
import { rowsOf } from '../../src/fees/sheet/fee-rows.ts'
import { judgeFees, readSheet, type SheetType } from '../../src/fees/sheet/read-fees.ts'
import { byteOrderMark, csvLines } from '../../src/fees/sheet/write-csv.ts'
import { writeXlsx } from '../../src/fees/sheet/write-xlsx.ts'
import type { Language } from '../../src/problem.ts'
import { anyFee } from './sheet-fees.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const headers = (language: Language) => columnIds.map((id) => columns[id][language])
const rowsOfAll = (fees: readonly Fee[], language: Language) => [
  headers(language),
  ...fees.flatMap((fee, index) => rowsOf(`fee-${index}`, fee, language)),
]
const asCsv = async (rows: readonly (readonly string[])[]) => Buffer.from(byteOrderMark + (await csvLines(rows)))
const asXlsx = async (rows: readonly (readonly string[])[]) => {
  const chunks: Buffer[] = []
  const sheet = { name: '收费', widths: rows[0]?.map(() => 12) ?? [], head: 1, rows: () => rows }
  for await (const chunk of writeXlsx([sheet], new Date(0), 100)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
async function readBack(type: SheetType, bytes: Buffer) {
  const judged = [...judgeFees(await readSheet(type, bytes))]
  expect(judged.flatMap(({ issues }) => issues)).toEqual([])
  return judged.map(({ id, fee }) => [id, fee])
}
const named = (fees: readonly Fee[]) => fees.map((fee, index) => [`fee-${index}`, fee])
const languages = fc.constantFrom<Language>('en', 'zh')

test('what was written to CSV is read as it was, in either language', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFee, { minLength: 1, maxLength: 5 }), languages, async (fees, language) => {
      expect(await readBack('text/csv', await asCsv(rowsOfAll(fees, language)))).toEqual(named(fees))
    }),
    { numRuns: 120 },
  )
})

test('what was written to a workbook is read as it was, in either language', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFee, { minLength: 1, maxLength: 8 }), languages, async (fees, language) => {
      expect(await readBack(xlsx, await asXlsx(rowsOfAll(fees, language)))).toEqual(named(fees))
    }),
    { numRuns: 30 },
  )
})

test('no cell of a CSV file is one that a spreadsheet would run', async () => {
  const { parse } = await import('csv-parse/sync')
  await fc.assert(
    fc.asyncProperty(anyFee, languages, async (fee, language) => {
      const cells = parse(await csvLines(rowsOf('fee', fee, language))).flat()
      expect(cells.filter((cell) => /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the order of the columns and of the rows does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFee, { minLength: 2, maxLength: 4 }),
      fc.shuffledSubarray(columnIds, { minLength: columnIds.length }),
      async (fees, order) => {
        // The rows of each fee stay in their order: it is the order of its rates.
        const apart = fees.map((fee, index) => rowsOf(`fee-${index}`, fee, 'zh')).reverse()
        const longest = Math.max(...apart.map((rows) => rows.length))
        const mixed = Array.from({ length: longest }, (_, at) => apart.flatMap((rows) => rows.slice(at, at + 1))).flat()
        const moved = [headers('zh'), ...mixed].map((cells) => order.map((id) => cells[columnIds.indexOf(id)] ?? ''))
        const read = new Map((await readBack('text/csv', await asCsv(moved))) as [string, Fee][])
        expect(named(fees).map(([id]) => [id, read.get(id as string)])).toEqual(named(fees))
      },
    ),
    { numRuns: 50 },
  )
})

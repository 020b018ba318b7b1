import { readFileSync } from 'node:fs'
import excel from 'exceljs'
import { adapters } from '../../adapters/registry.ts'
import type { GivenFile } from '../../src/proposal/grid.ts'
import { type Proposal, propose } from '../../src/proposal/propose.ts'

/** A sample document of `seeds/documents`. */
export const sample = (name: string): GivenFile => ({
  name,
  bytes: readFileSync(new URL(`../../seeds/documents/${name}`, import.meta.url)),
})

export const textFile = (name: string, text: string): GivenFile => ({ name, bytes: new TextEncoder().encode(text) })

/** Rows as a CSV file. */
export const csv = (name: string, rows: readonly (readonly string[])[], delimiter = ','): GivenFile =>
  textFile(name, rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n'))

export type SheetCell = string | number | Date | undefined
/** Sheets by name, as a workbook; numbers stay numbers. @param merged ranges of the first sheet */
export async function workbook(
  name: string,
  sheets: Readonly<Record<string, readonly (readonly SheetCell[])[]>>,
  merged: readonly string[] = [],
): Promise<GivenFile> {
  const book = new excel.Workbook()
  for (const [title, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(title)
    for (const row of rows) sheet.addRow([...row])
  }
  for (const range of merged) book.worksheets[0]?.mergeCells(range)
  return { name, bytes: new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer) }
}

/** What is proposed from files that can be read. */
export async function proposalOf(...files: readonly GivenFile[]): Promise<Proposal> {
  const proposed = await propose(adapters, files)
  if (!proposed.ok) throw new Error(proposed.refused.map(({ name, text }) => `${name}: ${text.en}`).join('\n'))
  return proposed.proposal
}

/** Why files are refused: the codes, in their order. */
export async function refusalsOf(...files: readonly GivenFile[]): Promise<string[]> {
  const proposed = await propose(adapters, files)
  return proposed.ok ? [] : proposed.refused.map(({ code }) => code)
}

/** The value proposed for a place, with how sure it is: `read 2988`. */
export const told = ({ guesses }: Proposal, pointer: string): string | undefined => {
  const guess = guesses.find((one) => one.pointer === pointer)
  return guess && `${guess.sure} ${typeof guess.value === 'string' ? guess.value : JSON.stringify(guess.value)}`
}

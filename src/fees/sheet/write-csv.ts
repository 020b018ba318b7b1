import { neutralised } from './formula.ts'

/** So that Excel takes a CSV file for UTF-8. */
export const byteOrderMark = '\uFEFF'

/** Rows of a CSV file (RFC 4180), every cell in quotes and none a formula. */
export async function csvLines(rows: readonly (readonly string[])[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync')
  return stringify(
    rows.map((cells) => cells.map(neutralised)),
    { record_delimiter: '\r\n', quoted: true },
  )
}

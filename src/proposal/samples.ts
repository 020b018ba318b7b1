import { readSampleDocument, type SampleDocument, sampleDocuments } from '../../seeds/documents.ts'
import { textOf } from '../fees/sheet/header.ts'
import { readCsv } from '../fees/sheet/read-csv.ts'
import { writeXlsx } from '../fees/sheet/write-xlsx.ts'
import { limits } from '../limits.ts'

/** Sample documents somebody may try proposals with 示例单证. */
export { sampleDocuments }
export const isSampleDocument = (name: string): name is SampleDocument => Object.hasOwn(sampleDocuments, name)

/** A sample as a file, in either format. */
export async function sampleFile(name: SampleDocument, form: 'csv' | 'xlsx'): Promise<Buffer> {
  const bytes = readSampleDocument(name)
  if (form === 'csv') return bytes
  const rows = await readCsv(bytes)
  const last = rows.at(-1)?.row ?? 0
  const cells = Array.from({ length: last }, (_, at) =>
    (rows.find(({ row }) => row === at + 1)?.cells ?? []).map(textOf),
  )
  const sheet = {
    name: name.endsWith('invoice') ? 'Invoice' : 'Packing list',
    widths: [30, 36, 16, 14, 22, 26, 18, 18],
    head: 0,
    rows: () => cells,
  }
  const pieces: Buffer[] = []
  for await (const piece of writeXlsx([sheet], new Date(0), limits.sheetPiece)) pieces.push(piece)
  return Buffer.concat(pieces)
}

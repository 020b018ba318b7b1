import type { ExportLine } from '../../schemas/export.ts'
import { Broken } from '../../src/audit/broken.ts'
import { sha256 } from '../../src/audit/hash.ts'
import type { Pins } from '../../src/audit/seal.ts'
import { type FileFound, verifyFile } from '../../src/audit/verify-file.ts'

export async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string)
  // Pieces that end anywhere, as a file's do.
  for (let from = 0; from < bytes.length; from += 1_000) yield bytes.subarray(from, from + 1_000)
}

export const linesIn = (text: string): ExportLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportLine)

/** Writes lines as an export does, closed as whoever tampered with them would close them. */
export function written(lines: readonly ExportLine[]): string {
  const before = lines.filter(({ record }) => record !== 'end').map((line) => `${JSON.stringify(line)}\n`)
  const end: ExportLine = { record: 'end', lines: before.length, sha256: sha256(before.join('')) }
  return before.join('') + `${JSON.stringify(end)}\n`
}

/** What a check of a file says: what it found, or where it is broken. */
export async function checked(text: string | Uint8Array, pins?: Pins): Promise<FileFound | Broken> {
  try {
    return await verifyFile(bytesOf(text), pins)
  } catch (error) {
    if (error instanceof Broken) return error
    throw error
  }
}

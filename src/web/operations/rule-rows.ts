import { FileTrouble } from '../../fees/sheet/header.ts'
import { readCsv } from '../../fees/sheet/read-csv.ts'
import { byteOrderMark } from '../../fees/sheet/write-csv.ts'

/** JSON Schema of a row, as far as a file needs it: whether a column holds texts. */
export type RowSchema = { readonly [key: string]: unknown }

/**
 * Rows of a rule table as a file has them: a JSON array, or CSV with a line of column names, as the download has it. In a column of texts a cell
 * is its text; elsewhere it is JSON. An empty cell is no value.
 * @returns undefined where it is neither
 */
export async function readRows(bytes: Buffer, schema: RowSchema): Promise<unknown[] | undefined> {
  const text = bytes.toString('utf8').trimStart()
  if (/^\uFEFF?\s*\[/.test(text)) return readJson(text)
  try {
    const [header, ...lines] = (await readCsv(bytes)).map(({ cells }) =>
      cells.map((one) => (typeof one === 'string' ? one : '')),
    )
    if (header === undefined) return undefined
    const columns = header.map((name) => name.trim())
    if (!columns.every((name) => /^[A-Za-z]\w*$/.test(name))) return undefined
    return lines.map((cells) => rowOf(columns, cells, schema))
  } catch (error) {
    if (error instanceof FileTrouble) return undefined
    throw error
  }
}

function readJson(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function rowOf(columns: readonly string[], cells: readonly string[], schema: RowSchema): Record<string, unknown> {
  const entries = columns.flatMap((name, place) => {
    const written = cells[place] ?? ''
    return written === '' ? [] : [[name, valueOf(name, written, schema)] as const]
  })
  // From entries: a column may be called as anything.
  return Object.fromEntries(entries)
}

/** What a cell holds; what is no JSON where it should be stays a text, and is complained about as one. */
function valueOf(name: string, written: string, schema: RowSchema): unknown {
  if (isText(name, schema)) return written
  try {
    return JSON.parse(written)
  } catch {
    return written
  }
}

interface Part {
  readonly type?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: { readonly [name: string]: Part }
  readonly anyOf?: readonly Part[]
  readonly oneOf?: readonly Part[]
}

/** Whether a column holds texts: by the kinds of rows that have it. */
function isText(name: string, schema: RowSchema): boolean {
  const kinds = kindsOf(schema as Part)
  const parts = kinds.flatMap((kind) =>
    kind.properties !== undefined && Object.hasOwn(kind.properties, name) ? kindsOf(kind.properties[name] ?? {}) : [],
  )
  return (
    parts.length === 0 ||
    parts.some(
      ({ type, const: only, enum: some }) =>
        type === 'string' || [only, ...(some ?? [])].some((one) => typeof one === 'string'),
    )
  )
}
const kindsOf = (part: Part): readonly Part[] => part.anyOf ?? part.oneOf ?? [part]

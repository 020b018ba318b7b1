import { type CodeItem, type CodeListId, type CodePage, loadCodeList, textOf } from './index.ts'

/** A row as it is searched: in small letters. */
interface Sought {
  readonly row: CodeItem
  readonly code: string
  readonly names: readonly string[]
  /** Other codes of the same thing: only whole ones count, or they would match everything. */
  readonly others: readonly string[]
}
const nameColumns = ['zh', 'en', 'zhFull', 'zhShort']
const codeColumns = ['alpha2', 'rec19', 'rec20', 'rec21', 'unLocode', 'oldCustomsCode', 'oldCiqCode']
const prepared = new Map<CodeListId, readonly Sought[]>()

/**
 * Rows whose code starts with `q` or whose Chinese or English name holds it, in any case: a code or name that is all of `q` first, then
 * codes and names that begin with it, then names that hold it, shorter ones first. Several words must all be there. A number may be
 * written with dots and spaces. Without `q` all of the list, in its order.
 * @throws {RangeError} when `limit` is not a positive whole number or `after` is not a cursor of this search.
 */
export function searchCodes(id: CodeListId, query: { q?: string; limit: number; after?: string }): CodePage {
  const { q = '', limit, after } = query
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`)
  const rows = found(id, q)
  const start = after === undefined ? 0 : rows.findIndex((row) => cursorOf(row) === after) + 1
  if (after !== undefined && start === 0) throw new RangeError(`"${after}" is not a cursor of ${id}`)
  const items = rows.slice(start, start + limit)
  const last = items.at(-1)
  return last !== undefined && start + limit < rows.length ? { items, next: cursorOf(last) } : { items }
}

function found(id: CodeListId, q: string): readonly CodeItem[] {
  const text = q.trim().toLowerCase()
  if (text === '') return loadCodeList(id).items
  const number = /^\d[\d. ]*$/.test(text) ? text.replaceAll(/[. ]/g, '') : text
  const words = text.split(/\s+/)
  const places: { readonly row: CodeItem; readonly place: number; readonly at: number }[] = []
  for (const [at, sought] of soughtIn(id).entries()) {
    const place = placeOf(sought, text, number, words)
    if (place !== undefined) places.push({ row: sought.row, place, at })
  }
  return places.toSorted((one, other) => one.place - other.place || one.at - other.at).map(({ row }) => row)
}

/** How well a row fits: the less, the better. Among names, the fewer characters beside what was sought. */
function placeOf({ code, names, others }: Sought, text: string, number: string, words: readonly string[]) {
  if (code === number || others.includes(text)) return 0
  if (names.includes(text)) return 1
  if (code.startsWith(number)) return 2
  const starting = names.find((name) => name.startsWith(text))
  if (starting !== undefined) return 3 + lengthBelowOne(starting)
  const holding = names.find((name) => words.every((word) => name.includes(word)))
  return holding === undefined ? undefined : 4 + lengthBelowOne(holding)
}

const lengthBelowOne = (name: string) => Math.min(name.length, 999) / 1_000

function soughtIn(id: CodeListId): readonly Sought[] {
  let rows = prepared.get(id)
  if (rows === undefined) {
    rows = loadCodeList(id).items.map((row) => {
      const small = (columns: readonly string[]) =>
        columns.flatMap((column) => textOf(row, column)?.toLowerCase() ?? [])
      return { row, code: row.code.toLowerCase(), names: small(nameColumns), others: small(codeColumns) }
    })
    prepared.set(id, rows)
  }
  return rows
}

/** What names one row of a list for good: its code, and its direction where it has one. */
function cursorOf(item: CodeItem): string {
  const direction = textOf(item, 'ie')
  return direction === undefined ? item.code : `${item.code}.${direction}`
}

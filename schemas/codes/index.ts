import { readFileSync } from 'node:fs'
import type { Text } from '../text.ts'
import type { CodeListId } from './registry.ts'

export { type CodeListEntry, type CodeListId, codeLists, isCodeListId } from './registry.ts'

/** What a row says beside its code and names. Numbers stay text: `0100` is an office, `0.13` a rate. */
export type CodeValue = string | boolean | readonly string[]

/** One row of a code list 代码. */
export interface CodeItem {
  readonly code: string
  readonly zh?: string
  readonly en?: string
  readonly [extra: string]: CodeValue | undefined
}

/** A code list with its rows, where it comes from and how long it holds. */
export interface CodeList {
  readonly id: CodeListId
  readonly title: Text
  readonly source: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly note?: string
  /** Which columns this project added to the published list, and by what rule. */
  readonly concordance?: string
  readonly items: readonly CodeItem[]
}

/** A page of a search; `next` is the cursor that continues it, absent on the last page. */
export interface CodePage {
  readonly items: readonly CodeItem[]
  readonly next?: string
}

/** The lists that take tens of milliseconds to read or that every declaration asks for. */
const warm: readonly CodeListId[] = [
  'tariff',
  'declaration-elements',
  'locations',
  'foreign-ports',
  'domestic-ports',
  'un-numbers',
  'countries',
  'units',
]

const loaded = new Map<CodeListId, CodeList>()
const indexes = new Map<CodeListId, ReadonlyMap<string, readonly CodeItem[]>>()

/** Reads a code list once and keeps it; nothing is read before the first call. */
export function loadCodeList(id: CodeListId): CodeList {
  const known = loaded.get(id)
  if (known !== undefined) return known
  const list = JSON.parse(readFileSync(new URL(`data/${id}.json`, import.meta.url), 'utf8')) as CodeList
  loaded.set(id, list)
  return list
}

/** The rows with a code: one, except where the list knows a row by code and direction (`goods-permit-types` 522). */
export function findCodes(id: CodeListId, code: string): readonly CodeItem[] {
  let index = indexes.get(id)
  if (index === undefined) {
    index = groupRows(id, (item) => item.code)
    indexes.set(id, index)
  }
  return index.get(code) ?? none
}

const none: readonly CodeItem[] = []

/** The row with a code, the first of the list where there are two. */
export function findCode(id: CodeListId, code: string): CodeItem | undefined {
  return findCodes(id, code)[0]
}

/**
 * Rows whose code starts with `q` or whose Chinese or English name holds it, in any case, in the order of the list.
 * @throws {RangeError} when `limit` is not a positive whole number or `after` is not a cursor of this list.
 */
export function searchCodes(id: CodeListId, query: { q?: string; limit: number; after?: string }): CodePage {
  const { q = '', limit, after } = query
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`)
  const rows = loadCodeList(id).items
  const start = after === undefined ? 0 : rows.findIndex((row) => cursorOf(row) === after) + 1
  if (after !== undefined && start === 0) throw new RangeError(`"${after}" is not a cursor of ${id}`)

  const wanted = q.trim().toLowerCase()
  const items: CodeItem[] = []
  for (const row of rows.slice(start)) {
    if (!matches(row, wanted)) continue
    const last = items.at(-1)
    if (last !== undefined && items.length === limit) return { items, next: cursorOf(last) }
    items.push(row)
  }
  return { items }
}

/** The rows of a list by a key; rows without one are left out. */
export function groupRows(id: CodeListId, keyOf: (item: CodeItem) => string | undefined): Map<string, CodeItem[]> {
  const groups = new Map<string, CodeItem[]>()
  for (const item of loadCodeList(id).items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** Reads and indexes the large lists ahead of the first request. */
export function warmCodes(): void {
  for (const id of warm) findCodes(id, '')
}

/** A column of a row when it is text. */
export function textOf(item: CodeItem | undefined, column: string): string | undefined {
  const value = item?.[column]
  return typeof value === 'string' ? value : undefined
}

/** A column of a row when it is a list of texts; empty otherwise. */
export function textsOf(item: CodeItem | undefined, column: string): readonly string[] {
  const value = item?.[column]
  return Array.isArray(value) ? value : []
}

/** What names one row of a list for good: its code, and its direction where it has one. */
function cursorOf(item: CodeItem): string {
  const direction = textOf(item, 'ie')
  return direction === undefined ? item.code : `${item.code}.${direction}`
}

function matches(item: CodeItem, wanted: string): boolean {
  return (
    item.code.toLowerCase().startsWith(wanted) ||
    (item.zh?.toLowerCase().includes(wanted) ?? false) ||
    (item.en?.toLowerCase().includes(wanted) ?? false) ||
    // Another code of the same thing (alpha-2, Rec 20, UN/LOCODE): whole, or it would match everything.
    (wanted !== '' && Object.values(item).some((value) => typeof value === 'string' && value.toLowerCase() === wanted))
  )
}

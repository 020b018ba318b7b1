import { readFileSync } from 'node:fs'
import type { Text } from '../text.ts'
import type { CodeListId } from './registry.ts'

export { type CodeListEntry, type CodeListId, codeLists, isCodeListId } from './registry.ts'
export { searchCodes } from './search.ts'

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
  shareTexts(list.items)
  loaded.set(id, list)
  return list
}

/** Equal texts of a list become one: the tariff says the same names, rates and elements thousands of times over. */
function shareTexts(items: readonly CodeItem[]): void {
  const texts = new Map<string, string>()
  const shared = (text: string): string => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
  for (const item of items as readonly { [column: string]: CodeValue | undefined }[])
    for (const column in item) {
      const value = item[column]
      if (typeof value === 'string') item[column] = shared(value)
      else if (Array.isArray(value)) item[column] = value.map(shared)
    }
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

import type { CodeListId } from '../../../schemas/codes/index.ts'
import { type CodeItem, findCode, isCodeListId, loadCodeList, textOf } from '../../../schemas/codes/index.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import { isRecord, type JsonSchema } from './schema.ts'

/** A field's words: what it is called, what helps, which code list it chooses from. */
export type Naming = (
  pointer: string,
  schema: JsonSchema,
) => { readonly label: string; readonly help?: string; readonly list?: string } | undefined

/** The words a schema carries itself: `title` and `x-zh`, `description`, `x-code-list`. */
export const ownNaming =
  (language: Language): Naming =>
  (_pointer, schema) => {
    const label = stringOf(language === 'zh' ? schema['x-zh'] : schema.title)
    const help = stringOf(language === 'zh' ? schema['x-help-zh'] : schema.description)
    const list = stringOf(schema['x-code-list'])
    return label === undefined
      ? undefined
      : { label, ...(help === undefined ? {} : { help }), ...(list === undefined ? {} : { list }) }
  }

/** What the values of a choice are called; a value without a name stands for itself. */
export function valueNames(schema: JsonSchema, language: Language): (value: unknown) => string {
  const names = schema['x-value-names']
  return (value) => {
    const name = isRecord(names) ? names[String(value)] : undefined
    return isRecord(name) ? ((name as unknown as Text)[language] ?? String(value)) : String(value)
  }
}

/** What a code means, where its list knows it. @param column which code of the list it is; absent: the list's own */
export function meaningOf(
  list: string,
  code: string,
  column: string | undefined,
  language: Language,
): string | undefined {
  if (!isCodeListId(list) || code === '') return undefined
  const item = column === undefined ? findCode(list, code) : byColumn(list, column).get(code)
  return language === 'zh' ? (item?.zh ?? item?.en) : (item?.en ?? item?.zh)
}

const columns = new Map<string, ReadonlyMap<string, CodeItem>>()
function byColumn(list: CodeListId, column: string): ReadonlyMap<string, CodeItem> {
  const key = `${list} ${column}`
  let rows = columns.get(key)
  if (rows === undefined) {
    const named = loadCodeList(list).items.flatMap((item) => {
      const code = textOf(item, column)
      return code === undefined ? [] : [[code, item] as const]
    })
    // Several rows may share a code of another list: the first is the one that is shown.
    rows = new Map(named.toReversed())
    columns.set(key, rows)
  }
  return rows
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

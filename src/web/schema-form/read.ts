import { limits } from '../../limits.ts'
import { readStrictJson } from '../../strict-json.ts'
import { alternativeOf, isContainer, type JsonSchema, type Kind, kindOf, takesEmptyText } from './schema.ts'

/** What was sent below one name of a form. */
interface Branch {
  text?: string
  below?: Map<string, Branch>
  /** What the form itself asked: which alternative, the name of a row to come. */
  asked?: Map<string, string>
}

interface Reading {
  readonly root: JsonSchema
  /** The list that gets a row, and the row that goes. */
  readonly add: string | undefined
  readonly remove: string | undefined
}

/**
 * The value a form was filled in with. What is empty is absent; what cannot be what it should stays the text it was, for the interface
 * to complain about. A row is added or taken away where the form was sent by such a button. Names that are none of ours are passed over.
 */
export function readSchemaForm(form: URLSearchParams, schema: JsonSchema, prefix: string): unknown {
  const below = (name: 'add' | 'remove') => {
    const value = form.get(name)
    return value?.startsWith(prefix) === true ? value.slice(prefix.length) : undefined
  }
  const reading = { root: schema, add: below('add'), remove: below('remove') }
  const tree = branchesOf(form, prefix)
  // The whole is what its fields make of it.
  if (isContainer(kindOf(schema, schema))) delete tree.text
  const value = read(reading, schema, tree, '')
  return value === undefined ? emptyOf(kindOf(schema, schema), schema) : value
}

/** What a form was sent for other than to be saved: rows of a list, another alternative. The pointer is the list's. */
export interface Rearranged {
  readonly by: 'add' | 'remove' | 'choose'
  readonly pointer: string
}
export function rearrangedBy(form: URLSearchParams, prefix: string): Rearranged | undefined {
  for (const by of ['add', 'remove', 'choose'] as const) {
    const name = form.get(by)
    if (name?.startsWith(prefix) !== true) continue
    const pointer = name.slice(prefix.length)
    if (pointer !== '' && !pointer.startsWith('/')) continue
    return { by, pointer: by === 'remove' ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer }
  }
  return undefined
}

function branchesOf(form: URLSearchParams, prefix: string): Branch {
  const root: Branch = {}
  let count = 0
  for (const [name, value] of form) {
    if (count++ === limits.formFields) break
    if (!name.startsWith(prefix)) continue
    const pointer = name.slice(prefix.length)
    if (pointer !== '' && !pointer.startsWith('/')) continue
    const segments = pointer === '' ? [] : pointer.slice(1).split('/', limits.formDepth + 1)
    if (segments.length <= limits.formDepth) place(root, segments, value)
  }
  return root
}

function place(root: Branch, segments: readonly string[], value: string): void {
  let at = root
  for (const [index, segment] of segments.entries()) {
    // No key of a value begins like this: it would be written ~0.
    if (/^~[a-z]/.test(segment)) {
      if (index === segments.length - 1) at.asked = (at.asked ?? new Map<string, string>()).set(segment, value)
      return
    }
    const key = segment.includes('~') ? segment.replaceAll('~1', '/').replaceAll('~0', '~') : segment
    if (key === '__proto__') return
    at.below ??= new Map()
    let next = at.below.get(key)
    if (next === undefined) {
      next = {}
      at.below.set(key, next)
    }
    at = next
  }
  at.text ??= value.replaceAll('\r\n', '\n')
}

const nothing: Branch = {}
const noBranches: ReadonlyMap<string, Branch> = new Map()

function read(reading: Reading, schema: JsonSchema, branch: Branch, at: string): unknown {
  const kind = kindOf(schema, reading.root)
  // What is no group or list though it should be was asked for as JSON.
  if (isContainer(kind) && branch.text !== undefined) return readText({ is: 'free', schema }, branch.text)
  switch (kind.is) {
    case 'group':
      return readGroup(reading, kind, branch, at)
    case 'list':
      return readList(reading, kind, branch, at)
    case 'named':
      return readNamed(reading, kind, branch, at)
    case 'one-of': {
      const asked = branch.asked?.get('~one') ?? ''
      const chosen = /^\d{1,3}$/.test(asked) ? kind.alternatives[Number(asked)] : undefined
      const found = chosen ?? kind.alternatives[alternativeOf(kind.alternatives, branch.text, reading.root)]
      return found === undefined ? undefined : read(reading, found, branch, at)
    }
    default:
      return readText(kind, branch.text ?? '')
  }
}

function readText(kind: Kind, text: string): unknown {
  if (text === '') return undefined
  switch (kind.is) {
    case 'number':
      return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text
    case 'yes-no':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'choice':
      return kind.values.find((value) => String(value) === text) ?? text
    case 'free': {
      const json = readStrictJson(text)
      return json.issues === undefined ? json.value : text
    }
    default:
      return text
  }
}

function readGroup(reading: Reading, kind: Kind & { is: 'group' }, branch: Branch, at: string): unknown {
  const found: [string, unknown][] = []
  for (const [name, schema] of kind.fields) {
    const value = read(reading, schema, branch.below?.get(name) ?? nothing, below(at, name))
    if (value !== undefined) found.push([name, value])
  }
  // What the schema does not know stays, so that it can be seen and complained about.
  for (const [name, { text = '' }] of branch.below ?? noBranches) {
    if (kind.schema.properties !== undefined && Object.hasOwn(kind.schema.properties, name)) continue
    const value = readText({ is: 'free', schema: {} }, text)
    if (value !== undefined) found.push([name, value])
  }
  return found.length === 0 ? undefined : completed(kind, Object.fromEntries(found), reading.root)
}

/** With the groups and lists it must have, empty as they may be: what they lack is then said at their own fields. */
function completed(
  { fields }: Kind & { is: 'group' },
  value: { [name: string]: unknown },
  root: JsonSchema,
): { [name: string]: unknown } {
  for (const [name, schema, isRequired] of fields) {
    if (!isRequired || Object.hasOwn(value, name)) continue
    const kind = kindOf(schema, root)
    if (isContainer(kind)) value[name] = emptyOf(kind, root)
  }
  return value
}

function emptyOf(kind: Kind, root: JsonSchema): object | undefined {
  if (kind.is === 'list') return []
  if (kind.is === 'named') return {}
  return kind.is === 'group' ? completed(kind, {}, root) : undefined
}

function readList(reading: Reading, kind: Kind & { is: 'list' }, branch: Branch, at: string): unknown {
  const row = kindOf(kind.row, reading.root)
  const isKept = takesEmptyText(row)
  const places = [...(branch.below ?? noBranches).keys()].filter((key) => /^(0|[1-9]\d{0,4})$/.test(key)).map(Number)
  const rows = places
    .toSorted((one, other) => one - other)
    .filter((index) => below(at, index) !== reading.remove)
    .map((index) => read(reading, kind.row, branch.below?.get(String(index)) ?? nothing, below(at, index)))
    .flatMap((value): unknown[] => (value !== undefined ? [value] : isKept ? [''] : []))
  if (reading.add === at && rows.length < (kind.schema.maxItems ?? limits.formFields))
    rows.push(newRow(row, reading.root))
  return rows.length === 0 ? undefined : rows
}

function readNamed(reading: Reading, kind: Kind & { is: 'named' }, branch: Branch, at: string): unknown {
  const row = kindOf(kind.row, reading.root)
  const rows = [...(branch.below ?? noBranches)]
    .filter(([name]) => below(at, name) !== reading.remove)
    .map(([name, one]) => [name, read(reading, kind.row, one, below(at, name))] as const)
    .filter(([, value]) => value !== undefined)
  const name = branch.asked?.get('~name')?.replaceAll(/\s/g, '') ?? ''
  if (reading.add === at && name !== '' && name !== '__proto__' && !rows.some(([taken]) => taken === name))
    rows.push([name, newRow(row, reading.root)])
  return rows.length === 0 ? undefined : Object.fromEntries(rows)
}

const newRow = (kind: Kind, root: JsonSchema) => emptyOf(kind, root) ?? ''

/** The pointer of what lies below another. */
export const below = (at: string, key: string | number): string =>
  `${at}/${typeof key === 'string' && /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`

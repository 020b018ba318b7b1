import { isDeepStrictEqual } from 'node:util'
import { type JsonSchema, readSchemaForm } from '../schema-form/index.ts'
import { type Section, sectionSchema } from './steps.ts'

/** A declaration as far as it is filled in. */
export type Tree = { readonly [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null
const keysOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What stands at a JSON pointer. */
export function read(document: unknown, pointer: string): unknown {
  let at = document
  for (const key of keysOf(pointer)) at = isTree(at) && Object.hasOwn(at, key) ? at[key] : undefined
  return at
}

/** A document with another value at a JSON pointer; undefined takes it away. */
export function write(document: Tree, pointer: string, value: unknown): Tree {
  const put = (at: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return value
    if (Array.isArray(at) || (!isTree(at) && /^\d+$/.test(key))) {
      const list = Array.isArray(at) ? [...(at as unknown[])] : []
      const next = put(list[Number(key)], rest)
      if (next === undefined) list.splice(Number(key), 1)
      else list[Number(key)] = next
      return list
    }
    const entries = new Map(isTree(at) ? Object.entries(at) : [])
    const next = put(entries.get(key), rest)
    if (next === undefined) entries.delete(key)
    else entries.set(key, next)
    return Object.fromEntries(entries)
  }
  return put(document, keysOf(pointer)) as Tree
}

/** Whether nothing is said in it, however deep. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === '' || (isTree(value) && Object.values(value).every(isBlank))

/** A document with what was filled in in a section; what the section does not ask for stays. */
export function withSection(document: Tree, form: URLSearchParams, section: Section): Tree {
  const filled = readSchemaForm(form, sectionSchema(section), section.at) as Tree
  return section.fields.reduce((next, name) => {
    const value = Object.hasOwn(filled, name) ? filled[name] : undefined
    const pointer = `${section.at}/${name}`
    return isDeepStrictEqual(read(next, pointer), value) ? next : write(next, pointer, value)
  }, document)
}

/** A document with what was filled in for one procedure of an agency; nothing, where all of it was left blank. */
export function withParticulars(document: Tree, form: URLSearchParams, pointer: string, schema: JsonSchema): Tree {
  const filled = readSchemaForm(form, schema, pointer)
  if (!isBlank(filled)) return write(document, pointer, filled)
  const [, root, agency] = pointer.split('/')
  const without = write(document, pointer, undefined)
  const left = isBlank(read(without, `/${root}/${agency}`)) ? write(without, `/${root}/${agency}`, undefined) : without
  return isBlank(read(left, `/${root}`)) ? write(left, `/${root}`, undefined) : left
}

/** Of the fields of sections, what stands in them. */
export const partOf = (document: Tree, { at, fields }: Section): Tree => {
  const part = read(document, at)
  return isTree(part)
    ? Object.fromEntries(fields.flatMap((name) => (Object.hasOwn(part, name) ? [[name, part[name]]] : [])))
    : {}
}

/** A declaration of which nothing is known: every part it must have, empty. */
export const emptyDocument = (schema: JsonSchema): Tree => readSchemaForm(new URLSearchParams(), schema, '') as Tree

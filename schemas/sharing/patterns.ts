import type * as z from 'zod'

/**
 * A pattern 字段模式 is a JSON pointer (RFC 6901) to a single value, with `*` for any member of a list or any key of a record:
 * `/declaration/goodsShipment/items/*\/totalPrice`. It names that value and nothing below or beside it: what is added to a schema later is
 * in no pattern that stands already.
 */
export const patternForm = /^(\/([a-zA-Z][a-zA-Z0-9-]*|\*|\d{1,3}))+$/

/** The parts of a pattern or of a pointer. */
export const partsOf = (pattern: string): string[] =>
  pattern
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Whether a pattern names what another does, or a part of it: `*` takes every key. */
export function covers(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.length === narrow.length && wide.every((part, at) => part === '*' || part === narrow[at])
}

/** Whether a pattern stands at another or above it. */
export const isAbove = (upper: readonly string[], lower: readonly string[]): boolean =>
  upper.length <= lower.length && covers(upper, lower.slice(0, upper.length))

/** A value a schema has room for. */
export interface Leaf {
  readonly pattern: string
  /** What lies below it is not known to the schema: an agency's own particulars. */
  readonly open: boolean
}

/** Every single value a schema has room for 字段清单, in its order. @throws {Error} a schema holds what no document can */
export function leavesOf(schema: z.ZodType, at = ''): Leaf[] {
  const { def } = schema as unknown as { def: { readonly type: string; readonly [key: string]: unknown } }
  const inner = (key: string) => def[key] as z.ZodType
  switch (def.type) {
    case 'object':
      return Object.entries(def['shape'] as Record<string, z.ZodType>).flatMap(([key, one]) =>
        leavesOf(one, `${at}/${key}`),
      )
    case 'array':
      return leavesOf(inner('element'), `${at}/*`)
    case 'record':
      return leavesOf(inner('valueType'), `${at}/*`)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return leavesOf(inner('innerType'), at)
    case 'pipe':
      return leavesOf(inner('in'), at)
    case 'union': {
      const all = (def['options'] as readonly z.ZodType[]).flatMap((option) => leavesOf(option, at))
      return [...new Map(all.map((leaf) => [leaf.pattern, leaf])).values()]
    }
    case 'unknown':
    case 'lazy':
      return [{ pattern: at, open: true }]
    case 'string':
    case 'number':
    case 'int':
    case 'boolean':
    case 'enum':
    case 'literal':
      return [{ pattern: at, open: false }]
    default:
      throw new Error(`${at || '/'}: a ${def.type} has no pattern`)
  }
}

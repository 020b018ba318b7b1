import { readdirSync } from 'node:fs'
import * as z from 'zod'
import { root } from '../support/source.ts'

type Def = z.core.$ZodTypes['_zod']['def']

/** Where a schema is exported: `schemas/answers.ts#filingAnswer`. */
export type Named = ReadonlyMap<unknown, string>

/** Every schema the language exports, by itself. */
export async function namedSchemas(): Promise<Named> {
  const named = new Map<unknown, string>()
  for (const module of modulesIn('schemas')) {
    const exported = (await import(`${root}${module}`)) as Record<string, unknown>
    for (const [name, value] of Object.entries(exported))
      if (value instanceof z.ZodType && !named.has(value)) named.set(value, `${module}#${name}`)
  }
  return named
}

const modulesIn = (folder: string): string[] =>
  readdirSync(`${root}${folder}`, { withFileTypes: true })
    .flatMap((one) => {
      const path = `${folder}/${one.name}`
      if (one.isDirectory()) return modulesIn(path)
      return one.name.endsWith('.ts') ? [path] : []
    })
    .sort()

/**
 * A schema as a TypeScript type: by its name where it has one, else by what it is made of.
 * @param side what goes in, or what comes out, where defaults make them differ
 * @param used takes the names it stands on
 */
export function printType(schema: z.core.$ZodType, side: 'input' | 'output', named: Named, used: Set<string>): string {
  const name = named.get(schema)
  if (name !== undefined) {
    used.add(name)
    return `z.${side}<typeof ${name.split('#')[1]}>`
  }
  const inner = (one: z.core.$ZodType) => printType(one, side, named, used)
  const def = (schema as z.ZodType).def as Def
  switch (def.type) {
    case 'object':
      return `{ ${Object.entries(def.shape)
        .map(([key, value]) => {
          const one = value as z.ZodType
          const optional = side === 'input' ? one.isOptional() : one.def.type === 'optional'
          const described = z.globalRegistry.get(one)?.description
          return `${described === undefined ? '' : `/** ${described} */ `}${key}${optional ? '?' : ''}: ${inner(value)}`
        })
        .join('; ')} }`
    case 'array':
      return `Array<${inner(def.element)}>`
    case 'optional':
      return inner(def.innerType)
    case 'default':
      return inner(def.innerType)
    case 'nullable':
      return `${inner(def.innerType)} | null`
    case 'union':
      return def.options.map(inner).join(' | ')
    case 'record':
      return `Record<${inner(def.keyType)}, ${inner(def.valueType)}>`
    case 'enum':
      return Object.values(def.entries)
        .map((value) => `'${value}'`)
        .join(' | ')
    case 'literal':
      return def.values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ')
    case 'string':
    case 'boolean':
    case 'number':
    case 'unknown':
      return def.type
    default:
      throw new Error(`A schema of type ${def.type} is nowhere exported and cannot be written as a type`)
  }
}

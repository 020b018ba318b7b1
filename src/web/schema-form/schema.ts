/** JSON Schema 2020-12, as far as zod writes it and a form can show it. */
export interface JsonSchema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly default?: unknown
  readonly properties?: { readonly [name: string]: JsonSchema }
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly $ref?: string
  readonly $defs?: { readonly [name: string]: JsonSchema }
  /** What a field is to its people: names, the code list it chooses from. */
  readonly [fact: `x-${string}`]: unknown
}

/** How a form asks for a value. `free`: as JSON text, where the schema leaves open what it is. */
export type Kind =
  | { readonly is: 'text' | 'day' | 'number' | 'yes-no' | 'free'; readonly schema: JsonSchema }
  | { readonly is: 'choice'; readonly schema: JsonSchema; readonly values: readonly unknown[] }
  | {
      readonly is: 'group'
      readonly schema: JsonSchema
      readonly fields: readonly (readonly [name: string, schema: JsonSchema, isRequired: boolean])[]
    }
  | { readonly is: 'list'; readonly schema: JsonSchema; readonly row: JsonSchema }
  | { readonly is: 'named'; readonly schema: JsonSchema; readonly row: JsonSchema; readonly names: JsonSchema }
  | { readonly is: 'one-of'; readonly schema: JsonSchema; readonly alternatives: readonly JsonSchema[] }

/** How a form asks for what a schema describes. @param root where its definitions stand */
export function kindOf(given: JsonSchema, root: JsonSchema): Kind {
  const schema = resolve(given, root)
  if (schema === undefined) return { is: 'free', schema: given }
  const alternatives = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== 'null')
  if (alternatives !== undefined) return kindOfUnion(schema, alternatives, root)
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (values !== undefined) return { is: 'choice', schema, values }
  switch (schema.type) {
    case 'string':
      return { is: schema.format === 'date' ? 'day' : 'text', schema }
    case 'integer':
    case 'number':
      return { is: 'number', schema }
    case 'boolean':
      return { is: 'yes-no', schema }
    case 'array':
      return schema.items === undefined ? { is: 'free', schema } : { is: 'list', schema, row: schema.items }
    case 'object':
      return kindOfObject(schema)
    default:
      return { is: 'free', schema }
  }
}

function kindOfUnion(schema: JsonSchema, alternatives: readonly JsonSchema[], root: JsonSchema): Kind {
  const [only, ...others] = alternatives
  if (only === undefined) return { is: 'free', schema }
  if (others.length === 0) return kindOf({ ...schemaFacts(schema), ...only }, root)
  // A day or an instant, a number or a code: one line of text holds either.
  if (alternatives.every((one) => one.type === 'string' && one.enum === undefined)) return { is: 'text', schema }
  return { is: 'one-of', schema, alternatives }
}

/** What is said of a union holds for the one alternative that is left of it. */
const schemaFacts = ({ anyOf: _any, oneOf: _one, ...facts }: JsonSchema): JsonSchema => facts

function kindOfObject(schema: JsonSchema): Kind {
  const { properties, required = [], additionalProperties, propertyNames = {} } = schema
  if (properties !== undefined)
    return {
      is: 'group',
      schema,
      fields: Object.entries(properties).map(([name, field]) => [name, field, required.includes(name)] as const),
    }
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    return { is: 'named', schema, row: additionalProperties, names: propertyNames }
  return { is: 'free', schema }
}

/** What a reference stands for; absent where that holds itself, so that no form could be as deep. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  if (schema.$ref === undefined) return schema
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1] ?? ''
  const found = root.$defs !== undefined && Object.hasOwn(root.$defs, name) ? root.$defs[name] : undefined
  return found === undefined || JSON.stringify(found).includes('"$ref"') ? undefined : { ...found, ...schema }
}

/** Whether a kind holds others. */
export const isContainer = ({ is }: Kind): boolean => is === 'group' || is === 'list' || is === 'named'

/** Whether an empty line of a list says something there: a value that is not known, in its place. */
export function takesEmptyText(kind: Kind): boolean {
  if (kind.is !== 'text' || kind.schema.anyOf !== undefined || kind.schema['x-code-list'] !== undefined) return false
  const { type, minLength = 0, format, pattern } = kind.schema
  return (
    type === 'string' && minLength === 0 && format === undefined && (pattern === undefined || isEmptyMatch(pattern))
  )
}

function isEmptyMatch(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test('')
  } catch {
    return false
  }
}

/** Which alternative of a union a value is of, as far as its type and its fixed words tell; the first where none does. */
export function alternativeOf(alternatives: readonly JsonSchema[], value: unknown, root: JsonSchema): number {
  const at = alternatives.findIndex((one) => couldBe(kindOf(one, root), value))
  return Math.max(at, 0)
}

function couldBe(kind: Kind, value: unknown): boolean {
  switch (kind.is) {
    case 'group':
      return (
        isRecord(value) &&
        kind.fields.every(
          ([name, field, isRequired]) =>
            (Object.hasOwn(value, name) || !isRequired) &&
            (field.const === undefined || (Object.hasOwn(value, name) && value[name] === field.const)),
        )
      )
    case 'named':
      return isRecord(value)
    case 'list':
      return Array.isArray(value)
    case 'yes-no':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number'
    case 'choice':
      return kind.values.includes(value)
    case 'text':
    case 'day':
      return typeof value === 'string'
    default:
      return true
  }
}

export const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// What zod shows of a schema to those who read it stands behind `_zod`.
/* oxlint-disable no-underscore-dangle */
import type * as z from 'zod'

/**
 * Reads a value as `schema.safeParse` does, with the same result, some times as fast where it is valid: most of what is handed in is, and
 * zod makes two objects for every value it looks at. What this reader cannot vouch for, zod reads, and says what is wrong.
 */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  const data = readerOf(schema)(value)
  return data === no ? schema.safeParse(value) : { success: true, data: data as T }
}

/** Not vouched for. */
const no = Symbol('no')
/** Gives what zod would make of a valid value, or `no`. */
type Reader = (value: unknown) => unknown
type Schema = z.core.$ZodTypes
type Check = z.core.$ZodCheck

const readers = new WeakMap<z.core.$ZodType, Reader>()

function readerOf(schema: z.core.$ZodType): Reader {
  const known = readers.get(schema)
  if (known !== undefined) return known
  let made: Reader = () => no
  // A schema may hold itself.
  readers.set(schema, (value) => made(value))
  made = checked(schema, plainReaderOf(schema as Schema))
  readers.set(schema, made)
  return made
}

const hasTrait = (schema: z.core.$ZodType, trait: string): boolean =>
  (schema._zod as { traits?: ReadonlySet<string> }).traits?.has(trait) === true

/** A reader of a schema without its checks; undefined for kinds of schema that are left to zod. */
function plainReaderOf(schema: Schema): Reader | undefined {
  const { def } = schema._zod
  switch (def.type) {
    case 'object':
      return objectReader(schema as z.core.$ZodObject)
    case 'record':
      return recordReader(schema as z.core.$ZodRecord)
    case 'array':
      return arrayReader(readerOf(def.element))
    case 'string':
      return def.coerce ? undefined : (value) => (typeof value === 'string' ? value : no)
    case 'number':
      return def.coerce ? undefined : (value) => (typeof value === 'number' && Number.isFinite(value) ? value : no)
    case 'boolean':
      return def.coerce ? undefined : (value) => (typeof value === 'boolean' ? value : no)
    case 'enum':
    case 'literal': {
      const values: ReadonlySet<unknown> | undefined = schema._zod.values
      return values && ((value) => (values.has(value) ? value : no))
    }
    case 'unknown':
      return (value) => value
    case 'optional': {
      if (def.innerType._zod.optin === 'defaulted' || hasTrait(schema, '$ZodExactOptional')) return undefined
      const inner = readerOf(def.innerType)
      return (value) => (value === undefined ? value : inner(value))
    }
    case 'default': {
      const inner = readerOf(def.innerType)
      return (value) => (value === undefined ? def.defaultValue : inner(value))
    }
    case 'prefault': {
      const inner = readerOf(def.innerType)
      return (value) => inner(value === undefined ? def.defaultValue : value)
    }
    case 'union':
      return (def as { inclusive?: boolean }).inclusive === false ? undefined : unionReader(def.options.map(readerOf))
    case 'lazy':
      return readerOf(def.getter())
    default:
      return undefined
  }
}

function objectReader({ _zod: { def } }: z.core.$ZodObject): Reader | undefined {
  const isStrict = def.catchall?._zod.def.type === 'never'
  if (def.catchall !== undefined && !isStrict) return undefined
  const fields = Object.entries(def.shape).map(([key, { _zod: of }]) => ({
    key,
    read: readerOf(def.shape[key] as z.core.$ZodType),
    isDefaulted: of.optin === 'defaulted' && of.optout !== 'optional',
    isOptional: of.optin === 'optional' && of.optout === 'optional',
  }))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return no
    const input = value as { readonly [key: string]: unknown }
    const output: { [key: string]: unknown } = {}
    let found = 0
    for (const { key, read, isDefaulted, isOptional } of fields) {
      const given = input[key]
      if (given === undefined) {
        if (!isDefaulted && !isOptional) return no
        // In a strict object an undefined that is written out is one key too many.
        if (!isStrict && key in input) return no
        if (isOptional) continue
      } else found++
      const made = read(given)
      if (made === no) return no
      output[key] = made
    }
    if (isStrict) for (const _ in input) found--
    return isStrict && found !== 0 ? no : output
  }
}

function recordReader({ _zod: { def } }: z.core.$ZodRecord): Reader | undefined {
  if (def.keyType._zod.values !== undefined || (def as { mode?: string }).mode === 'loose') return undefined
  const readKey = readerOf(def.keyType)
  const readValue = readerOf(def.valueType)
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return no
    const output: { [key: string]: unknown } = {}
    for (const [key, given] of Object.entries(value)) {
      if (key === '__proto__' || readKey(key) !== key) return no
      const made = readValue(given)
      if (made === no) return no
      output[key] = made
    }
    return output
  }
}

const arrayReader =
  (element: Reader): Reader =>
  (value) => {
    if (!Array.isArray(value)) return no
    const output: unknown[] = []
    for (const given of value) {
      const made = element(given)
      if (made === no) return no
      output.push(made)
    }
    return output
  }

const unionReader =
  (options: readonly Reader[]): Reader =>
  (value) => {
    for (const read of options) {
      const made = read(value)
      if (made !== no) return made
    }
    return no
  }

/** A reader that also asks the checks of a schema; one without a reader of its own is read by zod, checks and all. */
function checked(schema: z.core.$ZodType, read: Reader | undefined): Reader {
  const own = hasTrait(schema, '$ZodCheck') ? [schema as unknown as Check] : []
  const checks = [...own, ...(schema._zod.def.checks ?? [])]
  if (read === undefined || checks.some(({ _zod }) => _zod.def.check === 'overwrite'))
    return (value) => {
      const { success, data } = (schema as z.ZodType).safeParse(value)
      return success ? data : no
    }
  const [first, ...more] = checks.map(passes)
  if (first === undefined) return read
  const longest = Math.min(
    ...checks.map(({ _zod }) => (_zod.def as { maximum?: number }).maximum ?? Number.POSITIVE_INFINITY),
  )
  return (value) => {
    // Of a list that is too long nothing is read.
    if (Array.isArray(value) && value.length > longest) return no
    const made = read(value)
    if (made === no || !first(made)) return no
    for (const pass of more) if (!pass(made)) return no
    return made
  }
}

/** Whether a value of the right type passes a check and stays what it is: where a look does not tell, the check is asked. */
function passes(check: Check): (value: unknown) => boolean {
  const surely = lookOf(check._zod.def as z.core.$ZodCheckDef & Bounds)
  return (value) => {
    if (surely?.(value as string)) return true
    const payload: z.core.ParsePayload<never> = { value: value as never, issues: [] }
    if (check._zod.check(payload) instanceof Promise) return false
    return payload.issues.length === 0 && payload.value === value
  }
}

interface Bounds {
  readonly minimum: number
  readonly maximum: number
  readonly pattern: RegExp
  readonly format: string
}
const formatsByPattern: readonly string[] = ['regex', 'date', 'datetime']

/** A look at a text or list that is true only where the check would pass. Texts are measured in code points, of one unit or two. */
function lookOf({ check, ...def }: z.core.$ZodCheckDef & Bounds): ((value: string) => boolean) | undefined {
  const { minimum, maximum, pattern, format } = def
  if (check === 'max_length') return ({ length }) => length <= maximum
  if (check === 'min_length') return ({ length }) => length >= minimum && (minimum <= 1 || length >= 2 * minimum)
  if (check !== 'string_format' || !formatsByPattern.includes(format) || pattern.global || pattern.sticky)
    return undefined
  return (value) => pattern.test(value)
}

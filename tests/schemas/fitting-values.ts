import fc from 'fast-check'
import * as z from 'zod'
import { isCodeListId, loadCodeList } from '../../schemas/codes/index.ts'
import type { JsonSchema } from '../../src/web/schema-form/schema.ts'
import { valueOf } from '../web/schema-values.ts'

const seed = 20_261_121

/**
 * Values that a schema takes, up to `count`, the same at every call: a form holds any text, a schema takes few, so each text and number
 * is a choice of some that fit it. What a rule over several fields refuses is left out.
 */
export function fittingValues(schema: z.ZodType, count: number): unknown[] {
  const written = schema.toJSONSchema({
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const fitting = triesOf(jsonSchema as Bounded).filter((one) => z.safeParse(zodSchema, one).success)
      if (fitting.length > 0) jsonSchema.enum = fitting
    },
  }) as JsonSchema
  const values = fc.sample(valueOf(written, written), { seed, numRuns: count })
  return values.filter((value) => schema.safeParse(value).success)
}

type Bounded = JsonSchema & { readonly minimum?: number; readonly maximum?: number }

/** What may fit a text or a number, as far as its JSON Schema tells; nothing where that names what fits, or it is neither. */
function triesOf({ type, pattern, minimum = -1.5, maximum = 9, ...schema }: Bounded): (string | number)[] {
  if (schema.enum !== undefined || schema.const !== undefined) return []
  if (type === 'integer' || type === 'number') return [minimum, maximum, 7]
  if (type !== 'string') return []
  const list = schema['x-code-list']
  return typeof list === 'string' && isCodeListId(list)
    ? loadCodeList(list).items.slice(0, 5).flatMap(textsOfRow)
    : textsOf(pattern ?? '^[a-z<&"𠮷重 ]{0,12}$')
}

/** A country goes by either of its codes. */
const textsOfRow = ({ code, alpha2 }: { readonly code: string; readonly [extra: string]: unknown }) =>
  typeof alpha2 === 'string' ? [code, alpha2] : [code]

/** A container number has a check digit (ISO 6346), which no pattern tells. */
const containerNumber = 'CSQU3054383'
const texts = new Map<string, readonly string[]>()

function textsOf(pattern: string): string[] {
  const made = texts.get(pattern) ?? fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed, numRuns: 8 })
  texts.set(pattern, made)
  return [...new Set([...made, containerNumber])]
}

import fc from 'fast-check'
import { type JsonSchema, kindOf, takesEmptyText } from '../../src/web/schema-form/schema.ts'

/** Any value that a form for a schema can hold: nothing empty but what must be there. */
export function valueOf(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  const kind = kindOf(schema, root)
  switch (kind.is) {
    case 'group':
      return fc
        .record(Object.fromEntries(kind.fields.map(([name, field]) => [name, valueOf(field, root)])), {
          requiredKeys: kind.fields.filter(([, , isRequired]) => isRequired).map(([name]) => name),
        })
        .filter((value) => schema === root || Object.keys(value).length > 0)
    case 'list':
      return fc.array(rowOf(kind.row, root), { minLength: 1, maxLength: Math.min(3, schema.maxItems ?? 3) })
    case 'named':
      return fc.dictionary(nameOf(kind.names), valueOf(kind.row, root), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      })
    case 'choice':
      return fc.constantFrom(...kind.values)
    case 'yes-no':
      return fc.boolean()
    case 'number':
      return fc.integer({ min: -99_999_999, max: 99_999_999 })
    case 'free':
      return fc.oneof(
        text(1),
        fc.dictionary(text(1), text(0), { minKeys: 1, maxKeys: 2 }),
        fc.array(text(0), { minLength: 1 }),
      )
    default:
      return text(1)
  }
}

/** A line of a list may be empty where that says something. */
const rowOf = (schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> =>
  takesEmptyText(kindOf(schema, root)) ? text(0) : valueOf(schema, root)

const nameOf = (names: JsonSchema): fc.Arbitrary<string> =>
  names.enum === undefined
    ? text(1).map((name) => name.replaceAll(/\s/g, '_'))
    : fc.constantFrom(...names.enum.map(String))

/** Text a field of one line can hold, with all that means something to HTML or to a pointer. */
const text = (minLength: number) =>
  fc.string({
    unit: fc.oneof(fc.constantFrom('<', '"', '&', "'", '/', '~', '0', '重'), fc.string({ minLength: 1, maxLength: 1 })),
    minLength,
    maxLength: 8,
  })

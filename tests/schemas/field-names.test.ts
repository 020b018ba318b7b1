import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { isCodeListId, loadCodeList } from '../../schemas/codes/index.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { summaryDeclaration } from '../../schemas/declaration/summary.ts'

interface Node {
  readonly [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
const written = (schema: { toJSONSchema(options: object): unknown }) =>
  schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Node

const schemas: readonly (readonly [name: string, schema: Node])[] = [
  ['a declaration', written(declaration)],
  ['a summary', written(summaryDeclaration)],
  ...Object.entries(adapters).flatMap(([agency, { procedures }]) =>
    Object.entries(procedures).map(
      ([id, { particulars }]) => [`the particulars of ${agency}/${id}`, written(particulars)] as const,
    ),
  ),
]

/** Every field with its path, however deep. */
function fieldsOf(node: unknown, path = ''): (readonly [path: string, field: Node])[] {
  if (!isNode(node)) return []
  const properties = Object.entries(isNode(node['properties']) ? node['properties'] : {})
  return [
    ...properties.flatMap(([name, field]) =>
      isNode(field) ? [[`${path}/${name}`, field] as const, ...fieldsOf(field, `${path}/${name}`)] : [],
    ),
    ...fieldsOf(node['items'], `${path}/-`),
    ...fieldsOf(node['additionalProperties'], `${path}/-`),
  ]
}

test.each(schemas)('every field of %s has a name in both languages', (_, schema) => {
  const nameless = fieldsOf(schema).filter(
    ([, { title, 'x-zh': zh }]) =>
      !(typeof title === 'string' && /^[\x20-\x7e°]+$/.test(title)) ||
      !(typeof zh === 'string' && /[\p{Script=Han}]|^AEO|^EmS/u.test(zh)),
  )
  expect(nameless.map(([path]) => path)).toEqual([])
})

test.each(schemas)('what helps with a field of %s is there in both languages or not at all', (_, schema) => {
  const half = fieldsOf(schema).filter(
    ([, { description, 'x-help-zh': zh }]) => (description === undefined) !== (zh === undefined),
  )
  expect(half.map(([path]) => path)).toEqual([])
})

test.each(schemas)('no two fields beside each other in %s have the same name', (_, schema) => {
  const beside = Map.groupBy(fieldsOf(schema), ([path]) => path.slice(0, path.lastIndexOf('/')))
  const doubled = [...beside.values()].flatMap((fields) =>
    ['title', 'x-zh'].flatMap((language) =>
      [...Map.groupBy(fields, ([, field]) => field[language]).values()].filter((same) => same.length > 1),
    ),
  )
  expect(doubled.map((same) => same.map(([path]) => path))).toEqual([])
})

test.each(schemas)(
  'a field of %s that chooses from a code list names one there is, and a column of it',
  (_, schema) => {
    for (const [path, { 'x-code-list': list, 'x-code-column': column }] of fieldsOf(schema)) {
      if (typeof list !== 'string') continue
      expect({ path, isKnown: isCodeListId(list) }).toEqual({ path, isKnown: true })
      const rows = loadCodeList(list as 'tariff').items
      expect({
        path,
        hasColumn: column === undefined || rows.some((row) => Object.hasOwn(row, column as string)),
      }).toEqual({
        path,
        hasColumn: true,
      })
    }
  },
)

test.each(schemas)('a field of %s names its values in both languages or not at all', (_, schema) => {
  for (const [path, field] of fieldsOf(schema)) {
    const names = field['x-value-names']
    if (!isNode(names)) continue
    const unknown = Object.keys(names).filter((value) => !(field['enum'] as readonly string[]).includes(value))
    expect({ path, unknown }).toEqual({ path, unknown: [] })
    for (const name of Object.values(names))
      expect(name).toEqual({ en: expect.stringMatching(/./), zh: expect.stringMatching(/./) })
  }
})

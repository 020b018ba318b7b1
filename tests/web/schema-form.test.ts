import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { summaryDeclaration } from '../../schemas/declaration/summary.ts'
import { sampleDeclaration, samples } from '../../seeds/samples.ts'
import { limits } from '../../src/limits.ts'
import {
  type FormOf,
  type JsonSchema,
  ownNaming,
  placeName,
  readSchemaForm,
  rearrangedBy,
  schemaFields,
} from '../../src/web/schema-form/index.ts'
import { formsIn } from './forms.ts'
import { valueOf } from './schema-values.ts'

const written = (schema: { toJSONSchema(options: object): unknown }) =>
  schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema
const schemas = [
  ['a declaration', written(declaration)],
  ['a summary', written(summaryDeclaration)],
  ...Object.entries(adapters).flatMap(([agency, { procedures }]) =>
    Object.entries(procedures).map(([id, procedure]) => [`${agency}/${id}`, written(procedure.particulars)] as const),
  ),
] as const
const prefix = 'value'

const pageOf = async (schema: JsonSchema, value: unknown, more: Partial<FormOf> = {}) =>
  String(await schemaFields({ schema, value, language: 'en', prefix, naming: ownNaming('en'), ...more }))

/** What a browser sends of the form for a value. */
async function sent(schema: JsonSchema, value: unknown): Promise<URLSearchParams> {
  const [form] = formsIn(`<form method="post" action="/">${await pageOf(schema, value)}</form>`)
  return new URLSearchParams(
    Object.entries(form?.fields ?? {}).map(([name, text]): [string, string] => [name, String(text)]),
  )
}

test.each(schemas)('what stands in the form for %s is what was put there', async (_, schema) => {
  await fc.assert(
    fc.asyncProperty(valueOf(schema, schema), async (value) => {
      expect(readSchemaForm(await sent(schema, value), schema, prefix)).toEqual(value)
    }),
    { numRuns: 12 },
  )
})

test.each(Object.keys(samples) as (keyof typeof samples)[])('all of the sample %s fits its form', async (name) => {
  const [[, schema]] = schemas
  const value = sampleDeclaration(name, { lrn: 'LRN-1', on: new Date('2026-11-21T00:00:00Z'), run: 1 })
  const { particulars: _, ...rest } = value
  expect(readSchemaForm(await sent(schema, rest), schema, prefix)).toEqual(rest)
})

const small = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'Name', 'x-zh': '名称' },
    count: { type: 'integer', title: 'Count' },
    sure: { type: 'boolean', title: 'Sure' },
    kind: { enum: ['a', 'b'], title: 'Kind', 'x-value-names': { a: { en: 'First', zh: '甲' } } },
    place: {
      type: 'object',
      title: 'Place',
      properties: { code: { type: 'string', title: 'Code' } },
      required: ['code'],
    },
    must: {
      type: 'object',
      title: 'Must',
      properties: { code: { type: 'string' }, list: { type: 'array', items: { type: 'string', minLength: 1 } } },
      required: ['code', 'list'],
    },
    rows: {
      type: 'array',
      title: 'Rows',
      items: { type: 'object', properties: { code: { type: 'string', title: 'Code' } } },
    },
    named: {
      type: 'object',
      title: 'Named',
      propertyNames: { type: 'string' },
      additionalProperties: { type: 'object', properties: { code: { type: 'string' } } },
    },
    either: {
      anyOf: [
        { type: 'object', title: 'One', properties: { one: { type: 'string' } }, required: ['one'] },
        { type: 'object', title: 'Two', properties: { two: { type: 'string' } }, required: ['two'] },
      ],
    },
  },
  required: ['name', 'must'],
} as const satisfies JsonSchema
const read = (fields: Record<string, string>) =>
  readSchemaForm(
    new URLSearchParams(
      Object.entries(fields).map(([name, text]): [string, string] => [
        name.replace(/^(add|remove|choose)$|^/, (move) => (move === '' ? prefix : move)),
        text,
      ]),
    ),
    small,
    prefix,
  )

describe('reading', () => {
  test('what is empty is absent; groups that must be there are there, so that each field says what it lacks', () => {
    expect(read({ '/name': '', '/place/code': '', '/rows/0/code': '' })).toEqual({ must: { list: [] } })
    expect(readSchemaForm(new URLSearchParams(), small, prefix)).toEqual({ must: { list: [] } })
  })

  test('what cannot be what it should stays as it was written', () => {
    expect(read({ '/count': 'many', '/sure': 'perhaps', '/kind': 'c', '/name': '0100' })).toMatchObject({
      count: 'many',
      sure: 'perhaps',
      kind: 'c',
      name: '0100',
    })
    expect(read({ '/count': '12', '/sure': 'false' })).toMatchObject({ count: 12, sure: false })
    expect(read({ '/count': '9007199254740993' })).toMatchObject({ count: '9007199254740993' })
  })

  test('rows come and go by their buttons, whatever stands in them', () => {
    const rows = { '/rows/0/code': 'A', '/rows/1/code': '', '/rows/2/code': 'C' }
    expect(read(rows)).toMatchObject({ rows: [{ code: 'A' }, { code: 'C' }] })
    expect(read({ ...rows, remove: `${prefix}/rows/0` })).toMatchObject({ rows: [{ code: 'C' }] })
    expect(read({ ...rows, add: `${prefix}/rows` })).toMatchObject({ rows: [{ code: 'A' }, { code: 'C' }, {}] })
    expect(read({ '/named/~name': '7', add: `${prefix}/named` })).toMatchObject({ named: { '7': {} } })
    expect(rearrangedBy(new URLSearchParams({ remove: `${prefix}/rows/0` }), prefix)).toEqual({
      by: 'remove',
      pointer: '/rows',
    })
    expect(rearrangedBy(new URLSearchParams({ add: 'other/rows' }), prefix)).toBeUndefined()
  })

  test('of alternatives the one that was chosen is read', () => {
    expect(read({ '/either/~one': '1', '/either/two': 'x', '/either/one': 'y' })).toMatchObject({
      either: { two: 'x' },
    })
    expect(read({ '/either/~one': '99', '/either/one': 'y' })).toMatchObject({ either: { one: 'y' } })
  })

  test.each([
    ['__proto__/polluted'],
    ['/__proto__/polluted'],
    ['/place/__proto__/polluted'],
    ['/constructor/prototype/polluted'],
    ['/named/__proto__/code'],
    ['/rows/__proto__'],
    ['/rows/-1/code'],
    ['/rows/1e9/code'],
    ['/rows/99999/code'],
    ['/~2'],
    ['/%'],
    [''],
    ['/'],
    ['//////'],
    ['/name/deeper'],
    ['/place'],
    ['/rows'],
    ['/named'],
    ['/either/~one/~one'],
    [`/${'a/'.repeat(5_000)}`],
  ])('a hostile name %s makes nothing of itself', (name) => {
    const value = read({ [name]: 'polluted', '/name': 'kept' })
    expect(value).toMatchObject({ name: 'kept' })
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(() => JSON.stringify(value)).not.toThrow()
  })

  test('any names at all are read without a mistake, and no more fields than a form may have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string())),
        fc.array(fc.tuple(fc.webPath(), fc.string())),
        (some, others) => {
          readSchemaForm(
            new URLSearchParams([...some, ...others.map(([path, text]): [string, string] => [prefix + path, text])]),
            small,
            prefix,
          )
        },
      ),
    )
    const many = new URLSearchParams(
      Array.from({ length: limits.formFields + 1_000 }, (_, at): [string, string] => [
        `${prefix}/named/${at}/code`,
        'x',
      ]),
    )
    const { named } = readSchemaForm(many, small, prefix) as { named: object }
    expect(Object.keys(named)).toHaveLength(limits.formFields)
  })

  test('JSON that is nested without end is text', () => {
    const free: JsonSchema = { type: 'object', properties: { any: {} } }
    const deep = '['.repeat(50_000)
    expect(readSchemaForm(new URLSearchParams({ [`${prefix}/any`]: deep }), free, prefix)).toEqual({ any: deep })
    const closed = deep + ']'.repeat(50_000)
    expect(readSchemaForm(new URLSearchParams({ [`${prefix}/any`]: closed }), free, prefix)).toEqual({ any: closed })
  })
})

describe('showing', () => {
  const wrong = { pointer: '/place/code', detail: 'Wrong', detailZh: '错误', agency: 'customs' }

  test('an error stands at its field, with the name of the agency that asks, and opens its group', async () => {
    const page = await pageOf(small, {}, { errors: [wrong], agencies: { customs: { en: 'Customs', zh: '海关' } } })
    expect(page).toMatch(/<details[^>]* open><summary>Place/)
    expect(page).toMatch(
      /<input id="value\/place\/code"[^>]* aria-invalid="true"[^>]* aria-describedby="value\/place\/code-wrong"/,
    )
    expect(page).toMatch(/id="value\/place\/code-wrong"[^>]*>Customs: Wrong/)
    expect(page).not.toContain('role="alert"')
    expect(
      await pageOf(
        small,
        {},
        { errors: [wrong], language: 'zh', agencies: { customs: { en: 'Customs', zh: '海关' } } },
      ),
    ).toContain('海关：错误')
  })

  test('an error that fits no field is said on top', async () => {
    const page = await pageOf(small, {}, { errors: [{ ...wrong, pointer: '/nowhere' }] })
    expect(page).toMatch(/role="alert"[\s\S]*<code>\/nowhere<\/code> customs: Wrong/)
  })

  test('where it is asked for, every error is listed on top, each a way to its field', async () => {
    expect(await pageOf(small, {}, { errors: [wrong], isListed: true })).toMatch(
      /role="alert"[\s\S]*<a href="#value\/place\/code">Place › Code<\/a>/,
    )
  })

  test('what the schema does not know stays, and a value that is none of a choice', async () => {
    const value = { name: 'x', stranger: { a: 1 }, kind: 'c', place: 'nowhere', must: { list: [] } }
    expect(readSchemaForm(await sent(small, value), small, prefix)).toEqual(value)
  })

  test('choices and codes are shown by their names', async () => {
    const [[, schema]] = schemas
    expect(await pageOf(small, { kind: 'a' })).toMatch(/<option value="a" selected>First/)
    const page = await pageOf(
      schema,
      { goodsShipment: { items: [{ hsCode: '8507600090', originCountry: 'SG' }] } },
      { language: 'zh' },
    )
    expect(page).toMatch(/data-codes="tariff"[^>]*>\s*<small class="code"><output>其他锂离子蓄电池/)
    expect(page).toMatch(
      /value="SG"[^>]* data-codes="countries" data-code-column="alpha2"[^>]*>\s*<small class="code"><output>新加坡/,
    )
  })

  test('places are called by the labels on the way there', () => {
    const [[, schema]] = schemas
    expect(placeName(schema, ownNaming('en'), '/goodsShipment/items/0/hsCode')).toBe(
      'Goods and journey › Goods › 1 › Commodity code (HS)',
    )
    expect(placeName(schema, ownNaming('zh'), '/goodsShipment/items/11/nobody~1knows')).toBe(
      '货物与运输 › 商品 › 12 › nobody/knows',
    )
  })
})

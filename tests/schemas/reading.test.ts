import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { adapters } from '../../adapters/registry.ts'
import { schemaFor } from '../../schemas/declaration/summary.ts'
import { readAs } from '../../schemas/reading.ts'
import { type SampleName, sampleDeclaration, samples } from '../../seeds/samples.ts'
import { fittingValues } from './fitting-values.ts'

const declarations = (Object.keys(samples) as SampleName[]).map((name) =>
  sampleDeclaration(name, { lrn: 'READ-1', on: new Date('2026-11-21T00:00:00Z'), run: 1 }),
)
/** Schemas with a value that each of them takes: the declarations, and what every filing of theirs has of its own. */
const pairs: readonly (readonly [schema: z.ZodType, value: unknown])[] = declarations.flatMap((declaration) => [
  [schemaFor(declaration), declaration] as const,
  ...Object.entries(declaration.particulars ?? {}).flatMap(([agency, procedures]) =>
    Object.entries(procedures).flatMap(([procedure, particulars]) => {
      const schema = adapters[agency]?.procedures[procedure]?.particulars
      return schema === undefined ? [] : [[schema, particulars] as const]
    }),
  ),
])

/** The particulars of whatever an agency does: filings, their amendments and cancellations. */
const procedures = Object.entries(adapters).flatMap(([agency, { procedures: of }]) =>
  Object.entries(of).map(([id, { particulars }]) => [`${agency}/${id}`, particulars] as const),
)

interface Tree {
  readonly name: string
  readonly under?: readonly Tree[] | undefined
}
const tree: z.ZodType<Tree> = z.strictObject({
  name: z.string(),
  get under() {
    return z.array(tree).optional()
  },
})

/** Both readings, as texts: the order of keys counts, as it goes into bytes. */
function compare(schema: z.ZodType, value: unknown) {
  const [ours, zods] = [readAs(schema, value), schema.safeParse(value)]
  expect(ours.success).toBe(zods.success)
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify(zods.data))
  expect(ours.data).toStrictEqual(zods.data)
  if (!ours.success) expect(ours.error.issues).toStrictEqual(zods.error?.issues)
}

type Json = { [key: string]: unknown } | unknown[]
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null
/** Every object and list in a value. */
const nodes = (value: unknown): Json[] => (isJson(value) ? [value, ...Object.values(value).flatMap(nodes)] : [])

/** A change somewhere in a value: what stands there, what is put there, whether its keys are turned around. */
const change = fc.record({
  node: fc.nat(),
  key: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'turn', 'empty'),
  value: fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '0',
      '1.50',
      'US',
      'CN',
      '2026-11-21',
      '2026-02-30',
      '𠮷'.repeat(40),
      0,
      1,
      -1,
      1.5,
      null,
      true,
      [],
      {},
    ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(whole: unknown, { node, key, how, value }: Change): unknown {
  const copy = structuredClone(whole)
  const all = nodes(copy)
  const at = all[node % all.length] as { [key: string]: unknown }
  const keys = Object.keys(at)
  const name = keys[key % Math.max(1, keys.length)] ?? 'none'
  if (how === 'replace') at[name] = value
  else if (how === 'remove') delete at[name]
  else if (how === 'add') at[`added${key % 3}`] = value
  else if (how === 'empty') at[name] = undefined
  else
    for (const one of keys) {
      const kept = at[one]
      if (Array.isArray(at)) break
      delete at[one]
      at[one] = kept
    }
  return copy
}

/** Ways to spoil what stands somewhere. */
const spoilings: readonly Pick<Change, 'how' | 'value'>[] = [
  { how: 'remove', value: null },
  { how: 'add', value: 'x' },
  ...['', '重'.repeat(6_000), 7, {}, [], null].map((value) => ({ how: 'replace' as const, value })),
]
const places = fc.sample(fc.record({ node: fc.nat(), key: fc.nat() }), { seed: 20_261_121, numRuns: 8 })

describe('a value read as its schema says', () => {
  test('is what zod makes of it: the samples and their particulars', () => {
    for (const [schema, value] of pairs) compare(schema, value)
    expect(pairs.length).toBeGreaterThan(10)
  })

  test('is what zod makes of it, and refused where zod refuses, whatever was changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }), (which, changes) => {
        const [schema, value] = pairs[which % pairs.length] ?? [z.never(), undefined]
        compare(schema, changes.reduce(changed, value))
      }),
      { numRuns: 1_500 },
    )
  })

  test.each(procedures)('is what zod makes of it: all that %s may be told, and that spoilt', (_, schema) => {
    const fitting = fittingValues(schema, 6)
    expect(fitting).not.toEqual([])
    for (const value of fitting) {
      compare(schema, value)
      for (const place of places)
        for (const spoiling of spoilings) compare(schema, changed(value, { ...place, ...spoiling }))
    }
  })

  test('is read without zod where it is valid', () => {
    for (const [schema, value] of pairs) {
      const asked = vi.spyOn(schema, 'safeParse')
      readAs(schema, value)
      expect(asked).not.toHaveBeenCalled()
      asked.mockRestore()
    }
  })

  const kinds: readonly (readonly [what: string, schema: z.ZodType, values: readonly unknown[]])[] = [
    ['lengths count code points', z.string().min(2).max(3), ['𠮷', '𠮷𠮷', '𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷', 'ab', 'a', 'abcd']],
    ['a pattern that remembers its place', z.string().regex(/a/g), ['a', 'a', 'b']],
    ['a text that is rewritten', z.string().trim().min(1), [' a ', '  ']],
    ['an address', z.url(), ['https://example.org', ' https://example.org ', 'no address']],
    [
      'days and instants',
      z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
      ['2026-11-21', '2026-11-21T08:00:00+08:00', '2026-11-31', '08:00'],
    ],
    ['whole numbers', z.int().min(1).max(12), [1, 12, 0, 13, 1.5, '1', Number.NaN, 2 ** 60]],
    ['numbers', z.number(), [1.5, '1', Number.NaN, Number.POSITIVE_INFINITY, null, undefined]],
    ['a number that is converted', z.coerce.number(), ['1', 'x', 2]],
    ['null', z.string().nullable(), [null, 'a', undefined]],
    [
      'what may be absent',
      z.object({ a: z.string().optional(), b: z.string().default('b') }),
      [{}, { a: undefined }, { b: undefined }, { a: 'a', b: 'c', d: 1 }],
    ],
    [
      'what may be absent and has a default',
      z.strictObject({ a: z.string().default('x').optional() }),
      [{}, { a: undefined }, { a: 'y' }],
    ],
    [
      'what is filled in and then read',
      z.strictObject({ a: z.strictObject({ b: z.string().default('b') }).prefault({}) }),
      [{}, { a: {} }, { a: { c: 1 } }],
    ],
    [
      'further keys of a kind',
      z.object({ a: z.string() }).catchall(z.number()),
      [
        { a: 'a', b: 1 },
        { a: 'a', b: 'b' },
      ],
    ],
    [
      'what must be there, whatever it is',
      z.object({ a: z.unknown() }),
      [{}, { a: undefined }, { a: null }, { a: [1] }],
    ],
    ['the same, and nothing else', z.strictObject({ a: z.unknown() }), [{}, { a: undefined }, { a: null }, { b: 1 }]],
    ['further keys of any kind', z.looseObject({ a: z.string() }), [{ a: 'a', b: 1 }]],
    [
      'records by pattern',
      z.record(z.string().regex(/^[1-9]$/), z.string()),
      [{ 1: 'a' }, { 0: 'a' }, { 1: 1 }, [], null, new Date()],
    ],
    [
      'records by choice',
      z.record(z.enum(['a', 'b']), z.string()),
      [{ a: 'a', b: 'b' }, { a: 'a' }, { a: 'a', b: 'b', c: 'c' }],
    ],
    ['what is transformed', z.string().transform((text) => text.length), ['abc', 1]],
    [
      'a choice told apart by a key',
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), a: z.string() }),
        z.object({ kind: z.literal('b') }),
      ]),
      [{ kind: 'a', a: '1' }, { kind: 'a' }, { kind: 'b' }, { kind: 'c' }],
    ],
    [
      'one of two and not both',
      z.xor([z.object({ a: z.string() }), z.object({ b: z.string() })]),
      [{ a: 'a' }, { a: 'a', b: 'b' }],
    ],
    [
      'a key that is more than a name',
      z.record(z.string(), z.unknown()),
      [JSON.parse('{"__proto__": {"a": 1}, "b": 1}')],
    ],
    [
      'what holds itself',
      tree,
      [
        { name: 'a', under: [{ name: 'b', under: [] }] },
        { name: 'a', under: [{}] },
      ],
    ],
    ['what may be absent but not undefined', z.array(z.string().exactOptional()), [['a'], [undefined]]],
    [
      'a list that is too long',
      z.array(z.string()).max(2),
      [
        ['a', 'b'],
        ['a', 'b', 'c'],
        [1, 2, 3],
      ],
    ],
    ['a key every object has', z.strictObject({ constructor: z.string().optional() }), [{}, { constructor: 'a' }]],
  ]
  test.each(kinds)('%s', (_, schema, values) => {
    for (const value of values) compare(schema, value)
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { readStrictJson } from '../../src/strict-json.ts'

const found = (text: string) => readStrictJson(text).issues?.map(({ pointer, code }) => `${pointer} ${code}`)

test('what JSON.parse reads is read the same, however it is written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      fc.pre(!text.includes('__proto__'))
      expect(readStrictJson(text)).toEqual({ value: JSON.parse(text) })
    }),
  )
})

test('a key that stands twice is found at its place, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), fc.jsonValue(), (key, path, value) => {
      const literal = JSON.stringify(key)
      const inner = `{${literal}: ${JSON.stringify(value)}, "other ${'x'.repeat(key.length)}": [{}], ${literal}: 2}`
      const text = path.reduceRight((below, name) => `{${JSON.stringify(name)}: ${below}}`, inner)
      fc.pre(!text.includes('__proto__'))
      const pointer = [...path, key].map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
      expect(found(text)).toEqual([`${pointer} duplicate-key`])
    }),
  )
})

test('a key is the same however its characters are written', () => {
  expect(found(String.raw`{"a": 1, "\u0061": 2}`)).toEqual(['/a duplicate-key'])
  expect(found(String.raw`{"a\"b": 1, "a\u0022b": 2}`)).toEqual(['/a"b duplicate-key'])
})

test('every one is told, with the place in a list', () => {
  expect(found('{"items": [{"a": 1}, {"a": 1, "a": {"b": 1, "b": 2}}], "items": []}')).toEqual([
    '/items/1/a duplicate-key',
    '/items/1/a/b duplicate-key',
    '/items duplicate-key',
  ])
})

test('equal keys of different objects, keys named like properties of every object, and keys in texts are none', () => {
  expect(readStrictJson('[{"a": 1}, {"a": 1}]')).toHaveProperty('value')
  expect(readStrictJson('{"constructor": 1, "toString": "{\\"a\\":1,\\"a\\":2}"}')).toHaveProperty('value')
})

test('a key that would change what the object is, is refused', () => {
  expect(found('{"a": {"__proto__": {"direction": "import"}}}')).toEqual(['/a/__proto__ unknown-field'])
  expect(found(String.raw`{"\u005f_proto__": 1}`)).toEqual(['/__proto__ unknown-field'])
  expect(readStrictJson('{"a": "__proto__"}')).toEqual({ value: { a: '__proto__' } })
})

test('what is nested too deep is refused before it is read, at exactly the limit', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(readStrictJson(nested(limits.jsonDepth))).toHaveProperty('value')
  expect(found(nested(limits.jsonDepth + 1))).toEqual([' too-deep'])
  expect(found('['.repeat(1_000_000))).toEqual([' too-deep'])
  expect(found('{"a":'.repeat(1_000_000))).toEqual([' too-deep'])
})

test('text that is not JSON is malformed, and never throws', () => {
  for (const text of [
    '',
    ' ',
    '{',
    '{"a"}',
    "{'a': 1}",
    '{"a": 1,}',
    '[1 2]',
    'NaN',
    '"unended',
    '{"a": 01}',
    '<xml/>',
    '\uFEFF{}',
  ])
    expect(found(text)).toEqual([' malformed-json'])
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a', '1', ' ') }),
      (text) => {
        const read = readStrictJson(text)
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        // It takes nothing that JSON.parse refuses, and says what is wrong in both languages.
        expect(read.issues === undefined && !parses).toBe(false)
        for (const { detail, detailZh } of read.issues ?? []) expect([detail, detailZh]).not.toContain('')
      },
    ),
    { numRuns: 1000 },
  )
})

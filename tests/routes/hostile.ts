import fc from 'fast-check'

/** Values that break code which trusts a schema to have read a value as it means it. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    99_999_999_999_999,
    '',
    ' ',
    '0',
    '-1',
    '0.00000',
    '1e5',
    'NaN',
    'Infinity',
    '99999999999999.99999',
    '00',
    '٣',
    'a'.repeat(10_000),
    '长'.repeat(4_000),
  ),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '<a/>',
    '&#0;',
    '"',
    "'",
    '\\',
    '|',
    '%',
    '\u0007',
    '\u2028',
    '\uFEFF',
    '\uFFFE',
    '🚢',
    '\u202E',
    'é',
    '../../',
    '${1}',
  ),
  fc.constantFrom<unknown>(
    '2026-02-30',
    '0000-01-01',
    '9999-12-31',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+23:59',
    '2026-11-21',
    '9999-12-31T23:59:59-23:59',
    '1900-01-01T00:00:00Z',
  ),
  fc.constantFrom<unknown>(
    'CN',
    'SG',
    'XX',
    'CHN',
    'USD',
    'XXX',
    'KGM',
    'CN001',
    'CNCHQ',
    'SGSIN',
    '0110',
    '0615',
    '8507600020',
    '0202300090',
    '3480',
    '1',
    '4',
    '8',
    '9',
    'Z',
    'I',
    'import',
    'export',
  ),
  fc.constantFrom<unknown>([], {}, [null], [[]], [''], { a: 1 }, [{}], Array(60).fill('1')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.double().map((value) => (Number.isFinite(value) ? value : 0)),
)

type Node = Record<string, unknown> | unknown[]
/** Every place in a document, as paths. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))]
}

export const mutation = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('replace', 'alike', 'alike', 'alike', 'delete', 'add', 'double', 'swap'),
  value: hostile,
  other: fc.nat(),
})
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never

/** A declaration with some of its places deleted, replaced, doubled or swapped. */
export function mutate(document: unknown, mutations: readonly Mutation[]): unknown {
  const copy = structuredClone(document) as Node
  for (const { place, how, value, other } of mutations) {
    const places = placesIn(copy).slice(1)
    const path = places[place % places.length] ?? []
    const parentOf = (one: readonly string[]) =>
      one.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy) as Record<
        string,
        unknown
      >
    const [parent, key] = [parentOf(path), path.at(-1) ?? '']
    if (how === 'delete' && Array.isArray(parent)) parent.splice(Number(key), 1)
    else if (how === 'delete') delete parent[key]
    else if (how === 'add' && Array.isArray(parent)) parent.push(value)
    else if (how === 'add') parent[`${key}2`] = value
    else if (how === 'double' && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]))
    else if (how === 'alike') parent[key] = alike(parent[key], other)
    else if (how === 'swap') parent[key] = structuredClone(valueAt(copy, places[other % places.length] ?? []))
    else parent[key] = value
  }
  return copy
}
/** Another value of the same kind, such as a schema lets through: what is wrong with it only an agency's check can see. */
function alike(value: unknown, pick: number): unknown {
  const oneOf = (values: readonly unknown[]) => values[pick % values.length]
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return oneOf([0, 1, 2, 12, 50, 51, 99_999_999])
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\dT/.test(value))
    return oneOf([
      '2026-11-30T00:00:00Z',
      '2020-01-01T00:00:00+08:00',
      '9999-12-31T23:59:59-12:00',
      '0001-01-01T00:00:00Z',
      '2026-11-25T08:00:00.123456+14:00',
    ])
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return oneOf(['2026-11-30', '2020-02-29', '9999-12-31', '0000-01-01'])
  if (/^\d+(\.\d+)?$/.test(value))
    return oneOf(['0', '0.01', '0.00001', '1', '99999999999999', '99999999999999.99', '0110', '1234', '4400', '9'])
  return oneOf([
    '<&>"\'',
    '🚢',
    '长',
    'A',
    'AA',
    'CN',
    'SG',
    'US',
    'HK',
    'USD',
    'JPY',
    'KGM',
    'C62',
    'MTQ',
    'XX',
    '长'.repeat(35),
    'x'.repeat(100),
    ' x ',
    '|',
    ']]>',
    'N/A',
    'x\u200By',
    '-',
  ])
}
const valueAt = (document: unknown, path: readonly string[]): unknown =>
  path.reduce((at, key) => (at as Record<string, unknown>)[key], document)

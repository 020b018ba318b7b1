import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { covers, leavesOf, partsOf } from '../../schemas/sharing/patterns.ts'
import { pointersIn, select, valuesAt } from '../../src/sharing/select.ts'

const document = {
  a: { b: 1, c: 'x' },
  list: [{ id: 'one', price: '1.00' }, { id: 'two' }, { price: '3.00' }],
  words: ['p', 'q'],
  'odd/key~': true,
}

describe('what patterns name is shown, and nothing else', () => {
  test.each([
    ['nothing', [], undefined, []],
    ['one value', ['/a/b'], { a: { b: 1 } }, ['/a/b']],
    ['not what lies below a pattern', ['/a'], undefined, []],
    ['not what lies above one', ['/a/b/c'], undefined, []],
    [
      'members of a list, each in its place',
      ['/list/*/price'],
      { list: [{ price: '1.00' }, {}, { price: '3.00' }] },
      ['/list/*/price'],
    ],
    ['values of a list', ['/words/*'], { words: ['p', 'q'] }, ['/words/*']],
    ['a key where any is meant', ['/*/b'], { a: { b: 1 } }, ['/*/b']],
    ['only what is there counts as shown', ['/a/b', '/a/z', '/list/*/nothing'], { a: { b: 1 } }, ['/a/b']],
    ['an odd key', ['/odd~1key~0'], { 'odd/key~': true }, ['/odd~1key~0']],
    ['no prototype', ['/__proto__', '/constructor', '/a/constructor/name'], undefined, []],
  ])('%s', (_, patterns, data, shown) => {
    expect(select(document, patterns)).toEqual({ data, shown })
  })

  test('of any document and any patterns, exactly the values whose pointers they name', () => {
    const key = fc.constantFrom('a', 'b', 'c')
    const pattern = fc.array(fc.oneof(key, fc.constant('*'), fc.constantFrom('0', '1')), { minLength: 1, maxLength: 4 })
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.dictionary(key, tie('node')),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node
    fc.assert(
      fc.property(fc.dictionary(key, tree), fc.array(pattern, { maxLength: 4 }), (whole, wanted) => {
        const patterns = wanted.map((parts) => `/${parts.join('/')}`)
        const { data } = select(whole, patterns)
        const named = pointersIn(whole).filter((one) =>
          patterns.some((pattern) => covers(partsOf(pattern), partsOf(one))),
        )
        // A list of values keeps their places: what is not shown of it is null.
        const kept = pointersIn(data).filter((one) => valuesAt(data, one).length > 0)
        expect(kept.sort()).toEqual(named.sort())
        for (const one of named) expect(valuesAt(data, one)).toEqual(valuesAt(whole, one))
      }),
      { seed: 20_261_122, numRuns: 300 },
    )
  })
})

describe('the fields of a schema', () => {
  test('are its single values, whatever stands around them', () => {
    const schema = z.object({
      a: z.string().optional(),
      b: z.array(z.object({ c: z.union([z.string(), z.number()]).nullable() })).default([]),
      d: z.record(z.string(), z.array(z.boolean())),
      e: z.unknown(),
      f: z.union([z.object({ g: z.string() }), z.object({ g: z.string(), h: z.literal('h') })]),
    })
    expect(leavesOf(schema).map(({ pattern, open }) => `${pattern}${open ? ' open' : ''}`)).toEqual([
      '/a',
      '/b/*/c',
      '/d/*/*',
      '/e open',
      '/f/g',
      '/f/h',
    ])
  })
  test('that no document can hold is refused', () => {
    expect(() => leavesOf(z.object({ when: z.date() }))).toThrow('/when: a date has no pattern')
  })
})

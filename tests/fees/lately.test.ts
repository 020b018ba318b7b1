import { expect, test } from 'vitest'
import { keepingLately } from '../../src/fees/pricing/lately.ts'

test('what was worked out is kept by thing and name, never more than twice the bound, and what is asked for stays', () => {
  const lately = keepingLately<object, number>(3)
  const things = Array.from({ length: 50 }, () => ({}))
  const [first = {}] = things
  lately.keep(first, 'a', 1)
  expect([lately.get(first, 'a'), lately.get(first, 'b'), lately.get({}, 'a')]).toEqual([1, undefined, undefined])
  for (const [at, thing] of things.entries()) {
    lately.keep(thing, 'b', at)
    expect(lately.get(first, 'a')).toBe(1)
    expect(lately.get(thing, 'b')).toBe(at)
    const known = things.filter((one) => lately.get(one, 'b') !== undefined)
    expect(known.length).toBeLessThanOrEqual(6)
  }
})

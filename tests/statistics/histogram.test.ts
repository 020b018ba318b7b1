import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addTo,
  amountOf,
  bucketOf,
  createTally,
  errorBound,
  packed,
  quantileOf,
} from '../../src/statistics/histogram.ts'

const amounts = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 10 ** 10 })),
  { minLength: 1, maxLength: 300 },
)
const histogramOf = (values: readonly number[]) => {
  const histogram = new Map<number, number>()
  for (const value of values) addTo(histogram, new Map([[bucketOf(value), 1]]))
  return histogram
}
/** The exact one, by nearest rank. */
const exact = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] ?? Number.NaN

test('a quantile is never off by more than the bound, whatever was counted', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom(0.01, 0.5, 0.9, 1), (values, share) => {
      const right = exact(values, share)
      expect(Math.abs(quantileOf(histogramOf(values), share) - right)).toBeLessThanOrEqual(
        right * errorBound * 1.000001,
      )
    }),
  )
})

test('merging, packed or not, loses nothing; taking out undoes putting in', () => {
  fc.assert(
    fc.property(amounts, amounts, fc.double({ min: 0, max: 1, noNaN: true }), (some, more, share) => {
      const together = histogramOf([...some, ...more])
      const merged = histogramOf(some)
      addTo(merged, histogramOf(more))
      expect(new Map(merged)).toEqual(together)
      const tally = createTally()
      for (const one of [some, more]) tally.addPacked(packed(histogramOf(one)))
      expect(tally.quantile(share)).toBe(quantileOf(together, share))
      addTo(merged, histogramOf(more), -1)
      expect([...merged].filter(([, count]) => count !== 0).sort()).toEqual([...histogramOf(some)].sort())
    }),
  )
})

test('counts of any size are packed, and many hold few bytes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 2 ** 40 }),
      (buckets, count) => {
        const tally = createTally()
        tally.addPacked(packed(new Map(buckets.map((bucket) => [bucket, count]))))
        expect(tally.quantile(1)).toBe(amountOf(Math.max(...buckets)))
        expect(tally.quantile(0)).toBe(amountOf(Math.min(...buckets)))
      },
    ),
  )
  expect(packed(new Map(Array.from({ length: 300 }, (_, at) => [at, 5]))).length).toBe(600)
})

test('nothing takes no time, and borders lie in their own bucket', () => {
  expect([bucketOf(0), amountOf(0), quantileOf(new Map(), 0.5)]).toEqual([0, 0, 0])
  expect(bucketOf(1)).toBe(1)
  // A year in seconds and a million yuan in fen need no more than this many buckets.
  expect(bucketOf(366 * 86_400)).toBeLessThan(900)
})

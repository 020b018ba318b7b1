import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawDayAt, spanOf } from '../../src/draw/days.ts'
import { commitmentTo, isSelected, lotOf, officersOf } from '../../src/draw/lottery.ts'
import { salt, seed } from './published.ts'

test('a lot is selected by exactly the arithmetic the manual tells', () => {
  // Written anew from the text: bytes, a fraction of 2^64, whole numbers.
  const drawn = Array.from({ length: 200 }, (_, at) => lotOf(salt, `d-${at}`)).map((lot) => {
    const first = createHmac('sha256', Buffer.from(seed, 'hex')).update(lot).digest('hex').slice(0, 16)
    return { lot, number: BigInt(`0x${first}`) }
  })
  for (const { lot, number } of drawn) {
    const ppm = Number((number * 1_000_000n) / 2n ** 64n)
    expect(isSelected(seed, lot, ppm)).toBe(false)
    expect(isSelected(seed, lot, ppm + 1)).toBe(true)
  }
  expect(commitmentTo(seed)).toBe(createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'))
})

test('never at 0, always at a million, and about as often as the probability says', () => {
  const lots = Array.from({ length: 5_000 }, (_, at) => lotOf(salt, `d-${at}`))
  expect(lots.some((lot) => isSelected(seed, lot, 0))).toBe(false)
  expect(lots.every((lot) => isSelected(seed, lot, 1_000_000))).toBe(true)
  const hits = lots.filter((lot) => isSelected(seed, lot, 24_400)).length
  // 122 expected; four standard deviations are 44.
  expect(Math.abs(hits - 122)).toBeLessThan(44)
})

test('officers are drawn from those who are not excused; each is equally likely, and the order of the list is irrelevant', () => {
  const codes = ['A', 'B', 'C', 'D', 'E']
  fc.assert(
    fc.property(fc.shuffledSubarray(codes), fc.subarray(codes), fc.nat(4), fc.uuid(), (list, excused, count, lot) => {
      const drawn = officersOf(seed, lot, list, excused, count)
      const able = list.filter((code) => !excused.includes(code))
      expect(drawn).toHaveLength(Math.min(count, able.length))
      expect(new Set(drawn).size).toBe(drawn.length)
      expect(drawn.every((code) => able.includes(code))).toBe(true)
      expect(officersOf(seed, lot, list.toReversed(), excused, count)).toEqual(drawn)
    }),
    { seed: 20_261_122 },
  )
  const tally = new Map<string, number>()
  for (let at = 0; at < 1_000; at++)
    for (const code of officersOf(seed, lotOf(salt, `d-${at}`), codes, [], 2))
      tally.set(code, (tally.get(code) ?? 0) + 1)
  // 400 expected of each; four standard deviations are 62.
  for (const code of codes) expect(Math.abs((tally.get(code) ?? 0) - 400)).toBeLessThan(62)
})

test('a day of draws runs from six to six in Chongqing', () => {
  for (const [instant, day] of [
    ['2026-11-21T21:59:59.999Z', '2026-11-21'],
    ['2026-11-21T22:00:00.000Z', '2026-11-22'],
    // Midnight there.
    ['2026-11-21T16:00:00.000Z', '2026-11-21'],
    ['2026-12-31T22:00:00.000Z', '2027-01-01'],
  ] as const)
    expect([instant, drawDayAt(Date.parse(instant))]).toEqual([instant, day])
  expect(spanOf('2026-11-22')).toEqual({
    beginsAt: new Date('2026-11-21T22:00:00Z'),
    endsAt: new Date('2026-11-22T22:00:00Z'),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 }), (at) => {
      const { beginsAt, endsAt } = spanOf(drawDayAt(at))
      expect(beginsAt.getTime() <= at && at < endsAt.getTime()).toBe(true)
    }),
    { seed: 20_261_122 },
  )
})

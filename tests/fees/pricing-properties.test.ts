import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conditions } from '../../schemas/fees/conditions.ts'
import { type Rate, rate as rateSchema } from '../../schemas/fees/price.ts'
import type { Shipment, ShippedContainers } from '../../schemas/fees/shipment.ts'
import { apply } from '../../src/fees/pricing/apply.ts'
import { chargeOf } from '../../src/fees/pricing/charge.ts'
import { contradictions, exceeds } from '../../src/fees/pricing/compare.ts'
import { coverAll, factsOf, judge, overlapOf } from '../../src/fees/pricing/conditions.ts'
import { counted } from '../../src/fees/pricing/quantities.ts'
import { situationOf } from '../../src/fees/pricing/situation.ts'
import { bandsOf, stepsOf } from '../../src/fees/pricing/steps.ts'
import { fee, rates } from './support.ts'

const amount = fc
  .tuple(fc.nat(5_000), fc.nat(9_999))
  .map(([whole, part]) => new Big(part).div(10_000).plus(whole).toFixed())
const days = fc.nat(60)
type Stepped = Extract<Rate, { form: 'slices' | 'bands' }>
/** Steps upward, the last one without an end. */
const steps = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 5 }),
    fc.array(amount, { minLength: 6, maxLength: 6 }),
  )
  .map(([ends, amounts]) => [
    ...ends.sort((a, b) => a - b).map((upTo, at) => ({ upTo: String(upTo), amount: amounts[at] ?? '0' })),
    { amount: amounts[5] ?? '0' },
  ])
const stepped = (form: 'slices' | 'bands') =>
  steps.map((all): Stepped => ({ form, per: ['storage-day'], of: 'storage-day', steps: all }))
const least = (rate: Rate, figure: string | number) => {
  const applied = apply(rateSchema.parse(rate), { 'storage-day': counted('storage-day', figure) })
  expect(applied.most?.toFixed(2)).toBe(applied.least.toFixed(2))
  return applied.least
}
const fen = (value: Big) => value.round(2, Big.roundHalfUp)

test('slices are the sum over the days, each at the amount of its own slice', () => {
  fc.assert(
    fc.property(stepped('slices'), days, (rate, count) => {
      const each = Array.from({ length: count }, (_, at) => {
        const day = at + 1
        return rate.steps.find(({ upTo }) => upTo === undefined || day <= Number(upTo))?.amount ?? '0'
      })
      const sum = each.reduce((total, one) => total.plus(one), new Big(0))
      expect(least(rate, count).toFixed(2)).toBe(fen(sum).toFixed(2))
    }),
  )
})

test('more of a measure never costs less by slices', () => {
  fc.assert(
    fc.property(stepped('slices'), amount, amount, (rate, a, b) => {
      const [less, more] = new Big(a).lte(b) ? [a, b] : [b, a]
      expect(least(rate, more).gte(least(rate, less))).toBe(true)
    }),
  )
})

test('a quantity falls into exactly one band, boundaries into the lower one', () => {
  fc.assert(
    fc.property(stepped('bands'), fc.oneof(amount, days.map(String)), (rate, figure) => {
      const found = bandsOf(stepsOf(rate), counted('storage-day', figure))
      expect(found).toHaveLength(1)
      const wanted = rate.steps.find(({ upTo }) => upTo === undefined || new Big(figure).lte(upTo))
      expect(found[0]?.step.figure).toBe(wanted?.amount)
      expect(least(rate, figure).toFixed(2)).toBe(fen(new Big(wanted?.amount ?? 0).times(figure)).toFixed(2))
    }),
  )
})

test('what is not known lies between what it may be: no amount of any quantity is outside', () => {
  fc.assert(
    fc.property(fc.oneof(stepped('slices'), stepped('bands')), days, (rate, count) => {
      const unknown = apply(rate, {})
      const known = least(rate, count)
      expect(known.gte(unknown.least)).toBe(true)
      expect(unknown.most === undefined || known.lte(unknown.most)).toBe(true)
    }),
  )
})

test('the least and the most of an application hold; what is free stays free', () => {
  const bounded = fc.tuple(amount, amount, amount, days).map(([a, b, c, count]) => {
    const [minimum, maximum] = new Big(a).lte(b) ? [a, b] : [b, a]
    return { rate: { form: 'fixed' as const, per: ['storage-day' as const], amount: c, minimum, maximum }, count }
  })
  fc.assert(
    fc.property(bounded, ({ rate, count }) => {
      const paid = least(rate, count)
      const free = count === 0 || new Big(rate.amount).eq(0)
      expect(paid.lte(fen(new Big(rate.maximum)))).toBe(true)
      expect(free ? paid.eq(0) : paid.gte(fen(new Big(rate.minimum)))).toBe(true)
    }),
  )
})

const container = fc.record(
  {
    count: fc.integer({ min: 1, max: 6 }),
    size: fc.constantFrom('20', '40', '45'),
    height: fc.constantFrom('standard', 'high-cube'),
    state: fc.constantFrom('laden', 'empty'),
    hazard: fc.constantFrom('ordinary', 'dangerous'),
    storageDays: fc.nat(40),
  },
  { requiredKeys: ['count', 'size'] },
) as fc.Arbitrary<ShippedContainers>
const someWhen = fc.record(
  {
    sizes: fc.subarray(['20', '40', '45'], { minLength: 1 }),
    heights: fc.subarray(['standard', 'high-cube'], { minLength: 1 }),
    states: fc.subarray(['laden', 'empty'], { minLength: 1 }),
    trades: fc.subarray(['foreign', 'domestic', 'transhipment'], { minLength: 1 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Conditions>
const someRate = fc
  .tuple(someWhen, amount, amount, fc.constantFrom('fixed', 'range', 'slices', 'bill'))
  .map(([when, a, b, form]): Rate => {
    const [low, high] = new Big(a).lte(b) ? [a, b] : [b, a]
    if (form === 'range') return { form, when, per: ['container'], least: low, most: high }
    if (form === 'bill') return { form: 'fixed', when, per: ['bill'], amount: a }
    if (form === 'slices')
      return {
        form,
        when,
        per: ['container', 'storage-day'],
        of: 'storage-day',
        steps: [{ upTo: '7', amount: '0' }, { amount: a }],
      }
    return { form: 'fixed', when, per: ['container'], amount: a }
  })
const shipped = fc.record(
  {
    port: fc.constant('guoyuan'),
    direction: fc.constant('export' as const),
    trade: fc.constantFrom('foreign', 'domestic'),
    bills: fc.nat(3),
    containers: fc.array(container, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['port', 'direction', 'containers'] },
) as fc.Arbitrary<Shipment>
const priced = (rates_: readonly Rate[], shipment: Shipment) => {
  const charge = chargeOf(fee('x', { price: rates(...rates_) }).content, situationOf(shipment))
  return charge.falls === 'no'
    ? { least: '0.00', most: '0.00' }
    : { least: charge.least.toFixed(2), most: charge.most?.toFixed(2) }
}

test('however containers are put together in groups, they cost the same', () => {
  fc.assert(
    fc.property(fc.array(someRate, { minLength: 1, maxLength: 4 }), shipped, (all, shipment) => {
      const apart = (shipment.containers ?? []).flatMap(({ count, ...alike }) =>
        Array.from({ length: count }, () => ({ count: 1, ...alike })),
      )
      expect(priced(all, { ...shipment, containers: apart })).toEqual(priced(all, shipment))
    }),
  )
})

test('the least is never above the most, and knowing more never widens the two', () => {
  const facts = fc.record({
    height: fc.constantFrom('standard', 'high-cube'),
    state: fc.constantFrom('laden', 'empty'),
    storageDays: fc.nat(40),
  })
  fc.assert(
    fc.property(fc.array(someRate, { minLength: 1, maxLength: 4 }), shipped, facts, (all, shipment, more) => {
      // Where rates contradict each other the first that holds counts: such a price is never published.
      fc.pre(contradictions(rates(...all)).length === 0)
      // One document between several containers may be counted for any of them.
      fc.pre(all.every(({ per }) => !per.includes('bill')) || (shipment.containers ?? []).length === 1)
      const vague = priced(all, shipment)
      const told = {
        ...shipment,
        trade: shipment.trade ?? ('foreign' as const),
        bills: shipment.bills ?? 1,
        containers: (shipment.containers ?? []).map((one) => ({ ...more, ...one })) as ShippedContainers[],
      }
      const exact = priced(all, told)
      expect(exact.most === undefined || new Big(exact.least).lte(exact.most)).toBe(true)
      expect(new Big(exact.least).gte(vague.least)).toBe(true)
      if (vague.most !== undefined) expect(exact.most !== undefined && new Big(exact.most).lte(vague.most)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('two sets of conditions overlap exactly where both hold for some thing', () => {
  const things = (['20', '40', '45'] as const).flatMap((sizes) =>
    (['standard', 'high-cube'] as const).flatMap((heights) =>
      (['laden', 'empty'] as const).flatMap((states) =>
        (['foreign', 'domestic', 'transhipment'] as const).map((trades) => factsOf({ sizes, heights, states, trades })),
      ),
    ),
  )
  fc.assert(
    fc.property(someWhen, someWhen, (a, b) => {
      const both = overlapOf(a, b)
      for (const facts of things) {
        const holds = judge(a, facts).holds === 'yes' && judge(b, facts).holds === 'yes'
        expect(both !== undefined && judge(both, facts).holds === 'yes').toBe(holds)
      }
      const found = things.some((facts) => judge(a, facts).holds === 'yes' && judge(b, facts).holds === 'yes')
      expect(both !== undefined).toBe(found)
    }),
  )
})

test('conditions cover what is not known exactly when every way it may be is covered', () => {
  fc.assert(
    fc.property(fc.array(someWhen, { minLength: 1, maxLength: 4 }), (all) => {
      const every = (['20', '40', '45'] as const).every((sizes) =>
        (['laden', 'empty'] as const).every((states) =>
          all.some(
            (when) => judge(when, factsOf({ sizes, states, heights: 'standard', trades: 'foreign' })).holds === 'yes',
          ),
        ),
      )
      const known = factsOf({ heights: 'standard', trades: 'foreign' })
      expect(coverAll(all, known, ['sizes', 'states'])).toBe(every)
    }),
  )
})

test('no price exceeds itself as a ceiling, nor differs from itself as a set price', () => {
  fc.assert(
    fc.property(fc.oneof(someRate, stepped('slices'), stepped('bands')), (rate) => {
      expect(exceeds([rate], { how: 'ceiling', rates: [rate] })).toEqual([])
      expect(exceeds([rate], { how: 'set', rates: [rate] })).toEqual([])
    }),
  )
})

test('a price is above a ceiling of its form exactly where some quantity costs more', () => {
  const same = fc
    .constantFrom('slices' as const, 'bands' as const)
    .chain((form) => fc.tuple(stepped(form), stepped(form)))
  fc.assert(
    fc.property(same, ([own, limit]) => {
      const above = exceeds([own], { how: 'ceiling', rates: [limit] }).length > 0
      // Day by day, what one more day costs, or in bands what each of them does.
      const unit = (rate: Stepped, day: number) =>
        new Big(rate.steps.find(({ upTo }) => upTo === undefined || day <= Number(upTo))?.amount ?? 0)
      const dearer = Array.from({ length: 60 }, (_, at) => at + 1).some((day) => unit(own, day).gt(unit(limit, day)))
      expect(above).toBe(dearer)
    }),
  )
})

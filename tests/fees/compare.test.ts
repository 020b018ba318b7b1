import { describe, expect, test } from 'vitest'
import type { Conditions } from '../../schemas/fees/conditions.ts'
import type { Rate } from '../../schemas/fees/price.ts'
import { type Bound, contradictions, exceeds } from '../../src/fees/pricing/compare.ts'
import { bySize, rates } from './support.ts'

const fixed = (amount: string, more: Partial<Rate> = {}): Rate =>
  ({ form: 'fixed', per: ['container'], amount, ...more }) as Rate
const slices = (...ends: readonly (readonly [string, string?])[]): Rate => ({
  form: 'slices',
  per: ['container', 'storage-day'],
  of: 'storage-day',
  steps: ends.map(([amount, upTo]) => ({ amount, ...(upTo === undefined ? {} : { upTo }) })),
})
/** Each excess in one line. */
const found = (all: readonly Rate[], bound: Bound, applies?: Conditions) =>
  exceeds(all, bound, applies).map(({ rate, bound: at, how, part, price = '-', limit = '-', when }) =>
    [`${rate} against ${at}`, how, part.en, `${price} > ${limit}`, JSON.stringify(when)].join(' | '),
  )
const under = (...all: readonly Rate[]): Bound => ({ how: 'ceiling', rates: all })
const set = (...all: readonly Rate[]): Bound => ({ how: 'set', rates: all })

describe('rates that contradict each other', () => {
  test('two that hold for the same thing', () => {
    const price = rates(fixed('10', { when: { sizes: ['20', '40'] } }), fixed('20', { when: { sizes: ['40', '45'] } }))
    expect(contradictions(price)).toEqual([{ first: 0, second: 1, when: { sizes: ['40'] } }])
  })
  test('a rate without conditions and any other', () => {
    const price = rates(fixed('10'), fixed('20', { when: { sizes: ['40'] } }), fixed('30', { when: { sizes: ['20'] } }))
    expect(contradictions(price).map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
    ])
  })
  test('different dimensions do not keep rates apart', () => {
    const price = rates(fixed('10', { when: { sizes: ['20'] } }), fixed('20', { when: { trades: ['foreign'] } }))
    expect(contradictions(price)).toEqual([{ first: 0, second: 1, when: { sizes: ['20'], trades: ['foreign'] } }])
  })
  test('none where one dimension keeps them apart, nor beyond the conditions of the fee', () => {
    expect(contradictions(bySize('1', '2'))).toEqual([])
    const price = rates(fixed('10', { when: { directions: ['import'] } }), fixed('20'))
    expect(contradictions(price, { directions: ['export'] })).toEqual([])
  })
  test('prices without rates have none', () => {
    expect(contradictions({ kind: 'pass-through', currency: 'CNY', of: { en: 'x', zh: 'x' } })).toEqual([])
  })
})

describe('a ceiling 最高限价', () => {
  test('is kept, cell by cell', () => {
    const limit = under(fixed('8', { when: { sizes: ['20'] } }), fixed('12', { when: { sizes: ['40', '45'] } }))
    const own = (twenty: string, forty: string) =>
      found([fixed(twenty, { when: { sizes: ['20'] } }), fixed(forty, { when: { sizes: ['40', '45'] } })], limit)
    expect(own('8', '12')).toEqual([])
    expect(own('8.0001', '11.9')).toEqual(['0 against 0 | above | the amount | 8.0001 > 8 | {"sizes":["20"]}'])
  })
  test('one rate may be above it for some things only', () => {
    const limit = under(fixed('8', { when: { sizes: ['20'] } }), fixed('12', { when: { sizes: ['40', '45'] } }))
    expect(found([fixed('10')], limit)).toEqual(['0 against 0 | above | the amount | 10 > 8 | {"sizes":["20"]}'])
    expect(found([fixed('10')], limit, { sizes: ['40'] })).toEqual([])
    expect(found([fixed('10')], { ...limit, when: { sizes: ['45'] } })).toEqual([])
  })
  test('what a range may come to at most counts', () => {
    const range: Rate = { form: 'range', per: ['bill'], least: '50', most: '90' }
    expect(found([range], under(fixed('90', { per: ['bill'] })))).toEqual([])
    expect(found([range], under(fixed('89.99', { per: ['bill'] })))).toEqual([
      '0 against 0 | above | the amount | 50–90 > 89.99 | {}',
    ])
  })
  test('slices are compared step by step, whatever their boundaries', () => {
    const limit = under(slices(['0', '7'], ['10', '14'], ['20']))
    expect(found([slices(['0', '7'], ['10', '14'], ['20'])], limit)).toEqual([])
    expect(found([slices(['0', '5'], ['9'])], limit)).toEqual(['0 against 0 | above | days 6–7 | 9 > 0 | {}'])
    expect(found([slices(['0', '14'], ['21'])], limit)).toEqual(['0 against 0 | above | from day 15 | 21 > 20 | {}'])
    const flat = under(fixed('10', { per: ['storage-day', 'container'] }))
    expect(found([slices(['0', '7'], ['15'])], flat)).toEqual(['0 against 0 | above | from day 8 | 15 > 10 | {}'])
  })
  test('beyond the last step of a price there is no price to be above', () => {
    const limit = under(slices(['5', '7'], ['1']))
    expect(found([slices(['5', '7'])], limit)).toEqual([])
  })
  test('bands of the same measure, and of two measures', () => {
    const bands = (of: 'vessel-metre' | 'net-tonne', ...all: readonly (readonly [string, string?])[]): Rate => ({
      form: 'bands',
      per: ['tug-call'],
      of,
      steps: all.map(([amount, upTo]) => ({ amount, ...(upTo === undefined ? {} : { upTo }) })),
    })
    const limit = under(bands('vessel-metre', ['3000', '80'], ['4200']))
    expect(found([bands('vessel-metre', ['3000', '90'], ['4200'])], limit)).toEqual([])
    expect(found([bands('vessel-metre', ['3100', '70'], ['3000'])], limit)).toEqual([
      '0 against 0 | above | up to 70 metres of the vessel’s length | 3100 > 3000 | {}',
    ])
    expect(found([bands('net-tonne', ['3000', '500'], ['4000'])], limit)).toEqual([
      '0 against 0 | above | over 500 net tons of the vessel; up to 80 metres of the vessel’s length | 4000 > 3000 | {}',
    ])
  })
  test('what is counted otherwise cannot be compared, and it is told as such', () => {
    expect(found([fixed('10', { per: ['bill'] })], under(fixed('8')))).toEqual([
      '0 against 0 | not-comparable | counted by bill, bound by container | - > - | {}',
    ])
    const bands: Rate = { ...slices(['1', '7'], ['2']), form: 'bands' } as Rate
    expect(found([bands], under(slices(['1', '7'], ['2'])))).toEqual([
      '0 against 0 | not-comparable | bands of days in store against slices of days in store | - > - | {}',
    ])
  })
  test('the order of what is counted, and of the larger of two, does not matter', () => {
    const own: Rate = { form: 'fixed', per: ['hour', { largerOf: ['tonne', 'cubic-metre'] }], amount: '3' }
    const law: Rate = { form: 'fixed', per: [{ largerOf: ['cubic-metre', 'tonne'] }, 'hour'], amount: '2' }
    expect(found([own], under(law))).toEqual(['0 against 0 | above | the amount | 3 > 2 | {}'])
    expect(
      found([fixed('3', { per: ['storage-day'] })], under(fixed('2', { per: ['container', 'storage-day'] }))),
    ).toHaveLength(1)
  })
  test('a least makes small quantities dearer than the ceiling allows', () => {
    const kilogram: Partial<Rate> = { per: ['kilogram'] }
    const least = '0 against 0 | above | the least | 50 > 0 | {}'
    expect(found([fixed('0.3', { ...kilogram, minimum: '50' })], under(fixed('0.35', kilogram)))).toEqual([least])
    expect(
      found([fixed('0.3', { ...kilogram, minimum: '50' })], under(fixed('0.35', { ...kilogram, minimum: '50' }))),
    ).toEqual([])
    // Of what is counted one by one, the smallest quantity is one.
    expect(found([fixed('20', { minimum: '30' })], under(fixed('34')))).toEqual([])
    expect(found([fixed('20', { minimum: '35' })], under(fixed('34')))).toEqual([
      '0 against 0 | above | the least | 35 > 34 | {}',
    ])
  })
  test('a most of the ceiling must be kept by large quantities too', () => {
    const limit = under(fixed('10', { maximum: '1000' }))
    expect(found([fixed('10')], limit)).toEqual(['0 against 0 | above | the most | - > 1000 | {}'])
    expect(found([fixed('9', { maximum: '1000' })], limit)).toEqual([])
    expect(found([fixed('0')], limit)).toEqual([])
  })
})

describe('a price that is set 政府定价', () => {
  test('is charged as it is, neither more nor less', () => {
    expect(found([fixed('34')], set(fixed('34.00')))).toEqual([])
    expect(found([fixed('33')], set(fixed('34')))).toEqual(['0 against 0 | differs | the amount | 33 > 34 | {}'])
    const range: Rate = { form: 'range', per: ['container'], least: '30', most: '34' }
    expect(found([range], set(fixed('34')))).toEqual(['0 against 0 | differs | the amount | 30–34 > 34 | {}'])
  })
  test('with its bounds', () => {
    expect(found([fixed('34', { minimum: '50' })], set(fixed('34')))).toEqual([
      '0 against 0 | differs | the least | 50 > - | {}',
    ])
    expect(found([fixed('34')], set(fixed('34', { maximum: '100' })))).toEqual([
      '0 against 0 | differs | the most | - > 100 | {}',
    ])
  })
})

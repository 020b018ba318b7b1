import { describe, expect, test } from 'vitest'
import type { Content, Entry, Fee } from '../../schemas/fees/entries.ts'
import type { Rate } from '../../schemas/fees/price.ts'
import { changed, day, document, found } from './checking.ts'
import { basis, bySize, fee, fixed, rates } from './support.ts'

describe('legal bases', () => {
  const resting = (changes: Partial<Fee> = {}) =>
    fee('x', { kind: 'seal', nature: 'administrative', basis: [{ id: '9' }], validFrom: '2026-01-01', ...changes })
  test.each<[string, Partial<Content<'basis'>>, Partial<Fee>, string[]]>([
    ['in force throughout', {}, {}, []],
    ['beginning too late', { validFrom: '2027-01-01' }, {}, ['error /fee/x/basis/0/id basis-not-yet']],
    ['ending under an open fee', { validTo: '2027-06-30' }, {}, ['error /fee/x/basis/0/id basis-expired']],
    ['ending with its fee', { validTo: '2027-06-30' }, { validTo: '2027-06-30' }, []],
    [
      'ending a day before its fee',
      { validTo: '2027-06-29' },
      { validTo: '2027-06-30' },
      ['error /fee/x/basis/0/id basis-expired'],
    ],
    ['over long ago', { validTo: '2026-11-01' }, {}, ['error /fee/x/basis/0/id basis-expired']],
    ['over long ago, as its fee', { validTo: '2026-11-01' }, { validTo: '2026-11-01' }, []],
    [
      'withdrawn under an open fee',
      { withdrawn: { on: '2027-01-01', reason: { en: 'gone', zh: '废止' } } },
      {},
      ['error /fee/x/basis/0/id basis-withdrawn'],
    ],
    [
      'withdrawn the day after its fee',
      { withdrawn: { on: '2027-01-01', reason: { en: 'gone', zh: '废止' } } },
      { validTo: '2026-12-31' },
      [],
    ],
    [
      'withdrawn before it began',
      { withdrawn: { on: '2025-01-01', reason: { en: 'gone', zh: '废止' } } },
      {},
      ['error /fee/x/basis/0/id basis-withdrawn'],
    ],
  ])('%s', (_, of, by, issues) => expect(found(basis('9', of), resting(by))).toEqual(issues))

  test('only a market price needs none', () => {
    expect(found(resting({ basis: [] }))).toEqual(['error /fee/x/basis basis-missing'])
    expect(found(resting({ nature: 'market', basis: [] }))).toEqual([])
  })
  test('withdrawn, it takes along the fees that nobody touched', () =>
    expect(found(document('order-1', { withdrawn: { on: day, reason: { en: 'gone', zh: '废止' } } }))).toEqual(
      expect.arrayContaining([
        'error /fee/guoyuan-cargo-dues/basis/0/id basis-withdrawn',
        'error /fee/guoyuan-security/basis/0/id basis-withdrawn',
      ]),
    ))
})

describe('government prices', () => {
  test.each<[string, Entry, string[]]>([
    [
      'a guided price above its ceiling, in one cell of its conditions',
      changed('guoyuan-security', { price: bySize('8', '12.01') }),
      ['error /fee/guoyuan-security/price/rates/1/amount ceiling-exceeded'],
    ],
    ['a guided price below it', changed('guoyuan-security', { price: bySize('7.99', '12') }), []],
    [
      'a range that ends above it',
      changed('guoyuan-security', { price: rates({ form: 'range', per: ['container'], least: '1', most: '12' }) }),
      ['error /fee/guoyuan-security/price/rates/0/most ceiling-exceeded'],
    ],
    [
      'a set price below what is set',
      changed('guoyuan-cargo-dues', {
        price: rates({
          form: 'fixed',
          when: { sizes: ['20'], directions: ['import'] },
          per: ['container'],
          amount: '33.99',
        }),
      }),
      ['error /fee/guoyuan-cargo-dues/price/rates/0/amount not-the-set-price'],
    ],
    [
      'another unit than the ceiling’s',
      changed('guoyuan-security', { price: fixed('1', 'tonne') }),
      ['error /fee/guoyuan-security/price/rates/0/per not-comparable'],
    ],
    [
      'a market price that rests on the ceiling',
      changed('guoyuan-security', { nature: 'market', price: bySize('9', '12') }),
      ['error /fee/guoyuan-security/price/rates/0/amount ceiling-exceeded'],
    ],
    [
      'a market price that does not',
      changed('guoyuan-security', { nature: 'market', basis: [], price: bySize('9', '12') }),
      ['warning /fee/guoyuan-security/basis regulated-elsewhere'],
    ],
    [
      'what its document says nothing about',
      changed('guoyuan-cargo-dues', { applies: { trades: ['domestic'] }, price: bySize('5', '9') }),
      [
        'warning /fee/guoyuan-cargo-dues/price/rates/0 ceiling-missing',
        'warning /fee/guoyuan-cargo-dues/price/rates/1 ceiling-missing',
      ],
    ],
  ])('%s', (_, entry, issues) => expect(found(entry)).toEqual(issues))

  test('a ceiling binds only on its own days', () => {
    const dear = changed('guoyuan-security', { price: bySize('80', '120') })
    const ceiling = (validTo: string): Entry => {
      const rate: Rate = { form: 'fixed', per: ['container'], amount: '12' }
      return document('order-1', {
        regulates: [{ kind: 'port-security', how: 'ceiling', rates: [rate], validFrom: '2026-01-01', validTo }],
      })
    }
    const above = (issues: string[]) => issues.filter((one) => one.endsWith('ceiling-exceeded')).length
    expect(above(found(ceiling('2026-12-14'), dear))).toBe(0)
    expect(above(found(ceiling('2026-12-15'), dear))).toBe(2)
  })
})

describe('cancelled kinds', () => {
  test.each<[string, Partial<Fee>, string[]]>([
    ['by its kind', { kind: 'port-construction' }, ['error /fee/x/kind kind-cancelled']],
    ['by its name', { name: { en: 'A fee', zh: '港口建设费' } }, ['error /fee/x/name/zh kind-cancelled']],
    [
      'by a name with something around it',
      { name: { en: 'A fee', zh: '代收港口建设费（20尺）' } },
      ['error /fee/x/name/zh kind-cancelled'],
    ],
    [
      'by a name in disguise',
      { name: { en: 'A fee', zh: '港 口·建设\u200b费' } },
      ['error /fee/x/name/zh kind-cancelled'],
    ],
    [
      'by its English name',
      { name: { en: 'PORT  Construction-Fee', zh: '费' } },
      ['error /fee/x/name/en kind-cancelled'],
    ],
    ['by another name', { aliases: ['杂费', '港口建设费'] }, ['error /fee/x/aliases/1 kind-cancelled']],
    ['over before', { kind: 'port-construction', validFrom: '2019-01-01', validTo: '2020-12-31' }, []],
    ['another fee of the port', { name: { en: 'Port fee', zh: '港口费' } }, []],
  ])('%s', (_, changes, issues) => expect(found(fee('x', { kind: 'seal', ...changes }))).toEqual(issues))

  test('a day in the future ends a fee then, not sooner', () => {
    const cancels = [{ kind: 'seal', from: '2027-07-01' }]
    const one = (validTo?: string) => fee('x', { kind: 'seal', ...(validTo === undefined ? {} : { validTo }) })
    expect(found(document('order-2', { cancels }), one('2027-06-30'))).toEqual([])
    expect(found(document('order-2', { cancels }), one())).toEqual(['error /fee/x/kind kind-cancelled'])
  })
  test('a kind that is called after one that is gone is none', () => {
    const cancels = [{ kind: 'cargo-dues', from: '2021-01-01' }]
    const domestic = fee('x', { kind: 'domestic-cargo-dues', name: { en: 'Dues', zh: '内贸货物港务费' } })
    expect(found(document('order-2', { cancels }), domestic)).toEqual([
      'error /fee/guoyuan-cargo-dues/kind kind-cancelled',
    ])
    expect(
      found(document('order-2', { cancels }), fee('x', { kind: 'seal', name: { en: 'Dues', zh: '内贸货物港务费' } })),
    ).toContain('error /fee/x/name/zh kind-cancelled')
  })
  test('taking the document back undoes it', () =>
    expect(
      found(
        document('order-2', { withdrawn: { on: '2026-12-01', reason: { en: 'gone', zh: '废止' } } }),
        fee('x', { kind: 'port-construction' }),
      ),
    ).toEqual([]))
})

import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseDayOf } from '../../adapters/customs/duty/exchange.ts'
import { declare, goldenDeclaration } from '../support/customs.ts'
import { brakes, type Goods, taxed, valuesOf } from '../support/customs-imported.ts'

describe('exchange rates', () => {
  test.each([
    ['2026-11-20', '2026-10-21', 'the third Wednesday of the month before'],
    ['2026-01-05', '2025-12-17', 'of the year before'],
    ['2026-03-10', '2026-02-24', 'Spring Festival to Monday the 23rd: the next trading day'],
    ['2021-03-15', '2021-02-24', 'under the former rule the fourth Wednesday stands in'],
    ['2018-03-31', '2018-02-28', 'under the former rule'],
    ['2024-12-31', '2024-11-20', 'the last month of the former rule'],
  ])('on %s the rate is that of %s: %s', (on, expected) => {
    expect(baseDayOf(on)?.baseDay).toBe(expected)
  })

  test('a month whose base day was a holiday takes the rate of the day that stands in for it', () => {
    // 10,000 USD × 6.9 on a day of March 2026, × 7.1 in April.
    const parts = { ...brakes, totalPrice: '10000', currency: 'USD' }
    expect(valuesOf(taxed([parts], {}, '2026-03-10'))).toEqual(['69000.00'])
    expect(valuesOf(taxed([parts], {}, '2026-04-01'))).toEqual(['71000.00'])
    const basis = taxed([parts], {}, '2026-03-10').values?.[0]?.steps[0]?.bases[0]
    expect(basis).toMatchObject({ value: '6.9', validFrom: '2026-03-01', validTo: '2026-03-31', unverified: true })
    expect(basis?.name.en).toContain('2026-02-24')
  })

  test('what cannot be computed is said, not guessed', () => {
    const early = taxed([{ ...brakes, totalPrice: '1', currency: 'USD' }], {}, '2024-05-01')
    expect(early).toMatchObject({ incomplete: true, lines: [], total: '0.00' })
    expect(early.notes[0]?.en).toBe('There is no exchange rate for USD on 2024-05-01')
    const recorder = { hsCode: '8521101100', totalPrice: '1000', currency: 'CNY', originCountry: 'BT' }
    const part = taxed([{ ...brakes, totalPrice: '1000' }, recorder])
    expect(part).toMatchObject({ incomplete: true })
    expect(part.lines.map(({ item }) => item)).toEqual([1, 1])
    expect(part.notes.at(-1)?.en).toBe('Item 2: no general rate for 8521101100 is known')
  })
})

test('every result says that the tariff is a sample of 2020, and every basis names its source', () => {
  const found = taxed([{ hsCode: '8703234110', totalPrice: '20000', originCountry: 'DE' }])
  expect(found.notes[0]?.en).toContain('2020 sample')
  expect(found.notes[0]?.zh).toContain('2020年税则样本')
  const bases = [...found.lines, ...(found.values ?? [])].flatMap(({ steps }) => steps.flatMap((step) => step.bases))
  expect(bases.length).toBeGreaterThan(3)
  expect(bases.filter(({ source, unverified }) => source === '' || !unverified)).toEqual([])
})

test('the hook takes the day the declaration is dated by, else the day the goods arrive', () => {
  const dated = goldenDeclaration('import-rail-permit')
  const on = (change: (declaration: typeof dated) => void) => {
    const declaration = structuredClone(dated)
    change(declaration)
    return declare.duties?.(declaration, undefined)
  }
  expect(on(() => undefined)).toMatchObject({ day: '2026-11-20', total: '308519.42' })
  // Late in the evening in UTC it is the next day in Shanghai.
  expect(on((d) => (d.issueDateTime = '2026-11-30T17:00:00Z'))?.day).toBe('2026-12-01')
  expect(on((d) => delete d.issueDateTime)?.day).toBe('2026-11-18')
  const undated = on((d) => {
    delete d.issueDateTime
    for (const leg of d.goodsShipment.consignment.legs) delete leg.arrivalDateTime
  })
  expect(undated).toMatchObject({ incomplete: true, total: '0.00' })
})

describe('whatever is declared', () => {
  const price = fc.integer({ min: 1, max: 99_999_999 }).map((cents) => new Big(cents).div(100).toFixed(2))
  const goods: fc.Arbitrary<Goods> = fc.record({
    hsCode: fc.constantFrom(
      '0202300090',
      '8703234110',
      '2208902000',
      '2203000000',
      '0207142200',
      '8708309990',
      '3004909093',
    ),
    totalPrice: price,
    currency: fc.constantFrom('USD'),
    originCountry: fc.constantFrom('AU', 'US', 'DE', 'TH', 'BT', 'KZ'),
    dutyMode: fc.constantFrom('1', '2', '3', '8'),
    kilograms: fc.integer({ min: 1, max: 100_000 }).map(String),
  })
  const charge = fc.record({
    basis: fc.constantFrom('rate' as const, 'unit-price' as const, 'total' as const),
    amount: fc.integer({ min: 0, max: 99_999 }).map((cents) => new Big(cents).div(100).toFixed(2)),
    currency: fc.constantFrom('USD', 'CNY', 'EUR'),
  })
  const more = fc.record(
    {
      terms: fc.constantFrom('CIF' as const, 'CFR' as const, 'FOB' as const, 'EXW' as const),
      valuation: fc.record({ freight: charge, insurance: charge, other: charge }, { requiredKeys: [] }),
    },
    { requiredKeys: ['terms'] },
  )
  const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total.plus(amount), new Big(0))
  const items = fc.array(goods, { minLength: 1, maxLength: 12 })

  test('totals are the sums of their lines, and the total of the totals that are levied', () => {
    fc.assert(
      fc.property(items, more, (given, beside) => {
        const found = taxed(given, beside)
        for (const { kind, assessed, amount, waived } of found.totals) {
          const lines = sum(found.lines.filter((line) => line.kind === kind).map((line) => line.amount))
          expect(assessed).toBe(lines.toFixed(2))
          expect(amount).toBe(waived === undefined ? assessed : '0.00')
          if (waived !== undefined) expect(lines.lt(50)).toBe(true)
        }
        expect(found.total).toBe(sum(found.totals.map(({ amount }) => amount)).toFixed(2))
      }),
    )
  })

  test('prices and charges are spread without a fen lost, and nothing is ever negative', () => {
    fc.assert(
      fc.property(items, more, (given, beside) => {
        const found = taxed(given, beside)
        const prices = sum(found.values?.map(({ steps }) => steps[0]?.result ?? '0') ?? [])
        const charges = sum(found.shared?.map(({ result }) => result) ?? [])
        expect(sum(valuesOf(found) ?? []).toFixed(2)).toBe(prices.plus(charges).toFixed(2))
        const all = [...(found.values ?? []), ...found.lines]
        const results = all.flatMap(({ amount, steps }) => [amount, ...steps.map(({ result }) => result)])
        expect(results.filter((amount) => new Big(amount).lt(0))).toEqual([])
      }),
    )
  })

  test('a dearer item never pays less', () => {
    fc.assert(
      fc.property(goods, more, price, (one, beside, extra) => {
        const dearer = { ...one, totalPrice: new Big(one.totalPrice).plus(extra).toFixed(2) }
        expect(new Big(taxed([dearer], beside).total).gte(taxed([one], beside).total)).toBe(true)
      }),
    )
  })
})

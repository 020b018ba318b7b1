import { describe, expect, test } from 'vitest'
import { tables } from '../../adapters/customs/duty/tables.ts'
import type { Duties } from '../../schemas/duties.ts'
import { brakes, rateDay, taxed, valuesOf } from '../support/customs-imported.ts'

/** Item, kind and amount of every line, then what is payable. */
const figures = ({ lines, total }: Duties) => [
  ...lines.map(({ item, typeCode, amount }) => `${item}${typeCode} ${amount}`),
  total,
]

describe('worked examples, derived by hand from the rules', () => {
  test('frozen beef from Kazakhstan: MFN duty and the low VAT rate', () => {
    // 196,800 USD × 7.1 = 1,397,280.00. Duty 12 % = 167,673.60. VAT 9 % of 1,564,953.60 = 140,845.824.
    expect(figures(taxed([{ hsCode: '0202300090', totalPrice: '196800', originCountry: 'KZ' }]))).toEqual([
      '1A 167673.60',
      '1L 140845.82',
      '308519.42',
    ])
  })

  test('frozen beef from Australia: the agreement rate, only with a document of origin', () => {
    // Duty 0 %. VAT 9 % of 1,397,280.00 = 125,755.20.
    const beef = { hsCode: '0202300090', totalPrice: '196800', originCountry: 'AU' }
    const claimed = taxed([beef], { agreements: ['18'] })
    expect(figures(claimed)).toEqual(['1A 0.00', '1L 125755.20', '125755.20'])
    expect(claimed.lines[0]?.regime?.en).toBe('Agreement rate: agreement 18')
    expect(claimed.lines[0]?.steps[0]?.bases[0]).toMatchObject({ unverified: true, validFrom: '2024-01-01' })
    expect(figures(taxed([beef]))).toEqual(['1A 167673.60', '1L 140845.82', '308519.42'])
    // New Zealand is no member of agreement 18, and of agreement 10 no rate is known: MFN, and the notes say so.
    const other = taxed([{ ...beef, originCountry: 'NZ' }], { agreements: ['10'] })
    expect(figures(other)[0]).toBe('1A 167673.60')
    expect(other.notes.map(({ en }) => en).join()).toContain('no rate of agreement 10 is known for 0202300090')
  })

  test('a car: consumption tax by value', () => {
    // 20,000 USD = 142,000.00. Duty 15 % = 21,300.00. Consumption 163,300.00 ÷ 0.95 × 0.05 = 8,594.7368….
    // VAT 13 % of 171,894.74 = 22,346.3162.
    expect(figures(taxed([{ hsCode: '8703234110', totalPrice: '20000', originCountry: 'DE' }]))).toEqual([
      '1A 21300.00',
      '1Y 8594.74',
      '1L 22346.32',
      '52241.06',
    ])
  })

  test('bottled wine: duty, consumption tax and VAT on one another', () => {
    // 10,000 EUR = 79,000.00. Duty 14 % = 11,060.00. Consumption 90,060.00 ÷ 0.9 × 0.1 = 10,006.666….
    // VAT 13 % of 100,066.67 = 13,008.6671.
    const wine = { hsCode: '2204210000', totalPrice: '10000', currency: 'EUR', originCountry: 'FR' }
    expect(figures(taxed([wine]))).toEqual(['1A 11060.00', '1Y 10006.67', '1L 13008.67', '34075.34'])
  })

  test('spirits: consumption tax by value and by quantity', () => {
    // 5,000 USD = 35,500.00. Duty 10 % = 3,550.00. q = 1,000 kg × 1 = 1,000.
    // Consumption (35,500 + 3,550 + 1,000) ÷ 0.8 × 0.2 + 1,000 = 11,012.50. VAT 13 % of 50,062.50 = 6,508.125, half up.
    const found = taxed([{ hsCode: '2208902000', totalPrice: '5000', originCountry: 'JP', kilograms: '1000' }])
    expect(figures(found)).toEqual(['1A 3550.00', '1Y 11012.50', '1L 6508.13', '21070.63'])
    expect(found.lines[1]?.steps[0]?.formula).toBe(
      '(35500.00 + 3550.00 + 1000 kg × 1) ÷ (1 − 20 %) × 20 % + 1000 kg × 1',
    )
  })

  test('beer: consumption tax by quantity alone', () => {
    // 3,000 EUR = 23,700.00. Duty 0. Consumption 10,000 kg × 0.25 = 2,500.00. VAT 13 % of 26,200.00 = 3,406.00.
    const beer = { hsCode: '2203000000', totalPrice: '3000', currency: 'EUR', originCountry: 'DE', kilograms: '10000' }
    expect(figures(taxed([beer]))).toEqual(['1A 0.00', '1Y 2500.00', '1L 3406.00', '5906.00'])
  })

  test('frozen chicken feet: duty by quantity', () => {
    // 20,000 USD = 142,000.00. Duty 10,000 kg × 1.0 = 10,000.00. VAT 9 % of 152,000.00 = 13,680.00.
    const feet = { hsCode: '0207142200', totalPrice: '20000', originCountry: 'BR', kilograms: '10000' }
    const found = taxed([feet])
    expect(figures(found)).toEqual(['1A 10000.00', '1L 13680.00', '23680.00'])
    expect(found.lines[0]?.steps[0]?.formula).toBe('142000.00 × 0 % + 10000 kg × 1')
  })

  test('a compound duty: by value and by quantity', () => {
    // A row of the test's own: 2 yuan a kilogram beside 6 %. 100,000 × 6 % + 500 × 2 = 7,000. VAT 13 % of 107,000 = 13,910.
    const row = { codes: ['87083099'], yuanPerKilogram: '2', source: 'test', validFrom: '2020-01-01', unverified: true }
    const found = taxed([{ ...brakes, totalPrice: '100000', kilograms: '500' }], {}, rateDay, {
      ...tables,
      dutyByQuantity: [row],
    })
    expect(figures(found)).toEqual(['1A 7000.00', '1L 13910.00', '20910.00'])
  })

  test('cosmetics: consumption tax at 15 %', () => {
    // 1,000,000 JPY × 0.048 = 48,000.00. Duty 1 % = 480.00. Consumption 48,480.00 ÷ 0.85 × 0.15 = 8,555.294….
    // VAT 13 % of 57,035.29 = 7,414.5877.
    const cream = { hsCode: '3304990039', totalPrice: '1000000', currency: 'JPY', originCountry: 'JP' }
    expect(figures(taxed([cream]))).toEqual(['1A 480.00', '1Y 8555.29', '1L 7414.59', '16449.88'])
  })

  test('medicine against cancer: no duty, VAT at 3 %', () => {
    // 50,000 CHF × 8.5 = 425,000.00. VAT 3 % = 12,750.00.
    const medicine = { hsCode: '3004909093', totalPrice: '50000', currency: 'CHF', originCountry: 'CH' }
    expect(figures(taxed([medicine]))).toEqual(['1A 0.00', '1L 12750.00', '12750.00'])
  })

  test('the threshold is per kind and bill: 49.99 is not levied, 50.00 is; what is waived stays in the base of VAT', () => {
    // 833.16 × 6 % = 49.9896. VAT 13 % of 883.15 = 114.8095.
    const below = taxed([{ ...brakes, totalPrice: '833.16' }])
    expect(figures(below)).toEqual(['1A 49.99', '1L 114.81', '114.81'])
    expect(below.totals[0]).toMatchObject({ kind: 'duty', assessed: '49.99', amount: '0.00' })
    expect(below.totals[0]?.waived?.zh).toContain('不足50元')
    // 833.33 × 6 % = 49.9998, rounded 50.00. VAT 13 % of 883.33 = 114.8329.
    expect(figures(taxed([{ ...brakes, totalPrice: '833.33' }]))).toEqual(['1A 50.00', '1L 114.83', '164.83'])
    // Two items of 25.00 each come to 50.00 on the bill: 416.67 × 6 % = 25.0002.
    const two = taxed([brakes, brakes].map((one) => ({ ...one, totalPrice: '416.67' })))
    expect(two.totals[0]).toMatchObject({ amount: '50.00' })
  })

  test('freight and insurance spread over three items: together the whole, whatever rounding leaves', () => {
    // 100 USD each = 710.00. Charges 100 + 10 CNY. Together 1 has 110 ÷ 3 = 36.67, 1 and 2 have 73.33, all have 110.00.
    const found = taxed(
      ['100', '100', '100'].map((totalPrice) => ({ ...brakes, totalPrice, currency: 'USD' })),
      {
        terms: 'FOB',
        valuation: {
          freight: { basis: 'total', amount: '100', currency: 'CNY' },
          insurance: { basis: 'total', amount: '10', currency: 'CNY' },
        },
      },
    )
    expect(valuesOf(found)).toEqual(['746.67', '746.66', '746.67'])
    expect(found.values?.[1]?.steps[1]?.formula).toBe('110.00 × (710.00 + 710.00) ÷ 2130.00 − 36.67')
  })

  test('free on board without insurance: 3‰ of price and freight', () => {
    // 10,000 USD = 71,000.00, freight 1,000 USD = 7,100.00, insurance 78,100.00 × 3‰ = 234.30: 78,334.30.
    // Duty 6 % = 4,700.058. VAT 13 % of 83,034.36 = 10,794.4668.
    const found = taxed([{ ...brakes, totalPrice: '10000', currency: 'USD' }], {
      terms: 'FOB',
      valuation: { freight: { basis: 'total', amount: '1000', currency: 'USD' } },
    })
    expect(valuesOf(found)).toEqual(['78334.30'])
    expect(figures(found)).toEqual(['1A 4700.06', '1L 10794.47', '15494.53'])
    expect(found.shared?.map(({ what, result }) => `${what.en} ${result}`)).toEqual([
      'Freight 7100.00',
      'Insurance, not declared 234.30',
    ])
  })

  test.each([
    // Insurance 0.3 % of 71,000.00.
    ['a rate', 'CFR', { insurance: { basis: 'rate', amount: '0.3' } }, '71213.00'],
    // 50 USD a tonne × 25.3 t × 7.1 = 8,981.50; insurance 213.00.
    [
      'a price per tonne',
      'FOB',
      {
        freight: { basis: 'unit-price', amount: '50', currency: 'USD' },
        insurance: { basis: 'total', amount: '30', currency: 'USD' },
      },
      '80194.50',
    ],
    // Other charges count beside CIF: 71,000.00 + 500.00.
    ['other charges', 'CIF', { other: { basis: 'total', amount: '500', currency: 'CNY' } }, '71500.00'],
  ] as const)('charges as %s', (_what, terms, valuation, value) => {
    expect(valuesOf(taxed([{ ...brakes, totalPrice: '10000', currency: 'USD' }], { terms, valuation }))).toEqual([
      value,
    ])
  })

  test('a surcharge on an origin is added to the rate that applies, and says whether it is known to hold', () => {
    // 100,000 CNY of soybeans: 3 % + 10 % = 13,000.00. VAT 9 % of 113,000.00 = 10,170.00.
    const beans = { hsCode: '1201901000', totalPrice: '100000', currency: 'CNY', originCountry: 'US' }
    const surcharge = (on: string) =>
      taxed([beans], {}, on).lines[0]?.steps[0]?.bases.find(({ name }) => name.en.startsWith('Surcharge'))
    expect(figures(taxed([beans]))).toEqual(['1A 13000.00', '1L 10170.00', '23170.00'])
    expect(surcharge('2026-11-09')).toMatchObject({ value: '10 %', unverified: false, validTo: '2026-11-09' })
    expect(surcharge('2026-11-10')).toMatchObject({ value: '10 %', unverified: true })
    expect(figures(taxed([{ ...beans, originCountry: 'BR' }]))[0]).toBe('1A 3000.00')
  })

  test('an origin without most-favoured-nation treatment takes the general rate', () => {
    // 1,000 × 100 % = 1,000.00. VAT 13 % of 2,000.00 = 260.00.
    const found = taxed([{ ...brakes, totalPrice: '1000', originCountry: 'BT' }])
    expect(figures(found)).toEqual(['1A 1000.00', '1L 260.00', '1260.00'])
    expect(found.lines[0]?.regime?.en).toBe('General rate: origin BT')
  })

  test('a duty mode halves or lifts each tax as it is computed', () => {
    // Half of 6,000.00 is 3,000.00; half of 13 % of 103,000.00 is 6,695.00.
    const half = taxed([{ ...brakes, totalPrice: '100000', dutyMode: '2' }])
    expect(figures(half)).toEqual(['1A 3000.00', '1L 6695.00', '9695.00'])
    expect(half.lines[0]?.steps[0]?.formula).toBe('(100000.00 × 6 %) × 50 %')
    expect(taxed([{ ...brakes, totalPrice: '100000', dutyMode: '3' }]).total).toBe('0.00')
  })

  test('the value of an item to the yuan, as on paper bills, is a parameter', () => {
    // 833.50 becomes 834: 6 % = 50.04.
    const paper = { ...tables, practice: { ...tables.practice, roundItemValueTo: 'yuan' as const } }
    expect(figures(taxed([{ ...brakes, totalPrice: '833.50' }], {}, rateDay, paper))[0]).toBe('1A 50.04')
    expect(figures(taxed([{ ...brakes, totalPrice: '833.50' }]))[0]).toBe('1A 50.01')
  })

  test('an export pays where its code has an export rate, on its price without that duty', () => {
    // Ferrosilicon, 25 %: CIF 10,000 USD = 71,000.00 less freight 5,000.00 and insurance 250.00 = 65,750.00.
    // ÷ 1.25 = 52,600.00 × 25 % = 13,150.00.
    const alloy = { hsCode: '7202210010', totalPrice: '10000', originCountry: 'CN' }
    const valuation = {
      freight: { basis: 'total', amount: '5000', currency: 'CNY' },
      insurance: { basis: 'total', amount: '250', currency: 'CNY' },
    } as const
    const found = taxed([alloy], { direction: 'export', terms: 'CIF', valuation })
    expect(figures(found)).toEqual(['1B 13150.00', '13150.00'])
    const none = taxed([{ ...brakes, totalPrice: '10000', originCountry: 'CN' }], { direction: 'export', terms: 'FOB' })
    expect(none).toMatchObject({ lines: [], total: '0.00' })
    expect(none.notes.map(({ zh }) => zh).join()).toContain('均无出口关税')
  })
})

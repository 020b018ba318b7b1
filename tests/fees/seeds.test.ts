import { describe, expect, test } from 'vitest'
import { thresholdsOf } from '../../schemas/fees/assessment.ts'
import { type Conditions, type Dimension, dimensions } from '../../schemas/fees/conditions.ts'
import { type Content, type Entry, type EntryType, entrySchemas, events, natures } from '../../schemas/fees/entries.ts'
import { measures, type Rate } from '../../schemas/fees/price.ts'
import { isCreditCode } from '../../schemas/formats.ts'
import { feeCatalogueSeeds } from '../../seeds/fees.ts'
import { type SampleName, sampleDeclaration, samples } from '../../seeds/samples.ts'
import { demoPayee } from '../../src/demo-keys.ts'
import { assess } from '../../src/fees/assessment/assess.ts'
import { catalogueOf } from '../../src/fees/catalogue.ts'
import { checksOf } from '../../src/fees/checks/index.ts'
import { quoteOf } from '../../src/fees/quote.ts'
import { shipmentOf } from '../../src/fees/shipment.ts'

const editions = feeCatalogueSeeds()
const [first] = editions
const catalogues = editions.map(({ title, validFrom, entries }, at) =>
  catalogueOf({ number: at + 1, title, validFrom, digest: '' }, entries),
)
const all = editions.flatMap(({ entries }) => entries)
const contentsOf = <T extends EntryType>(type: T, entries: readonly Entry[] = all) =>
  entries.flatMap((entry) => (entry.type === type ? [{ id: entry.id, ...(entry.content as Content<T>) }] : []))
const fees = contentsOf('fee')
const ratesOf = ({ price }: Content<'fee'>): readonly Rate[] =>
  price.kind === 'rates' ? price.rates : price.kind === 'agreement' ? (price.reference ?? []) : []
const rates = fees.flatMap(ratesOf)
const unused = (wanted: readonly string[], used: Iterable<string>) => {
  const found = new Set(used)
  return wanted.filter((one) => !found.has(one))
}

test('every entry is one the language allows, and is there once', () => {
  for (const { entries } of editions) {
    expect(
      entries.flatMap(({ type, id, content }) => {
        const read = entrySchemas[type].safeParse(content)
        return read.success ? [] : [`${type}/${id}: ${read.error.message}`]
      }),
    ).toEqual([])
    const keys = entries.map(({ type, id }) => `${type}/${id}`)
    expect(keys.length).toBe(new Set(keys).size)
  }
})

test.each(editions)('the list from $validFrom is a full one', ({ entries }) => {
  expect(contentsOf('fee', entries).length).toBeGreaterThanOrEqual(60)
  const payees = contentsOf('payee', entries)
  expect(payees.length).toBeGreaterThanOrEqual(10)
  expect(new Set(payees.map(({ type }) => type)).size).toBeGreaterThanOrEqual(10)
  expect(contentsOf('port', entries).map(({ id }) => id)).toEqual([
    'guoyuan',
    'cuntan',
    'jiangbei-airport',
    'tuanjiecun',
  ])
  const idle = payees.filter(({ id }) => !contentsOf('fee', entries).some(({ payee }) => payee === id))
  expect(idle).toEqual([])
  const baskets = contentsOf('basket', entries).map(({ id }) => id)
  for (const place of ['guoyuan-export', 'guoyuan-import', 'tuanjiecun-export', 'tuanjiecun-import'])
    expect(baskets).toEqual(expect.arrayContaining([`${place}-20`, `${place}-40`]))
})

test.each(catalogues)(
  'the list from $edition.validFrom passes every check of a publication, without a warning',
  (catalogue) => {
    expect(checksOf(catalogue)).toEqual([])
  },
)

test('whatever is not of market price rests on a document', () => {
  expect(fees.filter(({ nature, basis = [] }) => nature !== 'market' && basis.length === 0)).toEqual([])
})

test.each(catalogues)(
  'each basket of the list from $edition.validFrom has a price that is known to the end',
  (catalogue) => {
    for (const [id, { shipment }] of catalogue.of('basket')) {
      const { total, government, market, lines } = quoteOf(catalogue, shipment, catalogue.edition.validFrom)
      expect(lines.filter(({ uncertain }) => uncertain.length > 0)).toEqual([])
      expect(Number(total.least), id).toBeGreaterThan(300)
      expect(Number(total.most), id).toBeLessThan(2_500)
      expect(Number(government.least) > 0, id).toBe(id.startsWith('guoyuan'))
      expect(Number(market.most), id).toBeGreaterThan(0)
    }
  },
)

test('an assessment of the third list finds something to watch and something dear, and nothing unlawful', () => {
  const [, before, last] = catalogues
  if (before === undefined || last === undefined) throw new Error('There are three lists')
  const { fees: levels, findings } = assess({
    period: { from: '2026-10-01', to: '2026-12-31' },
    catalogue: last,
    previous: { to: '2026-09-30', catalogue: before },
    lines: [],
    complaints: [],
  })
  expect(new Set(findings.map(({ rule, level, kind }) => `${rule} ${level} ${kind}`))).toEqual(
    new Set(['comparison watch bill-amendment', 'comparison high telex-release', 'movement watch import-release']),
  )
  expect(levels.reasonable).toBeGreaterThan(100)
})

describe('the seeds use all that the language can say:', () => {
  test('price kinds and forms', () => {
    expect(
      unused(
        ['rates', 'pass-through', 'agreement'],
        fees.map(({ price }) => price.kind),
      ),
    ).toEqual([])
    expect(
      unused(
        ['fixed', 'range', 'slices', 'bands'],
        rates.map(({ form }) => form),
      ),
    ).toEqual([])
    expect(rates.some(({ minimum }) => minimum !== undefined)).toBe(true)
    expect(rates.some(({ maximum }) => maximum !== undefined)).toBe(true)
    expect(fees.some(({ price }) => price.kind === 'agreement' && price.reference !== undefined)).toBe(true)
  })
  test('measures, and the larger of two', () => {
    const counted = rates.flatMap(({ per }) =>
      per.flatMap((one) => (typeof one === 'string' ? [one] : [...one.largerOf])),
    )
    const sliced = rates.flatMap((rate) => (rate.form === 'slices' || rate.form === 'bands' ? [rate.of] : []))
    expect(unused(Object.keys(measures), [...counted, ...sliced])).toEqual([])
    expect(rates.some(({ per }) => per.some((one) => typeof one === 'object'))).toBe(true)
  })
  test('conditions, in every dimension', () => {
    const given = [
      ...fees.flatMap(({ applies, exemptions = [] }) => [applies, ...exemptions.map(({ when }) => when)]),
      ...rates.map(({ when }) => when),
    ].filter((one): one is Conditions => one !== undefined)
    const missing = (Object.keys(dimensions) as Dimension[]).flatMap((name) =>
      unused(
        dimensions[name],
        given.flatMap((one): readonly string[] => one[name] ?? []),
      ).map((value) => `${name}: ${value}`),
    )
    expect(missing).toEqual([])
  })
  test('natures, payers, and what makes a fee arise', () => {
    expect(
      unused(
        natures,
        fees.map(({ nature }) => nature),
      ),
    ).toEqual([])
    expect(
      unused(
        ['shipper', 'consignee', 'carrier', 'vessel', 'agent'],
        fees.flatMap(({ payers }) => payers),
      ),
    ).toEqual([])
    expect(
      unused(
        ['always', 'on-request', 'on-event'],
        fees.map(({ arises }) => arises.when),
      ),
    ).toEqual([])
    const happening = fees.flatMap(({ arises, exemptions = [] }) => [
      ...(arises.when === 'on-event' ? [arises.event] : []),
      ...exemptions.flatMap(({ event }) => (event === undefined ? [] : [event])),
    ])
    expect(unused(events, happening)).toEqual([])
  })
  test('set prices, ceilings, cancelled kinds and rules with their thresholds', () => {
    const bases = contentsOf('basis', first?.entries)
    expect(new Set(bases.flatMap(({ regulates = [] }) => regulates.map(({ how }) => how)))).toEqual(
      new Set(['set', 'ceiling']),
    )
    const cancelled = bases.flatMap(({ cancels = [] }) => cancels)
    expect(cancelled).toEqual(
      expect.arrayContaining([
        { kind: 'port-construction', from: '2021-01-01' },
        { kind: 'inspection-quarantine', from: '2017-04-01' },
      ]),
    )
    const rules = contentsOf('rule', first?.entries)
    expect(rules.map(({ rule }) => rule).toSorted()).toEqual(Object.keys(thresholdsOf).toSorted())
    expect(rules.filter(({ rule, thresholds }) => !thresholdsOf[rule].safeParse(thresholds).success)).toEqual([])
  })
})

describe('nothing invented can be taken for something real:', () => {
  test('payees say that they are invented, in both languages', () => {
    const payees = contentsOf('payee')
    expect(
      payees.filter(({ name, evidence }) => evidence.kind !== 'synthetic' || !/示范.*（虚构）$/.test(name.zh)),
    ).toEqual([])
    expect(payees.filter(({ name }) => !/Demonstration.*\(invented\)$/.test(name.en))).toEqual([])
  })
  test('their credit codes can be written and belong to nobody: the organisation’s own check digit is wrong', () => {
    const codes = [...new Set(contentsOf('payee').map(({ creditCode = '' }) => creditCode))]
    expect(codes.length).toBe(new Set(contentsOf('payee').map(({ id }) => id)).size)
    expect(codes.filter((code) => !isCreditCode(code))).toEqual([])
    expect(codes.filter((code) => organisationDigitOf(code) === code[16])).toEqual([])
    // The check itself: an organisation code that is right (the example of GB 11714-1997).
    expect(organisationDigitOf('00000000D2143569X0')).toBe('X')
  })
  test('telephones are of one invented range', () => {
    const numbers = [...contentsOf('payee'), ...fees].map(({ telephone }) => telephone)
    expect(numbers.filter((one) => !/^023-6000 01\d\d$/.test(one))).toEqual([])
  })
  test('a price is synthetic, or says from where it is and that it is unverified', () => {
    const known = fees.filter(({ evidence }) => evidence.kind !== 'synthetic')
    expect(known.length).toBeGreaterThan(0)
    expect(known.filter(({ nature, evidence }) => nature === 'market' || evidence.kind !== 'unverified')).toEqual([])
    const invented = contentsOf('basis').filter(({ evidence }) => evidence.kind === 'synthetic')
    expect(invented.filter(({ title, number }) => !title.zh.includes('虚构') || !number.includes('虚构'))).toEqual([])
    const peers = contentsOf('peer')
    expect(peers.filter(({ port, evidence }) => evidence.kind === 'synthetic' && !port.zh.includes('虚构'))).toEqual([])
    expect(peers.filter(({ port, evidence }) => evidence.kind === 'source' && port.zh !== '武汉新港')).toEqual([])
  })
})

test('the editions follow one another, each announced in time, and differ as they say', () => {
  expect(editions.map(({ validFrom }) => validFrom)).toEqual(['2026-01-01', '2026-04-01', '2026-10-01'])
  for (const { validFrom, announcedAt } of editions)
    expect(Date.parse(validFrom) - announcedAt.getTime()).toBeGreaterThan(8 * 86_400_000)
  const [keysOfFirst, keysOfSecond, keysOfThird] = editions.map(
    ({ entries }) => new Set(entries.map(({ type, id }) => `${type}/${id}`)),
  )
  const empty = new Set<string>()
  const addedTo = (after = empty, before = empty) =>
    [...after.difference(before)].filter((key) => !key.startsWith('peer/')).toSorted()
  expect(addedTo(keysOfSecond, keysOfFirst)).toEqual(['basis/shifan-2026-1', 'fee/jiangbei-airport-air-overstay'])
  expect(addedTo(keysOfFirst, keysOfSecond)).toEqual([])
  expect(addedTo(keysOfThird, keysOfSecond)).toEqual(['fee/tuanjiecun-cold-storage'])
  expect(addedTo(keysOfSecond, keysOfThird)).toEqual(['fee/cuntan-tally-documents', 'fee/guoyuan-tally-documents'])
  // What was seen after the first day of a list does not stand in it.
  for (const { validFrom, entries } of editions)
    expect(contentsOf('peer', entries).filter(({ seenOn }) => seenOn > validFrom)).toEqual([])
})

test('the demonstration’s key of a payee is that of the terminal at Guoyuan', () => {
  expect(contentsOf('payee', first?.entries).find(({ creditCode }) => creditCode === demoPayee)?.id).toBe(
    'guoyuan-terminal',
  )
})

test.each([
  ['ev-batteries', 'guoyuan', '34.00'],
  ['laptops', 'guoyuan', '17.00'],
  ['frozen-beef', 'tuanjiecun', '0.00'],
] satisfies [SampleName, string, string][])(
  'the sample %s finds its port, %s, and what is due there',
  (name, port, government) => {
    const [catalogue] = catalogues.slice(-1)
    if (catalogue === undefined) throw new Error('There is a list')
    const declaration = sampleDeclaration(name, { lrn: 'SEED-1', on: new Date('2026-11-21T01:00:00Z'), run: 1 })
    const { shipment } = shipmentOf(declaration, catalogue)
    expect(shipment?.port).toBe(port)
    const quote = quoteOf(catalogue, shipment ?? { port, direction: 'export' }, '2026-11-21')
    expect(quote.lines.length).toBeGreaterThan(2)
    expect(Number(quote.total.least)).toBeGreaterThan(400)
    expect(quote.government.least).toBe(government)
  },
)

test('each sample is asked about', () => expect(Object.keys(samples)).toHaveLength(3))

/** The check digit an organisation code 组织机构代码 within a credit code ought to have. Source: GB 11714-1997. */
function organisationDigitOf(creditCode: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(creditCode.charAt(8 + at)), 0)
  const digit = 11 - (sum % 11)
  return digit === 10 ? 'X' : digit === 11 ? '0' : String(digit)
}

import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditConsequences } from '../../schemas/rules/credit-consequences.ts'
import { goodsRisk, routeRisk } from '../../schemas/rules/goods-risk.ts'
import { ownVersions, type RuleTable } from '../../schemas/rules/index.ts'
import { inspectionBounds, inspectionRates } from '../../schemas/rules/inspection-rates.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'
import { computeRisk, type RiskInput } from '../../src/risk/compute.ts'
import { ownRules } from '../../src/rules/rules.ts'

const on = new Date('2026-11-21T01:00:00Z')
const sample = (name: SampleName) => sampleDeclaration(name, { lrn: 'R1', on, run: 1 })
const held = (effective: string) => [
  { scheme: 'customs-credit', agency: 'customs', effective, level: effective, rank: 1 },
]
const input = (name: SampleName, more: Partial<RiskInput> = {}): RiskInput => ({
  agency: 'customs',
  declaration: sample(name),
  levels: [],
  elsewhere: [],
  rules: ownRules,
  at: on.getTime(),
  nameOf: (_, level) => ({ en: level, zh: level }),
  ...more,
})
const kinds = (name: SampleName, more?: Partial<RiskInput>) =>
  computeRisk(input(name, more))?.factors.map(({ kind, value }) => `${kind} ${value}`)
const rule = {
  table: 'credit-consequences',
  validFrom: '2021-11-01',
  source: 'test',
  evidence: 'assumed',
} as const

test.each([
  // Rate x factors, by hand.
  ['laptops', [], 21_960, ['credit 0.0244', 'commodity 0.9']],
  ['laptops', held('AEO_ADVANCED'), 5_130, ['credit 0.0057', 'commodity 0.9']],
  ['ev-batteries', [], 73_200, ['credit 0.0244', 'dangerous 3']],
  ['ev-batteries', held('AEO'), 50_700, ['credit 0.0169', 'dangerous 3']],
  ['frozen-beef', [], 78_080, ['credit 0.0244', 'commodity 2', 'quarantine 2', 'mode 0.8']],
  ['frozen-beef', held('REGULAR'), 78_080, ['credit 0.0244', 'commodity 2', 'quarantine 2', 'mode 0.8']],
  ['laptops', held('DISHONEST'), 800_000, ['credit 0.8', 'commodity 0.9', 'bound 0.8']],
  ['laptops', held('SERIOUSLY_DISHONEST'), 1_000_000, ['credit 1', 'commodity 0.9', 'bound 1']],
] as const)('%s by level %j: %i in a million', (name, levels, ppm, factors) => {
  const risk = computeRisk(input(name, { levels: [...levels] }))
  expect(risk?.ppm).toBe(ppm)
  expect(kinds(name, { levels: [...levels] })?.sort()).toEqual([...factors].sort())
})

test('what other agencies say multiplies it, up to the bound', () => {
  const elsewhere = [{ factor: '2', because: { en: 'class C', zh: 'C类' }, rule }]
  expect(computeRisk(input('laptops', { elsewhere }))?.ppm).toBe(43_920)
  const many = Array.from({ length: 20 }, () => elsewhere[0] as (typeof elsewhere)[0])
  const risk = computeRisk(input('laptops', { elsewhere: many }))
  expect(risk?.ppm).toBe(500_000)
  expect(risk?.factors.at(-1)).toMatchObject({ kind: 'bound', acts: 'most', value: '0.5' })
})

test('the route: transhipment abroad, and by road', () => {
  const declaration = sample('frozen-beef')
  const { consignment } = declaration.goodsShipment
  const via = { ...consignment, transitLocation: { countryCode: 'UZ', unLocode: 'UZTAS' } }
  const through = { ...declaration, goodsShipment: { ...declaration.goodsShipment, consignment: via } }
  expect(kinds('frozen-beef', { declaration: through })).toContain('transhipment 1.3')
  const home = { ...via, transitLocation: { countryCode: 'CN', unLocode: 'CNAKL' } }
  const stopped = { ...declaration, goodsShipment: { ...declaration.goodsShipment, consignment: home } }
  expect(kinds('frozen-beef', { declaration: stopped })).not.toContain('transhipment 1.3')
})

test('of several items the highest factor counts once; an item no row speaks of counts as 1', () => {
  const declaration = sample('laptops')
  const [item] = declaration.goodsShipment.items
  if (item === undefined) throw new Error('no item')
  const withItems = (...codes: string[]) => ({
    ...declaration,
    goodsShipment: {
      ...declaration.goodsShipment,
      items: codes.map((hsCode, at) => ({ ...item, hsCode, sequence: at + 1 })),
    },
  })
  expect(kinds('laptops', { declaration: withItems('8471309000', '7113119090') })).toContain('commodity 2')
  expect(kinds('laptops', { declaration: withItems('8471309000', '6109100021') })).toEqual(['credit 0.0244'])
})

test('before the first rule nothing is said, and each day has the rules of its day', () => {
  expect(computeRisk(input('laptops', { at: Date.parse('2021-10-31T00:00:00Z') }))).toBeUndefined()
  // Customs' Order No. 251 (in force since 2021-11-01) has no plain certified level: such a firm counts as an ordinary one. Days begin at midnight in Chongqing.
  const before = Date.parse('2026-03-31T15:59:59Z')
  expect(computeRisk(input('laptops', { levels: held('AEO'), at: before }))).toMatchObject({
    ppm: 21_960,
    tables: { 'inspection-rates': '2021-11-01' },
  })
  expect(computeRisk(input('laptops', { levels: held('AEO'), at: before + 1_000 }))).toMatchObject({
    ppm: 15_210,
    tables: { 'inspection-rates': '2026-04-01' },
  })
})

test('every factor says by which rule, how well established, and what would change it', () => {
  for (const name of ['laptops', 'ev-batteries', 'frozen-beef'] as const)
    for (const { rule: by, because, changes } of computeRisk(input(name))?.factors ?? []) {
      expect(by.source).not.toBe('')
      for (const text of [because, changes])
        for (const words of [text.en, text.zh]) expect(words).not.toMatch(/^$|undefined/)
    }
})

test('exact to the millionth whatever the factors, within the bounds, and the same every time', () => {
  const decimals = fc.integer({ min: 1, max: 99_999 }).map((value) => new Big(value).div(10_000).toFixed())
  fc.assert(
    fc.property(fc.array(decimals, { maxLength: 6 }), (factors) => {
      const elsewhere = factors.map((factor) => ({ factor, because: { en: 'x', zh: 'x' }, rule }))
      const risk = computeRisk(input('laptops', { elsewhere }))
      const exact = factors.reduce((product, factor) => product.times(factor), new Big('0.02196'))
      const bounded = exact.lt('0.001') ? new Big('0.001') : exact.gt('0.5') ? new Big('0.5') : exact
      expect(risk?.ppm).toBe(Number(bounded.times(1e6).round(0, 1).toFixed()))
      expect(computeRisk(input('laptops', { elsewhere }))).toEqual(risk)
    }),
    { numRuns: 60, seed: 20_261_122 },
  )
})

test.each<RuleTable>([inspectionRates, inspectionBounds, goodsRisk, routeRisk, creditConsequences])(
  '$id does not contradict itself, and would say so',
  (table) => {
    for (const { rows, source, evidence } of ownVersions(table)) {
      expect(table.contradictions?.(rows)).toEqual([])
      expect(table.contradictions?.([...rows, rows[0]])?.length).toBeGreaterThan(0)
      expect([source === '', evidence === 'sourced']).toEqual([false, false])
    }
  },
)

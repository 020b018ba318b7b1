import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { goodsOf } from '../../schemas/recognition.ts'
import { ownVersions, ruleTables } from '../../schemas/rules/index.ts'
import { type RecognitionRule, recognitionRules } from '../../schemas/rules/recognition-rules.ts'
import type { RuleVersion } from '../../schemas/rules/table.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { type KeptResult, standInsFor } from '../../src/recognition/stand-ins.ts'

const on = new Date('2026-11-21T01:00:00Z')
const declaration = sampleDeclaration('ev-batteries', { lrn: 'EV1', on, today: on, run: 1 })
const { items, consignment, exporter } = declaration.goodsShipment
const boxes = (consignment.containers ?? []).map(({ id }) => id)
const day = 86_400_000
const at = on.getTime()
const versions = ownVersions(recognitionRules)
const target = { agency: 'maritime', procedure: 'dangerous-cargo' }
const passed: KeptResult = {
  id: 'R1',
  category: 'inspection',
  agency: 'customs',
  procedure: 'declare',
  filingId: 'F1',
  firm: undefined,
  number: '800720260000000001',
  covers: { containers: boxes, goods: items.map(goodsOf) },
  at: new Date(at - day),
  validUntil: undefined,
  revoked: false,
}
const aeo: KeptResult = {
  ...passed,
  id: 'R2',
  category: 'aeo',
  procedure: undefined,
  filingId: undefined,
  firm: exporter?.id,
  covers: {},
}
const idsFor = (results: readonly KeptResult[], to = target, of: Declaration = declaration, now = at) =>
  standInsFor({ results, versions }, to, of, now).map(({ recognised }) => recognised.id)
const withGoods = (change: (item: Declaration['goodsShipment']['items'][number]) => object): Declaration => ({
  ...declaration,
  goodsShipment: { ...declaration.goodsShipment, items: items.map((item) => ({ ...item, ...change(item) })) },
})
const withBoxes = (ids: readonly string[]): Declaration => {
  const [container] = consignment.containers ?? []
  if (container === undefined) throw new Error('The sample has no container')
  const containers = ids.map((id) => ({ ...container, id }))
  return {
    ...declaration,
    goodsShipment: { ...declaration.goodsShipment, consignment: { ...consignment, containers } },
  }
}

test('a result stands in for the check a rule names, and says by which version and until when', () => {
  expect(boxes.length).toBeGreaterThan(0)
  const [found] = standInsFor({ results: [passed], versions }, target, declaration, at)
  expect(found).toMatchObject({
    rule: '2026-11-01',
    recognised: {
      id: 'R1',
      agency: 'customs',
      check: 'box-opening',
      until: new Date(at - day + 15 * day).toISOString(),
    },
  })
})

describe('it stands in for nothing when', () => {
  test.each<[string, readonly KeptResult[], Declaration?, number?]>([
    ['it was revoked', [{ ...passed, revoked: true }]],
    ['the rule’s days are over', [passed], declaration, at - day + 15 * day],
    ['its agency ended it before', [{ ...passed, validUntil: new Date(at) }]],
    ['it is of the future', [{ ...passed, at: new Date(at + 1) }]],
    ['it is of another category', [{ ...passed, category: 'quarantine' }]],
    ['it is of another agency', [{ ...passed, agency: 'tax' }]],
    ['it is of another procedure', [{ ...passed, procedure: 'summary' }]],
    ['it is of the very agency that would check', [{ ...passed, agency: 'maritime', procedure: 'dangerous-cargo' }]],
    ['another container was opened', [passed], withBoxes(['TGHU1234567'])],
    ['one container more travels', [passed], withBoxes([...boxes, 'TGHU1234567'])],
    ['no container travels', [passed], withBoxes([])],
    ['the goods are others', [passed], withGoods(() => ({ hsCode: '8541430000' }))],
    ['the goods are more', [passed], withGoods(({ quantity }) => ({ quantity: { ...quantity, value: '999999' } }))],
    ['it covers nothing', [{ ...passed, covers: {} }]],
    [
      'there was no rule yet',
      [{ ...passed, at: new Date('2026-10-01T00:00:00Z') }],
      declaration,
      Date.parse('2026-10-02T00:00:00Z'),
    ],
  ])('%s', (_, results, of, now) => {
    expect(idsFor(results, target, of, now)).toEqual([])
  })
  test('its filing is another procedure’s', () => {
    expect(idsFor([passed], { agency: 'maritime', procedure: 'departure' })).toEqual([])
    expect(idsFor([passed], { agency: 'fx', procedure: 'receipt' })).toEqual([])
  })
})

describe('a result about a firm', () => {
  const permit = { agency: 'singapore', procedure: 'permit' }
  test('counts for the goods of that firm', () => expect(idsFor([aeo], permit)).toEqual(['R2']))
  test('never for another trader’s, whoever declares them', () => {
    expect(idsFor([{ ...aeo, firm: declaration.agent.id }], permit)).toEqual([])
    expect(idsFor([{ ...aeo, firm: '91500106MA5U0C102B' }], permit)).toEqual([])
  })
  test('never for a firm abroad that calls itself so', () => {
    const { exporter: own, ...others } = declaration.goodsShipment
    const importing = {
      ...declaration,
      direction: 'import',
      goodsShipment: { ...others, importer: own, consignor: { id: 'AEOXX000000000001' } },
    }
    expect(idsFor([{ ...aeo, firm: 'AEOXX000000000001' }], permit, importing as Declaration)).toEqual([])
  })
  test('covers no box', () => expect(idsFor([{ ...aeo, category: 'inspection', procedure: 'declare' }])).toEqual([]))
})

test('of several results for one check the newest is carried, once', () => {
  const newer = { ...passed, id: 'R9', at: new Date(at - 1_000) }
  expect(idsFor([newer, passed])).toEqual(['R9'])
  expect(idsFor([passed, newer])).toEqual(['R9'])
})

test('a published version counts from its day on', () => {
  const strict: RuleVersion<RecognitionRule> = { validFrom: '2026-11-21', source: 's', evidence: 'assumed', rows: [] }
  const known = (now: number) =>
    standInsFor({ results: [passed], versions: [...versions, strict] }, target, declaration, now)
  expect(known(at)).toEqual([])
  expect(known(at - day + 1)).toHaveLength(1)
})

test('whatever is known, nothing revoked, expired, of the future or outside its scope stands in for anything', () => {
  const results = fc.array(
    fc.record({
      id: fc.constantFrom('A', 'B', 'C'),
      category: fc.constantFrom('inspection', 'inspection', 'aeo', 'quarantine'),
      agency: fc.constantFrom('customs', 'customs', 'border', 'maritime'),
      procedure: fc.constantFrom('declare', 'declare', undefined),
      filingId: fc.constantFrom('F1', undefined),
      firm: fc.constantFrom(undefined, undefined, exporter?.id, '91500106MA5U0C102B'),
      number: fc.constant('1'),
      covers: fc.constantFrom(passed.covers, passed.covers, { containers: boxes }, {}),
      at: fc.integer({ min: -16, max: 2 }).map((days) => new Date(at + days * day)),
      validUntil: fc
        .option(fc.integer({ min: -3, max: 9 }), { nil: undefined })
        .map((days) => (days === undefined ? undefined : new Date(at + days * day))),
      revoked: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 4, maxLength: 10 },
  )
  const targets = fc.constantFrom(
    target,
    { agency: 'border', procedure: 'departure' },
    { agency: 'singapore', procedure: 'permit' },
    { agency: 'fx', procedure: 'receipt' },
  )
  let stood = 0
  fc.assert(
    fc.property(results, targets, (all, to) => {
      for (const { recognised, rule } of standInsFor({ results: all, versions }, to, declaration, at)) {
        stood++
        const row = versions[0]?.rows.find(
          (one) =>
            one.to.agency === to.agency &&
            one.to.procedure === to.procedure &&
            one.check === recognised.check &&
            one.category === recognised.category,
        )
        const vouching = all.filter(
          (one) =>
            one.id === recognised.id &&
            !one.revoked &&
            one.agency === recognised.agency &&
            one.agency !== to.agency &&
            one.at.getTime() <= at &&
            (one.validUntil?.getTime() ?? Infinity) > at &&
            one.at.getTime() + (row?.validDays ?? 0) * day > at &&
            (row?.scope.includes('firm') === true
              ? one.firm === exporter?.id
              : one.firm === undefined && one.covers.goods !== undefined && one.covers.containers !== undefined),
        )
        expect(rule).toBe('2026-11-01')
        expect(vouching).not.toEqual([])
        expect(Date.parse(recognised.until)).toBeGreaterThan(at)
      }
    }),
    { numRuns: 500 },
  )
  expect(stood).toBeGreaterThan(20)
})

test('the table is registered, and says of each row what it rests on', () => {
  expect(ruleTables).toContain(recognitionRules)
  for (const { rows } of versions) {
    expect(recognitionRules.contradictions?.(rows)).toEqual([])
    for (const { basis } of rows) expect(basis).not.toBe('')
  }
})

test('a table that contradicts itself says where', () => {
  const [row] = versions[0]?.rows ?? []
  if (row === undefined) throw new Error('The table is empty')
  const wrong = [
    row,
    row,
    { ...row, to: { ...row.to, agency: row.from.agency } },
    { ...row, check: 'other', scope: ['firm', 'goods'] as ['firm', 'goods'] },
  ]
  expect(recognitionRules.contradictions?.(wrong).map(({ row }) => row)).toEqual([1, 2, 3])
})

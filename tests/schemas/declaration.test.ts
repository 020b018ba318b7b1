import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Declaration, declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issuesOf } from '../../schemas/issue.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'

const sample = sampleDeclaration('ev-batteries', { lrn: 'EV-1', on: new Date('2026-11-21T00:00:00Z'), run: 1 })

const issuesIn = (candidate: unknown): Issue[] => {
  const read = declaration.safeParse(candidate)
  return read.success ? [] : issuesOf(read.error)
}
/** What is found when the sample is changed. */
function found(change: (draft: Declaration) => void): string[] {
  const draft = structuredClone(sample)
  change(draft)
  return issuesIn(draft).map(({ pointer, code }) => `${pointer} ${code}`)
}
function legOf({ goodsShipment }: Declaration, at: number) {
  const leg = goodsShipment.consignment.legs[at]
  if (leg === undefined) throw new Error(`The sample has no leg ${at}`)
  return leg
}
function itemOf({ goodsShipment }: Declaration, at = 0) {
  const item = goodsShipment.items[at]
  if (item === undefined) throw new Error(`The sample has no item ${at}`)
  return item
}
function containerOf({ goodsShipment }: Declaration) {
  const [container] = goodsShipment.consignment.containers ?? []
  if (container === undefined) throw new Error('The sample has no container')
  return container
}
/** A second line of goods like the first. */
const addItem = (draft: Declaration, change: Partial<Declaration['goodsShipment']['items'][0]> = {}) =>
  void draft.goodsShipment.items.push({
    ...structuredClone(itemOf(draft)),
    sequence: draft.goodsShipment.items.length + 1,
    ...change,
  })

test('the sample is a declaration, and stays as it is', () => {
  expect(declaration.parse(sample)).toEqual(sample)
})

const legs = '/goodsShipment/consignment/legs'
describe('the journey', () => {
  test.each<[string, (draft: Declaration) => void, string]>([
    [
      'never crosses the border',
      (draft) => void draft.goodsShipment.consignment.legs.pop(),
      `${legs} border-not-crossed`,
    ],
    [
      'of an export starts abroad',
      (draft) => void (legOf(draft, 0).from = { countryCode: 'KR' }),
      `${legs}/0/from route-direction-differs`,
    ],
    [
      'jumps to another country',
      (draft) => void (legOf(draft, 1).from = { countryCode: 'KR' }),
      `${legs}/1/from route-broken`,
    ],
    [
      'goes on from another port',
      (draft) => void (legOf(draft, 1).from = { countryCode: 'CN', unLocode: 'CNSHA' }),
      `${legs}/1/from/unLocode route-broken`,
    ],
    [
      'goes to Singapore by river',
      (draft) => void (legOf(draft, 1).modeCode = '8'),
      `${legs}/1/modeCode mode-route-differs`,
    ],
    [
      'goes to sea on the barge',
      (draft) => void (legOf(draft, 1).conveyance = structuredClone(legOf(draft, 0).conveyance)),
      `${legs}/1/conveyance/name conveyance-not-changed`,
    ],
    [
      'arrives before it departs',
      (draft) =>
        void Object.assign(legOf(draft, 1), { departureDateTime: '2026-12-10', arrivalDateTime: '2026-12-01' }),
      `${legs}/1/arrivalDateTime arrival-before-departure`,
    ],
    [
      'names a port of another country',
      (draft) => void (legOf(draft, 1).to = { countryCode: 'SG', unLocode: 'MYPKG' }),
      `${legs}/1/to/unLocode place-country-differs`,
    ],
    ['has no leg', (draft) => void (draft.goodsShipment.consignment.legs = []), `${legs} too-small`],
    [
      'travels in a way nobody knows',
      (draft) => void Object.assign(legOf(draft, 0), { modeCode: 'C' }),
      `${legs}/0/modeCode invalid-value`,
    ],
  ])('that %s', (_, change, expected) => {
    expect(found(change)).toContain(expected)
  })

  test('a train may go through under one name', () => {
    const train = { name: 'X8083', id: 'X8083' }
    const codes = found((draft) => {
      for (const at of [0, 1]) Object.assign(legOf(draft, at), { modeCode: '2', conveyance: train })
    })
    expect(codes).toEqual([])
  })
})

describe('parties and direction', () => {
  test.each<[string, (draft: Declaration) => void, string]>([
    [
      'an export without an exporter',
      (draft) => void delete draft.goodsShipment.exporter,
      '/goodsShipment/exporter missing',
    ],
    ['an import without an importer', (draft) => void (draft.direction = 'import'), '/goodsShipment/importer missing'],
    [
      'an export from abroad',
      (draft) => void (draft.goodsShipment.exportCountry = 'SG'),
      '/goodsShipment/exportCountry direction-country-differs',
    ],
    [
      'a credit code with a slip',
      (draft) => void (draft.agent.id = draft.agent.id.replace(/.$/, 'I')),
      '/agent/id credit-code-invalid',
    ],
  ])('%s', (_, change, expected) => {
    expect(found(change)).toContain(expected)
  })
})

const items = '/goodsShipment/items'
describe('the goods', () => {
  test.each<[string, (draft: Declaration) => void, string]>([
    ['numbers with a gap', (draft) => addItem(draft, { sequence: 3 }), `${items}/1/sequence item-sequence-broken`],
    ['a number twice', (draft) => addItem(draft, { sequence: 1 }), `${items}/1/sequence item-sequence-broken`],
    [
      'price × quantity is not the total',
      (draft) => void (itemOf(draft).totalPrice = '1.00'),
      `${items}/0/totalPrice total-differs`,
    ],
    [
      'an item heavier inside than outside',
      (draft) => void Object.assign(itemOf(draft), { netMassKg: '2', grossMassKg: '1.99999' }),
      `${items}/0/netMassKg net-above-gross`,
    ],
    [
      'all heavier inside than outside',
      (draft) => void Object.assign(draft.goodsShipment, { totalNetMassKg: '10', totalGrossMassKg: '9.5' }),
      '/goodsShipment/totalNetMassKg net-above-gross',
    ],
    ['two currencies', (draft) => addItem(draft, { currency: 'EUR' }), `${items}/1/currency currency-differs`],
    [
      'an HS code that is none',
      (draft) => void (itemOf(draft).hsCode = '0000000000'),
      `${items}/0/hsCode unknown-code`,
    ],
    [
      'a unit that is none',
      (draft) => void (itemOf(draft).quantity.unitCode = 'XXX'),
      `${items}/0/quantity/unitCode unknown-code`,
    ],
    [
      'a container twice',
      (draft) => void draft.goodsShipment.consignment.containers?.push(structuredClone(containerOf(draft))),
      '/goodsShipment/consignment/containers/1/id container-repeated',
    ],
    [
      'a container with goods that are not there',
      (draft) => void (containerOf(draft).goodsItemSequences = [9]),
      '/goodsShipment/consignment/containers/0/goodsItemSequences/0 item-unknown',
    ],
    [
      'a container number with a slip',
      (draft) => void (containerOf(draft).id = 'CSQU3054384'),
      '/goodsShipment/consignment/containers/0/id container-number-invalid',
    ],
  ])('%s', (_, change, expected) => {
    expect(found(change)).toContain(expected)
  })

  test('rounding of a price is no difference', () => {
    expect(
      found(
        (draft) =>
          void Object.assign(itemOf(draft), {
            unitPrice: '3.3333',
            quantity: { value: '3', unitCode: 'C62' },
            totalPrice: '10.00',
          }),
      ),
    ).toEqual([])
  })

  test('masses are compared as decimals, not as floats', () => {
    const heavy = (net: string, gross: string) =>
      found((draft) => void Object.assign(draft.goodsShipment, { totalNetMassKg: net, totalGrossMassKg: gross }))
    expect(heavy('10000000000000.00001', '10000000000000.00001')).toEqual([])
    expect(heavy('10000000000000.00002', '10000000000000.00001')).toEqual([
      '/goodsShipment/totalNetMassKg net-above-gross',
    ])
  })
})

describe('what is told', () => {
  test('everything at once, each at its place, in both languages', () => {
    const draft = structuredClone(sample) as Declaration & Record<string, unknown>
    draft['colour'] = 'red'
    Object.assign(draft.goodsShipment, { 'a/b~c': 1 })
    draft.agent.id = '1'
    draft.goodsShipment.exportCountry = 'XX'
    itemOf(draft).hsCode = '0'
    itemOf(draft).totalPrice = '1.00'
    legOf(draft, 1).modeCode = '8'
    Object.assign(draft, { exitEntryOfficeId: undefined })
    const issues = issuesIn(draft)
    expect(issues.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual(
      [
        '/agent/id credit-code-invalid',
        '/colour unknown-field',
        '/exitEntryOfficeId missing',
        '/goodsShipment/a~1b~0c unknown-field',
        '/goodsShipment/exportCountry unknown-code',
        `${items}/0/hsCode unknown-code`,
        `${items}/0/totalPrice total-differs`,
      ].sort(),
    )
    for (const { detail, detailZh } of issues) {
      expect(detail).toMatch(/[A-Za-z]/)
      expect(detailZh).toMatch(/\p{Script=Han}/u)
    }
  })

  test('a figure that is none is told at its field, and does not stop the others', () => {
    const told = found((draft) => {
      draft.goodsShipment.totalNetMassKg = 'heavy'
      itemOf(draft).unitPrice = '1e5'
      itemOf(draft).hsCode = '0'
    })
    expect(told.sort()).toEqual([
      `${items}/0/hsCode unknown-code`,
      `${items}/0/unitPrice invalid-format`,
      '/goodsShipment/totalNetMassKg invalid-format',
    ])
  })

  test('whatever stands in whichever place, the schema answers', () => {
    const places = placesIn(sample)
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('', '0', '-1', '1e400', '中文', null)),
        (place, value) => {
          const draft = structuredClone(sample) as unknown as Record<PropertyKey, unknown>
          const holder = place
            .slice(0, -1)
            .reduce<Record<PropertyKey, unknown>>((at, key) => at[key] as typeof draft, draft)
          holder[place.at(-1) ?? ''] = value
          const unclear = issuesIn(draft).filter(
            ({ pointer, detail, detailZh }) => detail === '' || detailZh === '' || !pointer.startsWith('/'),
          )
          expect(unclear).toEqual([])
        },
      ),
      { numRuns: 400 },
    )
  })
})

/** Every place of a document, the list and the objects among them. */
const placesIn = (value: unknown, at: PropertyKey[] = []): PropertyKey[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [[...at, key], ...placesIn(one, [...at, key])])
    : []

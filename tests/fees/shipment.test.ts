import { describe, expect, test } from 'vitest'
import type { Container, Declaration, Leg } from '../../schemas/declaration/index.ts'
import { shipment as shipmentSchema } from '../../schemas/fees/shipment.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'
import { shipmentOf } from '../../src/fees/shipment.ts'
import { port, someCatalogue, someEntries } from './support.ts'

const sample = (name: SampleName): Declaration =>
  sampleDeclaration(name, { lrn: 'PF1', on: new Date('2026-11-21T01:00:00Z'), run: 1 })
const catalogue = someCatalogue([
  ...someEntries(),
  port('tuanjiecun', {
    modes: ['rail', 'road'],
    locations: ['CNCQI'],
    terminals: ['团结村'],
    entryExitPorts: ['500001'],
  }),
])
/** A declaration with another consignment. */
const withConsignment = (name: SampleName, changes: object): Declaration => {
  const declaration = sample(name)
  const { goodsShipment } = declaration
  return {
    ...declaration,
    goodsShipment: { ...goodsShipment, consignment: { ...goodsShipment.consignment, ...changes } },
  }
}
const leg = (from: object, to: object, modeCode: Leg['modeCode'] = '8'): Leg =>
  ({ modeCode, from: { countryCode: 'CN', ...from }, to: { countryCode: 'CN', ...to } }) as Leg
const portIn = (legs: readonly Leg[], more: object = {}, among = catalogue) => {
  const found = shipmentOf(withConsignment('laptops', { legs, ...more }), among)
  return found.shipment?.port ?? found.notFound.map(({ en }) => en)
}

describe('what a declaration says of its shipment', () => {
  test('an export by barge: port, containers, seals, bill, danger', () => {
    const { shipment, notFound } = shipmentOf(sample('ev-batteries'), catalogue)
    expect(shipmentSchema.parse(shipment)).toEqual({
      port: 'guoyuan',
      direction: 'export',
      trade: 'foreign',
      cargo: 'container',
      containers: [
        {
          count: 1,
          size: '40',
          height: 'high-cube',
          state: 'laden',
          temperature: 'ambient',
          hazard: 'dangerous',
          load: 'full',
        },
      ],
      hazard: 'dangerous',
      bills: 1,
      declarations: 1,
      seals: 1,
      packages: 42,
      grossMassTonnes: '18.45',
    })
    expect(notFound).toEqual([])
  })

  test('an import by rail ends at its port: no seals told of, a reefer by its group code, whose height is not known', () => {
    const { shipment, notFound } = shipmentOf(sample('frozen-beef'), catalogue)
    expect(shipmentSchema.parse(shipment)).toMatchObject({
      port: 'tuanjiecun',
      direction: 'import',
      containers: [{ count: 1, size: '20', temperature: 'reefer', hazard: 'ordinary' }],
      hazard: 'ordinary',
      grossMassTonnes: '25.3',
    })
    expect(shipment?.containers?.[0]).not.toHaveProperty('height')
    expect(shipment).not.toHaveProperty('seals')
    // The leg that ends there names no waybill of its own: the one from Almaty goes through.
    expect(shipment).toMatchObject({ bills: 1 })
    expect(notFound).toEqual([])
  })

  test.each([
    ['22G1', { size: '20', height: 'standard', temperature: 'ambient' }],
    ['22GP', { size: '20', temperature: 'ambient' }],
    ['25G1', { size: '20', height: 'high-cube', temperature: 'ambient' }],
    ['2EG1', { size: '20', height: 'high-cube', temperature: 'ambient' }],
    ['42G1', { size: '40', height: 'standard', temperature: 'ambient' }],
    ['45R1', { size: '40', height: 'high-cube', temperature: 'reefer' }],
    ['42RT', { size: '40', temperature: 'reefer' }],
    ['4CG1', { size: '40', height: 'standard', temperature: 'ambient' }],
    ['40T1', { size: '40', height: 'standard', temperature: 'ambient' }],
    ['L5G1', { size: '45', height: 'high-cube', temperature: 'ambient' }],
    ['LNG1', { size: '45', height: 'high-cube', temperature: 'ambient' }],
  ])('a container of type %s (ISO 6346)', (typeCode, wanted) => {
    const container = { id: 'CQSU1234564', typeCode, goodsItemSequences: [1] } as Container
    const { shipment } = shipmentOf(withConsignment('laptops', { containers: [container] }), catalogue)
    expect(shipment?.containers).toEqual([{ count: 1, state: 'laden', hazard: 'ordinary', ...wanted }])
  })

  test('containers that are alike are counted, those of another length are named', () => {
    const containers = ['22G1', '22G1', '12G1', '42G1'].map((typeCode, at) => ({
      id: `CQSU000000${at}`,
      typeCode,
      goodsItemSequences: [1],
      lessThanContainerLoad: at === 1,
    })) as Container[]
    const { shipment, notFound } = shipmentOf(withConsignment('laptops', { containers }), catalogue)
    expect(shipment?.containers?.map(({ count, size, load }) => [count, size, load])).toEqual([
      [1, '20', 'full'],
      [1, '20', 'part'],
      [1, '40', 'full'],
    ])
    expect(notFound.map(({ zh }) => zh)).toEqual(['集装箱CQSU0000002未计入：规格12G1不属于20、40、45尺'])
  })

  test('danger lies in the container that holds the item', () => {
    const declaration = withConsignment('ev-batteries', {
      containers: [
        { id: 'A', typeCode: '22G1', goodsItemSequences: [1] },
        { id: 'B', typeCode: '22G1', goodsItemSequences: [2] },
      ],
    })
    expect(shipmentOf(declaration, catalogue).shipment?.containers?.map(({ hazard }) => hazard)).toEqual([
      'dangerous',
      'ordinary',
    ])
  })

  test('transport documents are those of the port; several that lie elsewhere tell nothing of it', () => {
    const told = (...bills: readonly (string | undefined)[]) => {
      const places = [{ terminal: '果园港' }, { terminal: '洋山港' }, { terminal: '甲' }, { terminal: '乙' }]
      const legs = bills.map((bill, at) => ({
        ...leg(places[at] ?? {}, places[at + 1] ?? {}),
        ...(bill === undefined ? {} : { transportDocumentId: bill }),
      }))
      const { shipment, notFound } = shipmentOf(withConsignment('laptops', { legs }), catalogue)
      return shipment?.bills ?? notFound.map(({ en }) => en)
    }
    expect(told('BARGE', 'OCEAN', 'OTHER')).toBe(1)
    expect(told(undefined, 'OCEAN', 'OCEAN')).toBe(1)
    expect(told(undefined, 'OCEAN', 'OTHER')).toEqual(['The declaration names no transport document'])
  })

  test('a summary has not said everything yet', () => {
    const declaration = structuredClone(sample('frozen-beef')) as { goodsShipment: Record<string, unknown> }
    delete declaration.goodsShipment['packaging']
    const { shipment } = shipmentOf(declaration as unknown as Declaration, catalogue)
    expect(shipment).toMatchObject({ port: 'tuanjiecun' })
    expect(shipment).not.toHaveProperty('packages')
  })

  test('without containers the packaging tells bulk, and the way by air its cargo', () => {
    const airborne = withConsignment('laptops', {
      legs: [leg({ unLocode: 'CNCKG' }, { unLocode: 'CNPVG' }, '4')],
      containers: [],
    })
    expect(shipmentOf(airborne, catalogue).shipment).toMatchObject({ port: 'jiangbei', cargo: 'air', containers: [] })
    const declaration = withConsignment('laptops', { containers: [] })
    expect(shipmentOf(declaration, catalogue).shipment).not.toHaveProperty('cargo')
    declaration.goodsShipment.packaging.typeCode = 'VR'
    expect(shipmentOf(declaration, catalogue).shipment).toMatchObject({ cargo: 'bulk' })
  })
})

describe('the port of a declaration', () => {
  const yangshan = { unLocode: 'CNYSA', terminal: '洋山港' }
  test('is the one whose terminal is named, however it is written', () => {
    expect(portIn([leg({ unLocode: 'CNXYZ', terminal: ' 果园港 ' }, yangshan)])).toBe('guoyuan')
    expect(portIn([leg({ terminal: 'guoyuan port' }, yangshan)])).toBe('guoyuan')
  })
  test('a terminal counts more than a place, and a place more than the border crossing', () => {
    expect(
      portIn([leg({ unLocode: 'CNCKG' }, { terminal: '果园港' }, '3'), leg({ terminal: '果园港' }, yangshan)]),
    ).toBe('guoyuan')
    expect(portIn([leg({ unLocode: 'CNCKG' }, yangshan)], { entryExitPortId: '500002' })).toBe('jiangbei')
    expect(portIn([leg(yangshan, yangshan)], { entryExitPortId: '500601' })).toBe('jiangbei')
  })
  test('a terminal of that town which no port has is none of theirs', () => {
    expect(portIn([leg({ unLocode: 'CNCKG', terminal: '别的货站' }, yangshan)], { entryExitPortId: '310001' })).toEqual(
      [expect.stringContaining('No port of the catalogue')],
    )
  })
  test('of several in one place the way of carriage decides; else it is asked for', () => {
    const two = someCatalogue([...someEntries(), port('rail-station', { modes: ['rail'], locations: ['CNCHQ'] })])
    const from = { unLocode: 'CNCHQ' }
    const station = someCatalogue([
      ...someEntries().map((entry) =>
        entry.id === 'guoyuan' ? port('guoyuan', { modes: ['water'], locations: ['CNCHQ'] }) : entry,
      ),
      port('rail-station', { modes: ['rail'], locations: ['CNCHQ'] }),
    ])
    expect(portIn([leg(from, yangshan, '2')], {}, station)).toBe('rail-station')
    expect(portIn([leg(from, yangshan, '8')], {}, station)).toBe('guoyuan')
    expect(portIn([leg(from, yangshan, '2')], {}, two)).toEqual(['Which port it is: Guoyuan Port, rail-station'])
  })
  test('may be told', () => {
    expect(
      shipmentOf(withConsignment('laptops', { legs: [leg(yangshan, yangshan)] }), catalogue, 'jiangbei').shipment,
    ).toMatchObject({ port: 'jiangbei' })
  })
})

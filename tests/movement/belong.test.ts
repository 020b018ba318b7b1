import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { movement } from '../../schemas/movement.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { belongingsOf, type Named, type Tracked } from '../../src/movement/belong.ts'
import { handlesOfDeclaration, handlesOfMovement, windowOf } from '../../src/movement/handles.ts'
import { equipmentEvent, transportEvent } from './events.ts'

const day = 86_400_000
const at = (text: string) => Date.parse(`${text}T00:00:00Z`)
const journey = (declarationId: string, from: string, to: string, ...handles: string[]): Tracked => ({
  declarationId,
  startsAt: at(from),
  endsAt: at(to),
  handles: new Set(handles),
})
const event = (when: string, ...handles: string[]): Named => ({ id: 1, at: at(when), handles })
const ids = (found: readonly { declarationId: string; by: string }[]) =>
  found.map(({ declarationId, by }) => `${declarationId} ${by}`).sort()

const box = 'box CQSU1234564'
const [first, second] = [
  journey('first', '2026-11-24', '2026-12-07', box, 'paper P1', 'ship EXAMPLEPIONEER 045S'),
  journey('second', '2026-12-20', '2027-01-04', box, 'paper P2', 'ship EXAMPLEPIONEER 047S'),
]
const both = [first, second]

describe('one container in two voyages, one after the other', () => {
  test('each event belongs to the nearer journey, and to one only', () => {
    expect(ids(belongingsOf(event('2026-11-25', box), both, []))).toEqual(['first equipment'])
    expect(ids(belongingsOf(event('2026-12-08', box), both, []))).toEqual(['first equipment'])
    expect(ids(belongingsOf(event('2026-12-18', box), both, []))).toEqual(['second equipment'])
    expect(ids(belongingsOf(event('2027-01-05', box), both, []))).toEqual(['second equipment'])
  })
  test('the voyage it names decides, whatever the day', () => {
    expect(ids(belongingsOf(event('2026-12-18', box, 'ship EXAMPLEPIONEER 045S'), both, []))).toEqual([
      'first conveyance',
    ])
  })
  test('the paper it names decides, whatever the voyage', () => {
    expect(ids(belongingsOf(event('2026-12-18', box, 'ship EXAMPLEPIONEER 047S', 'paper P1'), both, []))).toContain(
      'first document',
    )
  })
  test('what comes after it was emptied is the next journey’s, however near the last one is', () => {
    const emptied = [at('2026-12-08') + day / 2]
    expect(ids(belongingsOf(event('2026-12-08', box), both, emptied))).toEqual(['first equipment'])
    expect(ids(belongingsOf(event('2026-12-09', box), both, emptied))).toEqual(['second equipment'])
  })
  test('a late first voyage: until it is emptied it is the first one’s, though the second should have begun', () => {
    const emptied = [at('2026-12-24')]
    expect(ids(belongingsOf(event('2026-12-22', box), both, emptied))).toEqual(['first equipment'])
  })
  test('a year later it is nobody’s', () => {
    expect(belongingsOf(event('2027-12-01', box), both, [])).toEqual([])
    expect(belongingsOf(event('2027-12-01', box, 'paper P1'), both, [])).toEqual([])
  })
})

test('goods of two firms in one container: both are told', () => {
  const shared = [first, journey('consolidated', '2026-11-25', '2026-12-07', box, 'paper P9')]
  expect(ids(belongingsOf(event('2026-11-23', box), shared, []))).toEqual(['consolidated equipment', 'first equipment'])
  expect(ids(belongingsOf(event('2026-11-26', box, 'paper P9'), shared, []))).toEqual([
    'consolidated document',
    'first equipment',
  ])
})

test('another container on the same ship, or under the same paper, is another’s', () => {
  const other = event('2026-12-03', 'box CQSU5533012', 'ship EXAMPLEPIONEER 045S', 'paper P1')
  expect(belongingsOf(other, both, [])).toEqual([])
})

test('a ship’s own event is everybody’s on that voyage', () => {
  const [loose] = [journey('loose', '2026-12-01', '2026-12-09', 'ship EXAMPLEPIONEER 045S')]
  expect(ids(belongingsOf(event('2026-12-03', 'ship EXAMPLEPIONEER 045S'), [first, second, loose], []))).toEqual([
    'first conveyance',
    'loose conveyance',
  ])
})

test('whatever journeys there are: without a paper no event of a container belongs to two that do not run at the same time', () => {
  const journeys = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(
      journeys,
      fc.nat({ max: 450 }),
      fc.array(fc.nat({ max: 450 }), { maxLength: 4 }),
      (spans, when, emptied) => {
        const all = spans.map(
          ([from, length], index): Tracked => ({
            declarationId: String(index),
            startsAt: from * day,
            endsAt: (from + length) * day,
            handles: new Set([box]),
          }),
        )
        const found = belongingsOf(
          { id: 1, at: when * day, handles: [box] },
          all,
          emptied.map((one) => one * day + 1),
        )
        const chosen = found.map(({ declarationId }) => all[Number(declarationId)])
        // All of them run together with one of them.
        expect(
          chosen.length === 0 ||
            chosen.some((one) =>
              chosen.every((other) => one!.startsAt <= other!.endsAt && other!.startsAt <= one!.endsAt),
            ),
        ).toBe(true)
      },
    ),
    { numRuns: 300, seed: 20_261_122 },
  )
})

describe('names', () => {
  const declaration = sampleDeclaration('laptops', { lrn: 'N1', on: new Date('2026-11-21T01:00:00Z'), run: 1 })
  test('are the same on both sides, however they are written', () => {
    const said = movement.parse(
      transportEvent('DEPA', '2026-12-02T10:00:00Z', {
        call: {
          modeOfTransport: 'VESSEL',
          location: { UNLocationCode: 'CNYSA' },
          vessel: { vesselIMONumber: '9074729', name: 'Example  Pioneer' },
          exportVoyageNumber: '045s',
        },
        papers: ['EXPL-045S-0118'],
      }),
    )
    const names = handlesOfDeclaration(declaration)
    expect(names).toContain('box CQSU1234564')
    for (const name of handlesOfMovement(said)) expect(names).toContain(name)
    expect(handlesOfMovement(said)).toHaveLength(3)
  })
  test('a train number alone is none: it runs every day', () => {
    const call = { modeOfTransport: 'RAIL', location: { UNLocationCode: 'CNCQI' }, railService: 'X8083' } as const
    expect(handlesOfMovement(movement.parse(transportEvent('DEPA', '2026-12-02T10:00:00Z', { call })))).toEqual([])
  })
  test('a journey without times begins when the declaration came', () => {
    const bare = structuredClone(declaration) as { goodsShipment: Declaration['goodsShipment'] } & Declaration
    for (const leg of bare.goodsShipment.consignment.legs) {
      delete leg.departureDateTime
      delete leg.arrivalDateTime
    }
    const { startsAt, endsAt } = windowOf(bare, new Date('2026-11-21T01:00:00Z'))
    expect(new Date(startsAt).toISOString()).toBe('2026-11-21T01:00:00.000Z')
    expect(endsAt - startsAt).toBe(45 * day)
  })
})

describe('an event is refused when', () => {
  const good = equipmentEvent('LOAD', '2026-12-02T10:00:00Z', 'CQSU1234564')
  const issues = (value: unknown) => movement.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []
  test('it is in order: it is not', () => expect(issues(good)).toEqual([]))
  test.each([
    [
      'it is later than its own writing',
      { ...good, metadata: { ...good.metadata, eventCreatedDateTime: '2026-12-01T00:00:00Z' } },
      'payload.eventDateTime',
    ],
    [
      'its code is of another type',
      { ...good, metadata: { ...good.metadata, eventType: 'TRANSPORT' } },
      'payload.equipmentEventTypeCode',
    ],
    [
      'it takes itself back',
      { ...good, metadata: { ...good.metadata, retractedEventID: good.metadata.eventID } },
      'metadata.retractedEventID',
    ],
    ['it says nothing and takes nothing back', { metadata: good.metadata }, 'payload'],
    [
      'its container is none',
      { ...good, payload: { ...good.payload, equipmentReference: 'CQSU1234565' } },
      'payload.equipmentReference',
    ],
    [
      'its year is none',
      { ...good, payload: { ...good.payload, eventDateTime: '0001-01-01T00:00:00Z' } },
      'payload.eventDateTime',
    ],
    ['it has a field nobody knows', { ...good, extra: 1 }, ''],
  ])('%s', (_, value, where) => {
    expect(issues(value)).toContain(where)
  })
  test('it only takes back: it needs nothing else', () => {
    expect(issues({ metadata: { ...good.metadata, eventID: 'other', retractedEventID: 'gone' } })).toEqual([])
  })
})

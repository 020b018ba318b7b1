import { describe, expect, test } from 'vitest'
import { corridors } from '../../mocks/carriers/corridors.ts'
import { type Disorder, disorders, type Journey, tellingsOf } from '../../mocks/carriers/script.ts'
import { type Movement, movement } from '../../schemas/movement.ts'

const hour = 3_600_000
const startAt = Date.parse('2026-11-23T00:00:00Z')
const journey = (...disorder: Disorder[]): Journey => ({
  equipment: 'CQSU1234564',
  startAt,
  speed: 1,
  delayHours: 0,
  papers: ['CQSG26110018'],
  disorder: new Set(disorder),
})
const all = [...corridors.values()]
const told = (id: string, order: Journey) => {
  const corridor = corridors.get(id)
  if (corridor === undefined) throw new Error(id)
  return tellingsOf(corridor, order).map(({ at, by, event }) => ({ at, by, event: event as Movement }))
}

test.each(all)(
  '$id: places, legs and publishers are there, and time goes forward',
  ({ steps, places, legs, publishers }) => {
    expect(steps.map(({ hours }) => hours)).toEqual(steps.map(({ hours }) => hours).toSorted((a, b) => a - b))
    for (const { place, leg, by } of steps) {
      expect(places).toHaveProperty(place)
      expect(publishers).toHaveProperty(by)
      if (leg !== undefined) expect(legs).toHaveProperty(leg)
    }
  },
)

test.each(
  all.flatMap(({ id }) => [
    [id, journey()] as const,
    [id, journey(...(Object.keys(disorders) as Disorder[]))] as const,
  ]),
)('%s: everything it tells is an event, and the same every time', (id, order) => {
  for (const { event } of told(id, order)) expect(movement.safeParse(event).error?.issues ?? []).toEqual([])
  expect(told(id, order)).toEqual(told(id, order))
})

test('the two ways to Europe change the gauge twice; what has no UN/LOCODE is named', () => {
  for (const id of ['europe-rail', 'europe-rail-alashankou']) {
    const changed = corridors.get(id)?.steps.filter(({ remark }) => remark?.includes('1520'))
    expect(changed?.map(({ code }) => code)).toEqual(['DISC', 'LOAD', 'DISC', 'LOAD'])
  }
  expect(corridors.get('europe-rail')?.places['altynkol']).toEqual({ locationName: 'Altynkol', countryCode: 'KZ' })
  expect(corridors.get('yangtze')?.places['guoyuan']).toEqual({ UNLocationCode: 'CNCHQ', facilityName: '果园港' })
})

describe('disorder', () => {
  const plain = told('yangtze', journey())
  const ids = (tellings: typeof plain) => tellings.map(({ event }) => event.metadata.eventID)
  test('none: every event at its time, plans first, an estimate at each departure', () => {
    expect(
      plain.filter(({ event }) => event.payload?.eventClassifierCode === 'PLN').every(({ at }) => at === startAt),
    ).toBe(true)
    expect(plain.filter(({ event }) => event.payload?.eventClassifierCode === 'EST')).toHaveLength(2)
    for (const { at, event } of plain) expect(at).toBe(Date.parse(event.metadata.eventCreatedDateTime))
  })
  test('late: they come later than they were written', () => {
    expect(
      told('yangtze', journey('late')).some(
        ({ at, event }) => at - Date.parse(event.metadata.eventCreatedDateTime) === 36 * hour,
      ),
    ).toBe(true)
  })
  test('twice: the same bytes', () => {
    const twice = told('yangtze', journey('twice'))
    expect(twice).toHaveLength(plain.length * 2)
    expect(new Set(twice.map(({ event }) => JSON.stringify(event))).size).toBe(plain.length)
  })
  test('gap: fewer of the container, every departure and arrival', () => {
    const gap = told('yangtze', journey('gap'))
    expect(gap.length).toBeLessThan(plain.length)
    expect(ids(gap).every((id) => ids(plain).includes(id))).toBe(true)
  })
  test.each(['retraction', 'retraction-first'] as const)('%s: a wrong arrival and its correction', (disorder) => {
    const tellings = told('yangtze', journey(disorder))
    const right = tellings.find(({ event }) => event.metadata.retractedEventID !== undefined)
    const wrong = tellings.find(({ event }) => event.metadata.eventID === right?.event.metadata.retractedEventID)
    expect((right?.at ?? 0) - (wrong?.at ?? 0)).toBe(disorder === 'retraction' ? 2 * hour : -2 * hour)
    expect(wrong?.event.payload?.eventDateTime).not.toBe(right?.event.payload?.eventDateTime)
  })
  test('speed: the same events, closer together; delay: later than planned', () => {
    const [slow, fast] = [plain.at(-1)?.at ?? 0, told('yangtze', { ...journey(), speed: 4 }).at(-1)?.at ?? 0]
    expect((slow - startAt) / (fast - startAt)).toBe(4)
    expect(told('yangtze', { ...journey(), delayHours: 8 }).at(-1)?.at).toBe(slow + 8 * hour)
  })
})

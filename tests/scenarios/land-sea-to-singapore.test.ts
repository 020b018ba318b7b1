import { expect, test } from 'vitest'
import { onItsWay, openCorridorWorld } from '../movement/corridor-world.ts'
import { laptops } from '../support/world.ts'

// By rail to Qinzhou and by sea to Singapore 西部陆海新通道; then the same container again by barge and sea. What carriers tell comes late, twice, with gaps.
const { world, play, pass, whereabouts, told } = await openCorridorWorld()
const box = 'CQSU1234564'
const ids: string[] = []

const place = (unLocode: string, terminal?: string) => ({
  countryCode: unLocode.slice(0, 2),
  unLocode,
  ...(terminal === undefined ? {} : { terminal }),
})

test('on the first journey some of it comes late, some twice, some never', async () => {
  const { status, body } = await world.post(
    onItsWay(
      laptops(),
      [
        {
          modeCode: '2',
          from: place('CNCQI', '团结村'),
          to: place('CNQZH'),
          departureDateTime: '2026-11-21T21:00:00Z',
          arrivalDateTime: '2026-11-23T17:00:00Z',
        },
        {
          modeCode: '1',
          conveyance: { name: 'EXAMPLE PIONEER', id: '9074729' },
          voyageNumber: '061S',
          transportDocumentId: 'CQSG2611LS01',
          from: place('CNQZH'),
          to: place('SGSIN'),
          departureDateTime: '2026-11-25T03:00:00Z',
          arrivalDateTime: '2026-11-30T03:00:00Z',
        },
      ],
      box,
    ),
  )
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  ids.push(body.id)
  await play('land-sea', { equipment: box, start: '2026-11-21T01:00:00Z', disorder: ['late', 'twice', 'gap'] })
  await pass(120)
  const before = await whereabouts(body.id)
  expect(before.now?.place.unLocode).toBe('CNQZH')
  expect(before.legs[0]?.departure.actual?.at).toBe('2026-11-21T21:00:00.000Z')
  // The ship has left by now, and nobody has said so.
  expect(before.legs[1]?.departure).toMatchObject({ planned: { at: '2026-11-25T03:00:00.000Z' } })
  expect(before.legs[1]?.departure).not.toHaveProperty('actual')
  await pass(20)
  const after = await whereabouts(body.id)
  expect(after.legs[1]?.departure).toMatchObject({ actual: { at: '2026-11-25T03:00:00.000Z' }, delayMinutes: 0 })
  const happened = after.facts.filter(({ classifier }) => classifier === 'ACT')
  // In the order it happened, whenever it came; loaded on the train: never told.
  expect(happened.map(({ code }) => code)).toEqual(['STUF', 'GTIN', 'CUSR', 'DEPA', 'ARRI', 'DISC', 'LOAD', 'DEPA'])
})

test('it arrives; the timeline told each thing once, in the order it came to be known', async () => {
  await pass(180)
  const [id = ''] = ids
  const { now, legs, expectedAt } = await whereabouts(id)
  expect(now).toMatchObject({ place: { unLocode: 'SGSIN' }, because: { code: 'DISC' } })
  expect(legs[1]?.arrival).toMatchObject({ actual: { at: '2026-11-30T03:00:00.000Z' }, delayMinutes: 0 })
  expect(expectedAt).toMatchObject({ basis: 'actual' })
  const lines = (await told(id)).map(({ type, code, at }) => `${type} ${code} ${at}`)
  expect(lines).toHaveLength(10)
  expect(new Set(lines).size).toBe(lines.length)
})

test('the same container, emptied and sent down the Yangtze 长江—洋山: nothing of the one is in the other', async () => {
  const [first = ''] = ids
  const before = (await whereabouts(first)).facts.length
  await play('yangtze', { equipment: box, start: '2026-12-08T01:00:00Z', delayHours: 8 })
  await pass(24 * 8)
  const { status, body } = await world.post(
    onItsWay(
      laptops(),
      [
        {
          modeCode: '8',
          conveyance: { name: '渝航17', id: '413812345' },
          voyageNumber: '026W',
          from: place('CNCHQ', '果园港'),
          to: place('CNYSA', '洋山港'),
          departureDateTime: '2026-12-09T01:00:00Z',
          arrivalDateTime: '2026-12-16T01:00:00Z',
        },
        {
          modeCode: '1',
          conveyance: { name: 'EXAMPLE PIONEER', id: '9074729' },
          voyageNumber: '045S',
          from: place('CNYSA', '洋山港'),
          to: place('SGSIN'),
          departureDateTime: '2026-12-17T11:00:00Z',
          arrivalDateTime: '2026-12-22T00:00:00Z',
        },
      ],
      box,
    ),
  )
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  ids.push(body.id)
  await pass(24 * 16)
  const second = await whereabouts(body.id)
  expect(second.facts[0]).toMatchObject({ place: { unLocode: 'CNCHQ', facility: '果园港' } })
  expect(second.now).toMatchObject({ place: { unLocode: 'SGSIN' }, because: { code: 'GTOT' } })
  expect(second.legs.map(({ departure, arrival }) => [departure.delayMinutes, arrival.delayMinutes])).toEqual([
    [0, 480],
    [480, 480],
  ])
  const one = await whereabouts(first)
  expect(one.facts).toHaveLength(before)
  const names = new Set(one.facts.map(({ eventID }) => eventID))
  expect(second.facts.filter(({ eventID }) => names.has(eventID))).toEqual([])
  expect((await told(body.id)).every(({ type }) => type === 'actual')).toBe(true)
})

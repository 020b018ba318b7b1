import { beforeAll, expect, test } from 'vitest'
import { onItsWay, openCorridorWorld } from '../movement/corridor-world.ts'
import { problemOf } from '../routes/support.ts'
import { laptops } from '../support/world.ts'

// A container to Duisburg 中欧班列: told by stations and railways of four countries, one of them late, one of them wrong; its gauge changes twice.
const { world, play, pass, whereabouts, told } = await openCorridorWorld()
const box = 'CQSU1234564'
const start = '2026-11-21T02:00:00Z'
let id = ''

beforeAll(async () => {
  const declaration = onItsWay(
    laptops(),
    [
      {
        modeCode: '2',
        conveyance: { name: 'X8083' },
        transportDocumentId: 'CQDE26110007',
        from: { countryCode: 'CN', unLocode: 'CNCQI', terminal: '团结村' },
        to: { countryCode: 'CN', unLocode: 'CNHRS' },
        departureDateTime: '2026-11-22T02:00:00Z',
        arrivalDateTime: '2026-11-25T02:00:00Z',
      },
      {
        modeCode: '2',
        from: { countryCode: 'CN', unLocode: 'CNHRS' },
        to: { countryCode: 'DE', unLocode: 'DEDUI' },
        arrivalDateTime: '2026-12-04T00:00:00Z',
      },
    ],
    box,
  )
  // The first events come before anybody has declared anything.
  await play('europe-rail', { equipment: box, start, delayHours: 20, disorder: ['retraction', 'twice'] }, [
    'origin',
    'border',
    'railway-east',
    'railway-west',
    'destination',
  ])
  await pass(8)
  const { status, body } = await world.post(declaration)
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  id = body.id
})

test('what was told before it was declared is there: stuffed, and gated in', async () => {
  const { now, from, to, facts } = await whereabouts(id)
  expect(facts.filter(({ classifier }) => classifier === 'ACT').map(({ code }) => code)).toEqual(['STUF', 'GTIN'])
  expect(now?.place).toEqual({ unLocode: 'CNCQI', countryCode: 'CN', facility: '团结村' })
  expect([from.facility, to.unLocode]).toEqual(['团结村', 'DEDUI'])
})

test('before it arrives there is a plan, and an estimate from whoever let it go', async () => {
  await pass(20)
  const { legs, expectedAt } = await whereabouts(id)
  expect(legs[0]?.departure).toMatchObject({ actual: { publisher: 'CARRIER-ORIGIN' }, delayMinutes: 0 })
  expect(legs[0]?.arrival).toMatchObject({ planned: {}, estimated: {}, delayMinutes: 20 * 60 })
  expect(legs[0]?.arrival).not.toHaveProperty('actual')
  expect(expectedAt).toMatchObject({ basis: 'planned' })
})

test('the border station is wrong, and says so: struck out and kept, told and taken back on the timeline', async () => {
  await pass(92)
  const { legs, facts, now } = await whereabouts(id)
  const wrong = facts.filter(({ retracted }) => retracted !== undefined)
  expect(wrong.map(({ code, place }) => `${code} ${place?.unLocode}`)).toEqual(['ARRI CNHRS'])
  expect(legs[0]?.arrival).toMatchObject({ actual: { publisher: 'CARRIER-BORDER' }, disputed: false })
  expect(legs[0]?.arrival.actual?.eventID).not.toBe(wrong[0]?.eventID)
  // Told by now, 120 hours after the start: it has arrived, and not crossed.
  expect(now?.because.code).toBe('ARRI')
  const lines = (await told(id)).map(({ type, code }) => `${type} ${code}`)
  expect(lines.slice(0, 6)).toEqual(['STUF', 'GTIN', 'CUSS', 'CUSR', 'LOAD', 'DEPA'].map((code) => `actual ${code}`))
  // Wrong and right came before the timeline was told: the wrong one never was.
  expect(lines.slice(6)).toEqual(['actual ARRI'])
})

test('over the broad gauge to Małaszewicze: a place without a UN/LOCODE is named', async () => {
  await pass(40)
  const { facts, now } = await whereabouts(id)
  const reloaded = facts.filter(({ remark }) => remark === '1435 → 1520 mm')
  expect(reloaded.map(({ code, place }) => `${code} ${place?.name}`)).toEqual(['DISC Altynkol', 'LOAD Altynkol'])
  expect(now?.place.countryCode).toBe('KZ')
  await pass(220)
  const after = await whereabouts(id)
  expect(after.now).toMatchObject({ place: { unLocode: 'DEDUI' }, because: { code: 'GTOT' } })
  expect(after.legs[1]?.arrival).toMatchObject({ actual: { publisher: 'CARRIER-DESTINATION' }, delayMinutes: 20 * 60 })
  expect(after.conflicts).toEqual([])
})

test('every event came twice and counts once; nothing planned is on the timeline', async () => {
  const lines = await told(id)
  const codes = lines.map(({ code }) => code)
  expect(codes.join(' ')).toBe(
    'STUF GTIN CUSS CUSR LOAD DEPA ARRI CROS DISC LOAD DEPA ARRI CROS ARRI DISC LOAD DEPA ARRI DISC GTOT',
  )
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted())
  const played = (await (await world.simulator.app.request('/control/corridors')).json()) as {
    played: { events: number; taken: number }[]
  }
  expect(played.played[0]?.taken).toBe(played.played[0]?.events)
})

test('what it costs so far stands beside it', async () => {
  const { costs } = await whereabouts(id)
  expect(costs.duties).toEqual([])
  await problemOf(
    await world.call('GET', `/v1/declarations/${id}/movements`, { key: world.keys.stranger }),
    'not-found',
  )
})

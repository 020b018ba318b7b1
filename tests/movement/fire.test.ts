import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { movement } from '../../schemas/movement.ts'
import { belongingsOf, type Tracked } from '../../src/movement/belong.ts'
import { trackNew } from '../../src/movement/follow.ts'
import { handlesOfDeclaration, handlesOfMovement, windowOf } from '../../src/movement/handles.ts'
import { takeMovements } from '../../src/movement/take.ts'
import { tellMovements } from '../../src/movement/tell.ts'
import { mutate, mutation } from '../routes/hostile.ts'
import { freshKey } from '../routes/support.ts'
import { trainBill } from '../waybill/document.ts'
import { openDesk } from './desk.ts'
import { callAt, equipmentEvent } from './events.ts'

const { world, ship, declare, whereabouts } = await openDesk()

// Everything at once: events in any order from several publishers, each sent more than once, containers emptied between two voyages,
// declarations handed in, looked for, read and told of meanwhile. In the end each event is where the rule says, and was told once.
test('whatever comes at the same moment, the end is the same as if it had come one after the other', async () => {
  const boxes = ['CQSU7000012', 'CQSU7000028', 'CQSU7000033']
  const day = (at: number) => new Date(Date.UTC(2026, 10, 24 + at)).toISOString()
  const events = boxes.flatMap((box) => [
    ...[0, 2, 4, 7, 9, 11, 15, 18, 21, 24].map((at) => equipmentEvent('LOAD', day(at), box)),
    equipmentEvent('STRP', day(12), box),
  ])
  const publishers = ['FIRE-A', 'FIRE-B']
  const now = new Date(world.now())
  const dealt = [...events, ...events.toReversed(), ...events.filter((_, at) => at % 2 === 0)]
  const batches = Array.from({ length: 10 }, (_, at) => dealt.filter((_, index) => index % 10 === at))
  const posts = batches.map((batch, at) =>
    // The second publisher takes half of what is told.
    takeMovements(world.database, publishers[at % 2] ?? '', batch, now),
  )
  const handedIn = boxes.flatMap((box) => [
    declare(box, { from: '2026-11-24', to: '2026-12-04', paper: `${box}A`, voyage: 'A' }),
    declare(box, { from: '2026-12-08', to: '2026-12-18', paper: `${box}B`, voyage: 'B' }),
  ])
  const looks = handedIn.map(async (id, at) => {
    if (at % 2 === 0) await whereabouts(await id)
    await trackNew(world.database, now)
    await tellMovements(world.database, adapters, now)
  })
  const [taken, ids] = await Promise.all([Promise.all(posts), Promise.all(handedIn), Promise.all(looks)])
  expect(taken.flat().filter(({ status }) => status >= 400)).toEqual([])
  await trackNew(world.database, now)
  await tellMovements(world.database, adapters, now)

  const { rows: kept } = await world.database.pool.query<{ id: number; content: string; at: Date }>(
    'SELECT id, content, event_at AS at FROM movement ORDER BY id',
  )
  expect(kept).toHaveLength(taken.flat().filter(({ status }) => status === 201).length)
  const tracked = await Promise.all(ids.map(trackedOf))
  const wanted = kept.flatMap(({ id, content, at }) => {
    const handles = handlesOfMovement(movement.parse(JSON.parse(content)))
    const near = tracked.filter((one) => handles.some((name) => one.handles.has(name)))
    return belongingsOf({ id, at: at.getTime(), handles }, near, [Date.parse(day(12))]).map(
      ({ declarationId }) => `${id} ${declarationId}`,
    )
  })
  const { rows: joined } = await world.database.pool.query<{ pair: string; told: string | null; due: string | null }>(
    "SELECT movement_id || ' ' || declaration_id AS pair, told, due FROM movement_join WHERE left_at IS NULL ORDER BY movement_id, declaration_id",
  )
  expect(joined.map(({ pair }) => pair).toSorted()).toEqual(wanted.toSorted())
  expect(joined.every(({ told, due }) => told === 'actual' && due === null)).toBe(true)
  // On the timelines: each once, and what was told in the wrong place was taken back there.
  for (const id of ids) {
    const { timeline = [] } = await world.read(id)
    const lines = timeline.flatMap(({ type, data }) =>
      type.startsWith('yuchuang.movement.')
        ? [
            {
              sum: type.endsWith('.actual') ? 1 : -1,
              of: `${(data as { publisher: string }).publisher} ${(data as { eventID: string }).eventID}`,
            },
          ]
        : [],
    )
    const sums = [...Map.groupBy(lines, ({ of }) => of)].map(
      ([of, all]) => [of, all.reduce((sum, one) => sum + one.sum, 0)] as const,
    )
    expect(sums.every(([, sum]) => sum === 0 || sum === 1)).toBe(true)
    expect(sums.filter(([, sum]) => sum === 1)).toHaveLength(
      joined.filter(({ pair }) => pair.endsWith(` ${id}`)).length,
    )
  }
})

async function trackedOf(id: string): Promise<Tracked> {
  const document = (await (await world.call('GET', `/v1/declarations/${id}/document`)).json()) as Declaration
  return {
    declarationId: id,
    ...windowOf(document, new Date(world.now())),
    handles: new Set(handlesOfDeclaration(document)),
  }
}

test('no event and no document, however mutilated, is our mistake', async () => {
  const tally = new Map<string, number>()
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)
  const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 })
  const call = callAt('BARGE', 'CNCHQ', { facility: '果园港', vessel: { name: '渝航17', mmsi: '413812345' } })
  const event = equipmentEvent('LOAD', '2026-11-24T00:00:00Z', 'CQSU7000049', { call, papers: ['P1'] })
  let run = 0
  await fc.assert(
    fc.asyncProperty(mutations, mutations, async (ofEvent, ofDocument) => {
      const named = { ...event, metadata: { ...event.metadata, eventID: `fuzz-${++run}` } }
      const body = JSON.stringify({ events: [mutate(named, ofEvent)] })
      const told = await world.call('POST', '/v1/movements', { key: ship, body })
      expect([207, 400]).toContain(told.status)
      if (told.status === 207) {
        const { results } = (await told.json()) as { results: { status: number; errors?: { pointer: string }[] }[] }
        for (const { status, errors } of results) {
          count(`event ${status}`)
          expect([201, 200, 409, 422]).toContain(status)
          if (status === 422) expect(errors?.length).toBeGreaterThan(0)
        }
      }
      const document = JSON.stringify(mutate(trainBill(), ofDocument))
      const drawn = await world.call('POST', '/v1/waybills', { key: ship, body: document, headers: freshKey() })
      expect([201, 400, 422]).toContain(drawn.status)
      count(`document ${drawn.status}`)
    }),
    { numRuns: 80, seed: 20_261_122 },
  )
  for (const what of ['event 201', 'event 422', 'document 201', 'document 422'])
    expect([what, (tally.get(what) ?? 0) > 2]).toEqual([what, true])
})

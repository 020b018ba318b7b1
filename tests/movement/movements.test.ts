import { describe, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { DeclarationMovements, Movement } from '../../schemas/movement.ts'
import { transaction } from '../../src/db/database.ts'
import { readVersions } from '../../src/db/tracked.ts'
import { track, trackNew } from '../../src/movement/follow.ts'
import { takeMovements } from '../../src/movement/take.ts'
import { problemOf } from '../routes/support.ts'
import { openDesk, shipped } from './desk.ts'
import { callAt, equipmentEvent, transportEvent } from './events.ts'

const { world, ship, port, declare, tell, outcomes, whereabouts, told } = await openDesk()

/** Containers nobody else uses, with their check digits. */
const boxes = ['CQSU7000012', 'CQSU7000028']
const eventsOf = ({ facts }: DeclarationMovements) => facts.map(({ eventID }) => eventID)
const guoyuan = callAt('BARGE', 'CNCHQ', { facility: '果园港' })

describe('events and declarations, in either order', () => {
  test('what was told before anybody declared joins when it is declared, by container and by paper', async () => {
    const [box = ''] = boxes
    const before = equipmentEvent('GTIN', '2026-11-22T02:00:00Z', box, { id: 'before', call: guoyuan })
    const paper = transportEvent('DEPA', '2026-11-24T02:00:00Z', {
      id: 'by-paper',
      call: guoyuan,
      papers: [`P${box}0`],
      toldAt: '2026-11-24T02:10:00Z',
    })
    expect(await outcomes([before, paper])).toEqual(['201 kept', '201 kept'])
    const id = await declare(box)
    const seen = await whereabouts(id)
    expect(seen.facts.map(({ eventID, joinedBy }) => [eventID, joinedBy])).toEqual([
      ['before', 'equipment'],
      ['by-paper', 'document'],
    ])
    expect(seen.now?.place).toEqual({ unLocode: 'CNCHQ', countryCode: 'CN', facility: '果园港' })
    const after = equipmentEvent('DISC', '2026-12-01T02:00:00Z', box, { id: 'after', call: callAt('BARGE', 'CNYSA') })
    await tell([after])
    expect(eventsOf(await whereabouts(id))).toEqual(['before', 'by-paper', 'after'])
    expect(await told(id)).toEqual(['actual before', 'actual by-paper', 'actual after'])
  })

  test('a look every minute takes up what nobody asked about, once, whoever looks', async () => {
    const id = await declare('CQSU7000075')
    const at = new Date(world.now())
    const both = await Promise.all([trackNew(world.database, at), trackNew(world.database, at)])
    expect(both[0] + both[1]).toBeGreaterThan(0)
    expect(await trackNew(world.database, at)).toBe(0)
    await tell([equipmentEvent('LOAD', '2026-11-24T00:00:00Z', 'CQSU7000075', { id: 'looked' })])
    expect(await told(id)).toEqual(['actual looked'])
    expect(await told(id)).toEqual(['actual looked'])
  })

  test('told while its declaration is being taken up: neither misses the other', async () => {
    const [, box = ''] = boxes
    const { pool } = world.database
    const id = await declare(box)
    const at = new Date(world.now())
    const event = equipmentEvent('GTIN', '2026-11-23T00:00:00Z', box, { id: 'meanwhile' })
    const telling = { isOver: false }
    const waiting =
      "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS waits"
    const waits = async () => (await pool.query<{ waits: boolean }>(waiting)).rows[0]?.waits === true
    const { told: answer } = await transaction(pool, async (client) => {
      await track(client, await readVersions(client, [{ id, version: 1 }]), at)
      // It has looked for events and found none; nobody else sees yet that it is followed.
      const told = takeMovements(world.database, 'TEST-LINE', [event], at).finally(() => (telling.isOver = true))
      while (!telling.isOver && !(await waits()));
      return { told }
    })
    await answer
    expect(eventsOf(await whereabouts(id))).toEqual(['meanwhile'])
  })
})

describe('one container in two voyages', () => {
  const box = 'CQSU7000080'
  let first = ''
  let second = ''
  test('what was taken for the first joins the second once that is declared, and the timeline says so', async () => {
    first = await declare(box, { from: '2026-11-24', to: '2026-12-01' })
    await tell([
      equipmentEvent('LOAD', '2026-11-24T06:00:00Z', box, { id: 'one-load', call: guoyuan }),
      equipmentEvent('GTIN', '2026-12-10T00:00:00Z', box, { id: 'two-gate', call: guoyuan }),
    ])
    expect(eventsOf(await whereabouts(first))).toEqual(['one-load', 'two-gate'])
    expect(await told(first)).toEqual(['actual one-load', 'actual two-gate'])
    second = await declare(box, { from: '2026-12-12', to: '2026-12-20', paper: 'SECOND', voyage: 'W' })
    expect(eventsOf(await whereabouts(second))).toEqual(['two-gate'])
    expect(eventsOf(await whereabouts(first))).toEqual(['one-load'])
    expect(await told(second)).toEqual(['actual two-gate'])
    expect((await told(first)).at(-1)).toBe('left two-gate')
  })
  test('emptied, it is the next journey’s from then on; the emptying taken back, it is as before', async () => {
    const near = equipmentEvent('PICK', '2026-12-03T00:00:00Z', box, { id: 'pick', empty: 'EMPTY' })
    const emptied = equipmentEvent('STRP', '2026-12-02T00:00:00Z', box, { id: 'strip' })
    await tell([near, emptied])
    expect(eventsOf(await whereabouts(first))).toEqual(['one-load', 'strip'])
    expect(eventsOf(await whereabouts(second))).toEqual(['pick', 'two-gate'])
    const back: Movement = {
      metadata: {
        eventID: 'strip-back',
        eventCreatedDateTime: '2026-12-04T00:00:00Z',
        eventType: 'EQUIPMENT',
        retractedEventID: 'strip',
      },
    }
    await tell([back])
    expect(eventsOf(await whereabouts(first))).toEqual(['one-load', 'strip', 'pick'])
    expect(eventsOf(await whereabouts(second))).toEqual(['two-gate'])
  })
  test('an amended declaration is followed by its new names', async () => {
    const revised = shipped('CQSU7000096', { from: '2026-11-24', to: '2026-12-01' })
    const { document, etag } = await held(first)
    const response = await world.call('PUT', `/v1/declarations/${first}`, {
      body: { ...revised, functionalReferenceId: document.functionalReferenceId },
      headers: { 'if-match': etag },
    })
    expect([response.status, response.status === 200 ? '' : await response.text()]).toEqual([200, ''])
    expect(eventsOf(await whereabouts(first))).toEqual([])
    await tell([equipmentEvent('LOAD', '2026-11-24T07:00:00Z', 'CQSU7000096', { id: 'other-box' })])
    expect(eventsOf(await whereabouts(first))).toEqual(['other-box'])
  })
  const held = async (id: string) => {
    const etag = (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
    const document = (await (await world.call('GET', `/v1/declarations/${id}/document`)).json()) as Declaration
    return { document, etag }
  }
})

describe('judged one by one', () => {
  const box = 'CQSU7000100'
  const one = equipmentEvent('LOAD', '2026-11-24T00:00:00Z', box, { id: 'judged' })
  test('kept, known, other, refused: each with its own answer', async () => {
    const wrong = { ...one, metadata: { ...one.metadata, eventID: 'wrong', eventType: 'SHIPMENT' } }
    const results = await tell([one, one, { ...one, payload: { ...one.payload, remark: 'other' } }, wrong, 7, null])
    expect(results.map(({ status }) => status)).toEqual([201, 200, 409, 422, 422, 422])
    expect(results[3]).toMatchObject({
      index: 3,
      eventID: 'wrong',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/payload/documentID', code: 'missing' }),
      ]) as unknown,
    })
    expect(await outcomes([one])).toEqual(['200 known'])
  })
  test('the same number of another publisher is another event', async () => {
    expect(await outcomes([one], port)).toEqual(['201 kept'])
  })
  test('ten at once: it is kept once', async () => {
    const twin = equipmentEvent('LOAD', '2026-11-24T00:00:00Z', box, { id: 'at-once' })
    const all = await Promise.all(
      Array.from({ length: 10 }, () => takeMovements(world.database, 'TEST-LINE', [twin], new Date(world.now()))),
    )
    expect(all.flat().filter(({ status }) => status === 201)).toHaveLength(1)
  })
  test.each([
    ['nothing at all', {}],
    ['an empty list', { events: [] }],
    ['too many', { events: Array.from({ length: 101 }, () => one) }],
    ['a list without a name', [one]],
  ])('422: %s', async (_, body) => {
    await problemOf(await world.call('POST', '/v1/movements', { key: ship, body }), 'body-invalid')
  })
  test('403 for whoever is no carrier', async () => {
    for (const key of [world.keys.trader, world.keys.admin, world.keys.integrator])
      await problemOf(await world.call('POST', '/v1/movements', { key, body: one }), 'forbidden')
  })
})

describe('taken back', () => {
  const box = 'CQSU7000115'
  const wrong = transportEvent('ARRI', '2026-12-01T00:00:00Z', {
    id: 'wrong-arrival',
    box,
    call: callAt('BARGE', 'CNYSA'),
  })
  const right = transportEvent('ARRI', '2026-12-02T08:00:00Z', {
    id: 'right-arrival',
    box,
    retracts: 'wrong-arrival',
    call: callAt('BARGE', 'CNYSA'),
  })
  test('it is struck out and kept; what replaces it counts', async () => {
    const id = await declare(box)
    await tell([wrong])
    expect((await whereabouts(id)).legs[0]?.arrival.actual?.eventID).toBe('wrong-arrival')
    expect(await told(id)).toEqual(['actual wrong-arrival'])
    await tell([right])
    const seen = await whereabouts(id)
    expect(seen.legs[0]?.arrival).toMatchObject({ actual: { eventID: 'right-arrival' }, disputed: false })
    expect(seen.facts[0]).toMatchObject({ eventID: 'wrong-arrival', retracted: { by: 'right-arrival' } })
    expect(await told(id)).toEqual(['actual wrong-arrival', 'retracted wrong-arrival', 'actual right-arrival'])
  })
  test('before it came: it is never told, and shown struck out', async () => {
    const other = 'CQSU7000120'
    const id = await declare(other)
    await whereabouts(id)
    await tell([equipmentEvent('DISC', '2026-12-02T00:00:00Z', other, { id: 'correction', retracts: 'comes-late' })])
    await tell([equipmentEvent('DISC', '2026-12-01T00:00:00Z', other, { id: 'comes-late' })])
    const seen = await whereabouts(id)
    expect(seen.facts.find(({ eventID }) => eventID === 'comes-late')?.retracted?.by).toBe('correction')
    expect(await told(id)).toEqual(['actual correction'])
  })
  test('another publisher takes nothing back', async () => {
    const third = 'CQSU7000136'
    const id = await declare(third)
    await tell([equipmentEvent('LOAD', '2026-11-24T00:00:00Z', third, { id: 'mine' })])
    await tell([equipmentEvent('LOAD', '2026-11-24T00:00:00Z', third, { id: 'not-yours', retracts: 'mine' })], port)
    const [mine] = (await whereabouts(id)).facts.filter(({ eventID }) => eventID === 'mine')
    expect(mine?.retracted).toBeUndefined()
  })
})

describe('two who disagree', () => {
  test('both stand there; what both say within minutes is agreed', async () => {
    const box = 'CQSU7000141'
    const id = await declare(box)
    const left = (at: string, name: string) => transportEvent('DEPA', at, { id: name, box, call: guoyuan })
    await tell([left('2026-11-24T00:10:00Z', 'line-left')])
    await tell([left('2026-11-24T00:20:00Z', 'port-left')], port)
    expect((await whereabouts(id)).conflicts).toEqual([])
    const came = (at: string, name: string) =>
      transportEvent('ARRI', at, { id: name, box, call: callAt('BARGE', 'CNYSA') })
    await tell([came('2026-12-01T00:00:00Z', 'line-came')])
    await tell([came('2026-12-01T05:00:00Z', 'port-came')], port)
    const seen = await whereabouts(id)
    expect(seen.legs[0]?.arrival.disputed).toBe(true)
    expect(seen.conflicts).toMatchObject([
      {
        leg: 1,
        end: 'arrival',
        differenceMinutes: 300,
        said: [{ publisher: 'TEST-LINE' }, { publisher: 'TEST-PORT' }],
      },
    ])
  })
})

describe('plans, estimates and delays', () => {
  test('stand beside what happened and never on the timeline', async () => {
    const box = 'CQSU7000157'
    const id = await declare(box)
    const arrives = (classifier: 'PLN' | 'EST' | 'ACT', at: string, name: string) =>
      transportEvent('ARRI', at, { id: name, box, classifier, call: callAt('VESSEL', 'SGSIN') })
    await tell([arrives('PLN', '2026-12-07T00:00:00Z', 'planned'), arrives('EST', '2026-12-09T12:00:00Z', 'estimated')])
    const before = await whereabouts(id)
    expect(before.expectedAt).toMatchObject({ basis: 'estimated', at: '2026-12-09T12:00:00.000Z' })
    expect(before.legs[1]?.arrival).toMatchObject({ delayMinutes: 60 * 60, planned: { eventID: 'planned' } })
    expect(before.now).toBeUndefined()
    expect(await told(id)).toEqual([])
    await tell([arrives('ACT', '2026-12-08T00:00:00Z', 'arrived')])
    const after = await whereabouts(id)
    expect(after.expectedAt).toMatchObject({ basis: 'actual' })
    expect(after.legs[1]?.arrival.delayMinutes).toBe(24 * 60)
    expect(after.now).toMatchObject({ place: { unLocode: 'SGSIN' }, since: '2026-12-08T00:00:00.000Z' })
    expect(await told(id)).toEqual(['actual arrived'])
  })
})

describe('who sees what', () => {
  const box = 'CQSU7000162'
  test('a carrier is answered alike whether anybody’s goods are concerned, and reads only what it told', async () => {
    const id = await declare(box)
    await whereabouts(id)
    const [concerned] = await tell([equipmentEvent('LOAD', '2026-11-24T00:00:00Z', box, { id: 'concerned' })], port)
    const [nobody] = await tell(
      [equipmentEvent('LOAD', '2026-11-24T00:00:00Z', 'CQSU7000178', { id: 'nobody00' })],
      port,
    )
    expect({ ...concerned, eventID: '' }).toEqual({ ...nobody, eventID: '' })
    const listed = await (await world.call('GET', '/v1/movements?limit=200', { key: port })).text()
    expect(listed).toContain('"concerned"')
    expect(listed).not.toContain('line-came')
    expect(listed).not.toContain(id)
    expect(listed).not.toContain('declarationId')
    for (const path of [`/v1/declarations/${id}/movements`, `/v1/declarations/${id}`])
      await problemOf(await world.call('GET', path, { key: port }), 'forbidden')
  })
  test('a trader sees its own goods by container; to another there is nothing', async () => {
    const own = (await (await world.call('GET', `/v1/movements?equipmentReference=${box}`)).json()) as {
      data: { eventID: string; declarationIds: string[] }[]
    }
    expect(own.data.map(({ eventID }) => eventID)).toEqual(['concerned'])
    expect(own.data[0]?.declarationIds).toHaveLength(1)
    const strange = await world.call('GET', `/v1/movements?equipmentReference=${box}`, { key: world.keys.stranger })
    expect(await strange.json()).toEqual({ data: [], hasMore: false })
    const [id = ''] = own.data[0]?.declarationIds ?? []
    await problemOf(
      await world.call('GET', `/v1/declarations/${id}/movements`, { key: world.keys.stranger }),
      'not-found',
    )
  })
})

test('what was told stays as it was told', async () => {
  for (const sql of ["UPDATE movement SET content = '{}'", 'DELETE FROM movement', 'DELETE FROM movement_handle'])
    await expect(world.database.pool.query(sql)).rejects.toThrow('is append-only')
})

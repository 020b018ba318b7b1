import { expect, test } from 'vitest'
import type { Movement } from '../../schemas/movement.ts'
import { type Client, type Database, transaction } from '../../src/db/database.ts'
import { saveJoins } from '../../src/db/movements.ts'
import { trackNew } from '../../src/movement/follow.ts'
import { takeMovements } from '../../src/movement/take.ts'
import { untilBlocked } from '../support/database.ts'
import { openDesk } from './desk.ts'
import { equipmentEvent } from './events.ts'

// What a publisher takes back 撤回 is taken back on the timeline too, whatever else happens to it at that moment.
const { world, declare, tell, told, whereabouts } = await openDesk()
const { pool } = world.database
const back = (id: string): Movement => ({
  metadata: {
    eventID: `${id}-back`,
    eventCreatedDateTime: '2026-11-24T03:00:00Z',
    eventType: 'EQUIPMENT',
    retractedEventID: id,
  },
})

test('told by another name before that was told: it still is', async () => {
  const box = 'CQSU7000012'
  const declarationId = await declare(box)
  await whereabouts(declarationId)
  await tell([equipmentEvent('GTIN', '2026-11-24T02:00:00Z', box, { id: 'renamed' })])
  expect(await told(declarationId)).toEqual(['actual renamed'])
  await tell([back('renamed')])
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: number }>("SELECT id FROM movement WHERE event_id = 'renamed'")
    const joins = rows.map(({ id }) => ({ id, declarationId, by: 'document' as const }))
    await saveJoins(client, joins, new Date(world.now()))
  })
  expect(await told(declarationId)).toEqual(['actual renamed', 'retracted renamed'])
  expect(await told(declarationId)).toEqual(['actual renamed', 'retracted renamed'])
})

test('while its declaration is being taken up: it is not told', async () => {
  const box = 'CQSU7000028'
  await tell([equipmentEvent('GTIN', '2026-11-24T02:00:00Z', box, { id: 'meanwhile' })])
  const id = await declare(box)
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<undefined>()
  const { promise: isThere, resolve: there } = Promise.withResolvers<undefined>()
  const connect = async () => {
    const client = await pool.connect()
    const slow: Client = Object.create(client)
    slow.query = (async (...asked: [string]) => {
      if (asked[0] === 'COMMIT') {
        there(undefined)
        await mayCommit
      }
      return client.query(...asked)
    }) as Client['query']
    slow.release = (broken) => client.release(broken)
    return slow
  }
  const slow = { ...world.database, pool: { connect } } as unknown as Database
  const now = new Date(world.now())
  const taking = takeMovements(slow, 'TEST-LINE', [back('meanwhile')], now)
  await isThere
  const following = trackNew(world.database, now).then(() => told(id))
  await Promise.race([following, untilBlocked(pool)])
  commit(undefined)
  await taking
  expect(await following).toEqual([])
})

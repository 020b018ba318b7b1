import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { lockCases } from '../../src/db/cases.ts'
import { type Client, transaction } from '../../src/db/database.ts'
import { keepResult } from '../../src/db/recognitions.ts'
import { noChanges } from '../../src/filing/case.ts'
import { revokeByAgency } from '../../src/recognition/desk.ts'
import { followRecognitions } from '../../src/recognition/follow.ts'
import type { KeptResult } from '../../src/recognition/stand-ins.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { evBatteries, openWorld } from '../support/world.ts'

// A result about a firm belongs to no declaration: who revokes it and who sends something with it meet at the result itself.
const world = await openWorld()
const { pool } = world.database
const { id } = (await world.post(evBatteries('-C.NEVER'))).body
await world.idle()
const now = new Date(world.now())

/** An authorised operator, so far. */
async function operator(number: string): Promise<KeptResult> {
  const result = {
    id: `AEO${number}`,
    category: 'aeo',
    agency: 'customs',
    procedure: undefined,
    filingId: undefined,
    firm: 'FIRM',
    number,
    covers: {},
    at: now,
    validUntil: undefined,
    revoked: false,
  }
  await transaction(pool, (client) => keepResult(client, { ...result, declarationId: undefined, by: 'x' }, now))
  return result
}
/** Sends the permit with a result, as far as the result is concerned. */
async function carry(client: Client, result: KeptResult) {
  const at = (await lockCases(client, [id])).get(id)
  const filing = at?.filings.find(({ agency }) => agency === 'singapore')
  if (at === undefined || filing === undefined) throw new Error('no permit')
  at.recognition = { ...at.recognition, results: [result] }
  const changes = noChanges()
  changes.cases.add(at)
  const message = { method: 'POST' as const, path: '/' }
  const one = { ...result, at: now.toISOString(), check: 'x', until: now.toISOString() }
  changes.outbound.push({ filing, message, instant: now.toISOString(), recognitions: [one] })
  await followRecognitions.follow({ client, adapters, now }, changes)
}
const revoke = (client: Client, { id }: KeptResult) =>
  revokeByAgency(client, adapters, id, { agency: 'customs', by: 'x' }, 'mistaken', now)
const toldOf = async ({ id }: KeptResult) =>
  (await pool.query<{ agency: string }>('SELECT agency FROM cooperation_note WHERE note_id = $1', [`${id}-revoked`]))
    .rows

test('revoked while it is sent: who has it is told', async () => {
  const result = await operator('1')
  const sending = await stillOpen(pool, (client) => carry(client, result))
  const revoking = transaction(pool, (client) => revoke(client, result))
  await Promise.race([revoking, untilBlocked(pool)])
  await sending.end()
  await revoking
  expect(await toldOf(result)).toEqual([{ agency: 'singapore' }])
})

test('sent while it is revoked: it is not', async () => {
  const result = await operator('2')
  const revoking = await stillOpen(pool, (client) => revoke(client, result))
  await expect(transaction(pool, (client) => carry(client, result))).rejects.toMatchObject({ code: 'unavailable' })
  await revoking.end()
  await expect(transaction(pool, (client) => carry(client, result))).rejects.toMatchObject({ code: 'unavailable' })
})

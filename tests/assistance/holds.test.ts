import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { ask as askIn } from '../../src/assistance/ask.ts'
import { lockCases } from '../../src/db/cases.ts'
import { type Client, transaction } from '../../src/db/database.ts'
import { leaseDeliveries } from '../../src/db/deliveries.ts'
import { makeKey } from '../../src/db/keys.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

const world = await openWorld()
const keyOf = (agency: string) => makeKey(world.database, { name: `${agency} desk`, role: 'agency', agency })
const border = await keyOf('border')

interface Request {
  id: string
}
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const hour = 3_600_000
const at = (ms: number) => new Date(world.now() + ms).toISOString()
const ask = async (key: string, body: object) =>
  world.call('POST', '/v1/assistance', { key, body, headers: { 'idempotency-key': Math.random().toString() } })
const hold = async (declarationId: string, more: object = {}, key = border) =>
  json<Request>(
    ask(key, {
      act: 'hold',
      to: 'customs',
      declarationId,
      reason: 'a suspicion',
      dueAt: at(hour),
      expiresAt: at(24 * hour),
      ...more,
    }),
  )
const gatesOf = (seen: Seen) =>
  (
    seen.filings as (Seen['filings'][number] & { gates?: { kind: string; id: string; because: { en: string } }[] })[]
  ).map(({ procedure, status, gates = [] }) => ({ procedure, status, gates }))
const held = (seen: Seen) => gatesOf(seen).filter(({ gates }) => gates.length > 0)
test('a hold against a submission being taken up: it is taken back, or whoever gets it is told; never both, never neither', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 5; round++) {
    const lane = await world.call('PUT', '/v1/operations/lanes/customs', {
      key: world.keys.admin,
      body: { state: 'open', reason: 'race' },
    })
    expect(lane.status).toBe(200)
    const { body } = await world.post(evBatteries('-C.NEVER'))
    const lease = async () => {
      await world.database.pool.query(`DELETE FROM lane_order WHERE agency = 'customs'`)
      return leaseDeliveries(world.database, 'customs', 50, 60_000)
    }
    const [, request] = await Promise.all([lease(), hold(body.id, {}, border)])
    const seen = await world.read(body.id)
    const filing = filingOf(seen, 'customs')
    const { rows } = await world.database.pool.query<{ leased: boolean }>(
      'SELECT lease_until IS NOT NULL AS leased FROM delivery WHERE filing_id = $1',
      [filing.id],
    )
    const isBack = filing.status === 'waiting'
    outcomes.add(isBack ? 'back' : 'taken')
    if (isBack) expect([rows.length, held(seen).some(({ procedure }) => procedure === 'declare')]).toEqual([0, true])
    // Somebody has it in hand, or it is there already: it cannot be waiting for the next who looks.
    else expect(rows.every(({ leased }) => leased)).toBe(true)
    const note = await world.database.pool.query(
      `SELECT FROM cooperation_note WHERE agency = 'customs' AND note_id = $1`,
      [request.id],
    )
    expect(note.rowCount).toBe(1)
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

test('a crash between the hold and its end of transaction leaves neither hold nor note', async () => {
  const { body } = await world.post(evBatteries('-C.NEVER'))
  const dying = transaction(world.database.pool, async (client) => {
    await askIn(
      { client, adapters, now: new Date(world.now()) },
      { agency: 'border', by: 'x' },
      {
        act: 'hold',
        to: 'customs',
        declarationId: body.id,
        reason: 'x',
        visibility: 'confidential',
        dueAt: at(hour),
        expiresAt: at(hour),
      },
    )
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(held(await world.read(body.id))).toEqual([])
  const { rows } = await world.database.pool.query('SELECT FROM cooperation_note WHERE declaration_id = $1', [body.id])
  expect(rows).toEqual([])
})

test.each(['set', 'ended'] as const)(
  'whoever waits for a declaration sees a hold that was %s meanwhile',
  async (how) => {
    const { body } = await world.post(evBatteries('-C.NEVER'))
    const room = (client: Client) => ({ client, adapters, now: new Date(world.now()) })
    const asker = { agency: 'border', by: 'x' }
    const about = {
      to: 'customs',
      declarationId: body.id,
      reason: 'x',
      visibility: 'trader' as const,
      dueAt: at(hour),
      expiresAt: at(hour),
    }
    const first = how === 'ended' ? await hold(body.id) : undefined
    const asking = await stillOpen(world.database.pool, (client) =>
      askIn(
        room(client),
        asker,
        first === undefined ? { ...about, act: 'hold' } : { ...about, act: 'release', ends: first.id },
      ),
    )
    const waiting = transaction(world.database.pool, (client) => lockCases(client, [body.id]))
    await untilBlocked(world.database.pool)
    await asking.end()
    expect((await waiting).get(body.id)?.assistance).toHaveLength(how === 'set' ? 1 : 0)
  },
)

const { id } = (await world.post(evBatteries('-C.NEVER'))).body

test.each([
  ['an agency it does not know', { to: 'nobody' }, '/to'],
  ['itself', { to: 'border' }, '/to'],
  ['a deadline that is over', { dueAt: '2020-01-01T00:00:00Z' }, '/dueAt'],
  ['a hold for ever', { expiresAt: '2099-01-01T00:00:00Z' }, '/expiresAt'],
  ['a hold without an end', { expiresAt: undefined }, '/expiresAt'],
  ['an inspection without an appointment', { act: 'inspect-together', expiresAt: undefined }, '/appointment'],
])('an agency cannot ask %s', async (_, more, pointer) => {
  const answer = await ask(border, {
    act: 'hold',
    to: 'customs',
    declarationId: id,
    reason: 'x',
    dueAt: at(hour),
    expiresAt: at(hour),
    ...more,
  })
  expect(answer.status).toBe(422)
  const { errors } = await json<{ errors: { pointer: string }[] }>(answer)
  expect(errors.map((one) => one.pointer)).toContain(pointer)
})

test('an agency without a filing of a declaration cannot ask about it, nor can a trader ask at all', async () => {
  const body = { act: 'verify', to: 'customs', declarationId: '0'.repeat(20), reason: 'x', dueAt: at(hour) }
  expect((await ask(border, body)).status).toBe(404)
  expect((await ask(world.keys.trader, { ...body, declarationId: id })).status).toBe(403)
})

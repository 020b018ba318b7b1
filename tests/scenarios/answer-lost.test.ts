import { expect, test } from 'vitest'
import { Unreachable } from '../../src/transport/transport.ts'
import { evBatteries, filingOf, openWorld } from '../support/world.ts'

// Customs takes a declaration in and the answer never comes: 超时. Not failed, but unknown: ask before sending again.
const calls: string[] = []
let answers = true
const world = await openWorld({
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      const isFiling = agency === 'customs' && message.path.startsWith('/declarations')
      if (isFiling) calls.push(`${message.method} ${message.path.split('?')[0]}`)
      const reply = await agencies.call(agency, message, trace)
      if (isFiling && !answers) throw new Unreachable('timeout', 'unknown')
      return reply
    },
  }),
})
const declaration = evBatteries('-C.SKIPJ-B.CLEAR-M.CARGOPASS')
const declared = () =>
  world.effects(declaration.functionalReferenceId).filter((effect) => effect === 'customs: declared')
let id = ''

test('the filing stays sent, marked unknown; it is neither failed nor moved on', async () => {
  answers = false
  id = (await world.post(declaration)).body.id
  const seen = await world.meanwhile(id, (seen) => filingOf(seen, 'customs').unknown)
  expect(filingOf(seen, 'customs')).toMatchObject({ status: 'sent', unknown: true, receipts: [], attempt: 1 })
  expect(seen.timeline?.map(({ type }) => type)).toContain('yuchuang.filing.unknown')
  expect(declared()).toHaveLength(1)
})

test('it is asked for by our own reference, again and again, and never sent twice', async () => {
  const seen = await world.meanwhile(id, (seen) => (filingOf(seen, 'customs').delivery?.tries ?? 0) >= 3)
  expect(filingOf(seen, 'customs')).toMatchObject({ status: 'sent', unknown: true })
  expect(calls[0]).toBe('POST /declarations')
  expect(new Set(calls.slice(1))).toEqual(new Set(['GET /declarations']))
})

test('one answer to the inquiry and it goes on as if nothing had been', async () => {
  answers = true
  const seen = await world.meanwhile(id, (seen) => filingOf(seen, 'customs').status === 'acknowledged')
  expect(filingOf(seen, 'customs')).toMatchObject({ unknown: false, attempt: 1, lastReceipt: { code: '0' } })
  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(filingOf(end, 'customs').attempt).toBe(1)
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1)
  expect(declared()).toHaveLength(1)
})

test('every byte of it is kept: what was sent, what was asked, what did not come', async () => {
  const answer = await world.call('GET', `/v1/declarations/${id}/messages?limit=200`)
  const { data } = (await answer.json()) as { data: { agency: string; kind: string; error?: string }[] }
  const ofCustoms = data.filter(({ agency }) => agency === 'customs')
  expect(ofCustoms.filter(({ kind }) => kind === 'submission')).toHaveLength(1)
  expect(ofCustoms.filter(({ error }) => error === 'timeout').map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['answer', 'inquiry']),
  )
})

test('receipts that overtake the lost answer count: what the agency says of it is no longer unknown', async () => {
  const second = evBatteries('-C.SKIPJ-B.CLEAR-M.CARGOPASS', new Date(world.simulator.clock.now()))
  answers = false
  const { body } = await world.post(second)
  await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').unknown)
  // Customs' mailbox names only its own number, which nobody here knows yet: the receipts wait for their owner.
  await world.simulator.clock.advance(60 * 60_000)
  await world.meanwhile(body.id, (seen) => filingOf(seen, 'border').status === 'approved')
  expect(filingOf(await world.read(body.id), 'customs')).toMatchObject({ status: 'sent', unknown: true })
  answers = true
  const seen = await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').status === 'approved')
  expect(filingOf(seen, 'customs').receipts.map(({ code }) => code)).toEqual(['0', '7', 'L', 'P'])
  expect(world.effects(second.functionalReferenceId).filter((effect) => effect === 'customs: declared')).toHaveLength(1)
})

import { CircuitState } from 'cockatiel'
import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Singapore's window is slow, then down 不可达: a filing fails alone, and nobody waits for it but itself.
let singapore: 'slow' | 'down' | 'up' = 'slow'
const held: (() => void)[] = []
const world = await openWorld({
  apart: ['singapore'],
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      if (agency === 'singapore' && singapore === 'down') throw new Unreachable('connect ECONNREFUSED', 'no')
      if (agency === 'singapore' && singapore === 'slow') await new Promise<void>((resolve) => held.push(resolve))
      return agencies.call(agency, message, trace)
    },
  }),
})
const othersAreApproved = ({ filings }: Seen) =>
  filings.every(({ agency, status }) => agency === 'singapore' || ['approved', 'closed'].includes(status))
const permits = (lrn: string) => world.effects(lrn).filter((effect) => effect.startsWith('singapore: permit issued'))
let declaration = evBatteries()
let id = ''

test('a slow agency slows nobody: all others are approved before it has answered', async () => {
  const slow = evBatteries('-M.CARGOPASS-B.CLEAR')
  const answer = await world.post(slow)
  expect([answer.status, answer.body.errors]).toEqual([202, undefined])
  const seen = await world.until(answer.body.id, othersAreApproved)
  expect(held.length).toBeGreaterThan(0)
  expect(filingOf(seen, 'singapore')).toMatchObject({ status: 'queued', receipts: [] })
  singapore = 'up'
  for (const answerNow of held) answerNow()
  await world.until(answer.body.id, ({ status }) => status === 'completed')
  expect(permits(slow.functionalReferenceId)).toHaveLength(1)
})

test('while one agency is down all others come to their grant; its filing is queued and says why', async () => {
  singapore = 'down'
  declaration = evBatteries('-M.CARGOPASS-B.CLEAR', new Date(world.simulator.clock.now()))
  const answer = await world.post(declaration)
  expect([answer.status, answer.body.errors]).toEqual([202, undefined])
  id = answer.body.id
  const seen = await world.until(id, othersAreApproved)
  expect(filingOf(seen, 'singapore')).toMatchObject({ status: 'queued', unknown: false, receipts: [] })
  expect(filingOf(seen, 'singapore').delivery).toMatchObject({
    error: 'connect ECONNREFUSED',
    tries: expect.any(Number),
  })
  expect(seen.status).toBe('released')
})

/** The pause before the next try is over. */
const hurry = () =>
  world.database.pool.query(
    "WITH due AS (UPDATE delivery SET due_at = now()) SELECT pg_notify('yuchuang_lanes', 'singapore')",
  )

test('its trader hears of it once, not at every try', async () => {
  let seen = await world.read(id)
  for (let tries = 2; tries <= limits.breakerFailures; tries++) {
    await hurry()
    seen = await world.meanwhile(id, (seen) => (filingOf(seen, 'singapore').delivery?.tries ?? 0) >= tries)
  }
  expect(seen.timeline?.filter(({ type }) => type === 'yuchuang.filing.unreachable')).toHaveLength(1)
})

test('after so many failures the lane rests', async () => {
  await world.meanwhile(id, () => world.worker.lanes.get('singapore')?.breaker.state === CircuitState.Open)
})

test('the operator sees the lane that stands', async () => {
  const { data } = (await (await world.call('GET', '/v1/operations/lanes', { key: world.keys.admin })).json()) as {
    data: Record<string, unknown>[]
  }
  expect(data.find(({ agency }) => agency === 'singapore')).toMatchObject({ waiting: 1 })
})

test('when it is up again one probe finds out, and the filing goes, once', async () => {
  singapore = 'up'
  await hurry()
  const seen = await world.meanwhile(id, (seen) => filingOf(seen, 'singapore').status === 'acknowledged')
  expect(filingOf(seen, 'singapore')).toMatchObject({ unknown: false, attempt: 1 })
  await world.until(id, (seen) => filingOf(seen, 'singapore').status === 'approved')
  expect(permits(declaration.functionalReferenceId)).toHaveLength(1)
})

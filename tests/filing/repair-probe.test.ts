import { CircuitState } from 'cockatiel'
import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { fewAgencies, smallSample } from '../routes/support.ts'
import { filingOf, openWorld } from '../support/world.ts'

// One filing makes its agency stumble 毒丸 each time it comes; others wait out an hour's pause after a night without a connection.
let isDown = true
const poison = { ...smallSample(), functionalReferenceId: 'POISON' }
const posts: string[] = []
const world = await openWorld({
  adapters: fewAgencies,
  apart: ['customs', 'border'],
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      if (agency !== 'border') return agencies.call(agency, message, trace)
      const whose = /POISON|GOOD\d/.exec(message.body ?? '')?.[0] ?? 'inquiry'
      posts.push(whose)
      if (isDown) throw new Unreachable('connect ECONNREFUSED', 'no')
      if (whose === 'POISON') return { status: 503, contentType: 'text/plain', body: 'worker process ended' }
      return agencies.call(agency, message, trace)
    },
  }),
})
const { pool } = world.database
const lane = () => world.worker.lanes.get('border')
const ids = new Map<string, string>()

test('the agency is away: the lane rests, everybody waits', async () => {
  for (const name of ['POISON', 'GOOD1', 'GOOD2', 'GOOD3'])
    ids.set(name, (await world.post({ ...poison, functionalReferenceId: name })).body.id)
  await world.meanwhile(ids.get('GOOD3') ?? '', () => {
    void pool.query("UPDATE delivery SET due_at = now() WHERE lane = 'border' AND lease_until IS NULL AND tries < 4")
    return lane()?.breaker.state === CircuitState.Open
  })
  expect(posts.length).toBeGreaterThanOrEqual(limits.breakerFailures)
})

test('it is back; what makes it stumble fails again, and another one finds out before its time', async () => {
  isDown = false
  posts.length = 0
  await pool.query(
    `UPDATE delivery SET due_at = now() + CASE WHEN filing_id = (SELECT filing.id FROM filing WHERE declaration_id = $1 AND agency = 'border') THEN interval '0' ELSE interval '1 hour' END
     WHERE lane = 'border' AND lease_until IS NULL`,
    [ids.get('POISON')],
  )
  for (const name of ['GOOD1', 'GOOD2', 'GOOD3'])
    await world.meanwhile(ids.get(name) ?? '', (seen) => filingOf(seen, 'border').status === 'acknowledged')
  // Between two probes lies the pause of the breaker; what was hastened did not wait for its hour.
  expect(posts.filter((whose) => whose !== 'POISON').toSorted()).toEqual(['GOOD1', 'GOOD2', 'GOOD3'])
  expect(lane()?.breaker.state).toBe(CircuitState.Closed)
})

test('what fails alone is still there, and says why', async () => {
  const filing = filingOf(await world.read(ids.get('POISON') ?? ''), 'border')
  expect(filing).toMatchObject({ status: 'queued', delivery: { error: 'HTTP 503' } })
})

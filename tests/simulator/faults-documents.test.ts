import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Agency, Outgoing } from '../../mocks/agency.ts'
import { createCounts } from '../../mocks/simulator/faults/counts.ts'
import { damaged, faultsIn, leavingFor, nonsense, plainOrder } from '../../mocks/simulator/faults.ts'
import { polled, pushing, stage } from './support.ts'

// What becomes of documents on their way: lost, damaged, strange, of another version, held back. Late, twice, swapped and nonsense
// are in `faults.test.ts`.

const marked =
  (mark: string) =>
  ({ body, ...rest }: Outgoing): Outgoing => ({ ...rest, body: body.replace('"name"', `"${mark}":1,"name"`) })
const variants = {
  unknownCode: marked('unknown'),
  older: marked('older'),
  newer: marked('newer'),
  maintenance: () => ({ contentType: 'text/plain', body: 'closed' }),
}
const harbour: Agency = { ...pushing, variants }
const versioned = () => stage({ agencies: [harbour, { ...polled, variants }] })
type Versioned = ReturnType<typeof versioned>
/** What came, as its variant and name: `older 1`; `broken` for what is no JSON. */
const came = ({ gateway }: Versioned) =>
  gateway.got.map(({ body }) => {
    try {
      const { reference: _, at: __, name, ...marks } = JSON.parse(body) as { [key: string]: unknown }
      return [...Object.keys(marks), name].join(' ')
    } catch {
      return body === nonsense.body ? 'page' : 'broken'
    }
  })

test('LOST: no document leaves, the agency’s work goes on, and the journal tells what was lost', async () => {
  const world = versioned()
  await world.submit('EV1-H.LOST', [1, 2])
  await world.submit('EV1-I.LOST', [1], 'island')
  await world.submit('EV2', [1])
  await world.advance(10)
  expect(came(world)).toEqual(['1'])
  expect(await world.mailbox()).toEqual([])
  const { journal } = world.simulator
  expect(journal.find({ kind: 'effect', reference: 'EV1-H.LOST' }).data).toHaveLength(1)
  expect(journal.find({ kind: 'document', reference: 'EV1-H.LOST' }).data).toEqual([])
  expect(journal.find({ kind: 'fault', reference: 'EV1-H.LOST' }).data).toMatchObject([
    { agency: 'harbour', fault: 'LOST', what: '1' },
    { agency: 'harbour', fault: 'LOST', what: '2' },
  ])
})

test('CORRUPT: the first document comes illegible and then sound, the others are sound', async () => {
  const world = versioned()
  await world.submit('EV1-H.CORRUPT', [1, 2])
  await world.advance(2)
  expect(came(world)).toEqual(['broken', '1', '2'])
})

test('CORRUPT and UNKNOWNCODE may keep the sound document from coming', async () => {
  const world = versioned()
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'CORRUPT', thenSound: false, times: 1 })
  await world.submit('EV1', [1, 2])
  await world.advance(2)
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'UNKNOWNCODE', thenSound: false, times: 1 })
  await world.submit('EV2', [1, 2])
  await world.advance(2)
  expect(came(world)).toEqual(['broken', '2', 'unknown 1', '2'])
})

test('UNKNOWNCODE comes once before the first document; OLDER and NEWER are all documents', async () => {
  const world = versioned()
  await world.submit('EV1-H.UNKNOWNCODE', [1, 2])
  await world.advance(2)
  await world.submit('EV2-H.OLDER', [1, 2])
  await world.advance(2)
  await world.submit('EV3-H.NEWER', [1, 2])
  await world.advance(2)
  expect(came(world)).toEqual(['unknown 1', '1', '2', 'older 1', 'older 2', 'newer 1', 'newer 2'])
})

test('an agency without variants sends the document it has', () => {
  const document = { name: 'a', contentType: 'text/plain', body: 'sound' }
  const how = { lost: false, version: 'older', unknownCode: plainOrder('UNKNOWNCODE') } as const
  expect(leavingFor(pushing, document, how)).toEqual([document])
})

test('faults of one document add up: illegible, strange, and each twice', () => {
  const document = { name: 'a', contentType: 'application/json', body: '{"name":1}' }
  const how = {
    lost: false,
    twice: true,
    nonsense: true,
    corrupt: plainOrder('CORRUPT'),
    unknownCode: plainOrder('UNKNOWNCODE'),
    version: 'newer',
  } as const
  const newer = variants.newer(document)
  const each = [nonsense, damaged(newer), variants.unknownCode(newer), newer]
  expect(leavingFor(harbour, document, how)).toEqual(each.flatMap((one) => [one, one]))
  expect(faultsIn(how)).toEqual(['NONSENSE', 'CORRUPT', 'UNKNOWNCODE', 'NEWER', 'TWICE'])
})

test('documents that fall due while the agency is under maintenance leave when it is over, in their order', async () => {
  const world = versioned()
  await world.submit('EV1', [10, 20, 70])
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'MAINTENANCE', forS: 60 })
  await world.advance(59)
  expect(came(world)).toEqual([])
  await world.advance(1)
  expect(came(world)).toEqual(['1', '2'])
  await world.advance(10)
  expect(came(world)).toEqual(['1', '2', '3'])
})

test('a late document that falls into a maintenance waits for its end too', async () => {
  const world = versioned()
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'LATE', byS: 100, times: 1 })
  await world.submit('EV1', [0])
  await world.advance(1)
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'MAINTENANCE', forS: 200 })
  await world.advance(150)
  expect(came(world)).toEqual([])
  await world.advance(50)
  expect(came(world)).toEqual(['1'])
})

test('by header a fault holds for the documents about what the exchange brought, and for no other reference', async () => {
  const world = versioned()
  const handIn = (reference: string, headers: Record<string, string>) =>
    world.simulator.app.request('/harbour/submit', {
      method: 'POST',
      body: JSON.stringify({ reference, afterSeconds: [1, 2] }),
      headers,
    })
  await handIn('EV1', { 'x-sim-scenario': 'H.OLDER, CORRUPT' })
  await world.advance(2)
  await handIn('EV2', {})
  await world.advance(2)
  expect(came(world)).toEqual(['broken', 'older 1', 'older 2', '1', '2'])
})

test('the parameters of an order count: so late, and so long without a partner', async () => {
  const world = versioned()
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'LATE', byS: 5, times: 1 })
  await world.submit('EV1', [0])
  await world.advance(4)
  expect(came(world)).toEqual([])
  await world.advance(1)
  await world.control('PUT', '/agencies/harbour/faults', { fault: 'DISORDER', waitS: 7, times: 1 })
  await world.submit('EV2', [0])
  await world.advance(6)
  expect(came(world)).toEqual(['1'])
  await world.advance(1)
  expect(came(world)).toEqual(['1', '1'])
})

test('of many things counted the oldest are forgotten, and begin anew', () => {
  const counts = createCounts(3)
  const seen = ['a', 'b', 'c', 'a', 'd', 'd', 'a'].map((name) => `${name}${counts.add(name)}`)
  expect(seen).toEqual(['a1', 'b1', 'c1', 'a2', 'd1', 'd2', 'a1'])
})

test('after a restart the faults that stood go on where they were: orders, windows, wishes, and what was had once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-faults-'))
  try {
    const life = () => stage({ agencies: [harbour], folder })
    const handIn = (world: Versioned, reference: string, scenario: string) =>
      world.simulator.app.request('/harbour/submit', {
        method: 'POST',
        body: JSON.stringify({ reference, afterSeconds: [10, 20] }),
        headers: { 'x-sim-scenario': scenario },
      })
    const first = life()
    await handIn(first, 'EV1', 'NEWER, CORRUPT')
    await first.control('PUT', '/agencies/harbour/faults', { fault: 'TWICE', times: 2 })
    await first.advance(5)
    await first.control('PUT', '/agencies/harbour/faults', { fault: 'MAINTENANCE', forS: 7 })
    expect((await handIn(first, 'EV9', '')).status).toBe(503)
    await first.advance(10)
    const before = came(first)
    expect(before).toEqual(['broken', 'broken', 'newer 1', 'newer 1'])
    expect((await first.submit('EV2-H.BUSY')).status).toBe(429)

    const second = life()
    await second.simulator.ready
    expect(await (await second.control('GET', '/agencies/harbour/faults')).json()).toEqual({
      data: [{ fault: 'TWICE', times: 1 }],
    })
    expect((await second.submit('EV2-H.BUSY')).status).toBe(200)
    await second.advance(10)
    expect(came(second)).toEqual(['newer 2', 'newer 2'])
    expect(await (await second.control('GET', '/health')).json()).toMatchObject({ defects: 0 })
    await first.simulator.close()
    await second.simulator.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSimulator } from '../../mocks/server.ts'
import { openLedger } from '../../mocks/simulator/ledger.ts'
import { polled, pushing, stage, startAt, turn } from './support.ts'

let folder: string
const file = () => join(folder, 'simulator.jsonl')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A simulator that is never closed is as good as killed: nothing it keeps in memory reaches the next one. */
const life = (options = {}) => stage({ folder, ...options })

const health = async ({ control }: ReturnType<typeof life>) => (await control('GET', '/health')).json()

test('a killed simulator comes back with the same answers, numbers, time and journal, and repeats no effect', async () => {
  const first = life({ seed: 'a seed' })
  const answers = [await (await first.submit('EV1', [10, 7200])).json(), await (await first.submit('EV2')).json()]
  await first.advance(3600)
  await first.submit('EV1')
  const second = life()
  await second.simulator.ready
  expect(second.simulator.clock.now()).toBe(startAt + 3_600_000)
  expect(second.simulator.journal.find().data).toEqual(first.simulator.journal.find().data)
  expect(await (await second.submit('EV2')).json()).toEqual({ ...(answers[1] as object), duplicate: true })
  expect(second.simulator.journal.find({ kind: 'effect' }).data).toHaveLength(2)
  expect(await health(second)).toMatchObject({ defects: 0, clock: { pending: 1 } })
})

test('documents acknowledged before are not sent again; those that were not are, under the same id', async () => {
  const first = life()
  await first.submit('EV1', [1, 2, 3])
  await first.advance(1)
  first.gateway.answers.push('silence')
  await first.simulator.clock.advance(1_000)
  await turn()
  expect(first.gateway.names()).toEqual(['1', '2'])
  const second = life()
  await second.simulator.ready
  await second.simulator.settled()
  expect(second.gateway.names()).toEqual(['2'])
  expect(second.gateway.got[0]?.headers['webhook-id']).toBe(first.gateway.got[1]?.headers['webhook-id'])
  await second.advance(1)
  expect(second.gateway.names()).toEqual(['2', '3'])
})

test('what the customer refused stays refused and listed; asked for again, it is sent', async () => {
  const first = life()
  first.gateway.answers.push(422)
  await first.submit('EV1', [1])
  await first.advance(1)
  const second = life()
  await second.simulator.ready
  const [stopped] = second.simulator.undelivered()
  expect(stopped).toMatchObject({ reference: 'EV1', state: 'stopped' })
  expect(second.gateway.got).toEqual([])
  await second.control('POST', `/undelivered/${stopped?.id}/retry`)
  await second.simulator.settled()
  const third = life()
  await third.simulator.ready
  await third.simulator.settled()
  expect([third.simulator.undelivered(), third.gateway.got]).toEqual([[], []])
})

test('mailboxes keep their numbers and what was fetched', async () => {
  const first = life()
  await first.submit('EV1', [1, 2], 'island')
  await first.advance(1)
  await first.mailbox()
  await first.advance(1)
  const second = life()
  expect(await health(second)).toMatchObject({ inFlight: { documents: 1 } })
  expect(await second.mailbox(1)).toMatchObject([{ sequence: 2, name: '2' }])
  expect(await health(second)).toMatchObject({ inFlight: { documents: 0 } })
})

test('looks into an empty mailbox are not kept', async () => {
  const { mailbox } = life()
  await mailbox()
  const before = readFileSync(file(), 'utf8')
  await mailbox()
  expect(readFileSync(file(), 'utf8')).toBe(before)
})

test('an exchange is on disk before it is answered, even one that never will be', async () => {
  const { submit } = life()
  void submit('EV1-H.TIMEOUT').catch(() => undefined)
  await turn()
  expect(readFileSync(file(), 'utf8')).toContain('EV1-H.TIMEOUT')
  const second = life()
  expect(await (await second.submit('EV1-H.TIMEOUT')).json()).toMatchObject({ duplicate: true })
})

test('faults are remembered: how often they struck, and what was ordered', async () => {
  const first = life()
  await first.submit('EV1-H.DOWN')
  await first.control('PUT', '/agencies/harbour/faults', { fault: 'BURST5XX', times: 2 })
  await first.control('PUT', '/agencies/harbour/faults', { fault: 'LATE' })
  await first.control('DELETE', '/agencies/harbour/faults?fault=LATE')
  await first.submit('EV2')
  const second = life()
  const orders = await second.control('GET', '/agencies/harbour/faults')
  expect(await orders.json()).toEqual({ data: [{ fault: 'BURST5XX', times: 1 }] })
  const statuses = [await second.submit('EV2'), await second.submit('EV1-H.DOWN'), await second.submit('EV1-H.DOWN')]
  expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200])
})

test('half a last line is a request that was never answered: it is forgotten, and writing goes on after the whole ones', async () => {
  const first = life()
  await first.submit('EV1')
  appendFileSync(file(), '{"kept":"exchange","at":1,"agency":"harb')
  const second = life()
  await second.submit('EV2')
  const third = life()
  expect(await (await third.simulator.app.request('/harbour/known')).json()).toEqual(['EV1', 'EV2'])
})

test('a broken line in the middle is refused by number, and nothing is overwritten', async () => {
  const { submit } = life()
  await submit('EV1')
  const broken = readFileSync(file(), 'utf8').replace('{"kept":"exchange"', '{"kept:"exchange"')
  writeFileSync(file(), broken)
  expect(() => life()).toThrow('line 2 is not JSON')
  expect(readFileSync(file(), 'utf8')).toBe(broken)
})

test('a folder begun with one seed is not continued with another', async () => {
  await life({ seed: 'one' }).simulator.ready
  expect(() => life({ seed: 'two' })).toThrow('begun with the seed one, not two')
})

test('bytes that are no text come back as they were', async () => {
  const first = life()
  const bytes = Uint8Array.from([0xff, 0x00, 0xd6, 0xd8])
  const bodies: Uint8Array[] = []
  const echo = { ...pushing, open: () => appThatKeeps(bodies) }
  const options = { agencies: [echo, polled] }
  await first.simulator.close()
  rmSync(file())
  await life(options).simulator.app.request('/harbour/x', { method: 'POST', body: bytes })
  await life(options).simulator.ready
  expect(bodies).toEqual([bytes, bytes])
})

test('a replay that comes out otherwise is reported, not hidden', async () => {
  await life().submit('EV1')
  const changed = { ...pushing, open: () => appThatKeeps([]) }
  const second = life({ agencies: [changed, polled] })
  expect(await health(second)).toMatchObject({ defects: 1 })
  const [defect] = second.simulator.journal.find({ kind: 'defect' }).data
  expect(defect).toMatchObject({
    agency: 'harbour',
    what: expect.stringContaining('POST /submit was answered 200, now 204'),
  })
})

test('while a simulator was away its time went on, and what fell due comes', async () => {
  const { submit, timers } = life()
  await submit('EV1', [60])
  const later = { ...timers, now: () => startAt + 3_600_000 }
  const names: string[] = []
  const fetch = (url: string) => Promise.resolve({ status: names.push(url) && 202 })
  const agencies = [pushing, polled]
  const second = createSimulator({
    agencies,
    callbackUrl: 'http://gateway.test',
    folder,
    mode: 'run',
    timers: later,
    fetch,
  })
  await second.ready
  await second.settled()
  expect(names).toHaveLength(1)
  expect(second.clock.now()).toBe(startAt + 3_600_000)
  await second.close()
})

test('a ledger that cannot be written lets nothing be answered any more', async () => {
  const { simulator, submit } = life()
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await submit('EV1')
  await simulator.close()
  expect((await submit('EV2')).status).toBe(500)
  expect(printed).toHaveBeenCalledOnce()
  printed.mockRestore()
  const ledger = openLedger(file())
  ledger.close()
  const line = { kept: 'moved', at: 1, real: 1 } as const
  expect(() => ledger.append(line)).toThrow('cannot be written')
  expect(() => ledger.append(line)).toThrow('cannot be written')
})

function appThatKeeps(bodies: Uint8Array[]) {
  const app = new Hono()
  app.all('*', async (c) => {
    bodies.push(new Uint8Array(await c.req.arrayBuffer()))
    return c.body(null, 204)
  })
  return app
}

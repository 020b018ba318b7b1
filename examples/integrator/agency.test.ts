/** An integrator's own test: the agencies inside it, through msw, without a port. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agencies, createTestSimulator } from 'yuchuang/msw'
import { certificateOf, type State, startAt, statusesOf } from './certificate.ts'

const office = 'http://agencies.test/tax/payment-certificates'
/** What the office pushes to us, as it would to our own server. */
const pushed: string[] = []
const inbox = http.post('http://gateway.test/*', async ({ request }) => {
  pushed.push(((await request.json()) as { status: string }).status)
  return new HttpResponse(null, { status: 202 })
})

const simulator = createTestSimulator({ startAt: Date.parse(startAt), seed: 'our tests' })
const server = setupServer(...agencies({ baseUrl: 'http://agencies.test', simulator }), inbox)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterAll(async () => {
  server.close()
  await simulator.close()
})

/** What our own software would do: declare, then ask. */
const declare = (ourReference: string, traderReference: string, entry: string) =>
  fetch(office, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(certificateOf(ourReference, traderReference, entry)),
  })
const ask = async (ourReference: string) => (await (await fetch(`${office}/${ourReference}`)).json()) as State
const hour = 3_600_000

test('declare and poll: the office compares over night, in no time', async () => {
  const receipt = (await (await declare('YC1', 'BEEF-1', '800620261000000451')).json()) as State['receipt']
  expect(receipt).toMatchObject({ accepted: 'Y', code: 'TX-0000' })
  expect(statusesOf(await ask('YC1'))).toEqual([])

  await simulator.clock.advance(hour)
  expect(statusesOf(await ask('YC1'))).toEqual(['COMPARING'])
  await simulator.clock.advance(24 * hour)
  expect(statusesOf(await ask('YC1'))).toEqual(['COMPARING', 'MATCHED', 'DEDUCTIBLE'])
  await simulator.settled()
  expect(pushed).toEqual(['COMPARING', 'MATCHED', 'DEDUCTIBLE'])
})

test('a magic value in our own number chooses what happens: no such certificate at customs', async () => {
  await declare('YC2', 'BEEF-2-T.NOTFOUND', '800620261000000452')
  await simulator.clock.advance(48 * hour)
  const { notices } = await ask('YC2')
  expect(notices.at(-1)).toMatchObject({ status: 'NOT_FOUND', ends: 'refused' })
})

test('a magic value breaks the line: the answer never comes, and the office has it all the same', async () => {
  await expect(declare('YC3', 'BEEF-3-T.RESET', '800620261000000453')).rejects.toThrow(TypeError)
  expect((await ask('YC3')).receipt.accepted).toBe('Y')
})

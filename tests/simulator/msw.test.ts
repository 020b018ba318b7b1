import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { agencies } from '../../mocks/msw.ts'
import { stage } from './support.ts'

// This test is about the forwarder: it needs no real agency.
vi.mock('../../mocks/registry.ts', () => ({ agencies: [] }))

const { simulator } = stage()
const server = setupServer(...agencies({ baseUrl: 'http://simulator.test', simulator }))
beforeAll(() => server.listen())
afterAll(() => server.close())

const submit = (reference: string) =>
  fetch('http://simulator.test/harbour/submit?x=1', { method: 'POST', body: JSON.stringify({ reference }) })

test('a request under the base address is answered by the simulator', async () => {
  const answer = await submit('EV1')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ reference: 'EV1' })
  expect(simulator.journal.find({ kind: 'exchange' }).data).toMatchObject([{ path: '/submit?x=1', status: 200 }])
})

test('a torn connection is a failed fetch', async () => {
  await expect(submit('EV1-H.RESET')).rejects.toThrow(TypeError)
  expect(await (await submit('EV1-H.RESET')).json()).toMatchObject({ duplicate: true })
})

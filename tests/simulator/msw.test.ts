import { serve } from '@hono/node-server'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agencies } from '../../mocks/msw.ts'
import { stage } from './support.ts'

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

test('so it is beside a server that puts a Response of its own in the place of Node’s', async () => {
  const other = serve({ fetch: () => new Response('here'), hostname: '127.0.0.1', port: 0 })
  await expect(submit('EV2-H.RESET')).rejects.toThrow(TypeError)
  await new Promise((resolve) => other.close(resolve))
})

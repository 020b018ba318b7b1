import type { HttpBindings } from '@hono/node-server'
import { expect, test } from 'vitest'
import { stage } from './support.ts'

const key = 'a key of the integrator'

/** Who calls from where: the address of the socket, and headers. */
async function call(address: string, headers: Record<string, string> = {}, controlKey: string | undefined = key) {
  const { simulator } = stage(controlKey === '' ? {} : { controlKey })
  const env = { incoming: { headers, rawHeaders: [], socket: { remoteAddress: address } } } as unknown as HttpBindings
  const answer = await simulator.app.fetch(new Request('http://simulator.test/control/health', { headers }), env)
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}

const bearer = (given: string) => ({ authorization: `Bearer ${given}` })

test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
  'from %s nobody is asked for a key',
  async (address) => {
    expect(await call(address)).toEqual([200, undefined])
  },
)

test.each(['10.0.0.7', '192.168.1.2', '::ffff:10.0.0.7', 'fe80::1', '127.0.0.1.example.com'])(
  'from %s the integrator’s key is asked for, and no other serves',
  async (address) => {
    expect(await call(address)).toEqual([401, 'control-key-needed'])
    expect(await call(address, bearer('guess'))).toEqual([403, 'control-key-needed'])
    expect(await call(address, bearer(key))).toEqual([200, undefined])
  },
)

test('a simulator without a key takes no orders from elsewhere, whatever is presented', async () => {
  expect(await call('10.0.0.7', bearer(''), '')).toEqual([401, 'control-key-needed'])
  expect(await call('10.0.0.7', bearer('undefined'), '')).toEqual([401, 'control-key-needed'])
})

test('what a proxy passes on comes from elsewhere', async () => {
  expect(await call('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' })).toEqual([401, 'control-key-needed'])
})

test('a page of another place, open in a browser on this machine, orders nothing; one of this machine may', async () => {
  expect(await call('127.0.0.1', { origin: 'https://example.com' })).toEqual([401, 'control-key-needed'])
  expect(await call('127.0.0.1', { origin: 'http://127.0.0.1.example.com' })).toEqual([401, 'control-key-needed'])
  expect(await call('127.0.0.1', { origin: 'http://localhost:8080' })).toEqual([200, undefined])
})

test('agencies themselves ask nobody for a key', async () => {
  const { simulator } = stage({ controlKey: key })
  const env = {
    incoming: { headers: {}, rawHeaders: [], socket: { remoteAddress: '10.0.0.7' } },
  } as unknown as HttpBindings
  const answer = await simulator.app.fetch(new Request('http://simulator.test/island/known'), env)
  expect(answer.status).toBe(200)
})

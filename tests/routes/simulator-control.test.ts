import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { createApp } from '../../src/app.ts'
import { makeKey } from '../../src/db/keys.ts'
import { limits } from '../../src/limits.ts'
import type { Services } from '../../src/services.ts'
import { serveSimulator } from '../support/served.ts'
import { type CallOptions, openWorld, startAt } from '../support/world.ts'
import { problemOf } from './support.ts'

const world = await openWorld({ simulatorServed: true })
const { keys, simulator, simulatorUrl } = world
type Call = (method: string, path: string, options?: CallOptions) => Promise<Response>
const control: Call = (method, path, options = {}) =>
  world.call(method, `/v1/simulator/control${path}`, { key: keys.integrator, ...options })
const mine = { headers: { 'x-sim-session': 'mine' } }
const json = async (response: Response) => (await response.json()) as Record<string, unknown>

/** The same gateway with another simulator behind it, or none. */
const gatewayWith = (more: Partial<Services>): Call => {
  const app = createApp({ ...world.services, ...more })
  return async (method, path, { key = keys.integrator, body, headers = {} } = {}) =>
    app.request(`/v1/simulator${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
}

beforeAll(async () => {
  const made = await control('POST', '/sessions', {
    body: { id: 'mine', seed: 'one', startAt: '2026-11-20T02:00:00Z' },
  })
  expect([made.status, made.headers.get('location')]).toEqual([201, '/v1/simulator/control/sessions/mine'])
})

test('where it is, and the session this gateway files in', async () => {
  expect(await json(await world.call('GET', '/v1/simulator', { key: keys.admin }))).toEqual({
    url: simulatorUrl,
    session: 'default',
  })
})

test('a session has a clock of its own, and is named in the answer', async () => {
  const before = await json(await control('GET', '/clock', mine))
  expect(before).toMatchObject({ now: '2026-11-20T02:00:00.000Z', mode: 'frozen' })
  const to = { to: '2026-11-20T05:00:00Z' }
  for (const _ of ['once', 'and again: it moves once'])
    expect(await json(await control('POST', '/clock/advance', { ...mine, body: to }))).toMatchObject({
      now: '2026-11-20T05:00:00.000Z',
    })
  const other = await control('GET', '/clock')
  expect([other.headers.get('x-sim-session'), Date.parse(String((await json(other))['now']))]).toEqual([
    'default',
    startAt,
  ])
  expect((await control('GET', '/clock', mine)).headers.get('x-sim-session')).toBe('mine')
})

test('an agency is broken and mended; everybody’s state is told at once', async () => {
  const [first] = agencies
  const path = `/agencies/${first?.id}/faults`
  const ordered = await control('PUT', path, { ...mine, body: { fault: 'BUSY', times: 2 } })
  expect(await json(ordered)).toEqual({ data: [{ fault: 'BUSY', retryAfterS: 1, times: 2 }] })
  const { data } = (await json(await control('GET', '/agencies', mine))) as { data: { id: string; faults: object[] }[] }
  expect(data.find(({ id }) => id === first?.id)?.faults).toHaveLength(1)
  expect(data.filter(({ faults }) => faults.length > 0)).toHaveLength(1)
  expect((await control('DELETE', `${path}?fault=BUSY`, mine)).status).toBe(204)
  expect(await json(await control('GET', path, mine))).toEqual({ data: [] })
})

test('what the simulator refuses comes back as it is, to the byte', async () => {
  const body = 'name: x\nagency: nobody\nsteps:\n  - name: y\n'
  const text = { ...mine, body, contentType: 'application/yaml' }
  const [passed, direct] = await Promise.all([
    control('POST', '/scripts', text),
    fetch(`${simulatorUrl}/control/scripts`, { method: 'POST', body, headers: mine.headers }),
  ])
  expect([passed.status, passed.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
  const said = await passed.text()
  expect(said).toBe(await direct.text())
  expect((JSON.parse(said) as { errors: object[] }).errors[0]).toMatchObject({ line: 2, detailZh: expect.any(String) })
})

test('a script’s name is one part of its path, whatever is in it', async () => {
  const name = 'a/b ?#%2F..'
  const script = { name, agency: agencies[0]?.id, steps: [{ name: 's', match: {} }] }
  expect((await control('POST', '/scripts', { ...mine, body: script })).status).toBe(201)
  expect((await control('DELETE', `/scripts/${encodeURIComponent(name)}`, mine)).status).toBe(204)
  await problemOf(await control('DELETE', '/scripts/%2E%2E', mine), 'not-found')
})

test('the journal is asked with its filters, from the end', async () => {
  for (const path of ['one', 'two'])
    await fetch(`${simulatorUrl}/${agencies[0]?.id}/nowhere-${path}`, { headers: mine.headers })
  const answered = await control('GET', '/journal?order=newest&limit=1&kind=unmatched', mine)
  expect(await json(answered)).toMatchObject({ data: [{ path: '/nowhere-two' }], hasMore: true })
  expect(await json(await control('GET', '/journal?nothing=1', mine))).toMatchObject({ code: 'invalid-query' })
  expect((await control('DELETE', '/journal', mine)).status).toBe(204)
  expect(await json(await control('GET', '/journal/counts?by=kind', mine))).toMatchObject({ total: 0 })
})

describe('it is no open way to the simulator', () => {
  test.each([
    '/../health',
    '/sessions/../outcomes',
    '/nothing',
    '/%2e%2e/customs/mailbox',
    '//health',
    '/sessions/mine/other',
  ])('%s is not passed on', async (path) => {
    await problemOf(await control('GET', path), 'not-found')
  })

  test('nor is a method nobody takes', async () => {
    await problemOf(await control('PATCH', '/clock'), 'method-not-allowed')
  })

  test('who is no integrator and no admin is told so', async () => {
    await problemOf(await control('GET', '/health', { key: keys.trader }), 'forbidden')
    await problemOf(await control('GET', '/health', { key: '' }), 'unauthenticated')
    expect((await control('GET', '/health', { key: keys.admin })).status).toBe(200)
  })

  test('an order of more than a megabyte is not passed on', async () => {
    const body = `name: ${'x'.repeat(limits.simulatorBodyBytes)}`
    await problemOf(await control('POST', '/scripts', { body, contentType: 'application/yaml' }), 'body-too-large')
  })

  test('where the simulator calls only an admin says, unless inside addresses may be called', async () => {
    const call = gatewayWith({ notices: { ...world.services.notices, allowPrivate: false } })
    const recording = { agency: agencies[0]?.id, target: 'http://169.254.169.254/latest' }
    await problemOf(await call('POST', '/control/recordings', { body: recording }), 'forbidden')
    const session = { id: 'elsewhere', callbackUrl: 'http://10.0.0.1' }
    await problemOf(await call('POST', '/control/sessions', { body: session }), 'forbidden')
    const { callbackUrl: _, ...usual } = session
    expect((await call('POST', '/control/sessions', { body: usual })).status).toBe(201)
    expect((await call('DELETE', '/control/sessions/elsewhere')).status).toBe(204)
    const begun = await call('POST', '/control/recordings', { body: recording, key: keys.admin, ...mine })
    expect(begun.status).toBe(201)
    expect((await control('DELETE', `/recordings/${recording.agency}`, mine)).status).toBe(204)
  })
})

describe('the simulator’s key', () => {
  const locked = createSimulator({ agencies, callbackUrl: 'http://gateway.test', controlKey: 'a key of its own' })
  // Behind a proxy everybody comes from elsewhere.
  let url = ''
  beforeAll(async () => {
    const app = new Hono().all('*', (c) => {
      const request = new Request(c.req.raw)
      request.headers.set('x-forwarded-for', '192.0.2.1')
      return locked.app.fetch(request, c.env as never)
    })
    url = await serveSimulator({ app } as never)
    afterAll(() => locked.close())
  })

  test('is shown by the gateway, and the caller never learns of it', async () => {
    const call = gatewayWith({ simulatorUrl: url, simulatorKey: 'a key of its own' })
    expect((await call('GET', '/control/health')).status).toBe(200)
    const withOwn = await call('GET', '/outcomes')
    expect(withOwn.status).toBe(200)
  })

  test('where it is missing, the operator is told, and nobody is signed out', async () => {
    const call = gatewayWith({ simulatorUrl: url, simulatorKey: undefined })
    const said = await problemOf(await call('GET', '/control/health'), 'unavailable')
    expect(said.detail).toContain('SIMULATOR_KEY')
  })
})

test('the gateway’s own session is the one in its simulator’s address', async () => {
  const call = gatewayWith({ simulatorUrl: `${simulatorUrl}/sessions/mine/` })
  expect(await json(await call('GET', ''))).toEqual({ url: simulatorUrl, session: 'mine' })
  expect((await call('GET', '/control/clock')).headers.get('x-sim-session')).toBe('mine')
  const said = await json(await call('GET', '/control/clock', { headers: { 'x-sim-session': 'default' } }))
  expect(said).toMatchObject({ now: new Date(startAt).toISOString() })
})

test('none, one that does not answer, and one that answers too much are not available', async () => {
  const none = gatewayWith({ simulatorUrl: undefined })
  for (const path of ['', '/control/health', '/outcomes']) await problemOf(await none('GET', path), 'unavailable')
  await problemOf(await gatewayWith({ simulatorUrl: 'http://127.0.0.1:9' })('GET', '/control/health'), 'unavailable')
  const endless = new Hono().get('*', (c) => {
    let chunks = 0
    const stream = new ReadableStream({
      pull: (controller) =>
        chunks++ * 1_048_576 > limits.simulatorAnswerBytes
          ? controller.close()
          : controller.enqueue(new Uint8Array(1_048_576)),
    })
    return c.body(stream)
  })
  const simulatorUrl = await serveSimulator({ app: endless } as never)
  await problemOf(await gatewayWith({ simulatorUrl })('GET', '/control/health'), 'unavailable')
})

test('it works with the key of an integrator who belongs to no firm', async () => {
  const key = await makeKey(world.database, { name: 'nobody’s', role: 'integrator' })
  expect((await control('GET', '/sessions', { key })).status).toBe(200)
  expect(simulator.sessions.ids()).toContain('mine')
})

import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, test, vi } from 'vitest'
import type { Agency } from '../../mocks/agency.ts'
import { draw } from '../../mocks/simulator/desk.ts'
import { faults } from '../../mocks/simulator/faults.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { polled, pushing, stage, startAt } from './support.ts'

test('each agency lives under its id and sees its own path, query and headers', async () => {
  const seen: unknown[] = []
  const open: Agency['open'] = () => {
    const app = new Hono()
    app.all('*', async (c) => {
      const { host, authorization } = c.req.header()
      seen.push([c.req.method, new URL(c.req.url).pathname, c.req.query(), host, authorization, await c.req.text()])
      return c.text('渝', 201, { 'x-agency': 'yes' })
    })
    return app
  }
  const { simulator } = stage({ agencies: [{ ...pushing, open }] })
  const init = { method: 'PUT', body: 'b', headers: { authorization: 'Bearer x' } }
  const answer = await simulator.app.request('/harbour/a/b%20c?d=%2F&e', init)
  expect([answer.status, answer.headers.get('x-agency'), await answer.text()]).toEqual([201, 'yes', '渝'])
  await simulator.app.request('/harbour')
  expect(seen).toEqual([
    ['PUT', '/a/b%20c', { d: '/', e: '' }, undefined, 'Bearer x', 'b'],
    ['GET', '/', {}, undefined, undefined, ''],
  ])
  expect((await simulator.app.request('/nobody/x')).status).toBe(404)
})

test('over a real port an answer has the header fields its agency gave it, also where one stands twice', async () => {
  const open: Agency['open'] = () => {
    const app = new Hono()
    app.get('/twice', () => {
      const cookies = ['a=1', 'b=2'].map((value): [string, string] => ['Set-Cookie', value])
      return new Response('twice', { headers: [['X-Agency', 'yes'], ...cookies] })
    })
    return app
  }
  const { simulator } = stage({ agencies: [{ ...pushing, open }] })
  const listening = Promise.withResolvers<number>()
  const server = serve(
    { fetch: simulator.app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false },
    (at) => listening.resolve(at.port),
  )
  const ask = async (path: string) => fetch(`http://127.0.0.1:${await listening.promise}/harbour${path}`)
  try {
    const twice = await ask('/twice')
    expect([twice.headers.get('x-agency'), twice.headers.getSetCookie(), await twice.text()]).toEqual([
      'yes',
      ['a=1', 'b=2'],
      'twice',
    ])
  } finally {
    await simulator.close()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
})

test('outcomes lists every agency’s table and the faults all share', async () => {
  const { control } = stage()
  const answer = await control('GET', '/outcomes')
  expect(await answer.json()).toMatchObject({
    agencies: [
      { id: 'harbour', letter: 'H', replies: 'pushed', outcomes: pushing.outcomes },
      { id: 'island', letter: 'I', replies: 'polled', outcomes: polled.outcomes },
    ],
    faults: faults.map(({ fault, does }) => ({ fault, does })),
  })
})

test('a jumping simulator waits for whatever is in flight: an exchange, a push, a document nobody fetched', async () => {
  const { submit, timers, simulator, gateway, mailbox, control } = stage({ mode: 'jump' })
  const day = 86_400
  await submit('EV1', [day, 3 * day])
  await submit('EV1', [2 * day], 'island')
  gateway.answers.push('silence')

  await timers.pass(limits.quietMs)
  expect(gateway.names()).toEqual(['1'])
  const silent = limits.pushTimeoutMs + limits.pushRetryFirstMs
  await timers.pass(silent)
  expect(gateway.names()).toEqual(['1', '1'])
  expect(simulator.clock.now()).toBeLessThan(startAt + day * 1000 + 20_000)

  await timers.pass(limits.quietMs)
  expect(await (await control('GET', '/health')).json()).toMatchObject({
    inFlight: { exchanges: 0, pushes: 0, documents: 1 },
  })
  await timers.pass(60_000)
  expect(gateway.names()).toEqual(['1', '1'])

  await mailbox()
  await timers.pass(limits.quietMs - 1)
  await mailbox(1)
  expect(gateway.names()).toEqual(['1', '1'])
  await timers.pass(1)
  expect(gateway.names()).toEqual(['1', '1', '2'])
})

test('the clock is read, set and moved by control', async () => {
  const { control, submit, gateway, simulator } = stage()
  const iso = (seconds: number) => new Date(startAt + seconds * 1000).toISOString()
  await submit('EV1', [60, 120])
  const read = await control('GET', '/clock')
  expect(await read.json()).toEqual({ now: iso(0), mode: 'frozen', speed: 1, pending: 2, nextAt: iso(60) })
  const next = await control('POST', '/clock/advance', { next: true })
  expect(await next.json()).toMatchObject({ now: iso(60), pending: 1 })
  const advanced = await control('POST', '/clock/advance', { ms: 60_000 })
  expect(await advanced.json()).toMatchObject({ now: iso(120), pending: 0, nextAt: null })
  await simulator.settled()
  expect(gateway.names()).toEqual(['1', '2'])
  const set = await control('PUT', '/clock', { mode: 'run', speed: 60 })
  expect(await set.json()).toMatchObject({ mode: 'run', speed: 60 })
  for (const body of [{}, { ms: -1 }, { ms: '1' }, { ms: limits.advanceSimulatedMs + 1 }]) {
    expect((await control('POST', '/clock/advance', body)).status).toBe(400)
  }
  expect((await control('PUT', '/clock', { mode: 'sideways' })).status).toBe(400)
  expect((await control('PUT', '/clock', { speed: 0 })).status).toBe(400)
  expect((await simulator.app.request('/control/clock', { method: 'PUT', body: '{' })).status).toBe(400)
  await simulator.close()
})

test('an exception in what a mock planned is counted, noted and holds nothing up', async () => {
  const { simulator, advance, submit, gateway, control } = stage()
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await simulator.app.request('/harbour/fail-later', { method: 'POST' })
  await submit('EV1', [1])
  await advance(1)
  expect(gateway.names()).toEqual(['1'])
  expect(await (await control('GET', '/health')).json()).toMatchObject({ status: 'ok', defects: 1 })
  expect(simulator.journal.find({ kind: 'defect' }).data).toMatchObject([{ agency: 'harbour' }])
  expect(printed).toHaveBeenCalledWith(expect.stringContaining('a mock that is broken'))
  printed.mockRestore()
})

test('a request larger than the limit is not looked at, with or without its length', async () => {
  const { simulator } = stage()
  const bytes = new Uint8Array(limits.requestBytes + 1)
  const headers = { 'content-length': String(bytes.length) }
  const told = await simulator.app.request('/harbour/submit', { method: 'POST', body: bytes, headers })
  const untold = await simulator.app.request('/harbour/submit', { method: 'POST', body: bytes })
  expect([told.status, untold.status]).toEqual([413, 413])
  expect(simulator.journal.find().data).toEqual([])
})

test('chance depends on seed, agency and key alone', () => {
  // `printf 'seed|customs|EV1' | sha256sum` begins with 892e6e51f087e.
  expect(draw('seed', 'customs', 'EV1')).toBe(0x892e6e51f087e / 2 ** 52)
  const drawn = [draw('seed', 'customs', 'EV1'), draw('seed', 'border', 'EV1'), draw('other', 'customs', 'EV1')]
  expect(new Set(drawn).size).toBe(3)
  const many = Array.from({ length: 2_000 }, (_, key) => draw('seed', 'customs', String(key)))
  expect(many.every((one) => one >= 0 && one < 1)).toBe(true)
  expect(many.reduce((sum, one) => sum + one, 0) / many.length).toBeCloseTo(0.5, 1)
})

test('polled agencies push nothing and pushing agencies fill no mailbox', async () => {
  const { submit, advance, gateway, mailbox, simulator } = stage()
  await submit('EV1', [1], 'island')
  await submit('EV2', [1])
  await advance(1)
  expect(gateway.got.map(({ url }) => url)).toEqual(['http://gateway.test/v1/agencies/harbour/receipts'])
  expect(await (await simulator.app.request('/harbour/mailbox')).json()).toEqual([])
  expect(await mailbox()).toMatchObject([{ sequence: 1, contentType: 'application/json' }])
})

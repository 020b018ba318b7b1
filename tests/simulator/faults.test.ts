import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { ConnectionReset } from '../../mocks/simulator/connection.ts'
import { askedIn, faults, nonsense } from '../../mocks/simulator/faults.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { stage, turn } from './support.ts'

/** What a promise is rejected with, listened to from the start. */
const failure = (promise: Response | Promise<Response>): Promise<unknown> =>
  Promise.resolve(promise).then(
    (response) => `answered ${response.status}`,
    (error: unknown) => error,
  )

const lateSeconds = limits.lateSimulatedMs / 1000
const disorderSeconds = limits.disorderSimulatedMs / 1000

test('a reference’s faults are found with the whole reference around them, for this agency’s letter alone', () => {
  const body = '<CopNo>EV1-H.DOWN-I.SLOW</CopNo><Note>EV2-H.FINE EV1-H.DOWN-I.SLOW</Note>{"ref":"A/B_3.c-H.SLOW.x"}'
  expect(askedIn(body, 'H')).toEqual([
    { reference: 'EV1-H.DOWN-I.SLOW', fault: 'DOWN' },
    { reference: 'A/B_3.c-H.SLOW.x', fault: 'SLOW' },
  ])
})

test('a megabyte of base64 around a magic value is searched in no time', () => {
  const hay = 'Qk1/'.repeat(250_000)
  const begun = performance.now()
  expect(askedIn(`${hay}-H.DOWN/${hay}`, 'H')).toHaveLength(1)
  expect(performance.now() - begun).toBeLessThan(500)
})

test('LATE: documents leave the documented span late', async () => {
  const { submit, advance, gateway } = stage()
  await submit('EV1-H.LATE', [10])
  await advance(10 + lateSeconds - 1)
  expect(gateway.got).toEqual([])
  await advance(1)
  expect(gateway.names()).toEqual(['1'])
})

test('TWICE: each document comes twice, as messages of their own, pushed or polled', async () => {
  const { submit, advance, gateway, mailbox } = stage()
  await submit('EV1-H.TWICE', [1, 2])
  await submit('EV1-I.TWICE', [1], 'island')
  await advance(2)
  expect(gateway.names()).toEqual(['1', '1', '2', '2'])
  expect(new Set(gateway.got.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
  expect(await mailbox()).toMatchObject([
    { sequence: 1, name: '1' },
    { sequence: 2, name: '1' },
  ])
})

test('DISORDER: documents are swapped in pairs, and one without a partner is not lost', async () => {
  const { submit, advance, gateway } = stage()
  await submit('EV1-H.DISORDER', [1, 2, 3, 4, 5])
  await submit('EV2', [1])
  await advance(5)
  expect(gateway.names()).toEqual(['1', '2', '1', '4', '3'])
  await advance(disorderSeconds)
  expect(gateway.names()).toEqual(['1', '2', '1', '4', '3', '5'])
})

test('NONSENSE: a proxy’s page comes first, once, and the real document follows', async () => {
  const { submit, advance, gateway, mailbox } = stage()
  await submit('EV1-H.NONSENSE', [1, 2])
  await submit('EV1-I.NONSENSE', [1], 'island')
  await advance(2)
  expect(gateway.names()).toEqual(['page', '1', '2'])
  expect(gateway.got[0]).toMatchObject({ body: nonsense.body, headers: { 'content-type': nonsense.contentType } })
  expect(await mailbox()).toMatchObject([{ name: nonsense.name }, { name: '1' }])
})

test('faults add up: late, in disorder and twice', async () => {
  const { submit, advance, gateway } = stage()
  await submit('EV1-H.LATE-H.TWICE-H.DISORDER', [1, 2])
  await advance(2)
  expect(gateway.got).toEqual([])
  await advance(lateSeconds)
  expect(gateway.names()).toEqual(['2', '2', '1', '1'])
})

test('DOWN: the first exchanges of a reference find nobody, and the agency has not seen them', async () => {
  const { submit, simulator } = stage()
  for (let exchange = 0; exchange < limits.downExchanges; exchange += 1) {
    const refused = await submit('EV1-H.DOWN')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('content-type')).toContain('text/html')
  }
  expect((await submit('EV2')).status).toBe(200)
  expect(simulator.journal.find({ kind: 'effect', reference: 'EV1-H.DOWN' }).data).toEqual([])
  const answer = await submit('EV1-H.DOWN')
  expect(answer.status).toBe(200)
  expect(await answer.json()).not.toHaveProperty('duplicate')
})

test('SLOW: the answer comes after the documented real time, the agency’s work at once', async () => {
  const { submit, timers, simulator } = stage()
  let answered = false
  const answer = submit('EV1-H.SLOW').then((response) => {
    answered = true
    return response
  })
  await timers.pass(limits.slowReplyMs - 1)
  expect(answered).toBe(false)
  expect(simulator.journal.find({ kind: 'effect' }).data).toHaveLength(1)
  await timers.pass(1)
  expect((await answer).status).toBe(200)
})

test('TIMEOUT: accepted, but no answer; asking again gets the first answer and has no second effect', async () => {
  const { submit, simulator, timers } = stage()
  const hanging = submit('EV1-H.TIMEOUT')
  const ended = failure(hanging)
  await timers.pass(limits.timeoutHoldMs - 1)
  expect(simulator.journal.find({ kind: 'exchange' }).data).toMatchObject([{ status: 200, fault: 'TIMEOUT' }])
  expect(await (await submit('EV1-H.TIMEOUT')).json()).toMatchObject({ duplicate: true })
  expect(simulator.journal.find({ kind: 'effect' }).data).toHaveLength(1)
  await timers.pass(1)
  expect(await ended).toBeInstanceOf(ConnectionReset)
})

test('TIMEOUT ends when the customer hangs up', async () => {
  const { simulator, control } = stage()
  const customer = new AbortController()
  const body = JSON.stringify({ reference: 'EV1-H.TIMEOUT' })
  const hanging = simulator.app.request('/harbour/submit', { method: 'POST', body, signal: customer.signal })
  const ended = failure(hanging)
  await turn()
  expect(await (await control('GET', '/health')).json()).toMatchObject({ inFlight: { exchanges: 1 } })
  customer.abort()
  expect(await ended).toBeInstanceOf(ConnectionReset)
  expect(await (await control('GET', '/health')).json()).toMatchObject({ inFlight: { exchanges: 0 } })
})

test('RESET: processed, then the connection is torn down, the first time only', async () => {
  const { submit, simulator } = stage()
  await expect(submit('EV1-H.RESET')).rejects.toBeInstanceOf(ConnectionReset)
  expect(simulator.journal.find({ kind: 'effect' }).data).toHaveLength(1)
  expect(await (await submit('EV1-H.RESET')).json()).toMatchObject({ duplicate: true })
})

test('over a real port RESET destroys the socket, and TIMEOUT lets the customer run into its own', async () => {
  const { simulator } = stage()
  const listening = Promise.withResolvers<number>()
  const server = serve(
    { fetch: simulator.app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false },
    (info) => listening.resolve(info.port),
  )
  const url = `http://127.0.0.1:${await listening.promise}/harbour/submit`
  const post = (reference: string, signal?: AbortSignal) =>
    fetch(url, { method: 'POST', body: JSON.stringify({ reference }), ...(signal === undefined ? {} : { signal }) })
  try {
    await expect(post('EV1-H.RESET')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    const answer = await post('EV1-H.RESET')
    expect(await answer.json()).toMatchObject({ duplicate: true })

    const customer = new AbortController()
    const hanging = failure(post('EV2-H.TIMEOUT', customer.signal))
    while (simulator.journal.find({ reference: 'EV2-H.TIMEOUT', kind: 'effect' }).data.length === 0) await turn()
    customer.abort(new Error('the customer’s time-out'))
    expect(await hanging).toMatchObject({ message: 'the customer’s time-out' })
    const again = await post('EV2-H.TIMEOUT')
    expect(await again.json()).toMatchObject({ duplicate: true })
  } finally {
    await simulator.close()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
})

test('a control call orders a fault a number of times, whatever the reference', async () => {
  const { submit, control } = stage()
  const ordered = await control('PUT', '/agencies/harbour/faults', { fault: 'BURST5XX', times: 2 })
  expect(await ordered.json()).toEqual({ data: [{ fault: 'BURST5XX', times: 2 }] })
  const statuses = [await submit('EV1'), await submit('EV1', [], 'island'), await submit('EV1'), await submit('EV1')]
  expect(statuses.map(({ status }) => status)).toEqual([503, 200, 503, 200])
  expect(await (await control('GET', '/agencies/harbour/faults')).json()).toEqual({ data: [] })
})

test('an order without a number holds until it is cleared', async () => {
  const { submit, advance, gateway, control } = stage()
  await control('PUT', '/agencies/harbour/faults', { fault: 'TWICE' })
  await submit('EV1', [1, 2])
  await advance(2)
  expect(gateway.names()).toEqual(['1', '1', '2', '2'])
  expect((await control('DELETE', '/agencies/harbour/faults')).status).toBe(204)
  await submit('EV2', [1])
  await advance(1)
  expect(gateway.names()).toEqual(['1', '1', '2', '2', '1'])
})

test('what cannot be ordered is refused with the reason', async () => {
  const { control } = stage()
  const refusals = [
    await control('PUT', '/agencies/harbour/faults', { fault: 'BROKEN' }),
    await control('PUT', '/agencies/harbour/faults', { fault: 'LATE', times: 0 }),
    await control('PUT', '/agencies/nobody/faults', { fault: 'LATE' }),
    await control('DELETE', '/agencies/harbour/faults?fault=BROKEN'),
  ]
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 404, 400])
  expect(refusals.map(({ headers }) => headers.get('content-type'))).toEqual(Array(4).fill('application/problem+json'))
})

test('every fault says in both languages what it does', () => {
  for (const { does } of faults) {
    expect(does.en.length).toBeGreaterThan(20)
    expect(does.zh).toMatch(/\p{Script=Han}/u)
  }
})

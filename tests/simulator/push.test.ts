import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { developmentSecret, sign } from '../../mocks/simulator/signature.ts'
import { stage } from './support.ts'

test('a document is pushed to its agency’s address, signed the Standard Webhooks way at real time', async () => {
  const secret = `whsec_${Buffer.from('a secret of the harbour, 32 bytes').toString('base64')}`
  const { submit, advance, gateway, timers } = stage({ secrets: { harbour: secret } })
  await submit('EV1', [60])
  await advance(60)
  const [push] = gateway.got
  expect(push?.url).toBe('http://gateway.test/v1/agencies/harbour/receipts')
  expect(push?.headers['content-type']).toBe('application/json')
  expect(push?.headers['webhook-timestamp']).toBe(String(Math.floor(timers.now() / 1000)))
  const id = push?.headers['webhook-id'] ?? ''
  expect(id).toMatch(/^msg_[0-9a-f]{8}_harbour_1$/)
  expect(new Webhook(secret).sign(id, new Date(timers.now()), push?.body ?? '')).toBe(
    push?.headers['webhook-signature'],
  )
})

test('without a secret the documented development secret signs, and a stranger’s library accepts it', () => {
  const secret = developmentSecret('customs')
  const timestamp = String(Math.floor(Date.now() / 1000))
  const body = '{"a":"渝"}'
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': sign(secret, 'msg_1', timestamp, body),
  }
  expect(new Webhook(secret).verify(body, headers)).toEqual({ a: '渝' })
  expect(() => new Webhook(developmentSecret('border')).verify(body, headers)).toThrow('No matching signature')
})

test('silence, 5xx, 408 and 429 are tried again with growing waits until 2xx, under the same id, in order', async () => {
  const { submit, advance, gateway, timers, simulator } = stage()
  gateway.answers.push(new Error('ECONNREFUSED'), 503, 429, 408)
  await submit('EV1', [1, 2])
  await advance(2)
  expect(gateway.names()).toEqual(['1'])
  await timers.pass(249)
  expect(gateway.got).toHaveLength(1)
  await timers.pass(1)
  expect(gateway.got).toHaveLength(2)
  await timers.pass(500 + 1_000)
  expect(gateway.names()).toEqual(['1', '1', '1', '1'])
  await timers.pass(2_000)
  expect(gateway.names()).toEqual(['1', '1', '1', '1', '1', '2'])
  expect(new Set(gateway.got.slice(0, 5).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(simulator.undelivered()).toEqual([])
})

test('a customer that never answers is given up on after the time-out of one try', async () => {
  const { submit, advance, gateway, timers, simulator } = stage()
  gateway.answers.push('silence')
  await submit('EV1', [1])
  await simulator.clock.advance(1_000)
  await timers.pass(limits.pushTimeoutMs + 250)
  expect(gateway.got).toHaveLength(2)
  await advance(0)
  const { data } = simulator.journal.find({ kind: 'exchange', agency: 'harbour' })
  expect(data.filter((entry) => entry.kind === 'exchange' && entry.direction === 'out')).toMatchObject([
    { error: `no answer in ${limits.pushTimeoutMs} ms` },
    { status: 202 },
  ])
})

test('a customer that is away for hours loses nothing and gets everything in order', async () => {
  const { submit, advance, gateway, timers, simulator } = stage()
  gateway.answers.push(...Array.from({ length: 200 }, () => new Error('ECONNREFUSED')))
  await submit('EV1', [1, 2, 3])
  await advance(3)
  await timers.pass(30 * 60_000)
  expect(simulator.undelivered()).toMatchObject([
    { reference: 'EV1', name: '1', state: 'waiting', last: 'ECONNREFUSED' },
  ])
  gateway.answers.length = 0
  gateway.got.length = 0
  await timers.pass(limits.pushRetryLongestMs)
  expect(gateway.names()).toEqual(['1', '2', '3'])
  expect(simulator.undelivered()).toEqual([])
})

test('after a day a document is given up, stays listed, and can be asked for again', async () => {
  const { submit, advance, gateway, timers, simulator, control } = stage()
  gateway.answers.push(...Array.from({ length: 4_000 }, () => new Error('ECONNREFUSED')))
  await submit('EV1', [1])
  await advance(1)
  await timers.pass(limits.pushGiveUpMs + limits.pushRetryLongestMs)
  const [expired] = simulator.undelivered()
  expect(expired).toMatchObject({ state: 'expired', nextTryAt: undefined })
  gateway.answers.length = 0
  expect((await control('POST', `/undelivered/${expired?.id}/retry`)).status).toBe(202)
  await simulator.settled()
  expect(simulator.undelivered()).toEqual([])
  expect((await control('POST', `/undelivered/${expired?.id}/retry`)).status).toBe(404)
})

test('a 4xx stops the document, visibly, and lets those behind it go', async () => {
  const { submit, advance, gateway, timers, simulator } = stage()
  gateway.answers.push(422)
  await submit('EV1', [1, 2])
  await advance(2)
  await timers.pass(3_600_000)
  expect(gateway.names()).toEqual(['1', '2'])
  expect(simulator.undelivered()).toMatchObject([{ name: '1', state: 'stopped', tries: 1, last: 'answered 422' }])
})

test('a document the customer chokes on steps aside after a few tries and is still tried', async () => {
  const { submit, advance, gateway, timers, simulator } = stage()
  gateway.answers.push(500, 500, 500, 500, 500)
  await submit('EV1', [1, 2])
  await advance(2)
  await timers.pass(250 + 500 + 1_000 + 2_000)
  expect(gateway.names()).toEqual(['1', '1', '1', '1', '1', '2'])
  expect(simulator.undelivered()).toMatchObject([{ name: '1', state: 'waiting', tries: 5 }])
  await timers.pass(4_000)
  expect(gateway.names().at(-1)).toBe('1')
  expect(simulator.undelivered()).toEqual([])
})

test('one agency’s line does not hold another’s up', async () => {
  const { pushing } = await import('./support.ts')
  const { submit, advance, gateway } = stage({ agencies: [pushing, { ...pushing, id: 'quay', letter: 'Q' }] })
  gateway.answers.push(new Error('ECONNREFUSED'))
  await submit('EV1', [1], 'harbour')
  await submit('EV1', [2], 'quay')
  await advance(2)
  expect(gateway.got.map(({ url }) => url.split('/')[5])).toEqual(['harbour', 'quay'])
})

import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { createRecorder } from '../../mocks/simulator/recorder.ts'
import type { Forward } from '../../mocks/simulator/recorder-forward.ts'
import { recordingOrder } from '../../mocks/simulator/recorder-order.ts'
import { ask, endpoint, recording } from './recorder-endpoint.ts'
import { handTimers } from './support.ts'

/** An endpoint that says the same to everybody. */
function saying(answer: string): Forward {
  async function* body() {
    yield Buffer.from(answer)
  }
  return () => Promise.resolve({ status: 200, headers: [], body: body() })
}

test('a recording is bounded in exchanges and in bytes; what found no room is served and counted', async () => {
  const body = 'x'.repeat(limits.recordingBodyBytes)
  const order = recordingOrder.parse({ agency: 'harbour', target: 'http://endpoint.test' })
  const small = createRecorder({ timers: handTimers(), forward: saying('ok') })
  small.start(order)
  for (let number = 0; number < limits.recordingExchanges + 5; number += 1) await small.serve('harbour', ask('/'))
  expect(small.list()).toEqual([
    { agency: 'harbour', target: 'http://endpoint.test', on: true, exchanges: limits.recordingExchanges, leftOut: 5 },
  ])
  const large = createRecorder({ timers: handTimers(), forward: saying(body) })
  large.start(order)
  const most = limits.recordingBytes / (2 * limits.recordingBodyBytes)
  for (let number = 0; number < most + 2; number += 1)
    expect((await large.serve('harbour', ask('/'))).body).toHaveLength(body.length)
  const { exchanges = 0, leftOut = 0 } = large.list()[0] ?? {}
  expect(exchanges).toBeLessThanOrEqual(most)
  expect(exchanges).toBeGreaterThan(most / 2)
  expect(leftOut).toBe(most + 2 - exchanges)
})

test('exchanges stand in the order they were asked, not answered', async () => {
  let finish: () => void = () => undefined
  const { url } = await endpoint((request, response) => {
    if (request.url === '/fast') response.end('fast')
    else finish = () => response.end('slow')
  })
  const recorder = recording(url)
  const slow = recorder.serve('harbour', ask('/slow'))
  await recorder.serve('harbour', ask('/fast'))
  finish()
  await slow
  expect(recorder.recording('harbour')?.exchanges.map(({ path }) => path)).toEqual(['/slow', '/fast'])
})

test('a recording that was stopped is still there, one that is begun again is empty, one that was removed is gone', async () => {
  const { url } = await endpoint((_, response) => response.end('ok'))
  const recorder = recording(url)
  expect([recorder.records('harbour'), recorder.records('island')]).toEqual([true, false])
  await recorder.serve('harbour', ask('/'))
  expect([recorder.stop('harbour'), recorder.stop('island')]).toEqual([true, false])
  expect(recorder.records('harbour')).toBe(false)
  expect(recorder.recording('harbour')?.exchanges).toHaveLength(1)
  recorder.start(recordingOrder.parse({ agency: 'harbour', target: url }))
  expect(recorder.recording('harbour')?.exchanges).toEqual([])
  expect([recorder.remove('harbour'), recorder.recording('harbour'), recorder.list()]).toEqual([true, undefined, []])
})

test('a recorder that is closed keeps nobody waiting', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { url } = await endpoint(() => resolve())
  const recorder = recording(url)
  const answering = recorder.serve('harbour', ask('/'))
  await promise
  recorder.close()
  expect((await answering).status).toBe(502)
})

test.each([
  ['ftp://a.test'],
  ['file:///etc/passwd'],
  ['nothing'],
  ['http://user:word@a.test'],
  ['http://a.test/?key=1'],
  ['http://a.test/#x'],
])('%s is no endpoint to record', (target) => {
  expect(recordingOrder.safeParse({ agency: 'harbour', target }).success).toBe(false)
})

test('an order with several mistakes is told each of them', () => {
  const mask = { headers: ['a b'], fields: ['<x>', 'a:b'], other: 1 }
  const { error } = recordingOrder.safeParse({ agency: 'harbour', target: 'x', mask })
  expect(error?.issues.map(({ path }) => path.join('/')).sort()).toEqual([
    'mask',
    'mask/fields/0',
    'mask/fields/1',
    'mask/headers/0',
    'target',
  ])
})

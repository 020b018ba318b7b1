import { connect } from 'node:net'
import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { ConnectionReset } from '../../mocks/simulator/connection.ts'
import { latency } from '../../mocks/simulator/faults/latency.ts'
import { plainOrder } from '../../mocks/simulator/faults.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { pushing, type Stage, stage, startAt, turn } from './support.ts'

// What becomes of single exchanges: turned away, slow, cut off. The rest of the table is in `faults.test.ts`.

/** Hands something in, with faults or outcomes named in the header. */
const handIn = ({ simulator }: Stage, scenario: string, reference = 'EV1') =>
  simulator.app.request('/harbour/submit', {
    method: 'POST',
    body: JSON.stringify({ reference }),
    headers: { 'x-sim-scenario': scenario },
  })
const effects = ({ simulator }: Stage) => simulator.journal.find({ kind: 'effect' }).data

test('BUSY: the first exchange of a reference gets 429 with Retry-After, and the agency has not seen it', async () => {
  const world = stage()
  const refused = await world.submit('EV1-H.BUSY')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(limits.busyRetryAfterS)])
  expect(effects(world)).toEqual([])
  expect((await world.submit('EV1-H.BUSY')).status).toBe(200)
  expect((await world.submit('EV2-H.BUSY')).status).toBe(429)
})

test('BUSY as it is ordered: so often, and with the seconds asked for', async () => {
  const { submit, control } = stage()
  const ordered = await control('PUT', '/agencies/harbour/faults', { fault: 'BUSY', retryAfterS: 30, times: 2 })
  expect(await ordered.json()).toEqual({ data: [{ fault: 'BUSY', retryAfterS: 30, times: 2 }] })
  const answers = [await submit('EV1'), await submit('EV2'), await submit('EV3')]
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [429, '30'],
    [429, '30'],
    [200, null],
  ])
})

test('a burst has the status it was ordered with', async () => {
  const { submit, control } = stage()
  await control('PUT', '/agencies/harbour/faults', { fault: 'BURST5XX', status: 502, times: 1 })
  expect((await submit('EV1')).status).toBe(502)
  expect((await submit('EV1')).status).toBe(200)
})

test('by header a fault spoils this one exchange, whatever its reference', async () => {
  const world = stage()
  expect((await handIn(world, 'DOWN')).status).toBe(503)
  expect((await handIn(world, 'H.BUSY')).status).toBe(429)
  expect((await world.submit('EV1')).status).toBe(200)
  await expect(handIn(world, 'RESET')).rejects.toBeInstanceOf(ConnectionReset)
  await expect(handIn(world, 'RESET')).rejects.toBeInstanceOf(ConnectionReset)
  expect(effects(world)).toHaveLength(1)
})

test('MAINTENANCE by order: between its instants the agency answers with its own notice, then as always', async () => {
  const notice = { contentType: 'text/plain', body: 'closed until ' }
  const same = <T>(one: T) => one
  const variants = {
    unknownCode: same,
    older: same,
    newer: same,
    maintenance: (until: number) => ({ ...notice, body: notice.body + new Date(until).toISOString() }),
  }
  const { submit, advance, control } = stage({ agencies: [{ ...pushing, variants }] })
  const [from, until] = [60, 90].map((seconds) => new Date(startAt + seconds * 1_000).toISOString())
  await control('PUT', '/agencies/harbour/faults', { fault: 'MAINTENANCE', from, until })
  expect((await submit('EV1')).status).toBe(200)
  await advance(60)
  const closed = await submit('EV2')
  expect([closed.status, closed.headers.get('retry-after')]).toEqual([503, '30'])
  expect([closed.headers.get('content-type'), await closed.text()]).toEqual(['text/plain', `closed until ${until}`])
  await advance(29.5)
  expect((await submit('EV2')).headers.get('retry-after')).toBe('1')
  await advance(0.5)
  expect((await submit('EV2')).status).toBe(200)
  expect(await (await control('GET', '/agencies/harbour/faults')).json()).toEqual({ data: [] })
})

test('MAINTENANCE by reference begins with the first exchange that names it, and concerns no other', async () => {
  const { submit, advance } = stage()
  await advance(1_000)
  expect((await submit('EV1-H.MAINTENANCE')).status).toBe(503)
  expect((await submit('EV2')).status).toBe(200)
  await advance(limits.maintenanceSimulatedMs / 1_000 - 1)
  expect((await submit('EV1-H.MAINTENANCE')).status).toBe(503)
  await advance(1)
  expect((await submit('EV1-H.MAINTENANCE')).status).toBe(200)
  await advance(limits.maintenanceSimulatedMs / 1_000)
  expect((await submit('EV1-H.MAINTENANCE')).status).toBe(200)
})

test('LATENCY: the same seed draws the same times, and another one others', async () => {
  const drawn = async (seed: string) => {
    const { submit, timers, control } = stage({ seed })
    await control('PUT', '/agencies/harbour/faults', { fault: 'LATENCY', medianMs: 100, p95Ms: 400 })
    const times: number[] = []
    for (let number = 0; number < 6; number += 1) {
      const begun = timers.now()
      const answer = submit(`EV${number}`).then(() => times.push(timers.now() - begun))
      while (times.length === number) await timers.pass(1)
      await answer
    }
    return times
  }
  const times = await drawn('one')
  expect(await drawn('one')).toEqual(times)
  expect(await drawn('two')).not.toEqual(times)
  expect(new Set(times).size).toBeGreaterThan(3)
})

test('LATENCY has the median and the 95th percentile it was asked for, and an end', () => {
  const order = { ...plainOrder('LATENCY'), medianMs: 100, p95Ms: 400 }
  const side = 64
  const times = Array.from({ length: side * side }, (_, at) =>
    latency(order, (Math.floor(at / side) + 0.5) / side, ((at % side) + 0.5) / side),
  ).toSorted((a, b) => a - b)
  const under = (share: number) => times[Math.floor(times.length * share)] ?? 0
  expect(Math.abs(under(0.5) - 100)).toBeLessThan(5)
  expect(Math.abs(under(0.95) - 400)).toBeLessThan(20)
  expect(latency({ ...order, p95Ms: 500_000 }, 1 - Number.EPSILON, 0)).toBe(limits.latencyLongestMs)
})

test('TRUNCATED without a port: the whole length is announced, half of the body comes, then the connection is gone', async () => {
  const world = stage()
  const answer = await world.submit('EV1-H.TRUNCATED')
  const whole = await (await world.submit('EV1-H.TRUNCATED')).text()
  expect(whole).toContain('"duplicate":true')
  expect(effects(world)).toHaveLength(1)
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  const length = Number(answer.headers.get('content-length'))
  expect(length).toBe(whole.length - ',"duplicate":true'.length)
  expect(first?.value?.length).toBe(Math.floor(length / 2))
  await expect(reader?.read()).rejects.toBeInstanceOf(ConnectionReset)
})

test('DRIBBLE: the body comes whole, piece by piece, at the rate asked for', async () => {
  const { submit, timers, control, simulator } = stage()
  await control('PUT', '/agencies/harbour/faults', { fault: 'DRIBBLE', bytesPerSecond: 100, times: 1 })
  const answer = await submit('EV1')
  const sizes: number[] = []
  let text = ''
  const reading = (async () => {
    for await (const piece of answer.body ?? []) {
      sizes.push(piece.length)
      text += Buffer.from(piece).toString('utf8')
    }
  })()
  await timers.pass(0)
  expect(sizes).toEqual([10])
  await timers.pass(100)
  expect(sizes).toEqual([10, 10])
  await timers.pass(60_000)
  await reading
  expect(JSON.parse(text)).toMatchObject({ reference: 'EV1' })
  expect(simulator.journal.find({ kind: 'exchange' }).data[0]).toMatchObject({ fault: 'DRIBBLE', status: 200 })
})

test('over a real port TRUNCATED sends half of what it announces and hangs up; DRIBBLE sends all of it', async () => {
  const { simulator, timers } = stage()
  const listening = Promise.withResolvers<number>()
  const server = serve(
    { fetch: simulator.app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false },
    (info) => listening.resolve(info.port),
  )
  const port = await listening.promise
  /** All bytes that come until the connection ends, and what was announced. */
  const raw = (reference: string) =>
    new Promise<{ head: string; body: string }>((resolve) => {
      const body = JSON.stringify({ reference })
      let got = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /harbour/submit HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        )
      })
      socket.on('data', (bytes) => (got += bytes.toString('utf8')))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        const at = got.indexOf('\r\n\r\n')
        resolve({ head: got.slice(0, at), body: got.slice(at + 4) })
      })
    })
  try {
    const cut = await raw('EV1-H.TRUNCATED')
    const length = Number(/content-length: (\d+)/i.exec(cut.head)?.[1])
    expect(cut.head).toContain('200 OK')
    expect(cut.body.length).toBe(Math.floor(length / 2))
    const whole = await fetch(`http://127.0.0.1:${port}/harbour/submit`, {
      method: 'POST',
      body: JSON.stringify({ reference: 'EV1-H.TRUNCATED' }),
    })
    expect(await whole.json()).toMatchObject({ duplicate: true })

    const dribbled: string[] = []
    const answer = raw('EV2-H.DRIBBLE').then(({ body }) => dribbled.push(body))
    while (dribbled.length === 0) await timers.pass(1_000)
    await answer
    expect(dribbled[0]).toContain('EV2-H.DRIBBLE')
  } finally {
    await simulator.close()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    await turn()
  }
})

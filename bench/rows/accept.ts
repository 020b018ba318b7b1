import { median } from '../measure.ts'
import type { Cluster } from '../cluster.ts'
import { bodyAround, type Generator } from '../generator.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface AcceptOptions {
  readonly rounds: number
  readonly ms: number
  readonly warmMs: number
}

const connections = 64

/** (a) Durable acceptances a second beside a server that only reads, and beside a plain one; (d) the gateway's memory meanwhile. */
export async function measureAccept(cluster: Cluster, generator: Generator, options: AcceptOptions): Promise<Row[]> {
  const own = await cluster.create('bench_accept')
  const others = await cluster.create('bench_plain')
  const [gateway, reading, plain] = await Promise.all([
    startServer('src/main.ts', ['gateway'], own.env),
    startServer('bench/servers/reading.ts', [], own.env),
    startServer('bench/servers/plain.ts', [], others.env),
  ])
  const contestants = [
    { name: 'gateway', url: gateway.url, post: '/v1/declarations' },
    { name: 'parse', url: reading.url, post: '/bench/parse' },
    { name: 'plain', url: plain.url, post: '/v1/declarations' },
    { name: 'read', url: reading.url, post: '/bench/read' },
  ] as const
  const body = bodyAround()
  const rates: Record<(typeof contestants)[number]['name'], number[]> = { gateway: [], parse: [], plain: [], read: [] }
  // Round 0 warms everything up and does not count.
  for (let round = 0; round <= options.rounds; round++)
    for (const { name, url, post } of contestants) {
      const requests = { post, ...body, numbers: `${name}-${round}` }
      const ms = round === 0 ? options.warmMs : options.ms
      const { perSecond } = await generator.run({ url, connections, ms, key: own.key, status: 202, requests })
      if (round > 0) rates[name].push(perSecond)
    }
  const peakMiB = gateway.peakMiB()
  await Promise.all([gateway.stop(), reading.stop(), plain.stop()])
  const ratio = (other: 'parse' | 'plain' | 'read') => median(rates.gateway.map((rate, at) => rate / (rates[other][at] ?? Number.NaN)))
  const perSecond = (name: keyof typeof rates) => ({ value: median(rates[name]), unit: '/s', all: rates[name] })
  return [
    { id: 'a1', what: 'durable accepts, against only reading, parsing and checking the schema', ours: perSecond('gateway'), theirs: perSecond('parse'), ratio: ratio('parse'), atLeast: 0.5, aim: 0.75 },
    { id: 'a1r', what: '  for information: against only reading and parsing JSON', ours: perSecond('gateway'), theirs: perSecond('read'), ratio: ratio('read') },
    { id: 'a2', what: 'durable accepts, against Fastify + ajv, one transaction a request', ours: perSecond('gateway'), theirs: perSecond('plain'), ratio: ratio('plain'), atLeast: 1.5 },
    ...(peakMiB === undefined ? [] : [{ id: 'd', what: 'peak memory of the gateway process during (a)', ours: { value: peakMiB, unit: 'MiB' }, limit: 250 }]),
  ]
}

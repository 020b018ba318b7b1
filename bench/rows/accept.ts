import type { Cluster } from '../cluster.ts'
import { bodyAround, type Generator } from '../generator.ts'
import { median } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface AcceptOptions {
  readonly rounds: number
  readonly ms: number
  /** Requests each server answers before it is measured: compiled code is reached by their number, not by time. */
  readonly warm: number
}

const connections = 64
/** Longest that warming up one server may take. */
const warmMostMs = 30_000

/** (a) Durable acceptances a second beside a server that only reads, and beside a plain one; (d) the gateway's memory meanwhile. */
export async function measureAccept(cluster: Cluster, generator: Generator, options: AcceptOptions): Promise<Row[]> {
  const own = await cluster.create('bench_accept')
  const others = await cluster.create('bench_plain')
  // The first start after a change compiles anew, with the memory that takes; what is measured is a gateway as it runs.
  await (await startServer('src/main.ts', ['gateway'], own.env)).stop()
  const [gateway, reading, plain] = await Promise.all([
    startServer('src/main.ts', ['gateway'], own.env),
    startServer('bench/servers/reading.ts', [], own.env),
    startServer('bench/servers/plain.ts', [], others.env),
  ])
  const contestants = [
    { name: 'gateway', server: gateway, post: '/v1/declarations' },
    { name: 'parse', server: reading, post: '/bench/parse' },
    { name: 'plain', server: plain, post: '/v1/declarations' },
    { name: 'read', server: reading, post: '/bench/read' },
  ] as const
  const body = bodyAround()
  const rates: Tally = { gateway: [], parse: [], plain: [], read: [] }
  const cpuMsEach: Tally = { gateway: [], parse: [], plain: [], read: [] }
  // Round 0 warms everything up and does not count.
  for (let round = 0; round <= options.rounds; round++)
    for (const { name, server, post } of contestants) {
      const requests = { post, ...body, numbers: `${name}-${round}` }
      const span = round === 0 ? { ms: warmMostMs, most: options.warm } : { ms: options.ms }
      const cpuBefore = server.cpuMs()
      const job = { url: server.url, connections, key: own.key, status: 202, requests }
      const done = await generator.run({ ...job, ...span })
      const cpuAfter = server.cpuMs()
      if (round === 0) continue
      rates[name].push(done.perSecond)
      if (cpuBefore !== undefined && cpuAfter !== undefined) cpuMsEach[name].push((cpuAfter - cpuBefore) / done.count)
    }
  const peakMiB = gateway.peakMiB()
  await Promise.all([gateway.stop(), reading.stop(), plain.stop()])
  return rowsOf(rates, cpuMsEach, peakMiB)
}

type Tally = Record<'gateway' | 'parse' | 'plain' | 'read', number[]>

function rowsOf(rates: Tally, cpuMsEach: Tally, peakMiB: number | undefined): Row[] {
  const figure = (name: keyof Tally) => ({
    value: median(rates[name]),
    unit: '/s',
    all: rates[name],
    ...(cpuMsEach[name].length > 0 ? { cpuMsEach: median(cpuMsEach[name]) } : {}),
  })
  const against = (other: keyof Tally) => ({
    ours: figure('gateway'),
    theirs: figure(other),
    ratio: median(rates.gateway.map((rate, at) => rate / (rates[other][at] ?? Number.NaN))),
  })
  const rows: Row[] = [
    {
      id: 'a1',
      what: 'durable accepts, against the same server reading, parsing and checking the schema only',
      ...against('parse'),
      atLeast: 0.5,
      aim: 0.75,
    },
    { id: 'a1r', what: '… against the same server reading and parsing JSON only', ...against('read') },
    {
      id: 'a2',
      what: 'durable accepts, against Fastify + ajv with one transaction a request',
      ...against('plain'),
      atLeast: 1.5,
    },
  ]
  if (peakMiB !== undefined)
    rows.push({
      id: 'd',
      what: 'peak memory of the gateway process during (a)',
      ours: { value: peakMiB, unit: 'MiB' },
      limit: 250,
    })
  return rows
}

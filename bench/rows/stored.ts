import type { Cluster } from '../cluster.ts'
import { bodyAround, type Generator } from '../generator.ts'
import { quantile } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'
import { storedGround } from '../stored.ts'

export interface StoredOptions {
  readonly few: number
  readonly many: number
  readonly rounds: number
  /** Requests of each kind a round, against each database. */
  readonly perRound: number
}

const connections = 4
const mostMs = 60_000

/**
 * (e) Accepting and reading with many declarations stored, beside few: two databases of one server, a gateway each, taken in
 * turns. What is stored are copies of a declaration that was accepted, delivered and answered.
 */
export async function measureStored(cluster: Cluster, generator: Generator, options: StoredOptions): Promise<Row[]> {
  const sizes = [options.few, options.many] as const
  const sides = []
  for (const size of sizes) {
    const { ground, ids } = await storedGround(cluster, size)
    sides.push({ size, ground, ids, gateway: await startServer('src/main.ts', ['gateway'], ground.env) })
  }
  const body = bodyAround()
  const latencies = { accept: new Map<number, number[]>(), read: new Map<number, number[]>() }
  for (let round = 0; round <= options.rounds; round++)
    for (const { size, ground, ids, gateway } of round % 2 === 0 ? sides : sides.toReversed()) {
      const job = { url: gateway.url, connections, ms: mostMs, most: options.perRound, key: ground.key }
      const post = { post: '/v1/declarations', ...body, numbers: `stored-${round}` }
      const accepted = await generator.run({ ...job, status: 202, requests: post })
      const get = Array.from({ length: options.perRound }, (_, at) => ids[(at * 7_919 + round) % ids.length] ?? '')
      const read = await generator.run({
        ...job,
        status: 200,
        requests: { get: get.map((id) => `/v1/declarations/${id}`) },
      })
      if (round === 0) continue
      latencies.accept.set(size, [...(latencies.accept.get(size) ?? []), ...accepted.latenciesMs])
      latencies.read.set(size, [...(latencies.read.get(size) ?? []), ...read.latenciesMs])
    }
  await Promise.all(sides.map(({ gateway }) => gateway.stop()))
  const row = (kind: 'accept' | 'read', what: string): Row => {
    const p95 = (size: number) => quantile(latencies[kind].get(size) ?? [], 0.95)
    return {
      id: `e ${kind}`,
      what: `${what} p95 with ${options.many} declarations stored, against ${options.few}`,
      ours: { value: p95(options.many), unit: 'ms' },
      theirs: { value: p95(options.few), unit: 'ms' },
      ratio: p95(options.many) / p95(options.few),
      atMost: 1.2,
    }
  }
  return [row('accept', 'accept'), row('read', 'status')]
}

import { Client } from 'undici'
import type { Quote } from '../../schemas/fees/quote.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import type { Cluster } from '../cluster.ts'
import { manyFees } from '../fees.ts'
import type { Generator } from '../generator.ts'
import { median, nowMs } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface FeesOptions {
  readonly fees: number
  readonly rounds: number
  readonly ms: number
  readonly quotes: number
}

const connections = 4
/** Copies of the four ports the fees are spread over. */
const regions = 10
/** Share of the static answers' rate the list must keep; server time of a quote. */
const listAtLeast = 0.7
const quoteMostMs = 5

/**
 * (h) The public list of many fees, filtered, beside copies of the same answers sent as bytes by the same app; and what one quote over that list
 * takes, in the server and from request to answer, on a connection of its own.
 */
export async function measureFees(cluster: Cluster, generator: Generator, options: FeesOptions): Promise<Row[]> {
  const ground = await cluster.create('bench_fees')
  const entries = manyFees({ fees: options.fees, regions })
  const about = {
    title: 'bench',
    reason: 'bench',
    validFrom: '2026-01-01',
    announcedAt: new Date('2025-12-01T00:00:00Z'),
  }
  await publishSeed(ground.database, createVault([]), { ...about, entries })
  const server = await startServer('bench/servers/copies.ts', [], ground.env)
  const paths = questions(entries.flatMap(({ type, id }) => (type === 'port' ? [id] : [])))
  const copies = paths.map((path) => `/bench/copies${path}`)
  const bytes = await warm(server.url, [...paths, ...copies])
  const rates = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round <= options.rounds; round++)
    for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const get = side === 'ours' ? paths : copies
      const job = { url: server.url, connections, ms: options.ms, key: ground.key, status: 200, requests: { get } }
      const { perSecond } = await generator.run(job)
      if (round > 0) rates[side].push(perSecond)
    }
  const list: Row = {
    id: 'h list',
    what: `filtered lists of ${options.fees} fees, ${Math.round(bytes / paths.length / 1_024)} KiB each, against static answers of the same bytes`,
    ours: { value: median(rates.ours), unit: '/s', all: rates.ours },
    theirs: { value: median(rates.theirs), unit: '/s', all: rates.theirs },
    ratio: median(rates.ours.map((rate, at) => rate / (rates.theirs[at] ?? Number.NaN))),
    atLeast: listAtLeast,
  }
  const quotes = await measureQuotes(server.url, options.quotes)
  await server.stop()
  return [list, ...quotes]
}

/** Questions a public list is asked: by port, nature, direction and word, some pages long and some whole. */
const questions = (ports: readonly string[]): string[] =>
  ports.flatMap((port) => [
    `/v1/fees?port=${port}`,
    `/v1/fees?port=${port}&nature=market&direction=import`,
    `/v1/fees?port=${port}&q=${encodeURIComponent('费 集装箱')}`,
    `/v1/fees?port=${port}&limit=5000&direction=export`,
  ])

/** Asks everything once. @returns bytes of the first half */
async function warm(url: string, paths: readonly string[]): Promise<number> {
  let bytes = 0
  for (const [at, path] of paths.entries()) {
    const answer = await fetch(`${url}${path}`)
    const { byteLength } = await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    if (at < paths.length / 2) bytes += byteLength
  }
  return bytes
}

async function measureQuotes(url: string, count: number): Promise<Row[]> {
  const client = new Client(url)
  const [tookMs, servedMs]: [number[], number[]] = [[], []]
  let lines = 0
  try {
    for (let at = -count; at < count; at++) {
      const shipment: Shipment = {
        port: at % 2 === 0 ? 'guoyuan' : 'tuanjiecun',
        day: '2026-11-20',
        direction: at % 3 === 0 ? 'import' : 'export',
        trade: 'foreign',
        cargo: 'container',
        containers: [
          { count: 1 + (Math.abs(at) % 5), size: '40', state: 'laden', storageDays: Math.abs(at) % 20 },
          { count: 1, size: '20', state: 'laden', detentionDays: 9 },
        ],
        bills: 1,
        declarations: 1,
        grossMassTonnes: '24.5',
      }
      const body = JSON.stringify({ shipment })
      const start = nowMs()
      const answer = await client.request({
        method: 'POST',
        path: '/v1/fee-quotes',
        headers: { 'content-type': 'application/json', 'bench-timed': '1' },
        body,
      })
      const text = await answer.body.text()
      if (at >= 0) {
        tookMs.push(nowMs() - start)
        servedMs.push(Number(/dur=([\d.]+)/.exec(String(answer.headers['server-timing']))?.[1]))
      }
      if (answer.statusCode !== 200) throw new Error(text)
      lines += (JSON.parse(text) as Quote).lines.length
    }
  } finally {
    await client.close()
  }
  if (lines === 0) throw new Error('No fee fell')
  return [
    {
      id: 'h quote',
      what: 'a quote over that list, server time, median',
      ours: { value: median(servedMs), unit: 'ms' },
      limit: quoteMostMs,
    },
    {
      id: 'h quote http',
      what: 'the same from request to answer read',
      ours: { value: median(tookMs), unit: 'ms' },
    },
  ]
}

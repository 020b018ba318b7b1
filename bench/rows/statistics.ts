import { Client } from 'undici'
import type { ClearanceAnswer, FigureKind } from '../../schemas/statistics.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { exchangeContributions, type KeptContribution } from '../../src/db/statistics.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { keyOf } from '../../src/statistics/cell.ts'
import { bucketOf } from '../../src/statistics/histogram.ts'
import { endOf, monthAfter } from '../../src/statistics/months.ts'
import { foldAll, publishDue } from '../../src/statistics/publish.ts'
import type { Cluster } from '../cluster.ts'
import { median, nowMs, quantile } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface StatisticsOptions {
  readonly declarations: number
  readonly questions: number
}

const questionMostMs = 50
const firstMonth = '2025-11'

/**
 * (k) Questions about a year of declarations, from request to answer, on a connection of its own. The figures come about as always: contributions
 * exchanged, differences folded, months published; only the receipts they are made from are not there.
 */
export async function measureStatistics(cluster: Cluster, options: StatisticsOptions): Promise<Row[]> {
  const ground = await cluster.create('bench_statistics')
  const { database } = ground
  const { folded, foldMs } = await fill(database, options.declarations)
  const published = await publishDue(database, ownRules, endOf(monthAfter(firstMonth, 12)))
  if (published.length !== 12) throw new Error(`${published.length} months were published`)
  await database.pool.query('VACUUM ANALYZE')
  const server = await startServer('src/main.ts', ['gateway'], ground.env)
  const { tookMs, firstMs, declarations } = await ask(server.url, options.questions)
  await server.stop()
  if (declarations < options.declarations * 0.9)
    throw new Error(`Of ${options.declarations} declarations ${declarations} are in the figures`)
  const year = `a year of ${options.declarations} declarations`
  return [
    {
      id: 'k query',
      what: `a question about ${year}, from request to answer, p95 of ${tookMs.length}`,
      ours: { value: quantile(tookMs, 0.95), unit: 'ms' },
      limit: questionMostMs,
    },
    {
      id: 'k first',
      what: 'the same, each question for the first time: nothing of it kept in memory, median',
      ours: { value: median(firstMs), unit: 'ms' },
      limit: questionMostMs,
    },
    {
      id: 'k fold',
      what: `differences folded into the cells, ${year}`,
      ours: { value: (folded / foldMs) * 1_000, unit: '/s' },
    },
  ]
}

/** Questions people ask, coarse and fine. */
const questions = [
  'by=',
  'by=month',
  'by=month,direction',
  'by=district',
  'by=month,mode',
  'by=credit,direction',
  'by=month,district,direction',
  'by=month&mode=2&direction=import',
  'by=month&measure=declared',
  'by=agency&measure=agency',
]

async function ask(url: string, count: number): Promise<{ tookMs: number[]; firstMs: number[]; declarations: number }> {
  const client = new Client(url)
  const tookMs: number[] = []
  const firstMs: number[] = []
  let declarations = 0
  const to = monthAfter(firstMonth, 11)
  try {
    for (let at = -questions.length; at < count; at++) {
      const question = questions[(at + questions.length) % questions.length] ?? ''
      const start = nowMs()
      const path = `/v1/statistics/clearance?from=${firstMonth}&to=${to}&${question}`
      const answer = await client.request({ method: 'GET', path })
      const text = await answer.body.text()
      ;(at >= 0 ? tookMs : firstMs).push(nowMs() - start)
      if (answer.statusCode !== 200) throw new Error(text)
      const { data } = JSON.parse(text) as ClearanceAnswer
      if (data.length === 0) throw new Error(`Nothing about ${question}`)
      if (question === 'by=') declarations = data[0]?.declarations ?? 0
    }
  } finally {
    await client.close()
  }
  return { tookMs, firstMs, declarations }
}

const districts = Array.from({ length: 22 }, (_, at) => String(8001 + at))
const modes = ['1', '2', '2', '2', '3', '4', '8']
const levels = ['AA', 'A', 'B', 'B', 'B', 'C']
const firms = 5_000
const atOnce = 10_000

/** Declarations spread over a year, a few firms with most of the trade, times from minutes to weeks. The same every time. */
async function fill(database: Database, declarations: number): Promise<{ folded: number; foldMs: number }> {
  let [folded, foldMs] = [0, 0]
  let state = 1
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const pick = <T>(values: readonly T[], skew = 1): T => values[Math.floor(random() ** skew * values.length)] as T
  for (let from = 0; from < declarations; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, declarations - from) }, (_, at): KeptContribution[] => {
      const month = monthAfter(firstMonth, Math.floor(random() * 12))
      const place = {
        direction: pick(['import', 'export']),
        mode: pick(modes),
        district: pick(districts, 2),
        credit: pick(levels),
      }
      const hours = Math.exp(2 + 1.3 * Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random()))
      const one = (kind: FigureKind, seconds: number): KeptContribution => ({
        declarationId: `D${from + at}`,
        kind,
        filingId: '',
        month,
        cell: keyOf({ kind, agency: kind === 'declared' ? 'releasing' : '', procedure: '', ...place }),
        firm: `F${Math.floor(random() ** 3 * firms)}`,
        start: kind === 'declared' ? 'declared' : 'arrival-time',
        bucket: bucketOf(seconds),
        amount: seconds,
      })
      const seconds = Math.round(hours * 3_600)
      return [one('overall', seconds), one('declared', Math.round(seconds / 3))]
    }).flat()
    await transaction(database.pool, (client) => exchangeContributions(client, [], rows))
    const started = nowMs()
    folded += await foldAll(database)
    foldMs += nowMs() - started
  }
  return { folded, foldMs }
}

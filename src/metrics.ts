import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './db/database.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Prometheus metrics of one process; gauges about the database are read when they are asked for. */
export function createMetrics(database: Database) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const gaugeBy = (name: string, help: string, label: string, sql: string) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const { rows } = await database.pool.query<{ label: string; value: number }>(sql)
        this.reset()
        for (const { label: value, value: count } of rows) this.set({ [label]: value }, count)
      },
    })
  gaugeBy(
    'yuchuang_deliveries_waiting',
    'Submissions not yet taken by their agency',
    'agency',
    'SELECT lane AS label, count(*)::int AS value FROM delivery GROUP BY lane',
  )
  gaugeBy(
    'yuchuang_deliveries_oldest_seconds',
    'Age of the oldest submission not yet taken',
    'agency',
    'SELECT lane AS label, extract(epoch FROM now() - min(instant))::float8 AS value FROM delivery GROUP BY lane',
  )
  gaugeBy(
    'yuchuang_receipts_unknown',
    'Receipts of filings nobody knows',
    'agency',
    'SELECT agency AS label, count(*)::int AS value FROM receipt WHERE filing_id IS NULL GROUP BY agency',
  )
  return {
    registry,
    requests: new Histogram({
      name: 'yuchuang_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    accepted: new Counter({
      name: 'yuchuang_declarations_total',
      help: 'Declarations answered',
      labelNames: ['outcome'],
      registers,
    }),
    callbacks: new Counter({
      name: 'yuchuang_callbacks_total',
      help: 'Documents pushed by agencies',
      labelNames: ['agency', 'outcome'],
      registers,
    }),
  }
}

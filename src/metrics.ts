import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './db/database.ts'
import { countJobs } from './db/jobs.ts'

export type Metrics = ReturnType<typeof createMetrics>

interface Counted {
  readonly label: string
  readonly value: number
}

/** Prometheus metrics of one process; gauges about the database are read when they are asked for. */
export function createMetrics(database: Database) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const gaugeBy = (name: string, help: string, label: string, sql: string | (() => Promise<readonly Counted[]>)) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const rows = typeof sql === 'string' ? (await database.pool.query<Counted>(sql)).rows : await sql()
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
  gaugeBy(
    'yuchuang_notices_total',
    'Tries to deliver a notice to a webhook endpoint, and endpoints disabled, since the beginning and in every process',
    'outcome',
    `SELECT outcome AS label, value::float8 FROM notice_tally,
       LATERAL (VALUES ('delivered', delivered), ('failed', failed), ('exhausted', exhausted), ('disabled', disabled)) AS said (outcome, value)`,
  )
  gaugeBy(
    'yuchuang_notices_waiting',
    'Notices not yet delivered: due, or waiting for their next try',
    'state',
    "SELECT CASE WHEN due_at <= now() THEN 'due' ELSE 'later' END AS label, count(*)::int AS value FROM notice WHERE status = 'waiting' GROUP BY 1",
  )
  gaugeBy(
    'yuchuang_notices_lag_seconds',
    'Age of the oldest event not yet in the feed, and of the oldest due notice of an endpoint that does not rest',
    'of',
    `SELECT 'feed' AS label, coalesce(extract(epoch FROM now() - min(event.at)), 0)::float8 AS value
     FROM feed_head JOIN event ON event.transaction >= feed_head.transaction
     WHERE NOT EXISTS (SELECT FROM feed WHERE feed.source_id = event.declaration_id AND feed.number = event.number)
     UNION ALL SELECT 'sending', greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0))::float8
     FROM notice JOIN webhook_endpoint endpoint ON endpoint.id = endpoint_id
     WHERE status = 'waiting' AND lease_until IS NULL AND enabled AND (rest_until IS NULL OR rest_until <= now())`,
  )
  gaugeBy(
    'yuchuang_recognitions_used',
    'Submissions that carried a result of another agency, and checks that saved',
    'state',
    'SELECT state AS label, count(*)::int AS value FROM recognition_use GROUP BY state',
  )
  gaugeBy(
    'yuchuang_cooperation_waiting',
    'Notes between agencies not yet told',
    'agency',
    "SELECT agency AS label, count(*)::int AS value FROM cooperation_note WHERE state = 'waiting' GROUP BY agency",
  )
  gaugeBy('yuchuang_jobs', 'Background jobs: waiting, running, failed for good', 'state', () => countJobs(database))
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

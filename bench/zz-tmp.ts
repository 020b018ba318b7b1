import { startCluster } from './cluster.ts'
import { placeEvents } from '../src/db/feed.ts'
const cluster = await startCluster()
try {
  const { database } = await cluster.create('x')
  const pool = database.pool
  await pool.query(`INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
    SELECT lpad(n::text, 20, '0'), 'T' || (n % 50), n::text, 'export', '{}', 10, '', now(), now() FROM generate_series(1, 30000) n`)
  const c = await pool.connect()
  await c.query('SET synchronous_commit = off')
  await c.query(`DO $$ BEGIN FOR k IN 1..6000 LOOP INSERT INTO event (declaration_id, number, type, data, at, hash) SELECT lpad((k % 3000 + n * 3000)::text, 20, '0'), k / 3000, 'filing.receipt', '{}', now(), '' FROM generate_series(1, 8) n; COMMIT; END LOOP; END $$`)
  for (const stage of ['none', 'some', 'analyzed']) {
    if (stage === 'some') for (let i = 0; i < 20; i++) await placeEvents(database, new Date(), 500)
    if (stage === 'analyzed') await c.query('ANALYZE')
    const { rows: [h] } = await c.query('SELECT transaction::text t, position FROM feed_head')
    const { rows } = await c.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) WITH fresh AS (
  SELECT event.transaction, event.declaration_id, event.number, event.type, event.at, declaration.tenant
  FROM event JOIN declaration ON declaration.id = event.declaration_id
  WHERE event.transaction >= $1::xid8 AND event.transaction < pg_snapshot_xmin(pg_current_snapshot())  AND NOT EXISTS (SELECT FROM feed WHERE feed.source_id = event.declaration_id AND feed.number = event.number)
  ORDER BY event.transaction, event.declaration_id, event.number LIMIT $2) SELECT * FROM fresh`, [h.t, 500])
    console.log(stage, '\n' + rows.map((r) => r['QUERY PLAN']).join('\n'))
  }
  const t = performance.now(); let n = 0
  for (;;) { const { placed } = await placeEvents(database, new Date(), 500); n += placed; if (placed === 0) break }
  console.log('placed', n, performance.now() - t)
  const a = performance.now(); await placeEvents(database, new Date()); console.log('idle', performance.now() - a)
  c.release(true)
} finally { await cluster.stop() }

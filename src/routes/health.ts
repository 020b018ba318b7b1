import { Hono } from 'hono'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'

/** Liveness, readiness, metrics. */
export function healthRoutes({ database, metrics, log }: Services): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/healthz', describe('readLiveness'), (context) => context.json({ status: 'ok' }))
  routes.get('/readyz', describe('readReadiness'), async (context) => {
    try {
      await database.pool.query('SELECT 1')
      return context.json({ status: 'ready' })
    } catch (error) {
      log.warn({ err: error }, 'not ready: the database does not answer')
      return context.json({ status: 'unavailable', because: 'database' }, 503)
    }
  })
  routes.get('/metrics', describe('readMetrics'), async (context) => {
    context.header('Content-Type', metrics.registry.contentType)
    return context.body(await metrics.registry.metrics())
  })
  return routes
}

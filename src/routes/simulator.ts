import { Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { callSimulator, placeOf } from './simulator-call.ts'
import { simulatorControlRoutes } from './simulator-control.ts'

/** The simulator behind this gateway 模拟器: where it is, its tables for everybody, its control for integrators. */
export function simulatorRoutes(services: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/', describe('readSimulator'), auth('integrator', 'admin'), (context) => context.json(placeOf(services)))
  routes.get('/outcomes', describe('listOutcomes'), async (context) => {
    const path = '/control/outcomes'
    const key = services.simulatorKey
    const told = await callSimulator(placeOf(services), { method: 'GET', path, key, timeoutMs: limits.simulatorReadMs })
    if (told.status !== 200)
      throw new Problem('unavailable', {
        detail: { en: 'The simulator does not show its tables', zh: '模拟器未提供结果表' },
      })
    context.header('Content-Type', 'application/json')
    return context.body(told.body)
  })
  routes.route('/control', simulatorControlRoutes(services, auth))
  return routes
}

import { Hono } from 'hono'
import { request } from 'undici'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'

/** What the simulator behind this gateway does on which magic value: its own table, passed on. */
export function simulatorRoutes({ simulatorUrl }: Services): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/outcomes', describe('listOutcomes'), async (context) => {
    const none = new Problem('unavailable', {
      detail: { en: 'No simulator runs behind this gateway', zh: '本网关未连接模拟器' },
    })
    if (simulatorUrl === undefined) throw none
    try {
      const { statusCode, body } = await request(`${simulatorUrl}/control/outcomes`, {
        signal: AbortSignal.timeout(3_000),
      })
      if (statusCode !== 200) throw none
      return context.json((await body.json()) as object)
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      throw new Problem('unavailable', { detail: { en: 'The simulator does not answer', zh: '模拟器没有应答' }, cause })
    }
  })
  return routes
}

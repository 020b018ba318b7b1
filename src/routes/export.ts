import { Hono } from 'hono'
import { exportOf, takeSnapshot } from '../audit/export.ts'
import type { Auth } from '../auth.ts'
import { readDeclarationView } from '../db/views.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'

/** A declaration with every message and proof as one file 存证导出. */
export function exportRoutes({ database }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  let underWay = 0
  routes.get('/:id/export', describe('exportDeclaration'), auth('trader', 'admin'), async (context) => {
    const { role, tenant } = context.get('caller')
    const operator = role === 'admin'
    const id = context.req.param('id')
    if ((await readDeclarationView(database, id, operator ? undefined : (tenant ?? ''))) === undefined)
      throw new Problem('not-found')
    const headers = {
      'Content-Type': 'application/x-ndjson',
      'Content-Disposition': `attachment; filename="declaration-${id}.ndjson"`,
      'Cache-Control': 'no-store',
    }
    if (context.req.method === 'HEAD') return context.body(null, 200, headers)
    if (underWay >= limits.exports) throw new Problem('unavailable', { headers: { 'Retry-After': '5' } })
    underWay++
    let ended = false
    const end = () => {
      if (!ended) underWay--
      ended = true
    }
    try {
      const taken = await takeSnapshot(database, id)
      if (taken === undefined) throw new Problem('not-found')
      return context.body(streamOf(exportOf(database, taken, operator), end), 200, headers)
    } catch (error) {
      end()
      throw error
    }
  })
  return routes
}

/** Lines as they are asked for; `end` is called once nothing more will be. A file that breaks off has no last line. */
function streamOf(lines: AsyncGenerator<string>, end: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await lines.next()
        if (done !== true) return controller.enqueue(encoder.encode(value))
        end()
        controller.close()
      } catch (error) {
        end()
        controller.error(error)
      }
    },
    async cancel() {
      end()
      await lines.return(undefined)
    },
  })
}

/**
 * The gateway, and beside it, in the same app of the same process, copies of what it answered: `GET /bench/copies/<path>` is that
 * path's answer as it was the first time, kept as bytes and sent as they are. A request that carries `bench-timed` is told how long the app had
 * it, body read to answer whole, in `Server-Timing` (milliseconds).
 */
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { adapters } from '../../adapters/registry.ts'
import { configFrom } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { createGateway } from '../../src/gateway.ts'

const config = configFrom({ ...process.env, COMPOSERS: '0' })
const database = await openDatabase(config.databaseUrl ?? '', (error) => console.error(error.message))
const { app } = await createGateway(config, database, adapters, pino({ level: 'warn' }))
const copies = new Map<string, Uint8Array<ArrayBuffer>>()
app.get('/bench/copies/*', async (context) => {
  const path = context.req.url.slice(context.req.url.indexOf('/bench/copies') + '/bench/copies'.length)
  let copy = copies.get(path)
  if (copy === undefined) {
    const answer = await app.request(path)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    copy = new Uint8Array(await answer.arrayBuffer())
    copies.set(path, copy)
  }
  return context.body(copy, 200, { 'Content-Type': 'application/json' })
})
async function timed(request: Request): Promise<Response> {
  const start = performance.now()
  const answer = await app.fetch(request)
  const body = await answer.arrayBuffer()
  const headers = new Headers(answer.headers)
  headers.set('Server-Timing', `app;dur=${performance.now() - start}`)
  return new Response(body, { status: answer.status, headers })
}
const fetch = (request: Request) => (request.headers.has('bench-timed') ? timed(request) : app.fetch(request))
serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` })),
)
process.once('SIGTERM', () => process.exit(0))

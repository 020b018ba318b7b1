/**
 * The simulator that notes when a submission is held: when its agency has served it and the answer is ready to leave, on the
 * clock all processes share. Its own clock stands still, so that nothing but submissions goes on. `GET /bench/held` gives
 * the notes as pairs of message id and milliseconds, and forgets them.
 */
import { serve } from '@hono/node-server'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { nowMs } from '../measure.ts'

const simulator = createSimulator({
  agencies,
  issuers,
  callbackUrl: process.env['CALLBACK_URL'] ?? 'http://127.0.0.1:9',
  mode: 'frozen',
})
await simulator.ready
let held: [messageId: string, atMs: number][] = []

async function fetch(request: Request): Promise<Response> {
  const messageId = request.headers.get('message-id')
  if (messageId !== null) {
    const answer = await simulator.app.fetch(request)
    if (answer.status === 200 || answer.status === 202) held.push([messageId, nowMs()])
    return answer
  }
  if (new URL(request.url).pathname !== '/bench/held') return simulator.app.fetch(request)
  const told = Response.json(held)
  held = []
  return told
}

serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` })),
)
process.once('SIGTERM', () => process.exit(0))

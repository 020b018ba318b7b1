/** The simulator with all its agencies, as `npm run simulator` starts it; its clock is frozen at the time the documents were made for. */
import { serve } from '@hono/node-server'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'

const startAt = Date.UTC(2026, 10, 20, 2)
const simulator = createSimulator({ agencies, issuers, callbackUrl: 'http://127.0.0.1:9', mode: 'frozen', startAt })
await simulator.ready
serve({ fetch: simulator.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` })),
)
process.once('SIGTERM', () => process.exit(0))

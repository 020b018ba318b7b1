/**
 * The simulator's process 模拟器进程. Environment:
 *
 *     SIMULATOR_HOST   127.0.0.1          SIMULATOR_PORT   8090
 *     CALLBACK_URL     http://127.0.0.1:8080, where agencies push their documents to
 *     SIMULATOR_CLOCK  jump | run | frozen
 *     SIMULATOR_SPEED  1                  simulated time per real time
 *     SIMULATOR_SEED   yuchuang           what chance depends on
 *     SIMULATOR_KEY    the integrator's key, which /control asks of whoever does not call from this machine
 *     SIMULATOR_DATA   a folder to remember in; without it everything is forgotten at the end
 *     AGENCY_SECRET_<ID>  whsec_…, e.g. AGENCY_SECRET_CUSTOMS; absent: the development secret of the agency
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import type { SimulatorOptions } from './server.ts'

// Compiled code is kept between starts, so everything is imported after this: a start takes half the time.
enableCompileCache()
const [{ serve }, { agencies }, { issuers }, { createSimulator }, { clockModes }] = await Promise.all([
  import('@hono/node-server'),
  import('./registry.ts'),
  import('./issuers.ts'),
  import('./server.ts'),
  import('./simulator/clock.ts'),
])

function optionsFrom(env: NodeJS.ProcessEnv): SimulatorOptions {
  const wanted = env['SIMULATOR_CLOCK'] || 'jump'
  const mode = clockModes.find((one) => one === wanted)
  if (mode === undefined) throw new Error(`SIMULATOR_CLOCK: one of ${clockModes.join(', ')}, not ${wanted}`)
  const speed = Number(env['SIMULATOR_SPEED'] || 1)
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new Error(`SIMULATOR_SPEED: a number above 0, not ${env['SIMULATOR_SPEED']}`)
  const callbackUrl = env['CALLBACK_URL'] || 'http://127.0.0.1:8080'
  if (!/^https?:$/.test(URL.parse(callbackUrl)?.protocol ?? ''))
    throw new Error(`CALLBACK_URL: an http address, not ${callbackUrl}`)
  const secrets = agencies.flatMap(({ id }): [string, string][] => {
    const name = `AGENCY_SECRET_${id.toUpperCase()}`
    const secret = env[name]
    if (secret === undefined || secret === '') return []
    if (!/^whsec_[A-Za-z0-9+/]+=*$/.test(secret)) throw new Error(`${name}: whsec_ and base64`)
    return [[id, secret]]
  })
  return {
    agencies,
    issuers,
    callbackUrl,
    speed,
    mode,
    secrets: Object.fromEntries(secrets),
    seed: env['SIMULATOR_SEED'] || undefined,
    folder: env['SIMULATOR_DATA'] || undefined,
    controlKey: env['SIMULATOR_KEY'] || undefined,
  }
}

function portFrom(env: NodeJS.ProcessEnv): number {
  const port = Number(env['SIMULATOR_PORT'] || 8090)
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new Error(`SIMULATOR_PORT: a port, not ${env['SIMULATOR_PORT']}`)
  return port
}

const hostname = process.env['SIMULATOR_HOST'] || '127.0.0.1'
const simulator = createSimulator(optionsFrom(process.env))
await simulator.ready
const server = serve(
  { fetch: simulator.app.fetch, port: portFrom(process.env), hostname },
  ({ address, family, port }) => {
    const host = family === 'IPv6' ? `[${address}]` : address
    console.log(`simulator ready http://${host}:${port}`)
    flushCompileCache()
  },
)

/** How long connections may take to end by themselves after a SIGTERM. */
const graceMs = 2_000

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    void simulator.close()
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs).unref()
  })
}

/**
 * The process 进程. `node src/main.ts` runs everything with an embedded PostgreSQL and tells a story; `gateway` and `worker`
 * run that role alone (the simulator alone is `mocks/main.ts`). Several of each may share one database.
 */
import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { configFrom } from './config.ts'
import type { Database } from './db/database.ts'
import { startEmbeddedPostgres } from './db/embedded.ts'
import { limits } from './limits.ts'

enableCompileCache()
const roles = process.argv.slice(2)
const unknown = roles.find((role) => !['gateway', 'worker'].includes(role))
if (unknown !== undefined) {
  console.error(`Unknown role ${unknown}: gateway, worker, or none for everything`)
  process.exit(2)
}
const everything = roles.length === 0
const has = (role: string) => everything || roles.includes(role)
const config = configFrom(process.env)
const stops: (() => Promise<void>)[] = []
// The clock of the story starts with the process, before Node itself was ready.
const started = 0

// The simulator keeps its own folder to itself; the one above it the database's user must be able to pass.
if (everything) mkdirSync(config.folder, { recursive: true })
// The simulator and the database start while this process still imports: on two cores that is most of a second.
const simulating = everything
  ? import('./simulator-process.ts').then(({ startSimulator }) =>
      startSimulator({ folder: join(config.folder, 'simulator'), callbackUrl: `http://127.0.0.1:${config.port}` }),
    )
  : undefined
simulating?.catch(() => undefined)
// A role alone does not carry the programs of the other.
const [embedded, { openDatabase }, { adapters }, { createLog }] = await Promise.all([
  config.databaseUrl === undefined ? startEmbeddedPostgres({ folder: join(config.folder, 'postgres') }) : undefined,
  import('./db/database.ts'),
  import('../adapters/registry.ts'),
  import('./log.ts'),
  has('gateway') ? import('./gateway.ts') : undefined,
  has('worker') ? import('./roles.ts') : undefined,
])
const log = createLog(everything ? 'warn' : config.logLevel)
if (embedded !== undefined) stops.push(() => embedded.stop())

let stopping: Promise<void> | undefined
const stop = (code: number) => {
  stopping ??= (async () => {
    const late = setTimeout(() => process.exit(1), limits.stopMs * 2)
    for (const one of stops.reverse())
      await one().catch((error: unknown) => log.error({ err: error }, 'could not stop cleanly'))
    clearTimeout(late)
    process.exit(code)
  })()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))

try {
  const database = await openDatabase(config.databaseUrl ?? embedded?.url ?? '', (error) => {
    if (stopping === undefined) log.error({ err: error }, 'database connection')
  })
  stops.push(() => database.close())
  if (everything) await runEverything(database)
  else {
    if (has('gateway')) log.info({ url: (await runGateway(config, database)).url }, 'gateway ready')
    if (has('worker')) {
      await runWorker(config, database)
      log.info('worker ready')
    }
  }
} catch (error) {
  const inUse = (error as { code?: string }).code === 'EADDRINUSE'
  console.error(inUse ? `Port ${config.port} is in use. Set PORT to another one.` : error)
  stop(1)
}

async function runGateway(settings: typeof config, database: Database) {
  const { startGateway } = await import('./gateway.ts')
  const gateway = await startGateway(settings, database, adapters, log)
  stops.push(() => gateway.stop())
  return gateway
}

async function runWorker(settings: typeof config, database: Database): Promise<void> {
  const { startDelivery } = await import('./roles.ts')
  const worker = await startDelivery(settings, database, log)
  stops.push(() => worker.stop())
}

async function runEverything(database: Database): Promise<void> {
  const [{ demoKeys, temporaryKey }, { tellStory }, simulator] = await Promise.all([
    import('./demo-keys.ts'),
    import('./story.ts'),
    simulating,
  ])
  if (simulator === undefined) throw new Error('No simulator was started')
  stops.push(() => simulator.stop())
  const keys = await demoKeys(database, config.folder, embedded !== undefined)
  const own = {
    ...config,
    ...configFrom({ ...process.env, SIMULATOR_URL: simulator.url }),
    mailboxBusyMs: config.mailboxBusyMs ?? 100,
    demonstrations: config.demonstrations ?? keys !== undefined,
    // A demonstration starts fast and stays small: it composes in this thread, unless it is told otherwise.
    composers: process.env['COMPOSERS'] ? config.composers : 0,
  }
  const gateway = await runGateway(own, database)
  await runWorker(own, database)
  // While the story is told: a first start need not wait for its list of fees.
  const publishing = embedded === undefined ? undefined : publishCatalogue(database, own)
  stops.push(async () => publishing)
  const { key, forget } = keys === undefined ? await temporaryKey(database) : { key: keys.trader, forget: undefined }
  try {
    const told = await tellStory({
      gatewayUrl: gateway.url,
      simulatorUrl: simulator.url,
      traderKey: key,
      keys,
      started,
    })
    await publishing
    console.log(told)
  } finally {
    await forget?.()
  }
}

/** The demonstration catalogue; without it everything else still runs. */
async function publishCatalogue(database: Database, { webhookKeys }: typeof config): Promise<void> {
  try {
    const [{ publishDemoCatalogue }, { createVault }] = await Promise.all([
      import('./demo-catalogue.ts'),
      import('./notices/vault.ts'),
    ])
    await publishDemoCatalogue(database, createVault(webhookKeys))
  } catch (error) {
    log.error({ err: error }, 'the demonstration catalogue was not published')
  }
}

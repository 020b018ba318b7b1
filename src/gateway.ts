import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { issuers } from '../adapters/issuers.ts'
import { warmCodes } from '../schemas/codes/index.ts'
import { createApp } from './app.ts'
import { createCertificateDesk } from './certificates/desk.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { serialsFrom } from './db/serials.ts'
import type { Demonstrations } from './demonstration.ts'
import { createCatalogues } from './fees/catalogues.ts'
import { type Acceptor, createAcceptor } from './filing/accept.ts'
import { type Composer, createComposer } from './filing/compose.ts'
import { startComposers } from './filing/composers.ts'
import { createHub } from './filing/hub.ts'
import type { Adapters } from './filing/plan.ts'
import { createRecorder } from './filing/recorder.ts'
import { limits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { createBell } from './notices/bell.ts'
import { createVault } from './notices/vault.ts'
import { createRules } from './rules/rules.ts'
import type { Env } from './services.ts'
import { httpTransport } from './transport/http.ts'

export interface Gateway {
  readonly url: string
  /** Takes no new connection, answers what was asked. */
  stop(): Promise<void>
}

/** The gateway without a door: its HTTP face, and what stands behind it. */
export async function createGateway(
  config: Config,
  database: Database,
  adapters: Adapters,
  log: Logger,
): Promise<{ readonly app: Hono<Env>; stop(): Promise<void> }> {
  const now = Date.now
  const composer = await composerOf(config, database, adapters, log)
  const rules = await createRules(database, (error) => log.error({ err: error }, 'rule tables were not read again'))
  const certificates = createCertificateDesk(
    database,
    issuers,
    httpTransport(config.addressOf, limits.certificateVerifyMs),
    rules,
    (error) => log.error({ err: error }, 'a certificate could not be verified'),
  )
  const acceptor = createAcceptor(database, composer, now, certificates)
  const app = createApp(
    {
      database,
      adapters,
      acceptor,
      recorder: createRecorder(database, adapters, now, log),
      hub: await createHub(database),
      metrics: createMetrics(database),
      log,
      callbackSecretOf: config.callbackSecretOf,
      simulatorUrl: config.simulatorUrl,
      simulatorKey: config.simulatorKey,
      notices: {
        vault: createVault(config.webhookKeys),
        bell: await createBell(database),
        allowPrivate: config.allowPrivateWebhooks,
      },
      catalogues: await createCatalogues(database, now),
      rules,
      certificates,
      demonstrations: await demonstrationsOf(config, database, acceptor, now),
      now,
    },
    config.ratePerWindow,
  )
  return {
    app,
    async stop() {
      await acceptor.stop()
      await composer.stop()
      await certificates.close()
    },
  }
}

/** Starts the gateway: HTTP in front of acceptance, reading and callbacks. */
export async function startGateway(
  config: Config,
  database: Database,
  adapters: Adapters,
  log: Logger,
): Promise<Gateway> {
  const gateway = await createGateway(config, database, adapters, log)
  const { server, address } = await new Promise<{ server: ReturnType<typeof serve>; address: AddressInfo }>(
    (resolve, reject) => {
      const server = serve(
        {
          fetch: gateway.app.fetch,
          hostname: config.host,
          port: config.port,
          serverOptions: {
            requestTimeout: limits.bodyTimeoutMs,
            headersTimeout: limits.bodyTimeoutMs,
            keepAliveTimeout: 65_000,
          },
        },
        (address) => resolve({ server, address }),
      )
      server.once('error', reject)
    },
  )
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // Event streams never end by themselves.
      const impatient = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 1_000)
      await closed
      clearTimeout(impatient)
      await gateway.stop()
    },
  }
}

/** Where anybody may try the window, if the configuration says so. */
async function demonstrationsOf(
  { demonstrations, simulatorUrl }: Config,
  database: Database,
  acceptor: Acceptor,
  now: () => number,
): Promise<Demonstrations | undefined> {
  if (demonstrations !== true) return undefined
  const { clockOf, createDemonstrations } = await import('./demonstration.ts')
  const agenciesNow = async () => (simulatorUrl === undefined ? new Date(now()) : clockOf(simulatorUrl))
  return createDemonstrations({ database, acceptor, now, agenciesNow })
}

/** What composes acceptances: threads beside this one, or this one where there is one core. */
async function composerOf(config: Config, database: Database, adapters: Adapters, log: Logger): Promise<Composer> {
  const takeSerials = serialsFrom(database)
  if (config.composers > 0)
    return startComposers({
      threads: config.composers,
      takeSerials,
      onDeath: (error) => log.error({ err: error }, 'a composing thread ended'),
    })
  warmCodes()
  return createComposer(adapters, takeSerials)
}

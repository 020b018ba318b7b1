import type { Logger } from 'pino'
import { adapters } from '../adapters/registry.ts'
import { signerOf } from './audit/seal.ts'
import { startSealer } from './audit/sealer.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { startDrawer } from './draw/start.ts'
import { createRecorder } from './filing/recorder.ts'
import { startWorker, type Worker } from './filing/worker.ts'
import { startJobs } from './jobs/runner.ts'
import { httpCarrier } from './notices/carrier.ts'
import { createVault } from './notices/vault.ts'
import { startNotices } from './notices/worker.ts'
import { createRules } from './rules/rules.ts'
import { httpTransport } from './transport/http.ts'

/** Starts delivery in this process, the sealing of the days that are over, and background jobs. @throws {Error} when the audit key is none */
export async function startDelivery(config: Config, database: Database, log: Logger): Promise<Worker> {
  const signer = config.auditKey === undefined ? undefined : signerOf(config.auditKey)
  const transport = httpTransport(config.addressOf)
  const recorder = createRecorder(database, adapters, Date.now, log)
  const rules = await createRules(database, (error) => log.error({ err: error }, 'rule tables were not read again'))
  const worker = await startWorker(
    { database, adapters, transport, recorder, rules, log, now: Date.now, random: Math.random },
    config.mailboxBusyMs === undefined ? {} : { mailboxBusyMs: config.mailboxBusyMs },
  )
  const sealer = startSealer(database, signer, log)
  const carrier = httpCarrier({ allowPrivate: config.allowPrivateWebhooks })
  const vault = createVault(config.webhookKeys)
  if (!vault.locked) log.info('webhook secrets and seeds of draws are kept as they are: WEBHOOK_KEYS is not set')
  const notices = await startNotices({ database, carrier, vault, log, now: Date.now, random: Math.random })
  const drawer = await startDrawer({ database, adapters, rules, vault, log })
  const loadJobs = async () => (await import('./jobs/registry.ts')).jobs
  const background = startJobs({ database, rules, log, jobs: loadJobs, now: Date.now })
  const conforming = new AbortController()
  const loadRuns = async () =>
    (await import('./conformance-runs/job.ts')).conformanceJobs({
      simulatorUrl: config.simulatorUrl,
      allowPrivate: config.allowPrivateWebhooks,
      signal: conforming.signal,
    })
  const runs = startJobs({ database, rules, log, jobs: loadRuns, now: Date.now })
  return {
    ...worker,
    async stop() {
      conforming.abort()
      await Promise.all([worker.stop(), sealer.stop(), notices.stop(), background.stop(), runs.stop(), drawer.stop()])
      await Promise.all([transport.close(), carrier.close()])
    },
  }
}

import type { Logger } from 'pino'
import { adapters } from '../adapters/registry.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { createRecorder } from './filing/recorder.ts'
import { startWorker, type Worker } from './filing/worker.ts'
import { httpTransport } from './transport/http.ts'

/** Starts delivery in this process. */
export async function startDelivery(config: Config, database: Database, log: Logger): Promise<Worker> {
  const transport = httpTransport(config.addressOf)
  const recorder = createRecorder(database, adapters, Date.now, log)
  const worker = await startWorker(
    { database, adapters, transport, recorder, log, now: Date.now, random: Math.random },
    config.mailboxBusyMs === undefined ? {} : { mailboxBusyMs: config.mailboxBusyMs },
  )
  return {
    ...worker,
    async stop() {
      await worker.stop()
      await transport.close()
    },
  }
}

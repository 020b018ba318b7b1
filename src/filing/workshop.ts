import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { Rules } from '../rules/rules.ts'
import type { Transport } from '../transport/transport.ts'
import type { Adapters } from './plan.ts'
import type { News } from './record.ts'

/** Keeps news; resolves when it is durable. Several at once share a transaction. */
export interface Recorder {
  record(news: News): Promise<void>
}

/** What delivery works with: everything that is not pure comes in through here. */
export interface Workshop {
  readonly database: Database
  readonly adapters: Adapters
  readonly transport: Transport
  readonly recorder: Recorder
  readonly rules: Rules
  readonly log: Logger
  now(): number
  random(): number
}

import type { Logger } from 'pino'
import type { CertificateDesk } from './certificates/desk.ts'
import type { Database } from './db/database.ts'
import type { Caller } from './db/keys.ts'
import type { Demonstrations } from './demonstration.ts'
import type { Catalogues } from './fees/catalogues.ts'
import type { Acceptor } from './filing/accept.ts'
import type { Hub } from './filing/hub.ts'
import type { Adapters } from './filing/plan.ts'
import type { Recorder } from './filing/workshop.ts'
import type { Metrics } from './metrics.ts'
import type { Bell } from './notices/bell.ts'
import type { Vault } from './notices/vault.ts'
import type { Language } from './problem.ts'
import type { Rules } from './rules/rules.ts'

/** What the routes work with. */
export interface Services {
  readonly database: Database
  readonly adapters: Adapters
  readonly acceptor: Acceptor
  readonly recorder: Recorder
  readonly hub: Hub
  readonly metrics: Metrics
  readonly log: Logger
  /** The secret an agency signs its callbacks with; undefined when none was agreed: then its callbacks are refused. */
  callbackSecretOf(agency: string): string | undefined
  /** Base address of the simulator, where one runs. */
  readonly simulatorUrl: string | undefined
  /** What its control asks of whoever calls from another machine. */
  readonly simulatorKey: string | undefined
  readonly notices: NoticeDesk
  readonly catalogues: Catalogues
  readonly rules: Rules
  readonly certificates: CertificateDesk
  /** Where anybody may try the window; undefined where nobody may. */
  readonly demonstrations: Demonstrations | undefined
  now(): number
}

/** What the routes of webhook endpoints and of the feed work with. */
export interface NoticeDesk {
  readonly vault: Vault
  readonly bell: Bell
  /** Endpoints at inside addresses, and over http, are allowed. */
  readonly allowPrivate: boolean
}

/** What a request carries along. */
export interface Env {
  Variables: {
    requestId: string
    language: Language
    caller: Caller
    log: Logger
  }
}

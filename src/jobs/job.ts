import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { Rules } from '../rules/rules.ts'

/** What a job works with. */
export interface JobRoom {
  readonly database: Database
  readonly rules: Rules
  readonly log: Logger
  now(): number
  /** Nobody will try again when this try fails. */
  readonly lastTry: boolean
}

/** A kind of work done in the background 后台任务: a plain function. It may be run again after any of its lines, and must then end the same. */
export interface Job {
  /** Small letters and hyphens. */
  readonly id: string
  /** When it runs by itself: five fields of crontab, in UTC. */
  readonly cron?: string
  /** How often it is tried; what failed so often is left to the operator. */
  readonly tries: number
  run(payload: unknown, room: JobRoom): Promise<void>
}

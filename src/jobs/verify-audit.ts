import { verifyWhatWasAsked } from '../audit/verifications.ts'
import type { Client } from '../db/database.ts'
import { addJob } from '../db/jobs.ts'
import { limits } from '../limits.ts'
import type { Job } from './job.ts'

const task = 'audit-verification'

/** Has everything that was kept checked, in the transaction that asks for it. */
export const queueVerification = (client: Client): Promise<void> =>
  addJob(client, { task, payload: {}, queue: task, key: task, tries: limits.verificationTries })

/** Checks what was kept 审计验证, as administrators asked for it; what was missed while nobody ran is made up for. */
export const verifyAudit: Job = {
  id: task,
  cron: '*/5 * * * *',
  tries: limits.verificationTries,
  run: (_, { database, now, log }) =>
    verifyWhatWasAsked(database, now, (error) => log.error({ err: error }, 'what was kept could not be checked')),
}

import type { Client } from '../db/database.ts'
import { addJob } from '../db/jobs.ts'
import { computeRounds, makeDueRounds } from '../fees/assessment/rounds.ts'
import { limits } from '../limits.ts'
import type { Job } from './job.ts'

const task = 'fee-assessment'

/** Has a round computed, in the transaction that asks for it. */
export const queueRound = (client: Client, id: string): Promise<void> =>
  addJob(client, { task, payload: {}, queue: task, key: `${task} ${id}`, tries: limits.assessmentTries })

/**
 * Makes the rounds of quarters that are over, and computes every round that was asked for 定期评估. It looks again and again: what was missed while
 * nobody ran is made up for.
 */
export const assessFees: Job = {
  id: task,
  cron: '*/10 * * * *',
  tries: limits.assessmentTries,
  async run(_, room) {
    const made = await makeDueRounds(room)
    if (made.length > 0) room.log.info({ made }, 'quarters to be assessed')
    await computeRounds(room)
  },
}

import { followAllLevels } from '../credit/sweep.ts'
import { limits } from '../limits.ts'
import type { Job } from './job.ts'

/**
 * Brings consequences of credit levels in line with the day and the rules 信用联动: levels that were announced for today, rules that begin today. Levels
 * given today have been followed when they were given.
 */
export const followCredit: Job = {
  id: 'credit-followed',
  cron: '*/15 * * * *',
  tries: limits.creditTries,
  async run(_, { database, rules, log, now }) {
    const { adapters } = await import('../../adapters/registry.ts')
    const changed = await followAllLevels(database, { adapters, rules }, new Date(now()))
    if (changed > 0) log.info({ changed }, 'consequences of credit levels began or ended')
  },
}

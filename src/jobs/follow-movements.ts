import { adapters } from '../../adapters/registry.ts'
import { limits } from '../limits.ts'
import { trackNew } from '../movement/follow.ts'
import { tellMovements } from '../movement/tell.ts'
import type { Job } from './job.ts'

/** Follows the goods of new declarations and tells timelines what has happened to goods 货物跟踪, within a minute. */
export const followMovements: Job = {
  id: 'movements-followed',
  cron: '* * * * *',
  tries: limits.movementTries,
  async run(_, { database, log, now }) {
    const tracked = await trackNew(database, new Date(now()))
    const told = await tellMovements(database, adapters, new Date(now()))
    if (tracked > 0 || told > 0) log.info({ tracked, told }, 'goods were followed')
  },
}

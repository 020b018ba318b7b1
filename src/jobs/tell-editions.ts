import { tellInForce } from '../fees/tell.ts'
import type { Job } from './job.ts'

/** Tells those who listen that an edition has come into force 生效通知, within a minute. */
export const tellEditions: Job = {
  id: 'fee-editions-told',
  cron: '* * * * *',
  tries: 1,
  async run(_, { database, log, now }) {
    const told = await tellInForce(database, new Date(now()))
    if (told.length > 0) log.info({ told }, 'editions in force were told of')
  },
}

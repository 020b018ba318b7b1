import { adapters } from '../../adapters/registry.ts'
import { sweepAssistance } from '../assistance/sweep.ts'
import type { Job } from './job.ts'

/** Escalates requests for assistance that were not answered in time 执法互助逾期升级, and ends holds that have run out. */
export const sweepRequests: Job = {
  id: 'assistance-sweep',
  cron: '* * * * *',
  tries: 1,
  async run(_, room) {
    const count = await sweepAssistance({ ...room, adapters })
    if (count > 0) room.log.info({ count }, 'requests for assistance were escalated, or have run out')
  },
}

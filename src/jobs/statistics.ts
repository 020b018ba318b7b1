import type { Client } from '../db/database.ts'
import { addJob } from '../db/jobs.ts'
import { limits } from '../limits.ts'
import { foldAll, publishDue } from '../statistics/publish.ts'
import { recountAll } from '../statistics/recount.ts'
import type { Job } from './job.ts'

/** Adds what was counted to the cells of the statistics 统计汇总, every minute. */
export const foldStatistics: Job = {
  id: 'fold-statistics',
  cron: '* * * * *',
  tries: 1,
  async run(_, { database }) {
    await foldAll(database)
  },
}

/** Publishes the months that are over and have settled 统计发布, in the night of Chongqing; what was missed is made up for. */
export const publishStatistics: Job = {
  id: 'publish-statistics',
  cron: '20 17 * * *',
  tries: limits.statisticsTries,
  async run(_, { database, rules, log, now }) {
    const published = await publishDue(database, rules, now())
    if (published.length > 0) log.info({ published }, 'months of clearance statistics were published')
  },
}

const recountTask = 'recount-statistics'

/** Has everything counted anew, in the transaction that asks for it. */
export const queueRecount = (client: Client): Promise<void> =>
  addJob(client, {
    task: recountTask,
    payload: {},
    queue: recountTask,
    key: recountTask,
    tries: limits.statisticsTries,
  })

/** Counts everything anew from the kept receipts 统计重算, when an admin asked for it. */
export const recountStatistics: Job = {
  id: recountTask,
  tries: limits.statisticsTries,
  async run(_, { database, log, now }) {
    while (await recountAll(database, now)) log.info('clearance statistics were counted anew')
  },
}

import { catchUp } from '../sharing/keys.ts'
import type { Job } from './job.ts'

/** Takes the values declarations are searched by 查询键, each minute: a search then finds little left to do. */
export const keyShared: Job = {
  id: 'shared-keys-taken',
  cron: '* * * * *',
  tries: 1,
  async run(_, { database, now }) {
    await catchUp(database, now(), Number.POSITIVE_INFINITY)
  },
}

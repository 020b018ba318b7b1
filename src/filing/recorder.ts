import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { limits } from '../limits.ts'
import type { Adapters } from './plan.ts'
import { type News, record } from './record.ts'
import type { Recorder } from './workshop.ts'

interface Waiting {
  readonly news: News
  resolve(): void
  reject(error: unknown): void
}

/**
 * Groups what comes in while a transaction is under way into the next one. A group that fails is tried again one by one, so
 * that only what is really wrong fails.
 */
export function createRecorder(database: Database, adapters: Adapters, now: () => number, log: Logger): Recorder {
  let waiting: Waiting[] = []
  let working = false

  const keep = (group: readonly Waiting[]) =>
    record(
      database,
      adapters,
      group.map(({ news }) => news),
      new Date(now()),
    )
  const work = async () => {
    working = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, limits.recordBatch)
      waiting = waiting.slice(limits.recordBatch)
      try {
        await keep(group)
        for (const one of group) one.resolve()
      } catch (error) {
        if (group.length === 1) group[0]?.reject(error)
        else {
          log.warn({ err: error, size: group.length }, 'a group of news was not kept; trying one by one')
          for (const one of group) await keep([one]).then(one.resolve, one.reject)
        }
      }
    }
    working = false
  }
  return {
    record(news) {
      return new Promise<void>((resolve, reject) => {
        waiting.push({ news, resolve, reject })
        // After the current turn: what arrives in it goes together.
        if (!working) {
          working = true
          setImmediate(() => void work())
        }
      })
    },
  }
}

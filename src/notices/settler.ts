import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { settleNotices, type Tried } from '../db/notices.ts'
import { limits } from '../limits.ts'

/** Records what came of tries; resolves when it is durable. What comes in while a transaction is under way goes into the next. */
export function createSettler(database: Database, log: Logger) {
  let waiting: { readonly tried: Tried; resolve(): void; reject(error: unknown): void }[] = []
  let working = false

  const keep = async (group: typeof waiting) => {
    const disabled = await settleNotices(
      database,
      group.map(({ tried }) => tried),
    )
    for (const endpoint of disabled) log.warn({ endpoint }, 'a webhook endpoint was disabled')
    for (const one of group) one.resolve()
  }
  const work = async () => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, limits.noticeBatch)
      waiting = waiting.slice(limits.noticeBatch)
      try {
        await keep(group)
      } catch (error) {
        if (group.length > 1) log.warn({ err: error, size: group.length }, 'tries were not recorded; trying one by one')
        for (const one of group)
          await (group.length > 1 ? keep([one]) : Promise.reject(error)).catch((why: unknown) => one.reject(why))
      }
    }
    working = false
  }
  return (tried: Tried) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ tried, resolve, reject })
      // After the current turn: what arrives in it goes together.
      if (!working) {
        working = true
        setImmediate(() => void work())
      }
    })
}

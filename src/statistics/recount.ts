import type { RecountAnswer } from '../../schemas/statistics.ts'
import { lockCases } from '../db/cases.ts'
import { type Database, transaction } from '../db/database.ts'
import { rebuildCells } from '../db/statistics.ts'
import { lockOpenRecount, noteRecount, type RecountRow, readIdsAfter } from '../db/statistics-recounts.ts'
import { limits } from '../limits.ts'
import { countAgain } from './count.ts'

/**
 * Counts every declaration anew from its kept receipts 重算, page by page, and then makes the cells anew from what the declarations count for. It
 * may be ended after any page and goes on from there; recording goes on beside it. @returns false when nothing was asked for
 */
export async function recountAll({ pool }: Database, now: () => number): Promise<boolean> {
  for (;;) {
    const stands = await transaction(pool, async (client) => {
      const recount = await lockOpenRecount(client)
      if (recount === undefined) return 'nothing'
      const ids = await readIdsAfter(client, recount.after, limits.statisticsRecounted)
      const last = ids.at(-1)
      if (last === undefined) return recount
      const cases = [...(await lockCases(client, ids)).values()]
      const corrected = recount.corrected + (await countAgain(client, cases))
      await noteRecount(client, {
        ...recount,
        after: last,
        corrected,
        declarations: recount.declarations + cases.length,
      })
      return 'more'
    })
    if (stands === 'nothing') return false
    if (stands === 'more') continue
    await transaction(pool, rebuildCells)
    await transaction(pool, (client) => noteRecount(client, { ...stands, doneAt: new Date(now()) }))
    return true
  }
}

export const presentRecount = ({ id, requestedAt, doneAt, declarations, corrected }: RecountRow): RecountAnswer => ({
  id,
  status: doneAt === null ? 'requested' : 'done',
  requestedAt: requestedAt.toISOString(),
  ...(doneAt === null ? {} : { doneAt: doneAt.toISOString(), declarations, corrected }),
})

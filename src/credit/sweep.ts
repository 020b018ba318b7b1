import { creditConsequences } from '../../schemas/rules/credit-consequences.ts'
import { lockFirm, readConcerned } from '../db/credit.ts'
import { type Database, transaction } from '../db/database.ts'
import { limits } from '../limits.ts'
import { type CreditRoom, followLevels } from './consequences.ts'

/** Looks at every firm that the rules of today may concern, each in a transaction of its own. @returns how many consequences began or ended */
export async function followAllLevels(database: Database, room: CreditRoom, now: Date): Promise<number> {
  const causes = room.rules.rowsAt(creditConsequences, now.getTime()).map(({ when }) => when)
  let changed = 0
  for (let after = ''; ; ) {
    const firms = await readConcerned(database.pool, causes, after, limits.creditSweepPage)
    for (const firm of firms)
      changed += await transaction(database.pool, async (client) => {
        await lockFirm(client, firm)
        return followLevels(client, room, firm, now)
      })
    const last = firms.at(-1)
    if (last === undefined || firms.length < limits.creditSweepPage) return changed
    after = last
  }
}

import { readEditions } from '../db/catalogue-reads.ts'
import { type Database, transaction } from '../db/database.ts'
import { lockCatalogue, placeEditionEvent, readUntold, takeTelling } from '../db/editions.ts'
import { dayAt } from './days.ts'
import { heldBy } from './editions.ts'

/**
 * Tells everybody of editions that have come into force 生效通知, once each, whatever process does it and wherever it dies. One that never held
 * is told of when it does.
 * @returns their numbers
 */
export async function tellInForce(database: Database, now: Date): Promise<number[]> {
  const today = dayAt(now.getTime())
  const told: number[] = []
  for (const number of await readUntold(database.pool, today)) {
    const isTold = await transaction(database.pool, async (client) => {
      // Nobody withdraws it between our reading and our telling.
      await lockCatalogue(client)
      const records = await readEditions(client)
      const record = records.find((one) => one.number === number)
      const from = record && heldBy(records, record)[0]?.from
      if (record === undefined || from === undefined || from > today || !(await takeTelling(client, number, now)))
        return false
      const { title, digest } = record
      await placeEditionEvent(client, 'in-force', { edition: number, title, from, digest }, now)
      return true
    })
    if (isTold) told.push(number)
  }
  return told
}

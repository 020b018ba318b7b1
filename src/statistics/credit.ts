import { unknownValue } from '../../schemas/statistics.ts'
import { type FirmLevel, levelsOf } from '../credit/read.ts'
import type { Queryable } from '../db/database.ts'
import { dayAt } from '../fees/days.ts'

/** The level a firm had with an agency on a day 信用等级: as it counted then; `unknown` where that agency has no scheme or never rated it. */
export type CreditAt = (firm: string, agency: string, at: number) => string

/** Reads the levels of firms on the days of some instants. */
export async function creditLevels(
  client: Queryable,
  firms: readonly string[],
  instants: readonly number[],
): Promise<CreditAt> {
  const byDay = new Map<string, ReadonlyMap<string, readonly FirmLevel[]>>()
  for (const at of instants) {
    const day = dayAt(at)
    if (!byDay.has(day)) byDay.set(day, await levelsOf(client, [...new Set(firms)], lastOf(day)))
  }
  return (firm, agency, at) =>
    byDay
      .get(dayAt(at))
      ?.get(firm)
      ?.find((one) => one.agency === agency)?.effective ?? unknownValue
}

/** The last instant of a day: whatever order releases of one day are counted in, they see the same levels. */
const lastOf = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`)

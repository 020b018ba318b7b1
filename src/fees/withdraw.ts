import { issue } from '../../schemas/issue.ts'
import { readEditions } from '../db/catalogue-reads.ts'
import type { Client } from '../db/database.ts'
import { lockCatalogue, placeEditionEvent, writeWithdrawal } from '../db/editions.ts'
import type { Caller } from '../db/keys.ts'
import { Problem } from '../problem.ts'
import { addDays } from './checks/stretch.ts'
import { dayAt } from './days.ts'
import { holdingOn } from './editions.ts'

export interface Withdrawal {
  readonly reason: string
  readonly from?: string | undefined
  /** Even where no edition holds then. */
  readonly leavingNothing: boolean
}

/** What a withdrawal did. */
export interface Withdrawn {
  readonly edition: number
  /** The first day it does not hold any more. */
  readonly from: string
  /** The edition that holds on that day instead. */
  readonly holds: number | undefined
}

/**
 * 撤回 an edition: one that does not hold yet never will; one that holds does not from a day on, tomorrow at the soonest, and what held before
 * it does again. Who approved it does not undo it: two people look at either.
 * @throws {Problem} not-found, own-draft, not-changeable, body-invalid, nothing-left
 */
export async function withdrawEdition(
  client: Client,
  caller: Caller,
  number: number,
  wanted: Withdrawal,
  at: Date,
): Promise<Withdrawn> {
  await lockCatalogue(client)
  const records = await readEditions(client)
  const record = records.find((one) => one.number === number)
  if (record === undefined) throw new Problem('not-found')
  if (record.withdrawn !== undefined)
    throw new Problem('not-changeable', {
      detail: {
        en: `It is withdrawn from ${record.withdrawn.from} on`,
        zh: `该版次已自 ${record.withdrawn.from} 起撤回`,
      },
    })
  if (record.approvedBy === caller.name) throw new Problem('own-draft')
  const from = firstDayWithout(record.validFrom, wanted.from, dayAt(at.getTime()))
  const holding = holdingOn(records, from)
  if (holding?.number !== number)
    throw new Problem('not-changeable', {
      detail: {
        en: `On ${from} edition ${holding?.number} holds, whether this one is withdrawn or not`,
        zh: `${from} 有效的是第${holding?.number}版，撤回本版次没有意义`,
      },
    })
  const left = holdingOn(
    records.filter((one) => one.number !== number),
    from,
  )
  if (left === undefined && !wanted.leavingNothing) throw new Problem('nothing-left')
  await writeWithdrawal(client, number, { from, by: caller.name, because: wanted.reason }, at)
  const { title } = record
  const data = { edition: number, title, from, because: wanted.reason, ...(left ? { holds: left.number } : {}) }
  await placeEditionEvent(client, 'withdrawn', data, at)
  return { edition: number, from, holds: left?.number }
}

/** @throws {Problem} body-invalid */
function firstDayWithout(validFrom: string, wanted: string | undefined, today: string): string {
  const tomorrow = addDays(today, 1)
  if (validFrom > today) {
    if (wanted === undefined || wanted === validFrom) return validFrom
    throw refused('not-in-force-yet', {
      en: `It does not hold yet: withdrawn it never will, from ${validFrom} on`,
      zh: `该版次尚未生效，撤回后自 ${validFrom} 起不再生效，无需指定日期`,
    })
  }
  if (wanted !== undefined && wanted < tomorrow)
    throw refused('too-early', {
      en: `It holds today: it can end from ${tomorrow} on`,
      zh: `该版次今日有效，最早可自 ${tomorrow} 起撤回`,
    })
  return wanted ?? tomorrow
}

const refused = (code: string, text: { en: string; zh: string }) =>
  new Problem('body-invalid', { errors: [issue('/from', code, text)] })

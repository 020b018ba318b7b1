import type { CreditRequest } from '../../schemas/credit.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { type CreditRow, keepLevel, lockFirm, readCredit, readHeld } from '../db/credit.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { dayAt } from '../rules/rules.ts'
import { type CreditRoom, followLevels } from './consequences.ts'
import { findLevel, type OwnedScheme } from './schemes.ts'

/** No agency's scheme is older. A level since an earlier day is a slip of the pen. */
const firstDay = '1980-01-01'
const dayMs = 86_400_000

/** Who gives a level, to whom. */
export interface Giving {
  readonly scheme: OwnedScheme
  readonly firm: string
  readonly by: string
  /** Compares the revision the agency has read. @throws {Problem} if-match-stale */
  check(revision: number): void
}

/**
 * Keeps a level an agency gives a firm 信用等级认定, and all that follows from it elsewhere, in one transaction. Whatever day it is for, the newest
 * by its own day holds.
 * @throws {Problem} body-invalid, if-match-stale
 */
export async function giveLevel(
  database: Database,
  room: CreditRoom,
  giving: Giving,
  given: CreditRequest,
  now: Date,
): Promise<void> {
  await transaction(database.pool, async (client) => {
    const { scheme, firm, by, check } = giving
    await lockFirm(client, firm)
    const history = await readCredit(client, firm, scheme.scheme)
    check(history.length)
    const level = findLevel(scheme, given.level)
    const issues = await wrongWith(client, giving, given, history, now)
    if (level === undefined || issues.length > 0) throw new Problem('body-invalid', { errors: issues })
    await keepLevel(client, {
      firm,
      scheme: scheme.scheme,
      agency: scheme.agency,
      level: level.code,
      rank: level.rank,
      since: given.since,
      occasion: given.occasion,
      reason: given.reason,
      basis: given.basis,
      corrects: given.corrects ?? null,
      by,
      at: now,
    })
    await followLevels(client, room, firm, now)
  })
}

async function wrongWith(
  client: Client,
  { scheme, firm }: Giving,
  given: CreditRequest,
  history: readonly CreditRow[],
  now: Date,
): Promise<Issue[]> {
  const issues: Issue[] = []
  const level = findLevel(scheme, given.level)
  if (level === undefined) {
    const codes = scheme.levels.map(({ code }) => code).join(', ')
    issues.push(issue('/level', 'unknown-code', { en: `One of ${codes}`, zh: `应为${codes}之一` }))
  }
  issues.push(...wrongDay(given, now))
  const corrected = history.find(({ id }) => id === given.corrects)
  if ((given.occasion === 'correction') !== (given.corrects !== undefined))
    issues.push(
      issue('/corrects', 'correction-incomplete', {
        en: 'A correction names the record it stands instead of, and nothing else does',
        zh: '更正须指明被更正的记录，其他情形不得填写',
      }),
    )
  else if (given.corrects !== undefined && corrected === undefined)
    issues.push(issue('/corrects', 'unknown-record', { en: 'This firm has no such record', zh: '该企业无此记录' }))
  else if (given.corrects !== undefined && history.some(({ corrects }) => corrects === given.corrects))
    issues.push(
      issue('/corrects', 'corrected-already', { en: 'Another record stands instead already', zh: '该记录已被更正' }),
    )
  if (given.occasion === 'repair' && level !== undefined) {
    const [before] = (await readHeld(client, [firm], given.since)).filter((held) => held.scheme === scheme.scheme)
    if (before === undefined || before.rank <= level.rank)
      issues.push(
        issue('/level', 'not-a-repair', {
          en: 'After a repair the level is better than the one before it',
          zh: '信用修复后的等级应高于修复前',
        }),
      )
  }
  return issues
}

function wrongDay({ since, announced }: CreditRequest, now: Date): Issue[] {
  const today = dayAt(now.getTime())
  const last = dayAt(now.getTime() + limits.creditAheadDays * dayMs)
  if (since < firstDay || since > last)
    return [issue('/since', 'out-of-range', { en: `From ${firstDay} to ${last}`, zh: `应在${firstDay}至${last}之间` })]
  if (since > today !== announced)
    return [
      issue('/announced', 'future-unannounced', {
        en: 'A day that is still to come must be meant, and only then: announced is true',
        zh: '仅当生效日期在今日之后时，须将 announced 设为 true 予以确认',
      }),
    ]
  return []
}

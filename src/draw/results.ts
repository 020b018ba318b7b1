import type * as z from 'zod'
import type { resultAnswer, resultRequest } from '../../schemas/draw.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Client } from '../db/database.ts'
import { keepResult, type ResultRow, readLastResult, readLot, readResults } from '../db/draw-lots.ts'
import { lockDraws, readDraw } from '../db/draws.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { dayAt } from '../rules/rules.ts'
import { resultHash } from './lottery.ts'

export const presentResult = ({
  lot,
  number,
  outcome,
  inspectedOn,
  hash,
  at,
}: ResultRow): z.infer<typeof resultAnswer> => ({
  lot,
  number,
  outcome,
  inspectedOn,
  hash,
  at: at.toISOString(),
})

/**
 * Keeps what an inspection found 查验结果, chained to the results before it. A second one of the same lot corrects the first: both stand in the file, the
 * later one counts.
 * @throws {Problem} not-found, body-invalid, limit-reached
 */
export async function giveResult(
  client: Client,
  { agency, day, by }: { readonly agency: string; readonly day: string; readonly by: string },
  given: z.infer<typeof resultRequest>,
  now: Date,
): Promise<z.infer<typeof resultAnswer>> {
  await lockDraws(client, agency, true)
  const draw = await readDraw(client, agency, day)
  if (draw === undefined) throw new Problem('not-found')
  const lot = await readLot(client, agency, day, given.lot)
  const issues: Issue[] = []
  if (lot === undefined || lot.officers === null)
    issues.push(
      issue('/lot', 'not-selected', { en: 'No lot that was selected in this draw', zh: '不是该次抽签中被抽中的签' }),
    )
  const today = dayAt(now.getTime())
  if (given.inspectedOn < day || given.inspectedOn > today)
    issues.push(
      issue('/inspectedOn', 'out-of-range', { en: `From ${day} to ${today}`, zh: `应在${day}至${today}之间` }),
    )
  if (lot === undefined || issues.length > 0) throw new Problem('body-invalid', { errors: issues })
  if ((await readResults(client, agency, day, [lot.number])).length >= limits.drawResultsOfLot)
    throw new Problem('limit-reached')
  const last = (await readLastResult(client, agency, day)) ?? { number: 0, hash: draw.hash }
  const content = { number: last.number + 1, lot: given.lot, outcome: given.outcome, inspectedOn: given.inspectedOn }
  const hash = resultHash(last.hash, content)
  const row = { ...content, lotNumber: lot.number, hash, by, at: now }
  await keepResult(client, { agency, day }, row)
  return presentResult(row)
}

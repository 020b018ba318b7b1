import type { DrawLine, LotLine } from '../../schemas/draw.ts'
import type { Queryable } from '../db/database.ts'
import { type LotRow, type ResultRow, readLots, readResults } from '../db/draw-lots.ts'
import type { DrawState } from '../db/draws.ts'
import { canonicalJson } from '../fees/canonical.ts'
import { headOf } from './commit.ts'

const lotLineOf = ({ number, lot, ppm, rules, excused, early, hash, officers }: LotRow): LotLine => ({
  kind: 'lot',
  number,
  lot,
  ppm,
  rules: JSON.parse(rules) as LotLine['rules'],
  excused: JSON.parse(excused) as string[],
  early,
  hash,
  selected: officers !== null,
  officers: officers === null ? [] : (JSON.parse(officers) as string[]),
})
const resultLineOf = ({ number, lot, outcome, inspectedOn, hash }: ResultRow): DrawLine => ({
  kind: 'result',
  number,
  lot,
  outcome,
  inspectedOn,
  hash,
})
const written = (line: DrawLine): string => `${canonicalJson(line)}\n`

/**
 * The published file of a draw 抽查公示文件, line by line: the head, its lots, the closing, the seed, the results so far. No trader is named, no goods, no
 * time within the day. @returns nothing while the seed is not told
 */
export async function* drawFile(queryable: Queryable, draw: DrawState): AsyncGenerator<string> {
  const { closing, reveal } = draw
  if (closing === undefined || reveal === undefined) return
  yield written({ kind: 'draw', ...headOf(draw) })
  for await (const page of readLots(queryable, draw.agency, draw.day))
    yield page.map((row) => written(lotLineOf(row))).join('')
  yield written({
    kind: 'closing',
    count: closing.count,
    root: closing.root,
    head: closing.head,
    at: closing.at.toISOString(),
  })
  yield written({ kind: 'seed', seed: reveal.seed, at: reveal.at.toISOString() })
  const results = await readResults(queryable, draw.agency, draw.day)
  if (results.length > 0) yield results.map((row) => written(resultLineOf(row))).join('')
}

import { clearanceDefinitions } from '../../schemas/rules/clearance-definitions.ts'
import type { RuleTable } from '../../schemas/rules/index.ts'
import { suppression } from '../../schemas/rules/suppression.ts'
import { figureKinds, type MonthCoverage } from '../../schemas/statistics.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { foldDeltas, lockCells } from '../db/statistics.ts'
import { keepPublication, type MonthRows, readMonth, readMonths } from '../db/statistics-publications.ts'
import { limits } from '../limits.ts'
import type { Rules } from '../rules/rules.ts'
import { cellOf } from './cell.ts'
import { tablesOf } from './cube.ts'
import { endOf } from './months.ts'
import { type Filled, type Published, publishable } from './suppress.ts'

const dayMs = 86_400_000

/** Folds in all that was appended, transaction by transaction. @returns how much */
export async function foldAll({ pool }: Database): Promise<number> {
  for (let sum = 0; ; ) {
    const folded = await transaction(pool, (client) => foldDeltas(client, limits.statisticsFolded))
    sum += folded
    if (folded < limits.statisticsFolded) return sum
  }
}

/** Publishes every month that is over and has settled 统计发布, the oldest first; each once and for good. @returns which */
export async function publishDue(database: Database, rules: Rules, now: number): Promise<string[]> {
  await foldAll(database)
  const published: string[] = []
  for (const { month, published: isOut } of await readMonths(database.pool)) {
    const [rule] = rules.rowsAt(suppression, endOf(month) - 1)
    if (isOut || rule === undefined || now < endOf(month) + rule.settleDays * dayMs) continue
    if (await transaction(database.pool, (client) => publishMonth(client, rules, month, new Date(now))))
      published.push(month)
  }
  return published
}

/**
 * Publishes a month: groups that are too small are merged or left out first, and every table that can be asked for is made from what is left.
 * What comes late changes the cells, never what was published: two editions of a month would differ by single declarations.
 */
async function publishMonth(client: Client, rules: Rules, month: string, now: Date): Promise<boolean> {
  const [rule] = rules.rowsAt(suppression, endOf(month) - 1)
  if (rule === undefined) return false
  await lockCells(client)
  // What was appended since the folding before, as far as it is committed.
  while ((await foldDeltas(client, limits.statisticsFolded)) > 0);
  const published = publishable(filledFrom(await readMonth(client, month)), rule)
  const named = [clearanceDefinitions, suppression].flatMap(
    (table) => ruleNamed(rules, table as RuleTable, month) ?? [],
  )
  return keepPublication(
    client,
    { month, publishedAt: now, rules: JSON.stringify(named), covered: JSON.stringify(coveredBy(published)) },
    tablesOf(published.groups),
  )
}

function ruleNamed(rules: Rules, table: RuleTable, month: string) {
  const version = rules.versionAt(table, endOf(month) - 1)
  if (version === undefined) return undefined
  const { validFrom, source, evidence } = version
  return { table: table.id, validFrom, source, evidence }
}

/** The cells of a month, put together. */
export function filledFrom({ cells, buckets, firms }: MonthRows): Filled[] {
  const filled = new Map<string, Filled & { count: number; amount: number }>()
  const histograms = new Map<string, Map<number, number>>()
  const owners = new Map<string, Map<string, number>>()
  for (const { cell, bucket, count } of buckets) within(histograms, cell).set(bucket, count)
  for (const { cell, firm, count } of firms) within(owners, cell).set(firm, count)
  for (const { cell, start, count, amount } of cells) {
    const known = filled.get(cell) ?? {
      cell: cellOf(cell),
      count: 0,
      amount: 0,
      histogram: histograms.get(cell) ?? new Map<number, number>(),
      firms: owners.get(cell) ?? new Map<string, number>(),
      starts: new Map<string, number>(),
    }
    known.count += count
    known.amount += amount
    ;(known.starts as Map<string, number>).set(start, count)
    filled.set(cell, known)
  }
  return [...filled.values()]
}

function within<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const fresh = new Map<K, V>()
  maps.set(key, fresh)
  return fresh
}

/** How much of a month is in what is published; parts in whole per cent only: a part of a group may be one declaration. */
function coveredBy({ groups, withheld }: Published): MonthCoverage['covered'] {
  return figureKinds.flatMap((measure) => {
    const own = groups.filter(({ cell }) => cell.kind === measure)
    const declarations = own.reduce((sum, { count }) => sum + count, 0)
    const isWithheld = [...withheld].some((name) => name.startsWith(`${measure}|`))
    if (declarations === 0 && !isWithheld) return []
    const starts: Record<string, number> = {}
    for (const { starts: counted } of own)
      for (const [start, count] of counted) if (start !== '') starts[start] = (starts[start] ?? 0) + count
    const percents = Object.entries(starts)
      .sort()
      .map(([start, count]) => [start, Math.round((count * 100) / declarations)] as const)
    return [{ measure, declarations, withheld: isWithheld, starts: Object.fromEntries(percents) }]
  })
}

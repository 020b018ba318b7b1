import type { SuppressionRule } from '../../schemas/rules/suppression.ts'
import { type FigureKind, others } from '../../schemas/statistics.ts'
import { type Cell, keyOf } from './cell.ts'
import { addTo } from './histogram.ts'

/** What a cell holds. */
export interface Filled {
  readonly cell: Cell
  readonly count: number
  /** Seconds, or fen. */
  readonly amount: number
  readonly histogram: ReadonlyMap<number, number>
  /** Declarations of each firm: never published. */
  readonly firms: ReadonlyMap<string, number>
  /** Declarations by where their time starts. */
  readonly starts: ReadonlyMap<string, number>
}

/** Groups that may be published, disjoint, and whether something was left out. */
export interface Published {
  readonly groups: readonly Filled[]
  readonly withheld: ReadonlySet<string>
}

/**
 * The groups of a month that may be published 小样本抑制. Groups that are too small are merged with each other over one grouping after the other
 * until what they come to is large enough; what never is, is left out. Everything published is a sum of these groups, so that no
 * subtraction of answers gives more than they themselves say. Figures of one family (times that share start or end, by which one
 * could be had from the other) are merged alike: a group stands when each of them may.
 */
export function publishable(cells: readonly Filled[], rule: SuppressionRule): Published {
  const groups: Filled[] = []
  const withheld = new Set<string>()
  for (const family of Map.groupBy(cells, ({ cell }) => familyOf(cell)).values()) {
    let small = family
    for (const step of [undefined, ...rule.mergeOver]) {
      if (step !== undefined) small = merged(small.map((one) => ({ ...one, cell: { ...one.cell, [step]: others } })))
      const rest: Filled[] = []
      for (const together of Map.groupBy(small, ({ cell }) => placeOf(cell)).values())
        (together.every((one) => isLargeEnough(one, rule)) ? groups : rest).push(...together)
      small = rest
    }
    for (const { cell } of small) withheld.add(nameOf(cell))
  }
  return { groups, withheld }
}

/** What is published of: a kind of figure, and whose. */
export const nameOf = ({ kind, agency, procedure }: Pick<Cell, 'kind' | 'agency' | 'procedure'>): string =>
  [kind, agency, procedure].join('|')

const release: readonly FigureKind[] = ['overall', 'declared']
const familyOf = (cell: Cell): string => (release.includes(cell.kind) ? 'release' : nameOf(cell))
const placeOf = ({ direction, mode, district, credit }: Cell): string => [direction, mode, district, credit].join('|')

/** Enough declarations of enough firms, none of which outweighs the others. */
export function isLargeEnough(
  { count, firms }: Pick<Filled, 'count' | 'firms'>,
  { minimumDeclarations, minimumFirms, mostSharePercent }: SuppressionRule,
): boolean {
  if (count < minimumDeclarations || firms.size < minimumFirms) return false
  let most = 0
  for (const own of firms.values()) most = Math.max(most, own)
  return most * 100 <= mostSharePercent * count
}

/** Cells of one key made one. */
export function merged(cells: readonly Filled[]): Filled[] {
  return [...Map.groupBy(cells, ({ cell }) => keyOf(cell)).values()].map((same) => {
    const [first] = same
    if (first === undefined || same.length === 1) return first as Filled
    const [histogram, firms, starts] = [new Map<number, number>(), new Map<string, number>(), new Map<string, number>()]
    let [count, amount] = [0, 0]
    for (const one of same) {
      count += one.count
      amount += one.amount
      addTo(histogram, one.histogram)
      for (const [firm, own] of one.firms) firms.set(firm, (firms.get(firm) ?? 0) + own)
      for (const [start, own] of one.starts) starts.set(start, (starts.get(start) ?? 0) + own)
    }
    return { cell: first.cell, count, amount, histogram, firms, starts }
  })
}

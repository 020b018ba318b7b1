import { type Grouping, groupings } from '../../schemas/statistics.ts'
import { type Filled, merged } from './suppress.ts'

/** Which groupings a table is split by, one bit each. */
export const splitOf = (by: readonly string[]): number =>
  groupings.reduce((split, grouping, bit) => (by.includes(grouping) ? split | (1 << bit) : split), 0)
/** Split by everything: the groups all other tables are summed from. */
export const wholeSplit = splitOf(groupings)

/** A figure of a table. */
export interface Figure extends Filled {
  readonly split: number
}

/** Every table there is over some groups: summed over all groupings it is not split by. All tables of a kind come to the same total. */
export function tablesOf(groups: readonly Filled[]): Figure[] {
  const found: Figure[] = []
  for (let split = 0; split <= wholeSplit; split++) {
    const gone = groupings.filter((_, bit) => (split & (1 << bit)) === 0)
    const emptied = Object.fromEntries(gone.map((grouping) => [grouping, ''])) as { [grouping in Grouping]?: '' }
    for (const one of merged(groups.map((group) => ({ ...group, cell: { ...group.cell, ...emptied } }))))
      found.push({ ...one, split })
  }
  return found
}

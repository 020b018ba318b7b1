import { isDeepStrictEqual } from 'node:util'
import type { Entry } from '../../schemas/fees/entries.ts'
import { pointer } from '../../schemas/issue.ts'
import type { Difference } from '../filing/difference.ts'

/**
 * Field by field what differs between two versions of an entry 条目差异. Elements of a list are matched before they are compared: equal ones
 * first, then the most alike, so that a rate put in between is one addition. Pointers lead into `after`, a field that went to where it would
 * stand there; an element of a list that went is pointed at where it stood before. An entry that is new or gone differs as a whole, at the root.
 */
export const differencesOf = (before: Entry | undefined, after: Entry | undefined): Difference[] =>
  compare(before?.content, after?.content, [])

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

function compare(before: unknown, after: unknown, path: readonly PropertyKey[]): Difference[] {
  if (Object.is(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path)
  if (isTree(before) && isTree(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => compare(before[key], after[key], [...path, key]))
  }
  const at = pointer(...path)
  if (before === undefined) return [{ pointer: at, after }]
  return [after === undefined ? { pointer: at, before } : { pointer: at, before, after }]
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: readonly PropertyKey[]) {
  const found: Difference[] = []
  for (const [from, to] of pairsOf(before, after)) {
    if (to === undefined) found.push(...compare(before[from ?? 0], undefined, [...path, from ?? 0]))
    else found.push(...compare(from === undefined ? undefined : before[from], after[to], [...path, to]))
  }
  return found
}

type Pair = readonly [from: number | undefined, to: number | undefined]

/** Which element became which, in order; one without a partner was taken out or put in. */
function pairsOf(before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && isDeepStrictEqual(before[head], after[head])) head++
  let tail = 0
  while (tail < shorter - head && isDeepStrictEqual(before.at(-1 - tail), after.at(-1 - tail))) tail++
  const rows = before.length - head - tail
  const columns = after.length - head - tail
  // The best that can be made of what is left from here on (an alignment, as of two texts).
  const worth = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  const at = (row: number, column: number) => worth[row]?.[column] ?? 0
  const likeness = Array.from({ length: rows }, (_, row) =>
    Float64Array.from({ length: columns }, (_, column) => likenessOf(before[head + row], after[head + column])),
  )
  const paired = (row: number, column: number) => (likeness[row]?.[column] ?? 0) + at(row + 1, column + 1)
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const best = Math.max(paired(row, column), at(row + 1, column), at(row, column + 1))
      const line = worth[row]
      if (line !== undefined) line[column] = best
    }
  const pairs: Pair[] = []
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    if (paired(row, column) >= Math.max(at(row + 1, column), at(row, column + 1)))
      pairs.push([head + row++, head + column++])
    else if (at(row + 1, column) >= at(row, column + 1)) pairs.push([head + row++, undefined])
    else pairs.push([undefined, head + column++])
  }
  while (row < rows) pairs.push([head + row++, undefined])
  while (column < columns) pairs.push([undefined, head + column++])
  return pairs
}

/** Equal elements count for more than any that are alike could: they are matched first. */
const equal = 3
/** Two that have nothing in common are still one that was replaced. */
const replaced = 0.01

function likenessOf(before: unknown, after: unknown): number {
  if (isDeepStrictEqual(before, after)) return equal
  if (!isTree(before) || !isTree(after)) return replaced
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  const same = [...keys].filter((key) => isDeepStrictEqual(before[key], after[key])).length
  return replaced + same / keys.size
}

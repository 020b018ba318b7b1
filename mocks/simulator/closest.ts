/** The known name nearest to one nobody knows 最接近的名称: what somebody who mistyped it probably meant. */
import { limits } from './limits.ts'

/** @returns the name with the fewest letters to change, the first of equals; undefined when there are no names. */
export function closest(written: string, names: Iterable<string>): string | undefined {
  const short = written.slice(0, limits.comparedCharacters).toUpperCase()
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const name of names) {
    const changes = changesBetween(short, name.slice(0, limits.comparedCharacters).toUpperCase())
    if (changes < least) [best, least] = [name, changes]
  }
  return best
}

/** Levenshtein's distance: letters put in, left out or changed to make one text of the other. */
function changesBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      line.push(Math.min(changed, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[other.length] ?? 0
}

/**
 * Where steps are found 步骤索引: by agency and path, then by the first value a step wants to be equal. A request meets only the steps
 * that could be its own, so that what it costs does not grow with the number of scripts.
 */
import { holds, takesMethod, takesPath } from './match.ts'
import type { Condition, Match } from './program.ts'
import { type Seen, type Spot, spotKey } from './request.ts'

/** Something on the shelf; those with lower ranks come first. */
export interface Shelved {
  readonly rank: number
  readonly match: Match
}

/** What wants some value at a spot, by that value. */
interface Wanted<T> {
  readonly spot: Spot
  readonly values: Map<string, T[]>
}

interface Bucket<T> {
  /** What wants nothing to be equal. */
  readonly rest: T[]
  /** By spot. */
  readonly wanted: Map<string, Wanted<T>>
}

/** What stands where requests to an agency and a path are looked for. */
interface Aisle<T> {
  readonly agency: string
  readonly path: string
  /** What wants nothing to be equal, and where something is wanted. */
  readonly rests: readonly (readonly T[])[]
  readonly wanted: readonly Wanted<T>[]
  /** The only one there, where nothing else is: most often it is. */
  readonly only: T | undefined
}

export class Shelf<T extends Shelved> {
  readonly #buckets = new Map<string, Bucket<T>>()
  /** Where the last request was looked for: the next one is most often of its kind. */
  #latest: Aisle<T> | undefined
  #looked = 0

  /** How many conditions have been looked at since it began: grows with requests, not with what is on the shelf. */
  get looked(): number {
    return this.#looked
  }

  add(agency: string, one: T): void {
    this.#latest = undefined
    const key = keyOf(agency, writtenIn(one.match))
    const bucket = this.#buckets.get(key) ?? { rest: [], wanted: new Map() }
    this.#buckets.set(key, bucket)
    const list = listFor(bucket, one.match)
    list.splice(list.findLastIndex(({ rank }) => rank <= one.rank) + 1, 0, one)
  }

  remove(agency: string, one: T): void {
    this.#latest = undefined
    const key = keyOf(agency, writtenIn(one.match))
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return
    const list = listFor(bucket, one.match)
    const at = list.indexOf(one)
    if (at >= 0) list.splice(at, 1)
    if (list.length === 0) forget(bucket, one.match)
    if (bucket.rest.length === 0 && bucket.wanted.size === 0) this.#buckets.delete(key)
  }

  /** What takes a request, in the order of rank, for as long as somebody asks for more. */
  takers(seen: Seen): Iterable<T> {
    const { rests, wanted, only } = this.#aisleFor(seen)
    if (only !== undefined) return this.#isTaken(only.match, seen) ? [only] : []
    return this.#taking(inOrder([...rests, ...this.#found(wanted, seen)]), seen)
  }

  *#taking(ones: Iterable<T>, seen: Seen): Iterable<T> {
    for (const one of ones) if (this.#isTaken(one.match, seen)) yield one
  }

  #aisleFor({ agency, path }: Seen): Aisle<T> {
    if (this.#latest?.path !== path || this.#latest.agency !== agency) {
      const found = [path, anyPath].map((written) => this.#buckets.get(keyOf(agency, written)))
      const buckets = found.filter((bucket) => bucket !== undefined)
      const rests = buckets.map(({ rest }) => rest).filter(({ length }) => length > 0)
      const wanted = buckets.flatMap((bucket) => [...bucket.wanted.values()])
      const [first, another] = rests[0] ?? []
      const only = wanted.length + rests.length === 1 && another === undefined ? first : undefined
      // The text of a script rather than the request's: all sessions with that script have it in common.
      const written = first?.match.path?.written
      this.#latest = { agency, path: written === path ? written : path, rests, wanted, only }
    }
    return this.#latest
  }

  #found(wanted: readonly Wanted<T>[], seen: Seen): (readonly T[])[] {
    const lists: (readonly T[])[] = []
    for (const { spot, values } of wanted) {
      this.#looked += 1
      const value = seen.at(spot)
      const list = value === undefined ? undefined : values.get(value)
      if (list !== undefined) lists.push(list)
    }
    return lists
  }

  #isTaken(match: Match, seen: Seen): boolean {
    // What was found by its value need not be looked at again, unless more is said of it.
    const known = firstEqual(match)
    return (
      takesMethod(match, seen) &&
      takesPath(match, seen) &&
      match.conditions.every(
        (condition) => (condition === known && onlyEquals(condition)) || this.#look(condition, seen),
      )
    )
  }

  #look(condition: Condition, seen: Seen): boolean {
    this.#looked += 1
    return holds(condition, seen)
  }
}

const firstEqual = ({ conditions }: Match): Condition | undefined =>
  conditions.find(({ equals }) => equals !== undefined)
const onlyEquals = ({ contains, matches }: Condition): boolean => contains === undefined && matches === undefined

/** No path of a request: those begin with a slash. */
const anyPath = '*'
const writtenIn = ({ path }: Match): string =>
  path === undefined || path.segments !== undefined ? anyPath : path.written
const keyOf = (agency: string, path: string): string => `${agency} ${path}`

function listFor<T>(bucket: Bucket<T>, match: Match): T[] {
  const condition = firstEqual(match)
  if (condition?.equals === undefined) return bucket.rest
  const key = spotKey(condition.spot)
  const at = bucket.wanted.get(key) ?? { spot: condition.spot, values: new Map<string, T[]>() }
  bucket.wanted.set(key, at)
  const list = at.values.get(condition.equals) ?? []
  at.values.set(condition.equals, list)
  return list
}

/** Takes an empty list away, so that what has been removed costs nothing. */
function forget<T>(bucket: Bucket<T>, match: Match): void {
  const condition = firstEqual(match)
  if (condition?.equals === undefined) return
  const key = spotKey(condition.spot)
  const at = bucket.wanted.get(key)
  at?.values.delete(condition.equals)
  if (at?.values.size === 0) bucket.wanted.delete(key)
}

/** Sorted lists as one, without copying what nobody asks for. */
function inOrder<T extends Shelved>(lists: readonly (readonly T[])[]): Iterable<T> {
  return lists.length <= 1 ? (lists[0] ?? []) : merged(lists)
}

function* merged<T extends Shelved>(lists: readonly (readonly T[])[]): Iterable<T> {
  const places = lists.map(() => 0)
  while (true) {
    let best = -1
    let lowest = Number.POSITIVE_INFINITY
    lists.forEach((list, at) => {
      const rank = list[places[at] ?? 0]?.rank ?? Number.POSITIVE_INFINITY
      if (rank < lowest) [best, lowest] = [at, rank]
    })
    const one = lists[best]?.[places[best] ?? 0]
    if (one === undefined) return
    places[best] = (places[best] ?? 0) + 1
    yield one
  }
}

/**
 * Where steps are found 步骤索引: by agency, method and path, then by the first value a step wants to be equal. A request meets only
 * the steps that could be its own, so that what it costs does not grow with the number of scripts.
 */
import { holds, takesPath } from './match.ts'
import type { Condition, Match } from './program.ts'
import { type Seen, type Spot, spotKey } from './request.ts'

/** Something on the shelf; those with lower ranks come first. */
export interface Shelved<T> {
  readonly rank: number
  readonly match: Match
  readonly what: T
}

interface Bucket<T> {
  /** By spot, then by the value that is wanted there. */
  readonly equal: Map<string, { readonly spot: Spot; readonly values: Map<string, Shelved<T>[]> }>
  /** What wants nothing to be equal. */
  readonly rest: Shelved<T>[]
}

export class Shelf<T> {
  readonly #buckets = new Map<string, Bucket<T>>()
  #looked = 0

  /** How many conditions have been looked at since it began: grows with requests, not with what is on the shelf. */
  get looked(): number {
    return this.#looked
  }

  add(agency: string, one: Shelved<T>): void {
    for (const key of keysOf(agency, one.match)) {
      const bucket = this.#buckets.get(key) ?? { equal: new Map(), rest: [] }
      this.#buckets.set(key, bucket)
      insert(listFor(bucket, one.match), one)
    }
  }

  remove(agency: string, one: Shelved<T>): void {
    for (const key of keysOf(agency, one.match)) {
      const bucket = this.#buckets.get(key)
      if (bucket === undefined) continue
      const list = listFor(bucket, one.match)
      const at = list.indexOf(one)
      if (at >= 0) list.splice(at, 1)
      if (list.length === 0) forget(bucket, one.match)
      if (bucket.rest.length === 0 && bucket.equal.size === 0) this.#buckets.delete(key)
    }
  }

  /** What takes a request, in the order of rank, for as long as somebody asks for more. */
  *takers(seen: Seen): Iterable<T> {
    const { agency, method, path } = seen
    const lists: (readonly Shelved<T>[])[] = []
    for (const key of [
      keyOf(agency, method, path),
      keyOf(agency, method, '*'),
      keyOf(agency, '*', path),
      keyOf(agency, '*', '*'),
    ]) {
      const bucket = this.#buckets.get(key)
      if (bucket === undefined) continue
      if (bucket.rest.length > 0) lists.push(bucket.rest)
      if (bucket.equal.size === 0) continue
      for (const { spot, values } of bucket.equal.values()) {
        this.#looked += 1
        const value = seen.at(spot)
        const list = value === undefined ? undefined : values.get(value)
        if (list !== undefined) lists.push(list)
      }
    }
    for (const one of inOrder(lists)) if (this.#isTaken(one, seen)) yield one.what
  }

  #isTaken({ match }: Shelved<T>, seen: Seen): boolean {
    // What was found by its value need not be looked at again, unless more is said of it.
    const known = firstEqual(match)
    return (
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

function keysOf(agency: string, { methods = ['*'], path }: Match): string[] {
  const written = path === undefined || path.segments !== undefined ? '*' : path.written
  return [...new Set(methods)].map((method) => keyOf(agency, method, written))
}
const keyOf = (agency: string, method: string, path: string): string => `${agency} ${method} ${path}`

function listFor<T>(bucket: Bucket<T>, match: Match): Shelved<T>[] {
  const condition = firstEqual(match)
  if (condition?.equals === undefined) return bucket.rest
  const key = spotKey(condition.spot)
  const at = bucket.equal.get(key) ?? { spot: condition.spot, values: new Map<string, Shelved<T>[]>() }
  bucket.equal.set(key, at)
  const list = at.values.get(condition.equals) ?? []
  at.values.set(condition.equals, list)
  return list
}

/** Takes an empty list away, so that what has been removed costs nothing. */
function forget<T>(bucket: Bucket<T>, match: Match): void {
  const condition = firstEqual(match)
  if (condition?.equals === undefined) return
  const key = spotKey(condition.spot)
  const at = bucket.equal.get(key)
  at?.values.delete(condition.equals)
  if (at?.values.size === 0) bucket.equal.delete(key)
}

function insert<T>(list: Shelved<T>[], one: Shelved<T>): void {
  const after = list.findLastIndex(({ rank }) => rank <= one.rank)
  list.splice(after + 1, 0, one)
}

/** Sorted lists as one, without copying what nobody asks for. */
function* inOrder<T>(lists: readonly (readonly Shelved<T>[])[]): Iterable<Shelved<T>> {
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

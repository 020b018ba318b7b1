/**
 * What Node 20 lacks of the language 旧版补全, as far as it is used here. Loaded first by the built entry points whose sources use it; where
 * everything is there it does nothing. The client, the adapters' door and the schemas use nothing newer and do without.
 */

/** Puts a function where the language has it in newer editions; one that is there stays. */
function lend(to: object, name: string, value: unknown): void {
  if (!(name in to)) Object.defineProperty(to, name, { value, writable: true, configurable: true })
}

lend(Map, 'groupBy', <T, K>(items: Iterable<T>, keyOf: (item: T, at: number) => K) => {
  const groups = new Map<K, T[]>()
  let at = 0
  for (const item of items) {
    const key = keyOf(item, at++)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
})

lend(Promise, 'withResolvers', () => {
  const made: { resolve?: unknown; reject?: unknown } = {}
  const promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return { promise, ...made }
})

lend(Array, 'fromAsync', async <T>(items: AsyncIterable<T> | Iterable<T>) => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
})

const ofSets: { readonly [name: string]: (this: Set<unknown>, other: Set<unknown>) => unknown } = {
  union(other) {
    return new Set([...this, ...other])
  },
  intersection(other) {
    return new Set([...this].filter((one) => other.has(one)))
  },
  difference(other) {
    return new Set([...this].filter((one) => !other.has(one)))
  },
  symmetricDifference(other) {
    return new Set([...[...this].filter((one) => !other.has(one)), ...[...other].filter((one) => !this.has(one))])
  },
  isSubsetOf(other) {
    return [...this].every((one) => other.has(one))
  },
  isSupersetOf(other) {
    return [...other].every((one) => this.has(one))
  },
  isDisjointFrom(other) {
    return ![...this].some((one) => other.has(one))
  },
}
for (const [name, value] of Object.entries(ofSets)) lend(Set.prototype, name, value)

type Act<R> = (one: unknown, at: number) => R
const ofIterators: { readonly [name: string]: (this: Iterable<unknown>, ...given: never[]) => unknown } = {
  *map(act: Act<unknown>) {
    let at = 0
    for (const one of this) yield act(one, at++)
  },
  *filter(keeps: Act<boolean>) {
    let at = 0
    for (const one of this) if (keeps(one, at++)) yield one
  },
  *flatMap(act: Act<Iterable<unknown>>) {
    let at = 0
    for (const one of this) yield* act(one, at++)
  },
  *take(most: number) {
    let left = most
    if (left > 0)
      for (const one of this) {
        yield one
        if (--left <= 0) return
      }
  },
  *drop(first: number) {
    let left = first
    for (const one of this) if (left-- <= 0) yield one
  },
  toArray() {
    return [...this]
  },
  forEach(act: Act<void>) {
    for (const [at, one] of [...this].entries()) act(one, at)
  },
  reduce(...given: Parameters<unknown[]['reduce']>) {
    return [...this].reduce(...given)
  },
  some(holds: Act<boolean>) {
    let at = 0
    for (const one of this) if (holds(one, at++)) return true
    return false
  },
  every(holds: Act<boolean>) {
    let at = 0
    for (const one of this) if (!holds(one, at++)) return false
    return true
  },
  find(holds: Act<boolean>) {
    let at = 0
    for (const one of this) if (holds(one, at++)) return one
    return undefined
  },
}
const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object
for (const [name, value] of Object.entries(ofIterators)) lend(iterators, name, value)

/** What was worked out lately, of each thing by a name. */
export interface Lately<K, V> {
  get(of: K, name: string): V | undefined
  keep(of: K, name: string, value: V): void
}

/** Keeps the last results, however many things there are: at most twice `most`. What was not asked for while `most` others came is forgotten. */
export function keepingLately<K extends object, V>(most: number): Lately<K, V> {
  let young = new Map<K, Map<string, V>>()
  let old = young
  let count = 0
  const keep = (of: K, name: string, value: V) => {
    if (count >= most) {
      old = young
      young = new Map()
      count = 0
    }
    const known = young.get(of)
    if (known === undefined) young.set(of, new Map([[name, value]]))
    else known.set(name, value)
    count++
  }
  return {
    get(of, name) {
      const known = young.get(of)?.get(name)
      if (known !== undefined) return known
      const older = old.get(of)?.get(name)
      if (older !== undefined) keep(of, name, older)
      return older
    },
    keep,
  }
}

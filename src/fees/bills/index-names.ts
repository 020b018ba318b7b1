import { loadCodeList } from '../../../schemas/codes/index.ts'
import { limits } from '../../limits.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { bigramsOf, formsOf, likeness, shortFormsOf } from './names.ts'

type Ids = ReadonlyMap<string, ReadonlySet<string>>

/** Names of fees or kinds, ready to be looked up 名称索引. */
export interface Names {
  readonly exact: Ids
  readonly short: Ids
  /** Each form of each name, with how many pairs of characters it has. */
  readonly forms: readonly { readonly id: string; readonly size: number }[]
  /** Forms, by their places, that have a pair of characters. */
  readonly pairs: ReadonlyMap<string, readonly number[]>
  /** Pairs of the longest form. */
  readonly longest: number
}

function namesOf(all: Iterable<readonly [id: string, names: readonly string[]]>): Names {
  const exact = new Map<string, Set<string>>()
  const short = new Map<string, Set<string>>()
  const pairs = new Map<string, number[]>()
  const forms: { id: string; size: number }[] = []
  for (const [id, names] of all)
    for (const name of names) {
      for (const form of shortFormsOf(name)) group(short, form, () => new Set<string>()).add(id)
      for (const form of formsOf(name)) {
        group(exact, form, () => new Set<string>()).add(id)
        const bigrams = bigramsOf(form)
        for (const pair of bigrams) group(pairs, pair, (): number[] => []).push(forms.length)
        forms.push({ id, size: bigrams.size })
      }
    }
  return { exact, short, forms, pairs, longest: forms.reduce((most, { size }) => Math.max(most, size), 0) }
}

function group<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The fees of a port with their names. */
interface PortNames {
  readonly names: Names
  readonly fees: ReadonlyMap<string, NamedFee>
  readonly byKind: ReadonlyMap<string, readonly NamedFee[]>
}
const ports = new WeakMap<Catalogue, Map<string, PortNames>>()

/** The names at a port, made when they are first asked for and gone with the edition. */
export function namesAt(catalogue: Catalogue, port: string): PortNames {
  let known = ports.get(catalogue)
  if (known === undefined) ports.set(catalogue, (known = new Map()))
  return group(known, port, () => {
    const fees = catalogue.feesAt(port)
    return {
      names: namesOf(fees.map(({ id, fee }) => [id, [fee.name.zh, fee.name.en, ...(fee.aliases ?? [])]] as const)),
      fees: new Map(fees.map((one) => [one.id, one])),
      byKind: Map.groupBy(fees, ({ fee }) => fee.kind),
    }
  })
}

let kinds: Names | undefined
/** The names of the kinds of fees there are. */
export const kindNames = (): Names =>
  (kinds ??= namesOf(
    loadCodeList('fee-kinds').items.map(({ code, zh = code, en = code }) => [code, [zh, en]] as const),
  ))

/** Who has one of these forms: the whole name before the one without brackets, for what stands in them may tell two fees apart. */
export function lookUp(ids: Ids, forms: readonly string[]): string[] {
  for (const form of forms) {
    const found = ids.get(form)
    if (found !== undefined) return [...found]
  }
  return []
}

/** Who has a name like one of these forms, each with its best score. */
export function similarTo({ forms, pairs, longest }: Names, given: readonly string[]): Map<string, number> {
  const best = new Map<string, number>()
  const shared = new Uint16Array(forms.length)
  for (const form of given) {
    const bigrams = bigramsOf(form)
    // Longer than any name it could be like: nothing to compare.
    if (likeness(longest, bigrams.size, longest) < limits.billLikeness) continue
    const seen: number[] = []
    for (const pair of bigrams)
      for (const place of pairs.get(pair) ?? []) {
        if (shared[place] === 0) seen.push(place)
        shared[place] = (shared[place] ?? 0) + 1
      }
    for (const place of seen) {
      const { id, size } = forms[place] ?? { id: '', size: 0 }
      const score = likeness(shared[place] ?? 0, bigrams.size, size)
      if (score >= limits.billLikeness && score > (best.get(id) ?? 0)) best.set(id, score)
      shared[place] = 0
    }
  }
  return best
}

import { loadCodeList } from '../../../schemas/codes/index.ts'
import { limits } from '../../limits.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { bigramsOf, formsOf, likeness, shortFormsOf } from './names.ts'

interface Form {
  readonly bigrams: ReadonlyMap<string, number>
  readonly id: string
}
type Ids = ReadonlyMap<string, ReadonlySet<string>>

/** Names of fees or kinds, ready to be looked up 名称索引. */
export interface Names {
  readonly exact: Ids
  readonly short: Ids
  /** Forms by each pair of characters in them. */
  readonly pairs: ReadonlyMap<string, readonly Form[]>
}

function namesOf(all: Iterable<readonly [id: string, names: readonly string[]]>): Names {
  const exact = new Map<string, Set<string>>()
  const short = new Map<string, Set<string>>()
  const pairs = new Map<string, Form[]>()
  for (const [id, names] of all)
    for (const name of names) {
      for (const form of shortFormsOf(name)) group(short, form, () => new Set<string>()).add(id)
      for (const form of formsOf(name)) {
        group(exact, form, () => new Set<string>()).add(id)
        const entry = { bigrams: bigramsOf(form), id }
        for (const pair of entry.bigrams.keys()) group(pairs, pair, (): Form[] => []).push(entry)
      }
    }
  return { exact, short, pairs }
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
export function similarTo(names: Names, forms: readonly string[]): Map<string, number> {
  const best = new Map<string, number>()
  for (const form of forms) {
    const bigrams = bigramsOf(form)
    const seen = new Set<Form>()
    for (const pair of bigrams.keys())
      for (const other of names.pairs.get(pair) ?? []) {
        if (seen.has(other)) continue
        seen.add(other)
        const score = likeness(bigrams, other.bigrams)
        if (score >= limits.billLikeness && score > (best.get(other.id) ?? 0)) best.set(other.id, score)
      }
  }
  return best
}

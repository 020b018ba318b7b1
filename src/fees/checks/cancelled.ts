import { loadCodeList } from '../../../schemas/codes/index.ts'
import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Catalogue } from '../catalogue.ts'
import { type CheckIssue, error, type Place } from './issues.ts'
import { chargedIn, inForce } from './stretch.ts'

/** A kind of fee that was ended, by which document and from which day on. */
interface Cancelled {
  readonly kind: string
  readonly name: Text
  readonly from: string
  readonly number: string
}

/** What is left of a name when nothing but its letters and digits count: no width of letters, no blank in between, no mark nobody sees. */
const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** A kind as names are compared with it: its own in both languages. */
type Bare = readonly string[]

/** No fee is charged any more that was cancelled 已取消收费, whatever it now calls itself: neither by its kind nor by a name that says the kind’s. */
export function cancelledIssues(next: Catalogue): CheckIssue[] {
  const names = new Map(
    loadCodeList('fee-kinds').items.map(({ code, en = code, zh = code }): [string, Text] => [code, { en, zh }]),
  )
  const bares = new Map([...names].map(([code, { en, zh }]): [string, Bare] => [code, [bare(en), bare(zh)]]))
  const cancelled = cancelledIn(next, names)
  const byKind = new Map(cancelled.map((one) => [one.kind, one]))
  const found: CheckIssue[] = []
  for (const [id, fee] of cancelled.length === 0 ? [] : next.of('fee')) {
    const charged = chargedIn(fee, next.edition.validFrom)
    if (charged === undefined) continue
    const falls = (one: Cancelled) => charged.to === undefined || charged.to >= one.from
    const own = byKind.get(fee.kind)
    if (own !== undefined && falls(own)) found.push(refused(['fee', id, 'kind'], own))
    const others = cancelled.filter((one) => one.kind !== fee.kind && falls(one))
    for (const [path, name] of others.length === 0 ? [] : namesIn(fee)) {
      const said = bare(name)
      const named = others.find(({ kind }) => says(said, bares.get(kind) ?? [], bares.get(fee.kind) ?? []))
      if (named !== undefined) found.push(refused(['fee', id, ...path], named))
    }
  }
  return found
}

/** Whether a name says that of a kind that is gone. A kind of its own may be called after one: domestic dues after dues. */
const says = (said: string, gone: Bare, own: Bare): boolean =>
  gone.some((name) => {
    const kept = own.filter((kind) => kind.includes(name))
    return kept.reduce((text, kind) => text.replaceAll(kind, ' '), said).includes(name)
  })

const refused = (at: Place, { number, from, name }: Cancelled) =>
  error(at, 'kind-cancelled', {
    en: `"${name.en}" was cancelled from ${from} on by ${number}`,
    zh: `“${name.zh}”已由 ${number} 自 ${from} 起取消`,
  })

const namesIn = ({ name, aliases = [] }: Fee): [path: PropertyKey[], name: string][] => [
  [['name', 'zh'], name.zh],
  [['name', 'en'], name.en],
  ...aliases.map((alias, index): [PropertyKey[], string] => [['aliases', index], alias]),
]

/** Of each kind the earliest end. An end holds on after its document has: only taking the document back undoes it. */
function cancelledIn(next: Catalogue, names: ReadonlyMap<string, Text>): Cancelled[] {
  const byKind = new Map<string, Cancelled>()
  for (const basis of next.of('basis').values()) {
    const isTakenBack = basis.withdrawn !== undefined && basis.withdrawn.on <= next.edition.validFrom
    if (isTakenBack || inForce(basis) === undefined) continue
    for (const { kind, from } of basis.cancels ?? []) {
      const before = byKind.get(kind)
      const name = names.get(kind)
      if (name === undefined || (before !== undefined && before.from <= from)) continue
      byKind.set(kind, { kind, name, from, number: basis.number })
    }
  }
  return [...byKind.values()]
}

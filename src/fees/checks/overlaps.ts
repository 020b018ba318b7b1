import { type Conditions, type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'
import type { Fee } from '../../../schemas/fees/entries.ts'
import { limits } from '../../limits.ts'
import { canonicalJson } from '../canonical.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { type CheckIssue, error } from './issues.ts'
import { bothOf, chargedIn, dayAfter, type Stretch } from './stretch.ts'

const names = Object.keys(dimensions) as Dimension[]

/** A fee with what it is held against others by. */
interface Compared extends NamedFee {
  readonly charged: Stretch
  /** Where it falls at all: its own conditions, and those of its rates where all of them name a dimension. */
  readonly falls: Conditions
}

/**
 * No payee charges two fees of one kind for the same thing on the same day 重叠; and where a fee ends and its like begins later, nobody can
 * say what holds in between 空档. Fees are compared within their payee, port, kind and occasion only.
 */
export function overlapIssues(next: Catalogue): CheckIssue[] {
  const alike = new Map<string, Compared[]>()
  for (const [id, fee] of next.of('fee')) {
    const charged = chargedIn(fee, next.edition.validFrom)
    if (charged === undefined) continue
    const occasion = fee.arises.when === 'on-event' ? fee.arises.event : fee.arises.when
    const key = [fee.payee, fee.port, fee.kind, occasion].join(' ')
    const group = alike.get(key)
    const one = { id, fee, charged, falls: fallsOf(fee) }
    if (group === undefined) alike.set(key, [one])
    else group.push(one)
  }
  return [...alike.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => (group.length > limits.feesAlike ? tooMany(group) : [...overlapsIn(group), ...gapsIn(group)]))
}

function overlapsIn(group: readonly Compared[]): CheckIssue[] {
  const found: CheckIssue[] = []
  group.forEach((later, at) => {
    for (const earlier of group.slice(0, at)) {
      const both = bothOf(earlier.charged, later.charged)
      if (both === undefined || exclude(earlier.falls, later.falls)) continue
      found.push(
        error(['fee', later.id, 'validFrom'], 'overlap', {
          en: `From ${both.from} on "${earlier.id}" of the same payee is of the same kind and falls on the same things`,
          zh: `自 ${both.from} 起与同一收费主体的同类项目“${earlier.id}”重叠`,
        }),
      )
    }
  })
  return found
}

/** A fee that was ended leaves no gap; one that goes on later does. Days before the edition are over. */
function gapsIn(group: readonly Compared[]): CheckIssue[] {
  const found: CheckIssue[] = []
  for (const same of Map.groupBy(group, ({ falls }) => canonicalJson(falls)).values()) {
    const inOrder = same.toSorted((a, b) => (a.charged.from < b.charged.from ? -1 : 1))
    let end: string | undefined
    inOrder.forEach(({ id, charged }, at) => {
      if (at > 0 && end !== undefined && charged.from > dayAfter(end))
        found.push(
          error(['fee', id, 'validFrom'], 'gap', {
            en: `The one before it ends on ${end}: nothing holds until ${charged.from}`,
            zh: `前一项目于 ${end} 终止，至 ${charged.from} 之间存在空档`,
          }),
        )
      if (at === 0 || (end !== undefined && (charged.to === undefined || charged.to > end))) end = charged.to
    })
  }
  return found
}

const tooMany = (group: readonly Compared[]): CheckIssue[] => [
  error(['fee', group[0]?.id ?? '', 'kind'], 'too-many-alike', {
    en: `${group.length} fees of one kind by one payee at one port: at most ${limits.feesAlike}`,
    zh: `同一收费主体同类项目 ${group.length} 个，至多 ${limits.feesAlike} 个`,
  }),
]

/** Whether no thing can fall under both: one dimension that both name, without a value that both have. */
const exclude = (a: Conditions, b: Conditions): boolean =>
  names.some((name) => {
    const [first, second]: (readonly string[] | undefined)[] = [a[name], b[name]]
    return first !== undefined && second !== undefined && !first.some((value) => second.includes(value))
  })

function fallsOf({ applies = {}, price }: Fee): Conditions {
  const rates = price.kind === 'rates' ? price.rates : []
  const falls: { [D in Dimension]?: readonly string[] } = {}
  for (const name of names) {
    const rated = rates.length > 0 && rates.every(({ when }) => when?.[name] !== undefined)
    if (!rated && applies[name] === undefined) continue
    const all: readonly string[] = dimensions[name]
    const own: readonly string[] = applies[name] ?? all
    const values = rated ? rates.flatMap(({ when }): readonly string[] => when?.[name] ?? []) : own
    const meant = all.filter((value) => own.includes(value) && values.includes(value))
    // A dimension all of whose values are meant does not matter.
    if (meant.length < all.length) falls[name] = meant
  }
  return falls as Conditions
}

import { findCode } from '../../../schemas/codes/index.ts'
import type { BillLine } from '../../../schemas/fees/bill.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { kindNames, lookUp, namesAt, similarTo } from './index-names.ts'
import { formsOf } from './names.ts'

/** Fees a line may be: in the biller's own list, and in those of others at the port. */
export interface Candidates {
  readonly own: readonly NamedFee[]
  readonly others: readonly NamedFee[]
}

/** What a line of a bill is, by what it says of itself. */
export interface Match extends Candidates {
  readonly how: 'named' | 'name' | 'similar' | 'none'
  /** How alike the names are, from 0 to 1, where they are only similar. */
  readonly score?: number
  /** The kind it is, where that can be said. */
  readonly kind?: string
  /** Different things it might be as well as each other: then nothing is decided. */
  readonly rivals: readonly Text[]
}

const nothing: Match = { how: 'none', own: [], others: [], rivals: [] }

/**
 * Finds what a line of a bill is 账单行匹配: by the fee or kind it names, by its exact name, else by similarity; in the biller's own list at the
 * port before anybody else's.
 * @param payee id of the biller, where it is in the list
 * @param cancelled kinds that may not be charged any more: looked for by name even where no list has them
 */
export function matchLine(
  catalogue: Catalogue,
  port: string,
  payee: string | undefined,
  line: BillLine,
  cancelled: ReadonlySet<string>,
): Match {
  const { names, fees, byKind } = namesAt(catalogue, port)
  const forms = formsOf(line.description)
  const isOwn = ({ fee }: NamedFee) => payee !== undefined && fee.payee === payee
  const parted = (all: readonly NamedFee[]): Candidates => ({
    own: all.filter(isOwn),
    others: all.filter((one) => !isOwn(one)),
  })
  const sorted = (ids: Iterable<string>): Candidates =>
    parted([...ids].map((id) => fees.get(id)).filter((one) => one !== undefined))
  const ofKind = (kind: string) => parted(byKind.get(kind) ?? [])
  const exact = sorted(lookUp(names.exact, forms))

  if (line.fee !== undefined && fees.has(line.fee)) return known('named', sorted([line.fee]))
  if (line.kind !== undefined) {
    const { own, others } = ofKind(line.kind)
    // Of several fees of the kind the one whose name is printed.
    const printed = own.filter(({ id }) => exact.own.some((one) => one.id === id))
    return { how: 'named', own: printed.length > 0 ? printed : own, others, kind: line.kind, rivals: [] }
  }
  if (exact.own.length > 0) return known('name', exact)
  const kind = kindNamed(forms, cancelled)
  if (kind !== undefined) {
    const found = ofKind(kind)
    if (found.own.length > 0 || cancelled.has(kind)) return { how: 'name', ...found, kind, rivals: [] }
  }
  const short = sorted(lookUp(names.short, forms))
  if (short.own.length > 0) return known('name', short)

  const scores = similarTo(names, forms)
  const ownScores = [...scores].filter(([id]) => {
    const found = fees.get(id)
    return found !== undefined && isOwn(found)
  })
  const ended = [...similarTo(kindNames(), forms)].filter(([code]) => cancelled.has(code))
  const own = closest(ownScores, ended, sorted)
  if (own !== undefined) return own
  if (exact.others.length > 0) return known('name', exact)
  if (kind !== undefined) return { how: 'name', ...ofKind(kind), kind, rivals: [] }
  return closest([...scores], [], sorted) ?? nothing
}

/** A match whose fees are known: their kind too, where they have one in common. */
function known(how: 'named' | 'name', found: Candidates): Match {
  const [kind, ...more] = new Set((found.own.length > 0 ? found.own : found.others).map(({ fee }) => fee.kind))
  return { how, ...found, ...(kind === undefined || more.length > 0 ? {} : { kind }), rivals: [] }
}

/** The kind of this very name; a cancelled one by its short form too: 港建费. */
const kindNamed = (forms: readonly string[], cancelled: ReadonlySet<string>): string | undefined =>
  lookUp(kindNames().exact, forms)[0] ?? lookUp(kindNames().short, forms).find((kind) => cancelled.has(kind))

/** The most alike, where there is one: those within the margin are as good. Different kinds among them are rivals. */
function closest(
  scores: readonly (readonly [id: string, score: number])[],
  ended: readonly (readonly [kind: string, score: number])[],
  sorted: (ids: Iterable<string>) => Candidates,
): Match | undefined {
  const score = [...scores, ...ended].reduce((best, [, one]) => Math.max(best, one), 0)
  if (score === 0) return undefined
  const near = ([, one]: readonly [string, number]) => one >= score - limits.billLikenessMargin
  const found = sorted(scores.filter(near).map(([id]) => id))
  const fees = [...found.own, ...found.others]
  const endedNear = ended.filter(near).map(([kind]) => kind)
  const kinds = new Set([...fees.map(({ fee }) => fee.kind), ...endedNear])
  if (kinds.size > 1)
    return {
      how: 'similar',
      score,
      ...found,
      rivals: [...fees.map(({ fee }) => fee.name), ...endedNear.map(nameOfKind)],
    }
  const [kind = ''] = kinds
  return { how: 'similar', score, ...found, kind, rivals: [] }
}

/** What a kind of fees is called. */
export function nameOfKind(kind: string): Text {
  const { en = kind, zh = kind } = findCode('fee-kinds', kind) ?? {}
  return { en, zh }
}

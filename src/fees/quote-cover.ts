import type { Text } from '../../schemas/text.ts'
import type { Line } from './quote-line.ts'

/** Whether the service of a fee is part of another's price already 已包含. */
export interface Cover {
  /** For sure; else it depends on what is not known, or on whom the trader deals with. */
  readonly surely: boolean
  readonly because: Text
}

/** Who covers a kind. */
interface Covers {
  /** A line that falls for sure whomever the trader deals with. */
  surely: Line | undefined
  /** Lines that fall for sure where the trader deals with this payee. */
  readonly byPayee: Map<string, Line>
  readonly first: Line
}

/**
 * Finds, for any line, a line that falls and whose price includes it. Where kinds include each other in a circle, the first by name is the
 * one that stays.
 */
export function coveredBy(falling: readonly Line[]): (line: Line) => Cover | undefined {
  const including = falling.filter(({ prepared }) => prepared.fee.includes !== undefined)
  if (including.length === 0) return () => undefined
  const reaches = closureOf(including)
  const payeesOf = payeesByKind(falling)
  const covers = new Map<string, Covers>()
  for (const [kind, lines] of Map.groupBy(including, ({ prepared }) => prepared.fee.kind))
    for (const included of new Set(lines.flatMap(({ prepared }) => prepared.fee.includes ?? []))) {
      if (included === kind || (reaches(included, kind) && included < kind)) continue
      const these = lines.filter(({ prepared }) => prepared.fee.includes?.includes(included))
      const sure = these.filter(({ charge }) => charge.falls === 'yes')
      const known = covers.get(included) ?? { surely: undefined, byPayee: new Map(), first: these[0] as Line }
      covers.set(included, known)
      for (const line of sure) known.byPayee.set(line.prepared.fee.payee, line)
      const payees = payeesOf.get(kind) ?? new Set()
      const everybody = new Set(sure.map(({ prepared }) => prepared.fee.payee)).size === payees.size
      if (everybody) known.surely ??= sure[0]
    }
  return ({ prepared }) => {
    const found = covers.get(prepared.fee.kind)
    if (found === undefined) return undefined
    const surely = found.byPayee.get(prepared.fee.payee) ?? found.surely
    return surely === undefined
      ? { surely: false, because: words(found.first, 'perhaps') }
      : { surely: true, because: words(surely, 'surely') }
  }
}

const words = ({ prepared }: Line, how: 'surely' | 'perhaps'): Text => {
  const { en, zh } = prepared.fee.name
  return how === 'surely'
    ? { en: `Included in ${en}: charging it as well is charging twice`, zh: `已包含在“${zh}”中，不得重复收取` }
    : { en: `May be included in ${en}`, zh: `可能已包含在“${zh}”中` }
}

function payeesByKind(lines: readonly Line[]): Map<string, Set<string>> {
  const payees = new Map<string, Set<string>>()
  for (const { prepared } of lines) {
    const { kind, payee } = prepared.fee
    const known = payees.get(kind)
    if (known === undefined) payees.set(kind, new Set([payee]))
    else known.add(payee)
  }
  return payees
}

/** Which kinds a kind includes, be it through others. */
function closureOf(including: readonly Line[]): (from: string, to: string) => boolean {
  const direct = new Map<string, Set<string>>()
  for (const { prepared } of including) {
    const { kind, includes = [] } = prepared.fee
    const known = direct.get(kind) ?? new Set()
    for (const included of includes) known.add(included)
    direct.set(kind, known)
  }
  return (from, to) => {
    const seen = new Set<string>()
    const waiting = [from]
    for (let kind = waiting.pop(); kind !== undefined; kind = waiting.pop())
      for (const included of direct.get(kind) ?? []) {
        if (included === to) return true
        if (!seen.has(included)) waiting.push(included)
        seen.add(included)
      }
    return false
  }
}

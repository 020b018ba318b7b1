import type { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import type { Quote } from '../../schemas/fees/quote.ts'
import type { Text } from '../../schemas/text.ts'
import { isAskable } from './pricing/doubts.ts'
import { zero } from './pricing/quantities.ts'
import type { Line } from './quote-line.ts'

/** Lines of a kind that several payees do, by payee: the trader pays one of them. */
export type Contested = ReadonlyMap<string, ReadonlyMap<string, readonly Line[]>>

export function contestedKinds(lines: readonly Line[]): Contested {
  const contested = new Map<string, Map<string, Line[]>>()
  for (const [kind, alike] of Map.groupBy(lines, ({ prepared }) => prepared.fee.kind)) {
    const payee = alike[0]?.prepared.fee.payee
    if (alike.every(({ prepared }) => prepared.fee.payee === payee)) continue
    contested.set(
      kind,
      Map.groupBy(alike, ({ prepared }) => prepared.fee.payee),
    )
  }
  return contested
}

/** A sum between two figures; the upper one is absent where nobody can say. */
interface Sum {
  readonly least: Big
  readonly most: Big | undefined
}
const nothing: Sum = { least: zero, most: zero }
const plus = (a: Sum, b: Sum): Sum => ({
  least: b.least.eq(0) ? a.least : a.least.plus(b.least),
  most: a.most === undefined || b.most === undefined ? undefined : a.most.plus(b.most),
})

/** What lines come to, apart by what the government sets or guides and what the market does. */
interface Sums {
  readonly government: Sum
  readonly market: Sum
  readonly total: Sum
}
function sumsOf(lines: readonly Line[]): Sums {
  let [government, market] = [nothing, nothing]
  for (const line of lines)
    if (line.prepared.fee.nature === 'market') market = plus(market, line.charge)
    else government = plus(government, line.charge)
  return { government, market, total: plus(government, market) }
}

/** What all lines come to. Of competing payees the cheapest counts at least, the dearest at most. */
export function totalsOf(lines: readonly Line[], contested: Contested): Pick<Quote, 'total' | 'government' | 'market'> {
  const alone = sumsOf(lines.filter(({ prepared }) => !contested.has(prepared.fee.kind)))
  let { government, market } = alone
  for (const payees of contested.values()) {
    const all = [...payees.values()].map(sumsOf)
    const cheapest = all.reduce((a, b) => (b.total.least.lt(a.total.least) ? b : a))
    const dearest = all.reduce((a, b) => (isMore(b.total.most, a.total.most) ? b : a))
    government = plus(government, { least: cheapest.government.least, most: dearest.government.most })
    market = plus(market, { least: cheapest.market.least, most: dearest.market.most })
  }
  return { total: shown(plus(government, market)), government: shown(government), market: shown(market) }
}

const isMore = (a: Big | undefined, b: Big | undefined): boolean => b !== undefined && (a === undefined || a.gt(b))
const shown = ({ least, most }: Sum) => ({
  least: least.toFixed(2),
  ...(most === undefined ? {} : { most: most.toFixed(2) }),
})

/** What would have to be known, or chosen, for the total to be certain. */
export function uncertaintiesOf(lines: readonly Line[], contested: Contested): Text[] {
  const asked = new Set<Text>()
  for (const { charge } of lines) for (const text of charge.uncertain) if (isAskable(text)) asked.add(text)
  const choices = [...contested].map(([kind, payees]): Text => {
    const { en = kind, zh = kind } = findCode('fee-kinds', kind) ?? {}
    return {
      en: `${en}: one of ${payees.size} payees is paid; name yours`,
      zh: `${zh}：${payees.size}家收费主体择一，请选择`,
    }
  })
  return [...asked, ...choices]
}

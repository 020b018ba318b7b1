import { Big } from 'big.js'
import {
  type Bill,
  type BillLine,
  type JudgedLine,
  type Judgement,
  objectionable,
  type Verdict,
  verdicts,
} from '../../../schemas/fees/bill.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { cent } from './allot.ts'
import { type Context, contextOf, type Item, type Outcome } from './context.ts'
import { type Ground, groundOf } from './grounds.ts'
import { type Match, nameOfKind } from './match.ts'
import { judgePriced, type Priced } from './priced.ts'
import * as words from './words.ts'

const zero = new Big(0)

/**
 * Judges a bill 账单核对: each line against the list of the day, all lines together. The same inputs give the same judgement, and the order of
 * the lines does not matter.
 * @param catalogue the edition that holds on the day of the service (else of the bill)
 * @param history other editions, in which a fee may stand that this one has not: the one before, the one that holds today
 */
export function judgeBill(catalogue: Catalogue, history: readonly Catalogue[], bill: Bill): Judgement {
  const context = contextOf(catalogue, history, bill)
  const grounds = new Map(context.items.map((item) => [item.number, groundOf(context, item)]))
  const outcomes = new Map<number, Outcome>()
  const priced = new Map<NamedFee, Priced[]>()
  for (const item of context.items) {
    const ground = grounds.get(item.number)
    if (ground?.is === 'decided') outcomes.set(item.number, ground.outcome)
    else if (ground !== undefined) priced.set(ground.fee, [...(priced.get(ground.fee) ?? []), { item, ground }])
  }
  for (const [fee, lines] of priced)
    for (const [number, outcome] of judgePriced(context, fee, lines)) outcomes.set(number, outcome)
  const final = withVouchersTwice(context, withIncluded(context, grounds, outcomes))
  const lines = bill.lines.map((line, at) => {
    const item = context.items.find(({ number }) => number === at + 1)
    const match = context.matches[at]
    if (item !== undefined) return judged(item, final.get(item.number))
    if (match === undefined) throw new Error(`Line ${at + 1} was not matched`)
    return creditLine(line, at + 1, match, context.strays.has(at + 1))
  })
  const { number, title, digest, validFrom } = catalogue.edition
  const { biller } = context
  return {
    edition: { number, title, digest, validFrom },
    day: context.day,
    port: bill.shipment.port,
    ...(biller === undefined ? {} : { payee: biller.id, payeeName: biller.payee.name }),
    lines,
    ...summary(bill, lines),
  }
}

/** What a fee on the bill covers already: charging that as well is charging twice 重复收费. */
function withIncluded(
  { items }: Context,
  grounds: ReadonlyMap<number, Ground>,
  outcomes: ReadonlyMap<number, Outcome>,
): ReadonlyMap<number, Outcome> {
  const result = new Map(outcomes)
  const billed = new Map<NamedFee, { readonly lines: number[]; sum: Big }>()
  for (const { number, amount } of items) {
    const ground = grounds.get(number)
    if (ground?.is !== 'priced') continue
    const known = billed.get(ground.fee) ?? { lines: [], sum: zero }
    billed.set(ground.fee, { lines: [...known.lines, number], sum: known.sum.plus(amount) })
  }
  const covers = (other: NamedFee, kind: string) => other.fee.includes?.includes(kind) === true
  for (const { number, match, amount } of items) {
    const before = outcomes.get(number)
    const { kind } = match
    if (kind === undefined || amount.lte(0) || before?.verdict === 'cancelled') continue
    const ground = grounds.get(number)
    const own = ground?.is === 'priced' ? ground.fee : undefined
    const by = [...billed].find(([other, { sum }]) => {
      if (other === own || other.fee.kind === kind || !covers(other, kind)) return false
      if (own === undefined || !covers(own, other.fee.kind)) return true
      // Each covers the other: the dearer one stays.
      const ours = billed.get(own)?.sum ?? zero
      return sum.gt(ours) || (sum.eq(ours) && other.id < own.id)
    })
    if (by === undefined) continue
    const name = own?.fee.name ?? match.own.at(0)?.fee.name ?? nameOfKind(kind)
    const because = words.includedWords(name, by[0].fee.name, by[1].lines)
    result.set(number, { verdict: 'doubled', because, least: zero, most: zero, steps: [] })
  }
  return result
}

/** One voucher is handed on once. */
function withVouchersTwice(
  { items, bill }: Context,
  outcomes: ReadonlyMap<number, Outcome>,
): ReadonlyMap<number, Outcome> {
  const result = new Map(outcomes)
  const seen = new Map<string, number>()
  for (const { number, line } of items) {
    if (line.handedOn === undefined || result.get(number)?.verdict === 'doubled') continue
    const key = JSON.stringify(line)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, number)
    else if (result.get(number)?.verdict !== 'cancelled') {
      const described = { en: bill.lines[first - 1]?.description ?? '', zh: bill.lines[first - 1]?.description ?? '' }
      result.set(number, {
        verdict: 'doubled',
        because: words.doubledWords(described, [first]),
        least: zero,
        most: zero,
        steps: [],
      })
    }
  }
  return result
}

function judged({ number, line, match, amount, credits }: Item, outcome: Outcome | undefined): JudgedLine {
  if (outcome === undefined) throw new Error(`Line ${number} was not judged`)
  const { verdict, least, most, because, steps } = outcome
  const above = most === undefined ? zero : amount.minus(most)
  const isOver = objectionable.includes(verdict) && above.gt(0)
  return {
    line: number,
    description: line.description,
    verdict,
    matched: matchedOf(match),
    charged: new Big(line.amount).toFixed(2),
    ...(least === undefined ? {} : { least: least.toFixed(2) }),
    ...(most === undefined ? {} : { most: most.toFixed(2) }),
    over: (isOver ? above : zero).toFixed(2),
    because,
    steps: [...steps, ...(credits.length === 0 ? [] : [words.creditedStep(credits, amount)])],
    ...productOf(line),
  }
}

function creditLine(line: BillLine, number: number, match: Match, stray: boolean): JudgedLine {
  return {
    line: number,
    description: line.description,
    verdict: stray ? 'undecided' : 'right',
    matched: matchedOf(match),
    charged: new Big(line.amount).toFixed(2),
    over: zero.toFixed(2),
    because: stray ? words.strayCreditWords : words.creditWords,
    steps: [],
    ...productOf(line),
  }
}

function matchedOf({ how, score, own, others, kind }: Match): JudgedLine['matched'] {
  const [fee] = own.length > 0 ? own : others
  const only = (own.length > 0 ? own : others).length === 1
  const name: Text | undefined = only ? fee?.fee.name : kind === undefined ? undefined : nameOfKind(kind)
  return {
    how,
    ...(score === undefined ? {} : { score }),
    ...(only && fee !== undefined ? { fee: fee.id } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
  }
}

/** Quantity times unit price, where that is not the amount. */
function productOf({ quantity, unitPrice, amount }: BillLine): { product?: string } {
  if (quantity === undefined || unitPrice === undefined) return {}
  const product = new Big(quantity).times(unitPrice).round(2, Big.roundHalfUp)
  return product.minus(amount).abs().gt(cent) ? { product: product.toFixed(2) } : {}
}

function summary(bill: Bill, lines: readonly JudgedLine[]): Pick<Judgement, 'totals' | 'verdicts' | 'objectionable'> {
  const sum = (of: readonly (string | undefined)[]) => of.reduce((total, one) => total.plus(one ?? 0), zero)
  const charges = lines.filter(({ charged }) => !charged.startsWith('-'))
  const charged = sum(lines.map((line) => line.charged))
  const difference = bill.total === undefined ? zero : new Big(bill.total).minus(charged)
  const objected = lines.filter(({ verdict }) => objectionable.includes(verdict))
  const counts = Object.fromEntries(
    verdicts.map((verdict) => [verdict, lines.filter((line) => line.verdict === verdict).length]),
  ) as Record<Verdict, number>
  return {
    totals: {
      charged: charged.toFixed(2),
      least: sum(charges.map(({ least }) => least)).toFixed(2),
      ...(charges.some(({ most }) => most === undefined)
        ? {}
        : { most: sum(charges.map(({ most }) => most)).toFixed(2) }),
      over: sum(lines.map(({ over }) => over)).toFixed(2),
      undecided: sum(lines.filter(({ verdict }) => verdict === 'undecided').map((line) => line.charged)).toFixed(2),
      ...(difference.eq(0) ? {} : { difference: difference.toFixed(2) }),
    },
    verdicts: counts,
    objectionable: {
      lines: objected.map(({ line }) => line),
      over: sum(objected.map(({ over }) => over)).toFixed(2),
    },
  }
}

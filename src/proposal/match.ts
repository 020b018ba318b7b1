import { Big } from 'big.js'
import { bigramsOf, likeness } from '../fees/bills/names.ts'
import { limits } from '../limits.ts'
import type { Found, GoodsLine } from './lines.ts'
import { decimalOf } from './numbers.ts'
import { fold } from './words/fold.ts'

/** A line of the invoice with the lines of packing lists that are about the same goods 发票与装箱单对应. */
export interface MatchedLine {
  readonly line: GoodsLine
  readonly packed: readonly GoodsLine[]
}
export interface Matched {
  readonly lines: readonly MatchedLine[]
  /** Lines of packing lists that no line of the invoice is about. */
  readonly left: readonly GoodsLine[]
}

type By = (a: GoodsLine, b: GoodsLine) => boolean
const same =
  (of: (line: GoodsLine) => string | undefined): By =>
  (a, b) => {
    const [one, other] = [of(a), of(b)]
    return one !== undefined && other !== undefined && one !== '' && one === other
  }
const nameOf = ({ name, nameEn }: GoodsLine) => fold(`${name?.value ?? ''} ${nameEn?.value ?? ''}`)
const alike: By = (a, b) => {
  const pairs: (readonly [Found | undefined, Found | undefined])[] = [
    [a.name, b.name],
    [a.nameEn, b.nameEn],
  ]
  return pairs.some(([one, other]) => {
    if (one === undefined || other === undefined) return false
    const [first, second] = [bigramsOf(fold(one.value)), bigramsOf(fold(other.value))]
    const shared = [...first].filter((pair) => second.has(pair)).length
    return first.size > 0 && second.size > 0 && likeness(shared, first.size, second.size) >= limits.proposalLikeness
  })
}
const digitsOf = ({ hsCode }: GoodsLine) => hsCode?.value.replaceAll(/\D/g, '')

/** What lines are known by, the surest first. Of several that fit, the one that has least so far. */
const ways: readonly By[] = [
  same(({ article }) => (article === undefined ? undefined : fold(article))),
  (a, b) => same(nameOf)(a, b) && same(digitsOf)(a, b),
  same(nameOf),
  alike,
  same(digitsOf),
]

/** Puts lines of packing lists to those of the invoice. @param invoice empty: the packing list's own are the lines */
export function matchLines(invoice: readonly GoodsLine[], packing: readonly GoodsLine[]): Matched {
  if (invoice.length === 0) return { lines: packing.map((line) => ({ line, packed: [line] })), left: [] }
  const packed: GoodsLine[][] = invoice.map(() => [])
  let left = [...packing]
  for (const isSame of ways) {
    const rest: GoodsLine[] = []
    for (const line of left) {
      const fitting = invoice.flatMap((one, at) => (isSame(one, line) ? [at] : []))
      const [first, ...others] = fitting
      // Two lines of one name: the first that has nothing yet, so that order decides where nothing else does.
      const at = others.length === 0 ? first : (fitting.find((place) => packed[place]?.length === 0) ?? first)
      if (at === undefined) rest.push(line)
      else packed[at]?.push(line)
    }
    left = rest
  }
  // Lists of the same length, and nothing found by name: line by line.
  if (left.length === packing.length && packing.length === invoice.length) {
    for (const [at, line] of packing.entries()) packed[at]?.push(line)
    left = []
  }
  return { lines: invoice.map((line, at) => ({ line, packed: packed[at] ?? [] })), left }
}

/** What several lines come to together; undefined where one of them does not say, or only says it with others. */
export function sumOf(
  lines: readonly GoodsLine[],
  of: 'quantity' | 'amount' | 'packages' | 'grossKg' | 'netKg',
): Found | undefined {
  const found = lines.map((line) => line[of])
  const [first] = found
  if (first === undefined || found.some((one) => one === undefined)) return undefined
  const sum = found.reduce((total, one) => total.plus(one?.value ?? '0'), new Big(0))
  return { ...first, value: decimalOf(sum) }
}

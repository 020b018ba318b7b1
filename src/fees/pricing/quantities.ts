import { Big } from 'big.js'
import { type Factor, type Measure, measures } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'

/** A quantity 计费数量: one figure, or between two where it is not known; without an end where nobody can say. */
export interface Quantity {
  readonly low: Big
  readonly high: Big | undefined
  /** The figure, as it was given. */
  readonly figure: string | undefined
  /** "2 containers". */
  readonly words: Text
}
/** What is known of the thing a rate is applied to. */
export type Quantities = { readonly [M in Measure]?: Quantity }

export const zero = new Big(0)
const one = new Big(1)

/** A figure with its measure in words. */
export const inWords = (figure: string, measure: Measure): Text => {
  const { en, many, zh } = measures[measure]
  return { en: `${figure} ${figure === '1' ? en : many}`, zh: `${figure}${zh}` }
}

/** So many of a measure. */
export function counted(measure: Measure, given: string | number): Quantity {
  const figure = String(given)
  const value = new Big(figure)
  return { low: value, high: value, figure, words: inWords(figure, measure) }
}
/** The one container a rate is applied to. */
export const oneContainer: Quantity = { low: one, high: one, figure: '1', words: inWords('1', 'container') }

const unknownOf = Object.fromEntries(
  Object.entries(measures).map(([measure, { many, zh }]) => [
    measure,
    { low: zero, high: undefined, figure: undefined, words: { en: `${many} (not known)`, zh: `${zh}（数量未知）` } },
  ]),
) as unknown as { readonly [M in Measure]: Quantity }

export const quantityOf = (measure: Measure, quantities: Quantities): Quantity =>
  quantities[measure] ?? unknownOf[measure]

/** The quantity of a factor: of two measures the larger 择大. */
export function factorOf(factor: Factor, quantities: Quantities): Quantity {
  if (typeof factor === 'string') return quantityOf(factor, quantities)
  const [a, b] = factor.largerOf.map((measure) => quantityOf(measure, quantities)) as [Quantity, Quantity]
  const words = {
    en: `the larger of ${a.words.en} and ${b.words.en}`,
    zh: `${a.words.zh}与${b.words.zh}择大`,
  }
  const high = a.high === undefined || b.high === undefined ? undefined : larger(a.high, b.high)
  const low = larger(a.low, b.low)
  if (high === undefined) return { low, high, figure: undefined, words }
  const winner = a.low.gte(b.low) ? a : b
  return {
    low,
    high,
    figure: winner.figure,
    words: { en: `${winner.words.en} (${words.en})`, zh: `${winner.words.zh}（${words.zh}）` },
  }
}

export const larger = (a: Big, b: Big): Big => (a.gte(b) ? a : b)
export const smaller = (a: Big, b: Big): Big => (a.lte(b) ? a : b)

/** Measures that a factor names. */
export const measuresOf = (factor: Factor): readonly Measure[] =>
  typeof factor === 'string' ? [factor] : factor.largerOf

import { Big } from 'big.js'
import type { Basis, Step } from '../../../schemas/duties.ts'

/** Amounts in yuan, and how each step of the arithmetic 计算过程 is written down. */

export const zero = new Big(0)
export const one = new Big(1)

/** Rounds half up to the fen 四舍五入至分. */
export const fen = (amount: Big): Big => amount.round(2, Big.roundHalfUp)

export const sum = (amounts: readonly Big[]): Big => amounts.reduce((total, amount) => total.plus(amount), zero)

/** An amount of money as text. */
export const money = (amount: Big): string => amount.toFixed(2)

/** A fraction as per cent: 0.125 is `12.5 %`. */
export const percent = (rate: Big): string => `${rate.times(100).toFixed()} %`

/** A step whose result is in yuan. */
export const stepOf = (
  [en, zh]: readonly [en: string, zh: string],
  formula: string,
  result: Big,
  bases: readonly Basis[] = [],
): Step => ({ what: { en, zh }, formula, result: money(result), unit: 'CNY', bases: [...bases] })

/**
 * Spreads a whole over items by weight 按价分摊, rounded as the shares add up: together they are the whole to the fen, and none is
 * negative. Nothing weighs anything: the first item carries it.
 */
export function spread(whole: Big, weights: readonly Big[]): Big[] {
  const all = sum(weights)
  let [upTo, given] = [zero, zero]
  return weights.map((weight) => {
    upTo = upTo.plus(weight)
    const due = all.eq(0) ? whole : fen(whole.times(upTo).div(all))
    const share = due.minus(given)
    given = due
    return share
  })
}

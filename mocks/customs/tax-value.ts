import { Big } from 'big.js'
import { type Item, isImport, type Message, textOf } from './message.ts'
import { taxPractice } from './parameters.ts'
import { yuanFor } from './tax-rates.ts'

/** An item and what it is taxed on, in yuan. */
export interface Valued {
  readonly item: Item
  readonly value: Big
}

export const toFen = (amount: Big): Big => amount.round(2, Big.roundHalfUp)

type Fee = 'Fee' | 'Insur' | 'Other'

/** TransMode 成交方式 that leaves insurance outside the price of an import. */
const withoutInsurance = new Set(['2', '3', '7'])
/** What the price of an export holds beside the goods, by TransMode. */
const heldByPrice: { readonly [transMode: string]: readonly Fee[] } = {
  1: ['Fee', 'Insur'],
  2: ['Fee'],
  4: ['Insur'],
}

/**
 * What each item is worth for tax (specification.md, 6.1, steps 2 to 5 and 10): on import its price with its share of the fees,
 * on export its price free on board.
 */
export function taxableValues(message: Message, day: string): Valued[] {
  const prices = message.items.map((item) =>
    toFen(new Big(textOf(item, 'DeclTotal') || '0').times(yuanFor(textOf(item, 'TradeCurr'), day))),
  )
  const importing = isImport(message)
  const fees = importing ? feesOn(message, prices, day) : feesIn(message, prices, day)
  const shares = spread(fees, prices)
  return message.items.map((item, at) => {
    const price = prices[at] ?? new Big(0)
    const share = shares[at] ?? new Big(0)
    if (importing) return { item, value: rounded(price.plus(share)) }
    const board = price.minus(share)
    return { item, value: board.lt(0) ? new Big(0) : board }
  })
}

const rounded = (value: Big) => value.round(taxPractice.roundItemValueTo === 'yuan' ? 0 : 2, Big.roundHalfUp)

function feesOn(message: Message, prices: readonly Big[], day: string): Big {
  const all = sum(prices)
  const [freight, insurance, other] = (['Fee', 'Insur', 'Other'] as const).map((fee) => feeOf(message, fee, all, day))
  const unsaid = insurance === undefined && withoutInsurance.has(textOf(message.head, 'TransMode'))
  const insured = unsaid
    ? toFen(all.plus(freight ?? 0).times(taxPractice.insuranceWhenUnsaid))
    : (insurance ?? new Big(0))
  return insured.plus(freight ?? 0).plus(other ?? 0)
}

function feesIn(message: Message, prices: readonly Big[], day: string): Big {
  const held = heldByPrice[textOf(message.head, 'TransMode')] ?? []
  const all = sum(prices)
  return sum(held.map((fee) => feeOf(message, fee, all, day) ?? new Big(0)))
}

/** A fee as a whole, in yuan; undefined when it is not declared. Marks: 1 percent of the prices, 2 price of a tonne, 3 total. */
function feeOf({ head }: Message, fee: Fee, prices: Big, day: string): Big | undefined {
  const mark = textOf(head, `${fee}Mark`)
  if (mark === '') return undefined
  const rate = new Big(textOf(head, `${fee}Rate`) || '0')
  if (mark === '1') return toFen(prices.times(rate).div(100))
  const yuan = rate.times(yuanFor(textOf(head, `${fee}Curr`), day))
  return toFen(mark === '2' ? yuan.times(textOf(head, 'GrossWet')).div(1000) : yuan)
}

/** Shares by price, rounded as they add up: together they are the whole to the fen, and none is negative. */
function spread(whole: Big, prices: readonly Big[]): Big[] {
  const all = sum(prices)
  let [upTo, given] = [new Big(0), new Big(0)]
  return prices.map((price) => {
    upTo = upTo.plus(price)
    const due = all.eq(0) ? new Big(0) : toFen(whole.times(upTo).div(all))
    const share = due.minus(given)
    given = due
    return share
  })
}

const sum = (amounts: readonly Big[]) => amounts.reduce((total, amount) => total.plus(amount), new Big(0))

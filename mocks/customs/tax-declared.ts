import { Big } from 'big.js'
import { type Message, rowsOf, textOf } from './message.ts'
import { type TaxLine, type TaxType, taxNames } from './tax.ts'

/** A tax of an item on which declarant and customs do not agree, in words. */
export type Difference = string

/**
 * Compares self-declared tax 自报税款 with what customs comes to, tax by tax and item by item. Undefined when nothing was
 * declared; empty when both agree to the fen.
 */
export function compareTax(message: Message, assessed: readonly TaxLine[]): Difference[] | undefined {
  if (!message.rows.some(({ section }) => section.startsWith('SddTax'))) return undefined
  const declared = new Map(
    rowsOf(message, 'SddTaxDetail').map((row) => [
      `${textOf(row, 'GNo')} ${textOf(row, 'TaxType')}`,
      new Big(textOf(row, 'RealTax') || '0'),
    ]),
  )
  const due = new Map(assessed.map(({ gNo, taxType, tax }) => [`${gNo} ${taxType}`, tax]))
  const none = new Big(0)
  return [...new Set([...due.keys(), ...declared.keys()])].flatMap((key) => {
    const [mine, theirs] = [due.get(key) ?? none, declared.get(key) ?? none]
    const [gNo = '', taxType = 'A'] = key.split(' ')
    return mine.eq(theirs)
      ? []
      : [`商品序号${gNo}${taxNames[taxType as TaxType]}${taxType}自报${theirs.toFixed(2)}元、核定${mine.toFixed(2)}元`]
  })
}

import { Big } from 'big.js'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import { type Item, isImport, type Message, textOf } from './message.ts'
import { exchangeRates, taxPractice } from './parameters.ts'

/** A 进口关税, L 进口增值税, Y 进口消费税, B 出口关税. */
export type TaxType = 'A' | 'L' | 'Y' | 'B'
export const taxNames: { readonly [type in TaxType]: string } = {
  A: '进口关税',
  L: '进口增值税',
  Y: '进口消费税',
  B: '出口关税',
}

/** One tax on one goods item, in yuan. */
export interface TaxLine {
  readonly taxType: TaxType
  readonly gNo: string
  readonly dutyValue: Big
  readonly tax: Big
}

/**
 * The taxes due on an import by the 2020 sample rates: MFN duty, consumption tax, VAT. Preferential rates are not simulated.
 * Rounded half up to the fen for each tax and item; a tax below the threshold on the whole bill is not levied.
 */
export function assessTax(message: Message): TaxLine[] {
  if (!isImport(message)) return []
  const lines = dutiableValues(message).flatMap(({ item, value }) => assessItem(item, value))
  return lines.filter(({ taxType }) => totalOf(lines, taxType).gte(taxPractice.exemptBelowCny))
}

/** The bill of the magic value TAX: what is due, or a made-up rate on the first item when nothing is. */
export function demonstrateTax(message: Message): TaxLine[] {
  const due = assessTax(message)
  const [first] = dutiableValues(message)
  if (due.length > 0 || first === undefined) return due
  const taxType = isImport(message) ? 'A' : 'B'
  const tax = first.value.times(taxPractice.demonstrationRate).round(2, Big.roundHalfUp)
  return [{ taxType, gNo: first.item.item, dutyValue: first.value, tax }]
}

export function totalOf(lines: readonly TaxLine[], type?: TaxType): Big {
  return lines
    .filter(({ taxType }) => type === undefined || taxType === type)
    .reduce((sum, { tax }) => sum.plus(tax), new Big(0))
}

function assessItem(item: Item, dutyValue: Big): TaxLine[] {
  const line = tariffLine(textOf(item, 'CodeTS'))
  if (line === undefined) return []
  const share = taxPractice.shareByDutyMode[textOf(item, 'DutyMode')] ?? '1'
  const round = (amount: Big) => amount.times(share).round(2, Big.roundHalfUp)
  const consumptionRate = new Big(line.consumptionRate)

  const duty = dutyValue.times(line.mfnRate)
  const consumption = dutyValue.plus(duty).div(new Big(1).minus(consumptionRate)).times(consumptionRate)
  const vat = dutyValue.plus(duty).plus(consumption).times(line.vatRate)
  const taxes = [
    ['A', duty],
    ['Y', consumption],
    ['L', vat],
  ] as const
  return taxes
    .map(([taxType, amount]) => ({ taxType, gNo: item.item, dutyValue, tax: round(amount) }))
    .filter(({ tax }) => tax.gt(0))
}

/** 完税价格 of each item in yuan: its price and its share, by value, of the fees declared beside it. */
function dutiableValues(message: Message): { item: Item; value: Big }[] {
  const priced = message.items.map((item) => ({
    item,
    price: new Big(textOf(item, 'DeclTotal') || '0').times(yuanFor(textOf(item, 'TradeCurr'))),
  }))
  const total = priced.reduce((sum, { price }) => sum.plus(price), new Big(0))
  const fees = (['Fee', 'Insur', 'Other'] as const)
    .map((fee) => feeInYuan(message, fee, total))
    .reduce((sum, fee) => sum.plus(fee), new Big(0))
  return priced.map(({ item, price }) => {
    const share = total.gt(0) ? fees.times(price).div(total) : new Big(0)
    return { item, value: price.plus(share).round(2, Big.roundHalfUp) }
  })
}

/** Marks: 1 percent of the price, 2 price of a tonne of gross weight (unverified), 3 total. */
function feeInYuan({ head }: Message, fee: 'Fee' | 'Insur' | 'Other', price: Big): Big {
  const rate = new Big(textOf(head, `${fee}Rate`) || '0')
  switch (textOf(head, `${fee}Mark`)) {
    case '1':
      return price.times(rate).div(100)
    case '2':
      return rate
        .times(yuanFor(textOf(head, `${fee}Curr`)))
        .times(textOf(head, 'GrossWet'))
        .div(1000)
    case '3':
      return rate.times(yuanFor(textOf(head, `${fee}Curr`)))
    default:
      return new Big(0)
  }
}

function yuanFor(currency: string): Big {
  const rate = exchangeRates.cny[currency]
  if (rate === undefined) throw new Error(`no exchange rate for ${currency}`)
  return new Big(rate)
}

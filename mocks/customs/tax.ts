import { Big } from 'big.js'
import { type Item, isImport, type Message, rowsOf, textOf } from './message.ts'
import { taxPractice } from './parameters.ts'
import { ratesFor, type TaxRates } from './tax-rates.ts'
import { taxableValues, toFen } from './tax-value.ts'

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
  readonly code: string
  readonly dutyValue: Big
  readonly tax: Big
}

/**
 * The taxes due on a declaration that arrives on `day` (`yyyy-MM-dd`), by specification.md, section 6.1. A tax type below the
 * threshold on the whole bill is not levied.
 */
export function assessTax(message: Message, day: string): TaxLine[] {
  const lines = taxableValues(message, day).flatMap(({ item, value }) => assessItem(message, item, value, day))
  return lines.filter(({ taxType }) => totalOf(lines, taxType).gte(taxPractice.exemptBelowCny))
}

/** The bill of the magic value TAX: what is due, or a made-up rate on the first item when nothing is. */
export function demonstrateTax(message: Message, day: string): TaxLine[] {
  const due = assessTax(message, day)
  const [first] = taxableValues(message, day)
  if (due.length > 0 || first === undefined) return due
  const taxType = isImport(message) ? 'A' : 'B'
  return [lineOf(first.item, taxType, first.value, toFen(first.value.times(taxPractice.demonstrationRate)))]
}

export function totalOf(lines: readonly TaxLine[], type?: TaxType): Big {
  return lines
    .filter(({ taxType }) => type === undefined || taxType === type)
    .reduce((sum, { tax }) => sum.plus(tax), new Big(0))
}

const lineOf = (item: Item, taxType: TaxType, dutyValue: Big, tax: Big): TaxLine => ({
  taxType,
  gNo: item.item,
  code: textOf(item, 'CodeTS'),
  dutyValue,
  tax,
})

function assessItem(message: Message, item: Item, value: Big, day: string): TaxLine[] {
  const rates = ratesFor(textOf(item, 'CodeTS'), textOf(item, 'OriginCountry'), agreementsOf(message, item), day)
  if (rates === undefined) return []
  const share = new Big(taxPractice.shareByDutyMode[textOf(item, 'DutyMode')] ?? '1')
  const lines = isImport(message) ? importTaxes(item, value, rates, share) : exportTax(item, value, rates, share)
  return lines.filter(({ tax }) => tax.gt(0))
}

function importTaxes(item: Item, value: Big, rates: TaxRates, share: Big): TaxLine[] {
  const kilograms = kilogramsOf(item)
  const duty = toFen(value.times(rates.duty).plus(kilograms.times(rates.dutyPerKilogram)).times(share))
  const byQuantity = kilograms.times(rates.consumptionPerKilogram)
  const composite = value.plus(duty).plus(byQuantity).div(new Big(1).minus(rates.consumption))
  const consumption = toFen(composite.times(rates.consumption).plus(byQuantity).times(share))
  const vat = toFen(value.plus(duty).plus(consumption).times(rates.vat).times(share))
  return [lineOf(item, 'A', value, duty), lineOf(item, 'Y', value, consumption), lineOf(item, 'L', value, vat)]
}

function exportTax(item: Item, board: Big, { exportDuty }: TaxRates, share: Big): TaxLine[] {
  const value = toFen(board.div(exportDuty.plus(1)))
  return [lineOf(item, 'B', value, toFen(value.times(exportDuty).times(share)))]
}

const kilogram = '035'

/** The statutory quantity 法定数量 in kilograms, 0 where the code is not counted in them. */
function kilogramsOf(item: Item): Big {
  if (textOf(item, 'FirstUnit') === kilogram) return new Big(textOf(item, 'FirstQty') || '0')
  return new Big(textOf(item, 'SecondUnit') === kilogram ? textOf(item, 'SecondQty') || '0' : '0')
}

/** Agreements 优惠贸易协定 that an EcoRelation claims for the item: `Y18` is 18. */
function agreementsOf(message: Message, item: Item): string[] {
  return rowsOf(message, 'EcoRelation')
    .filter((row) => textOf(row, 'DecGNo') === item.item && textOf(row, 'CertType').startsWith('Y'))
    .map((row) => textOf(row, 'CertType').slice(1))
}

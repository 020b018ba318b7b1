import { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { internationalLeg } from '../../schemas/declaration/journey.ts'
import type { About } from '../adapter.ts'
import { toShanghai } from '../instants.ts'
import { itemValues } from '../valuation.ts'
import type { PurchaseInvoice, RefundParticulars } from './particulars.ts'

/** An exported item that a claim 免退税申报 is about, with the declaration it stands in. */
export interface Claimed {
  readonly declaration: Declaration
  /** The claim's own declaration, not a further one that it covers. */
  readonly isOwn: boolean
  readonly item: Item
}

type Given = RefundParticulars | undefined

/** The declarations a claim is about: its own, then those it covers besides. */
export const declarationsOf = (declaration: Declaration, { others = [] }: About): readonly Declaration[] => [
  declaration,
  ...others.map((other) => other.declaration),
]

const coveredBy = (particulars: Given, { functionalReferenceId }: Declaration) =>
  particulars?.covered.find((one) => one.declaration === functionalReferenceId)

/** The items a claim is about, declaration by declaration: all, or those it names. */
export const claimedItems = (declaration: Declaration, particulars: Given, about: About = {}): readonly Claimed[] =>
  declarationsOf(declaration, about).flatMap((one, at) => {
    const wanted = at === 0 ? particulars?.items : coveredBy(particulars, one)?.items
    return one.goodsShipment.items
      .filter(({ sequence }) => wanted?.includes(sequence) ?? true)
      .map((item) => ({ declaration: one, isOwn: at === 0, item }))
  })

/** Whether a row of the particulars is about an item. */
export const isAbout = (
  row: { readonly declaration?: string | undefined; readonly item: number },
  { declaration, isOwn, item }: Claimed,
): boolean =>
  row.item === item.sequence &&
  (row.declaration === undefined ? isOwn : row.declaration === declaration.functionalReferenceId)

/** What the claim says of an item beyond the declaration. */
export const extraOf = (particulars: Given, claimed: Claimed) =>
  particulars?.exported.find((row) => isAbout(row, claimed))

/** How much of an item is claimed 本次申报数量, in the first legal unit. */
export const quantityOf = (particulars: Given, claimed: Claimed): string =>
  extraOf(particulars, claimed)?.quantity ?? claimed.item.statutoryQuantity1.value

/** The items that share one 关联号, each group with the purchases that stand behind it, in the order of the claim. */
export function linksOf(
  items: readonly Claimed[],
  particulars: RefundParticulars,
): readonly { readonly items: readonly Claimed[]; readonly invoices: readonly PurchaseInvoice[] }[] {
  const groups = Map.groupBy(items, (claimed) => extraOf(particulars, claimed)?.link ?? claimed)
  return [...groups.values()].map((group) => ({
    items: group,
    invoices: group.flatMap((claimed) => particulars.invoices.filter((invoice) => isAbout(invoice, claimed))),
  }))
}

/** Day of export 出口日期 of a declaration: as the claim says, or when the international leg departed. */
export function exportDay(declaration: Declaration, particulars: Given, isOwn = true): string | undefined {
  const said = isOwn ? particulars?.exportDate : coveredBy(particulars, declaration)?.exportDate
  const departure = internationalLeg(declaration)?.leg.departureDateTime
  if (said !== undefined || departure === undefined) return said
  return departure.length === 10 ? departure : toShanghai(departure).slice(0, 10)
}

/** CNY for one USD 美元汇率 in the month a declaration was exported. */
export const cnyPerUsdOf = (particulars: Given, { declaration, isOwn }: Claimed): string | undefined =>
  (isOwn ? undefined : coveredBy(particulars, declaration)?.cnyPerUsd) ?? particulars?.cnyPerUsd

/** FOB in USD 美元离岸价 of what is claimed of an item: as the claim says, or derived from an invoice in USD. */
export function fobUsdOf(particulars: Given, claimed: Claimed): string | undefined {
  const { declaration, item } = claimed
  const extra = extraOf(particulars, claimed)
  if (extra?.fobUsd !== undefined || item.currency !== 'USD') return extra?.fobUsd
  const whole = itemValues(declaration.goodsShipment, 'FOB')?.[declaration.goodsShipment.items.indexOf(item)]
  const all = new Big(item.statutoryQuantity1.value)
  if (whole === undefined || extra?.quantity === undefined || all.lte(0)) return whole
  return toFen(new Big(whole).times(extra.quantity).div(all))
}

/** Name of the first legal unit 第一法定计量单位 of an item's HS code; the claim counts in it. */
export function legalUnitName(item: Item): string {
  const unit = tariffLine(item.hsCode)?.statutoryUnits[0]
  return (unit === undefined ? undefined : findCode('units', unit)?.zh) ?? item.statutoryQuantity1.unitCode
}

/** Rounded half up to the fen. */
export const toFen = (value: Big): string => value.round(2, Big.roundHalfUp).toFixed(2)

/** Tax 征税额 and refund 可退税额 of a purchase, computed where the claim does not state them. */
export const taxOf = (invoice: PurchaseInvoice): string =>
  invoice.tax ?? toFen(new Big(invoice.amount).times(invoice.taxRate))
export const refundOf = (invoice: PurchaseInvoice): string =>
  invoice.refund ?? toFen(new Big(invoice.amount).times(invoice.refundRate))

/**
 * The last day on which a claim is made, and money collected, without proof of collection: the end of the VAT filing period of April of
 * the year after export 次年4月增值税纳税申报期. The 15th; that it moves on when holidays fall into the period is left out.
 * Source: the tax office's interface, section 3 [simplified, 2026-11].
 */
export const aprilDeadline = (exportedOn: string): string => `${Number(exportedOn.slice(0, 4)) + 1}-04-15`

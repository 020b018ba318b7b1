import { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { internationalLeg } from '../../schemas/declaration/journey.ts'
import { toShanghai } from '../instants.ts'
import { itemValues } from '../valuation.ts'
import type { PurchaseInvoice, RefundParticulars } from './particulars.ts'

/** The items a refund claim 免退税申报 is about: all, or those it names. */
export const claimedItems = (declaration: Declaration, particulars: RefundParticulars | undefined): readonly Item[] =>
  declaration.goodsShipment.items.filter(({ sequence }) => particulars?.items?.includes(sequence) ?? true)

/** What the claim says of an item beyond the declaration. */
export const extraOf = (particulars: RefundParticulars | undefined, sequence: number) =>
  particulars?.exported.find(({ item }) => item === sequence)

/** Day of export 出口日期: as the claim says, or when the international leg departed. */
export function exportDay(declaration: Declaration, particulars: RefundParticulars | undefined): string | undefined {
  const departure = internationalLeg(declaration)?.leg.departureDateTime
  if (particulars?.exportDate !== undefined || departure === undefined) return particulars?.exportDate
  return departure.length === 10 ? departure : toShanghai(departure).slice(0, 10)
}

/** FOB in USD 美元离岸价 of an item: as the claim says, or derived from an invoice in USD. */
export function fobUsdOf(
  { goodsShipment }: Declaration,
  particulars: RefundParticulars | undefined,
  item: Item,
): string | undefined {
  const said = extraOf(particulars, item.sequence)?.fobUsd
  if (said !== undefined || item.currency !== 'USD') return said
  return itemValues(goodsShipment, 'FOB')?.[goodsShipment.items.indexOf(item)]
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

import { Big } from 'big.js'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { crossesBorder, type PlacedLeg, placedLegs } from '../../schemas/declaration/journey.ts'
import { toShanghai } from '../instants.ts'
import { rowOf } from '../tables.ts'
import { itemValues } from '../valuation.ts'
import { units } from './codes.ts'
import { type PermitItem, type PermitParticulars, permitParticulars } from './particulars.ts'

/** The leg that enters Singapore (goods from China) or leaves it (goods to China). */
export function singaporeLeg(declaration: Declaration): PlacedLeg | undefined {
  const crossing = placedLegs(declaration).filter(({ leg }) => crossesBorder(leg))
  return declaration.direction === 'export'
    ? crossing.findLast(({ leg }) => leg.to.countryCode === 'SG')
    : crossing.find(({ leg }) => leg.from.countryCode === 'SG')
}

/** The day goods arrive in Singapore or leave it, Singapore's time, which is Shanghai's: UTC+8. */
export function singaporeDay(declaration: Declaration): string | undefined {
  const leg = singaporeLeg(declaration)?.leg
  const moment = declaration.direction === 'export' ? leg?.arrivalDateTime : leg?.departureDateTime
  return moment === undefined || moment.length === 10 ? moment : toShanghai(moment).slice(0, 10)
}

/** Voyage, flight or train number 航次号; a vehicle's own number where there is none. */
export const conveyanceNumber = ({ leg }: PlacedLeg): string | undefined => leg.voyageNumber ?? leg.conveyance?.id

/** The firm in Singapore 新加坡进口商/出口商 by name: as the particulars say, else as the declaration does. */
export function traderName(
  { direction, goodsShipment }: Declaration,
  particulars: PermitParticulars | undefined,
): string | undefined {
  const { consignee, buyer, consignor, seller } = goodsShipment
  const firm = direction === 'export' ? (consignee ?? buyer) : (consignor ?? seller)
  return particulars?.trader?.name ?? firm?.name ?? firm?.nameZh
}

/** What the particulars say of an item. */
export const extraOf = (particulars: PermitParticulars | undefined, { sequence }: Item): PermitItem | undefined =>
  particulars?.items.find((extra) => extra.item === sequence)

/** A quantity as the window writes it. */
export interface Measured {
  readonly value: string
  readonly unitCode: string
}

/** Quantity of an item 数量 in a unit the window takes, four decimals at most; undefined where the unit is none of these. */
export function quantityOf(item: Item, extra: PermitItem | undefined): Measured | undefined {
  if (extra?.quantity !== undefined) return extra.quantity
  const { value, unitCode } = item.statutoryQuantity1
  const taken = rowOf(units, unitCode)
  return taken === undefined
    ? undefined
    : { value: new Big(value).round(4, Big.roundHalfUp).toFixed(), unitCode: taken }
}

/** Values of the items 到岸价 CIF (to Singapore) or 离岸价 FOB (from Singapore): stated, else derived; undefined where neither. */
export function valuesOf({ direction, goodsShipment }: Declaration, particulars: PermitParticulars | undefined) {
  const derived = itemValues(goodsShipment, direction === 'export' ? 'CIF' : 'FOB')
  return goodsShipment.items.map((item, at) => {
    const stated = extraOf(particulars, item)?.value
    return stated === undefined ? derived?.[at] : new Big(stated).toFixed(2)
  })
}

/** What the declaration brings for its permit: a certificate of the same goods need not repeat it. */
export const permitOf = ({ particulars }: Declaration): PermitParticulars | undefined =>
  permitParticulars.safeParse(particulars?.['singapore']?.['permit']).data

/** Who files in Singapore: as the particulars say, else as the permit's do. */
export function filersOf(
  declaration: Declaration,
  particulars: Pick<PermitParticulars, 'declarant' | 'agent'> | undefined,
): Pick<PermitParticulars, 'declarant' | 'agent'> {
  const permit = permitOf(declaration)
  return { declarant: particulars?.declarant ?? permit?.declarant, agent: particulars?.agent ?? permit?.agent }
}

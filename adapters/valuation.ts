import { Big } from 'big.js'
import type { Charge, GoodsShipment } from '../schemas/declaration/index.ts'

type Terms = GoodsShipment['tradeTerms']['conditionCode']

/**
 * Which charges lie in the price under the trade terms 成交方式. EXW leaves the way to the ship out, DDP holds duties, and the
 * national terms MARKET and STOWAGE are domestic: no value can be derived from those four.
 */
const priceHolds: { readonly [terms in Terms]?: { readonly freight: boolean; readonly insurance: boolean } } = {
  FOB: { freight: false, insurance: false },
  FCA: { freight: false, insurance: false },
  FAS: { freight: false, insurance: false },
  CFR: { freight: true, insurance: false },
  CPT: { freight: true, insurance: false },
  'C&I': { freight: false, insurance: true },
  CIF: { freight: true, insurance: true },
  CIP: { freight: true, insurance: true },
  DAP: { freight: true, insurance: true },
  DPU: { freight: true, insurance: true },
}

/**
 * What each item is worth free on board 离岸价 or with cost, insurance and freight 到岸价, in its own currency with two places.
 * Freight and insurance are spread over the items by price, what rounding leaves goes to the last. Undefined where the declaration
 * does not say enough: no such charge, one given as a rate or per unit, one in another currency.
 */
export function itemValues(shipment: GoodsShipment, basis: 'FOB' | 'CIF'): readonly string[] | undefined {
  const holds = priceHolds[shipment.tradeTerms.conditionCode]
  if (holds === undefined) return undefined
  const currency = shipment.items[0]?.currency
  let change = new Big(0)
  for (const kind of ['freight', 'insurance'] as const) {
    if (holds[kind] === (basis === 'CIF')) continue
    const amount = totalOf(shipment.valuation?.[kind], currency)
    if (amount === undefined) return undefined
    change = basis === 'CIF' ? change.plus(amount) : change.minus(amount)
  }
  return spread(
    shipment.items.map(({ totalPrice }) => new Big(totalPrice)),
    change,
  )
}

const totalOf = (charge: Charge | undefined, currency: string | undefined): string | undefined =>
  charge?.basis === 'total' && (charge.currency ?? currency) === currency ? charge.amount : undefined

function spread(prices: readonly Big[], change: Big): readonly string[] | undefined {
  const sum = prices.reduce((total, price) => total.plus(price), new Big(0))
  if (change.eq(0)) return prices.map((price) => price.toFixed(2))
  if (sum.eq(0)) return undefined
  let left = change
  return prices.map((price, at) => {
    const share = at === prices.length - 1 ? left : change.times(price).div(sum).round(2)
    left = left.minus(share)
    return price.plus(share).toFixed(2)
  })
}

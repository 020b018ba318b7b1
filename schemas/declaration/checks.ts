import { Big } from 'big.js'
import type * as z from 'zod'
import { fails } from '../issue.ts'
import type { Container, Leg } from './consignment.ts'
import type { Item } from './items.ts'
import { crossesBorder } from './journey.ts'

type Context = z.core.$RefinementCtx

/** Numbers as far as they are numbers: these checks run beside those of the form, so that all issues come at once. */
const numbersIn = (...texts: readonly (string | undefined)[]) =>
  texts.map((text) => (text !== undefined && /^\d{1,20}(\.\d{1,10})?$/.test(text) ? new Big(text) : undefined))

function isAbove(text: string | undefined, most: string | undefined): boolean {
  const [value, limit] = numbersIn(text, most)
  return value !== undefined && limit !== undefined && value.gt(limit)
}

/** Largest difference between unit price × quantity and the total, in the currency's unit: both are rounded figures. */
const totalTolerance = (total: Big) => (total.times('0.001').gt('0.05') ? total.times('0.001') : new Big('0.05'))

/** An item as far as it is counted; a summary names no unit price. */
type Counted = Pick<Item, 'sequence' | 'totalPrice' | 'quantity' | 'currency' | 'netMassKg' | 'grossMassKg'> & {
  readonly unitPrice?: string | undefined
}

/** Items are numbered 1..n without a gap, a unit price times its quantity is the total, and an item's net mass fits its gross. */
export function checkItems(items: readonly Counted[], context: Context): void {
  for (const [at, item] of items.entries()) {
    if (item.sequence !== at + 1)
      context.addIssue(
        fails(
          'item-sequence-broken',
          { en: `Item numbers run 1, 2, 3 …: here ${at + 1} is due`, zh: `商品序号应从1起连续，此处应为${at + 1}` },
          [at, 'sequence'],
        ),
      )
    const [total, price, quantity] = numbersIn(item.totalPrice, item.unitPrice, item.quantity.value)
    const product = price && quantity && price.times(quantity)
    if (total && product && !product.eq(total) && product.minus(total).abs().gt(totalTolerance(total)))
      context.addIssue(
        fails(
          'total-differs',
          {
            en: `Unit price × quantity is ${product.toFixed(2)}, not ${item.totalPrice}`,
            zh: `单价×数量为${product.toFixed(2)}，与总价${item.totalPrice}不符`,
          },
          [at, 'totalPrice'],
        ),
      )
    if (isAbove(item.netMassKg, item.grossMassKg)) context.addIssue(netAboveGross([at, 'netMassKg']))
    if (item.currency !== items[0]?.currency)
      context.addIssue(
        fails(
          'currency-differs',
          { en: 'All items of a declaration are in one currency', zh: '一份申报单的商品应为同一币制' },
          [at, 'currency'],
        ),
      )
  }
}

const netAboveGross = (path: readonly PropertyKey[]) =>
  fails('net-above-gross', { en: 'Net mass is more than gross mass', zh: '净重大于毛重' }, path)

/** Total net mass ≤ total gross mass. */
export function checkMasses(
  shipment: { totalGrossMassKg: string; totalNetMassKg?: string | undefined },
  context: Context,
): void {
  if (isAbove(shipment.totalNetMassKg, shipment.totalGrossMassKg)) context.addIssue(netAboveGross(['totalNetMassKg']))
}

/** Containers are named once and hold items that exist. */
export function checkContainers(
  shipment: { items: readonly unknown[]; consignment: { containers?: readonly Container[] | undefined } },
  context: Context,
): void {
  const seen = new Set<string>()
  for (const [at, container] of (shipment.consignment.containers ?? []).entries()) {
    const path = ['consignment', 'containers', at]
    if (seen.has(container.id))
      context.addIssue(
        fails('container-repeated', { en: `${container.id} is named twice`, zh: `集装箱${container.id}重复` }, [
          ...path,
          'id',
        ]),
      )
    seen.add(container.id)
    for (const [place, sequence] of container.goodsItemSequences.entries())
      if (sequence > shipment.items.length)
        context.addIssue(
          fails('item-unknown', { en: `There is no item ${sequence}`, zh: `不存在商品序号${sequence}` }, [
            ...path,
            'goodsItemSequences',
            place,
          ]),
        )
  }
}

interface Traded {
  direction: 'import' | 'export'
  goodsShipment: {
    exporter?: unknown
    importer?: unknown
    exportCountry?: string | undefined
    destinationCountry?: string | undefined
    consignment: { legs: readonly Leg[] }
  }
}

/** An export has a domestic exporter, an import a domestic importer; goods leave or reach China. */
export function checkParties({ direction, goodsShipment }: Traded, context: Context): void {
  const needed = direction === 'export' ? 'exporter' : 'importer'
  if (goodsShipment[needed] === undefined)
    context.addIssue(
      fails(
        'missing',
        {
          en: `An ${direction} names its ${needed}`,
          zh: direction === 'export' ? '出口须填境内发货人' : '进口须填境内收货人',
        },
        ['goodsShipment', needed],
      ),
    )
  const home = direction === 'export' ? 'exportCountry' : 'destinationCountry'
  if (goodsShipment[home] !== undefined && goodsShipment[home] !== 'CN')
    context.addIssue(
      fails(
        'direction-country-differs',
        {
          en: `The ${home} of an ${direction} is CN`,
          zh: direction === 'export' ? '出口的启运国应为中国' : '进口的运抵国应为中国',
        },
        ['goodsShipment', home],
      ),
    )
}

/** Only imports are declared in two steps 两步申报. */
export function checkStep(
  { direction, declarationStep }: { direction: string; declarationStep?: string | undefined },
  context: Context,
): void {
  if (declarationStep !== undefined && direction !== 'import')
    context.addIssue(
      fails('step-not-allowed', { en: 'Only imports are declared in two steps', zh: '两步申报只适用于进口' }, [
        'declarationStep',
      ]),
    )
}

const waterOrAir = new Set(['1', '4', '8'])

/** The journey is one line from origin to destination, each leg travels as its mode can, and the border is crossed. */
export function checkJourney({ direction, goodsShipment }: Traded, context: Context): void {
  const { legs } = goodsShipment.consignment
  const path = (at: number, ...rest: PropertyKey[]) => ['goodsShipment', 'consignment', 'legs', at, ...rest]
  const report = (code: string, en: string, zh: string, where: readonly PropertyKey[]) =>
    context.addIssue(fails(code, { en, zh }, where))
  if (!legs.some(crossesBorder))
    report('border-not-crossed', 'No leg of the journey crosses the border', '没有跨境运输段', [
      'goodsShipment',
      'consignment',
      'legs',
    ])
  const [first, last] = [legs[0], legs.at(-1)]
  const home = direction === 'export' ? first?.from : last?.to
  if (home !== undefined && home.countryCode !== 'CN')
    report(
      'route-direction-differs',
      `An ${direction} ${direction === 'export' ? 'starts' : 'ends'} in China, not in ${home.countryCode}`,
      direction === 'export' ? '出口应从中国启运' : '进口应抵达中国',
      direction === 'export' ? path(0, 'from') : path(legs.length - 1, 'to'),
    )
  for (const [at, leg] of legs.entries()) {
    const before = legs[at - 1]
    if (before && before.to.countryCode !== leg.from.countryCode)
      report(
        'route-broken',
        'This leg starts elsewhere than the one before ends',
        '与上一运输段不衔接',
        path(at, 'from'),
      )
    else if (before?.to.unLocode && leg.from.unLocode && before.to.unLocode !== leg.from.unLocode)
      report(
        'route-broken',
        `The leg before ends at ${before.to.unLocode}`,
        `上一运输段止于${before.to.unLocode}`,
        path(at, 'from', 'unLocode'),
      )
    if (leg.modeCode === '8' && crossesBorder(leg) && leg.to.countryCode === 'SG')
      report(
        'mode-route-differs',
        'No inland waterway leads to Singapore',
        '内河运输不能到达新加坡',
        path(at, 'modeCode'),
      )
    if (before?.conveyance && leg.conveyance && crossesBorder(before) !== crossesBorder(leg) && sameVessel(before, leg))
      report(
        'conveyance-not-changed',
        'The conveyance of the domestic leg and of the international one differ',
        '境内段与国际段的运输工具应不同',
        path(at, 'conveyance', 'name'),
      )
    if (
      leg.departureDateTime &&
      leg.arrivalDateTime &&
      Date.parse(leg.arrivalDateTime) < Date.parse(leg.departureDateTime.slice(0, 10))
    )
      report(
        'arrival-before-departure',
        'The leg arrives before it departs',
        '抵达早于启运',
        path(at, 'arrivalDateTime'),
      )
  }
}

/** A train or truck may go through; a barge does not go to sea under the same name, nor an aircraft change its border status. */
const sameVessel = (one: Leg, other: Leg) =>
  waterOrAir.has(one.modeCode) && waterOrAir.has(other.modeCode) && one.conveyance?.name === other.conveyance?.name

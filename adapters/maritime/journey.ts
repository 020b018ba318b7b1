import type { Container, Declaration, Item } from '../../schemas/declaration/index.ts'
import { domesticLegs, internationalLeg, type PlacedLeg, placedLegs } from '../../schemas/declaration/journey.ts'

const waterModes = new Set(['1', '8'])
const onWater = ({ leg }: PlacedLeg) => waterModes.has(leg.modeCode)
const touchesChina = ({ leg }: PlacedLeg) => leg.from.countryCode === 'CN' || leg.to.countryCode === 'CN'

/** The barge voyage within China that is reported 境内内河段; the first where there are several. */
export const inlandLeg = (declaration: Declaration): PlacedLeg | undefined =>
  domesticLegs(declaration).find(({ leg }) => leg.modeCode === '8')

/** The voyage for which dangerous goods are declared: the first by ship from, to or within China. */
export const dangerousLeg = (declaration: Declaration): PlacedLeg | undefined =>
  placedLegs(declaration).find((placed) => onWater(placed) && touchesChina(placed))

/** The voyage that leaves China by ship 国际航行船舶出口岸. */
export function departureLeg(declaration: Declaration): PlacedLeg | undefined {
  const placed = declaration.direction === 'export' ? internationalLeg(declaration) : undefined
  return placed !== undefined && onWater(placed) ? placed : undefined
}

/** Inland water 内河 or sea 海上. */
export const watersOf = ({ leg }: PlacedLeg): 'INLAND' | 'SEA' => (leg.modeCode === '8' ? 'INLAND' : 'SEA')

/** An item of dangerous goods with its pointer. */
export interface DangerousItem {
  readonly item: Item
  readonly dangerous: NonNullable<Item['dangerousGoods']>
  readonly pointer: string
}

export const dangerousItems = (declaration: Declaration): DangerousItem[] =>
  declaration.goodsShipment.items.flatMap((item, at) =>
    item.dangerousGoods === undefined
      ? []
      : [{ item, dangerous: item.dangerousGoods, pointer: `/goodsShipment/items/${at}` }],
  )

/** Containers that hold an item. */
export const containersOf = (declaration: Declaration, sequence: number): Container[] =>
  (declaration.goodsShipment.consignment.containers ?? []).filter(({ goodsItemSequences }) =>
    goodsItemSequences.includes(sequence),
  )

/** Containers that hold dangerous goods, and those goods. */
export function dangerousContainers(declaration: Declaration): { container: Container; items: DangerousItem[] }[] {
  const dangerous = dangerousItems(declaration)
  return (declaration.goodsShipment.consignment.containers ?? [])
    .map((container) => ({
      container,
      items: dangerous.filter(({ item }) => container.goodsItemSequences.includes(item.sequence)),
    }))
    .filter(({ items }) => items.length > 0)
}

/** What a declaration with one item says of the whole, it says of that item. */
const ofSingle = <T>(declaration: Declaration, whole: T): T | undefined =>
  declaration.goodsShipment.items.length === 1 ? whole : undefined

export const grossMassOf = (declaration: Declaration, item: Item) =>
  item.grossMassKg ?? ofSingle(declaration, declaration.goodsShipment.totalGrossMassKg)

export const netMassOf = (declaration: Declaration, item: Item) =>
  item.netMassKg ?? ofSingle(declaration, declaration.goodsShipment.totalNetMassKg)

export const packageCountOf = (declaration: Declaration, given: number | undefined) =>
  given ?? ofSingle(declaration, declaration.goodsShipment.packaging.quantity)

/** The proper shipping name 正确运输名称; the name in Chinese where no English one is given. */
export const shippingNameOf = ({ dangerous }: DangerousItem) => dangerous.properShippingName ?? dangerous.name

/** Shipper 托运人 and consignee 收货人: the side in China by its Chinese name, the side abroad by its own. */
export function partiesOf({ direction, goodsShipment }: Declaration) {
  const abroad = direction === 'export' ? goodsShipment.consignee : goodsShipment.consignor
  const foreign = abroad?.name ?? abroad?.nameZh
  return direction === 'export'
    ? { shipper: goodsShipment.exporter?.name, consignee: foreign }
    : { shipper: foreign, consignee: goodsShipment.importer?.name }
}

const shipIdPattern = /^CN\d{11}$/
const mmsiPattern = /^\d{9}$/
const imoPattern = /^\d{7}$/

/** The names a ship may have in the id of its conveyance: ship identification number 船舶识别号, MMSI, or IMO number. */
export function shipNames({ leg }: PlacedLeg) {
  const id = leg.conveyance?.id ?? ''
  return {
    shipId: shipIdPattern.test(id) ? id : undefined,
    mmsi: mmsiPattern.test(id) ? id : undefined,
    imo: imoPattern.test(id) ? id : undefined,
  }
}

import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { hasPackingGroup, isNotOtherwiseSpecified } from './codes.ts'
import {
  containersOf,
  type DangerousItem,
  dangerousContainers,
  dangerousItems,
  dangerousLeg,
  departureLeg,
  grossMassOf,
  inlandLeg,
  netMassOf,
  packageCountOf,
  partiesOf,
  shipNames,
  shippingNameOf,
  watersOf,
} from './journey.ts'
import type { DangerousCargo, DangerousShip, Departure, InlandReport } from './particulars.ts'

/** One thing asked for: whether it is absent, where it belongs, and its names. */
type Row = readonly [absent: boolean, pointer: string, en: string, zh: string]

const absent = (rows: readonly Row[]): Issue[] =>
  rows
    .filter(([is]) => is)
    .map(([, pointer, en, zh]) => issue(pointer, 'missing', { en: `Missing: ${en}`, zh: `缺少${zh}` }, 'maritime'))

/** A day without its time is not enough: the office takes the minute. */
const isTimed = (moment: string | undefined) => (moment?.length ?? 0) > 'yyyy-MM-dd'.length

const legRows = ({ leg, pointer }: PlacedLeg): Row[] => [
  [leg.conveyance === undefined, `${pointer}/conveyance`, 'the ship', '船舶'],
  [leg.voyageNumber === undefined, `${pointer}/voyageNumber`, 'the voyage number', '航次'],
  [leg.from.unLocode === undefined, `${pointer}/from/unLocode`, 'the port of departure (UN/LOCODE)', '始发港代码'],
  [leg.to.unLocode === undefined, `${pointer}/to/unLocode`, 'the port of arrival (UN/LOCODE)', '目的港代码'],
  [
    !isTimed(leg.departureDateTime),
    `${pointer}/departureDateTime`,
    'day and time of departure, with offset',
    '预计离港的日期和时间',
  ],
]

/** What is not there yet of the report of an inland voyage. */
export function missingInlandReport(declaration: Declaration, given: InlandReport = {}): Issue[] {
  const placed = inlandLeg(declaration)
  if (placed === undefined) return []
  const names = shipNames(placed)
  const base = '/particulars/maritime/inland-report'
  // Ships under 100 GT need no MMSI. Source: specification §3.
  const small = given.grossTonnage !== undefined && new Big(given.grossTonnage).lt(100)
  return absent([
    ...legRows(placed),
    [
      !isTimed(placed.leg.arrivalDateTime),
      `${placed.pointer}/arrivalDateTime`,
      'day and time of arrival, with offset',
      '预计抵港的日期和时间',
    ],
    [given.reporter === undefined, `${base}/reporter`, 'who reports, with a telephone number', '报告人及电话'],
    [(given.shipId ?? names.shipId) === undefined, `${base}/shipId`, 'the ship identification number', '船舶识别号'],
    [(given.mmsi ?? names.mmsi) === undefined && !small, `${base}/mmsi`, 'the MMSI', '海上移动业务识别码（MMSI）'],
  ])
}

/** What is not there yet of the shipper's declaration of dangerous cargo. */
export function missingDangerousCargo(declaration: Declaration, given: DangerousCargo = {}): Issue[] {
  const placed = dangerousLeg(declaration)
  if (placed === undefined) return []
  const { shipper, consignee } = partiesOf(declaration)
  const [from, to] = declaration.direction === 'export' ? ['exporter', 'consignee'] : ['consignor', 'importer']
  return absent([
    ...legRows(placed),
    [
      given.declarantPhone === undefined,
      '/particulars/maritime/dangerous-cargo/declarantPhone',
      "the declarant's telephone",
      '申报单位电话',
    ],
    [shipper === undefined, `/goodsShipment/${from}/name`, 'the name of the shipper', '托运人名称'],
    [consignee === undefined, `/goodsShipment/${to}/name`, 'the name of the consignee', '收货人名称'],
    ...dangerousItems(declaration).flatMap((one) => goodsRows(declaration, given, one)),
  ])
}

function goodsRows(declaration: Declaration, given: DangerousCargo, one: DangerousItem): Row[] {
  const { item, dangerous, pointer } = one
  const goods = given.goods ?? []
  const at = goods.findIndex(({ goodsItemSequence }) => goodsItemSequence === item.sequence)
  const row = goods[at]
  const base = '/particulars/maritime/dangerous-cargo/goods'
  const ofItem = `${pointer}/dangerousGoods`
  const declared: Row[] = [
    [dangerous.classCode === undefined, `${ofItem}/classCode`, 'the class', '危险类别'],
    [
      dangerous.packingGroup === undefined && hasPackingGroup(dangerous.undgId) === true,
      `${ofItem}/packingGroup`,
      `the packing group of UN ${dangerous.undgId} (MA-103)`,
      `UN ${dangerous.undgId} 的包装类（MA-103）`,
    ],
    [grossMassOf(declaration, item) === undefined, `${pointer}/grossMassKg`, 'the gross mass of the item', '项毛重'],
    [netMassOf(declaration, item) === undefined, `${pointer}/netMassKg`, 'the net mass of the item', '项净重'],
  ]
  if (row === undefined)
    return [
      ...declared,
      [
        true,
        base,
        `the row of item ${item.sequence} (UN ${dangerous.undgId})`,
        `商品${item.sequence}（UN ${dangerous.undgId}）的数据`,
      ],
    ]
  const below = (name: string) => `${base}/${at}/${name}`
  const boxed = containersOf(declaration, item.sequence).length > 0
  return [
    ...declared,
    [
      row.technicalName === undefined && isNotOtherwiseSpecified(shippingNameOf(one)),
      below('technicalName'),
      'the technical name of an N.O.S. entry (MA-104)',
      '“未另作规定”条目的技术名称（MA-104）',
    ],
    [
      row.flashPointC === undefined && dangerous.classCode === '3',
      below('flashPointC'),
      'the flash point (MA-105)',
      '闪点（MA-105）',
    ],
    [row.emS === undefined, below('emS'), 'the EmS number (MA-107)', '应急措施编号EmS（MA-107）'],
    [
      packageCountOf(declaration, row.packageCount) === undefined,
      below('packageCount'),
      'the number of packages',
      '包件数',
    ],
    [
      boxed && row.packingCertificateNumber === undefined,
      below('packingCertificateNumber'),
      'the container packing certificate (MA-201)',
      '集装箱装箱证明书（MA-201）',
    ],
    [
      row.packagingCertificate === undefined,
      below('packagingCertificate'),
      'the packaging certificate (MA-202)',
      '危包证（MA-202）',
    ],
    [
      row.safetyDataSheetId === undefined,
      below('safetyDataSheetId'),
      'the safety data sheet (MA-203)',
      '安全数据说明书（MA-203）',
    ],
    [
      (row.emergencyContact ?? given.emergencyContact) === undefined,
      below('emergencyContact'),
      'the emergency contact',
      '应急联系人',
    ],
  ]
}

/** What is not there yet of the carrier's declaration of dangerous cargo. */
export function missingDangerousShip(declaration: Declaration, given: DangerousShip = {}): Issue[] {
  const placed = dangerousLeg(declaration)
  if (placed === undefined) return []
  const names = shipNames(placed)
  const base = '/particulars/maritime/dangerous-ship'
  const boxes = dangerousContainers(declaration)
  const unnamed = (given.shipId ?? names.shipId ?? names.imo) === undefined
  const inland = watersOf(placed) === 'INLAND'
  return absent([
    ...legRows(placed),
    [given.carrier === undefined, `${base}/carrier`, 'the carrier, with a telephone number', '承运人及电话'],
    [
      given.carrier !== undefined &&
        (given.carrier.name ?? declaration.goodsShipment.consignment.carrier?.name) === undefined,
      `${base}/carrier/name`,
      'the name of the carrier',
      '承运人名称',
    ],
    [unnamed && inland, `${base}/shipId`, 'the ship identification number', '船舶识别号'],
    [unnamed && !inland, `${placed.pointer}/conveyance/id`, 'the IMO number of the ship', '船舶IMO编号'],
    [given.shipType === undefined, `${base}/shipType`, 'the type of ship', '船舶种类'],
    // The office takes stowage by container only.
    [
      boxes.length === 0,
      '/goodsShipment/consignment/containers',
      'the containers with the dangerous goods',
      '装有危险货物的集装箱',
    ],
    ...boxes.map(
      ({ container }): Row => [
        !(given.stowage ?? []).some(({ containerId }) => containerId === container.id),
        `${base}/stowage`,
        `the stowage of container ${container.id}`,
        `集装箱${container.id}的积载位置`,
      ],
    ),
  ])
}

/** What is not there yet of the application to leave for abroad. */
export function missingDeparture(declaration: Declaration, given: Departure = {}): Issue[] {
  const placed = departureLeg(declaration)
  if (placed === undefined) return []
  const { conveyance } = placed.leg
  const base = '/particulars/maritime/departure'
  const ship = `${placed.pointer}/conveyance`
  return absent([
    ...legRows(placed),
    [
      conveyance !== undefined && conveyance.id === undefined,
      `${ship}/id`,
      'the IMO number of the ship',
      '船舶IMO编号',
    ],
    [
      conveyance !== undefined && conveyance.flagCountry === undefined,
      `${ship}/flagCountry`,
      'the flag of the ship',
      '船旗国',
    ],
    [given.applicant === undefined, `${base}/applicant`, "the ship's agent, with a telephone number", '船舶代理及电话'],
    [given.crewCount === undefined, `${base}/crewCount`, 'the number of the crew', '船员人数'],
    [
      given.securityCertificate === undefined,
      `${base}/securityCertificate`,
      'the security certificate ISSC (MA-401)',
      '国际船舶保安证书（MA-401）',
    ],
  ])
}

import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import type { Issue } from '../../schemas/issue.ts'
import {
  alwaysMarinePollutant,
  hasPackingGroup,
  isClassOf,
  isForbiddenInland,
  isUnNumber,
  isVague,
  otherUnNamed,
} from './codes.ts'
import {
  containersOf,
  type DangerousItem,
  dangerousContainers,
  dangerousItems,
  dangerousLeg,
  grossMassOf,
  netMassOf,
  partiesOf,
  shippingNameOf,
  watersOf,
} from './journey.ts'
import type { DangerousCargo } from './particulars.ts'
import { broken, conflict, expired, legRows, limitedItems, type Row, tooLong } from './rules.ts'

/** What the office would refuse of the shipper's declaration, as far as its clock is not needed. */
export function checkDangerousCargo(declaration: Declaration, given: DangerousCargo): Issue[] {
  const placed = dangerousLeg(declaration)
  if (placed === undefined) return []
  const { shipper, consignee } = partiesOf(declaration)
  const [from, to] = declaration.direction === 'export' ? ['exporter', 'consignee'] : ['consignor', 'importer']
  return broken([
    ...legRows(placed),
    tooLong(shipper, 128, `/goodsShipment/${from}/name`),
    tooLong(consignee, 128, `/goodsShipment/${to}/name`),
    ...dangerousItems(declaration).flatMap((one) => [
      ...substanceRows(one, placed),
      ...massRows(declaration, one),
      ...goodsRows(given, one, placed),
    ]),
    ...strayRows(declaration, given),
    ...containerRows(declaration, limitedItems(given)),
  ])
}

/** What the UN number itself demands. */
function substanceRows(one: DangerousItem, placed: PlacedLeg): Row[] {
  const { undgId, classCode = '', packingGroup } = one.dangerous
  const at = `${one.pointer}/dangerousGoods`
  const name = shippingNameOf(one)
  const nameAt = `${at}/${one.dangerous.properShippingName === undefined ? 'name' : 'properShippingName'}`
  const other = otherUnNamed(name, undgId)
  const forbidden = watersOf(placed) === 'INLAND' && isForbiddenInland(undgId, classCode, packingGroup)
  return [
    [
      !isUnNumber(undgId),
      `${at}/undgId`,
      'un-number-unknown',
      `There is no UN number ${undgId} (MA-101)`,
      `联合国编号${undgId}不存在（MA-101）`,
    ],
    [
      !isClassOf(undgId, classCode),
      `${at}/classCode`,
      'class-differs',
      `${classCode} is not the class of UN ${undgId} (MA-102)`,
      `类别${classCode}与联合国编号${undgId}不符（MA-102）`,
    ],
    [
      packingGroup !== undefined && hasPackingGroup(undgId) === false,
      `${at}/packingGroup`,
      'packing-group-not-due',
      `UN ${undgId} has no packing group (MA-103)`,
      `联合国编号${undgId}无包装类（MA-103）`,
    ],
    [
      isVague(name),
      nameAt,
      'shipping-name-vague',
      `"${name}" is not a proper shipping name (MA-104)`,
      `“${name}”不是正确运输名称（MA-104）`,
    ],
    [
      other !== undefined,
      nameAt,
      'shipping-name-differs',
      `"${name}" is the name of UN ${other} (MA-104)`,
      `“${name}”是联合国编号${other}的名称（MA-104）`,
    ],
    [
      forbidden,
      `${at}/undgId`,
      'forbidden-on-inland-waters',
      `UN ${undgId} may not move on inland waters (MA-205)`,
      `联合国编号${undgId}禁止通过内河运输（MA-205）`,
    ],
  ]
}

function massRows(declaration: Declaration, { item, pointer }: DangerousItem): Row[] {
  const [gross, net] = [new Big(grossMassOf(declaration, item) ?? 0), new Big(netMassOf(declaration, item) ?? 0)]
  const text = ['The mass is more than nothing (MA-002)', '重量应大于零（MA-002）'] as const
  return [
    [gross.eq(0), `${pointer}/grossMassKg`, 'mass-zero', ...text],
    [net.eq(0), `${pointer}/netMassKg`, 'mass-zero', ...text],
    [
      net.gt(gross),
      `${pointer}/netMassKg`,
      'net-above-gross',
      'Net mass is more than gross mass (MA-002)',
      '净重大于毛重（MA-002）',
    ],
    [
      containersOf(declaration, item.sequence).length > 50,
      '/goodsShipment/consignment/containers',
      'too-many-containers',
      `Item ${item.sequence} lies in more than 50 containers (MA-001)`,
      `商品${item.sequence}所在集装箱超过50个（MA-001）`,
    ],
  ]
}

function goodsRows(given: DangerousCargo, { item, dangerous }: DangerousItem, placed: PlacedLeg): Row[] {
  const goods = given.goods ?? []
  const at = goods.findIndex(({ goodsItemSequence }) => goodsItemSequence === item.sequence)
  const row = goods[at]
  const expiry = row?.packagingCertificate?.expiryDate
  const base = `/particulars/maritime/dangerous-cargo/goods/${at}`
  return [
    [
      row?.marinePollutant === false && alwaysMarinePollutant(dangerous.undgId),
      `${base}/marinePollutant`,
      'marine-pollutant-due',
      `UN ${dangerous.undgId} is a marine pollutant (MA-106)`,
      `联合国编号${dangerous.undgId}属海洋污染物（MA-106）`,
    ],
    [
      expired(expiry, placed),
      `${base}/packagingCertificate/expiryDate`,
      'certificate-expired',
      `The packaging certificate expires on ${expiry}, before the departure (MA-202)`,
      `危包证于${expiry}到期，早于离港日期（MA-202）`,
    ],
  ]
}

/** Rows of particulars that belong to no dangerous item, or to one that has a row already. */
function strayRows(declaration: Declaration, given: DangerousCargo): Row[] {
  const dangerous = new Set(dangerousItems(declaration).map(({ item }) => item.sequence))
  const goods = given.goods ?? []
  return goods.map(({ goodsItemSequence: sequence }, at) => [
    !dangerous.has(sequence) || goods.findIndex(({ goodsItemSequence }) => goodsItemSequence === sequence) !== at,
    `/particulars/maritime/dangerous-cargo/goods/${at}/goodsItemSequence`,
    'item-not-due',
    `Item ${sequence} is no dangerous goods, or has a row already`,
    `商品${sequence}不是危险货物，或已有数据行`,
  ])
}

const containerRows = (declaration: Declaration, limited: ReadonlySet<number>): Row[] =>
  dangerousContainers(declaration).flatMap(({ container, items }) => {
    const counted = items.filter(({ item }) => !limited.has(item.sequence))
    return counted.flatMap((one, at) =>
      counted
        .slice(0, at)
        .map(
          (other): Row => [
            conflict(one, other),
            `${one.pointer}/dangerousGoods/classCode`,
            'segregation-conflict',
            `UN ${one.dangerous.undgId} and UN ${other.dangerous.undgId} may not lie in one container ${container.id} (MA-204)`,
            `联合国编号${one.dangerous.undgId}与${other.dangerous.undgId}不得同装于集装箱${container.id}（MA-204）`,
          ],
        ),
    )
  })

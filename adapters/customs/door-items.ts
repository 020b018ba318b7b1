import { childOf, childrenOf, type XmlNode } from '../xml.ts'
import { measureWordOf } from './codes.ts'
import {
  byTable,
  compact,
  compactOrNone,
  countryOf,
  dayOf,
  type Fields,
  open,
  ownOf,
  plain,
  type Reading,
  type Text,
  unheld,
  unitOf,
  unknownElement,
  whole,
} from './door-reading.ts'

/** A line of goods with what only customs asks for it and the units its broker chose. */
export interface ReadItem {
  readonly item: Fields
  readonly own: Fields
  readonly measureWords: { readonly [pointer: string]: string }
}

/** Reads the line of goods at place `at`. */
export function readItem(reading: Reading, node: XmlNode, at: number, exporting: boolean): ReadItem {
  const location = `/DecMessage/DecLists/DecList/${at}`
  const row = open(reading, 'DecList', node, location, ['DecGoodsLimits'])
  const pointer = `/goodsShipment/items/${at}`
  const words: { [pointer: string]: string } = {}
  /** A quantity with its unit; a broker's own unit is remembered where another would be written back. */
  const quantity = (value: string, word: string, path: string, second: 0 | 1 = 0): Fields | undefined => {
    if (value === '' && word === '') return undefined
    if (value === '' || word === '')
      unheld(reading, `${pointer}/${path}`, 'A quantity and its unit stand together', '数量与计量单位须同时填报')
    const unitCode = unitOf(reading, word, `${pointer}/${path}/unitCode`)
    if (word !== '' && measureWordOf(unitCode, row('CodeTS'), second) !== word)
      words[`${pointer}/${path}/unitCode`] = word
    return compact({ value: plain(reading, value, `${pointer}/${path}/value`), unitCode })
  }
  const permits = readPermits(reading, childOf(node, 'DecGoodsLimits'), {
    location,
    pointer,
    sequence: row('GNo'),
    quantity,
  })
  const country = (element: string, name: string) => countryOf(reading, row(element), `${pointer}/${name}`)
  const [origin, destination] = exporting
    ? ['DestinationCountry', 'OriginCountry']
    : ['OriginCountry', 'DestinationCountry']
  const expiry = /^\d{8}$/.test(row('ProdValidDt'))
  const shelfLife = /^(0|[1-9]\d{0,13})$/.test(row('ProdQgp'))
  const item = compact({
    sequence: whole(reading, row('GNo'), `${pointer}/sequence`),
    hsCode: row('CodeTS'),
    supervisionCategory: row('CiqCode'),
    name: row('GName'),
    nameEn: row('DeclGoodsEname'),
    brand: row('GoodsBrand'),
    quantity: quantity(row('GQty'), row('GUnit'), 'quantity'),
    statutoryQuantity1: quantity(row('FirstQty'), row('FirstUnit'), 'statutoryQuantity1'),
    statutoryQuantity2: quantity(row('SecondQty'), row('SecondUnit'), 'statutoryQuantity2', 1),
    unitPrice: plain(reading, row('DeclPrice'), `${pointer}/unitPrice`),
    totalPrice: plain(reading, row('DeclTotal'), `${pointer}/totalPrice`),
    currency: row('TradeCurr'),
    originCountry: country(origin ?? '', 'originCountry'),
    originRegion: row('OrigPlaceCode'),
    preferentialOrigin: row('RcepOrigPlaceCode'),
    destinationCountry: country(destination ?? '', 'destinationCountry'),
    domesticDistrict: row('DistrictCode'),
    administrativeDivision: row('DestCode'),
    dutyMode: row('DutyMode'),
    permits: permits.permits,
    ...readDanger(reading, row, pointer),
    purpose: row('Purpose'),
    goodsAttributes: row('GoodsAttr') === '' ? undefined : row('GoodsAttr').split(','),
    producer: compactOrNone({
      registrationId: row('MnufctrRegNo'),
      name: row(exporting ? 'MnufctrRegName' : 'EngManEntCnm'),
    }),
    productionBatchIds: row('ProdBatchNo'),
    productionDates: row('ProduceDate'),
    shelfLifeDays: shelfLife ? row('ProdQgp') : undefined,
    expiryDate: expiry ? dayOf(reading, row('ProdValidDt'), `${pointer}/expiryDate`) : undefined,
  })
  const own = compact({
    ...ownOf(reading, 'DecList', row, location),
    engManEntCnm: exporting ? row('EngManEntCnm') : undefined,
    mnufctrRegName: exporting ? undefined : row('MnufctrRegName'),
    prodValidDt: expiry ? undefined : row('ProdValidDt'),
    prodQgp: shelfLife ? undefined : row('ProdQgp'),
    vins: permits.vins,
  })
  // 申报要素 are there even when there are none: an HS code without elements has an empty list.
  return { item: { ...item, declarationElements: elements(row('GModel')) }, own, measureWords: words }
}

const elements = (model: string): string[] => (model === '' ? [] : model.split('|'))

/** Dangerous goods by their UN number; without one there is nothing to hang a name or a packaging on. */
function readDanger(reading: Reading, row: Text, pointer: string): Fields {
  const at = `${pointer}/dangerousGoods`
  const number = row('Uncode')
  const undgId = /^(?:UN)?(\d{4})$/i.exec(number)?.[1]
  const rest = { name: row('DangName'), packagingCode: row('DangPackSpec') }
  const packagingCategory = byTable(
    reading,
    { '1': '1', '2': '2', '3': '3' },
    row('DangPackType'),
    `${at}/packagingCategory`,
    '危包类别',
  )
  const said = number !== '' || rest.name !== '' || rest.packagingCode !== '' || packagingCategory !== ''
  if (said && undgId === undefined)
    unheld(reading, `${at}/undgId`, `"${number}" is not a UN number of four digits`, `UN编号“${number}”应为四位数字`)
  const flag = row('NoDangFlag')
  const stated = byTable(reading, { '0': '0', '1': '1' }, flag, `${pointer}/notDangerous`, '非危险化学品')
  return {
    dangerousGoods: said
      ? compact({ undgId: undgId ?? number, name: rest.name, packagingCategory, packagingCode: rest.packagingCode })
      : undefined,
    notDangerous: stated === '1' ? true : stated === '0' && !said ? false : undefined,
  }
}

interface Around {
  readonly location: string
  readonly pointer: string
  readonly sequence: string
  readonly quantity: (value: string, word: string, path: string) => Fields | undefined
}

/** Permits of a line of goods and the vehicles under them. Each row repeats the number of its line. */
function readPermits(
  reading: Reading,
  limits: XmlNode,
  around: Around,
): { readonly permits: Fields[]; readonly vins: Fields[] } {
  const location = `${around.location}/DecGoodsLimits`
  for (const element of Object.keys(limits))
    if (element !== 'DecGoodsLimit') unknownElement(reading, `${location}/${element}`, element)
  const vins: Fields[] = []
  const permits = childrenOf(limits, 'DecGoodsLimit').map((node, at) => {
    const here = `${location}/DecGoodsLimit/${at}`
    const row = open(reading, 'DecGoodsLimit', node, here, ['DecGoodsLimitVin'])
    if (row('GoodsNo') !== '' && row('GoodsNo') !== around.sequence)
      unheld(
        reading,
        `${here}/GoodsNo`,
        `This permit stands in item ${around.sequence}`,
        `该许可证应属商品序号${around.sequence}`,
      )
    vins.push(...readVins(reading, node, here, row))
    return compact({
      typeCode: row('LicTypeCode'),
      id: row('LicenceNo'),
      writeOff: compactOrNone({
        line: row('LicWrtofDetailNo'),
        quantity: around.quantity(row('LicWrtofQty'), row('LicWrtofQtyUnit'), `permits/${at}/writeOff/quantity`),
      }),
    })
  })
  return { permits, vins }
}

/** Vehicles under a permit; each row names that permit again. */
const readVins = (reading: Reading, limit: XmlNode, location: string, permit: Text): Fields[] =>
  childrenOf(limit, 'DecGoodsLimitVin').map((node, at) => {
    const here = `${location}/DecGoodsLimitVin/${at}`
    const row = open(reading, 'DecGoodsLimitVin', node, here)
    if (row('LicTypeCode') !== permit('LicTypeCode') || row('LicenceNo') !== permit('LicenceNo'))
      unheld(
        reading,
        here,
        'This vehicle names another permit than the one it stands under',
        '该车辆信息的许可证与所属许可证不符',
      )
    return ownOf(reading, 'DecGoodsLimitVin', row, here)
  })

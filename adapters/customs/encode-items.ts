import { alpha3Of } from '../../schemas/codes/concordance.ts'
import type { Container, Declaration, Item } from '../../schemas/declaration/index.ts'
import { compactDay } from '../instants.ts'
import type { XmlNode } from '../xml.ts'
import { containerSpecOf, measureWordOf } from './codes.ts'
import { type SectionName, sections } from './elements.ts'
import { type Elements, scaled } from './encode-head.ts'
import { type ItemParticulars, nameOf, type Particulars } from './particulars.ts'

/** Goods item 商品项 with its place and what only customs asks for it. */
export interface PlacedItem {
  readonly item: Item
  readonly at: number
  readonly own: ItemParticulars
}

export const placedItems = ({ goodsShipment }: Declaration, particulars: Particulars): PlacedItem[] =>
  goodsShipment.items.map((item, at) => ({ item, at, own: particulars.items?.[String(at + 1)] ?? {} }))

/** The customs unit of a quantity: the broker's own word where one is kept, else the one `measureWordOf` finds. */
export function measureWord(
  { item, at }: PlacedItem,
  path: string,
  unitCode: string | undefined,
  { measureWords }: Particulars,
): string | undefined {
  if (unitCode === undefined) return undefined
  const own = measureWords === undefined ? undefined : measureWords[`/goodsShipment/items/${at}/${path}`]
  return own ?? measureWordOf(unitCode, item.hsCode, path.startsWith('statutoryQuantity2') ? 1 : 0)
}

/** A row of which every element is a particular, in wire order. */
export const ownRow = (section: SectionName, row: { readonly [name: string]: string | undefined }): Elements =>
  Object.fromEntries(Object.keys(sections[section]).map((element) => [element, row[nameOf(element)]]))

/**
 * Line of goods 报关单表体 DecList. On export the two countries are swapped on the wire, and only there: OriginCountry carries the
 * destination, DestinationCountry the origin. The maker is 境外生产企业 on import, 生产单位 on export.
 */
export function decList(placed: PlacedItem, declaration: Declaration, particulars: Particulars): Elements {
  const { item, own } = placed
  const { dangerousGoods } = item
  const exporting = declaration.direction === 'export'
  const word = (path: string, unitCode: string | undefined) => measureWord(placed, path, unitCode, particulars)
  const notDangerous = item.notDangerous ?? (dangerousGoods === undefined ? undefined : false)
  return {
    ClassMark: own.classMark, // 归类标志
    CodeTS: item.hsCode, // 商品编号
    ContrItem: own.contrItem, // 备案序号
    DeclPrice: scaled(item.unitPrice, 4), // 申报单价
    DutyMode: item.dutyMode, // 征免方式
    Factor: own.factor, // 比例因子
    GModel: item.declarationElements.join('|'), // 规格型号（申报要素）
    GName: item.name, // 商品名称
    GNo: String(item.sequence), // 商品序号
    OriginCountry: alpha3Of(exporting ? item.destinationCountry : item.originCountry), // 原产国; export: 最终目的国
    TradeCurr: item.currency, // 成交币制
    DeclTotal: scaled(item.totalPrice, 2), // 申报总价
    GQty: scaled(item.quantity.value, 5), // 成交数量
    FirstQty: scaled(item.statutoryQuantity1.value, 5), // 第一法定数量
    SecondQty: scaled(item.statutoryQuantity2?.value, 5), // 第二法定数量
    GUnit: word('quantity/unitCode', item.quantity.unitCode), // 成交计量单位
    FirstUnit: word('statutoryQuantity1/unitCode', item.statutoryQuantity1.unitCode), // 第一计量单位
    SecondUnit: word('statutoryQuantity2/unitCode', item.statutoryQuantity2?.unitCode), // 第二计量单位
    UseTo: own.useTo, // 用途/生产厂家
    WorkUsd: own.workUsd, // 工缴费
    ExgNo: own.exgNo, // 货号
    ExgVersion: own.exgVersion, // 版本号
    DestinationCountry: alpha3Of(exporting ? item.originCountry : item.destinationCountry), // 最终目的国; export: 原产国
    CiqCode: item.supervisionCategory, // 监管类别
    DeclGoodsEname: item.nameEn, // 商品英文名称
    OrigPlaceCode: item.originRegion, // 原产地区
    Purpose: item.purpose, // 用途
    ProdValidDt: item.expiryDate === undefined ? own.prodValidDt : compactDay(item.expiryDate), // 产品有效期
    ProdQgp: item.shelfLifeDays ?? own.prodQgp, // 产品保质期
    GoodsAttr: item.goodsAttributes?.join(','), // 货物属性
    Stuff: own.stuff, // 成份/原料/组份
    Uncode: dangerousGoods?.undgId, // UN编码
    DangName: dangerousGoods?.name, // 危险货物名称
    DangPackType: dangerousGoods?.packagingCategory, // 危包类别
    DangPackSpec: dangerousGoods?.packagingCode, // 危包规格
    EngManEntCnm: exporting ? own.engManEntCnm : item.producer?.name, // 境外生产企业名称
    NoDangFlag: notDangerous === undefined ? undefined : notDangerous ? '1' : '0', // 非危险化学品
    DestCode: item.administrativeDivision, // 目的地/产地
    GoodsSpec: own.goodsSpec, // 检验检疫货物规格
    GoodsModel: own.goodsModel, // 货物型号
    GoodsBrand: item.brand, // 货物品牌
    ProduceDate: item.productionDates, // 生产日期
    ProdBatchNo: item.productionBatchIds, // 生产批号
    DistrictCode: item.domesticDistrict, // 境内目的地/货源地
    CiqName: undefined, // 检验检疫名称, retired
    MnufctrRegNo: item.producer?.registrationId, // 生产单位注册号
    MnufctrRegName: exporting ? item.producer?.name : own.mnufctrRegName, // 生产单位名称
  }
}

/** Elements of a DecList that are not written when empty, as older readers do not know them. */
export const lateElements = ({ item, own }: PlacedItem): Elements => ({
  RcepOrigPlaceCode: item.preferentialOrigin, // 优惠贸易协定项下原产地
  ControlExplainCode: own.controlExplainCode, // 禁限管制识别码
})

/** Permits of an item and how much of each is used up 产品资质 DecGoodsLimit. */
export function decGoodsLimits(placed: PlacedItem, particulars: Particulars): Elements[] {
  return (placed.item.permits ?? []).map(({ typeCode, id, writeOff }, at) => ({
    GoodsNo: String(placed.item.sequence), // 商品序号
    LicTypeCode: typeCode, // 许可证类别代码
    LicenceNo: id, // 许可证编号
    LicWrtofDetailNo: writeOff?.line, // 核销明细序号
    LicWrtofQty: writeOff?.quantity?.value, // 核销数量
    LicWrtofQtyUnit: measureWord(
      placed,
      `permits/${at}/writeOff/quantity/unitCode`,
      writeOff?.quantity?.unitCode,
      particulars,
    ), // 核销数量单位
  }))
}

/** Vehicles 许可证VIN信息 under the first permit they name. */
export function vinsOf({ item, own }: PlacedItem, permit: number): Elements[] {
  const ofPermit = (row: { readonly licTypeCode: string; readonly licenceNo: string }) =>
    item.permits?.findIndex(({ typeCode, id }) => typeCode === row.licTypeCode && id === row.licenceNo)
  return (own.vins ?? []).filter((row) => ofPermit(row) === permit).map((row) => ownRow('DecGoodsLimitVin', row))
}

/** Container 集装箱. */
export const containerRow = (container: Container, weight: string | undefined): Elements => ({
  ContainerId: container.id, // 集装箱号
  ContainerMd: containerSpecOf(container.typeCode), // 集装箱规格
  GoodsNo: container.goodsItemSequences.join(','), // 商品项号
  LclFlag: container.lessThanContainerLoad === true ? '1' : '0', // 拼箱标识
  GoodsContaWt: scaled(container.goodsMassKg, 5), // 箱货重量
  ...(weight === undefined ? {} : { ContainerWt: weight }), // 自重
})

/** Empty elements stay elements: `undefined` becomes ''. */
export function filled(elements: Elements): XmlNode {
  const node: { [element: string]: string } = {}
  for (const element of Object.keys(elements)) node[element] = elements[element] ?? ''
  return node
}

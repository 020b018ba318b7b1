import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Recognised } from '../../schemas/recognition.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import type { XmlNode } from '../xml.ts'
import { alwaysMarinePollutant } from './codes.ts'
import {
  containersOf,
  type DangerousItem,
  dangerousItems,
  dangerousLeg,
  grossMassOf,
  netMassOf,
  packageCountOf,
  partiesOf,
  shippingNameOf,
  watersOf,
} from './journey.ts'
import type { DangerousCargo } from './particulars.ts'
import { beijing, contact, documentOf, mass, port, yesNo } from './parts.ts'

/** The shipper's declaration that dangerous goods are fit for carriage 货报（安全适运申报单）. Source: specification §4. */
export const encodeDangerousCargo = (submission: Submission<DangerousCargo>): WireMessage =>
  documentOf('dangerous-cargo', 'DangerousCargoDeclaration', submission, contentDangerousCargo(submission))

/** What stands below its head, and in a change of it. */
export function contentDangerousCargo(submission: Submission<DangerousCargo>): XmlNode {
  const { declaration, particulars } = submission
  const placed = dangerousLeg(declaration)
  const leg = placed?.leg
  const { agent } = declaration
  const { shipper, consignee } = partiesOf(declaration)
  return {
    Declarant: {
      Name: agent.name, // 申报单位
      CreditCode: agent.id, // 统一社会信用代码
      Phone: particulars.declarantPhone, // 电话
    },
    Shipper: shipper, // 托运人
    Consignee: consignee, // 收货人
    TransportDocumentNumber: leg?.transportDocumentId, // 提运单号
    Carriage: {
      Waters: placed && watersOf(placed), // 水域
      ShipName: leg?.conveyance?.name, // 船名
      Voyage: leg?.voyageNumber, // 航次
      From: port(leg?.from), // 装货港
      To: port(leg?.to), // 卸货港
      Etd: beijing(leg?.departureDateTime), // 预计离港时间
    },
    Goods: dangerousItems(declaration).map((one) => goods(declaration, particulars, one)), // 危险货物
    RecognisedResult: (submission.recognitions ?? []).map(recognised), // 互认结果
  }
}

/** A result of another office that stands in for opening a box. Source: specification §4.1. */
const recognised = ({ id, agency, category, number, at, until, check, covers }: Recognised): XmlNode => ({
  ResultId: id, // 互认结果编号
  Authority: agency, // 作出部门
  Category: category, // 类别
  Number: number, // 部门编号
  At: beijing(at), // 作出时间
  Until: beijing(until), // 有效期至
  Check: check, // 所替代的检查
  ContainerNumber: covers.containers, // 涵盖的集装箱
})

function goods(declaration: Declaration, particulars: DangerousCargo, one: DangerousItem): XmlNode {
  const { item, dangerous } = one
  const row = particulars.goods?.find(({ goodsItemSequence }) => goodsItemSequence === item.sequence)
  const packages = packageCountOf(declaration, row?.packageCount)
  return {
    ItemNumber: String(item.sequence), // 商品序号
    ProperShippingName: shippingNameOf(one), // 正确运输名称
    TechnicalName: row?.technicalName, // 技术名称
    UNNumber: dangerous.undgId, // 联合国编号
    Class: dangerous.classCode, // 类别
    PackingGroup: dangerous.packingGroup, // 包装类
    SubsidiaryRisk: dangerous.subsidiaryClassCodes, // 副危险性
    FlashPoint: row?.flashPointC, // 闪点
    EmS: row?.emS, // 应急措施编号
    MarinePollutant: yesNo(row?.marinePollutant ?? (alwaysMarinePollutant(dangerous.undgId) ? true : undefined)), // 海洋污染物
    LimitedQuantity: yesNo(row?.limitedQuantity), // 有限数量
    PackageCount: packages === undefined ? undefined : String(packages), // 包件数
    GrossMassKg: mass(grossMassOf(declaration, item)), // 毛重(千克)
    NetMassKg: mass(netMassOf(declaration, item)), // 净重(千克)
    ContainerNumber: containersOf(declaration, item.sequence).map(({ id }) => id), // 集装箱号
    PackingCertificateNumber: row?.packingCertificateNumber, // 集装箱装箱证明书
    PackagingCertificateNumber: row?.packagingCertificate?.number, // 危包证
    PackagingCertificateExpiry: row?.packagingCertificate?.expiryDate, // 危包证有效期
    SafetyDataSheetId: row?.safetyDataSheetId, // 安全数据说明书
    EmergencyContact: contact(row?.emergencyContact ?? particulars.emergencyContact), // 应急联系人
  }
}

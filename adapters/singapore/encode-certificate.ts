import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay } from '../instants.ts'
import { referenceOf } from '../references.ts'
import { itemValues } from '../valuation.ts'
import type { XmlNode } from '../xml.ts'
import { modes } from './codes.ts'
import { measure, money, packed } from './encode.ts'
import { declarantOf, envelopeOf, namesOf } from './envelope.ts'
import type { OriginParticulars } from './particulars.ts'
import { conveyanceNumber, extraOf, filersOf, permitOf, quantityOf, singaporeLeg, traderName } from './shipment.ts'

type Origin = Submission<OriginParticulars>

/** The data of a certificate of origin 原产地证书数据: issued in China for an export, applied for in Singapore for an import. */
export function encodeCertificate(submission: Origin): WireMessage {
  const { declaration, particulars } = submission
  const { declarant, agent } = filersOf(declaration, particulars)
  const kind = { prefix: 'coo', namespace: 'CertificateOfOrigin' }
  const { invoice } = declaration.goodsShipment
  return envelopeOf(submission, agent?.uen, kind, 'CertificateOfOriginDeclaration', {
    'cac:Header': header(submission, agent?.uen),
    'cac:Certificate': certificate(submission),
    'cac:Transport': transport(declaration),
    'cac:Party': { ...declarantOf(declarant, agent), ...parties(declaration) },
    'cac:Invoice': {
      'cbc:InvoiceNumber': invoice?.id, // 发票号
      'cbc:InvoiceDate': compactDay(invoice?.issueDate), // 发票日期
    },
    'cac:Item': declaration.goodsShipment.items.map((item, at) => goods(submission, item, at)),
    'cac:Summary': {
      'cbc:NumberOfItems': String(declaration.goodsShipment.items.length), // 商品项数
      ...packed(declaration),
    },
  })
}

function header(submission: Origin, agentUen: string | undefined): XmlNode {
  const entryNumber = referenceOf(submission, 'customs', 'entry-number')
  const remarks = [...(entryNumber === undefined ? [] : [`CN entry ${entryNumber}`]), ...submission.particulars.remarks]
  return {
    'cbc:MessageReference': 'COODEC', // 报文类型
    ...namesOf(submission, agentUen),
    'cbc:PermitNumber': referenceOf(submission, 'singapore', 'permit-number'), // 新加坡许可证号
    'cac:Remarks': remarks.length > 0 ? { 'cbc:FreeText': remarks } : undefined, // 备注
  }
}

const certificate = ({ declaration, particulars }: Origin): XmlNode => ({
  'cbc:SchemeCode': particulars.scheme, // 优惠安排
  'cbc:IssuingCountry': declaration.direction === 'export' ? 'CN' : 'SG', // 签证国
  'cbc:CertificateNumber': particulars.certificate?.number, // 证书编号
  'cbc:IssuingAuthority': particulars.certificate?.authority, // 签证机构
  'cbc:IssueDate': compactDay(particulars.certificate?.issueDate) || undefined, // 签发日期
  'cbc:IssuedRetroactively': particulars.retroactive ? 'Y' : 'N', // 补发
})

function transport(declaration: Declaration): XmlNode {
  const placed = singaporeLeg(declaration)
  const leg = placed?.leg
  return {
    'cbc:ModeCode': modes[leg?.modeCode ?? ''], // 运输方式
    'cbc:ConveyanceReferenceNumber': placed && conveyanceNumber(placed), // 航次号
    'cbc:TransportMeansName': leg?.conveyance?.name, // 运输工具名称
    'cbc:DepartureDate': compactDay(leg?.departureDateTime), // 离港日期
    'cbc:LoadingPort': leg?.from.unLocode, // 装货港
    'cbc:DischargePort': leg?.to.unLocode, // 卸货港
  }
}

/** The trader in Singapore by its UEN where a permit has told it. */
function parties(declaration: Declaration): XmlNode {
  const { direction, goodsShipment } = declaration
  const permit = permitOf(declaration)
  const singapore = {
    'cbc:ID': permit?.trader?.uen,
    'cbc:Name': traderName(declaration, permit),
    'cbc:CountryCode': 'SG',
  }
  const china = {
    'cbc:Name': (direction === 'export' ? goodsShipment.exporter : goodsShipment.importer)?.name,
    'cbc:CountryCode': 'CN',
  }
  return direction === 'export'
    ? { 'cac:ExporterParty': china, 'cac:ConsigneeParty': singapore } // 出口商, 收货人
    : { 'cac:ExporterParty': singapore, 'cac:ConsigneeParty': china }
}

function goods({ declaration, particulars }: Origin, item: Item, at: number): XmlNode {
  const row = particulars.items.find((one) => one.item === item.sequence)
  const value = row?.fobValue ?? itemValues(declaration.goodsShipment, 'FOB')?.[at]
  return {
    'cbc:ItemSequenceNumeric': String(item.sequence), // 商品序号
    'cbc:HarmonizedSystemSubheading': item.hsCode.slice(0, 6), // 协调制度子目
    'cbc:GoodsDescription': item.nameEn ?? item.name, // 商品名称
    'cbc:OriginCriterion': row?.criterion, // 原产地标准
    'cbc:RegionalValueContent': row?.regionalValueContent, // 区域价值成分
    'cbc:OriginCountry': item.originCountry, // 原产国
    'cbc:HarmonizedSystemQuantity': measure(quantityOf(item, extraOf(permitOf(declaration), item))), // 数量
    'cbc:ItemFOBValue': row?.criterion === 'RVC' ? money(item.currency, value) : undefined, // 离岸价
  }
}

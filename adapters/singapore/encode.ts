import { Big } from 'big.js'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import type { Recognised } from '../../schemas/recognition.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay } from '../instants.ts'
import { referenceOf } from '../references.ts'
import type { XmlNode } from '../xml.ts'
import { controlOf, gstRateOn, modelOf, modes, packageOf, releaseLocations } from './codes.ts'
import { declarantOf, envelopeOf, namesOf } from './envelope.ts'
import type { PermitParticulars } from './particulars.ts'
import {
  conveyanceNumber,
  extraOf,
  type Measured,
  quantityOf,
  singaporeDay,
  singaporeLeg,
  traderName,
  valuesOf,
} from './shipment.ts'

type Permit = Submission<PermitParticulars>

/** Writes a TradeNet declaration: In-Payment for goods from China, Outward for goods to China 新加坡进口/出口许可申报. */
export function encodePermit(submission: Permit): WireMessage {
  const kind = kindOf(submission.declaration)
  return envelopeOf(
    submission,
    submission.particulars.agent?.uen,
    kind,
    `${kind.element}Declaration`,
    permitBody(submission),
  )
}

/** What a message is about, by the direction of the goods: its element and the prefix and name of its namespace. */
export const kindOf = ({ direction }: Declaration) =>
  direction === 'export'
    ? ({ prefix: 'ipt', namespace: 'InPayment', element: 'InPayment', family: 'IPT' } as const)
    : ({ prefix: 'out', namespace: 'OutwardDeclaration', element: 'Outward', family: 'OUT' } as const)

/** The content of a permit's declaration, and of an amendment: `update` then stands at the end of its header. */
export function permitBody(submission: Permit, update: XmlNode = {}): XmlNode {
  const { declaration, particulars } = submission
  const entering = declaration.direction === 'export'
  return {
    'cac:Header': { ...header(submission, entering), ...update },
    'cac:Cargo': cargo(declaration, particulars),
    'cac:Transport': transport(declaration, entering),
    'cac:Party': parties(declaration, particulars, entering),
    'cac:Licence': particulars.licences.map((licence) => ({ 'cbc:ReferenceID': licence })), // 主管机构许可
    'cac:SupportingDocumentReference': particulars.documents.map(({ id, fileName }) => ({
      'cbc:DocumentID': id, // 单证编号
      'cbc:Filename': fileName, // 文件名
    })),
    'cac:Invoice': invoice(declaration),
    'cac:Item': items(declaration, particulars, entering),
    'cac:Summary': summary(declaration, particulars),
  }
}

/** A code the window can read: no other is sent, it would turn the whole declaration away. */
const isOperator = ({ number }: Recognised): boolean => /^[0-9A-Z]{10,20}$/.test(number)

/** The status of the firm in China as an authorised economic operator AEO 互认. Source: specification §3.1. */
const programme = ({ id, number, until }: Recognised): XmlNode => ({
  'cbc:Code': 'AEO', // 程序代码
  'cbc:ProcessingCode1': 'CN', // 授予国
  'cbc:ProcessingCode2': number, // AEO 企业编码
  'cbc:ValidTo': compactDay(until), // 有效期至
  'cbc:RecognitionID': id, // 互认结果编号
})

function header(submission: Permit, entering: boolean): XmlNode {
  const { declaration, particulars } = submission
  const entryNumber = referenceOf(submission, 'customs', 'entry-number')
  const remarks = [
    ...(entryNumber === undefined ? [] : [`CN entry ${entryNumber}`]),
    ...(declaration.remarks === undefined ? [] : [declaration.remarks]),
    ...particulars.remarks,
  ]
  return {
    'cbc:MessageReference': entering ? 'IPTDEC' : 'OUTDEC', // 报文类型
    ...namesOf(submission, particulars.agent?.uen),
    'cbc:DeclarationType': entering ? 'GST' : 'DRT', // 申报类型
    'cbc:DeclarationIndicator': particulars.indicator, // 申报标识
    'cbc:PreviousPermitNumber': particulars.previousPermit, // 前次许可证号
    'cac:Remarks': remarks.length > 0 ? { 'cbc:FreeText': remarks } : undefined, // 备注
    'cac:CustomsProcedure': (submission.recognitions ?? []).filter(isOperator).slice(0, 1).map(programme), // 海关程序代码：AEO 互认
  }
}

function cargo(declaration: Declaration, particulars: PermitParticulars): XmlNode {
  const containers = declaration.goodsShipment.consignment.containers ?? []
  const mode = singaporeLeg(declaration)?.leg.modeCode ?? ''
  return {
    'cbc:CargoPackingType': containers.length > 0 ? '5' : '9', // 集装箱货/其他
    'cbc:ReleaseLocation': particulars.releaseLocation ?? releaseLocations[mode] ?? 'O', // 放行地点
    'cbc:ReceiptLocation': particulars.receiptLocation, // 收货地点
  }
}

function transport(declaration: Declaration, entering: boolean): XmlNode {
  const placed = singaporeLeg(declaration)
  const leg = placed?.leg
  const means = {
    'cbc:ModeCode': modes[leg?.modeCode ?? ''], // 运输方式
    'cbc:ConveyanceReferenceNumber': placed && conveyanceNumber(placed), // 航次号
    'cbc:TransportMeansName': leg?.conveyance?.name, // 运输工具名称
    'cbc:MAWBOUCROBLNumber': leg?.transportDocumentId, // 主提单/主运单号
  }
  const day = compactDay(singaporeDay(declaration))
  const containers = (declaration.goodsShipment.consignment.containers ?? []).map(({ id, sealIds }) => ({
    'cbc:ContainerNumber': id, // 集装箱号
    'cbc:SealNumber': sealIds?.[0], // 封志号: the window takes one
  }))
  return entering
    ? {
        'cac:InwardTransport': {
          ...means,
          'cbc:ArrivalDate': day, // 抵达日期
          'cbc:LoadingPort': leg?.from.unLocode, // 装货港
        },
        'cac:Container': containers,
      }
    : {
        'cac:OutwardTransport': {
          ...means,
          'cbc:DepartureDate': day, // 离境日期
          'cbc:DischargePort': leg?.to.unLocode, // 卸货港
          'cbc:FinalDestinationCountry': declaration.goodsShipment.destinationCountry, // 最终目的国
        },
        'cac:Container': containers,
      }
}

function parties(declaration: Declaration, particulars: PermitParticulars, entering: boolean): XmlNode {
  const { exporter, importer } = declaration.goodsShipment
  const { declarant, agent } = particulars
  const trader = { 'cbc:ID': particulars.trader?.uen, 'cbc:Name': traderName(declaration, particulars) }
  const chinese = { 'cbc:Name': (entering ? exporter : importer)?.name, 'cbc:CountryCode': 'CN' }
  return {
    ...declarantOf(declarant, agent),
    ...(entering
      ? { 'cac:ImporterParty': trader, 'cac:ExporterParty': chinese } // 进口商, 出口商
      : { 'cac:ExporterParty': trader, 'cac:ConsigneeParty': chinese }), // 出口商, 收货人
  }
}

export const money = (currency: string, amount: string | undefined): XmlNode => ({
  '@currencyCode': currency,
  '#text': amount,
})

const sum = (amounts: readonly (string | undefined)[]): string =>
  amounts.reduce((total, amount) => total.plus(amount ?? 0), new Big(0)).toFixed(2)

const currencyOf = ({ goodsShipment }: Declaration): string => goodsShipment.items[0]?.currency ?? ''

function invoice(declaration: Declaration): XmlNode {
  const { goodsShipment } = declaration
  return {
    'cbc:InvoiceNumber': goodsShipment.invoice?.id, // 发票号
    'cbc:InvoiceDate': compactDay(goodsShipment.invoice?.issueDate), // 发票日期
    'cbc:TermType': goodsShipment.tradeTerms.conditionCode, // 成交方式
    'cbc:TotalInvoiceValue': money(
      currencyOf(declaration),
      sum(goodsShipment.items.map(({ totalPrice }) => totalPrice)),
    ), // 发票总额
  }
}

export const measure = (quantity: Measured | undefined): XmlNode | undefined =>
  quantity && { '@unitCode': quantity.unitCode, '#text': quantity.value }

function items(declaration: Declaration, particulars: PermitParticulars, entering: boolean): XmlNode[] {
  const values = valuesOf(declaration, particulars)
  const day = singaporeDay(declaration) ?? ''
  return declaration.goodsShipment.items.map((item, at) => ({
    ...goods(declaration, particulars, item, values[at]),
    'cac:Tariff': entering ? { 'cbc:GSTRate': gstRateOn(day) } : undefined, // 消费税率
  }))
}

/** One line of goods 商品. */
function goods(
  { direction }: Declaration,
  particulars: PermitParticulars,
  item: Item,
  value: string | undefined,
): XmlNode {
  const extra = extraOf(particulars, item)
  const quantity = quantityOf(item, extra)
  const product = extra?.productCode ?? controlOf(extra?.ahtn ?? '', direction)?.product
  return {
    'cbc:ItemSequenceNumeric': String(item.sequence), // 商品序号
    'cbc:ItemHarmonizedSystemCode': extra?.ahtn, // 新加坡税则号
    'cbc:GoodsDescription': item.nameEn ?? item.name, // 商品名称
    'cbc:HarmonizedSystemQuantity': measure(quantity), // 数量
    'cbc:OriginCountry': item.originCountry, // 原产国
    'cbc:ItemCIFFOBValue': money(item.currency, value), // 到岸价/离岸价
    'cbc:LastSellingPriceValue':
      extra?.lastSellingPrice && money(item.currency, new Big(extra.lastSellingPrice).toFixed(2)), // 最后售价
    'cbc:UnitPriceValue': money(item.currency, item.unitPrice), // 单价
    'cac:CASCProduct': product && { 'cbc:Code': product, 'cbc:Quantity': measure(extra?.productQuantity ?? quantity) }, // 主管机构产品
    'cbc:BrandName': item.brand, // 品牌
    'cbc:Model': extra?.model ?? modelOf(item), // 型号
  }
}

function summary(declaration: Declaration, particulars: PermitParticulars): XmlNode {
  const { goodsShipment } = declaration
  return {
    'cbc:NumberOfItems': String(goodsShipment.items.length), // 商品项数
    'cbc:TotalCIFFOBValue': money(currencyOf(declaration), sum(valuesOf(declaration, particulars))), // 总值
    ...packed(declaration),
  }
}

/** Packages and weight of the whole. */
export const packed = ({ goodsShipment: { packaging, totalGrossMassKg } }: Declaration): XmlNode => ({
  'cbc:TotalOuterPack': {
    '@unitCode': packageOf(packaging.typeCode),
    '#text': String(packaging.quantity),
  }, // 外包装件数
  'cbc:TotalGrossWeight': { '@unitCode': 'KGM', '#text': new Big(totalGrossMassKg).toFixed(3) }, // 毛重
})

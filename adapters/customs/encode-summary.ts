import { alpha3Of } from '../../schemas/codes/concordance.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay } from '../instants.ts'
import { writeXml, type XmlNode, type XmlValue } from '../xml.ts'
import { flagOf, measureWordOf } from './codes.ts'
import { type SectionName, sections } from './elements.ts'
import { type Elements, scaled, signDate, submitterOf, traderOf } from './encode-head.ts'
import { containerRow, filled } from './encode-items.ts'
import { defaults, type Particulars } from './particulars.ts'
import { papersFor } from './rules.ts'
import { documentType, type Numbers, summaryNumbersOf } from './steps.ts'
import { conveyanceOf, customsLeg, trafModeOf } from './transport.ts'

type Item = SummaryDeclaration['goodsShipment']['items'][number]

const lettersOf = ({ hsCode }: Item): readonly string[] => tariffLine(hsCode)?.supervision ?? []

/** 涉检: the goods need inspection or quarantine on import. */
export const isQuarantined = (item: Item): boolean => lettersOf(item).includes('A')

/** 涉证: the certificates the goods need on import. */
export const certificatesFor = (item: Item, supervisionMode: string): string[] =>
  papersFor(lettersOf(item), 'import', supervisionMode)

/** Elements of a section in wire order, those that a summary does not say empty. */
const inOrder = (section: SectionName, said: Elements, leftOut: readonly string[] = []): XmlNode =>
  filled(
    Object.fromEntries(
      Object.keys(sections[section])
        .filter((element) => !leftOut.includes(element))
        .map((element) => [element, said[element]]),
    ),
  )

/** Head of a summary 概要申报表头: the envelope, and what of its nine things concerns the whole. */
export function summaryHead(declaration: SummaryDeclaration, p: Particulars): Elements {
  const { agent, declarant, goodsShipment } = declaration
  const trader = traderOf(declaration)
  const submitter = submitterOf(declaration)
  const placed = customsLeg(declaration, p)
  return {
    IEFlag: flagOf[declaration.direction], // 进出口标志
    Type: documentType('summary', p), // 单据类型: position 3 = 5
    AgentCode: agent.customsRegistrationId, // 申报单位代码
    AgentName: agent.name, // 申报单位名称
    AgentCodeScc: agent.id, // 申报单位统一编码
    CustomMaster: declaration.declarationOfficeId, // 申报地海关
    IEPort: declaration.exitEntryOfficeId, // 进境关别
    BillNo: placed.leg.transportDocumentId, // 提单号
    GrossWet: scaled(goodsShipment.totalGrossMassKg, 5), // 毛重 (sic)
    IEDate: compactDay(placed.leg.arrivalDateTime), // 进口日期: the fourteen days run from it
    TradeCode: trader?.customsRegistrationId, // 境内收发货人编号
    TradeName: trader?.name, // 境内收发货人名称
    TradeCoScc: trader?.id, // 境内收发货人统一编码
    TradeMode: goodsShipment.supervisionMode, // 监管方式
    TrafMode: trafModeOf(placed, p), // 运输方式
    TrafName: conveyanceOf(placed, p).name, // 运输工具名称
    EdiId: p.ediId ?? defaults.ediId, // 报关标志
    EntryType: p.entryType ?? defaults.entryType, // 报关单类型
    CopName: submitter.name, // 录入单位名称
    CopCode: submitter.code, // 录入单位代码
    CopCodeScc: submitter.id, // 录入单位统一编码
    TypistNo: p.typistNo ?? p.icCode, // 录入员IC卡号
    InputerName: p.inputerName, // 录入员名称
    DeclTrnRel: p.declTrnRel ?? defaults.declTrnRel, // 报关/转关关系标志
    ChkSurety: p.chkSurety ?? (goodsShipment.guaranteeReference === undefined ? '0' : '1'), // 担保: 涉税
    DeclareName: declarant.name, // 申报人员姓名
  }
}

/** Line of a summary 概要申报表体: ten digits, attributes and purpose where quarantine asks for them, else six digits. */
function summaryItem(item: Item, at: number, p: Particulars): Elements {
  const quarantined = isQuarantined(item)
  const code = summaryCode(item)
  const word = p.measureWords?.[`/goodsShipment/items/${at}/quantity/unitCode`]
  return {
    GNo: String(item.sequence), // 商品序号
    CodeTS: code, // 商品编号
    GName: item.name, // 商品名称
    GQty: scaled(item.quantity.value, 5), // 成交数量
    GUnit: word ?? measureWordOf(item.quantity.unitCode, code), // 成交计量单位
    DeclTotal: scaled(item.totalPrice, 2), // 申报总价
    TradeCurr: item.currency, // 成交币制
    OriginCountry: alpha3Of(item.originCountry), // 原产国
    GoodsAttr: quarantined ? item.goodsAttributes?.join(',') : undefined, // 货物属性
    Purpose: quarantined ? item.purpose : undefined, // 用途
  }
}

/** Goods under supervision (certificates, quarantine) are told by all ten digits. */
const summaryCode = (item: Item): string => (lettersOf(item).length > 0 ? item.hsCode : item.hsCode.slice(0, 6))

function goodsLine(item: Item, at: number, p: Particulars): XmlNode {
  const limits = (lettersOf(item).length > 0 ? (item.permits ?? []) : []).map(({ typeCode, id, writeOff }) =>
    filled({
      GoodsNo: String(item.sequence), // 商品序号
      LicTypeCode: typeCode, // 许可证类别代码
      LicenceNo: id, // 许可证编号
      LicWrtofDetailNo: writeOff?.line, // 核销明细序号
      LicWrtofQty: writeOff?.quantity?.value, // 核销数量
      LicWrtofQtyUnit: writeOff?.quantity && measureWordOf(writeOff.quantity.unitCode, item.hsCode), // 核销数量单位
    }),
  )
  return {
    ...inOrder('DecList', summaryItem(item, at, p), ['RcepOrigPlaceCode', 'ControlExplainCode']),
    DecGoodsLimits: limits.length === 0 ? '' : { DecGoodsLimit: limits },
  }
}

const wrapped = (element: string, rows: readonly XmlNode[]): XmlValue => (rows.length === 0 ? '' : { [element]: rows })

/**
 * A summary as customs reads it 概要申报: a DecMessage of which only the summary's elements are filled, so that completing the declaration
 * leaves it as it is.
 */
export function summaryMessage(
  declaration: SummaryDeclaration,
  p: Particulars,
  numbers: Numbers,
  date: string,
): XmlNode {
  const { additionalDocuments, consignment, items, supervisionMode } = declaration.goodsShipment
  const needed = new Set(items.flatMap((item) => certificatesFor(item, supervisionMode)))
  return {
    '@version': '4.9',
    '@xmlns': 'http://www.chinaport.gov.cn/dec',
    DecHead: inOrder('DecHead', { ...summaryHead(declaration, p), ...numbers }), // 表头
    DecLists: { DecList: items.map((item, at) => goodsLine(item, at, p)) }, // 表体
    DecLicenseDocus: wrapped(
      'LicenseDocu',
      (additionalDocuments ?? [])
        .filter(({ typeCode }) => needed.has(typeCode))
        .map(({ typeCode, id }) => filled({ DocuCode: typeCode, CertCode: id })),
    ), // 随附单证
    DecContainers: wrapped(
      'Container',
      (consignment.containers ?? []).map((container) => filled(containerRow(container, undefined))),
    ), // 集装箱
    DecSign: inOrder('DecSign', {
      OperType: 'C', // 操作类型: 申报
      ICCode: p.icCode, // 操作员IC卡号
      CopCode: p.copCode ?? declaration.agent.customsRegistrationId, // 操作企业组织机构代码
      OperName: p.operName ?? declaration.declarant.name, // 操作员姓名
      ClientSeqNo: declaration.functionalReferenceId, // 客户端报关单编号
      SignDate: date, // 签名日期
    }), // 签名
    DecFreeTxt: inOrder('DecFreeTxt', {
      VoyNo: conveyanceOf(customsLeg(declaration, p), p).voyage, // 航次号
      DecNo: declaration.declarant.id, // 申报人员证号
    }), // 自由文本
  }
}

/** Files a summary 概要申报. Signed as a declaration is: at its issue time, where it has one and this is the first attempt. */
export function encodeSummary(submission: Submission<Particulars>): WireMessage {
  const { attempt, declaration, instant, particulars } = submission
  const date = signDate(attempt > 1 ? instant : (declaration.issueDateTime ?? instant))
  return {
    method: 'POST',
    path: '/declarations',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({ DecMessage: summaryMessage(declaration, particulars, summaryNumbersOf(submission), date) }),
  }
}

/** Asks for the last answer to the summary by (录入单位代码, 客户端编号). */
export function encodeSummaryInquiry({ declaration }: Submission<Particulars>): WireMessage {
  const query = new URLSearchParams({
    copCode: submitterOf(declaration).code,
    clientSeqNo: declaration.functionalReferenceId,
    step: '5',
  })
  return { method: 'GET', path: `/declarations?${query.toString()}` }
}

import { alpha3Of, packagingOfRec21 } from '../../schemas/codes/concordance.ts'
import type { Charge, Declaration, DomesticParty } from '../../schemas/declaration/index.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import { compactDay, toShanghai } from '../instants.ts'
import { flagOf, markOf, transModeOf } from './codes.ts'
import { defaults, type Particulars } from './particulars.ts'
import { documentType } from './steps.ts'
import { conveyanceOf, customsLeg, portsOf, trafModeOf } from './transport.ts'

/** Elements of a section in wire order; what is undefined is written empty. */
export type Elements = { readonly [element: string]: string | undefined }

/** A decimal with at least `scale` places; more are kept, so that a length check can see them. */
export function scaled(value: string | undefined, scale: number): string | undefined {
  if (value === undefined) return undefined
  const point = value.indexOf('.')
  return point < 0 ? `${value}.${'0'.repeat(scale)}` : value.padEnd(point + 1 + scale, '0')
}

/** A total has two places; a rate or a unit price stands as it was given. */
const chargeRate = (charge: Charge | undefined) =>
  charge?.basis === 'total' ? scaled(charge.amount, 2) : charge?.amount
const chargeMark = (charge: Charge | undefined) => charge && markOf[charge.basis]

/** The domestic trader 境内收发货人: the exporter of an export, the importer of an import. */
export const traderOf = ({ direction, goodsShipment }: SummaryDeclaration): DomesticParty | undefined =>
  direction === 'export' ? goodsShipment.exporter : goodsShipment.importer

/** Organisation code 组织机构代码: characters 9 to 17 of a unified social credit code (GB 32100-2015). */
export const organisationCodeOf = (creditCode: string): string => creditCode.slice(8, 17)

/** Who keys the document in 录入单位: the agent where nobody else is named. Its code has nine characters; else it is the organisation code. */
export function submitterOf({ submitter, agent }: SummaryDeclaration): {
  readonly id: string
  readonly name: string
  readonly code: string
} {
  const { id, name } = submitter ?? agent
  const given = submitter?.customsRegistrationId
  return { id, name, code: given?.length === 9 ? given : organisationCodeOf(id) }
}

const confirmations = [
  'specialRelationship',
  'priceInfluence',
  'royalty',
  'formulaPricing',
  'provisionalPrice',
] as const

/** The five confirmations 价格说明 by position: 1 yes, 0 no, 9 not said. */
const promiseItems = (given: Declaration['confirmations']) =>
  confirmations.map((name) => (given?.[name] === undefined ? '9' : given[name] ? '1' : '0')).join('')

/** Special business 特种业务标识: ten flags by position. */
function specialFlags(positions: readonly number[] | undefined): string | undefined {
  if (positions === undefined || positions.length === 0) return undefined
  return Array.from({ length: Math.max(10, ...positions) }, (_, at) => (positions.includes(at + 1) ? '1' : '0')).join(
    '',
  )
}

/** An instant as customs signs it: Shanghai's yyyyMMddHHmmss and hundredths. */
export function signDate(moment: string): string {
  if (moment.length === 10) return `${moment.replaceAll('-', '')}00000000`
  const hundredths = String(Math.floor((((Date.parse(moment) % 1000) + 1000) % 1000) / 10)).padStart(2, '0')
  return `${toShanghai(moment).replace(/[-:T]/g, '')}${hundredths}`
}

/** Head of the declaration 报关单表头 DecHead. */
export function decHead(declaration: Declaration, particulars: Particulars): Elements {
  const { agent, declarant, direction, goodsShipment } = declaration
  const { consignee, consignment, consignor, owner, packaging, previousDocuments, valuation } = goodsShipment
  const importing = direction === 'import'
  const p = particulars
  const trader = traderOf(declaration)
  const submitter = submitterOf(declaration)
  const placed = customsLeg(declaration, p)
  const ports = portsOf(declaration, p)
  const day = (moment: string | undefined) => compactDay(moment)
  return {
    SeqNo: p.seqNo, // 统一编号; a later attempt carries the one customs gave
    IEFlag: flagOf[direction], // 进出口标志
    Type: documentType(declaration.declarationStep, p), // 单据类型
    AgentCode: agent.customsRegistrationId, // 申报单位代码
    AgentName: agent.name, // 申报单位名称
    ApprNo: p.apprNo, // 批准文号
    BillNo: placed.leg.transportDocumentId, // 提单号
    ContrNo: goodsShipment.contractNumber, // 合同号
    CustomMaster: declaration.declarationOfficeId, // 申报地海关
    CutMode: goodsShipment.levyNature, // 征免性质
    DistinatePort: ports.stop, // 经停港/指运港 (sic)
    FeeCurr: valuation?.freight?.currency, // 运费币制
    FeeMark: chargeMark(valuation?.freight), // 运费标记
    FeeRate: chargeRate(valuation?.freight), // 运费／率
    GrossWet: scaled(goodsShipment.totalGrossMassKg, 5), // 毛重 (sic)
    IEDate: importing ? day(placed.leg.arrivalDateTime) : undefined, // 进口日期; blank on export
    IEPort: declaration.exitEntryOfficeId, // 进出境关别
    InsurCurr: valuation?.insurance?.currency, // 保险费币制
    InsurMark: chargeMark(valuation?.insurance), // 保险费标记
    InsurRate: chargeRate(valuation?.insurance), // 保险费／率
    LicenseNo: p.licenseNo, // 许可证编号
    ManualNo: goodsShipment.handbookNumber, // 备案号
    NetWt: scaled(goodsShipment.totalNetMassKg, 5), // 净重
    NoteS: declaration.remarks, // 备注
    OtherCurr: valuation?.other?.currency, // 杂费币制
    OtherMark: chargeMark(valuation?.other), // 杂费标志
    OtherRate: chargeRate(valuation?.other), // 杂费／率
    OwnerCode: owner.customsRegistrationId, // 消费使用/生产销售单位代码
    OwnerName: owner.name, // 消费使用/生产销售单位名称
    PackNo: String(packaging.quantity), // 件数
    TradeCode: trader?.customsRegistrationId, // 境内收发货人编号
    TradeCountry: alpha3Of(importing ? goodsShipment.exportCountry : goodsShipment.destinationCountry), // 启运国/运抵国
    TradeMode: goodsShipment.supervisionMode, // 监管方式
    TradeName: trader?.name, // 境内收发货人名称
    TrafMode: trafModeOf(placed, p), // 运输方式
    TrafName: conveyanceOf(placed, p).name, // 运输工具名称
    TransMode: transModeOf[goodsShipment.tradeTerms.conditionCode], // 成交方式
    WrapType: packagingOfRec21(packaging.typeCode), // 包装种类
    EntryId: p.entryId, // 海关编号
    PreEntryId: p.preEntryId, // 预录入编号
    EdiId: p.ediId ?? defaults.ediId, // 报关标志
    Risk: p.risk, // 风险评估参数
    CopName: submitter.name, // 录入单位名称
    CopCode: submitter.code, // 录入单位代码
    EntryType: p.entryType ?? defaults.entryType, // 报关单类型
    PDate: p.pDate, // 打印日期
    TypistNo: p.typistNo ?? p.icCode, // 录入员IC卡号
    InputerName: p.inputerName, // 录入员名称
    PartenerID: p.partenerId, // 申报人标识 (sic)
    TgdNo: p.tgdNo, // 关联单据号
    DataSource: p.dataSource, // 扩展字段
    DeclTrnRel: p.declTrnRel ?? defaults.declTrnRel, // 报关/转关关系标志
    ChkSurety: p.chkSurety ?? guaranteeFlag(declaration), // 担保验放标志
    BillType: p.billType, // 备案清单类型
    CopCodeScc: submitter.id, // 录入单位统一编码
    OwnerCodeScc: owner.id, // 消费使用/生产销售单位统一编码
    AgentCodeScc: agent.id, // 申报单位统一编码
    TradeCoScc: trader?.id, // 境内收发货人统一编码
    PromiseItmes: promiseItems(declaration.confirmations), // 价格说明 (sic)
    TradeAreaCode: alpha3Of(goodsShipment.tradeCountry), // 贸易国别
    CheckFlow: p.checkFlow, // 查验分流
    TaxAaminMark: p.taxAaminMark, // 税收征管标记 (sic)
    MarkNo: packaging.marks, // 标记唛码
    DespPortCode: ports.loading, // 启运港; import only
    EntyPortCode: consignment.entryExitPortId, // 入境/离境口岸 (sic)
    GoodsPlace: consignment.goodsLocation, // 存放地点
    BLNo: p.blNo, // B/L号
    InspOrgCode: undefined, // 口岸检验检疫机关, retired
    SpecDeclFlag: specialFlags(declaration.specialBusiness), // 特种业务标识
    PurpOrgCode: declaration.supervisingOfficeId ?? p.purpOrgCode, // 目的地海关
    DespDate: importing ? day(consignment.legs[0]?.departureDateTime) : p.despDate, // 启运日期
    CmplDschrgDt: day(placed.leg.unloadingDateTime), // 卸毕日期
    CorrelationReasonFlag: p.correlationReasonFlag, // 关联理由
    VsaOrgCode: undefined, // 领证机关, retired
    OrigBoxFlag: p.origBoxFlag, // 原集装箱标识
    DeclareName: declarant.name, // 申报人员姓名
    NoOtherPack: p.noOtherPack, // 无其他包装
    OrgCode: undefined, // 检验检疫受理机关, retired
    OverseasConsignorCode: consignor?.id, // 境外发货人代码
    OverseasConsignorCname: consignor?.nameZh, // 境外发货人名称
    OverseasConsignorEname: consignor?.name, // 境外发货人名称（外文）
    OverseasConsignorAddr: consignor?.address, // 境外发货人地址
    OverseasConsigneeCode: consignee?.id, // 境外收货人代码
    OverseasConsigneeEname: consignee?.name, // 境外收货人名称（外文）
    DomesticConsigneeEname: p.domesticConsigneeEname, // 境内收发货人名称（外文）
    CorrelationNo: previousDocuments?.find(({ relation }) => relation === 'correlation')?.id, // 关联号码
    EdiRemark: p.ediRemark, // EDI申报备注
    EdiRemark2: p.ediRemark2, // EDI申报备注2
    TradeCiqCode: p.tradeCiqCode, // 境内收发货人检验检疫编码
    OwnerCiqCode: p.ownerCiqCode, // 消费使用/生产销售单位检验检疫编码
    DeclCiqCode: p.declCiqCode, // 申报单位检验检疫编码
  }
}

/** Duties are secured on import: a guarantee reference there asks for release under guarantee 担保验放. */
export const guaranteeFlag = ({
  direction,
  goodsShipment,
}: Pick<Declaration, 'direction' | 'goodsShipment'>): string =>
  direction === 'import' && goodsShipment.guaranteeReference !== undefined ? '1' : '0'

/** Signature 报关单签名 DecSign. `date` is written by `signDate`. */
export function decSign(
  { agent, declarant, functionalReferenceId }: Declaration,
  p: Particulars,
  date: string,
): Elements {
  return {
    OperType: 'C', // 操作类型: 申报
    ICCode: p.icCode, // 操作员IC卡号
    CopCode: p.copCode ?? agent.customsRegistrationId, // 操作企业组织机构代码
    OperName: p.operName ?? declarant.name, // 操作员姓名
    ClientSeqNo: functionalReferenceId, // 客户端报关单编号
    Sign: p.sign, // 数字签名信息
    SignDate: date, // 签名日期
    Certificate: p.certificate, // 操作员卡的证书号
    HostId: undefined, // 客户端邮箱的HostId, retired
    BillSeqNo: p.billSeqNo, // 对应清单统一编号
    DomainId: p.domainId, // 签名人分类
    Note: p.note, // 备注
  }
}

/** Free text 报关单自由文本 DecFreeTxt. */
export function decFreeTxt(declaration: Declaration, p: Particulars): Elements {
  const { consignment, previousDocuments } = declaration.goodsShipment
  const related = (to: string) => previousDocuments?.find(({ relation }) => relation === to)?.id
  return {
    RelId: related('declaration'), // 关联报关单号
    RelManNo: related('handbook'), // 关联备案号
    BonNo: consignment.warehouseId, // 监管仓号
    VoyNo: conveyanceOf(customsLeg(declaration, p), p).voyage, // 航次号
    DecBpNo: p.decBpNo, // 报关员联系方式
    CusFie: p.cusFie, // 货场代码
    DecNo: declaration.declarant.id, // 申报人员证号
  }
}

/**
 * Every element of the DecMessage this adapter writes and reads: its Chinese name, its length (characters, or digits and decimals),
 * and the canonical field that holds it. Sections and elements stand in wire order.
 * Source: China Single Window goods-declaration message specification 4.9.7 (2024-09); misspelt names are the wire's (sic).
 * `ClientSeqNo` takes 36 and `Type` 7 characters, as seen in use; `PurpOrgCode` took 10 before 2024-04.
 *
 * The third column is a path: below the declaration (`/…`), below the leg customs is told of (`leg:`), below the domestic trader
 * (`trader:`), else below the row itself. No third column: only customs asks for it, it is a particular. `retired`: no longer used.
 */
export type Element = readonly [zh: string, length: number | `${number},${number}`, at?: string]
export type Section = { readonly [element: string]: Element }

/** 报关单表头 DecHead */
const decHead = {
  SeqNo: ['数据中心统一编号', 18],
  IEFlag: ['进出口标志', 1, '/direction'],
  Type: ['单据类型', 7],
  AgentCode: ['申报单位代码', 10, '/agent/customsRegistrationId'],
  AgentName: ['申报单位名称', 100, '/agent/name'],
  ApprNo: ['批准文号', 32],
  BillNo: ['提单号', 32, 'leg:transportDocumentId'],
  ContrNo: ['合同号', 32, '/goodsShipment/contractNumber'],
  CustomMaster: ['主管海关（申报地海关）', 4, '/declarationOfficeId'],
  CutMode: ['征免性质', 3, '/goodsShipment/levyNature'],
  DistinatePort: ['经停港/指运港', 6, '/goodsShipment/consignment/transitLocation'],
  FeeCurr: ['运费币制', 3, '/goodsShipment/valuation/freight/currency'],
  FeeMark: ['运费标记', 1, '/goodsShipment/valuation/freight/basis'],
  FeeRate: ['运费／率', '19,5', '/goodsShipment/valuation/freight/amount'],
  GrossWet: ['毛重', '19,5', '/goodsShipment/totalGrossMassKg'],
  IEDate: ['进出口日期', 8, 'leg:arrivalDateTime'],
  IEPort: ['进出境关别', 4, '/exitEntryOfficeId'],
  InsurCurr: ['保险费币制', 3, '/goodsShipment/valuation/insurance/currency'],
  InsurMark: ['保险费标记', 1, '/goodsShipment/valuation/insurance/basis'],
  InsurRate: ['保险费／率', '19,5', '/goodsShipment/valuation/insurance/amount'],
  LicenseNo: ['许可证编号', 20],
  ManualNo: ['备案号', 12, '/goodsShipment/handbookNumber'],
  NetWt: ['净重', '19,5', '/goodsShipment/totalNetMassKg'],
  NoteS: ['备注', 255, '/remarks'],
  OtherCurr: ['杂费币制', 3, '/goodsShipment/valuation/other/currency'],
  OtherMark: ['杂费标志', 1, '/goodsShipment/valuation/other/basis'],
  OtherRate: ['杂费／率', '19,5', '/goodsShipment/valuation/other/amount'],
  OwnerCode: ['消费使用/生产销售单位代码', 18, '/goodsShipment/owner/customsRegistrationId'],
  OwnerName: ['消费使用/生产销售单位名称', 100, '/goodsShipment/owner/name'],
  PackNo: ['件数', 9, '/goodsShipment/packaging/quantity'],
  TradeCode: ['境内收发货人编号', 18, 'trader:customsRegistrationId'],
  TradeCountry: ['启运国/运抵国', 3, 'abroad:'],
  TradeMode: ['监管方式', 4, '/goodsShipment/supervisionMode'],
  TradeName: ['境内收发货人名称', 100, 'trader:name'],
  TrafMode: ['运输方式代码', 1, 'leg:modeCode'],
  TrafName: ['运输工具代码及名称', 50, 'leg:conveyance/name'],
  TransMode: ['成交方式', 1, '/goodsShipment/tradeTerms/conditionCode'],
  WrapType: ['包装种类', 2, '/goodsShipment/packaging/typeCode'],
  EntryId: ['海关编号', 18],
  PreEntryId: ['预录入编号', 9],
  EdiId: ['报关标志', 1],
  Risk: ['风险评估参数', 10],
  CopName: ['录入单位名称', 70, '/submitter/name'],
  CopCode: ['录入单位代码', 9, '/submitter/customsRegistrationId'],
  EntryType: ['报关单类型', 1],
  PDate: ['打印日期', 8],
  TypistNo: ['录入员IC卡号', 30],
  InputerName: ['录入员名称', 32],
  PartenerID: ['申报人标识', 20],
  TgdNo: ['关联单据号', 18],
  DataSource: ['扩展字段', 5],
  DeclTrnRel: ['报关/转关关系标志', 1],
  ChkSurety: ['担保验放标志', 1],
  BillType: ['备案清单类型', 1],
  CopCodeScc: ['录入单位统一编码', 18, '/submitter/id'],
  OwnerCodeScc: ['消费使用/生产销售单位单位统一编码', 18, '/goodsShipment/owner/id'],
  AgentCodeScc: ['申报代码统一编码', 18, '/agent/id'],
  TradeCoScc: ['收发货人统一编码', 18, 'trader:id'],
  PromiseItmes: ['价格说明', 32, '/confirmations'],
  TradeAreaCode: ['贸易国别', 3, '/goodsShipment/tradeCountry'],
  CheckFlow: ['查验分流', 1],
  TaxAaminMark: ['税收征管标记', 1],
  MarkNo: ['标记唛码', 400, '/goodsShipment/packaging/marks'],
  DespPortCode: ['启运港代码', 8, '/goodsShipment/consignment/legs/0/from'],
  EntyPortCode: ['入境口岸代码', 8, '/goodsShipment/consignment/entryExitPortId'],
  GoodsPlace: ['存放地点', 100, '/goodsShipment/consignment/goodsLocation'],
  BLNo: ['B/L号', 50],
  InspOrgCode: ['口岸检验检疫机关', 10, 'retired'],
  SpecDeclFlag: ['特种业务标识', 10, '/specialBusiness'],
  PurpOrgCode: ['目的地海关', 10, '/supervisingOfficeId'],
  DespDate: ['启运日期', 8, '/goodsShipment/consignment/legs/0/departureDateTime'],
  CmplDschrgDt: ['卸毕日期', 8, 'leg:unloadingDateTime'],
  CorrelationReasonFlag: ['关联理由', 2],
  VsaOrgCode: ['领证机关', 10, 'retired'],
  OrigBoxFlag: ['原集装箱标识', 1],
  DeclareName: ['申报人员姓名', 50, '/declarant/name'],
  NoOtherPack: ['无其他包装', 1],
  OrgCode: ['检验检疫受理机关', 10, 'retired'],
  OverseasConsignorCode: ['境外发货人代码', 50, '/goodsShipment/consignor/id'],
  OverseasConsignorCname: ['境外收发货人名称', 150, '/goodsShipment/consignor/nameZh'],
  OverseasConsignorEname: ['境外发货人名称（外文）', 100, '/goodsShipment/consignor/name'],
  OverseasConsignorAddr: ['境外收发货人地址', 100, '/goodsShipment/consignor/address'],
  OverseasConsigneeCode: ['境外收货人编码', 50, '/goodsShipment/consignee/id'],
  OverseasConsigneeEname: ['境外收货人名称(外文)', 400, '/goodsShipment/consignee/name'],
  DomesticConsigneeEname: ['境内收发货人名称（外文）', 400],
  CorrelationNo: ['关联号码', 500, '/goodsShipment/previousDocuments'],
  EdiRemark: ['EDI申报备注', 128],
  EdiRemark2: ['EDI申报备注2', 128],
  TradeCiqCode: ['境内收发货人检验检疫编码', 10],
  OwnerCiqCode: ['消费使用/生产销售单位检验检疫编码', 10],
  DeclCiqCode: ['申报单位检验检疫编码', 10],
} as const satisfies Section

/** 报关单表体 DecList */
const decList = {
  ClassMark: ['归类标志', 1],
  CodeTS: ['商品编号', 10, 'hsCode'],
  ContrItem: ['备案序号', 19],
  DeclPrice: ['申报单价', '19,4', 'unitPrice'],
  DutyMode: ['征免方式', 1, 'dutyMode'],
  Factor: ['申报计量单位与法定单位比例因子', '11,3'],
  GModel: ['商品规格、型号', 255, 'declarationElements'],
  GName: ['商品名称', 255, 'name'],
  GNo: ['商品序号', 19, 'sequence'],
  OriginCountry: ['原产国', 3, 'originCountry'],
  TradeCurr: ['成交币制', 3, 'currency'],
  DeclTotal: ['申报总价', '19,4', 'totalPrice'],
  GQty: ['成交数量', '19,5', 'quantity/value'],
  FirstQty: ['第一法定数量', '19,5', 'statutoryQuantity1/value'],
  SecondQty: ['第二法定数量', '19,5', 'statutoryQuantity2/value'],
  GUnit: ['成交计量单位', 3, 'quantity/unitCode'],
  FirstUnit: ['第一计量单位（法定单位）', 3, 'statutoryQuantity1/unitCode'],
  SecondUnit: ['第二计量单位', 3, 'statutoryQuantity2/unitCode'],
  UseTo: ['用途/生产厂家', 2],
  WorkUsd: ['工缴费', '19,4'],
  ExgNo: ['货号', 30],
  ExgVersion: ['版本号', 8],
  DestinationCountry: ['最终目的国（地区）', 3, 'destinationCountry'],
  CiqCode: ['监管类别名称', 20, 'supervisionCategory'],
  DeclGoodsEname: ['商品英文名称', 100, 'nameEn'],
  OrigPlaceCode: ['原产地区代码', 50, 'originRegion'],
  Purpose: ['用途代码', 4, 'purpose'],
  ProdValidDt: ['产品有效期', 20, 'expiryDate'],
  ProdQgp: ['产品保质期', 20, 'shelfLifeDays'],
  GoodsAttr: ['货物属性代码', 20, 'goodsAttributes'],
  Stuff: ['成份/原料/组份', 400],
  Uncode: ['UN编码', 20, 'dangerousGoods/undgId'],
  DangName: ['危险货物名称', 80, 'dangerousGoods/name'],
  DangPackType: ['危包类别', 4, 'dangerousGoods/packagingCategory'],
  DangPackSpec: ['危包规格', 24, 'dangerousGoods/packagingCode'],
  EngManEntCnm: ['境外生产企业名称', 100, 'producer/name'],
  NoDangFlag: ['非危险化学品', 1, 'notDangerous'],
  DestCode: ['目的地代码', 8, 'administrativeDivision'],
  GoodsSpec: ['检验检疫货物规格', 2000],
  GoodsModel: ['货物型号', 2000],
  GoodsBrand: ['货物品牌', 2000, 'brand'],
  ProduceDate: ['生产日期', 2000, 'productionDates'],
  ProdBatchNo: ['生产批号', 2000, 'productionBatchIds'],
  DistrictCode: ['境内目的地/境内货源地', 5, 'domesticDistrict'],
  CiqName: ['检验检疫名称', 50, 'retired'],
  MnufctrRegNo: ['生产单位注册号', 20, 'producer/registrationId'],
  MnufctrRegName: ['生产单位名称', 150, 'producer/name'],
  RcepOrigPlaceCode: ['优惠贸易协定项下原产地', 3, 'preferentialOrigin'],
  ControlExplainCode: ['禁限管制识别码', 4],
} as const satisfies Section

/** 产品资质（许可证） DecGoodsLimit */
const decGoodsLimit = {
  GoodsNo: ['商品序号', 9, ''],
  LicTypeCode: ['许可证类别代码', 5, 'typeCode'],
  LicenceNo: ['许可证编号', 40, 'id'],
  LicWrtofDetailNo: ['许可证核销明细序号', 4, 'writeOff/line'],
  LicWrtofQty: ['许可证核销数量', 20, 'writeOff/quantity/value'],
  LicWrtofQtyUnit: ['许可证核销数量单位', 3, 'writeOff/quantity/unitCode'],
} as const satisfies Section

/** 许可证VIN信息 DecGoodsLimitVin */
const decGoodsLimitVin = {
  LicenceNo: ['许可证编号', 40],
  LicTypeCode: ['许可证类别代码', 5],
  VinNo: ['VIN序号', 100],
  BillLadDate: ['提/运单日期', 8],
  QualityQgp: ['质量保质期', 100],
  MotorNo: ['发动机号或电机号', 100],
  VinCode: ['车辆识别代码（VIN）', 20],
  ChassisNo: ['底盘(车架)号', 10],
  InvoiceNum: ['发票所列数量', '19,5'],
  ProdCnnm: ['品名（中文名称）', 500],
  ProdEnnm: ['品名（英文名称）', 500],
  ModelEn: ['型号（英文）', 500],
  PricePerUnit: ['单价', 20],
  InvoiceNo: ['发票号', 30],
} as const satisfies Section

/** 随附单证 LicenseDocu */
const licenseDocu = {
  DocuCode: ['单证代码', 1, 'typeCode'],
  CertCode: ['单证编号', 32, 'id'],
} as const satisfies Section

/** 集装箱 Container */
const container = {
  ContainerId: ['集装箱号', 32, 'id'],
  ContainerMd: ['集装箱规格', 32, 'typeCode'],
  GoodsNo: ['商品项号', 255, 'goodsItemSequences'],
  LclFlag: ['拼箱标识', 1, 'lessThanContainerLoad'],
  GoodsContaWt: ['箱货重量', '19,5', 'goodsMassKg'],
  ContainerWt: ['自重', '18,5'],
} as const satisfies Section

/** 报关单签名 DecSign */
const decSign = {
  OperType: ['操作类型', 1, '/functionCode'],
  ICCode: ['操作员IC卡号', 13],
  CopCode: ['操作企业组织机构代码', 18],
  OperName: ['操作员姓名', 30],
  ClientSeqNo: ['客户端报关单编号', 36, '/functionalReferenceId'],
  Sign: ['数字签名信息', 200],
  SignDate: ['签名日期', 16, '/issueDateTime'],
  Certificate: ['操作员卡的证书号', 20],
  HostId: ['客户端邮箱的HostId', 10, 'retired'],
  BillSeqNo: ['对应清单统一编号', 18],
  DomainId: ['签名人分类', 1],
  Note: ['备注', 100],
} as const satisfies Section

/** 报关单自由文本 DecFreeTxt */
const decFreeTxt = {
  RelId: ['关联报关单号', 18, '/goodsShipment/previousDocuments'],
  RelManNo: ['关联备案号', 12, '/goodsShipment/previousDocuments'],
  BonNo: ['监管仓号', 32, '/goodsShipment/consignment/warehouseId'],
  VoyNo: ['航次号', 32, 'leg:voyageNumber'],
  DecBpNo: ['报关员联系方式', 32],
  CusFie: ['货场代码', 8],
  DecNo: ['申报人员证号', 13, '/declarant/id'],
} as const satisfies Section

/** 申请单证 DecRequestCert */
const decRequestCert = {
  AppCertCode: ['申请单证代码', 50],
  ApplOri: ['申请单证正本数', 50],
  ApplCopyQuan: ['申请单证副本数', 50],
} as const satisfies Section

/** 其他包装 DecOtherPack */
const decOtherPack = {
  PackQty: ['包装件数', '19,5'],
  PackType: ['包装材料种类', 2],
} as const satisfies Section

/** 企业资质 DecCopLimit */
const decCopLimit = {
  EntQualifNo: ['企业资质编号', 40],
  EntQualifTypeCode: ['企业资质类别代码', 5],
} as const satisfies Section

/** 使用人 DecUser */
const decUser = {
  UseOrgPersonCode: ['使用单位联系人', 20],
  UseOrgPersonTel: ['使用单位联系电话', 20],
} as const satisfies Section

/** 电子随附单据关联关系 (sic) EdocRealation */
const edocRealation = {
  EdocID: ['文件名、随附单据编号', 64, 'id'],
  EdocCode: ['随附单证类别', 8, 'typeCode'],
  EdocFomatType: ['随附单据格式类型', 2, 'structured'],
  OpNote: ['操作说明（重传原因）', 255],
  EdocCopId: ['随附单据文件企业名', 64],
  EdocOwnerCode: ['所属单位海关编号', 10],
  SignUnit: ['签名单位代码', 10],
  SignTime: ['签名时间', 17],
  EdocOwnerName: ['所属单位名称', 100],
  EdocSize: ['随附单据文件大小', 12],
  GNoStr: ['商品项号关系', 150],
} as const satisfies Section

/** 随附单证对应关系 EcoRelation */
const ecoRelation = {
  CertType: ['单证代码', 3],
  DecGNo: ['报关单商品项号', 9],
  EcoCertNo: ['单证编号', 64],
  EcoGNo: ['对应随附单证商品项号', 9],
  ExtendFiled: ['扩展字段', 255],
} as const satisfies Section

/** 企业承诺 DecCopPromise */
const decCopPromise = {
  DeclaratioMaterialCode: ['证明/声明材料代码', 10],
} as const satisfies Section

/** The sections by the name that customs' own error list and this adapter's pointers use. */
export const sections = {
  DecHead: decHead,
  DecList: decList,
  DecGoodsLimit: decGoodsLimit,
  DecGoodsLimitVin: decGoodsLimitVin,
  LicenseDocu: licenseDocu,
  Container: container,
  DecSign: decSign,
  DecFreeTxt: decFreeTxt,
  DecRequestCert: decRequestCert,
  DecOtherPack: decOtherPack,
  DecCopLimit: decCopLimit,
  DecUser: decUser,
  EdocRealation: edocRealation,
  EcoRelation: ecoRelation,
  DecCopPromise: decCopPromise,
} as const satisfies { readonly [name: string]: Section }
export type SectionName = keyof typeof sections

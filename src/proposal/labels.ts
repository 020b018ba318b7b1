import { fold, partsOf, spellings } from './words/fold.ts'

/**
 * Labels 标签 of invoices, packing lists, bookings and contracts in both languages, by what they name. Compiled from public glossaries and
 * templates (reader8.com/exam/20110609/760263, m.777doc.com/doc-1843783, 360docs.net/doc/7314069897, the ITA's commercial invoice form):
 * usage of the trade, no rule of anybody's. `-` names what a declaration has no room for: known, so that nothing else is taken for it.
 */
const labels = {
  invoiceNumber:
    'invoice no | invoice number | inv no | inv number | invoice nr | commercial invoice no | ci no | 发票号 | 发票号码 | 发票编号 | 发票No',
  invoiceDate: 'invoice date | inv date | date of invoice | date | dated | issue date | 发票日期 | 开票日期 | 日期',
  contractNumber:
    'contract no | contract number | s c no | sc no | sales contract no | sales confirmation no | s c number | contract | po no | p o no | order no | purchase order no | 合同号 | 合同号码 | 合同编号 | 销售合同号 | 协议号 | 订单号',
  seller:
    'seller | sellers | the seller | exporter | shipper | consignor | seller exporter | exporter seller | shipper exporter | exporter shipper | seller shipper | supplier | shipper name | seller name | exporter name | 卖方 | 卖方名称 | 发货人 | 出口商 | 出口方 | 出口企业 | 境内发货人 | 境外发货人 | 发货人名称 | 供应商 | 卖方发货人 | 卖方出口商 | 托运人',
  buyer:
    'buyer | buyers | the buyer | importer | to | messrs | to messrs | sold to | bill to | invoice to | customer | buyer importer | buyer name | 买方 | 买方名称 | 进口商 | 进口方 | 客户 | 致 | 抬头 | 受票方',
  consignee:
    'consignee | ship to | deliver to | consigned to | consignee name | buyer consignee | consignee buyer | 收货人 | 收货方 | 收货人名称 | 境外收货人 | 境内收货人 | 买方收货人',
  sellerId:
    'seller uscc | exporter uscc | unified social credit code | uscc | seller tax id | exporter tax id | 统一社会信用代码 | 信用代码 | 社会信用代码 | 发货人统一社会信用代码 | 发货人信用代码 | 卖方信用代码 | 收货人统一社会信用代码 | 收发货人信用代码',
  sellerRegistration:
    'customs registration no | customs registration number | customs code | 海关注册编码 | 海关编码企业 | 海关备案编码 | 海关注册登记编码 | 企业海关编码 | 海关十位编码',
  sellerAddress: 'seller address | exporter address | shipper address | 卖方地址 | 发货人地址',
  buyerAddress: 'buyer address | consignee address | 买方地址 | 收货人地址',
  terms:
    'incoterms | incoterm | trade terms | trade term | terms of trade | price terms | price term | delivery terms | terms of delivery | terms of sale | delivery term | 成交方式 | 贸易术语 | 价格条款 | 贸易条款 | 交货条件 | 成交条件',
  currency: 'currency | currency of sale | currency of settlement | invoice currency | 币制 | 币种 | 货币 | 结算币种',
  origin:
    'country of origin | origin | country of manufacture | made in | origin country | 原产国 | 原产地 | 原产国地区 | 产地',
  destinationCountry:
    'country of destination | destination country | country of final destination | country of ultimate destination | 目的国 | 最终目的国 | 运抵国 | 目的国地区 | 运抵国地区',
  exportCountry: 'country of export | country of departure | country of dispatch | 启运国 | 启运国地区 | 出口国',
  tradeCountry: 'trade country | trading country | 贸易国 | 贸易国别 | 贸易国别地区 | 贸易国地区',
  loading:
    'port of loading | pol | loading port | port of shipment | port of departure | airport of departure | place of loading | port of lading | from | shipped from | 装货港 | 装运港 | 启运港 | 起运港 | 装船港 | 起运地 | 装运口岸 | 发运地 | 始发站',
  discharge:
    'port of discharge | pod | discharge port | port of destination | port of unloading | destination port | airport of destination | destination | final destination | place of delivery | to port | shipped to | 卸货港 | 目的港 | 指运港 | 目的地 | 到货口岸 | 到站 | 交货地 | 最终目的地',
  receipt: 'place of receipt | place of taking in charge | por | 收货地 | 接货地',
  route:
    'transport details | shipment | shipment route | route | transport route | shipping route | 运输路线 | 运输路线与方式 | 运输详情',
  mode: 'mode of transport | transport mode | means of transport | mode of shipment | shipped by | shipment mode | by | transportation | 运输方式 | 运输工具方式 | 运输',
  vessel:
    'vessel | vessel name | ocean vessel | ship name | name of vessel | carrying vessel | flight | flight no | train no | 船名 | 船舶名称 | 运输工具名称 | 运输工具 | 航班号 | 车次 | 班列号',
  voyage: 'voyage | voyage no | voy no | voy | voyage number | 航次 | 航次号',
  vesselVoyage:
    'vessel voyage | vessel and voyage | vessel voy | vessel voyage no | vessel voy no | ocean vessel voy no | vessel name voyage no | 船名航次 | 船名及航次 | 运输工具及航次 | 船名船次 | 运输工具名称及航次号',
  preCarriage:
    'pre carriage | pre carriage by | precarriage by | feeder | barge | feeder vessel | barge name | 前程运输 | 驳船 | 驳船名 | 内支线 | 江船',
  billOfLading:
    'b l no | bl no | bill of lading no | bill of lading number | b l number | bill of lading | awb no | air waybill no | hawb no | mawb no | waybill no | booking no | so no | rail waybill no | 提单号 | 提运单号 | 提单号码 | 运单号 | 主单号 | 分单号 | 订舱号',
  container:
    'container no | container number | container nos | container | cntr no | ctnr no | containers | 集装箱号 | 箱号 | 柜号 | 集装箱号码',
  seal: 'seal no | seal number | seal nos | seal | seals | 封号 | 封志号 | 铅封号 | 封条号',
  containerSeal:
    'container seal no | container and seal no | container no seal no | cntr no seal no | container seal | 箱号封号 | 柜号封号 | 集装箱号封号 | 箱封号',
  containerType:
    'container type | container size | size type | container size type | 箱型 | 柜型 | 集装箱规格 | 箱型箱量',
  packages:
    'total packages | total package | number of packages | no of packages | total cartons | total ctns | total number of packages | total no of packages | total pallets | total pkgs | packages | 总件数 | 件数 | 总箱数 | 包装件数 | 合计件数 | 总包装件数',
  packing:
    'packing | package type | kind of packages | packaging | type of packing | kind of package | 包装 | 包装种类 | 包装方式 | 包装类型',
  gross:
    'total gross weight | gross weight | total g w | g w | gw | total gw | tot gross weight | total gross weight kg | total gross | gross mass | 总毛重 | 毛重 | 毛重合计 | 合计毛重',
  net: 'total net weight | net weight | total n w | n w | nw | total nw | tot net weight | total net | net mass | 总净重 | 净重 | 净重合计 | 合计净重',
  marks:
    'shipping marks | shipping mark | marks | marks and numbers | marks and nos | mark and no | marks and no | marks no | 唛头 | 标记唛码 | 唛头及号码 | 运输标志 | 标记',
  freight:
    'freight | freight cost | freight costs | freight charge | freight charges | ocean freight | 运费 | 海运费 | 国际运费',
  insurance:
    'insurance | insurance cost | insurance costs | insurance premium | insurance charge | premium | 保费 | 保险费',
  otherCharge: 'other charges | misc charges | other charge | 杂费 | 其他费用',
  supervisionMode:
    'supervision mode | trade mode | customs supervision mode | nature of trade | 监管方式 | 贸易方式 | 贸易性质',
  levyNature: 'nature of levy | levy nature | 征免性质',
  amount:
    'total amount | total value | invoice total | grand total | total invoice value | total invoice amount | amount total | 总金额 | 总值 | 合计金额 | 发票总金额 | 总价合计',
  departure:
    'etd | sailing date | date of shipment | shipment date | date of departure | on board date | departure date | 开航日期 | 启运日期 | 装运日期 | 发运日期 | 预计开航日',
  arrival: 'eta | date of arrival | arrival date | 到港日期 | 抵港日期 | 预计到港日',
  declarationOffice: 'customs office of declaration | declaration customs | 申报地海关 | 申报海关 | 报关海关',
  exitOffice:
    'customs office of exit | customs office of entry | exit customs | entry customs | 出境关别 | 进境关别 | 进出境关别 | 出口口岸 | 进口口岸',
  goodsLocation: 'location of goods | goods location | 货物存放地点 | 存放地点',
  domesticSource: 'domestic source | source of goods | 境内货源地',
  carrier: 'carrier | shipping line | shipping company | exporting carrier | 承运人 | 船公司',
  ownNumber: 'reference no | our ref | our reference | lrn | reference | ref no | 企业内部编号 | 自编号 | 内部编号',
  '-':
    'notify | notify party | notify address | payment | payment terms | terms of payment | term of payment | l c no | lc no | l c date | bank | beneficiary bank | account no | swift | tel | telephone | phone | fax | email | e mail | contact | attn | attention | add | address | remarks | remark | note | notes | signature | say total | say | page | valid until | issued by | issue by | ' +
    '通知人 | 通知方 | 付款方式 | 支付方式 | 付款条件 | 信用证号 | 开户行 | 账号 | 电话 | 传真 | 邮箱 | 联系人 | 地址 | 备注 | 签字 | 签章 | 大写 | 金额大写 | 页码 | 总体积 | volume | total volume | total cbm | measurement | total measurement | 体积 | quantity | total quantity | total qty | 总数量 | tax | vat | discount | 折扣',
} as const
export type Label = Exclude<keyof typeof labels, '-'>
const known = spellings<keyof typeof labels>(labels)

/** A label or header without the number of its box: `4. 发票号`. */
export const withoutNumber = (text: string): string => text.replace(/^\s*[(（]?\d{1,2}\s*[.、)）．]\s*/, '')

/** What a text is a label of; `-` for a label of something else, undefined when it is none. */
export function labelOf(text: string): keyof typeof labels | undefined {
  if (text.length > 60) return undefined
  const folded = fold(withoutNumber(text))
  if (folded === '') return undefined
  const whole = known.get(folded)
  if (whole !== undefined) return whole
  const { han, latin } = partsOf(folded)
  if (han === '' || latin === '') return undefined
  const [zh, en] = [known.get(han), known.get(latin)]
  // Both halves may be known: then they must agree, or one of them be more general than the other.
  if (zh !== undefined && en !== undefined) return zh === en ? zh : zh === '-' ? en : zh
  return zh ?? en
}

import { Big } from 'big.js'
import { alpha3Of } from '../../../schemas/codes/concordance.ts'
import type { Declaration } from '../../../schemas/declaration/index.ts'
import type { Duties } from '../../../schemas/duties.ts'
import type { XmlNode } from '../../xml.ts'
import type { Elements } from '../encode-head.ts'
import { filled } from '../encode-items.ts'
import type { Particulars } from '../particulars.ts'
import type { GoodsLine } from '../sections.ts'
import { assess, claimedFor } from './assess.ts'
import { isSelfDeclared } from './duties.ts'
import { ratesOf } from './rates.ts'
import { tables } from './tables.ts'

/**
 * Self-declared tax 报税单 SddTax of a self-declared import: its head, the rates item by item, and each tax of each item. Undefined
 * where nobody declares tax or it cannot be computed: customs then computes alone. @param date when it is signed, yyyyMMdd and more
 */
export function sddTax(
  declaration: Declaration,
  particulars: Particulars,
  head: Elements,
  lines: readonly GoodsLine[],
  date: string,
): XmlNode | undefined {
  if (!isSelfDeclared(declaration, particulars)) return undefined
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
  const due = assess(declaration, particulars, day)
  if (due.incomplete === true) return undefined
  const details = leviedOf(due)
  return {
    SddTaxHead: filled(sddTaxHead(declaration, head, day)), // 报税单表头
    SddTaxLists: { SddTaxList: lines.map((line) => filled(sddTaxList(line, particulars, day))) }, // 表体
    SddTaxDetails: details.length === 0 ? '' : { SddTaxDetail: details.map(filled) }, // 税费计征结果
  }
}

/** What the declarant states 法律责任. */
const statement = '本企业对自报税款的真实性、准确性承担法律责任'

const sddTaxHead = ({ goodsShipment }: Declaration, head: Elements, day: string): Elements => ({
  FileName: undefined, // 文件名称
  SeqNo: head['SeqNo'], // 数据中心统一编号
  IEFlag: head['IEFlag'], // 进出口标志
  DeclPort: head['CustomMaster'], // 申报口岸
  DDate: day, // 预计申报日期
  TradeCo: head['TradeCode'], // 境内收发货人编号
  TradeName: head['TradeName'], // 境内收发货人名称
  InRatio: undefined, // 内销比率
  TradeMode: head['TradeMode'], // 监管方式
  CutMode: head['CutMode'], // 征免性质分类
  TransMode: head['TransMode'], // 成交方式
  FeeMark: head['FeeMark'], // 运费标记
  FeeCurr: head['FeeCurr'], // 运费币制
  FeeRate: head['FeeRate'], // 运费／率
  InsurMark: head['InsurMark'], // 保险费标记
  InsurCurr: head['InsurCurr'], // 保险费币制
  InsurRate: head['InsurRate'], // 保险费／率
  OtherMark: head['OtherMark'], // 杂费标记
  OtherCurr: head['OtherCurr'], // 杂费币制
  OtherRate: head['OtherRate'], // 杂费／率
  ManualNo: head['ManualNo'], // 备案号
  TradeCoScc: head['TradeCoScc'], // 境内收发货人统一代码
  GrossWt: goodsShipment.totalGrossMassKg, // 毛重
  NoteS: undefined, // 备注
  LegalLiability: statement, // 法律责任
  Sign: undefined, // 数字签名信息
  MessId: undefined, // 签名消息号
  CertSeqNo: undefined, // 签名证书号
  Status: undefined, // 状态
})

const inPercent = (rate: Big | undefined): string | undefined => rate?.times(100).toFixed()

function sddTaxList({ placed: { item }, list }: GoodsLine, particulars: Particulars, day: string): Elements {
  const claimed = claimedFor(item, particulars)
  const found = ratesOf(item, claimed, day, tables)
  const rates = 'unsaid' in found ? undefined : found
  return {
    GNo: list['GNo'], // 商品序号
    CodeTs: list['CodeTS'], // 商品编号
    GName: list['GName'], // 商品名称
    OriginCountry: alpha3Of(item.originCountry), // 产销国
    AgreementId: claimed[0], // 协定编号
    Qty1: list['FirstQty'], // 第一数量
    Unit1: list['FirstUnit'], // 第一计量单位
    Qty2: list['SecondQty'], // 第二数量
    Unit2: list['SecondUnit'], // 第二计量单位
    TradeCurr: list['TradeCurr'], // 成交币制
    DeclPrice: list['DeclPrice'], // 申报单价
    DeclTotal: list['DeclTotal'], // 申报总价
    DutyMode: list['DutyMode'], // 征减免税方式
    Antidumping: undefined, // 反倾销涉案
    Antisubsidy: undefined, // 反补贴涉案
    DutyValue: undefined, // 特案完税价格
    DutyRate: inPercent(rates && rates.duty.value.plus(rates.surcharge?.value ?? 0)), // 关税从价税率
    QtyDutyRate: rates?.dutyPerKilogram?.value.toFixed(), // 关税从量税率
    RegRate: inPercent(rates?.consumption.value), // 消费税从价税率
    QtyRegRate: rates?.consumptionPerKilogram?.value.toFixed(), // 消费税从量税率
    TaxRate: inPercent(rates?.vat.value), // 增值税率
    AntidumpingRate: undefined, // 反倾销税率
    AntisubsidyRate: undefined, // 反补贴税率
    TrashfundRate: undefined, // 废弃基金税率
  }
}

/** Each tax of each item that is levied. */
function leviedOf({ lines, totals }: Duties): Elements[] {
  const waived = new Set(totals.flatMap(({ kind, waived }) => (waived === undefined ? [] : [kind])))
  return lines
    .filter(({ kind, amount }) => !waived.has(kind) && new Big(amount).gt(0))
    .map(({ item, typeCode, amount }) => ({
      GNo: String(item), // 商品序号
      TaxType: typeCode, // 税种
      RealTax: amount, // 金额
    }))
}

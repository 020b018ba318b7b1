import { Big } from 'big.js'
import type { Item } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { toShanghai } from '../instants.ts'
import { writeJson } from '../json.ts'
import { requiredReference } from '../references.ts'
import { claimedItems, exportDay, extraOf, fobUsdOf, legalUnitName, refundOf, taxOf, toFen } from './claim.ts'
import { headOf, jsonTo } from './message.ts'
import type { RefundParticulars } from './particulars.ts'

type Claim = Submission<RefundParticulars>

/** Writes the refund claim 免退税申报表 of a trading company, with its export and purchase details. */
export function encodeRefund(submission: Claim): WireMessage {
  const { declaration, particulars } = submission
  const items = claimedItems(declaration, particulars)
  const numbers = claimNumbers(submission)
  const exports = items.map((item, at) => exportRow(submission, numbers, item, at))
  const purchases = purchaseRows(submission, numbers, items)
  const requested = purchases.reduce((sum, { tse }) => sum.plus(tse), new Big(0))
  return jsonTo(
    '/refunds',
    writeJson({
      ...headOf(submission, declaration.goodsShipment.exporter),
      sbb: {
        ssq: numbers.period, // 所属期
        sbpc: particulars.batch, // 批次
        sqtse: requested.toFixed(2), // 申请退税额
        ckmxhs: String(exports.length), // 出口明细行数
        jhmxhs: String(purchases.length), // 进货明细行数
      },
      ckmx: exports,
      jhmx: purchases,
      shqk: particulars.collections.map((collection) => ({
        ckbgdh: numbers.exportNumber(collection.item), // 报关单号
        shrq: collection.date, // 收汇日期
        shpzh: collection.voucher, // 收汇凭证号
        shbz: collection.currency, // 收汇币种
        shje: new Big(collection.amount).toFixed(2), // 收汇金额
        yhywbh: collection.bankReference, // 银行业务编号
        fhr: collection.payer, // 付汇人
      })),
    }),
  )
}

interface ClaimNumbers {
  readonly period: string
  readonly exportDate: string
  /** Customs' 18 digits, `0` and the item in two digits: 21. */
  exportNumber(item: number): string
  /** 关联号 of an item: period, batch, six digits of our serial and two of the item: 17. */
  link(item: number): string
}

const twoDigits = (item: number): string => String(item).padStart(2, '0')

function claimNumbers(submission: Claim): ClaimNumbers {
  const { declaration, particulars, serial } = submission
  const entryNumber = requiredReference(submission, 'customs', 'entry-number')
  const planned = exportDay(declaration, particulars) ?? ''
  // A claim follows 结关: by then the goods have left, whatever departure was planned when they were declared.
  const claimDay = toShanghai(submission.instant).slice(0, 10)
  const exportDate = planned < claimDay ? planned : claimDay
  const period = particulars.period ?? exportDate.slice(0, 7).replace('-', '')
  const ours = String(serial % 1_000_000).padStart(6, '0')
  return {
    period,
    exportDate,
    exportNumber: (item) => `${entryNumber}0${twoDigits(item)}`,
    link: (item) => `${period}${particulars.batch}${ours}${twoDigits(item)}`,
  }
}

/** One line of the export details 出口明细. */
function exportRow({ declaration, particulars }: Claim, numbers: ClaimNumbers, item: Item, at: number) {
  const extra = extraOf(particulars, item.sequence)
  const fobUsd = new Big(fobUsdOf(declaration, particulars, item) ?? 0)
  return {
    sbxh: String(at + 1), // 序号
    glh: numbers.link(item.sequence), // 关联号
    ckfph: declaration.goodsShipment.invoice?.id, // 出口发票号
    ckbgdh: numbers.exportNumber(item.sequence), // 报关单号
    dlzmh: extra?.agencyCertificate, // 代理证明号
    ckrq: numbers.exportDate, // 出口日期
    cksp_dm: item.hsCode, // 商品代码
    sbhgspmc: extra?.name ?? item.name, // 商品名称
    hgjldwmc: legalUnitName(item), // 计量单位
    cksl: item.statutoryQuantity1.value, // 出口数量
    mylaj: fobUsd.toFixed(2), // 美元离岸价
    rmblaj: toFen(fobUsd.times(particulars.cnyPerUsd ?? 0)), // 人民币离岸价
    sbspdm: extra?.claimedCode, // 申报商品代码
    cktmsywlxdmjh: extra?.businessType, // 退（免）税业务类型
    bz: extra?.remarks, // 备注
  }
}

/** The purchase details 进货明细, item by item in the order of the declaration. */
function purchaseRows({ particulars }: Claim, numbers: ClaimNumbers, items: readonly Item[]) {
  return items
    .flatMap((item) =>
      particulars.invoices.filter((invoice) => invoice.item === item.sequence).map((invoice) => ({ item, invoice })),
    )
    .map(({ item, invoice }, at) => ({
      sbxh: String(at + 1), // 序号
      glh: numbers.link(item.sequence), // 关联号
      sz: invoice.taxKind, // 税种
      jhpzh: invoice.number, // 进货凭证号
      ghfnsrsbh: invoice.supplierTaxId, // 供货方纳税人识别号
      kprq: invoice.issueDate, // 开票日期
      cksp_dm: item.hsCode, // 商品代码
      spmc: invoice.goodsName ?? item.name, // 商品名称
      jldwmc: invoice.unitName ?? legalUnitName(item), // 计量单位
      sl: invoice.quantity, // 数量
      jsje: new Big(invoice.amount).toFixed(2), // 计税金额
      zssl: invoice.taxRate, // 征税率
      zsse: new Big(taxOf(invoice)).toFixed(2), // 征税额
      tsl: invoice.refundRate, // 退税率
      tse: new Big(refundOf(invoice)).toFixed(2), // 可退税额
      bz: invoice.remarks, // 备注
    }))
}

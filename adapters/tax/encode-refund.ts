import { Big } from 'big.js'
import type { Covered, Submission, WireMessage } from '../adapter.ts'
import { toShanghai } from '../instants.ts'
import { writeJson } from '../json.ts'
import { requiredReference } from '../references.ts'
import {
  type Claimed,
  claimedItems,
  cnyPerUsdOf,
  exportDay,
  extraOf,
  fobUsdOf,
  isAbout,
  legalUnitName,
  linksOf,
  quantityOf,
  refundOf,
  taxOf,
  toFen,
} from './claim.ts'
import { headOf, jsonTo } from './message.ts'
import type { PurchaseInvoice, RefundParticulars } from './particulars.ts'

type Claim = Submission<RefundParticulars>

/** Writes the refund claim 免退税申报表 of a trading company, with its export and purchase details. */
export const encodeRefund = (submission: Claim): WireMessage =>
  jsonTo(
    '/refunds',
    writeJson({ ...headOf(submission, submission.declaration.goodsShipment.exporter), ...claimContent(submission) }),
  )

/** What is claimed 申报表及明细: of one declaration or of several. */
export function claimContent(submission: Claim) {
  const { declaration, particulars } = submission
  const items = claimedItems(declaration, particulars, submission)
  const numbers = claimNumbers(submission, items)
  const exports = items.map((claimed, at) => exportRow(submission, numbers, claimed, at))
  const purchases = linksOf(items, particulars)
    .flatMap((link) => link.items)
    .flatMap((claimed) =>
      particulars.invoices.filter((invoice) => isAbout(invoice, claimed)).map((invoice) => ({ claimed, invoice })),
    )
    .map(({ claimed, invoice }, at) => purchaseRow(numbers, claimed, invoice, at))
  const requested = purchases.reduce((sum, { tse }) => sum.plus(tse), new Big(0))
  return {
    sbb: {
      ssq: numbers.period, // 所属期
      sbpc: particulars.batch, // 批次
      sqtse: requested.toFixed(2), // 申请退税额
      ckmxhs: String(exports.length), // 出口明细行数
      jhmxhs: String(purchases.length), // 进货明细行数
    },
    ckmx: exports,
    jhmx: purchases,
    shqk: items.flatMap((claimed) =>
      particulars.collections
        .filter((collection) => isAbout(collection, claimed))
        .map((collection) => ({
          ckbgdh: numbers.exportNumber(claimed), // 报关单号
          shrq: collection.date, // 收汇日期
          shpzh: collection.voucher, // 收汇凭证号
          shbz: collection.currency, // 收汇币种
          shje: new Big(collection.amount).toFixed(2), // 收汇金额
          yhywbh: collection.bankReference, // 银行业务编号
          fhr: collection.payer, // 付汇人
        })),
    ),
  }
}

interface ClaimNumbers {
  readonly period: string
  exportDate(claimed: Claimed): string
  /** Customs' 18 digits, `0` and the item in two digits: 21. */
  exportNumber(claimed: Claimed): string
  /** 关联号 of an item: period, batch, five digits of our serial and three of its link: 17. */
  link(claimed: Claimed): string
}

function claimNumbers(submission: Claim, items: readonly Claimed[]): ClaimNumbers {
  const { declaration, particulars, serial, others = [] } = submission
  const known: readonly Pick<Covered, 'declaration' | 'references'>[] = [submission, ...others]
  const entryNumbers = new Map(
    known.map((one) => [one.declaration, requiredReference(one, 'customs', 'entry-number')] as const),
  )
  const links = linksOf(items, particulars)
  // A claim follows 结关: by then the goods have left, whatever departure was planned when they were declared.
  const claimDay = toShanghai(submission.instant).slice(0, 10)
  const dateOf = (day: string | undefined) => (day !== undefined && day < claimDay ? day : claimDay)
  const period = particulars.period ?? dateOf(exportDay(declaration, particulars)).slice(0, 7).replace('-', '')
  const ours = String(serial % 100_000).padStart(5, '0')
  return {
    period,
    exportDate: ({ declaration: one, isOwn }) => dateOf(exportDay(one, particulars, isOwn)),
    exportNumber: ({ declaration: one, item }) =>
      `${entryNumbers.get(one) ?? ''}0${String(item.sequence).padStart(2, '0')}`,
    link: (claimed) => {
      const at = links.findIndex((link) => link.items.includes(claimed))
      return `${period}${particulars.batch}${ours}${String(at + 1).padStart(3, '0')}`
    },
  }
}

/** One line of the export details 出口明细. */
function exportRow({ particulars }: Claim, numbers: ClaimNumbers, claimed: Claimed, at: number) {
  const { declaration, item } = claimed
  const extra = extraOf(particulars, claimed)
  const quantity = quantityOf(particulars, claimed)
  const fobUsd = new Big(fobUsdOf(particulars, claimed) ?? 0)
  const all = item.statutoryQuantity1.value
  return {
    sbxh: String(at + 1), // 序号
    glh: numbers.link(claimed), // 关联号
    ckfph: declaration.goodsShipment.invoice?.id, // 出口发票号
    ckbgdh: numbers.exportNumber(claimed), // 报关单号
    dlzmh: extra?.agencyCertificate, // 代理证明号
    ckrq: numbers.exportDate(claimed), // 出口日期
    cksp_dm: item.hsCode, // 商品代码
    sbhgspmc: extra?.name ?? item.name, // 商品名称
    hgjldwmc: legalUnitName(item), // 计量单位
    cksl: quantity, // 出口数量
    dzxxsl: new Big(quantity).eq(all) ? undefined : all, // 电子信息报关数量
    mylaj: fobUsd.toFixed(2), // 美元离岸价
    rmblaj: toFen(fobUsd.times(cnyPerUsdOf(particulars, claimed) ?? 0)), // 人民币离岸价
    sbspdm: extra?.claimedCode, // 申报商品代码
    cktmsywlxdmjh: extra?.businessType, // 退（免）税业务类型
    bz: extra?.remarks, // 备注
  }
}

/** One line of the purchase details 进货明细. */
const purchaseRow = (numbers: ClaimNumbers, claimed: Claimed, invoice: PurchaseInvoice, at: number) => ({
  sbxh: String(at + 1), // 序号
  glh: numbers.link(claimed), // 关联号
  sz: invoice.taxKind, // 税种
  jhpzh: invoice.number, // 进货凭证号
  ghfnsrsbh: invoice.supplierTaxId, // 供货方纳税人识别号
  kprq: invoice.issueDate, // 开票日期
  cksp_dm: claimed.item.hsCode, // 商品代码
  spmc: invoice.goodsName ?? claimed.item.name, // 商品名称
  jldwmc: invoice.unitName ?? legalUnitName(claimed.item), // 计量单位
  sl: invoice.quantity, // 数量
  jsje: new Big(invoice.amount).toFixed(2), // 计税金额
  fpje: invoice.invoiceAmount === undefined ? undefined : new Big(invoice.invoiceAmount).toFixed(2), // 发票金额
  zssl: invoice.taxRate, // 征税率
  zsse: new Big(taxOf(invoice)).toFixed(2), // 征税额
  tsl: invoice.refundRate, // 退税率
  tse: new Big(refundOf(invoice)).toFixed(2), // 可退税额
  bz: invoice.remarks, // 备注
})

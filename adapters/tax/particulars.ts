import * as z from 'zod'
import { currency, day, decimal, field, line } from '../../schemas/formats.ts'

const month = z.string().regex(/^\d{4}(0[1-9]|1[0-2])$/)
const amount = decimal(2)
const rate = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/)
const itemNumber = field(z.int().min(1).max(50), {
  zh: '商品序号',
  description: 'the item of the declaration, by its sequence',
})
/** Which declaration a row is about, where one claim covers several. */
const ofDeclaration = field(line(36), {
  zh: '所属申报单',
  description: 'functionalReferenceId of a further declaration that this claim covers; its own when absent',
}).optional()

/** A purchase 进货: one line of a VAT invoice, or of a consumption tax payment, that an exported item was bought with. */
const invoice = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  taxKind: field(z.enum(['V', 'C']), {
    zh: '税种',
    description: 'V value added tax, C consumption tax; V when absent',
  }).default('V'),
  number: field(z.string().regex(/^[0-9A-Z-]{1,64}$/), {
    zh: '进货凭证号',
    description: 'VAT invoice: 20 digits (数电发票), or 18 (10-digit code and 8-digit number)',
  }),
  supplierTaxId: field(z.string().regex(/^[0-9A-Z]{15,20}$/), { zh: '供货方纳税人识别号' }),
  issueDate: field(day, { zh: '开票日期' }),
  goodsName: field(line(200), { zh: '商品名称', description: "the item's name when absent" }).optional(),
  unitName: field(line(20), {
    zh: '计量单位',
    description: "the first legal unit of the item's HS code when absent",
  }).optional(),
  quantity: field(decimal(6), { zh: '数量', description: 'in the first legal unit' }),
  amount: field(amount, { zh: '计税金额', description: 'net of tax, in CNY' }),
  invoiceAmount: field(amount, {
    zh: '发票金额',
    description: 'of the whole invoice, net of tax, when only a part of it is claimed here',
  }).optional(),
  taxRate: field(rate, { zh: '征税率', description: 'fraction of one: 0.13' }),
  tax: field(amount, { zh: '征税额', description: 'amount × tax rate when absent' }).optional(),
  refundRate: field(rate, { zh: '退税率', description: 'of the rate library on the date of export' }),
  refund: field(amount, { zh: '可退税额', description: 'amount × refund rate when absent' }).optional(),
  remarks: field(line(200), { zh: '备注' }).optional(),
})
export type PurchaseInvoice = z.infer<typeof invoice>

/** What the claim says of an exported item beyond the declaration. */
const exported = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  quantity: field(decimal(6), {
    zh: '本次申报数量',
    description: 'in the first legal unit, when only a part of the item is claimed here; all of it when absent',
  }).optional(),
  link: field(z.int().min(1).max(999), {
    zh: '关联组',
    description: 'items of the same number share one 关联号: their purchases stand behind all of them',
  }).optional(),
  fobUsd: field(amount, {
    zh: '美元离岸价',
    description: 'of the quantity claimed; needed where terms, charges or currency do not tell it',
  }).optional(),
  name: field(line(200), { zh: '商品名称', description: "the item's name when absent" }).optional(),
  claimedCode: field(z.string().regex(/^\d{10}$/), {
    zh: '申报商品代码',
    description: 'when it differs from the HS code at customs',
  }).optional(),
  businessType: field(line(20), { zh: '退（免）税业务类型' }).optional(),
  agencyCertificate: field(line(20), { zh: '代理证明号' }).optional(),
  remarks: field(line(200), { zh: '备注' }).optional(),
})

/** Foreign exchange collected for an exported item 收汇. */
const collection = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  date: field(day, { zh: '收汇日期' }),
  voucher: field(line(64), { zh: '收汇凭证号' }),
  currency: field(currency, { zh: '收汇币种' }),
  amount: field(amount, { zh: '收汇金额' }),
  bankReference: field(line(22), { zh: '银行业务编号' }).optional(),
  payer: field(line(128), { zh: '付汇人' }),
})

/** What a batch claim says of a further declaration it covers. */
const covered = z.strictObject({
  declaration: field(line(36), { zh: '申报单', description: 'its functionalReferenceId' }),
  items: field(z.array(itemNumber).min(1).max(50), {
    zh: '申报退税的商品',
    description: 'those of its items that are claimed; all when absent',
  }).optional(),
  exportDate: field(day, {
    zh: '出口日期',
    description: 'the departure of its international leg when absent',
  }).optional(),
  cnyPerUsd: field(decimal(6), { zh: '美元汇率', description: "the claim's when absent" }).optional(),
})

/** What only the refund claim 免退税申报 asks for. */
export const refundParticulars = z.strictObject({
  period: field(month, { zh: '所属期', description: 'yyyyMM; the month of export when absent' }).optional(),
  batch: field(z.string().regex(/^\d{3}$/), { zh: '批次', description: '001 when absent' }).default('001'),
  items: field(z.array(itemNumber).min(1).max(50), {
    zh: '申报退税的商品',
    description: 'the items this claim is about; all when absent',
  }).optional(),
  exportDate: field(day, {
    zh: '出口日期',
    description: 'the departure of the international leg when absent',
  }).optional(),
  cnyPerUsd: field(decimal(6), {
    zh: '美元汇率',
    description: 'CNY for one USD on the first working day of the month of export',
  }).optional(),
  covered: field(z.array(covered).max(998), { zh: '合并申报的其他申报单' }).default([]),
  exported: field(z.array(exported).max(999), { zh: '出口明细补充' }).default([]),
  invoices: field(z.array(invoice).max(999), { zh: '进货明细' }).default([]),
  collections: field(z.array(collection).max(999), {
    zh: '收汇情况',
    description: 'class 4 taxpayers: with every claim; others: for claims after the April deadline',
  }).default([]),
  managementClass: field(z.int().min(1).max(4), {
    zh: '管理类别',
    description: 'with 4 the claim waits for its collections; the class itself is known to the office',
  }).optional(),
  documentsKeptOn: field(day, {
    zh: '单证备案日期',
    description: 'when the supporting documents of the claim were kept ready',
  }).optional(),
})
export type RefundParticulars = z.infer<typeof refundParticulars>

/** A customs payment certificate 海关缴款书 for import VAT. */
const certificate = z.strictObject({
  number: field(z.string().regex(/^[0-9A-Z-]{1,40}$/), { zh: '缴款书号码' }),
  issueDate: field(day, { zh: '填发日期' }),
  customsValue: field(amount, { zh: '完税价格', description: 'with duty: the base of the tax' }).optional(),
  amount: field(amount, { zh: '税款金额' }),
})

/** What only the comparison of payment certificates 海关缴款书稽核 asks for. */
export const certificateParticulars = z.strictObject({
  period: field(month, {
    zh: '所属期',
    description: 'yyyyMM; the month of the first certificate when absent',
  }).optional(),
  certificates: field(z.array(certificate).max(50), { zh: '海关缴款书' }).default([]),
})
export type CertificateParticulars = z.infer<typeof certificateParticulars>

const changed = {
  description: field(line(200), {
    zh: '变更原因',
    description: 'for the tax office; the reason given with the change when absent',
  }).optional(),
  contact: field(z.strictObject({ name: line(20), telephone: line(20).optional() }), { zh: '经办人' }).optional(),
}

/** What only the correction of what the office holds 更正申报 asks for. */
export const amendmentParticulars = z.strictObject(changed)
/** What only the withdrawal of a filing 企业撤回退（免）税申报申请 asks for. */
export const cancellationParticulars = z.strictObject(changed)
export type ChangeParticulars = z.infer<typeof amendmentParticulars>

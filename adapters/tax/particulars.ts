import * as z from 'zod'
import { currency, day, decimal, field, line } from '../../schemas/formats.ts'

const month = z.string().regex(/^\d{4}(0[1-9]|1[0-2])$/)
const amount = decimal(2)
const rate = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/)
const itemNumber = field(z.int().min(1).max(50), {
  en: 'Item number',
  zh: '商品序号',
  description: 'the item of the declaration, by its sequence',
  descriptionZh: '申报单的商品序号',
})
/** Which declaration a row is about, where one claim covers several. */
const ofDeclaration = field(line(36), {
  en: 'Declaration it is of',
  zh: '所属申报单',
  description: 'functionalReferenceId of a further declaration that this claim covers; its own when absent',
  descriptionZh: '合并申报的其他申报单的自编编号；不填为本单',
}).optional()

/** A purchase 进货: one line of a VAT invoice, or of a consumption tax payment, that an exported item was bought with. */
const invoice = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  taxKind: field(z.enum(['V', 'C']), {
    en: 'Kind of tax',
    values: { V: { en: 'value added tax', zh: '增值税' }, C: { en: 'consumption tax', zh: '消费税' } },
    zh: '税种',
    description: 'V value added tax, C consumption tax; V when absent',
    descriptionZh: '不填为增值税',
  }).default('V'),
  number: field(z.string().regex(/^[0-9A-Z-]{1,64}$/), {
    en: 'Purchase document number',
    zh: '进货凭证号',
    description: 'VAT invoice: 20 digits (数电发票), or 18 (10-digit code and 8-digit number)',
    descriptionZh: '数电发票20位；其他增值税发票18位（代码10位加号码8位）',
  }),
  supplierTaxId: field(z.string().regex(/^[0-9A-Z]{15,20}$/), {
    en: "Supplier's taxpayer number",
    zh: '供货方纳税人识别号',
  }),
  issueDate: field(day, { en: 'Day of the invoice', zh: '开票日期' }),
  goodsName: field(line(200), {
    en: 'Name of the goods',
    zh: '商品名称',
    description: "the item's name when absent",
    descriptionZh: '不填取商品名称',
  }).optional(),
  unitName: field(line(20), {
    en: 'Unit',
    zh: '计量单位',
    description: "the first legal unit of the item's HS code when absent",
    descriptionZh: '不填取该商品编号的第一法定单位',
  }).optional(),
  quantity: field(decimal(6), {
    en: 'Quantity',
    zh: '数量',
    description: 'in the first legal unit',
    descriptionZh: '以第一法定单位计',
  }),
  amount: field(amount, {
    en: 'Taxable amount',
    zh: '计税金额',
    description: 'net of tax, in CNY',
    descriptionZh: '不含税，人民币',
  }),
  invoiceAmount: field(amount, {
    en: 'Amount of the whole invoice',
    zh: '发票金额',
    description: 'of the whole invoice, net of tax, when only a part of it is claimed here',
    descriptionZh: '仅申报部分金额时，填整张发票的不含税金额',
  }).optional(),
  taxRate: field(rate, {
    en: 'Tax rate',
    zh: '征税率',
    description: 'fraction of one: 0.13',
    descriptionZh: '小数，如 0.13',
  }),
  tax: field(amount, {
    en: 'Tax',
    zh: '征税额',
    description: 'amount × tax rate when absent',
    descriptionZh: '不填为计税金额×征税率',
  }).optional(),
  refundRate: field(rate, {
    en: 'Refund rate',
    zh: '退税率',
    description: 'of the rate library on the date of export',
    descriptionZh: '出口当日退税率文库的税率',
  }),
  refund: field(amount, {
    en: 'Refundable tax',
    zh: '可退税额',
    description: 'amount × refund rate when absent',
    descriptionZh: '不填为计税金额×退税率',
  }).optional(),
  remarks: field(line(200), { en: 'Remarks', zh: '备注' }).optional(),
})
export type PurchaseInvoice = z.infer<typeof invoice>

/** What the claim says of an exported item beyond the declaration. */
const exported = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  quantity: field(decimal(6), {
    en: 'Quantity claimed now',
    zh: '本次申报数量',
    description: 'in the first legal unit, when only a part of the item is claimed here; all of it when absent',
    descriptionZh: '以第一法定单位计，仅申报部分时填写；不填为全部',
  }).optional(),
  link: field(z.int().min(1).max(999), {
    en: 'Link group',
    zh: '关联组',
    description: 'items of the same number share one 关联号: their purchases stand behind all of them',
    descriptionZh: '同组商品共用一个关联号，进货合并对应',
  }).optional(),
  fobUsd: field(amount, {
    en: 'FOB value (USD)',
    zh: '美元离岸价',
    description: 'of the quantity claimed; needed where terms, charges or currency do not tell it',
    descriptionZh: '本次申报数量的离岸价；成交方式、费用或币制无法推算时必填',
  }).optional(),
  name: field(line(200), {
    en: 'Name of the goods',
    zh: '商品名称',
    description: "the item's name when absent",
    descriptionZh: '不填取商品名称',
  }).optional(),
  claimedCode: field(z.string().regex(/^\d{10}$/), {
    en: 'Commodity code claimed',
    zh: '申报商品代码',
    description: 'when it differs from the HS code at customs',
    descriptionZh: '与报关商品编号不同时填写',
  }).optional(),
  businessType: field(line(20), { en: 'Kind of refund business', zh: '退（免）税业务类型' }).optional(),
  agencyCertificate: field(line(20), { en: 'Agency certificate', zh: '代理证明号' }).optional(),
  remarks: field(line(200), { en: 'Remarks', zh: '备注' }).optional(),
})

/** Foreign exchange collected for an exported item 收汇. */
const collection = z.strictObject({
  declaration: ofDeclaration,
  item: itemNumber,
  date: field(day, { en: 'Day of receipt', zh: '收汇日期' }),
  voucher: field(line(64), { en: 'Receipt voucher', zh: '收汇凭证号' }),
  currency: field(currency, { en: 'Currency received', zh: '收汇币种' }),
  amount: field(amount, { en: 'Amount received', zh: '收汇金额' }),
  bankReference: field(line(22), { en: 'Bank reference', zh: '银行业务编号' }).optional(),
  payer: field(line(128), { en: 'Payer', zh: '付汇人' }),
})

/** What a batch claim says of a further declaration it covers. */
const covered = z.strictObject({
  declaration: field(line(36), {
    en: 'Declaration',
    zh: '申报单',
    description: 'its functionalReferenceId',
    descriptionZh: '该申报单的自编编号',
  }),
  items: field(z.array(itemNumber).min(1).max(50), {
    en: 'Items claimed',
    zh: '申报退税的商品',
    description: 'those of its items that are claimed; all when absent',
    descriptionZh: '其中申报退税的商品；不填为全部',
  }).optional(),
  exportDate: field(day, {
    en: 'Day of export',
    zh: '出口日期',
    description: 'the departure of its international leg when absent',
    descriptionZh: '不填取其国际段启运日期',
  }).optional(),
  cnyPerUsd: field(decimal(6), {
    en: 'CNY for one USD',
    zh: '美元汇率',
    description: "the claim's when absent",
    descriptionZh: '不填同本次申报',
  }).optional(),
})

/** What only the refund claim 免退税申报 asks for. */
export const refundParticulars = z.strictObject({
  period: field(month, {
    en: 'Tax period',
    zh: '所属期',
    description: 'yyyyMM; the month of export when absent',
    descriptionZh: 'yyyyMM；不填为出口当月',
  }).optional(),
  batch: field(z.string().regex(/^\d{3}$/), {
    en: 'Batch',
    zh: '批次',
    description: '001 when absent',
    descriptionZh: '不填为 001',
  }).default('001'),
  items: field(z.array(itemNumber).min(1).max(50), {
    en: 'Items claimed',
    zh: '申报退税的商品',
    description: 'the items this claim is about; all when absent',
    descriptionZh: '本次申报的商品；不填为全部',
  }).optional(),
  exportDate: field(day, {
    en: 'Day of export',
    zh: '出口日期',
    description: 'the departure of the international leg when absent',
    descriptionZh: '不填取国际段启运日期',
  }).optional(),
  cnyPerUsd: field(decimal(6), {
    en: 'CNY for one USD',
    zh: '美元汇率',
    description: 'CNY for one USD on the first working day of the month of export',
    descriptionZh: '出口当月首个工作日 1 美元兑人民币',
  }).optional(),
  covered: field(z.array(covered).max(998), {
    en: 'Other declarations in the claim',
    zh: '合并申报的其他申报单',
  }).default([]),
  exported: field(z.array(exported).max(999), { en: 'Additions to exported items', zh: '出口明细补充' }).default([]),
  invoices: field(z.array(invoice).max(999), { en: 'Purchases', zh: '进货明细' }).default([]),
  collections: field(z.array(collection).max(999), {
    en: 'Foreign exchange received',
    zh: '收汇情况',
    description: 'class 4 taxpayers: with every claim; others: for claims after the April deadline',
    descriptionZh: '四类企业每次申报须填；其他企业在4月申报期后申报时填写',
  }).default([]),
  managementClass: field(z.int().min(1).max(4), {
    en: 'Management class',
    zh: '管理类别',
    description: 'with 4 the claim waits for its collections; the class itself is known to the office',
    descriptionZh: '四类企业须先收汇；类别以税务机关为准',
  }).optional(),
  documentsKeptOn: field(day, {
    en: 'Day the documents were filed',
    zh: '单证备案日期',
    description: 'when the supporting documents of the claim were kept ready',
    descriptionZh: '单证备案完成之日',
  }).optional(),
})
export type RefundParticulars = z.infer<typeof refundParticulars>

/** A customs payment certificate 海关缴款书 for import VAT. */
const certificate = z.strictObject({
  number: field(z.string().regex(/^[0-9A-Z-]{1,40}$/), { en: 'Payment certificate number', zh: '缴款书号码' }),
  issueDate: field(day, { en: 'Day it was made out', zh: '填发日期' }),
  customsValue: field(amount, {
    en: 'Customs value',
    zh: '完税价格',
    description: 'with duty: the base of the tax',
    descriptionZh: '含关税的计税依据',
  }).optional(),
  amount: field(amount, { en: 'Amount of tax', zh: '税款金额' }),
})

/** What only the comparison of payment certificates 海关缴款书稽核 asks for. */
export const certificateParticulars = z.strictObject({
  period: field(month, {
    en: 'Tax period',
    zh: '所属期',
    description: 'yyyyMM; the month of the first certificate when absent',
    descriptionZh: 'yyyyMM；不填为首张缴款书当月',
  }).optional(),
  certificates: field(z.array(certificate).max(50), { en: 'Customs payment certificates', zh: '海关缴款书' }).default(
    [],
  ),
})
export type CertificateParticulars = z.infer<typeof certificateParticulars>

const changed = {
  description: field(line(200), {
    en: 'Reason for the change',
    zh: '变更原因',
    description: 'for the tax office; the reason given with the change when absent',
    descriptionZh: '供税务机关参考；不填取修撤原因',
  }).optional(),
  contact: field(
    z.strictObject({
      name: field(line(20), { en: 'Name', zh: '姓名' }),
      telephone: field(line(20), { en: 'Telephone', zh: '电话' }).optional(),
    }),
    {
      en: 'Person in charge',
      zh: '经办人',
    },
  ).optional(),
}

/** What only the correction of what the office holds 更正申报 asks for. */
export const amendmentParticulars = z.strictObject(changed)
/** What only the withdrawal of a filing 企业撤回退（免）税申报申请 asks for. */
export const cancellationParticulars = z.strictObject(changed)
export type ChangeParticulars = z.infer<typeof amendmentParticulars>

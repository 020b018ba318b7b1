import * as z from 'zod'
import { choosing, coded, country, currency, day, decimal, field, line } from '../../schemas/formats.ts'
import { noNumber } from './codes.ts'

const amount = decimal(2)
const wholeAmount = decimal(0)
const accountNumber = z.string().regex(/^\d{8,32}$/)
const bic = z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/)
const transactionCode = choosing(z.string().regex(/^\d{6}$/), 'fx-transactions')

/** Who fills it in 填报人. */
const contact = z.strictObject({
  name: field(line(20), { en: 'Name', zh: '姓名' }),
  telephone: field(line(20), { en: 'Telephone', zh: '电话' }),
})

/** The other side 对方. Its name and country stand in the declaration already, unless another firm pays or is paid. */
const counterparty = z.strictObject({
  name: field(line(140), {
    en: 'Name',
    zh: '名称',
    description: 'buyer or seller of the declaration when absent',
    descriptionZh: '不填取申报单的买方或卖方',
  }).optional(),
  countryCode: field(country, {
    en: 'Country of residence',
    zh: '常驻国家（地区）',
    description: 'as its name',
    descriptionZh: '同名称',
  }).optional(),
  nonResidentInChina: field(z.boolean(), {
    en: 'Non-resident in China',
    zh: '境内非居民',
    description: 'writes (JN) before the name instead of (JW)',
    descriptionZh: '选“是”时名称前标 (JN)，否则为 (JW)',
  }).default(false),
})

/** Another customs declaration that the same money pays 报关单. */
const otherDeclaration = z.strictObject({
  entryNumber: field(z.string().regex(/^\d{18}$/), { en: 'Customs entry number', zh: '报关单号' }),
  currency: field(currency, { en: 'Currency of the customs declaration', zh: '报关单币种' }),
  amount: field(amount, { en: 'Declared amount', zh: '报关金额' }),
  usedAmount: field(amount, { en: 'Amount used now', zh: '本次核注金额' }),
  supervisionMode: field(coded('supervision-modes'), { en: 'Customs supervision mode', zh: '监管方式' }).optional(),
})
export type OtherDeclaration = z.infer<typeof otherDeclaration>

/** What the balance-of-payments declaration 国际收支申报 asks for in both directions. */
const declared = {
  counterparty: field(counterparty, { en: 'Counterparty', zh: '对方' }).prefault({}),
  method: field(coded('fx-methods'), {
    en: 'Method of settlement',
    zh: '结算方式',
    description: 'T 电汇 when absent',
    descriptionZh: '不填为 T 电汇',
  }).default('T'),
  transactionCode: field(transactionCode, {
    en: 'Transaction code',
    zh: '交易编码',
    description: 'that of the supervision mode when absent',
    descriptionZh: '不填按监管方式确定',
  }).optional(),
  remark: field(line(50), {
    en: 'Transaction remark',
    zh: '交易附言',
    description: "the first item's name and 货款 when absent",
    descriptionZh: '不填为首项商品名称加“货款”',
  }).optional(),
  second: field(
    z.strictObject({
      transactionCode: field(transactionCode, { en: 'Transaction code', zh: '交易编码' }),
      amount: field(wholeAmount, { en: 'Amount', zh: '金额' }),
      remark: field(line(50), { en: 'Transaction remark', zh: '交易附言' }),
    }),
    {
      en: 'Second transaction code',
      zh: '第二交易编码',
      description: 'part of the money with another transaction code; a whole amount',
      descriptionZh: '以另一交易编码申报的部分金额，取整数',
    },
  ).optional(),
  bonded: field(z.boolean(), {
    en: 'Bonded goods',
    zh: '保税货物项下',
    description: 'as the transaction code tells when absent',
    descriptionZh: '不填按交易编码确定',
  }).optional(),
  registrationNumber: field(line(20), {
    en: 'SAFE approval or registration number',
    zh: '外汇局批件号/登记编号',
    description: 'N/A when absent',
    descriptionZh: '不填为 N/A',
  }).default(noNumber),
  purpose: field(coded('cny-purposes'), {
    en: 'Purpose of the cross-border CNY payment',
    zh: '跨境人民币用途',
    description: 'for CNY only, and needed there',
    descriptionZh: '仅人民币业务填写，且必填',
  }).optional(),
  usedAmount: field(amount, {
    en: 'Amount used now',
    zh: '本次核注金额',
    description: 'how much of this declaration is paid with it; the whole amount, at most the declared, when absent',
    descriptionZh: '本票申报使用的金额；不填为全部，不超过申报金额',
  }).optional(),
  otherDeclarations: field(z.array(otherDeclaration).max(98), {
    en: 'Other customs declarations',
    zh: '其他报关单',
  }).default([]),
  contact: field(contact, {
    en: 'Who fills this in',
    zh: '填报人及电话',
  }).optional(),
}

/** What only the declaration of money received 涉外收入申报 asks for. */
export const receiptParticulars = z.strictObject({
  ...declared,
  advice: field(
    z.strictObject({
      id: field(z.string().regex(/^[0-9A-Za-z/-]{1,22}$/), { en: 'Bank reference', zh: '银行业务编号' }),
      reportNumber: field(z.string().regex(/^[0-9A-Z]{22}$/), {
        en: 'Report number',
        zh: '申报号码',
        description: '22 characters, given by the bank',
        descriptionZh: '22位，由银行给出',
      }),
      bookedOn: field(day, { en: 'Day of booking', zh: '入账日期' }),
      currency: field(currency, { en: 'Currency', zh: '币种' }),
      amount: field(amount, { en: 'Amount', zh: '金额' }),
      account: field(accountNumber, { en: 'Account credited', zh: '收款账号' }),
    }),
    { en: 'Credit advice', zh: '入账通知', description: "the bank's credit advice", descriptionZh: '银行的入账通知' },
  ).optional(),
  payType: field(coded('fx-receipt-natures'), {
    en: 'Nature of the receipt',
    zh: '收款性质',
    description: 'O 其它 when absent',
    descriptionZh: '不填为 O 其它',
  }).default('O'),
  approvalNumber: field(line(50), {
    en: 'SAFE approval or filing number',
    zh: '外汇局批件号/备案表号',
    description: 'N/A when absent',
    descriptionZh: '不填为 N/A',
  }).default(noNumber),
  financing: field(coded('fx-receipt-financings'), {
    en: 'Financing behind the receipt',
    zh: '收入类型',
    description: 'O 其它 when absent',
    descriptionZh: '不填为 O 其它',
  }).default('O'),
})
export type ReceiptParticulars = z.infer<typeof receiptParticulars>

/** What only the payment abroad 境外汇款申请 asks for. */
export const paymentParticulars = z.strictObject({
  ...declared,
  payment: field(
    z.strictObject({
      currency: field(currency, { en: 'Currency', zh: '币种' }),
      amount: field(amount, { en: 'Amount', zh: '金额' }),
      account: field(accountNumber, { en: 'Account debited', zh: '付款账号' }),
      accountCurrency: field(currency, {
        en: 'Currency of the account',
        zh: '付款账户币种',
        description: 'the currency paid, or CNY: the bank sells it',
        descriptionZh: '付款币种，或人民币（由银行售汇）',
      }).optional(),
      bank: field(bic, { en: 'Paying bank (BIC)', zh: '付款行 BIC' }),
      creditorAccount: field(z.string().regex(/^[A-Z0-9]{4,34}$/), { en: 'Account of the payee', zh: '收款人账号' }),
      creditorBank: field(bic, { en: "Payee's bank (BIC)", zh: '收款行 BIC' }),
      executionDate: field(day, {
        en: 'Day of payment',
        zh: '付款日期',
        description: 'the day it is sent when absent or past',
        descriptionZh: '不填或已过期的，取发送当日',
      }).optional(),
      charges: field(z.enum(['SHAR', 'DEBT', 'CRED']), {
        en: 'Who bears the charges',
        values: {
          SHAR: { en: 'shared', zh: '双方共担' },
          DEBT: { en: 'the payer', zh: '汇款人' },
          CRED: { en: 'the payee', zh: '收款人' },
        },
        zh: '费用承担',
        description: 'SHAR when absent',
        descriptionZh: '不填为双方共担',
      }).default('SHAR'),
      remittance: field(line(140), {
        en: 'Remittance information',
        zh: '汇款附言',
        description: 'INV and the invoice number when absent',
        descriptionZh: '不填为 INV 加发票号',
      }).optional(),
    }),
    { en: 'Payment order', zh: '付款指令' },
  ).optional(),
  payType: field(coded('fx-payment-natures'), {
    en: 'Nature of the payment',
    zh: '付款性质',
    description: 'P 货到付款 when absent',
    descriptionZh: '不填为 P 货到付款',
  }).default('P'),
  latestShipmentDate: field(day, {
    en: 'Latest day of shipment',
    zh: '最迟装运日期',
    description: 'for advance payments',
    descriptionZh: '预付款填写',
  }).optional(),
  contractNumber: field(line(20), {
    en: 'Contract number',
    zh: '合同号',
    description: "the declaration's when absent",
    descriptionZh: '不填取申报单所载',
  }).optional(),
  invoiceNumber: field(line(35), {
    en: 'Invoice',
    zh: '发票号',
    description: "the declaration's when absent",
    descriptionZh: '不填取申报单所载',
  }).optional(),
})
export type PaymentParticulars = z.infer<typeof paymentParticulars>
export type FxParticulars = ReceiptParticulars | PaymentParticulars

const changed = {
  description: field(line(128), {
    en: 'Reason for the change or deletion',
    zh: '修改/删除原因',
    description: 'for the bank and SAFE; the reason given with the change when absent',
    descriptionZh: '供银行和外汇局参考；不填取修撤原因',
  }).optional(),
  contact: field(contact, {
    en: 'Who fills this in',
    zh: '填报人及电话',
    description: 'as in the filing when absent',
    descriptionZh: '不填同原申报',
  }).optional(),
}
/** What only the correction of a declaration to SAFE 申报修改 asks for. */
export const amendmentParticulars = z.strictObject(changed)
/** What only its deletion 申报删除 asks for. */
export const cancellationParticulars = z.strictObject(changed)
export type ChangeParticulars = z.infer<typeof amendmentParticulars>

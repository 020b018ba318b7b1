import * as z from 'zod'
import { coded, country, currency, day, decimal, field, line } from '../../schemas/formats.ts'
import { noNumber } from './codes.ts'

const amount = decimal(2)
const wholeAmount = decimal(0)
const accountNumber = z.string().regex(/^\d{8,32}$/)
const bic = z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/)
const transactionCode = z.string().regex(/^\d{6}$/)

/** The other side 对方. Its name and country stand in the declaration already, unless another firm pays or is paid. */
const counterparty = z.strictObject({
  name: field(line(140), { zh: '名称', description: 'buyer or seller of the declaration when absent' }).optional(),
  countryCode: field(country, { zh: '常驻国家（地区）', description: 'as its name' }).optional(),
  nonResidentInChina: field(z.boolean(), {
    zh: '境内非居民',
    description: 'writes (JN) before the name instead of (JW)',
  }).default(false),
})

/** Another customs declaration that the same money pays 报关单. */
const otherDeclaration = z.strictObject({
  entryNumber: field(z.string().regex(/^\d{18}$/), { zh: '报关单号' }),
  currency: field(currency, { zh: '报关单币种' }),
  amount: field(amount, { zh: '报关金额' }),
  usedAmount: field(amount, { zh: '本次核注金额' }),
  supervisionMode: field(coded('supervision-modes'), { zh: '监管方式' }).optional(),
})
export type OtherDeclaration = z.infer<typeof otherDeclaration>

/** What the balance-of-payments declaration 国际收支申报 asks for in both directions. */
const declared = {
  counterparty: field(counterparty, { zh: '对方' }).prefault({}),
  method: field(coded('fx-methods'), { zh: '结算方式', description: 'T 电汇 when absent' }).default('T'),
  transactionCode: field(transactionCode, {
    zh: '交易编码',
    description: 'that of the supervision mode when absent',
  }).optional(),
  remark: field(line(50), { zh: '交易附言', description: "the first item's name and 货款 when absent" }).optional(),
  second: field(z.strictObject({ transactionCode, amount: wholeAmount, remark: line(50) }), {
    zh: '第二交易编码',
    description: 'part of the money with another transaction code; a whole amount',
  }).optional(),
  bonded: field(z.boolean(), {
    zh: '保税货物项下',
    description: 'as the transaction code tells when absent',
  }).optional(),
  registrationNumber: field(line(20), { zh: '外汇局批件号/登记编号', description: 'N/A when absent' }).default(
    noNumber,
  ),
  purpose: field(coded('cny-purposes'), {
    zh: '跨境人民币用途',
    description: 'for CNY only, and needed there',
  }).optional(),
  usedAmount: field(amount, {
    zh: '本次核注金额',
    description: 'how much of this declaration is paid with it; the whole amount, at most the declared, when absent',
  }).optional(),
  otherDeclarations: field(z.array(otherDeclaration).max(98), { zh: '其他报关单' }).default([]),
  contact: field(z.strictObject({ name: line(20), telephone: line(20) }), { zh: '填报人及电话' }).optional(),
}

/** What only the declaration of money received 涉外收入申报 asks for. */
export const receiptParticulars = z.strictObject({
  ...declared,
  advice: field(
    z.strictObject({
      id: field(z.string().regex(/^[0-9A-Za-z/-]{1,22}$/), { zh: '银行业务编号' }),
      reportNumber: field(z.string().regex(/^[0-9A-Z]{22}$/), {
        zh: '申报号码',
        description: '22 characters, given by the bank',
      }),
      bookedOn: field(day, { zh: '入账日期' }),
      currency: field(currency, { zh: '币种' }),
      amount: field(amount, { zh: '金额' }),
      account: field(accountNumber, { zh: '收款账号' }),
    }),
    { zh: '入账通知', description: "the bank's credit advice" },
  ).optional(),
  payType: field(coded('fx-receipt-natures'), { zh: '收款性质', description: 'O 其它 when absent' }).default('O'),
  approvalNumber: field(line(50), { zh: '外汇局批件号/备案表号', description: 'N/A when absent' }).default(noNumber),
  financing: field(coded('fx-receipt-financings'), { zh: '收入类型', description: 'O 其它 when absent' }).default('O'),
})
export type ReceiptParticulars = z.infer<typeof receiptParticulars>

/** What only the payment abroad 境外汇款申请 asks for. */
export const paymentParticulars = z.strictObject({
  ...declared,
  payment: field(
    z.strictObject({
      currency: field(currency, { zh: '币种' }),
      amount: field(amount, { zh: '金额' }),
      account: field(accountNumber, { zh: '付款账号' }),
      accountCurrency: field(currency, {
        zh: '付款账户币种',
        description: 'the currency paid, or CNY: the bank sells it',
      }).optional(),
      bank: field(bic, { zh: '付款行 BIC' }),
      creditorAccount: field(z.string().regex(/^[A-Z0-9]{4,34}$/), { zh: '收款人账号' }),
      creditorBank: field(bic, { zh: '收款行 BIC' }),
      executionDate: field(day, { zh: '付款日期', description: 'the day it is sent when absent or past' }).optional(),
      charges: field(z.enum(['SHAR', 'DEBT', 'CRED']), { zh: '费用承担', description: 'SHAR when absent' }).default(
        'SHAR',
      ),
      remittance: field(line(140), {
        zh: '汇款附言',
        description: 'INV and the invoice number when absent',
      }).optional(),
    }),
    { zh: '付款指令' },
  ).optional(),
  payType: field(coded('fx-payment-natures'), { zh: '付款性质', description: 'P 货到付款 when absent' }).default('P'),
  latestShipmentDate: field(day, { zh: '最迟装运日期', description: 'for advance payments' }).optional(),
  contractNumber: field(line(20), { zh: '合同号', description: "the declaration's when absent" }).optional(),
  invoiceNumber: field(line(35), { zh: '发票号', description: "the declaration's when absent" }).optional(),
})
export type PaymentParticulars = z.infer<typeof paymentParticulars>
export type FxParticulars = ReceiptParticulars | PaymentParticulars

const changed = {
  description: field(line(128), {
    zh: '修改/删除原因',
    description: 'for the bank and SAFE; the reason given with the change when absent',
  }).optional(),
  contact: field(z.strictObject({ name: line(20), telephone: line(20) }), {
    zh: '填报人及电话',
    description: 'as in the filing when absent',
  }).optional(),
}
/** What only the correction of a declaration to SAFE 申报修改 asks for. */
export const amendmentParticulars = z.strictObject(changed)
/** What only its deletion 申报删除 asks for. */
export const cancellationParticulars = z.strictObject(changed)
export type ChangeParticulars = z.infer<typeof amendmentParticulars>

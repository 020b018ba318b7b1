import { type Bill, lateFeeOf, type Payable } from './bills.ts'
import { prolog } from './write.ts'
import { leaf } from './xml.ts'

/** TaxBills 税费单 as of a day; errCode 100 is success in the payment service. */
export function writeTaxBills(
  open: { readonly bill: Bill; readonly state: Payable } | undefined,
  today: string,
): string {
  if (open === undefined) return `${prolog}<TaxBills>${leaf('errCode', '101')}</TaxBills>`
  const { bill, state } = open
  const lateFee = state === '已支付' ? bill.total.minus(bill.total) : lateFeeOf(bill, today)
  const vouchers = bill.vouchers.map(
    ({ number, taxType, amount }) =>
      `<Voucher>${leaf('taxvouNo', number)}${leaf('taxType', taxType)}${leaf('traAmt', amount.toFixed(2))}</Voucher>`,
  )
  const taxes = bill.lines.map(
    ({ taxType, gNo, code, dutyValue, tax }) =>
      `<Tax>${leaf('taxType', taxType)}${leaf('gNo', gNo)}${leaf('codeTS', code)}` +
      `${leaf('dutyValue', dutyValue.toFixed(2))}${leaf('tax', tax.toFixed(2))}</Tax>`,
  )
  return [
    `${prolog}<TaxBills>${leaf('errCode', '100')}<TaxBill>`,
    leaf('taxHeadSeqNo', bill.number),
    leaf('entryId', bill.entryId),
    leaf('limitDate', bill.lastDay.replaceAll('-', '')),
    leaf('traAmt', bill.total.toFixed(2)),
    leaf('lateFee', lateFee.toFixed(2)),
    leaf('payAmt', bill.total.plus(lateFee).toFixed(2)),
    leaf('transStatusName', state),
    ...vouchers,
    ...taxes,
    '</TaxBill></TaxBills>',
  ].join('')
}

/** What this office says of a payment. `transNo` is given to what it has taken. */
export interface PaymentAnswer {
  readonly code: number
  readonly text: string
  readonly status: string
  readonly paySeqNo: string
  readonly entryId: string
  readonly taxHeadSeqNo: string
  readonly traAmt: string
  readonly transNo: string
  readonly at: string
}

/** TaxPaymentResponse 支付回执. */
export function writePaymentResponse(answer: PaymentAnswer): string {
  return [
    `${prolog}<TaxPaymentResponse>`,
    leaf('errCode', String(answer.code)),
    leaf('errMsg', answer.text),
    leaf('paySeqNo', answer.paySeqNo),
    leaf('transNo', answer.transNo),
    leaf('entryId', answer.entryId),
    leaf('taxHeadSeqNo', answer.taxHeadSeqNo),
    leaf('traAmt', answer.traAmt),
    leaf('transStatusName', answer.status),
    leaf('transTime', answer.at),
    '</TaxPaymentResponse>',
  ].join('')
}

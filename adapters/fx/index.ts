import type { Adapter, Procedure, Submission, WireMessage } from '../adapter.ts'
import { checkPayment, checkReceipt, missingInPayment, missingInReceipt } from './check.ts'
import { moneyCrosses } from './codes.ts'
import { decode, decodeMailbox } from './decode.ts'
import { encodePayment } from './encode-payment.ts'
import { encodeReceipt } from './encode-receipt.ts'
import {
  type PaymentParticulars,
  paymentParticulars,
  type ReceiptParticulars,
  receiptParticulars,
} from './particulars.ts'

/** Deliveries of a page of the mailbox. */
const pageLength = 50

const statuses = ['acknowledged', 'in-review', 'closed', 'refused', 'reversed'] as const
/** The entry number of customs stands in the list of declarations paid. */
const after = [{ agency: 'customs', procedure: 'declare', status: 'registered' }] as const

const inquiryAt = (path: string, { reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `${path}/${reference}`,
})

/** Money received for exports, declared to SAFE through the bank 涉外收入申报. */
const receipt: Procedure<ReceiptParticulars> = {
  name: { en: 'Export receipt', zh: '出口收汇申报' },
  replies: 'polled',
  statuses,
  particulars: receiptParticulars,
  after,
  applies: ({ direction, goodsShipment }) => moneyCrosses('export', direction, goodsShipment.supervisionMode),
  missing: missingInReceipt,
  check: checkReceipt,
  encode: encodeReceipt,
  encodeInquiry: (submission) => inquiryAt('/receipts', submission),
}

/** Payment abroad for imports, with its declaration to SAFE 境外汇款申请. */
const payment: Procedure<PaymentParticulars> = {
  name: { en: 'Import payment', zh: '进口付汇' },
  replies: 'polled',
  statuses,
  particulars: paymentParticulars,
  after,
  applies: ({ direction, goodsShipment }) => moneyCrosses('import', direction, goodsShipment.supervisionMode),
  missing: missingInPayment,
  check: checkPayment,
  encode: encodePayment,
  encodeInquiry: (submission) => inquiryAt('/payments', submission),
}

/** 外汇: a bank's front and SAFE behind it; later answers lie in the mailbox. */
export const fx: Adapter = {
  name: { en: 'Foreign exchange', zh: '外汇' },
  procedures: { receipt, payment },
  references: {
    'bank-reference': { en: "Bank's business number", zh: '银行业务编号' },
    'report-number': { en: 'Balance-of-payments report number', zh: '国际收支申报号码' },
    'return-number': { en: 'Return number', zh: '退汇编号' },
  },
  mailbox: {
    encode: (cursor) => ({ method: 'GET', path: `/mailbox?after=${cursor}&limit=${pageLength}` }),
    decode: decodeMailbox,
  },
  decode,
}

import type { Adapter, Procedure, Submission, WireMessage } from '../adapter.ts'
import { checkAmendment, checkCancellation, missingInAmendment } from './changes.ts'
import { checkPayment, checkReceipt, missingInPayment, missingInReceipt } from './check.ts'
import { moneyCrosses } from './codes.ts'
import { credit } from './credit.ts'
import { receiptDeadlines } from './deadlines.ts'
import { decode, decodeMailbox } from './decode.ts'
import { encodeAmendment, encodeCancellation } from './encode-change.ts'
import { encodePayment } from './encode-payment.ts'
import { encodeReceipt } from './encode-receipt.ts'
import {
  amendmentParticulars,
  type ChangeParticulars,
  cancellationParticulars,
  type PaymentParticulars,
  paymentParticulars,
  type ReceiptParticulars,
  receiptParticulars,
} from './particulars.ts'

/** Deliveries of a page of the mailbox. */
const pageLength = 50

const statuses = ['acknowledged', 'in-review', 'closed', 'refused', 'withdrawn', 'reversed'] as const
/** The entry number of customs stands in the list of declarations paid. */
const after = [{ agency: 'customs', procedure: 'declare', status: 'registered' }] as const

const inquiryAt = (path: string, { reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `${path}/${reference}`,
})

/** Money received for exports, declared to SAFE through the bank 涉外收入申报. */
const receipt: Procedure<ReceiptParticulars> = {
  name: { en: 'Export receipt', zh: '出口收汇申报' },
  onRequest: 'also',
  replies: 'polled',
  statuses,
  particulars: receiptParticulars,
  after,
  applies: ({ direction, goodsShipment }) => moneyCrosses('export', direction, goodsShipment.supervisionMode),
  missing: missingInReceipt,
  check: checkReceipt,
  encode: encodeReceipt,
  encodeInquiry: (submission) => inquiryAt('/receipts', submission),
  deadlines: receiptDeadlines,
}

/** Payment abroad for imports, with its declaration to SAFE 境外汇款申请. */
const payment: Procedure<PaymentParticulars> = {
  name: { en: 'Import payment', zh: '进口付汇' },
  onRequest: 'also',
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

const changeStatuses = ['acknowledged', 'in-review', 'approved', 'closed', 'refused'] as const
const mayBeChanged: ReturnType<Procedure['applies']> = {
  files: true,
  because: {
    en: 'What was declared to SAFE may be corrected or deleted under its report number',
    zh: '国际收支申报信息可按原申报号码修改或删除',
  },
}

/** Correction of what was declared to SAFE 申报修改, under the same report number. */
const amendment: Procedure<ChangeParticulars | undefined> = {
  name: { en: 'Correction of a declaration to SAFE', zh: '国际收支申报修改' },
  amends: ['receipt', 'payment'],
  replies: 'polled',
  statuses: changeStatuses,
  particulars: amendmentParticulars,
  applies: () => mayBeChanged,
  missing: missingInAmendment,
  check: checkAmendment,
  encode: encodeAmendment,
  encodeInquiry: (submission) => inquiryAt('/amendments', submission),
}

/** Deletion of what was declared to SAFE 申报删除; of a payment not yet carried out, also the order. */
const cancellation: Procedure<ChangeParticulars | undefined> = {
  name: { en: 'Deletion of a declaration to SAFE', zh: '国际收支申报删除' },
  cancels: ['receipt', 'payment'],
  replies: 'polled',
  statuses: changeStatuses,
  particulars: cancellationParticulars,
  applies: () => mayBeChanged,
  missing: () => [],
  check: checkCancellation,
  encode: encodeCancellation,
  encodeInquiry: (submission) => inquiryAt('/cancellations', submission),
}

/** 外汇: a bank's front and SAFE behind it; later answers lie in the mailbox. */
export const fx: Adapter = {
  name: { en: 'Foreign exchange', zh: '外汇' },
  procedures: { receipt, payment, amendment, cancellation },
  references: {
    'bank-reference': { en: "Bank's business number", zh: '银行业务编号' },
    'report-number': { en: 'Balance-of-payments report number', zh: '国际收支申报号码' },
    'change-number': { en: "Bank's number of the change", zh: '变更编号' },
    'return-number': { en: 'Return number', zh: '退汇编号' },
  },
  mailbox: {
    encode: (cursor) => ({ method: 'GET', path: `/mailbox?after=${cursor}&limit=${pageLength}` }),
    decode: decodeMailbox,
  },
  decode,
  credit,
}

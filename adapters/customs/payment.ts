import { Big } from 'big.js'
import * as z from 'zod'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { decimal, field, line } from '../../schemas/formats.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { Procedure, Submission, WireMessage } from '../adapter.ts'
import { referenceOf } from '../references.ts'
import { writeXml } from '../xml.ts'
import { absent, found } from './findings.ts'

/** What paying a tax bill 税费支付 asks for. */
const particulars = z.strictObject({
  billNumber: field(z.string().regex(/^\d{18}-\d{2}$/), {
    en: 'Tax bill number',
    zh: '税费单号',
    description: 'default: the latest bill customs made out for the declaration',
    descriptionZh: '不填为海关最近开具的税费单',
  }).optional(),
  amount: field(decimal(2), {
    en: 'Amount to pay',
    zh: '支付金额',
    description: 'in yuan, as the bill says, with the late surcharge after its last day; the bank pays no other',
    descriptionZh: '人民币元，与税费单一致，逾期含滞纳金；金额不符银行不予支付',
  }).optional(),
  protocolNumber: field(line(32), { en: 'Three-party agreement', zh: '三方协议号' }).optional(),
  bank: field(line(70), { en: 'Bank', zh: '经办银行' }).optional(),
})
type Particulars = z.infer<typeof particulars>

const below = '/particulars/customs/payment'

/** Nobody but the trader orders money to be paid: the amount is its word. */
const missing = (_declaration: Declaration, given: Particulars | undefined): Issue[] =>
  given?.amount === undefined ? [absent(`${below}/amount`, 'amount to pay', '支付金额')] : []

const check = (_declaration: Declaration, { amount }: Particulars): Issue[] =>
  new Big(amount ?? '0').gt(0)
    ? []
    : [found(`${below}/amount`, 'not-above-zero', 'The amount to pay is zero', '支付金额应大于零')]

/** Pays a bill. Our number of the attempt is the number of the payment: a payment that failed is tried again under another. */
function encode(submission: Submission<Particulars>): WireMessage {
  const { messageId, particulars: given } = submission
  const bill = given.billNumber ?? referenceOf(submission, 'customs', 'tax-bill')
  return {
    method: 'POST',
    path: '/payments',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({
      TaxPayment: {
        paySeqNo: messageId, // 支付流水号
        entryId: bill?.split('-')[0] ?? '', // 报关单号
        taxHeadSeqNo: bill ?? '', // 税费单号
        traAmt: new Big(given.amount ?? '0').toFixed(2), // 支付金额
        protocolNo: given.protocolNumber ?? '', // 三方协议号
        handOrgName: given.bank ?? '', // 经办银行
      },
    }),
  }
}

const encodeInquiry = ({ messageId }: Submission<Particulars>): WireMessage => ({
  method: 'GET',
  path: `/payments?${new URLSearchParams({ paySeqNo: messageId }).toString()}`,
})

/** Paying a tax bill of customs electronically 税费电子支付. Customs learns of it by itself, and the declaration goes on. */
export const payment: Procedure<Particulars> = {
  name: { en: 'Payment of duty and tax', zh: '税费支付' },
  onRequest: 'only',
  replies: 'polled',
  statuses: ['acknowledged', 'closed', 'refused'],
  particulars,
  applies: () => ({
    files: true,
    because: {
      en: 'What customs bills in duty and tax is paid before the goods are released',
      zh: '海关填发的税费单须缴纳后放行',
    },
  }),
  after: [{ agency: 'customs', procedure: 'declare', status: 'in-review' }],
  missing,
  check,
  encode,
  encodeInquiry,
}

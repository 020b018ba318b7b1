import type { Money, Receipt } from '../../schemas/receipt.ts'
import type { Hold } from '../../schemas/status.ts'
import { Unintelligible } from '../adapter.ts'
import { fromCompactDay, fromShanghai } from '../instants.ts'
import { textOf, type XmlNode } from '../xml.ts'

/** What a receipt T 需交税费 says in its note, as the simulated customs writes it. */
interface Bill {
  /** 税费单号; '' where the note does not name it. */
  readonly number: string
  readonly holds: { readonly sets?: readonly Hold[]; readonly lifts?: readonly Hold[] }
  readonly details: { readonly [name: string]: unknown }
  readonly money: readonly Money[]
}

const dueOf = /([A-Z]) (\d{1,17}\.\d{2})元/g
const totalOf = /合计(\d{1,17}\.\d{2})元/
const lastDayOf = /缴款期限(\d{8})/
const numberOf = /税费单号(\d{18}-\d{2})/
const settled = /^税费已支付/

/** The bill a note speaks of: its taxes, total, last day and number; or that it is settled, which lifts the hold. */
export function readBill(note: string): Bill {
  const number = numberOf.exec(note)?.[1] ?? ''
  const isSettled = settled.test(note)
  const taxes = [...note.matchAll(dueOf)].map(([, typeCode, amount]) => ({ typeCode, amount }))
  const total = totalOf.exec(note)?.[1]
  const bill = {
    ...(number === '' ? {} : { number }),
    ...(taxes.length === 0 ? {} : { taxes }),
    ...(total === undefined ? {} : { total }),
  }
  return {
    number,
    holds: isSettled ? { lifts: ['payment-due'] } : { sets: ['payment-due'] },
    details: {
      until: isSettled ? undefined : fromCompactDay(lastDayOf.exec(note)?.[1] ?? ''),
      bill: Object.keys(bill).length === 0 ? undefined : bill,
    },
    money: total === undefined || number === '' ? [] : [{ kind: 'due', of: number, amount: total, currency: 'CNY' }],
  }
}

/** 支付成功 of the payment service. In DecImportResponse success is 0: this one is for TaxPaymentResponse only. */
const taken = '100'
/** 查无此支付: an inquiry for a payment that never came. */
const unknownHere = '901'
/** How far a payment that was taken is 支付状态. A word not listed moves nothing. */
const progress = { 支付中: 'acknowledged', 已支付: 'closed' } as const

/** An answer of the payment service, or the bank's word in the mailbox 支付回执 TaxPaymentResponse. */
export function paymentResponse(response: XmlNode): Receipt[] {
  const text = (element: string) => textOf(response, element)
  const [code, message, transaction] = [text('errCode'), text('paySeqNo'), text('transNo')]
  if (code === unknownHere) return []
  if (code === '' || message === '') throw new Unintelligible('A TaxPaymentResponse without a code or our number')
  const state = text('transStatusName')
  const at = fromShanghai(text('transTime'))
  const status =
    code !== taken ? 'refused' : Object.hasOwn(progress, state) ? progress[state as keyof typeof progress] : undefined
  const told = { bill: text('taxHeadSeqNo'), amount: text('traAmt'), state }
  const details = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== ''))
  return [
    {
      references: [
        { scheme: 'message', value: message },
        ...(transaction === '' ? [] : [{ scheme: 'payment-number', value: transaction }]),
      ],
      ...(status === undefined ? {} : { status }),
      code,
      text: text('errMsg') || state,
      ...(at === undefined ? {} : { at }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
      ...(status === 'closed'
        ? { money: [{ kind: 'paid', of: text('taxHeadSeqNo'), amount: text('traAmt'), currency: 'CNY' }] }
        : {}),
    },
  ]
}

import { Big } from 'big.js'
import type { Bill, PaymentAnswer } from './write.ts'
import { NotMyDocument, readXml } from './xml.ts'

/** A tax payment message 税费支付. */
export interface Payment {
  readonly paySeqNo: string
  readonly entryId: string
  readonly taxHeadSeqNo: string
  readonly traAmt: string
}

/** A bill of this office and what paying it sets going. */
export interface OpenBill {
  readonly bill: Bill
  /** Marks it paid and lets the declaration go on. */
  settle(): void
}

/** Reads a TaxPayment; absent elements are empty. @throws {NotMyDocument} */
export function readPayment(source: string): Payment {
  const root = readXml(source)
  if (root.name !== 'TaxPayment') throw new NotMyDocument(`根元素应为 TaxPayment: root is ${root.name}`)
  const text = (name: string) => root.children.find((child) => child.name === name)?.text ?? ''
  return {
    paySeqNo: text('paySeqNo'),
    entryId: text('entryId'),
    taxHeadSeqNo: text('taxHeadSeqNo'),
    traAmt: text('traAmt'),
  }
}

/** The cashier 缴费: pays each bill once, each paySeqNo once. */
export function openCashier(billOf: (entryId: string) => OpenBill | undefined) {
  const taken = new Map<string, { readonly content: string; readonly answer: PaymentAnswer }>()

  return function pay(payment: Payment): PaymentAnswer {
    const { paySeqNo, entryId } = payment
    const answer = (code: number, text: string): PaymentAnswer => ({ code, text, paySeqNo, entryId })
    const missing = Object.entries(payment).find(([, text]) => text === '')
    if (missing !== undefined) return answer(201, `${missing[0]}必填`)

    const content = JSON.stringify(payment)
    const before = taken.get(paySeqNo)
    if (before !== undefined)
      return before.content === content ? before.answer : answer(205, '支付流水号已用于其他支付')
    const open = billOf(entryId)
    if (open === undefined || open.bill.number !== payment.taxHeadSeqNo) return answer(202, '查无此税单')
    if (open.bill.paid) return answer(204, '税单已支付')
    if (!/^\d+(?:\.\d{1,2})?$/.test(payment.traAmt) || !new Big(payment.traAmt).eq(open.bill.total))
      return answer(203, `支付金额与税单金额${open.bill.total}不符`)

    const paid = answer(100, '支付成功')
    taken.set(paySeqNo, { content, answer: paid })
    open.settle()
    return paid
  }
}

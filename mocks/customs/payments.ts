import { Big } from 'big.js'
import type { Desk } from '../agency.ts'
import { lateFeeOf, type OpenBill } from './bills.ts'
import type { openNumbering } from './numbers.ts'
import { paymentRowsFor } from './outcomes.ts'
import { localTime } from './time.ts'
import { type PaymentAnswer, writePaymentResponse } from './write-tax.ts'
import { NotMyDocument, readXml } from './xml.ts'

/** A tax payment message 税费支付. */
export interface Payment {
  readonly paySeqNo: string
  readonly entryId: string
  readonly taxHeadSeqNo: string
  readonly traAmt: string
  readonly protocolNo: string
  readonly handOrgName: string
}

const optional = new Set(['protocolNo', 'handOrgName'])
/** How long the bank takes 银行处理. */
const bankMs = [5_000, 60_000] as const

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
    protocolNo: text('protocolNo'),
    handOrgName: text('handOrgName'),
  }
}

/** Why the cashier turns a payment away. */
type Refusal = readonly [code: number, text: string]

/** The cashier 缴费: pays each bill once, each paySeqNo once; the bank's word comes into the mailbox. */
export function openCashier(
  desk: Desk,
  numbering: ReturnType<typeof openNumbering>,
  billOf: (entryId: string) => OpenBill | undefined,
) {
  const taken = new Map<string, { readonly content: string; readonly first: PaymentAnswer; latest: PaymentAnswer }>()
  /** Bills of which a payment was taken once: the magic values strike the first. */
  const tried = new Set<string>()
  const today = () => localTime(desk.now()).slice(0, 10)
  const answerTo = (payment: Payment, [code, text]: Refusal, status: string, transNo: string): PaymentAnswer => ({
    ...payment,
    code,
    text,
    status,
    transNo,
    at: localTime(desk.now()),
  })

  function pay(payment: Payment): PaymentAnswer {
    const content = JSON.stringify(payment)
    const before = taken.get(payment.paySeqNo)
    if (before?.content === content) return before.first
    const missing = Object.entries(payment).find(([name, text]) => text === '' && !optional.has(name))
    const open = billOf(payment.entryId)
    const refusal: Refusal | undefined =
      missing !== undefined
        ? [201, `${missing[0]}必填`]
        : before !== undefined
          ? [205, '支付流水号已用于其他支付']
          : refusalOf(payment, open, today())
    if (refusal !== undefined || open === undefined) return answerTo(payment, refusal ?? noBill, '未支付', '')

    const transNo = numbering.transNo(payment.paySeqNo)
    const first = answerTo(payment, [100, '支付指令已受理'], '支付中', transNo)
    const kept = { content, first, latest: first }
    taken.set(payment.paySeqNo, kept)
    open.state = '支付中'
    desk.effect(open.clientSeqNo, `payment-taken ${payment.paySeqNo}`)
    const asked = desk.asked(open.clientSeqNo)
    const outcome = tried.has(open.bill.number) ? undefined : paymentRowsFor(asked).find((row) => row.first)
    tried.add(open.bill.number)
    const [least, most] = bankMs
    desk.after(least + Math.floor(desk.draw(`payment:${payment.paySeqNo}`) * (most - least)), () => {
      const failure = outcomeOf(open, billOf(payment.entryId), outcome?.first)
      kept.latest =
        failure === undefined
          ? answerTo(payment, [100, '支付成功'], '已支付', transNo)
          : answerTo(payment, failure, '支付失败', transNo)
      desk.send(open.clientSeqNo, {
        name: numbering.receiptFile(payment.paySeqNo, 'TAXPAY001'),
        contentType: 'application/xml',
        body: writePaymentResponse(kept.latest),
      })
      if (failure === undefined) open.settle(`支付流水号${transNo}`)
    })
    return first
  }

  /** The latest word about a payment taken. */
  function inquire(paySeqNo: string): PaymentAnswer {
    const unknown = { paySeqNo, entryId: '', taxHeadSeqNo: '', traAmt: '', protocolNo: '', handOrgName: '' }
    return taken.get(paySeqNo)?.latest ?? answerTo(unknown, [901, '查无此支付'], '', '')
  }

  return { pay, inquire }
}

const noBill: Refusal = [202, '查无此税费单，或已失效']

function refusalOf({ taxHeadSeqNo, traAmt }: Payment, open: OpenBill | undefined, today: string): Refusal | undefined {
  if (open?.bill.number !== taxHeadSeqNo) return noBill
  if (open.state !== '未支付') return [204, `税费单${open.state}，不得重复支付`]
  const lateFee = lateFeeOf(open.bill, today)
  const due = open.bill.total.plus(lateFee)
  const paid = /^\d+(?:\.\d{1,2})?$/.test(traAmt) ? new Big(traAmt) : undefined
  if (paid?.eq(due) === true) return undefined
  return lateFee.gt(0) && paid?.eq(open.bill.total) === true
    ? [207, `税费单已逾期，应缴滞纳金${lateFee.toFixed(2)}元，应付合计${due.toFixed(2)}元`]
    : [203, `支付金额与应付金额${due.toFixed(2)}元不符`]
}

/** What the bank says in the end: undefined when it has paid. A bill that is no longer in force is not paid. */
function outcomeOf(
  open: OpenBill,
  inForce: OpenBill | undefined,
  outcome: 'refused' | 'overtaken' | undefined,
): Refusal | undefined {
  if (inForce !== open) return noBill
  if (outcome === 'refused') {
    open.state = '未支付'
    return [206, '支付失败：账户余额不足']
  }
  if (outcome === 'overtaken') {
    open.settle('柜台缴纳')
    return [204, '税费单已由其他支付缴纳']
  }
  return undefined
}

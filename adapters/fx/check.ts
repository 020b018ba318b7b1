import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { rowOf } from '../tables.ts'
import {
  comparedCodes,
  isCapitalCode,
  isTransactionCode,
  noNumber,
  reportNumberForm,
  verifiedAboveUsd,
} from './codes.ts'
import { counterpartyOf, type Money, moneyOf, paidDeclarations, transactionsOf, usedAmountOf, whole } from './money.ts'
import type { FxParticulars, PaymentParticulars, ReceiptParticulars } from './particulars.ts'

type Report = (name: readonly PropertyKey[] | string, code: string, en: string, zh: string) => void

/** Collects issues of one procedure: names stand below its particulars, a text that starts with `/` is a pointer already. */
function collector(procedure: 'receipt' | 'payment'): { found: Issue[]; report: Report } {
  const found: Issue[] = []
  const report: Report = (name, code, en, zh) => {
    const at = typeof name === 'string' ? name : pointer('particulars', 'fx', procedure, ...name)
    found.push(issue(at, code, { en, zh }, 'fx'))
  }
  return { found, report }
}

/** What a declaration of money received still waits for: above all the bank's credit advice 入账通知. */
export function missingInReceipt(declaration: Declaration, particulars: ReceiptParticulars | undefined): Issue[] {
  const { found, report } = collector('receipt')
  if (particulars?.advice === undefined) report(['advice'], 'missing', "The bank's credit advice", '缺少银行入账通知')
  missingInBoth(report, declaration, particulars)
  return found
}

/** What a payment abroad still waits for: above all the order to pay. */
export function missingInPayment(declaration: Declaration, particulars: PaymentParticulars | undefined): Issue[] {
  const { found, report } = collector('payment')
  const { contractNumber, invoice } = declaration.goodsShipment
  if (particulars?.payment === undefined) report(['payment'], 'missing', 'The order to pay', '缺少付款指令')
  missingInBoth(report, declaration, particulars)
  if ((particulars?.contractNumber ?? contractNumber) === undefined)
    report('/goodsShipment/contractNumber', 'missing', 'A payment names the contract', '付汇须填合同号')
  if ((particulars?.invoiceNumber ?? invoice?.id) === undefined)
    report('/goodsShipment/invoice/id', 'missing', 'A payment names the invoice', '付汇须填发票号')
  return found
}

function missingInBoth(report: Report, declaration: Declaration, particulars: FxParticulars | undefined): void {
  const money = moneyOf(particulars)
  if (particulars?.contact === undefined)
    report(['contact'], 'missing', 'Who filled it in, with telephone', '缺少填报人及电话')
  if (counterpartyOf(declaration, particulars).name === undefined)
    report(['counterparty', 'name'], 'missing', 'Name of the other side', '缺少对方名称')
  if (money?.currency === 'CNY' && particulars?.purpose === undefined)
    report(['purpose'], 'missing', 'Money in CNY names its purpose', '跨境人民币业务须填用途代码')
  if (particulars === undefined || money === undefined || particulars.payType === 'R') return
  if (usedAmountOf(declaration, particulars, money) === undefined)
    report(
      ['usedAmount'],
      'missing',
      'How much of the declaration is paid: the currencies differ',
      '币种不一致，须填本次核注金额',
    )
}

/** What the bank or SAFE would refuse of a declaration of money received. */
export function checkReceipt(declaration: Declaration, particulars: ReceiptParticulars): Issue[] {
  const { found, report } = collector('receipt')
  const { advice, approvalNumber, registrationNumber } = particulars
  if (advice === undefined) return found
  if (!reportNumberForm.test(advice.reportNumber))
    report(
      ['advice', 'reportNumber'],
      'report-number-invalid',
      'Area, bank, sequence, yymmdd, serial from N to T: 22 characters',
      '申报号码应为地区码、银行码、顺序号、年月日和以N至T开头的流水号，共22位',
    )
  checkBoth(report, declaration, particulars, advice)
  for (const [name, code] of transactionCodes(declaration, particulars, advice))
    if (isCapitalCode(code) && (approvalNumber === noNumber || registrationNumber === noNumber))
      report(
        name,
        'registration-missing',
        'Capital transactions name the approval and the registration of SAFE',
        '资本项目交易编码须填写外汇局批件号和登记编号',
      )
  return found
}

/** What the bank or SAFE would refuse of a payment abroad. */
export function checkPayment(declaration: Declaration, particulars: PaymentParticulars): Issue[] {
  const { found, report } = collector('payment')
  const { payment, registrationNumber, payType } = particulars
  if (payment === undefined) return found
  checkBoth(report, declaration, particulars, payment)
  const accountCurrency = payment.accountCurrency ?? payment.currency
  if (accountCurrency !== payment.currency && accountCurrency !== 'CNY')
    report(
      ['payment', 'accountCurrency'],
      'account-currency-differs',
      `${payment.currency} or CNY`,
      `付款账户币种应为${payment.currency}或人民币`,
    )
  if (payment.bank.slice(4, 6) !== 'CN')
    report(['payment', 'bank'], 'bank-not-in-china', 'The paying bank is in China', '付款行应为境内银行')
  const payee = counterpartyOf(declaration, particulars)
  if (payee.countryCode === 'CN' && payee.prefix === '(JW)')
    report(
      ['counterparty', 'countryCode'],
      'payee-in-china',
      'A payee in China is a non-resident (nonResidentInChina)',
      '境内收款人应为境内非居民',
    )
  if ((particulars.contractNumber ?? declaration.goodsShipment.contractNumber ?? '').length > 20)
    report(
      '/goodsShipment/contractNumber',
      'too-long',
      'At most 20 characters; a shorter one may stand in the particulars',
      '合同号不得超过20个字符，可在付汇数据中另填',
    )
  if ((particulars.invoiceNumber ?? declaration.goodsShipment.invoice?.id ?? '').length > 35)
    report(
      '/goodsShipment/invoice/id',
      'too-long',
      'At most 35 characters; a shorter one may stand in the particulars',
      '发票号不得超过35个字符，可在付汇数据中另填',
    )
  for (const [name, code] of transactionCodes(declaration, particulars, payment))
    if (isCapitalCode(code) && registrationNumber === noNumber)
      report(
        name,
        'registration-missing',
        'Capital transactions name the registration of SAFE',
        '资本项目交易编码须填写登记编号',
      )
  const used = paidDeclarations(declaration, particulars, payment)
  const sum = used.reduce((total, { usedAmount }) => total.plus(usedAmount), new Big(0))
  if (
    payType === 'P' &&
    payment.currency === 'USD' &&
    new Big(payment.amount).gt(verifiedAboveUsd) &&
    !sum.eq(payment.amount)
  )
    report(
      ['otherDeclarations'],
      'declarations-differ',
      `Above USD ${verifiedAboveUsd} the declarations together are worth the payment: ${sum.toFixed(2)} of ${payment.amount}`,
      `单笔超过等值10万美元的货到付款，报关单核注金额合计${sum.toFixed(2)}应等于付款金额${payment.amount}`,
    )
  return found
}

/** The transaction codes of a filing with where they stand. */
function transactionCodes(declaration: Declaration, particulars: FxParticulars, money: Money) {
  const names = [['transactionCode'], ['second', 'transactionCode']] as const
  return transactionsOf(declaration, particulars, money).map(({ code }, at) => [names[at] ?? names[1], code] as const)
}

function checkBoth(report: Report, declaration: Declaration, particulars: FxParticulars, money: Money): void {
  if (new Big(money.amount).lte(0) || whole(money.amount).lte(0))
    report(
      ['advice' in particulars ? 'advice' : 'payment', 'amount'],
      'not-positive',
      'At least 0.50: SAFE counts in whole units',
      '金额应大于0（外汇局按整数统计）',
    )
  const { name = '', prefix } = counterpartyOf(declaration, particulars)
  if (`${prefix}${name}`.length > 128)
    report(['counterparty', 'name'], 'too-long', 'At most 124 characters', '对方名称不得超过124个字符')
  if (particulars.purpose !== undefined && money.currency !== 'CNY')
    report(['purpose'], 'purpose-not-cny', 'A purpose is named for CNY only', '用途代码仅用于跨境人民币业务')
  checkTransactions(report, declaration, particulars, money)
  checkPaid(report, declaration, particulars, money)
}

/** Transaction codes 交易编码: known, different, fitting the supervision mode, and the parts make the whole. */
function checkTransactions(report: Report, declaration: Declaration, particulars: FxParticulars, money: Money): void {
  const codes = transactionCodes(declaration, particulars, money)
  for (const [name, code] of codes)
    if (!isTransactionCode(code))
      report(name, 'transaction-code-unknown', `"${code}" is not taken`, `交易编码“${code}”不存在`)
  const { second } = particulars
  if (second !== undefined && codes[0]?.[1] === second.transactionCode)
    report(
      ['second', 'transactionCode'],
      'transaction-codes-equal',
      'The two transaction codes differ',
      '两个交易编码不得相同',
    )
  if (second !== undefined && (new Big(second.amount).lte(0) || whole(money.amount).lte(second.amount)))
    report(
      ['second', 'amount'],
      'amount-split-invalid',
      'A part of the whole, more than 0',
      '第二交易编码金额应大于0且小于总金额',
    )
  const compared = rowOf(comparedCodes, declaration.goodsShipment.supervisionMode)
  if (compared !== undefined && !codes.some(([, code]) => code === compared))
    report(
      ['transactionCode'],
      'transaction-code-differs',
      `Supervision mode ${declaration.goodsShipment.supervisionMode} goes with ${compared}`,
      `监管方式${declaration.goodsShipment.supervisionMode}对应交易编码${compared}`,
    )
}

/** Declarations paid 核注: each once, of the right direction, more than nothing and no more than it is worth. */
function checkPaid(report: Report, declaration: Declaration, particulars: FxParticulars, money: Money): void {
  const digit = declaration.direction === 'export' ? '0' : '1'
  for (const [at, { usedAmount, amount }] of paidDeclarations(declaration, particulars, money).entries()) {
    const name = at === 0 ? ['usedAmount'] : ['otherDeclarations', at - 1, 'usedAmount']
    if (new Big(usedAmount).lte(0)) report(name, 'not-positive', 'More than 0', '本次核注金额应大于0')
    if (new Big(usedAmount).gt(amount))
      report(name, 'used-above-declared', `Only ${amount} was declared`, `本次核注金额大于报关金额${amount}`)
  }
  for (const [at, { entryNumber }] of particulars.otherDeclarations.entries()) {
    if (entryNumber.charAt(8) !== digit)
      report(
        ['otherDeclarations', at, 'entryNumber'],
        'entry-direction-differs',
        `Digit 9 of an ${declaration.direction} is ${digit}`,
        `报关单号第9位应为${digit}`,
      )
    if (particulars.otherDeclarations.findIndex((other) => other.entryNumber === entryNumber) < at)
      report(['otherDeclarations', at, 'entryNumber'], 'entry-repeated', 'Named twice', '报关单号重复')
  }
}

/** What the bank checks 业务审核. Each rule says one thing and lists every place where it is broken. */
import { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import type { Fault, FaultCode } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { Application, Verified } from './read.ts'
import {
  type FirmClass,
  isListed,
  tradeCreditFromUsd,
  transactionByMode,
  usdRate,
  verificationFromUsd,
} from './register.ts'
import { chinaDay, compact, isCompactDay } from './time.ts'

/** What the bank knows beside the document. */
export interface Known {
  readonly firmClass: FirmClass
  /** No quota left, whatever was used. */
  readonly quotaGone: boolean
  readonly ledger: Ledger
  /** What an earlier attempt already moved. */
  readonly settled: { readonly currency: string; readonly amount: string } | undefined
  /** The record is amended: the money itself is what it was. */
  readonly isAmendment?: true
}

type Rule = readonly [code: FaultCode, find: (application: Application, known: Known) => readonly string[]]

const broken = (isBroken: boolean, element: string) => (isBroken ? [element] : [])
const rowsWhere = (rows: readonly Verified[], field: string, isBroken: (row: Verified) => boolean) =>
  rows.flatMap((row, at) => broken(isBroken(row), `CUSTOMS/CUSTOM[${at + 1}]/${field}`))
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total.plus(amount || '0'), new Big(0))
const wholeOf = (amount: string) => new Big(amount).round(0, Big.roundHalfUp)
const submissionDay = ({ submittedAt }: Application) => chinaDay(Date.parse(submittedAt))
const isDay = (day: string) => isCompactDay(compact(day))
const known = (code: string) => /^[5-8]/.test(code) || findCode('fx-transactions', code) !== undefined
const isGoods = ({ transactions }: Application) => transactions.some(({ code }) => code.startsWith('121'))
const isAdvanceOrReturn = ({ payType }: Application) => payType === 'A' || payType === 'R'

/** The amount in USD; an unknown currency counts as nothing here and is refused elsewhere. */
export function usdOf({ currency, amount }: Application): Big {
  return new Big(amount).times(usdRate(currency) ?? '0')
}

const reportNumberForm = /^\d{6}[0-9A-Z]{4}\d{2}\d{6}[NPQRST][0-9A-Z]{3}$/
const bicForm = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/
const reportNumberDay = (reportNumber: string) => `20${reportNumber.slice(12, 18)}`

/** How much of an application declarations stand behind 核注合计. */
export const usedIn = ({ customs }: Application): string => sum(customs.map(({ used }) => used)).toFixed(2)

/** A payment for goods received above the threshold is worth what its declarations are 报关信息核验. */
export function isCovered(application: Application): boolean {
  const { procedure, payType, amount } = application
  const isVerified = procedure === 'payment' && payType === 'P' && usdOf(application).gt(verificationFromUsd)
  return !isVerified || new Big(usedIn(application)).eq(amount)
}

/** The rules, in the order their faults are reported. */
const rules: readonly Rule[] = [
  ['FX-109', ({ creditCode, orgCode }) => broken(creditCode.slice(8, 17) !== orgCode, 'CUSTCOD')],
  ['FX-102', ({ orgCode }) => broken(!isListed(orgCode), 'CUSTCOD')],
  [
    'FX-101',
    ({ receipt }) =>
      broken(
        receipt !== undefined &&
          !(reportNumberForm.test(receipt.reportNumber) && isCompactDay(reportNumberDay(receipt.reportNumber))),
        'RPTNO',
      ),
  ],
  ['FX-115', ({ receipt }) => broken(receipt?.bankNumber !== receipt?.declaredBankNumber, 'BUSCODE')],
  [
    'FX-113',
    (application) => {
      const { receipt, payment } = application
      const today = submissionDay(application)
      return [
        ...broken(receipt !== undefined && (!isDay(receipt.creditDay) || receipt.creditDay > today), 'BookgDt'),
        ...broken(
          payment !== undefined && (!isDay(payment.executionDay) || payment.executionDay < today),
          'ReqdExctnDt',
        ),
        ...broken(!isCompactDay(application.reportDate), 'RPTDATE'),
      ]
    },
  ],
  [
    'FX-106',
    (application) => {
      const { reportDate, receipt, payment } = application
      const early = receipt !== undefined && reportDate < reportNumberDay(receipt.reportNumber)
      const otherDay = payment?.reportingDays.some((day) => compact(day) !== reportDate) ?? false
      return broken(early || otherDay || reportDate > compact(submissionDay(application)), 'RPTDATE')
    },
  ],
  [
    'FX-110',
    ({ amount, currency, declaredAmount, declaredCurrency, receipt, payment }, { settled }) => [
      ...broken(new Big(amount).lte(0), 'Amt'),
      ...broken(receipt !== undefined && !wholeOf(amount).eq(declaredAmount), 'TXAMT'),
      ...broken(currency !== declaredCurrency || usdRate(currency) === undefined, 'TXCCY'),
      ...broken(payment !== undefined && !new Big(payment.controlSum).eq(amount), 'CtrlSum'),
      ...broken(payment?.reportingCurrencies.some((ccy) => ccy !== currency) ?? false, 'RgltryRptg/Dtls/Amt'),
      ...broken(settled !== undefined && (settled.amount !== amount || settled.currency !== currency), 'Amt'),
    ],
  ],
  [
    'FX-111',
    ({ payment, currency }) =>
      broken(payment !== undefined && ![currency, 'CNY'].includes(payment.accountCurrency), 'DbtrAcct/Ccy'),
  ],
  [
    'FX-114',
    ({ payment }) => {
      if (payment === undefined) return []
      const [own, other] = payment.bics
      return [
        ...broken(!bicForm.test(own) || own.slice(4, 6) !== 'CN', 'DbtrAgt'),
        ...broken(!bicForm.test(other), 'CdtrAgt'),
      ]
    },
  ],
  [
    'FX-112',
    ({ country, declaredCountry, counterparty, payment }) => {
      const abroad = counterparty.startsWith('(JW)')
      const others = payment?.reportingCountries ?? []
      const differs =
        findCode('countries', declaredCountry)?.alpha2 !== country || others.some((code) => code !== country)
      return broken(differs || (abroad && country === 'CN'), 'COUNTRY')
    },
  ],
  ['FX-103', ({ transactions }) => transactions.flatMap(({ code }) => broken(!known(code), `TXCODE ${code}`))],
  ['FX-107', ({ transactions: [first, second] }) => broken(first?.code === second?.code, 'TXCODE2')],
  [
    'FX-105',
    ({ amount, declaredAmount, transactions }) => [
      ...broken(!sum(transactions.map((part) => part.amount)).eq(declaredAmount || wholeOf(amount)), 'TC1AMT'),
      ...broken(
        transactions.some((part) => part.code === '' || part.amount === '' || part.remark === ''),
        'TXCODE2',
      ),
    ],
  ],
  [
    'FX-104',
    ({ customs, transactions }) =>
      rowsWhere(customs, 'TRADEMODE', ({ mode }) => {
        const expected = transactionByMode[mode]
        return expected !== undefined && !transactions.some(({ code }) => code === expected)
      }),
  ],
  [
    'FX-108',
    ({ transactions, registration, approval }) =>
      broken(
        transactions.some(({ code }) => /^[5-8]/.test(code)) && registration === 'N/A' && approval === 'N/A',
        'REGNO',
      ),
  ],
  [
    'FX-401',
    ({ currency, purpose }) =>
      broken(currency === 'CNY' ? findCode('cny-purposes', purpose) === undefined : purpose !== '', 'Purp'),
  ],
  [
    'FX-201',
    (application) => [
      ...broken(isGoods(application) && !isAdvanceOrReturn(application) && application.customs.length === 0, 'CUSTOMS'),
      ...rowsWhere(
        application.customs,
        'CUSTOMN',
        ({ number }) =>
          number.charAt(8) !== (application.procedure === 'receipt' ? '0' : '1') ||
          findCode('customs-offices', number.slice(0, 4)) === undefined,
      ),
    ],
  ],
  [
    'FX-203',
    ({ customs, ourReference }, { ledger }) =>
      rowsWhere(customs, 'CUSTCCY', ({ number, currency }) => {
        const before = ledger.currencyOf(number, ourReference)
        return before !== undefined && before !== currency
      }),
  ],
  [
    'FX-202',
    ({ customs, ourReference }, { ledger, isAmendment }) =>
      rowsWhere(customs, 'OFFAMT', (row) => {
        const used = sum(customs.filter(({ number }) => number === row.number).map((same) => same.used))
        const left = isAmendment === true ? ledger.leftAnew(row, ourReference) : ledger.leftOf(row, ourReference)
        return new Big(row.used).lte(0) || used.gt(left)
      }),
  ],
  ['FX-205', (application) => broken(!isCovered(application), 'CUSTOMS')],
  ['FX-301', ({ registration }, { firmClass }) => broken(firmClass === 'C' && registration === 'N/A', 'REGNO')],
  [
    'FX-302',
    (application, { firmClass, quotaGone, ledger }) =>
      broken(
        firmClass === 'B' &&
          (quotaGone || usdOf(application).gt(ledger.quotaLeft(application.orgCode, application.ourReference))),
        'CUSTCOD',
      ),
  ],
  [
    'FX-303',
    (application, { firmClass }) =>
      broken(
        firmClass === 'B' &&
          application.payType === 'A' &&
          application.registration === 'N/A' &&
          usdOf(application).gt(tradeCreditFromUsd),
        'REGNO',
      ),
  ],
]

/** What a record that is amended is checked for: what the enterprise declares, not the money the bank moved. */
const declared: ReadonlySet<FaultCode> = new Set([
  'FX-103',
  'FX-104',
  'FX-105',
  'FX-106',
  'FX-107',
  'FX-108',
  'FX-112',
  'FX-201',
  'FX-202',
  'FX-203',
  'FX-301',
])

/** Every fault of an application. */
export function check(application: Application, knowledge: Known): Fault[] {
  return rules
    .filter(([code]) => knowledge.isAmendment !== true || declared.has(code))
    .flatMap(([code, find]) => find(application, knowledge).map((element) => ({ code, element })))
}

import { Big } from 'big.js'
import { alpha3Of } from '../../schemas/codes/concordance.ts'
import type { Declaration, DomesticParty } from '../../schemas/declaration/index.ts'
import type { Submission } from '../adapter.ts'
import { compactDay, toShanghai } from '../instants.ts'
import { requiredReference } from '../references.ts'
import { rowOf } from '../tables.ts'
import type { XmlNode } from '../xml.ts'
import { bondedCodes, tradeCodes } from './codes.ts'
import type { FxParticulars, OtherDeclaration } from './particulars.ts'

/** An amount of money in a currency, two places. */
export interface Money {
  readonly currency: string
  readonly amount: string
}

/** The money a filing speaks of: what the bank credited, or what is to be paid. */
export function moneyOf(particulars: FxParticulars | undefined): Money | undefined {
  if (particulars === undefined) return undefined
  return 'advice' in particulars ? particulars.advice : 'payment' in particulars ? particulars.payment : undefined
}

/** The firm in China that is paid or pays. */
export const enterpriseOf = ({ direction, goodsShipment }: Declaration): DomesticParty | undefined =>
  direction === 'export' ? goodsShipment.exporter : goodsShipment.importer

/** The other side 对方: as the particulars say, else buyer (export) or seller (import), else who takes or sends the goods. */
export function counterpartyOf({ direction, goodsShipment }: Declaration, particulars: FxParticulars | undefined) {
  const { buyer, consignee, seller, consignor, tradeCountry } = goodsShipment
  const firm = direction === 'export' ? (buyer ?? consignee) : (seller ?? consignor)
  const { name, countryCode = firm?.countryCode ?? tradeCountry, nonResidentInChina } = particulars?.counterparty ?? {}
  return {
    name: name ?? firm?.name ?? firm?.nameZh,
    countryCode,
    /** ISO 3166 alpha-3, as SAFE's elements want it. */
    country: alpha3Of(countryCode) ?? countryCode,
    prefix: nonResidentInChina === true ? '(JN)' : '(JW)',
  }
}

/** Organisation code 组织机构代码: characters 9 to 17 of the unified social credit code. */
export const organisationCode = (creditCode: string): string => creditCode.slice(8, 17)

/** Rounded half up to a whole number, as SAFE takes amounts. */
export const whole = (amount: string): Big => new Big(amount).round(0, Big.roundHalfUp)

/** The transaction code 交易编码, and the parts of the whole amount under each. */
export function transactionsOf({ goodsShipment }: Declaration, particulars: FxParticulars, { amount }: Money) {
  const code = particulars.transactionCode ?? rowOf(tradeCodes, goodsShipment.supervisionMode) ?? ''
  const remark = particulars.remark ?? `${shortened(goodsShipment.items[0]?.name ?? '', 48)}货款`
  const { second } = particulars
  const total = whole(amount)
  return [
    { code, amount: total.minus(second?.amount ?? 0).toFixed(), remark },
    ...(second === undefined ? [] : [{ code: second.transactionCode, amount: second.amount, remark: second.remark }]),
  ] as const
}

/** Y where the money is for bonded goods 保税货物项下, else N. */
export const bondedMark = (particulars: FxParticulars, code: string): string =>
  (particulars.bonded ?? bondedCodes.has(code)) ? 'Y' : 'N'

/** As much of a text as `max` UTF-16 units hold, never half a character. */
function shortened(text: string, max: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > max) break
    kept += character
  }
  return kept
}

/** What this declaration is worth 报关金额: the total of its items in their one currency. */
export const declaredMoney = ({ goodsShipment }: Declaration): Money => ({
  currency: goodsShipment.items[0]?.currency ?? '',
  amount: goodsShipment.items.reduce((sum, { totalPrice }) => sum.plus(totalPrice), new Big(0)).toFixed(2),
})

/**
 * How much of this declaration the money pays 本次核注金额: as the particulars say, else what other declarations leave of it, at most
 * the declared amount. Undefined where the currencies differ: then the trader must say.
 */
export function usedAmountOf(declaration: Declaration, particulars: FxParticulars, money: Money): string | undefined {
  const declared = declaredMoney(declaration)
  if (particulars.usedAmount !== undefined) return new Big(particulars.usedAmount).toFixed(2)
  if ([declared, ...particulars.otherDeclarations].some(({ currency }) => currency !== money.currency)) return undefined
  const left = particulars.otherDeclarations.reduce(
    (rest, { usedAmount }) => rest.minus(usedAmount),
    new Big(money.amount),
  )
  return (left.gt(declared.amount) ? new Big(declared.amount) : left).toFixed(2)
}

/** A declaration that money pays, as both documents list it. */
export type PaidDeclaration = Omit<OtherDeclaration, 'entryNumber'>

/** This declaration and the others that the money pays; none when it is a refund, which pays for nothing. */
export function paidDeclarations(
  declaration: Declaration,
  particulars: FxParticulars,
  money: Money,
): PaidDeclaration[] {
  if (particulars.payType === 'R') return []
  const own = {
    ...declaredMoney(declaration),
    usedAmount: usedAmountOf(declaration, particulars, money) ?? '0',
    supervisionMode: declaration.goodsShipment.supervisionMode,
  }
  return [own, ...particulars.otherDeclarations]
}

/** The list of declarations 报关单信息; left out when there is none. */
export function customsOf(submission: Submission<FxParticulars>, money: Money): XmlNode | undefined {
  const { declaration, particulars } = submission
  const paid = paidDeclarations(declaration, particulars, money)
  if (paid.length === 0) return undefined
  const numbers = [
    requiredReference(submission, 'customs', 'entry-number'),
    ...particulars.otherDeclarations.map(({ entryNumber }) => entryNumber),
  ]
  return {
    CUSTOM: paid.map(({ currency, amount, usedAmount, supervisionMode }, at) => ({
      CUSTOMN: numbers[at], // 报关单号
      CUSTCCY: currency, // 报关单币种
      CUSTAMT: new Big(amount).toFixed(2), // 报关金额
      OFFAMT: new Big(usedAmount).toFixed(2), // 本次核注金额
      TRADEMODE: supervisionMode, // 监管方式
    })),
  }
}

/** Who filled the form in, when, and under what registration: the end of both declarations. */
export function signedBy({ particulars, instant }: Submission<FxParticulars>): XmlNode {
  return {
    CRTUSER: particulars.contact?.name, // 填报人
    INPTELC: particulars.contact?.telephone, // 填报人电话
    RPTDATE: compactDay(instant), // 申报日期
    REGNO: particulars.registrationNumber, // 外汇局批件号/登记编号
  }
}

/** The instant of submission, and its day, in China's time. */
export const sentAt = (instant: string): string => `${toShanghai(instant)}+08:00`
export const sentOn = (instant: string): string => toShanghai(instant).slice(0, 10)

/** What the bank knows of its customers and of SAFE's lists 名录与参数. Every firm listed is invented. */

/** Class of a firm in goods-trade FX 贸易外汇收支企业分类. */
export type FirmClass = 'A' | 'B' | 'C'

/** Firms whose class is not A. Key: organisation code, digits 9-17 of the credit code. */
const downgraded: { readonly [orgCode: string]: FirmClass } = {
  MA5U0B003: 'B', // 重庆样例报关有限公司
}

/** Firms struck off the directory 名录: no trade FX at all. */
const struckOff: ReadonlySet<string> = new Set(['MA5U0Z009'])

/** Districts (digits 3-8 of the credit code) with parts of the Chongqing pilot zone. Simplified: the whole district counts. */
const zoneDistricts: ReadonlySet<string> = new Set([
  '500103',
  '500105',
  '500106',
  '500107',
  '500108',
  '500109',
  '500112',
])

/** What a class B firm may receive or pay, in USD. [invented parameter, 2026-11] */
export const classBQuotaUsd = '2000000'
/** From here on a payment's declarations are verified (汇发〔2017〕9号). */
export const verificationFromUsd = '100000'
/** Advances of class B firms above this need a trade credit report. [unverified, 2026-11] */
export const tradeCreditFromUsd = '50000'

/** USD for one unit. [example rates, 2026-11] */
const usdRates: { readonly [currency: string]: string } = {
  USD: '1',
  CNY: '0.14',
  EUR: '1.16',
  GBP: '1.32',
  JPY: '0.0065',
  HKD: '0.1285',
  SGD: '0.77',
  AUD: '0.65',
  CAD: '0.71',
  CHF: '1.25',
  DKK: '0.155',
  IDR: '0.00006',
  KRW: '0.00068',
  MOP: '0.1248',
  MYR: '0.24',
  NOK: '0.099',
  NZD: '0.57',
  PHP: '0.017',
  RUB: '0.0125',
  SEK: '0.106',
  THB: '0.031',
  TWD: '0.032',
}

export function usdRate(currency: string): string | undefined {
  return usdRates[currency]
}

export function classOf(orgCode: string): FirmClass {
  return downgraded[orgCode] ?? 'A'
}

/** Whether the firm is in the directory: a valid organisation code (GB 11714 check digit) that was not struck off. */
export function isListed(orgCode: string): boolean {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number.parseInt(orgCode.charAt(at), 36), 0)
  const check = 11 - (sum % 11)
  return orgCode.charAt(8) === (check === 10 ? 'X' : check === 11 ? '0' : String(check)) && !struckOff.has(orgCode)
}

export function isInZone(creditCode: string): boolean {
  return zoneDistricts.has(creditCode.slice(2, 8))
}

/** Transaction code that goes with a supervision mode 监管方式. [unverified] */
export const transactionByMode: { readonly [mode: string]: string } = {
  '0110': '121010',
  '0615': '121020',
  '0654': '121020',
  '0715': '121020',
  '1234': '121030',
  '5000': '121030',
  '5010': '121030',
  '5015': '121030',
  '5033': '121030',
  '5034': '121030',
}

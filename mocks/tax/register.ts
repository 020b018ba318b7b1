/** What the tax office knows by itself 税务登记: classes of taxpayers, the rate library 退税率文库, the invoices and entries claimed. */
import { tariffLine } from '../../schemas/codes/tariff.ts'

/** Management class 出口企业管理类别 and its clock. Source: 出口退（免）税企业分类管理办法. */
export type TaxpayerClass = 1 | 2 | 3 | 4
export const clockWorkdays: { readonly [fllb in TaxpayerClass]: number } = { 1: 5, 2: 10, 3: 15, 4: 20 }

/** Taxpayers of this simulator whose class is fixed; every one of them is invented. */
const knownTaxpayers: { readonly [nsrsbh: string]: TaxpayerClass } = {
  '91500106MA5U0C102B': 1, // 重庆样例电脑有限公司
  '91500105MA5U0E300G': 2, // 重庆样例新能源汽车有限公司
  '91500103MA5U0F207T': 3, // 重庆样例食品进出口有限公司
  '91500112MA5U0B0037': 4, // 重庆样例报关有限公司, a broker that claims for itself
}

/** The class of a taxpayer: registered, else drawn (30 % class 1, 50 % class 2, 20 % class 3), never class 4 by chance. */
export function classOf(nsrsbh: string, draw: (key: string) => number): TaxpayerClass {
  const known = knownTaxpayers[nsrsbh]
  if (known !== undefined) return known
  const drawn = draw(`class ${nsrsbh}`)
  return drawn < 0.3 ? 1 : drawn < 0.8 ? 2 : 3
}

/** A rate that differs from the tariff's VAT rate, from a day on. */
interface RateChange {
  readonly prefix: string
  readonly from: string
  readonly rate: string
}

/** Exceptions of the rate library, latest day last; further cuts announced for later are not in it. [unverified, 2026-11] */
const rateChanges: readonly RateChange[] = [
  { prefix: '8507', from: '2024-12-01', rate: '0.09' },
  { prefix: '8507', from: '2026-04-01', rate: '0.06' },
  { prefix: '8541', from: '2024-12-01', rate: '0.09' },
  { prefix: '8541', from: '2026-04-01', rate: '0' },
  { prefix: '2603', from: '2000-01-01', rate: '0' },
  { prefix: '1001', from: '2000-01-01', rate: '0' },
  { prefix: '1201', from: '2000-01-01', rate: '0' },
]

/** Refund rate 退税率 of a commodity code on its export date; undefined when the library does not know the code. */
export function refundRate(code: string, exportDay: string): string | undefined {
  const line = tariffLine(code)
  if (line === undefined) return undefined
  return rateChanges.findLast(({ prefix, from }) => code.startsWith(prefix) && from <= exportDay)?.rate ?? line.vatRate
}

/** Goods under special attention 特别关注商品 (example list of this simulator). */
export const watchedPrefixes: readonly string[] = ['8542', '8471']

/** Accepted span of CNY for a USD. [unverified, 2026-11] */
export const dollarRange = { min: '6.0', max: '8.0' } as const

/**
 * The day after which a claim needs proof of collection: the end of the VAT filing period of April of the year after export
 * 次年4月增值税纳税申报期截止日. The 15th; that it moves on when holidays fall into it is left out. [simplified, 2026-11]
 */
export function collectionDeadline(exportDay: string): string {
  return `${Number(exportDay.slice(0, 4)) + 1}-04-15`
}

const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether the check character of a unified social credit code holds (GB 32100-2015). */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false
  let weight = 1
  let sum = 0
  for (const character of code.slice(0, 17)) {
    sum += creditCodeAlphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return code.charAt(17) === creditCodeAlphabet[(31 - (sum % 31)) % 31]
}

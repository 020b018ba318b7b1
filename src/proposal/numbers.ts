import { Big } from 'big.js'

/** How a file writes numbers: which sign stands before the fraction. */
export type Point = '.' | ','

/** A number as it stands in a cell 数值, with what stands around it. */
export interface ReadNumber {
  /** A plain decimal. */
  readonly value: string
  /** Text before and behind it: a currency, a unit. */
  readonly before: string
  readonly behind: string
}

const number = /\d[\d.,'\s]*/
const most = 100

/**
 * Which sign a file writes before fractions: told by numbers that can mean only one thing (`1.234,50`; `12,5`; `1,234.50`).
 * @param texts cells that may hold numbers
 */
export function pointOf(texts: Iterable<string>): Point {
  let [commas, points] = [0, 0]
  for (const text of texts) {
    const said = text.slice(0, most).normalize('NFKC')
    if (/\d\.\d{3},\d/.test(said) || /^\D{0,5}\d{1,3},(\d{1,2}|\d{4,})\D*$/.test(said)) commas++
    if (/\d,\d{3}\.\d/.test(said) || /^\D{0,5}\d{1,3}\.(\d{1,2}|\d{4,})\D*$/.test(said)) points++
  }
  return commas > points ? ',' : '.'
}

/** The first number of a text; undefined for none, or one that is below zero. @param point of the file it stands in */
export function numberIn(text: string, point: Point): ReadNumber | undefined {
  const said = text.slice(0, most).normalize('NFKC')
  const found = number.exec(said)
  if (found === null) return undefined
  const digits = found[0].replaceAll(/[\s']/g, '').replace(/[.,]+$/, '')
  const before = said.slice(0, found.index).trim()
  if (/[-−(]$/.test(before) && /^\s*\)|^$/.test(said.slice(found.index + found[0].length))) return undefined
  if (/[-−]$/.test(before)) return undefined
  const plain = plainOf(digits, point)
  return plain === undefined
    ? undefined
    : { value: plain, before, behind: said.slice(found.index + found[0].length).trim() }
}

/** @param digits digits with points and commas */
function plainOf(digits: string, point: Point): string | undefined {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const sign = digits[last]
  const isBoth = digits.includes('.') && digits.includes(',')
  const isGroups = /^\d{1,3}([.,]\d{3})+$/.test(digits)
  // One sign alone, three digits behind it: thousands, unless the file writes fractions so.
  const isFraction = last >= 0 && (isBoth || (digits.indexOf(sign ?? '') === last && (!isGroups || sign === point)))
  const whole = (isFraction ? digits.slice(0, last) : digits).replaceAll(/[.,]/g, '')
  const fraction = isFraction ? digits.slice(last + 1) : ''
  if (whole.length > 20 || fraction.length > 20) return undefined
  return decimalOf(new Big(`${whole || '0'}.${fraction || '0'}`))
}

/** A number of a workbook, as it prints it: `1e3` is 1000. */
export function exactNumber(text: string): string | undefined {
  if (!/^\d{1,20}(\.\d{1,20})?(e[-+]?\d{1,2})?$/i.test(text)) return undefined
  // Fifteen digits are what a spreadsheet keeps: behind them is noise of binary fractions.
  const value = new Big(text)
  return value.eq(0) ? '0' : decimalOf(value.prec(15))
}

/** A plain decimal without zeros at its end. */
export const decimalOf = (value: Big): string => value.toFixed()

/** @param scale digits behind the point that a field has room for */
export const roundedTo = (value: string, scale: number): string => decimalOf(new Big(value).round(scale, 1))

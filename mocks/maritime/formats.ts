import { alpha3Of } from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import { group, matches, may, must, number, oneOf, upTo } from './shape.ts'

// Formats and blocks that several documents of this office share.

const eightHours = 8 * 3_600_000

/** Beijing time without an offset, as this office reads and writes it. @returns epoch milliseconds, NaN when it is no time */
export function instantOf(value: string): number {
  const at = Date.parse(`${value.replace(' ', 'T')}+08:00`)
  return beijing(at) === value ? at : Number.NaN
}
export const beijing = (at: number): string =>
  Number.isNaN(at) ? '' : new Date(at + eightHours).toISOString().slice(0, 19).replace('T', ' ')

export const isTime = (value: string): boolean => !Number.isNaN(instantOf(value))
export const isDay = (value: string): boolean => isTime(`${value} 00:00:00`)
export const isCountry = (value: string): boolean => /^[A-Z]{2}$/.test(value) && alpha3Of(value) !== undefined
export const isPhone = matches(/^[0-9+ -]{5,20}$/)
export const isShipId = matches(/^CN\d{11}$/)
export const isClass = (value: string): boolean => findCode('imdg-classes', value) !== undefined
export const isUnNumber = matches(/^\d{4}$/)
export const isDecimal = matches(/^\d{1,14}(\.\d{1,6})?$/)
export const isYesOrNo = oneOf('Y', 'N')
export const isName = upTo(70)

/** A place abroad need only have the form of a UN/LOCODE; a Chinese one is in the list. */
const isPlace = (value: string): boolean =>
  /^[A-Z]{2}[A-Z2-9]{3}$/.test(value) && (!value.startsWith('CN') || findCode('locations', value) !== undefined)

/** IMO number: six digits weighted 7 to 2; the last digit of their sum is the seventh. Source: IMO A.1117(30). */
export function isImoNumber(value: string): boolean {
  const sum = [7, 6, 5, 4, 3, 2].reduce((total, weight, at) => total + weight * Number(value.charAt(at)), 0)
  return /^\d{7}$/.test(value) && sum % 10 === Number(value.charAt(6))
}

/** A decimal in millionths, to compare without floats. '' counts as 0. */
export function millionths(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.')
  return BigInt(`${whole}${fraction.padEnd(6, '0')}`)
}

export const head = {
  MessageId: must(matches(/^[A-Za-z0-9-]{1,40}$/)),
  OurReference: must(matches(/^[A-Z0-9]{1,20}$/)),
  TraderReference: must(matches(/^\S{1,36}$/)),
  SubmittedAt: must(isTime),
}

export const place = { UNLoCode: must(isPlace), Terminal: may(upTo(50)) }
export const contact = { Name: must(isName), Phone: must(isPhone) }
export const voyage = must(upTo(32))
export const waters = must(oneOf('INLAND', 'SEA'))
export const count = must(number(5))
export const headGroup = group(head)

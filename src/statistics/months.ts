import { dayAt, startOfDay } from '../fees/days.ts'

/** Months of Chongqing's calendar, YYYY-MM. */

/** The month an instant falls in. */
export const monthAt = (at: number): string => dayAt(at).slice(0, 7)

/** The month so many after (or before) another. */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + number - 1 + count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month. */
export const lastDayOf = (month: string): string => dayAt(startOfDay(`${monthAfter(month, 1)}-01`) - 1)

/** The instant a month is over. */
export const endOf = (month: string): number => startOfDay(`${monthAfter(month, 1)}-01`)

/** Months from one to another, both among them. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = monthAfter(month, 1)) months.push(month)
  return months
}

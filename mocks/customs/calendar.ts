/** Days as customs counts them 期限: workdays with make-up days 调休, and the base day of an exchange rate. Days are `yyyy-MM-dd`. */
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayMs } from './time.ts'

// The package's own functions depend on the zone of the process; its table does not.
const holidays: { readonly [day: string]: string } = chineseDays.holidays
const makeUpDays: { readonly [day: string]: string } = chineseDays.workdays

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
const isWeekend = (day: string) => weekdayOf(day) === 0 || weekdayOf(day) === 6
const wednesday = 3

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}

/** Whole days from one day to another, 0 when the other is not later. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs))
}

/** The day itself, or the first workday after it. */
export function workdayFrom(day: string): string {
  const works = day in makeUpDays || (!(day in holidays) && !isWeekend(day))
  return works ? day : workdayFrom(addDays(day, 1))
}

/** The interbank market is closed on every weekend, make-up day or not. */
function tradingDayFrom(day: string): string {
  return day in holidays || isWeekend(day) ? tradingDayFrom(addDays(day, 1)) : day
}

/** From this day on the next trading day stands in for a third Wednesday without trading; before, the fourth Wednesday did. */
const tradingDayRuleFrom = '2025-01-01'

/** The day whose middle rate holds for a declaration of `day` 计征汇率基准日. */
export function baseDayOf(day: string): string {
  const [year, month] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year ?? 0, (month ?? 1) - 2, 1)).toISOString().slice(0, 10)
  const thirdWednesday = addDays(first, ((wednesday - weekdayOf(first) + 7) % 7) + 14)
  if (day >= tradingDayRuleFrom) return tradingDayFrom(thirdWednesday)
  return thirdWednesday in holidays ? addDays(thirdWednesday, 7) : thirdWednesday
}

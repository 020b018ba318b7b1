/** Time as the tax office counts it 办税时间: local time of China and workdays 工作日 with make-up days 调休. */
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

/** China has kept one time, UTC+8, without summer time since 1992. */
const offsetMs = 8 * 3_600_000
const dayMs = 86_400_000

// The package's own functions depend on the zone of the process; its table does not.
const holidays: { readonly [day: string]: string } = chineseDays.holidays
const makeUpDays: { readonly [day: string]: string } = chineseDays.workdays

/** A moment a while after another: minutes, or so many days or workdays on, at a full hour in China. */
export type Delay =
  | { readonly minutes: number }
  | { readonly days: number; readonly hour: number }
  | { readonly workdays: number; readonly hour: number }

/** `2026-11-21T10:00:00+08:00` */
export function chinaTime(epochMs: number): string {
  return `${new Date(epochMs + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/** `2026-11-21` in China. */
export function chinaDay(epochMs: number): string {
  return chinaTime(epochMs).slice(0, 10)
}

export function isWorkday(day: string): boolean {
  if (day in makeUpDays) return true
  if (day in holidays) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The `count`-th workday after a day. */
export function addWorkdays(day: string, count: number): string {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkday(at)) left -= 1
  }
  return at
}

/** When a delay that starts now is over. */
export function momentAfter(nowMs: number, delay: Delay): number {
  if ('minutes' in delay) return nowMs + delay.minutes * 60_000
  const today = chinaDay(nowMs)
  const day = 'days' in delay ? addDays(today, delay.days) : addWorkdays(today, delay.workdays)
  return Date.parse(`${day}T00:00:00Z`) - offsetMs + delay.hour * 3_600_000
}

/** Time as the bank counts it 营业时间: local time of China, workdays 工作日 with make-up days 调休, the daily batch 日终批量. */
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

/** China has kept one time, UTC+8, without summer time since 1992. */
const offsetMs = 8 * 3_600_000
const dayMs = 86_400_000
/** When the day's declarations leave for SAFE, and how long SAFE takes. */
const batchHour = 20
const safeTakesHours = 2

// The package's own functions depend on the zone of the process; its table does not.
const holidays: { readonly [day: string]: string } = chineseDays.holidays
const makeUpDays: { readonly [day: string]: string } = chineseDays.workdays

export type Delay =
  | { readonly minutes: number }
  /** Drawn once for each attempt. */
  | { readonly hoursBetween: readonly [least: number, most: number] }
  | { readonly days: number; readonly hour: number }
  | { readonly workdays: number; readonly hour: number }
  /** SAFE's answer to the next batch. */
  | 'batch'

/** `2026-11-21T10:00:00+08:00` */
export function chinaTime(epochMs: number): string {
  return `${new Date(epochMs + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/** `2026-11-21` in China. */
export function chinaDay(epochMs: number): string {
  return chinaTime(epochMs).slice(0, 10)
}

/** `20261121` as SAFE writes a day. */
export function compact(day: string): string {
  return day.replaceAll('-', '')
}

/** Whether `20261121` is a day that exists. */
export function isCompactDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  if (year === undefined) return false
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && compact(at.toISOString().slice(0, 10)) === text
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

function isWorkday(day: string): boolean {
  if (day in makeUpDays) return true
  if (day in holidays) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
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

const atHour = (day: string, hour: number) => Date.parse(`${day}T00:00:00Z`) - offsetMs + hour * 3_600_000

/** When a delay that starts now is over. @param drawn in [0, 1), for delays between two bounds */
export function momentAfter(nowMs: number, delay: Delay, drawn: number): number {
  const today = chinaDay(nowMs)
  if (delay === 'batch') {
    const tonight = atHour(today, batchHour)
    const batch = nowMs <= tonight ? tonight : atHour(addDays(today, 1), batchHour)
    return batch + safeTakesHours * 3_600_000
  }
  if ('minutes' in delay) return nowMs + delay.minutes * 60_000
  if ('hoursBetween' in delay) {
    const [least, most] = delay.hoursBetween
    return nowMs + Math.round((least + (most - least) * drawn) * 60) * 60_000
  }
  return atHour('days' in delay ? addDays(today, delay.days) : addWorkdays(today, delay.workdays), delay.hour)
}

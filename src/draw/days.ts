import { limits } from '../limits.ts'
import { dayAt } from '../rules/rules.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The day of draws an instant lies in: from six in the morning (Asia/Shanghai) to six the next. Midnight is in the day before's. */
export const drawDayAt = (at: number): string => dayAt(at - limits.drawHour * hourMs)

/** When a day of draws begins, and when it ends. China keeps one time all year round: every day has 24 hours. */
export function spanOf(day: string): { readonly beginsAt: Date; readonly endsAt: Date } {
  const beginsAt = Date.parse(`${day}T00:00:00+08:00`) + limits.drawHour * hourMs
  return { beginsAt: new Date(beginsAt), endsAt: new Date(beginsAt + dayMs) }
}

const dayMs = 86_400_000

/**
 * Days off and make-up workdays 调休 that the calendar of the week does not tell. Source: 国务院办公厅关于2026年部分节假日安排的通知. For other
 * years only Saturdays and Sundays are off: their table is published in the November before. [2026-11]
 */
const daysOff: ReadonlySet<string> = new Set(
  [
    ['2026-01-01', 3], // 元旦
    ['2026-02-15', 9], // 春节
    ['2026-04-04', 3], // 清明节
    ['2026-05-01', 5], // 劳动节
    ['2026-06-19', 3], // 端午节
    ['2026-09-25', 3], // 中秋节
    ['2026-10-01', 7], // 国庆节
  ].flatMap(([first, days]) => Array.from({ length: Number(days) }, (_, at) => addDays(String(first), at))),
)
const makeUpDays: ReadonlySet<string> = new Set([
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
])

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}

function isWorkday(day: string): boolean {
  if (makeUpDays.has(day)) return true
  if (daysOff.has(day)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The `count`-th workday 工作日 after a day `yyyy-MM-dd`; negative counts go back. */
export function addWorkdays(day: string, count: number): string {
  const step = Math.sign(count)
  let at = day
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, step)
    if (isWorkday(at)) left -= 1
  }
  return at
}

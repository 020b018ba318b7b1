import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

const dayMs = 86_400_000
// The package's own functions depend on the zone of the process; its table does not. A year nobody has announced yet has weekends only.
const holidays: { readonly [day: string]: string } = chineseDays.holidays
const makeUpDays: { readonly [day: string]: string } = chineseDays.workdays

function isWorkday(day: string): boolean {
  if (Object.hasOwn(makeUpDays, day)) return true
  if (Object.hasOwn(holidays, day)) return false
  return new Date(Date.parse(day)).getUTCDay() % 6 !== 0
}

/** The `count`-th workday 工作日 after a day, with the holidays and make-up days 调休 of the State Council's yearly notices. */
export function addWorkdays(day: string, count: number): string {
  let at = day
  for (let left = count; left > 0; ) {
    at = new Date(Date.parse(at) + dayMs).toISOString().slice(0, 10)
    if (isWorkday(at)) left--
  }
  return at
}

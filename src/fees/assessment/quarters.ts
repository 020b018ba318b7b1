import { addDays } from '../checks/stretch.ts'

/** A quarter of a year 季度, with its first and last day. */
interface Quarter {
  /** `2026-Q3` */
  readonly name: string
  readonly from: string
  readonly to: string
}

/** The quarter a day is in. @param day of Asia/Shanghai */
export function quarterOf(day: string): Quarter {
  const [year = '', month = ''] = day.split('-')
  const number = Math.ceil(Number(month) / 3)
  const first = (quarter: number) =>
    quarter > 4 ? `${Number(year) + 1}-01-01` : `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`
  return { name: `${year}-Q${number}`, from: first(number), to: addDays(first(number + 1), -1) }
}

const before = ({ from }: Quarter): Quarter => quarterOf(addDays(from, -1))

/**
 * The quarters that are over by a day and whose rounds are still to be made, the oldest first: since the newest that has one; the one before
 * the day where none has.
 * @param most of them: after a very long rest the newest
 */
export function quartersDue(today: string, newest: string | undefined, most: number): Quarter[] {
  const due: Quarter[] = []
  for (let quarter = before(quarterOf(today)); due.length < most; quarter = before(quarter)) {
    if (newest !== undefined && quarter.name <= newest) break
    due.unshift(quarter)
    if (newest === undefined) break
  }
  return due
}

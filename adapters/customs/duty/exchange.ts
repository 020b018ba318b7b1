import { Big } from 'big.js'
import type { Basis } from '../../../schemas/duties.ts'
import { rowOn, type Sourced, type Tables } from './tables.ts'

/** A rate as a number, with what it rests on. */
export interface Rate {
  readonly value: Big
  readonly basis: Basis
}

/** How the base day of a month's exchange rate is found 计征汇率适用规则. */
interface BaseDayRule extends Sourced {
  readonly whenClosed: 'fourth-wednesday' | 'next-trading-day'
}

const baseDayRules: readonly BaseDayRule[] = [
  {
    whenClosed: 'fourth-wednesday',
    source: '海关总署令第124号 第十六条',
    validFrom: '2005-03-01',
    validTo: '2024-12-31',
    unverified: false,
  },
  {
    whenClosed: 'next-trading-day',
    source: '海关总署令第272号 第十三、十四条',
    validFrom: '2025-01-01',
    unverified: false,
  },
]

/**
 * Public holidays that hold a third Wednesday, first to last day: between 2010 and 2026 there are no others. Later years are not
 * announced. Source: the State Council's yearly notice 国务院办公厅关于部分节假日安排的通知.
 */
const closedDays: readonly (readonly [first: string, last: string])[] = [
  ['2010-02-13', '2010-02-19'],
  ['2010-06-14', '2010-06-16'],
  ['2015-02-18', '2015-02-24'],
  ['2018-02-15', '2018-02-21'],
  ['2021-02-11', '2021-02-17'],
  ['2026-02-15', '2026-02-23'],
]
const announcedUntil = '2026-12-31'

const dayMs = 86_400_000
const after = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
const isHoliday = (day: string) => closedDays.some(([first, last]) => first <= day && day <= last)
const isTradingDay = (day: string) => !isHoliday(day) && weekdayOf(day) % 6 !== 0

/** The day whose middle rate holds in the month of `day`, and the rule that says so. Undefined before there was one. */
export function baseDayOf(day: string): { readonly baseDay: string; readonly rule: Sourced } | undefined {
  const rule = rowOn(baseDayRules, day, () => true)
  if (rule === undefined) return undefined
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  month.setUTCMonth(month.getUTCMonth() - 1)
  const first = month.toISOString().slice(0, 10)
  const thirdWednesday = after(first, ((3 - weekdayOf(first) + 7) % 7) + 14)
  if (rule.whenClosed === 'fourth-wednesday')
    return { baseDay: isHoliday(thirdWednesday) ? after(thirdWednesday, 7) : thirdWednesday, rule }
  let baseDay = thirdWednesday
  while (!isTradingDay(baseDay)) baseDay = after(baseDay, 1)
  return { baseDay, rule }
}

/** Yuan for one unit of a currency 计征汇率 on a day; undefined when the tables do not say. */
export function exchangeRate(currency: string, day: string, { middleRates }: Tables): Rate | undefined {
  const base = baseDayOf(day)
  const row = base && rowOn(middleRates, base.baseDay, ({ yuanFor }) => yuanFor[currency] !== undefined)
  const value = row?.yuanFor[currency]
  if (base === undefined || row === undefined || value === undefined) return undefined
  return {
    value: new Big(value),
    basis: {
      name: {
        en: `Exchange rate of ${currency}, middle rate of ${base.baseDay}`,
        zh: `${currency}计征汇率（${base.baseDay}中间价）`,
      },
      value,
      source: `${row.source}; base day: ${base.rule.source}`,
      validFrom: `${day.slice(0, 7)}-01`,
      validTo: lastOfMonth(day),
      unverified: row.unverified || base.baseDay > announcedUntil,
    },
  }
}

const lastOfMonth = (day: string) => {
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  month.setUTCMonth(month.getUTCMonth() + 1, 0)
  return month.toISOString().slice(0, 10)
}

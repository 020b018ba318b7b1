import { expect, test } from 'vitest'
import { quarterOf, quartersDue } from '../../src/fees/assessment/quarters.ts'

test.each([
  ['2026-01-01', '2026-Q1', '2026-01-01', '2026-03-31'],
  ['2026-06-30', '2026-Q2', '2026-04-01', '2026-06-30'],
  ['2026-07-01', '2026-Q3', '2026-07-01', '2026-09-30'],
  ['2028-12-31', '2028-Q4', '2028-10-01', '2028-12-31'],
])('%s is in %s', (day, name, from, to) => expect(quarterOf(day)).toEqual({ name, from, to }))

test('the one before, where none was ever made; else all that were missed, at most so many', () => {
  const names = (today: string, newest?: string, most = 8) => quartersDue(today, newest, most).map(({ name }) => name)
  expect(names('2026-10-01')).toEqual(['2026-Q3'])
  expect(names('2026-12-31', '2026-Q3')).toEqual([])
  expect(names('2027-01-01', '2026-Q3')).toEqual(['2026-Q4'])
  expect(names('2027-08-15', '2026-Q3')).toEqual(['2026-Q4', '2027-Q1', '2027-Q2'])
  expect(names('2027-08-15', '2020-Q1', 2)).toEqual(['2027-Q1', '2027-Q2'])
  // A clock that was ahead and is set right again.
  expect(names('2026-10-01', '2027-Q4')).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { complaintMoves, complaintStatuses, parties } from '../../schemas/fees/complaints.ts'
import {
  caseNumberOf,
  complaintTable,
  dueDayOf,
  isCaseNumber,
  isClosing,
  isOverdue,
  movesOf,
} from '../../src/fees/complaints.ts'
import { addWorkdays } from '../../src/fees/workdays.ts'
import { limits } from '../../src/limits.ts'

const [timely, late] = ['2026-12-04', '2026-12-05']
const dueOn = timely

describe('what may be done with a complaint', () => {
  test('is written down for every party and status, and nothing else may', () => {
    const allowed = (today: string) =>
      complaintStatuses.flatMap((status) =>
        parties.flatMap((party) =>
          movesOf(party, { status, dueOn }, today).map((move) => `${status}: ${party} ${move}`),
        ),
      )
    const always = [
      'filed: trader withdraw',
      'filed: payee answer',
      'answered: trader accept',
      'answered: trader dispute',
      'answered: trader withdraw',
      'disputed: trader withdraw',
      'disputed: admin decide',
    ]
    expect(allowed(timely)).toEqual(always)
    expect(allowed(late)).toEqual([...always.slice(0, 2), 'filed: admin decide', ...always.slice(2)])
  })

  test('every status can be reached, and those that end it lead nowhere', () => {
    expect(new Set(['filed', ...complaintMoves.map((move) => complaintTable[move].to)])).toEqual(
      new Set(complaintStatuses),
    )
    for (const status of complaintStatuses.filter(isClosing))
      for (const party of parties) expect(movesOf(party, { status, dueOn }, late)).toEqual([])
    expect(complaintStatuses.filter(isClosing)).toEqual(['settled', 'decided', 'withdrawn'])
  })

  test('it is overdue after its day, while nobody answered', () => {
    expect(isOverdue({ status: 'filed', dueOn }, timely)).toBe(false)
    expect(isOverdue({ status: 'filed', dueOn }, late)).toBe(true)
    expect(isOverdue({ status: 'answered', dueOn }, late)).toBe(false)
  })
})

describe('days for an answer', () => {
  test.each([
    // A Saturday; ten workdays on is the Friday after next.
    ['2026-11-21', 10, '2026-12-04'],
    ['2026-11-20', 1, '2026-11-23'],
    // National Day 2026: off from 1 to 7 October; Saturday the 10th is a make-up day.
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
    // Nobody has announced 2035: weekends only.
    ['2035-01-05', 1, '2035-01-08'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %d workdays: %s', (from, count, day) => {
    expect(addWorkdays(from, count)).toBe(day)
  })

  test('are those of the limit, whatever the zone of the process', () => {
    expect(dueDayOf('2026-11-21')).toBe(addWorkdays('2026-11-21', limits.complaintAnswerWorkdays))
  })
})

describe('case numbers', () => {
  test('say the day and the serial, and end with a check digit', () => {
    // ISO 7064 MOD 11,10, worked out apart from this project.
    expect(caseNumberOf('2026-11-21', 1)).toBe('CQJG2026112100014')
    expect(caseNumberOf('2026-11-21', 12_345)).toBe('CQJG20261121123454')
    expect(isCaseNumber(caseNumberOf('2026-11-21', 1))).toBe(true)
    expect(isCaseNumber(caseNumberOf('2026-11-21', 12_345))).toBe(true)
  })

  test('with any one digit wrong are none', () => {
    const right = caseNumberOf('2026-11-21', 7)
    for (let place = 4; place < right.length; place++)
      for (const digit of '0123456789') {
        const slip = right.slice(0, place) + digit + right.slice(place + 1)
        expect([slip, isCaseNumber(slip)]).toEqual([slip, slip === right])
      }
    for (const other of ['', 'CQJG', right.toLowerCase(), `${right}0`, right.slice(0, -1), `x${right}`])
      expect(isCaseNumber(other)).toBe(false)
  })
})

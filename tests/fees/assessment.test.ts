import { describe, expect, test } from 'vitest'
import { assessmentReport } from '../../schemas/fees/assessment.ts'
import { assess } from '../../src/fees/assessment/assess.ts'
import { complaints, foundBy, inputsOf, judged, listNow } from './assessment-sample.ts'

// Every figure here was worked out by hand from the sample.

describe('合法性', () => {
  test('cancelled, or without a basis where it needs one: a violation; a basis that ended beside one that holds: watched', () => {
    expect(foundBy('legality', inputsOf({}))).toEqual([
      'cuntan-construction violation bases-named=1 bases-in-force=1',
      'guoyuan-storage watch bases-named=2 bases-in-force=1',
      'luohuang-inspection violation bases-named=0 bases-in-force=0',
    ])
  })

  test('a basis that is taken back no longer holds, nor does what it cancelled', () => {
    const withdrawn = { on: '2026-09-30', reason: { en: 'A slip', zh: '有误' } }
    const now = listNow().map((entry) =>
      entry.type === 'basis' && (entry.id === 'dues' || entry.id === 'cancelling')
        ? { ...entry, content: { ...entry.content, withdrawn } }
        : entry,
    )
    const found = foundBy('legality', inputsOf({ now }))
    expect(found).toContain('guoyuan-dues violation bases-named=1 bases-in-force=0')
    // For want of a basis, and for nothing else: it is no longer cancelled.
    expect(found.filter((one) => one.startsWith('cuntan-construction'))).toEqual([
      'cuntan-construction violation bases-named=1 bases-in-force=0',
    ])
    // From the day after it would not hold; on the day before it still does.
    const later = now.map((entry) =>
      entry.type === 'basis' && entry.content.withdrawn !== undefined
        ? { ...entry, content: { ...entry.content, withdrawn: { ...withdrawn, on: '2026-10-01' } } }
        : entry,
    )
    expect(foundBy('legality', inputsOf({ now: later }))).toEqual(foundBy('legality', inputsOf({})))
  })
})

test('限价: above the ceiling, other than the set price: a violation; not to be compared: watched', () => {
  expect(foundBy('ceiling', inputsOf({}))).toEqual([
    'cuntan-dues violation prices-breaking=1 prices-not-comparable=0 price=36 limit=34',
    'guoyuan-security watch prices-breaking=0 prices-not-comparable=1',
    'luohuang-security violation prices-breaking=1 prices-not-comparable=0 price=10 limit=8',
  ])
})

describe('实收与公示', () => {
  test('a share above the list from 10 % on is a violation, from 2 % on watched, below nothing', () => {
    const lines = [
      // 4 of 40: 10 %. 3 of 40: 7.5 %. 1 of 51: 1.96 %.
      judged('guoyuan-weighing', 'right', 36, '3600.00'),
      judged('guoyuan-weighing', 'above-price', 3, '360.00', '60.00'),
      judged('guoyuan-weighing', 'wrong-unit', 1, '120.00', '20.00'),
      judged('cuntan-weighing', 'below-price', 37, '2000.00'),
      judged('cuntan-weighing', 'above-price', 3, '210.00', '30.00'),
      judged('luohuang-weighing', 'right', 50, '2500.00'),
      judged('luohuang-weighing', 'above-price', 1, '60.00', '10.00'),
    ]
    expect(foundBy('charged', inputsOf({ lines }))).toEqual([
      'cuntan-weighing watch lines-judged=40 lines-above=3 share=7.50 over=30.00',
      'guoyuan-weighing violation lines-judged=40 lines-above=4 share=10.00 over=80.00',
    ])
  })

  test('2000 yuan too much is a violation whatever the share; on fewer than 5 lines nothing is worse than watched', () => {
    const lines = [
      judged('guoyuan-lump', 'right', 199, '179100.00'),
      judged('guoyuan-lump', 'above-price', 1, '2900.00', '2000.00'),
      judged('cuntan-weighing', 'above-price', 4, '9000.00', '8760.00'),
      // What is undecided is not counted.
      judged('cuntan-weighing', 'undecided', 10, '600.00'),
    ]
    expect(foundBy('charged', inputsOf({ lines }))).toEqual([
      'cuntan-weighing watch lines-judged=4 lines-above=4 share=100.00 over=8760.00',
      'guoyuan-lump violation lines-judged=200 lines-above=1 share=0.50 over=2000.00',
    ])
  })

  test('three lines that stand in no list are a violation, one is watched; a payee in no list counts too', () => {
    const lines = [
      judged('guoyuan-unknown', 'outside-list', 1, '50.00', '50.00'),
      judged('guoyuan-gone', 'not-valid', 1, '30.00', '30.00'),
      judged('guoyuan-construction', 'cancelled', 1, '64.00', '64.00'),
      judged('cuntan-unknown', 'outside-list', 2, '80.00', '80.00'),
      judged(undefined, 'outside-list', 1, '99.00', '99.00'),
    ]
    expect(foundBy('charged', inputsOf({ lines }))).toEqual([
      'cuntan-terminal watch lines-outside-list=2 lines-cancelled=0 lines-not-valid=0 charged=80.00',
      'guoyuan watch lines-outside-list=1 lines-cancelled=0 lines-not-valid=0 charged=99.00',
      'guoyuan-terminal violation lines-outside-list=1 lines-cancelled=1 lines-not-valid=1 charged=144.00',
    ])
  })

  test('three complaints are watched; what was withdrawn is none', () => {
    const filed = [
      complaints('guoyuan', 'settled', 2, '100.00'),
      complaints('guoyuan', 'filed', 1, '50.50'),
      complaints('cuntan', 'decided', 2, '80.00'),
      complaints('cuntan', 'withdrawn', 5, '900.00'),
    ]
    expect(foundBy('charged', inputsOf({ complaints: filed }))).toEqual([
      'guoyuan-terminal watch complaints=3 amount=150.50',
    ])
  })
})

describe('the report', () => {
  const lines = [
    judged('guoyuan-weighing', 'right', 6, '600.00'),
    judged('guoyuan-weighing', 'above-price', 4, '480.00', '80.00'),
    judged('guoyuan-unknown', 'outside-list', 1, '50.00', '50.00'),
  ]
  const report = assess(inputsOf({ lines, complaints: [complaints('guoyuan', 'filed', 1, '80.00')] }))

  test('is what its schema says, numbers its findings, and each has its rule, source and words', () => {
    assessmentReport.parse(report)
    expect(report.findings.map(({ number }) => number)).toEqual(report.findings.map((_, at) => at + 1))
    expect(new Set(report.findings.map((one) => one.rule)).size).toBe(7)
    for (const { rule, entry, source, text } of report.findings) {
      expect([entry, source.en]).toEqual([`rule-${rule}`, `source of ${rule}`])
      expect(text.en).not.toBe(text.zh)
    }
  })

  test('counts each fee once, by the gravest thing found about it; the rest is reasonable', () => {
    // 19 fees. Violations: cuntan dues and construction, luohuang security and inspection, guoyuan loading and weighing (bills). Watched: guoyuan
    // security, storage, tally, seal, stuffing, cuntan weighing and tally.
    expect(report.fees).toEqual({ reasonable: 6, watch: 7, high: 0, violation: 6 })
  })

  test('says of each payee how many prices stand above and below what is laid down and the median, and what bills showed', () => {
    expect(report.payees.map((one) => one.payee)).toEqual(['cuntan-terminal', 'guoyuan-terminal', 'luohuang-terminal'])
    expect(report.payees[0]).toMatchObject({
      standard: { above: 1, equal: 0, below: 0 },
      median: { above: 0, equal: 1, below: 1 },
    })
    expect(report.payees[1]).toMatchObject({
      name: { zh: '果园码头' },
      creditCode: '91500000MA5PAY001U',
      standard: { above: 0, equal: 1, below: 0 },
      median: { above: 3, equal: 0, below: 0 },
      lines: { judged: 11, above: 4, outside: 1, doubled: 0, markedUp: 0, over: '130.00' },
      complaints: { filed: 1, open: 1, amount: '80.00' },
    })
    expect(report.payees[2]).toMatchObject({ standard: { above: 1, equal: 0, below: 0 } })
  })
})

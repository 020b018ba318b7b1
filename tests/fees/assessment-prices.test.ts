import { describe, expect, test } from 'vitest'
import type { Entry } from '../../schemas/fees/entries.ts'
import { assess } from '../../src/fees/assessment/assess.ts'
import { foundBy, inputsOf, judged, listBefore, listNow } from './assessment-sample.ts'
import { fee, fixed, rates } from './support.ts'

// Every figure here was worked out by hand from the sample.

describe('横向比较', () => {
  test('above 1.5 times the median, and dearer than three quarters: high; above 1.2 times: watched', () => {
    expect(foundBy('comparison', inputsOf({}))).toEqual([
      // 16 / 10 = 1.6, but only two of three are cheaper.
      'guoyuan-seal watch price=16 median=10 ratio=1.6000 percentile=66.67 others=3 prices-dear=1 prices-compared=1',
      // 50, 52, 54; 70 / 52 = 1.34615…
      'guoyuan-tally watch price=70 median=52 ratio=1.3462 percentile=100.00 others=3 prices-dear=1 prices-compared=1',
      // 50, 58, 60, 62: the median is 59; 100 / 59 = 1.69491…
      'guoyuan-weighing high price=100 median=59 ratio=1.6949 percentile=100.00 others=4 prices-dear=1 prices-compared=1',
    ])
  })

  test('a price below the median is told as it is; too few others are no comparison', () => {
    const { comparisons, uncompared } = assess(inputsOf({}))
    expect(comparisons.filter(({ kind }) => kind === 'weighing')).toMatchObject([
      // 50, 58, 62, 100: one of four cheaper.
      {
        fee: 'cuntan-weighing',
        price: '60',
        median: '60',
        percentile: '50.00',
        ratio: '1.0000',
        least: '50',
        most: '100',
      },
      { fee: 'guoyuan-weighing', price: '100' },
      // 58, 60, 62, 100.
      { fee: 'luohuang-weighing', price: '50', median: '61', percentile: '0.00', ratio: '0.8197' },
    ])
    expect(uncompared).toEqual(expect.arrayContaining(['guoyuan-lashing', 'cuntan-lashing', 'guoyuan-lump']))
    expect(uncompared).not.toContain('guoyuan-weighing')
    expect(uncompared).not.toContain('guoyuan-handed-on')
  })

  test('what was seen later was not known then', () => {
    const seenOn = (day: string) =>
      inputsOf({
        now: listNow().map((entry) =>
          entry.type === 'peer' && entry.id === 'seen-tally-one'
            ? { ...entry, content: { ...entry.content, seenOn: day } }
            : entry,
        ),
      })
    const compared = (day: string) => assess(seenOn(day)).comparisons.some(({ fee: id }) => id === 'guoyuan-tally')
    expect([compared('2026-09-30'), compared('2026-10-01')]).toEqual([true, false])
  })

  test('only the very same thing is compared: the size, the unit and the step of days', () => {
    const stored = (place: string, ends: string, dear: string) =>
      fee(`${place}-yard`, {
        kind: 'yard',
        port: place,
        payee: `${place}-terminal`,
        price: rates({
          form: 'slices',
          when: { sizes: ['20'] },
          per: ['storage-day'],
          of: 'storage-day',
          steps: [{ upTo: ends, amount: '0' }, { amount: dear }],
        }),
      })
    const others = listNow().filter(({ id }) => id !== 'guoyuan-storage')
    const extra = stored('luohuang', '7', '12')
    const now = [
      ...others,
      stored('guoyuan', '7', '20'),
      stored('cuntan', '7', '10'),
      extra,
      // The same days counted for each container, said in the other order; and a size this is not for.
      {
        ...extra,
        id: 'luohuang-yard-two',
        content: { ...stored('luohuang', '7', '14').content, payee: 'luohuang-two' },
      },
      fee('cuntan-yard-forty', {
        kind: 'yard',
        port: 'cuntan',
        payee: 'cuntan-two',
        applies: { sizes: ['40'] },
        price: fixed('99', 'container', 'storage-day'),
      }),
    ]
    const { comparisons } = assess(inputsOf({ now }))
    expect(comparisons.filter((row) => row.fee === 'guoyuan-yard')).toMatchObject([
      { price: '0', median: '0', others: 3 },
      { price: '20', least: '10', median: '12', most: '14', others: 3, ratio: '1.6667' },
    ])
  })
})

describe('重复收费', () => {
  test('two doubled lines are a violation, one is watched; a fee that another of the payee covers, where it always falls, a violation', () => {
    const lines = [
      judged('guoyuan-weighing', 'doubled', 2, '200.00', '200.00'),
      judged('cuntan-tally', 'doubled', 1, '50.00', '50.00'),
    ]
    expect(foundBy('double', inputsOf({ lines }))).toEqual([
      'cuntan-tally watch lines-doubled=1 over=50.00',
      'guoyuan-loading violation',
      'guoyuan-stuffing watch',
      'guoyuan-weighing violation lines-doubled=2 over=200.00',
    ])
  })

  test('what falls on other things, or is another payee’s, is not covered', () => {
    const now = listNow().map((entry) => {
      if (entry.id === 'guoyuan-loading' && entry.type === 'fee')
        return { ...entry, content: { ...entry.content, applies: { cargoes: ['bulk' as const] } } }
      if (entry.id === 'guoyuan-lump' && entry.type === 'fee')
        return { ...entry, content: { ...entry.content, applies: { cargoes: ['container' as const] } } }
      if (entry.id === 'guoyuan-stuffing' && entry.type === 'fee')
        return { ...entry, content: { ...entry.content, payee: 'guoyuan-packers' } }
      return entry
    })
    expect(foundBy('double', inputsOf({ now }))).toEqual([])
  })
})

test('代收加价: 100 yuan added are a violation, less is watched; two lines without a voucher are watched', () => {
  const lines = [
    judged('guoyuan-handed-on', 'marked-up', 3, '900.00', '100.00'),
    judged('cuntan-lashing', 'marked-up', 1, '50.00', '99.99'),
    judged('guoyuan-handed-on', 'undecided', 2, '600.00'),
    // Undecided, but not handed on.
    judged('guoyuan-weighing', 'undecided', 9, '900.00'),
  ]
  expect(foundBy('mark-up', inputsOf({ lines }))).toEqual([
    'cuntan-lashing watch lines-marked-up=1 over=99.99',
    'guoyuan-handed-on violation lines-marked-up=3 over=100.00',
    'guoyuan-handed-on watch lines-unvouched=2 charged=600.00',
  ])
  expect(foundBy('mark-up', inputsOf({ lines: [judged('guoyuan-handed-on', 'undecided', 1, '300.00')] }))).toEqual([])
})

describe('变动', () => {
  test('above 10 % up, up from nothing, and what took another form are watched', () => {
    expect(foundBy('movement', inputsOf({}))).toEqual([
      'cuntan-tally watch prices-raised=1 prices-reshaped=0 before=40 now=50 rise=25.00',
      'cuntan-weighing watch prices-raised=1 prices-reshaped=0 before=50 now=60 rise=20.00',
      'guoyuan-seal watch prices-raised=1 prices-reshaped=0 before=0 now=16',
      'guoyuan-storage watch prices-raised=0 prices-reshaped=1',
      'luohuang-inspection watch prices-raised=1 prices-reshaped=0 before=2 now=20 rise=900.00',
      'luohuang-security watch prices-raised=1 prices-reshaped=0 before=8 now=10 rise=25.00',
    ])
  })

  test('what is new, ended, and dearer by little is told', () => {
    const { movement } = assess(inputsOf({}))
    expect(movement.new).toEqual(['guoyuan-stuffing'])
    expect(movement.ended).toEqual(['guoyuan-gone'])
    expect(movement.raised.map(({ fee: id, percent }) => `${id} ${percent}`)).toContain('luohuang-weighing 4.17')
    expect(movement.lowered).toMatchObject([{ fee: 'guoyuan-lashing', before: '50', now: '45', percent: '-10.00' }])
  })

  test('a bound on top that goes away is told; free days cut short are a rise from nothing', () => {
    const priced = (price: ReturnType<typeof rates>) => [
      ...listNow().filter(({ id }) => id !== 'guoyuan-storage'),
      fee('guoyuan-storage', { kind: 'yard', price }),
    ]
    const free = (upTo: string, maximum?: string) =>
      rates({
        form: 'slices',
        per: ['container', 'storage-day'],
        of: 'storage-day',
        steps: [{ upTo, amount: '0' }, { amount: '5' }],
        ...(maximum === undefined ? {} : { maximum }),
      })
    const inputs = inputsOf({ before: priced(free('7', '100')), now: priced(free('5')) })
    expect(foundBy('movement', inputs)).toEqual([
      // Days 6 and 7 were free; the rest costs what it did.
      'guoyuan-storage watch prices-raised=1 prices-reshaped=1 before=0 now=5',
    ])
    expect(foundBy('movement', inputsOf({ before: priced(free('7')), now: priced(free('7', '100')) }))).toEqual([])
    expect(foundBy('movement', inputsOf({ before: priced(free('7', '100')), now: priced(free('7', '120')) }))).toEqual([
      'guoyuan-storage watch prices-raised=1 prices-reshaped=0 before=100 now=120 rise=20.00',
    ])
  })

  test('the first round has nothing to compare with, and says so', () => {
    const report = assess(inputsOf({ before: undefined }))
    expect(report.findings.filter((one) => one.rule === 'movement')).toEqual([])
    expect(report.rules.find((one) => one.rule === 'movement')).toMatchObject({
      applied: false,
      because: { zh: '此前没有评估轮次' },
    })
    expect(report).not.toHaveProperty('previous')
  })
})

describe('合规成本', () => {
  test('up by 5 % is watched, by 15 % high, and so is more than a container may cost', () => {
    expect(foundBy('compliance-cost', inputsOf({}))).toEqual([
      // 36 + 64 of the government, 60 + 50 of the market; before 50 and 40: 20 on 190.
      'cuntan watch total-least=210.00 total-most=210.00 government-least=100.00 government-most=100.00 market-least=110.00 market-most=110.00 before-least=190.00 before-most=190.00 rise=10.53 allowed=1000',
      // 1900 of the lump sum, which covers loading, and 34 of dues.
      'guoyuan high total-least=1934.00 total-most=1934.00 government-least=34.00 government-most=34.00 market-least=1900.00 market-most=1900.00 before-least=1934.00 before-most=1934.00 rise=0.00 allowed=1800',
      // 10 + 20 and 50; before 8 + 2 and 48.
      'luohuang high total-least=80.00 total-most=80.00 government-least=30.00 government-most=30.00 market-least=50.00 market-most=50.00 before-least=58.00 before-most=58.00 rise=37.93 allowed=1000',
    ])
  })

  test('where a total has two ends the upper one counts; where nobody can say it, the lower', () => {
    const weighed = (list: Entry[], least: string, most: string) =>
      list.map(
        (entry): Entry =>
          entry.type === 'fee' && entry.id === 'cuntan-weighing'
            ? {
                ...entry,
                content: { ...entry.content, price: rates({ form: 'range', per: ['container'], least, most }) },
              }
            : entry,
      )
    const [now, before] = [weighed(listNow(), '60', '90'), weighed(listBefore(), '50', '60')]
    const cuntan = (inputs: ReturnType<typeof inputsOf>) =>
      assess(inputs).costs.find((cost) => cost.basket === 'cuntan-20')
    // 240 on 200; 210 on 190.
    expect(cuntan(inputsOf({ now, before }))).toMatchObject({
      total: { least: '210.00', most: '240.00' },
      percent: '20.00',
    })
    const agreed = fee('cuntan-agreed', {
      kind: 'lashing',
      port: 'cuntan',
      payee: 'cuntan-terminal',
      price: { kind: 'agreement', currency: 'CNY', disclosure: { en: 'asked for', zh: '询价' } },
    })
    const open = cuntan(inputsOf({ now: [...now, agreed], before }))
    expect(open?.total).toEqual({ least: '210.00' })
    expect(open?.percent).toBe('10.53')
  })

  test('every basket is told, also one nothing is found about', () => {
    expect(assess(inputsOf({})).costs.find((cost) => cost.basket === 'guoyuan-20')).toEqual({
      basket: 'guoyuan-20',
      name: { en: "One 20' at guoyuan", zh: 'guoyuan20尺' },
      port: 'guoyuan',
      total: { least: '934.00', most: '934.00' },
      government: { least: '34.00', most: '34.00' },
      market: { least: '900.00', most: '900.00' },
      before: { least: '934.00', most: '934.00' },
      percent: '0.00',
    })
  })
})

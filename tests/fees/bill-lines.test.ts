import { describe, expect, test } from 'vitest'
import type { BillLine } from '../../schemas/fees/bill.ts'
import { judgeBill } from '../../src/fees/bills/judge.ts'
import { bill, judge, line, told } from './bill-support.ts'
import { fee, fixed, rates, someCatalogue, someEntries, someShipment } from './support.ts'

const lump = (amount: string, more: Partial<BillLine> = {}) => line('港口作业包干费', amount, more)
const of = (quantity: string, unitPrice: string, unit = '箱') => ({ quantity, unitPrice, unit })

describe('lines of one fee share what it comes to: 480 and 2 × 720', () => {
  test.each([
    ['all in one line', [lump('1920.00')], ['right 1920.00 0.00']],
    ['all in one line, with a count', [lump('1920.00', { quantity: '3', unit: '箱' })], ['right 1920.00 0.00']],
    [
      'by size',
      [lump('480.00', of('1', '480')), lump('1440.00', of('2', '720'))],
      ['right 480.00 0.00', 'right 1440.00 0.00'],
    ],
    [
      'container by container',
      [lump('720.00', of('1', '720')), lump('480.00', of('1', '480')), lump('720.00', of('1', '720'))],
      ['right 720.00 0.00', 'right 480.00 0.00', 'right 720.00 0.00'],
    ],
    ['one of them not billed', [lump('720.00')], ['right 720.00 0.00']],
    ['the whole and one again', [lump('1920.00'), lump('480.00')], ['right 1920.00 0.00', 'doubled 0.00 480.00']],
    ['one before the whole', [lump('480.00'), lump('1920.00')], ['doubled 0.00 480.00', 'right 1920.00 0.00']],
    [
      'a third of the two',
      [lump('1440.00'), lump('720.00', of('1', '720'))],
      ['right 1440.00 0.00', 'above-price 480.00 240.00'],
    ],
    [
      'a third of the two, by its size',
      [lump('1440.00'), line("港口作业包干费 40'", '720.00')],
      ['right 1440.00 0.00', 'doubled 0.00 720.00'],
    ],
    ['more than there are', [line("港口作业包干费 20'", '960.00', of('2', '480'))], ['above-price 480.00 480.00']],
    ['a size that is not there', [line("港口作业包干费 45'", '720.00', of('1', '720'))], ['above-price 0.00 720.00']],
    [
      'both prices wrong',
      [lump('500.00', of('1', '500')), lump('1500.00', of('2', '750'))],
      ['above-price 480.00 20.00', 'above-price 1440.00 60.00'],
    ],
    ['a cent of rounding', [lump('1920.01')], ['right 1920.00 0.00']],
    ['two cents are none', [lump('1920.02')], ['above-price 1920.00 0.02']],
    ['nothing', [lump('0.00'), lump('1920.00')], ['right 0.00 0.00', 'right 1920.00 0.00']],
  ] satisfies [string, BillLine[], string[]][])('%s', (_, lines, expected) => {
    expect(told(judge(lines))).toEqual(expected)
  })

  test('parts of a price in steps that only together make it', () => {
    // Ten days in the yard: 7 free, 3 at 5 yuan, for three containers.
    const shipment = {
      ...someShipment({ containers: [{ count: 3, size: '40', state: 'laden', storageDays: 16 }] }),
      day: '2026-10-10',
    }
    // 3 × (7 × 5 + 2 × 10) = 165
    const yard = (...amounts: string[]) =>
      told(
        judge(
          amounts.map((amount) => line('库场使用费', amount)),
          { shipment },
        ),
      )
    expect(yard('165.00')).toEqual(['right 165.00 0.00'])
    expect(yard('105.00', '60.00')).toEqual(['right 105.00 0.00', 'right 60.00 0.00'])
    expect(yard('60.00', '105.00')).toEqual(['right 60.00 0.00', 'right 105.00 0.00'])
    expect(yard('165.00', '165.00')).toEqual(['right 165.00 0.00', 'doubled 0.00 165.00'])
    expect(yard('55.00', '55.00', '55.00')).toEqual(Array(3).fill('right 55.00 0.00'))
    // By the container and day, as a bill may count it: 3 boxes, or one of them.
    const counted = told(judge([line('库场使用费', '55.00', { quantity: '1', unit: '箱' })], { shipment }))
    expect(counted).toEqual(['right 55.00 0.00'])
  })

  test('an amount of three places is rounded once for each container, and so for a line of some of them', () => {
    const shipment = {
      ...someShipment({ containers: [{ count: 3, size: '20', state: 'laden' }] }),
      day: '2026-10-10',
    }
    // 33.335 is 33.34 a container.
    const stuffing = (...lines: BillLine[]) => told(judge(lines, { shipment }))
    expect(stuffing(line('装箱费', '100.02'))).toEqual(['right 100.02 0.00'])
    expect(stuffing(line('装箱费', '66.68', of('2', '33.34')), line('装箱费', '33.34', of('1', '33.34')))).toEqual([
      'right 66.68 0.00',
      'right 33.34 0.00',
    ])
  })
})

describe('what the consignment does not say', () => {
  test('how many documents there were is taken from the bill, once', () => {
    const { bills: _, ...without } = someShipment()
    const shipment = { ...without, day: '2026-10-10' }
    const documents = (...lines: BillLine[]) => judge(lines, { shipment })
    expect(told(documents(line('单证费', '20.00', of('2', '10', '票'))))).toEqual(['right 20.00 0.00'])
    expect(told(documents(line('单证费', '10.00')))).toEqual(['right 10.00 0.00'])
    expect(told(documents(line('单证费', '24.00', of('2', '12', '票'))))).toEqual(['above-price 20.00 4.00'])
    const twice = documents(line('单证费', '10.00', of('1', '10', '票')), line('单证费', '10.00', of('1', '10', '票')))
    expect(told(twice)).toEqual(['right 10.00 0.00', 'undecided ? 0.00'])
    expect(twice.lines[1]?.because.en).toContain('how many')
    const known = judge([line('单证费', '20.00', of('2', '10', '票'))])
    expect(told(known)).toEqual(['above-price 10.00 10.00'])
  })

  test('a fact that decides the price: above all prices is above, else it is not decided and the fact is named', () => {
    const { trade: _, ...without } = someShipment({ containers: [{ count: 1, size: '20', state: 'laden' }] })
    const tally = (amount: string) =>
      judge([line('理箱费', amount)], { payee: 'qingtian-tally', shipment: { ...without, day: '2026-10-10' } })
    expect(told(tally('15.00'))).toEqual(['above-price 14.00 1.00'])
    expect(told(tally('6.00'))[0]).toMatch(/^below-price/)
    expect(told(tally('10.00'))[0]).toMatch(/^undecided/)
    expect(tally('10.00').lines[0]?.because.zh).toContain('贸易类型')
  })

  test('days nobody counted leave the line undecided', () => {
    const judged = judge([line('库场使用费', '165.00')])
    expect(judged.lines[0]).toMatchObject({ verdict: 'undecided', over: '0.00' })
    expect(judged.lines[0]?.because.zh).toContain('堆存天数')
  })
})

describe('what a fee waits for', () => {
  const inspected = (more: object) =>
    judge([line('查验作业费', '1600.00')], { shipment: { ...someShipment(), day: '2026-10-10', ...more } })
  test('an event that did not happen, a service nobody asked for', () => {
    expect(told(inspected({}))).toEqual(['right 1600.00 0.00'])
    expect(told(inspected({ happened: ['inspection'] }))).toEqual(['right 1600.00 0.00'])
    expect(told(inspected({ happened: [] }))).toEqual(['undecided ? 0.00'])
    // An exemption makes it nothing at all.
    expect(told(inspected({ happened: ['inspection', 'inspection-clean'] }))).toEqual(['above-price 0.00 1600.00'])
    const asked = (requested: string[]) =>
      told(judge([line('移箱费', '300.00')], { shipment: { ...someShipment({ requested }), day: '2026-10-10' } }))
    expect(asked(['container-shifting'])).toEqual(['right 300.00 0.00'])
    expect(asked([])).toEqual(['undecided ? 0.00'])
  })

  test('a fee for other goods does not fall on these', () => {
    const judged = judge([line('件杂货理货费', '20.00')], { payee: 'qingtian-tally' })
    expect(told(judged)).toEqual(['above-price 0.00 20.00'])
    expect(judged.lines[0]?.because.zh).toContain('不适用于本批货物')
  })

  test('a fee of the vessel is not decided for a consignment whose vessel is not told of', () => {
    expect(told(judge([line('引航费', '500.00')], { payee: 'harbour-pilots' }))).toEqual(['undecided ? 0.00'])
    const vessel = { netTonnage: '1000', pilotageKilometres: '10' }
    const shipment = { ...someShipment({ vessel }), day: '2026-10-10' }
    expect(told(judge([line('引航费', '450.00')], { payee: 'harbour-pilots', shipment }))).toEqual([
      'right 450.00 0.00',
    ])
    expect(told(judge([line('引航费', '500.00')], { payee: 'harbour-pilots', shipment }))).toEqual([
      'above-price 450.00 50.00',
    ])
  })
})

describe('units', () => {
  test('words for one unit are one unit; another unit is told with the right amount', () => {
    for (const unit of ['箱', '元/箱', '柜', '个箱', 'CTN', 'containers'])
      expect(told(judge([lump('1440.00', of('2', '720', unit))]))).toEqual(['right 1440.00 0.00'])
    expect(told(judge([lump('2000.00', of('1', '2000', '票'))]))).toEqual(['wrong-unit 1920.00 80.00'])
    expect(told(judge([lump('1900.00', of('1', '1900', '票'))]))).toEqual(['wrong-unit 1920.00 0.00'])
    // A word that says nothing is no fault.
    expect(told(judge([lump('1920.00', { quantity: '1', unit: '次' })]))).toEqual(['right 1920.00 0.00'])
  })
})

describe('a service that another fee covers', () => {
  const both = (one: Parameters<typeof fee>[1], other: Parameters<typeof fee>[1], ...lines: BillLine[]) =>
    told(
      judgeBill(
        someCatalogue([
          ...someEntries(),
          fee('one', { kind: 'stuffing', name: { en: 'One', zh: '甲费' }, ...one }),
          fee('two', { kind: 'unstuffing', name: { en: 'Two', zh: '乙费' }, ...other }),
        ]),
        [],
        bill(lines),
      ),
    )
  const dear = fixed('100', 'bill')
  const cheap = fixed('40', 'bill')
  test('is charged twice, whether the list has it or not', () => {
    const lines = [line('甲费', '100.00'), line('乙费', '40.00')]
    expect(both({ price: dear, includes: ['unstuffing'] }, { price: cheap }, ...lines)).toEqual([
      'right 100.00 0.00',
      'doubled 0.00 40.00',
    ])
    expect(both({ price: dear }, { price: cheap }, ...lines)).toEqual(['right 100.00 0.00', 'right 40.00 0.00'])
    const thc = both(
      { price: dear, includes: ['terminal-handling'] },
      {},
      line('甲费', '100.00'),
      line('码头操作费（THC）', '680.00'),
    )
    expect(thc).toEqual(['right 100.00 0.00', 'doubled 0.00 680.00'])
  })
  test('of two that cover each other the dearer one stays, in whatever order', () => {
    const mutual = [
      { price: dear, includes: ['unstuffing'] },
      { price: cheap, includes: ['stuffing'] },
    ] as const
    expect(
      both(
        { ...mutual[0], includes: ['unstuffing'] },
        { ...mutual[1], includes: ['stuffing'] },
        line('乙费', '40.00'),
        line('甲费', '100.00'),
      ),
    ).toEqual(['doubled 0.00 40.00', 'right 100.00 0.00'])
  })
  test('is not charged twice when what covers it was credited', () => {
    const lines = [line('甲费', '100.00'), line('甲费 红字', '-100.00'), line('乙费', '40.00')]
    expect(both({ price: dear, includes: ['unstuffing'] }, { price: cheap }, ...lines)).toEqual([
      'right 0.00 0.00',
      'right ? 0.00',
      'right 40.00 0.00',
    ])
  })
})

describe('credits', () => {
  test('are taken off the line of their very amount, else off the dearest of their thing', () => {
    const lines = [lump('480.00'), lump('1440.00'), lump('1440.00'), lump('-1440.00')]
    expect(told(judge(lines))).toEqual(['right 480.00 0.00', 'right 0.00 0.00', 'right 1440.00 0.00', 'right ? 0.00'])
    expect(told(judge([lump('2000.00'), line('包干费退费', '-50.00')]))).toEqual([
      'above-price 1920.00 30.00',
      'right ? 0.00',
    ])
    expect(told(judge([line('环保费', '30.00'), line('环保费（冲红）', '-30.00')]))).toEqual([
      'right 0.00 0.00',
      'right ? 0.00',
    ])
  })
  test('that belong to nothing here are not decided, but counted in the sum', () => {
    const judged = judge([lump('1920.00'), line('上月多收退款', '-100.00')])
    expect(told(judged)).toEqual(['right 1920.00 0.00', 'undecided ? 0.00'])
    expect(judged.totals).toMatchObject({ charged: '1820.00', over: '0.00', undecided: '-100.00' })
  })
})

test('a minimum charge is for the whole, not for each line of it', () => {
  const entries = [
    ...someEntries(),
    fee('weigh', {
      kind: 'lashing',
      name: { en: 'W', zh: '计重费' },
      price: rates({ form: 'fixed', per: ['tonne'], amount: '2', minimum: '50' }),
    }),
  ]
  const shipment = { ...someShipment({ grossMassTonnes: '10' }), day: '2026-10-10' }
  const judged = (...amounts: string[]) =>
    told(
      judgeBill(
        someCatalogue(entries),
        [],
        bill(
          amounts.map((amount) => line('计重费', amount)),
          { shipment },
        ),
      ),
    )
  expect(judged('50.00')).toEqual(['right 50.00 0.00'])
  expect(judged('20.00')).toEqual(['below-price 50.00 0.00'])
  expect(judged('50.00', '50.00')).toEqual(['right 50.00 0.00', 'doubled 0.00 50.00'])
})

import { describe, expect, test } from 'vitest'
import { judgement, verdicts } from '../../schemas/fees/bill.ts'
import { judgeBill } from '../../src/fees/bills/judge.ts'
import { bill, judge, line, told } from './bill-support.ts'
import { basis, fee, fixed, someCatalogue, someEntries, someShipment } from './support.ts'

describe('a bill worked out by hand', () => {
  // Two 40-foot high cubes and one container of 20 feet, all laden, foreign trade, export, one bill of lading.
  const judged = judge(
    [
      line('港口作业包干费 40HQ', '1440.00', { quantity: '2', unit: '元/箱', unitPrice: '720' }),
      line("港口作業包乾費（20'重箱）", '500.00', { quantity: '1', unit: '柜', unitPrice: '500' }),
      line('货物港务费', '80.00'),
      line('港建费', '192.00', { quantity: '3', unit: '箱', unitPrice: '64' }),
      line('过磅费', '180.00', { quantity: '3', unit: '箱', unitPrice: '60' }),
      line('港口设施保安费', '50.00', { quantity: '1', unit: '票', unitPrice: '50' }),
      line('环境保护附加费', '100.00', { quantity: '2', unit: '箱', unitPrice: '60' }),
      line('冷藏箱供电费（2025）', '270.00', { quantity: '3', unit: '箱', unitPrice: '90' }),
      line('捆绑加固费', '300.00'),
      line('理箱费', '70.00'),
      line('洗箱费', '230.00', { handedOn: { from: '洁净洗箱站', amount: '200.00' } }),
      line('查验作业费 20尺', '400.00', { quantity: '1', unit: '箱', unitPrice: '400' }),
      line('查验作业费 20尺', '400.00', { quantity: '1', unit: '箱', unitPrice: '400' }),
      line('移箱费', '400.00', { quantity: '4', unit: '箱', unitPrice: '100' }),
      line('移箱费冲减', '-100.00'),
      line('消毒费', '90.00', { quantity: '3', unit: '箱', unitPrice: '30' }),
    ],
    { total: '4410.00' },
  )

  test('each line has its verdict, what it may cost at most, and what is too much', () => {
    expect(told(judged)).toEqual([
      'right 1440.00 0.00',
      'above-price 480.00 20.00',
      // 17 + 2 × 34
      'below-price 85.00 0.00',
      'cancelled 0.00 192.00',
      // The lump sum covers weighing.
      'doubled 0.00 180.00',
      // 8 + 2 × 12, by the container
      'wrong-unit 32.00 18.00',
      'outside-list 0.00 100.00',
      // 3 × 80 by the fee that holds since July
      'not-valid 240.00 30.00',
      'undecided ? 0.00',
      // The tally company's, not the terminal's.
      'outside-list 0.00 70.00',
      'marked-up 200.00 30.00',
      'right 400.00 0.00',
      'doubled 0.00 400.00',
      // 400 less the credit of 100
      'right 300.00 0.00',
      'right ? 0.00',
      // 3 × 18 to 3 × 36
      'right 108.00 0.00',
    ])
    expect(new Set(judged.lines.map(({ verdict }) => verdict))).toEqual(new Set(verdicts))
  })

  test('the sums are those of the lines', () => {
    expect(judged.totals).toEqual({
      charged: '4602.00',
      least: '3231.00',
      over: '1040.00',
      undecided: '300.00',
      difference: '-192.00',
    })
    expect(judged.objectionable).toEqual({ lines: [2, 4, 5, 6, 7, 8, 10, 11, 13], over: '1040.00' })
    expect(judged.verdicts).toMatchObject({ right: 5, doubled: 2, 'outside-list': 2, undecided: 1 })
    expect(judgement.parse(judged)).toEqual(judged)
  })

  test('each verdict says why, in both languages', () => {
    const because = (number: number) => judged.lines[number - 1]?.because
    expect(because(2)).toEqual({
      en: '“Cargo handling, lump sum” may cost 480.00 at most: 20.00 too much',
      zh: '“港口作业包干费”公示标准最高480.00元，多收20.00元',
    })
    expect(because(4)?.zh).toBe('“港口建设费”已由试〔2026〕2号（依据2）自2021-01-01起取消')
    expect(because(5)?.en).toBe(
      '“Cargo handling, lump sum” (line 1, 2) covers “Weighing”: the same service is charged twice',
    )
    expect(because(6)?.zh).toContain('按“票”计费，公示计价单位为')
    expect(because(6)?.zh).toContain('本批应收32.00元')
    expect(because(8)?.en).toBe(
      '“Reefer power 2025” holds from 2026-01-01 to 2026-06-30, not on 2026-10-10. What holds is “Reefer power”',
    )
    expect(because(9)?.en).toContain('what was agreed is missing')
    expect(because(10)?.zh).toBe('“理箱费”不在开单单位的清单内，属青田理货的收费项目')
    expect(because(11)?.en).toBe('洁净洗箱站 charged 200.00: 30.00 was added when it was handed on')
    expect(because(13)?.en).toBe('“Handling for inspection” is charged already in line 12')
    for (const { because: said } of judged.lines) for (const text of [said.en, said.zh]) expect(text).not.toBe('')
  })

  test('how the right amount comes about is told, and where the bill cannot multiply', () => {
    expect(judged.lines[0]?.steps[0]?.zh).toContain('720')
    expect(judged.lines[6]).toMatchObject({ product: '120.00' })
    expect(judged.lines.filter(({ product }) => product !== undefined)).toHaveLength(1)
    expect(judged.lines[13]?.steps.at(-1)?.en).toBe('Less the credit of line 15: 300.00 is judged')
  })
})

describe('which edition and which fee counts', () => {
  test('the day of the service, not that of the bill', () => {
    const lines = [line('冷藏箱制冷费', '240.00')]
    expect(told(judge(lines))).toEqual(['right 240.00 0.00'])
    const early = judge([line('冷藏箱供电费（2025）', '270.00')], {
      shipment: { ...someShipment(), day: '2026-05-01' },
    })
    expect(told(early)).toEqual(['right 270.00 0.00'])
    expect(early.day).toBe('2026-05-01')
    const { day: _, ...shipment } = { ...someShipment(), day: '' }
    expect(judge(lines, { shipment }).day).toBe('2026-10-12')
  })

  test('a fee that has not begun is not valid either, and where nothing holds nothing is due', () => {
    const only = someCatalogue([
      ...someEntries(),
      fee('next-year', { kind: 'lashing', name: { en: 'Next year', zh: '明年费' }, validFrom: '2027-01-01' }),
    ])
    const { lines } = judgeBill(only, [], bill([line('明年费', '60.00')]))
    expect(lines[0]).toMatchObject({ verdict: 'not-valid', most: '0.00', over: '60.00' })
    expect(lines[0]?.because.en).toContain('holds from 2027-01-01 on, not on 2026-10-10')
  })

  test('of two fees of one name the one that holds; the other’s price is told as no longer valid', () => {
    const both = someCatalogue([
      ...someEntries(),
      fee('wash-old', { name: { en: 'Washing', zh: '冲洗费' }, price: fixed('90', 'bill'), validTo: '2026-06-30' }),
      fee('wash-new', { name: { en: 'Washing', zh: '冲洗费' }, price: fixed('70', 'bill'), validFrom: '2026-07-01' }),
    ])
    const verdictOf = (amount: string) => told(judgeBill(both, [], bill([line('冲洗费', amount)])))
    expect(verdictOf('70.00')).toEqual(['right 70.00 0.00'])
    expect(verdictOf('90.00')).toEqual(['not-valid 70.00 20.00'])
    expect(verdictOf('95.00')).toEqual(['above-price 70.00 25.00'])
  })

  test('a fee that only another edition has is not valid, not unknown', () => {
    const later = someCatalogue(
      [...someEntries(), fee('extra', { kind: 'container-repair', name: { en: 'Extra', zh: '加班费' } })],
      2,
    )
    const lines = [line('加班费', '60.00')]
    expect(told(judge(lines))).toEqual(['outside-list 0.00 60.00'])
    const judged = judge(lines, {}, [later])
    expect(told(judged)).toEqual(['not-valid 0.00 60.00'])
    expect(judged.lines[0]?.because.zh).toBe('“加班费”列于第2版目录，2026-10-10适用的版次中没有')
  })

  test('a cancellation counts from its day on, and not once its document was withdrawn', () => {
    const entries = someEntries().filter(({ id }) => id !== '2')
    const withBasis = (changes: Parameters<typeof basis>[1]) =>
      told(judgeBill(someCatalogue([...entries, basis('2', changes)]), [], bill([line('港口建设费', '64.00')])))
    const cancels = [{ kind: 'port-construction', from: '2026-10-10' }]
    expect(withBasis({ cancels })).toEqual(['cancelled 0.00 64.00'])
    expect(withBasis({ cancels: [{ kind: 'port-construction', from: '2026-10-11' }] })).toEqual([
      'outside-list 0.00 64.00',
    ])
    const withdrawn = { on: '2026-10-10', reason: { en: 'x', zh: 'x' } }
    expect(withBasis({ cancels, withdrawn })).toEqual(['outside-list 0.00 64.00'])
    expect(withBasis({ cancels, validTo: '2026-10-09' })).toEqual(['cancelled 0.00 64.00'])
  })
})

describe('how a line is matched', () => {
  test.each([
    [line('任意名称', '480', { fee: 'guoyuan-lump-sum' }), { how: 'named', fee: 'guoyuan-lump-sum' }],
    [line('任意名称', '480', { kind: 'handling-lump-sum' }), { how: 'named', fee: 'guoyuan-lump-sum' }],
    [line('包干费', '480'), { how: 'name', fee: 'guoyuan-lump-sum' }],
    [line('Cargo Handling, Lump Sum (20GP)', '480'), { how: 'name', fee: 'guoyuan-lump-sum' }],
    [line('港口作业包干服务费', '480'), { how: 'similar', fee: 'guoyuan-lump-sum', score: 0.83 }],
    [line('报关服务费', '190'), { how: 'name', kind: 'customs-declaration' }],
    [line('无名之费', '1'), { how: 'none' }],
    [line('=HYPERLINK("http://x";"港口作业包干费")', '1'), { how: 'none' }],
  ])('%j', (one, matched) => {
    const [judged] = judge([one]).lines
    expect(judged?.matched).toMatchObject(matched)
    expect(judged?.description).toBe(one.description)
  })

  test('the biller’s own list comes before anybody else’s, and a name nobody has is a finding', () => {
    const east = judge([line('报关服务费', '190.00')], { payee: 'broker-east' })
    expect(told(east)).toEqual(['right 190.00 0.00'])
    const west = judge([line('报关服务费', '190.00')], { payee: { name: '西方 报关' } })
    expect(west.payee).toBe('broker-west')
    expect(told(west)).toEqual(['right 260.00 0.00'])
    const stranger = judge([line('报关服务费', '190.00')], { payee: { name: '无名公司' } })
    expect(stranger.payee).toBeUndefined()
    expect(told(stranger)).toEqual(['outside-list 0.00 190.00'])
    expect(stranger.lines[0]?.because.en).toBe('“无名公司” is not a payee of the list')
  })

  test('what may be two things as well as each other is not decided, and both are named', () => {
    const entries = [
      ...someEntries(),
      fee('move-a', { kind: 'container-shifting', name: { en: 'Move A', zh: '场内移箱作业费' } }),
      fee('move-b', { kind: 'container-repair', name: { en: 'Move B', zh: '场外移箱作业费' } }),
    ]
    const { lines } = judgeBill(someCatalogue(entries), [], bill([line('场地移箱作业费', '60.00')]))
    expect(lines[0]).toMatchObject({ verdict: 'undecided', matched: { how: 'similar' }, over: '0.00' })
    expect(lines[0]?.because.zh).toBe('“场地移箱作业费”可能是“场内移箱作业费”或“场外移箱作业费”')
  })

  test('of fees of one name that exclude each other the one for this consignment', () => {
    const entries = [
      ...someEntries(),
      fee('in', { name: { en: 'A', zh: '代理费' }, applies: { directions: ['import'] }, price: fixed('200', 'bill') }),
      fee('out', { name: { en: 'B', zh: '代理费' }, applies: { directions: ['export'] }, price: fixed('190', 'bill') }),
    ]
    expect(told(judgeBill(someCatalogue(entries), [], bill([line('代理费', '200.00')])))).toEqual([
      'above-price 190.00 10.00',
    ])
  })
})

describe('handing on', () => {
  const thc = (amount: string, voucher?: string) =>
    told(
      judge(
        [
          line(
            '码头操作费',
            amount,
            voucher === undefined ? {} : { handedOn: { from: '上海某码头', amount: voucher } },
          ),
        ],
        { payee: 'longriver-line' },
      ),
    )
  test('at what it cost is right, above it is a mark-up, without a voucher nothing can be said', () => {
    expect(thc('680.00', '680.00')).toEqual(['right 680.00 0.00'])
    expect(thc('680.01', '680.00')).toEqual(['marked-up 680.00 0.01'])
    expect(thc('600.00', '680.00')).toEqual(['below-price 680.00 0.00'])
    expect(thc('680.00')).toEqual(['undecided ? 0.00'])
  })

  test('an agent may collect the port’s dues, but not add to them', () => {
    const collect = (amount: string) => judge([line('货物港务费', amount)], { payee: 'broker-east' })
    expect(told(collect('85.00'))).toEqual(['right 85.00 0.00'])
    expect(told(collect('100.00'))).toEqual(['marked-up 85.00 15.00'])
    expect(collect('100.00').lines[0]?.because.zh).toBe('代果园码头收取，公示标准最高85.00元，加价15.00元')
    // Of a market price of somebody else's there is nothing to collect.
    expect(told(judge([line('港口作业包干费', '1920.00')], { payee: 'broker-east' }))).toEqual([
      'outside-list 0.00 1920.00',
    ])
  })

  test('a voucher shows whose charge it was, and does not make it right', () => {
    const handed = (amount: string, voucher: string) =>
      told(
        judge([line('港口作业包干费', amount, { handedOn: { from: '果园码头', amount: voucher } })], {
          payee: 'broker-east',
        }),
      )
    expect(handed('1920.00', '1920.00')).toEqual(['right 1920.00 0.00'])
    expect(handed('1950.00', '1920.00')).toEqual(['marked-up 1920.00 30.00'])
    // The source charged too much, not who handed it on.
    expect(handed('2000.00', '2000.00')).toEqual(['above-price 1920.00 80.00'])
    const nobodys = [line('神秘费', '50.00', { handedOn: { from: '某人', amount: '50.00' } })]
    expect(told(judge(nobodys, { payee: 'broker-east' }))).toEqual(['outside-list 0.00 50.00'])
  })

  test('one voucher is handed on once', () => {
    const wash = line('洗箱费', '200.00', { handedOn: { from: '洁净洗箱站', amount: '200.00' } })
    expect(told(judge([wash, wash]))).toEqual(['right 200.00 0.00', 'doubled 0.00 200.00'])
    const other = line('洗箱费', '210.00', { handedOn: { from: '洁净洗箱站', amount: '210.00' } })
    expect(told(judge([wash, other]))).toEqual(['right 200.00 0.00', 'right 210.00 0.00'])
  })
})

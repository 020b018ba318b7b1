import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BillLine, Judgement } from '../../schemas/fees/bill.ts'
import type { QuoteLine } from '../../schemas/fees/quote.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { quoteOf } from '../../src/fees/quote.ts'
import { bill, catalogue, judge } from './bill-support.ts'
import { someShipment } from './support.ts'

const day = '2026-10-10'
const payees = [
  'guoyuan-terminal',
  'qingtian-tally',
  'longriver-line',
  'broker-east',
  'broker-west',
  'ansteel-fumigation',
]

const containers = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 5 }),
    size: fc.constantFrom('20', '40', '45'),
    height: fc.constantFrom('standard', 'high-cube'),
    state: fc.constantFrom('laden', 'empty'),
    storageDays: fc.integer({ min: 0, max: 30 }),
    detentionDays: fc.integer({ min: 0, max: 30 }),
  } as const),
  { minLength: 1, maxLength: 3 },
)
const shipments: fc.Arbitrary<Shipment> = fc
  .record({
    containers,
    direction: fc.constantFrom('import', 'export'),
    trade: fc.constantFrom('foreign', 'domestic', 'transhipment'),
    bills: fc.integer({ min: 1, max: 3 }),
    requested: fc.subarray(['fumigation', 'container-shifting', 'disinfection', 'stuffing']),
    happened: fc.subarray(['inspection']),
  } as const)
  .map((given) => someShipment({ ...given, day }))

/** How a biller may have written what is due: fee by fee, or part by part with a count and what it is for. */
const styles = fc.constantFrom('sum', 'parts', 'counted') as fc.Arbitrary<'sum' | 'parts' | 'counted'>

function linesOf(quoted: QuoteLine, style: 'sum' | 'parts' | 'counted'): BillLine[] {
  const { name, fee, most = '0' } = quoted
  if (style === 'sum') return [{ description: name.zh, amount: most }]
  return quoted.applications.map(({ to, least, most: each = '0', quantity }) => {
    const product = quantity.reduce((all, { value }) => all.times(value), new Big(1))
    const divides = product.gt(0) && new Big(each).div(product).round(4).times(product).eq(each)
    // Of a price between two bounds an amount alone may be for one or for two.
    const isCounted = style === 'counted' || least !== each
    return {
      description: `${name.zh}（${to.zh}）`,
      fee,
      amount: each,
      ...(divides && isCounted
        ? { quantity: product.toFixed(), unitPrice: new Big(each).div(product).round(4).toFixed() }
        : {}),
    }
  })
}

/** What a payee may charge for a consignment, as lines of a bill. Lines that cost nothing are not printed. */
function honest(shipment: Shipment, payee: string, style: 'sum' | 'parts' | 'counted'): BillLine[] {
  const { lines } = quoteOf(catalogue, { ...shipment, payees: [payee] }, day)
  return lines
    .filter((quoted) => quoted.payee === payee && quoted.most !== undefined)
    .flatMap((quoted) => linesOf(quoted, style))
    .filter(({ amount }) => !new Big(amount).eq(0))
}

const cases = fc
  .record({ shipment: shipments, payee: fc.constantFrom(...payees), style: styles })
  .map(({ shipment, payee, style }) => ({ shipment, payee, lines: honest(shipment, payee, style) }))
const verdictsOf = ({ lines }: Judgement) => lines.map(({ verdict }) => verdict)
const about = ({ shipment, payee }: { shipment: Shipment; payee: string }) => ({ shipment, payee })
const sometimes = { numRuns: 300 }

test('what is charged as quoted is right, line by line', () => {
  let seen = 0
  fc.assert(
    fc.property(cases, (given) => {
      const judged = judge(
        given.lines.length === 0 ? [{ description: '过磅', amount: '0' }] : given.lines,
        about(given),
      )
      expect([...new Set(verdictsOf(judged))]).toEqual(['right'])
      expect(judged.totals.over).toBe('0.00')
      seen += given.lines.length
    }),
    sometimes,
  )
  expect(seen).toBeGreaterThan(300)
})

test('one line raised is the one above the price, by just that', () => {
  let seen = 0
  fc.assert(
    fc.property(cases, fc.nat(), fc.integer({ min: 2, max: 99_999 }), (given, pick, fen) => {
      fc.pre(given.lines.length > 0)
      const place = pick % given.lines.length
      const more = new Big(fen).div(100)
      const raised = given.lines.map((one, at): BillLine => {
        if (at !== place) return one
        const { unitPrice: _, ...rest } = one
        return { ...rest, amount: new Big(one.amount).plus(more).toFixed(2) }
      })
      const judged = judge(raised, about(given))
      expect(verdictsOf(judged)).toEqual(raised.map((_, at) => (at === place ? 'above-price' : 'right')))
      expect(judged.lines[place]?.over).toBe(more.toFixed(2))
      expect(judged.totals.over).toBe(more.toFixed(2))
      seen++
    }),
    sometimes,
  )
  expect(seen).toBeGreaterThan(200)
})

test('one line printed twice is one line doubled', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (given, pick) => {
      fc.pre(given.lines.length > 0)
      const twin = given.lines[pick % given.lines.length] as BillLine
      const judged = judge([...given.lines, twin], about(given))
      expect(verdictsOf(judged).toSorted()).toEqual([...given.lines.map(() => 'right'), 'doubled'].toSorted())
      expect(judged.totals.over).toBe(new Big(twin.amount).toFixed(2))
    }),
    sometimes,
  )
})

test('a line printed twice is the one doubled, also where two others come to the same together', () => {
  const [box, plain] = [{ size: '45', state: 'empty', storageDays: 0, detentionDays: 0 } as const, 'standard' as const]
  const containers = [
    { ...box, count: 1, height: 'high-cube' as const },
    { ...box, count: 5, height: plain },
    { ...box, count: 4, height: 'high-cube' as const },
  ]
  const lines = containers.map(
    ({ count, height }): BillLine => ({
      description: `冷藏箱制冷费（${count}个45尺${height === plain ? '' : '高箱'}空箱）`,
      fee: 'guoyuan-reefer',
      amount: `${count * 80}.00`,
      quantity: String(count),
      unitPrice: '80',
    }),
  )
  const shipment = {
    port: 'guoyuan',
    direction: 'import',
    trade: 'foreign',
    containers,
    bills: 1,
    day: '2026-10-10',
    requested: [],
    happened: [],
  } as const
  const twin = lines[1] as BillLine
  const judged = judge([...lines, twin], about({ shipment, payee: 'guoyuan-terminal', lines } as never))
  expect(verdictsOf(judged).toSorted()).toEqual(['doubled', 'right', 'right', 'right'])
  expect(judged.totals.over).toBe('400.00')
})

const slips: fc.Arbitrary<BillLine> = fc.record(
  {
    description: fc.constantFrom(
      '港口作业包干费',
      "港口作业包干费 40'",
      '过磅费',
      '移箱费',
      '环保费',
      '港建费',
      '货物港务费',
      '库场使用费',
      '消毒费',
    ),
    amount: fc.constantFrom('60.00', '480.00', '720.00', '1440.00', '17.00', '-60.00', '0.00', '33.33'),
    quantity: fc.constantFrom('1', '2', '3'),
    unit: fc.constantFrom('箱', '票', '次'),
  },
  { requiredKeys: ['description', 'amount'] },
)
const permuted = (all: readonly BillLine[], keys: readonly number[]): number[] =>
  all.map((_, at) => at).toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)

test('the order of the lines does not matter, however wrong the bill is', () => {
  fc.assert(
    fc.property(
      fc.array(slips, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      (lines, keys) => {
        const order = permuted(lines, keys)
        // Of lines that say the same either may be the one that is too many: compared are verdicts by what a line says.
        const said = (judged: Judgement, given: readonly BillLine[]) =>
          judged.lines.map(({ verdict, over, most }, at) => JSON.stringify([given[at], verdict, most, over])).toSorted()
        const moved = order.flatMap((at) => lines[at] ?? [])
        expect(said(judge(moved), moved)).toEqual(said(judge(lines), lines))
      },
    ),
    { numRuns: 1_000 },
  )
})

test('nothing is judged too much above what is charged, and sums are those of the lines', () => {
  fc.assert(
    fc.property(fc.array(slips, { minLength: 1, maxLength: 8 }), (lines) => {
      const judged = judge(lines)
      const overs = judged.lines.reduce((sum, { over }) => sum.plus(over), new Big(0))
      expect(judged.totals.over).toBe(overs.toFixed(2))
      for (const { over, charged } of judged.lines) {
        expect(new Big(over).gte(0)).toBe(true)
        expect(new Big(over).lte(new Big(charged).gt(0) ? charged : 0)).toBe(true)
      }
      expect(judged.objectionable.lines.length).toBe(
        judged.lines.filter(({ verdict }) => !['right', 'below-price', 'undecided'].includes(verdict)).length,
      )
      expect(bill(lines).lines).toHaveLength(judged.lines.length)
    }),
    { numRuns: 500 },
  )
})

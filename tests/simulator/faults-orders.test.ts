import fc from 'fast-check'
import { expect, test } from 'vitest'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { closest } from '../../mocks/simulator/closest.ts'
import {
  askedIn,
  createFaultBook,
  type FaultName,
  faultOrder,
  faults,
  parametersOf,
  plainOrder,
} from '../../mocks/simulator/faults.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { readScenarioHeader, unknownMagic } from '../../mocks/simulator/scenario-header.ts'
import { createWishes } from '../../mocks/simulator/wishes.ts'
import { polled, pushing } from './support.ts'

// How faults and outcomes are asked for: orders with parameters, the header, and what was wished for with an exchange.

test('every fault of the table has an order, its name alone is enough, and every order stands in the table', () => {
  const named = faultOrder.options.map((one) => one.shape.fault.value)
  expect(named.toSorted()).toEqual(faults.map(({ fault }) => fault).toSorted())
  for (const { fault } of faults) {
    expect(plainOrder(fault)).toMatchObject({ fault })
    expect(parametersOf(fault)).toEqual(expect.arrayContaining(Object.keys(plainOrder(fault)).slice(1)))
  }
})

test.each([
  { fault: 'NOBODY' },
  { fault: 'LATE', byS: 0 },
  { fault: 'LATE', byS: limits.faultSimulatedS + 1 },
  { fault: 'LATE', hours: 2 },
  { fault: 'SLOW', delayMs: limits.faultRealMs + 1 },
  { fault: 'TIMEOUT', holdMs: '5' },
  { fault: 'BURST5XX', status: 404 },
  { fault: 'BUSY', retryAfterS: -1 },
  { fault: 'DRIBBLE', bytesPerSecond: 0 },
  { fault: 'LATENCY', medianMs: 300, p95Ms: 200 },
  { fault: 'MAINTENANCE', from: 'tomorrow' },
  { fault: 'MAINTENANCE', until: '2026-11-22T00:00:00Z', forS: 60 },
  { fault: 'MAINTENANCE', from: '2026-11-22T00:00:00Z', until: '2026-11-22T00:00:00Z' },
])('an order that makes no sense is refused: %o', (order) => {
  expect(faultOrder.safeParse(order).success).toBe(false)
})

test('the same calls give the same book', () => {
  const call = fc.oneof(
    fc.record({ text: fc.constantFrom('EV1-H.DOWN', 'EV1-H.BUSY EV2-H.TIMEOUT', 'EV3-H.LATENCY', 'EV4', '') }),
    fc.record({ document: fc.constantFrom('EV1-H.CORRUPT', 'EV2-H.LATE-H.TWICE', 'EV3', 'EV4-H.LOST') }),
    fc.record({
      order: fc.constantFrom(...faults.map(({ fault }) => fault)),
      times: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
    fc.record({ clear: fc.constantFrom(...faults.map(({ fault }) => fault)) }),
    fc.record({ seconds: fc.integer({ min: 0, max: 7_200 }) }),
  )
  interface Call {
    readonly text?: string
    readonly document?: string
    readonly order?: FaultName
    readonly times?: number | undefined
    readonly clear?: FaultName
    readonly seconds?: number
  }
  const play = (calls: readonly Call[]) => {
    let now = 0
    const book = createFaultBook({ wishes: createWishes(), now: () => now, draw: (key) => (key.length % 10) / 10 })
    return calls.map((one) => {
      if (one.text !== undefined) return book.onExchange(pushing, one.text)
      if (one.document !== undefined) return book.onDocument(pushing, one.document)
      if (one.order !== undefined) book.order('harbour', { ...plainOrder(one.order), times: one.times })
      if (one.clear !== undefined) book.clear('harbour', one.clear)
      now += (one.seconds ?? 0) * 1_000
      return book.ordered('harbour')
    })
  }
  fc.assert(
    fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
      expect(play(calls)).toEqual(play(calls))
    }),
  )
})

test('an order as a ledger gives it back, with more beside it, is the order it was', () => {
  const book = createFaultBook({ wishes: createWishes(), now: () => 0, draw: () => 0.5 })
  const line = { kept: 'fault', agency: 'harbour', at: 1, real: 2, ...plainOrder('BUSY'), times: 2 }
  book.order('harbour', line)
  expect(book.ordered('harbour')).toEqual([{ fault: 'BUSY', retryAfterS: 1, times: 2 }])
})

test('megabytes of magic values and of words before them are searched in no time, and so many asked for at most', () => {
  const megabytes = (text: string) => text.repeat(Math.ceil(2_000_000 / text.length))
  const begun = performance.now()
  expect(askedIn(megabytes(`${'a'.repeat(99)} -H.LATE\n`), 'H')).toEqual([{ reference: '-H.LATE', fault: 'LATE' }])
  expect(askedIn(megabytes('-H.LATE'), 'H').length).toBeLessThan(100)
  const many = Array.from({ length: 5_000 }, (_, at) => `EV${at}-H.LATE`).join(' ')
  expect(askedIn(many, 'H')).toHaveLength(limits.askedReferences)
  expect(performance.now() - begun).toBeLessThan(10_000)
})

test('the header names outcomes and faults of the agency addressed, with or without its letter', () => {
  expect(readScenarioHeader('FINE, H.LATE,TWICE ,, H.FINE', pushing)).toEqual({
    outcomes: ['FINE'],
    faults: ['LATE', 'TWICE'],
  })
  expect(readScenarioHeader('', pushing)).toEqual({ outcomes: [], faults: [] })
})

test('a name nobody knows is told with the nearest one, whoever it is meant for', () => {
  expect(readScenarioHeader('FIEN', pushing)).toEqual({ unknown: { value: 'FIEN', closest: 'FINE' } })
  expect(readScenarioHeader('late', pushing)).toEqual({ unknown: { value: 'late', closest: 'LATE' } })
  expect(readScenarioHeader('I.LATE', pushing)).toMatchObject({ unknown: { value: 'I.LATE' } })
  expect(readScenarioHeader('I.LATE, FINE, I.FINE', pushing, [polled])).toEqual({ outcomes: ['FINE'], faults: [] })
  expect(readScenarioHeader('I.LAET', pushing, [polled])).toEqual({ unknown: { value: 'I.LAET', closest: 'LATE' } })
})

test('magic values in a text that nobody knows are found once each, and only those for this agency', () => {
  const text = 'EV1-H.FINE-H.LATE-H.INSPCT <Ref>EV1-H.INSPCT-I.WHAT</Ref> EV2-H.FINNE EV3-H.BURST5XX'
  expect(unknownMagic(text, pushing)).toEqual([
    { value: 'H.INSPCT', closest: expect.any(String) },
    { value: 'H.FINNE', closest: 'FINE' },
    // Only ordered, never by reference.
    { value: 'H.BURST5XX', closest: 'BURST5XX' },
  ])
  const many = Array.from({ length: 100 }, (_, at) => `-H.X${at}`).join('')
  expect(unknownMagic(many, pushing)).toHaveLength(limits.unknownMagic)
})

test('no outcome, of an agency or an issuer, has the name of a fault: a name in the header means one thing', () => {
  const names = new Set<string>(faults.map(({ fault }) => fault))
  const taken = [...agencies, ...issuers].flatMap(({ outcomes }) => outcomes.filter(({ magic }) => names.has(magic)))
  expect(taken).toEqual([])
})

test('the closest name is the one with the fewest letters to change, whatever its case', () => {
  expect(closest('inspekt', ['REFUSE', 'INSPECT', 'TAX'])).toBe('INSPECT')
  expect(closest('', ['AB', 'A'])).toBe('A')
  expect(closest('X', [])).toBeUndefined()
  expect(closest('x'.repeat(1_000_000), ['A', 'B'])).toBe('A')
})

test('what an exchange wished for is remembered for the references the agency asked about', () => {
  const wishes = createWishes()
  wishes.begin('harbour', ['FINE'], [plainOrder('LATE')])
  expect(wishes.of(pushing, 'EV1-H.OTHER')).toEqual(['FINE', 'OTHER'])
  expect(wishes.of(pushing, '')).toEqual(['FINE'])
  expect(wishes.of(polled, 'EV1')).toEqual([])
  wishes.end()
  expect(wishes.of(pushing, 'EV1-H.OTHER')).toEqual(['FINE', 'OTHER'])
  expect(wishes.faultsOf('harbour', 'EV1-H.OTHER')).toEqual([{ order: plainOrder('LATE'), brought: 1 }])
  expect(wishes.of(pushing, '')).toEqual([])
  expect(wishes.of(pushing, 'EV2')).toEqual([])
  expect(wishes.faultsOf('harbour', 'EV2')).toEqual([])
})

test('a later exchange’s wishes go before the earlier ones, which stay', () => {
  const wishes = createWishes()
  const ask = (...outcomes: string[]) => {
    wishes.begin('harbour', outcomes)
    const asked = wishes.of(pushing, 'EV1')
    wishes.end()
    return asked
  }
  expect(ask('ONE')).toEqual(['ONE'])
  expect(ask('TWO')).toEqual(['TWO', 'ONE'])
  expect(ask('ONE')).toEqual(['ONE', 'TWO'])
  expect(ask()).toEqual(['ONE', 'TWO'])
})

test('of many references wished for the oldest are forgotten', () => {
  const wishes = createWishes(3)
  for (const number of [0, 1, 2, 0, 3]) {
    wishes.begin('harbour', ['FINE'])
    wishes.of(pushing, `EV${number}`)
    wishes.end()
  }
  const remembered = [0, 1, 2, 3].filter((number) => wishes.of(pushing, `EV${number}`).length > 0)
  expect(remembered).toEqual([0, 2, 3])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Receipt } from '../../schemas/receipt.ts'
import { type FilingStatus, type Hold, holds, isRefusal, rankOf, statuses } from '../../schemas/status.ts'
import { attemptOf, fold, inAgencyOrder, type KeptReceipt } from '../../src/filing/fold.ts'

/** What an agency can say: a status, or nothing known. */
const said = (Object.keys(statuses) as FilingStatus[]).filter((status) => rankOf(status) >= rankOf('acknowledged'))
const hourMs = 3_600_000
const noon = Date.parse('2026-11-21T12:00:00Z')

/** A receipt as it is kept. `hour` is the agency's clock; absent for a direct answer. */
function kept(
  id: number,
  status: FilingStatus | undefined,
  hour?: number,
  more: Partial<Receipt> & { attempt?: number } = {},
): KeptReceipt {
  const { attempt = 1, ...rest } = more
  const at = hour === undefined ? undefined : new Date(noon + hour * hourMs).toISOString()
  const receipt: Receipt = {
    references: [{ scheme: 'filing', value: 'F' }],
    code: String(id),
    text: '',
    ...(status ? { status } : {}),
    ...(at ? { at } : {}),
    ...rest,
  }
  return { id, attempt, status, at, receipt }
}

const someHolds = fc.uniqueArray(fc.constantFrom(...(Object.keys(holds) as Hold[])), { maxLength: 2 })
/** Receipts of up to two attempts; each with a time of its own, as no agency says two things of a filing in one second. */
const receipts = fc
  .array(
    fc.record({
      status: fc.option(fc.constantFrom(...said), { nil: undefined }),
      attempt: fc.constantFrom(1, 1, 2),
      sets: someHolds,
      lifts: someHolds,
    }),
    { maxLength: 9 },
  )
  .map((all) => all.map(({ status, attempt, sets, lifts }, at) => kept(at, status, at, { attempt, sets, lifts })))
/** The state a person sees; which of two equal receipts is the last is no matter. */
const stateOf = (all: readonly KeptReceipt[], attempt = 1) => {
  const { status, holds, contradiction, last } = fold(all, attempt)
  return { status, holds, contradiction, last: last?.receipt.code }
}
const shuffled = receipts.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
)

describe('the state of a filing is a function of the set of its receipts', () => {
  test('in whatever order they come', () => {
    fc.assert(
      fc.property(shuffled, ([all, order]) => {
        expect(stateOf(order.map((one, id) => ({ ...one, id })))).toEqual(stateOf(all))
      }),
    )
  })

  test('however often each comes', () => {
    fc.assert(
      fc.property(shuffled, fc.infiniteStream(fc.integer({ min: 1, max: 3 })), ([all, order], times) => {
        const often = order.flatMap((one) => Array.from({ length: times.next().value }, () => one))
        expect(stateOf(often.map((one, id) => ({ ...one, id })))).toEqual(stateOf(all))
      }),
    )
  })

  test('receipts of another attempt change nothing', () => {
    fc.assert(
      fc.property(receipts, (all) => {
        expect(stateOf(all)).toEqual(stateOf(all.filter(({ attempt }) => attempt === 1)))
      }),
    )
  })
})

describe('status', () => {
  test('only moves forward by rank: one more receipt never takes it back', () => {
    fc.assert(
      fc.property(
        receipts,
        fc.constantFrom(undefined, ...said),
        fc.integer({ min: -5, max: 15 }),
        (all, status, hour) => {
          const rankReached = (some: readonly KeptReceipt[]) => rankOf(fold(some, 1).status ?? 'planned')
          expect(rankReached([...all, kept(99, status, hour + 0.5)])).toBeGreaterThanOrEqual(rankReached(all))
        },
      ),
    )
  })

  test('an unknown code moves nothing', () => {
    fc.assert(
      fc.property(receipts, fc.integer({ min: -5, max: 15 }), (all, hour) => {
        const { last: _, ...before } = stateOf(all)
        expect(stateOf([...all, kept(99, undefined, hour + 0.5)])).toMatchObject(before)
      }),
    )
  })

  test('a hold remembers who set it, whatever was said since', () => {
    const set = kept(1, 'in-review', 1, { sets: ['payment-due'] })
    const { heldBy } = fold([set, kept(2, undefined, 2)], 1)
    expect([...heldBy]).toEqual([['payment-due', set]])
  })

  test('no receipt, no status', () => {
    expect(fold([], 1)).toEqual({
      status: undefined,
      holds: [],
      heldBy: new Map(),
      contradiction: false,
      last: undefined,
    })
  })

  test('a refusal beside a grant is shown to a person', () => {
    expect(fold([kept(1, 'approved', 1), kept(2, 'refused', 2)], 1).contradiction).toBe(true)
    expect(fold([kept(1, 'approved', 1), kept(2, 'reversed', 2)], 1).contradiction).toBe(false)
  })
})

describe('holds', () => {
  test('a hold lifted later on the agency’s clock is lifted, whichever came first', () => {
    const [set, lifted] = [
      kept(1, 'in-review', 1, { sets: ['inspection'] }),
      kept(2, 'in-review', 2, { lifts: ['inspection'] }),
    ]
    expect(fold([set], 1).holds).toEqual(['inspection'])
    expect(fold([set, lifted], 1).holds).toEqual([])
    expect(fold([lifted, set], 1).holds).toEqual([])
  })

  test('a hold set again stands again', () => {
    const again = [
      kept(1, 'in-review', 1, { sets: ['supplement'] }),
      kept(2, 'in-review', 2, { lifts: ['supplement'] }),
      kept(3, 'in-review', 3, { sets: ['supplement'] }),
    ]
    expect(fold(again.toReversed(), 1).holds).toEqual(['supplement'])
  })

  test('what is refused holds nothing any more', () => {
    fc.assert(
      fc.property(receipts, (all) => {
        const { status, holds } = fold([...all, kept(99, 'refused', 99)], 1)
        expect([status !== undefined && isRefusal(status) ? holds : []]).toEqual([[]])
      }),
    )
  })

  test('an approval ends what held before it, and an older hold that comes late does not come back', () => {
    expect(fold([kept(1, 'approved', 5), kept(2, 'in-review', 1, { sets: ['payment-due'] })], 1)).toMatchObject({
      status: 'approved',
      holds: [],
    })
  })
})

describe('order', () => {
  test('direct answers, which carry no time, come before what is dated; then the agency’s clock, then rank', () => {
    const all = [kept(1, 'approved', 2), kept(2, 'in-review', 2), kept(3, 'registered', 1), kept(4, 'acknowledged')]
    expect(inAgencyOrder(all).map(({ id }) => id)).toEqual([4, 3, 2, 1])
  })

  test('times are instants, not texts: an offset does not mislead', () => {
    const inChina = { ...kept(1, 'registered'), at: '2026-11-21T20:00:00+08:00' }
    const inUtc = { ...kept(2, 'in-review'), at: '2026-11-21T13:00:00Z' }
    expect(inAgencyOrder([inUtc, inChina]).map(({ id }) => id)).toEqual([1, 2])
  })
})

describe('which attempt a receipt belongs to', () => {
  const refused = [kept(1, 'refused', 1), kept(2, 'acknowledged', 2, { attempt: 2 })]
  const at = (hour: number) => new Date(noon + hour * hourMs).toISOString()

  test('the one the document names, but none that is still to come', () => {
    expect(attemptOf(at(9), refused, 2, 1)).toBe(1)
    expect(attemptOf(at(9), refused, 2, 7)).toBe(2)
  })

  test('else by the agency’s clock: what it dated no later than the refusal was said of the refused one', () => {
    expect(attemptOf(at(0.5), refused, 2)).toBe(1)
    expect(attemptOf(at(1), refused, 2)).toBe(1)
    expect(attemptOf(at(1.5), refused, 2)).toBe(2)
  })

  test('without a time, the current one', () => {
    expect(attemptOf(undefined, refused, 2)).toBe(2)
  })
})

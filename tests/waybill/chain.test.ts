import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionNames, statusNames, type WaybillAction, waybill } from '../../schemas/waybill.ts'
import { railNotesOf } from '../../src/waybill/boxes.ts'
import { after, drawnUp, type Entry, mayDo, type Standing, type Step, standingsOf } from '../../src/waybill/chain.ts'
import { moves } from '../../src/waybill/moves.ts'
import { lastSeenBy } from '../../src/waybill/sight.ts'
import { parties, trainBill, trainNote } from './document.ts'
import { about, everybody, likely, none, seed, step, walked } from './walks.ts'

test('exactly one holder, whatever anybody tries: only the holder passes it on, only to whom it names, or the carrier gives it back', () => {
  const seen = new Set<WaybillAction>()
  fc.assert(
    fc.property(fc.array(likely, { minLength: 5, maxLength: 60 }), (tried) => {
      const { steps, standings } = walked(tried, drawnUp(about))
      for (const [at, { holder }] of standings.entries()) {
        expect(everybody).toContain(holder)
        const before = standings[at - 1]
        const { action, actor, recipient } = steps[at] as Step
        seen.add(action)
        if (before === undefined || before.holder === holder) continue
        // It changed hands: by its holder's own act, or back to who had offered it.
        expect(actor).toBe(before.holder)
        if (action === 'SURRENDER_REJECTED' || action === 'AMEND') expect(holder).toBe(before.surrenderer)
        else expect(holder).toBe(action.startsWith('SURRENDER_FOR') ? before.carrier : recipient)
      }
    }),
    { numRuns: 500, seed },
  )
  // A walk that never came to one of them would prove nothing of it.
  expect([...seen].sort()).toEqual([...actionNames].sort())
})

test('nobody but its holder does anything to an issued document of title', () => {
  fc.assert(
    fc.property(fc.array(likely, { maxLength: 40 }), step, (tried, wild) => {
      const standing = walked(tried, drawnUp(about)).standings.at(-1) as Standing
      if (standing.status === 'ISSUED' && wild.actor !== standing.holder)
        expect(after(standing, wild)).toHaveProperty('refused')
    }),
    { numRuns: 500, seed },
  )
})

const issued = standingsOf(about, [
  { action: 'DRAFT', actor: parties.carrier, ...none },
  { action: 'APPROVE', actor: parties.shipper, ...none },
  { action: 'ISSUE', actor: parties.carrier, recipient: parties.shipper },
]).at(-1) as Standing
const then = (standing: Standing, action: WaybillAction, actor: string, recipient?: string): Standing => {
  const next = after(standing, { action, actor, recipient })
  if ('refused' in next) throw new Error(next.refused.en)
  return next.standing
}
const refused = (standing: Standing, action: WaybillAction, actor: string, recipient?: string) => {
  const next = after(standing, { action, actor, recipient })
  return 'refused' in next ? next.refused.en : undefined
}

describe('what the rules say', () => {
  test('delivery without surrender is refused', () => {
    expect(refused(issued, 'DELIVER', parties.carrier)).toBe('Not while it is ISSUED')
    const offered = then(issued, 'SURRENDER_FOR_DELIVERY', parties.shipper)
    expect(refused(offered, 'DELIVER', parties.carrier)).toMatch(/^Not while/)
    const delivered = then(then(offered, 'SURRENDERED', parties.carrier), 'DELIVER', parties.carrier)
    for (const action of actionNames)
      for (const actor of everybody) expect(refused(delivered, action, actor, parties.bank)).toBeDefined()
  })
  test('handed over without an endorsement in blank it is refused; with one, whoever gets it holds it', () => {
    expect(refused(issued, 'TRANSFER', parties.shipper, parties.bank)).toMatch(/endorse it/)
    const blank = then(issued, 'BLANK_ENDORSE', parties.shipper)
    expect(blank.holder).toBe(parties.shipper)
    const handed = then(blank, 'TRANSFER', parties.shipper, parties.bank)
    expect([handed.holder, handed.title]).toEqual([parties.bank, 'blank'])
    expect(refused(handed, 'TRANSFER', parties.shipper, parties.buyer)).toBe('Only its holder may')
    expect(then(handed, 'TRANSFER', parties.bank, parties.buyer).holder).toBe(parties.buyer)
  })
  test('endorsed to a named firm it is only given back', () => {
    const named = then(issued, 'ENDORSE', parties.shipper, parties.buyer)
    expect(refused(named, 'ENDORSE_TO_ORDER', parties.buyer, parties.bank)).toMatch(/only be given back/)
    expect(mayDo(named, parties.buyer)).toEqual(['SIGN', 'SURRENDER_FOR_AMENDMENT', 'SURRENDER_FOR_DELIVERY'])
  })
  test('a surrender that is rejected, and an amendment, give it back to who offered it, endorsed as it was', () => {
    const held = then(then(issued, 'ENDORSE_TO_ORDER', parties.shipper, parties.bank), 'BLANK_ENDORSE', parties.bank)
    const offered = then(held, 'SURRENDER_FOR_AMENDMENT', parties.bank)
    expect(offered.holder).toBe(parties.carrier)
    expect(then(offered, 'SURRENDER_REJECTED', parties.carrier)).toEqual(held)
    const amended = then(then(offered, 'SURRENDERED', parties.carrier), 'AMEND', parties.carrier)
    expect(amended).toEqual({ ...held, version: 2 })
  })
  test('voided is final', () => {
    const draft = drawnUp(about)
    const voided = then(draft, 'VOID', parties.carrier)
    for (const actor of everybody) expect(mayDo(voided, actor)).toEqual([])
    expect(refused(issued, 'VOID', parties.carrier)).toBe('Not while it is ISSUED')
  })
  test('a plain note is no document of title: it has no holder to pass it on, and its goods go to whom it names', () => {
    const note = { ...about, negotiable: false }
    const ready = then(drawnUp(note), 'APPROVE', parties.shipper)
    expect(refused(ready, 'ISSUE', parties.carrier, parties.shipper)).toBe('This has no recipient')
    const out = then(ready, 'ISSUE', parties.carrier)
    for (const action of [
      'ENDORSE',
      'ENDORSE_TO_ORDER',
      'BLANK_ENDORSE',
      'TRANSFER',
      'SURRENDER_FOR_DELIVERY',
    ] as const)
      expect(refused(out, action, parties.carrier, parties.bank)).toMatch(/no document of title/)
    expect(then(out, 'DELIVER', parties.carrier).delivered).toBe(true)
  })
  test('every status is come to by a move, and every move leaves from one that is', () => {
    const reached = new Set(['DRAFT', ...moves.map(({ to }) => to)])
    expect([...reached].sort()).toEqual([...statusNames].sort())
    for (const { from } of moves) for (const status of from) expect(reached).toContain(status)
  })
})

describe('who sees how much of it', () => {
  const chain = (...steps: Step[]) => steps.map((one, at) => ({ ...one, entry: at + 1 }) as Entry)
  const entries = chain(
    { action: 'DRAFT', actor: parties.carrier, ...none },
    { action: 'APPROVE', actor: parties.shipper, ...none },
    { action: 'ISSUE', actor: parties.carrier, recipient: parties.shipper },
    { action: 'ENDORSE_TO_ORDER', actor: parties.shipper, recipient: parties.bank },
    { action: 'ENDORSE_TO_ORDER', actor: parties.bank, recipient: parties.buyer },
    { action: 'SIGN', actor: parties.buyer, ...none },
  )
  test.each([
    [parties.carrier, 6],
    [parties.shipper, 6],
    [parties.buyer, 6],
    [parties.bank, 5],
    [parties.stranger, 0],
  ])('%s: %i entries', (party, seen) => {
    expect(lastSeenBy({ entries, negotiable: true, carrier: parties.carrier }, trainBill(), party)).toBe(seen)
  })
  test('a note is seen by whom it names', () => {
    const note = { entries: entries.slice(0, 2), negotiable: false, carrier: parties.carrier }
    expect(lastSeenBy(note, trainNote(), parties.buyer)).toBe(2)
    expect(lastSeenBy(note, trainNote(), parties.bank)).toBe(0)
  })
})

describe('what a document says', () => {
  const issues = (value: unknown) => waybill.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []
  test('its legs follow one another; boxes are a rail note’s; without a consignee it is to order', () => {
    expect(issues(trainBill())).toEqual([])
    const apart = trainBill()
    if (apart.legs[1] !== undefined) apart.legs[1].from = { countryCode: 'CN', unLocode: 'CNAKL' }
    expect(issues(apart)).toEqual(['legs.1.from'])
    const boxed = trainBill()
    if (boxed.legs[0] !== undefined) boxed.legs[0].boxes = { '10': '4' }
    expect(issues(boxed)).toEqual(['legs.0.boxes'])
    expect(issues(trainBill({ negotiable: false }))).toEqual(['consignee'])
    const told = structuredClone(trainBill()) as { legs: { boxes?: Record<string, string> }[] }
    if (told.legs[1] !== undefined) told.legs[1].boxes = { '1': 'somebody else' }
    expect(issues(told)).not.toEqual([])
  })
  test('the boxes of a rail note follow from it; the others are as they were told', () => {
    const [note, ...more] = railNotesOf(trainBill(), { number: 'MTD1', issuedOn: '2026-11-22' })
    expect(more).toEqual([])
    const value = Object.fromEntries(note?.boxes.map(({ box, value }) => [box, value]) ?? [])
    expect(value).toEqual({
      '1': '重庆样例贸易有限公司',
      '2': 'CNHRS',
      '5': 'DEDUI',
      '6': '霍尔果斯 / Małaszewicze',
      '7': '54871236',
      '10': '4',
      '15': '84713000 笔记本电脑',
      '17': '498',
      '18': '2988.5',
      '19': 'CQ1234564',
      '22': 'Sample Railways: CNHRS – DEDUI',
      '26': '2026-11-22',
      '29': 'MTD1',
    })
  })
})

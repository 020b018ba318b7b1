import { expect, test } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import type { DeclarationView, FilingView } from '../../src/db/views.ts'
import { costsOf } from '../../src/filing/costs.ts'
import { timesOf } from '../../src/filing/times.ts'
import { offices } from '../support/offices.ts'

const adapters: { readonly [agency: string]: Adapter } = offices
const noon = Date.parse('2026-11-21T04:00:00Z')
const at = (hours: number) => new Date(noon + hours * 3_600_000).toISOString()

let made = 0
const said = (hours: number, more: Partial<Receipt> & Pick<Receipt, 'code'>) => ({
  id: ++made,
  attempt: 1,
  receivedAt: at(99),
  receipt: { references: [{ scheme: 'filing', value: 'F' }], text: '', at: at(hours), ...more },
})
const filing = (agency: string, receipts: FilingView['receipts'], more: Partial<FilingView> = {}): FilingView => ({
  id: `${agency}-1`,
  agency,
  procedure: 'file',
  attempt: 1,
  status: 'approved',
  holds: [],
  pending: undefined,
  unknown: false,
  particulars: undefined,
  occasion: 'plan',
  version: 1,
  changeId: undefined,
  changes: undefined,
  covers: [],
  deadlines: [],
  revision: 1,
  updatedAt: new Date(noon),
  references: [],
  receipts,
  delivery: undefined,
  ...more,
})
const view = (...filings: FilingView[]): DeclarationView => ({
  id: 'D',
  tenant: 'T',
  functionalReferenceId: 'L',
  direction: 'import',
  version: 1,
  revision: 1,
  eventCount: 1,
  acceptedAt: new Date(noon),
  updatedAt: new Date(noon),
  plan: [],
  filings,
  changes: [],
  coveredBy: [],
  recognitions: [],
})

test('each step lasts until the next, a hold until it is lifted; the agency apart from the whole', () => {
  const east = filing('east', [
    // Came in another order than it was said.
    said(5, { code: 'P', status: 'approved' }),
    said(1, { code: 'A', status: 'acknowledged' }),
    said(3, { code: 'C', sets: ['inspection'] }),
    said(2, { code: 'J', status: 'in-review' }),
    said(4.5, { code: 'CC', lifts: ['inspection'] }),
  ])
  const west = filing('west', [
    said(0.5, { code: 'A', status: 'acknowledged' }),
    said(2, { code: 'P', status: 'approved' }),
  ])
  const times = timesOf(adapters, view(east, west))
  expect(times).toMatchObject({ acceptedAt: at(0), releasedAt: at(5), overallHours: 5 })
  const [first, second] = times.filings
  expect(first?.hours).toBe(4)
  expect(first?.steps.map(({ step, from, hours }) => [step, from, hours])).toEqual([
    ['acknowledged', at(1), 1],
    ['in-review', at(2), 3],
    ['hold-inspection', at(3), 1.5],
    ['approved', at(5), undefined],
  ])
  expect(second?.hours).toBe(1.5)
})

test('as long as one agency holds the goods there is no release; what is only asked for or changes nothing is not counted', () => {
  const open = filing('west', [said(1, { code: 'A', status: 'acknowledged' })], { status: 'acknowledged' })
  const done = filing('east', [said(2, { code: 'P', status: 'approved' })])
  const change = filing('east', [said(3, { code: 'A', status: 'acknowledged' })], { occasion: 'change', id: 'X' })
  const times = timesOf(adapters, view(done, open, change))
  expect(times).not.toHaveProperty('releasedAt')
  expect(times.filings.map(({ filingId }) => filingId)).toEqual(['east-1', 'west-1'])
})

test('money: what is named later under the same word replaces what was named before; sums are decimals', () => {
  const bill = (amount: string) => [{ kind: 'due' as const, of: 'bill-1', amount, currency: 'CNY' }]
  const east = filing('east', [
    said(1, { code: 'T', money: bill('0.10') }),
    said(2, { code: 'T', money: bill('0.20') }),
    said(3, { code: 'PAID', money: [{ kind: 'paid', of: 'bill-1', amount: '0.20', currency: 'CNY' }] }),
  ])
  const west = filing('west', [
    said(1, { code: 'T', money: [{ kind: 'due', of: 'fee', amount: '0.1', currency: 'CNY' }] }),
    said(1, { code: 'R', money: [{ kind: 'refunded', of: 'refund', amount: '12', currency: 'USD' }] }),
  ])
  expect(costsOf(adapters, view(east, west), {} as never).totals).toEqual([
    { currency: 'CNY', due: '0.30', paid: '0.20', refunded: '0.00' },
    { currency: 'USD', due: '0.00', paid: '0.00', refunded: '12.00' },
  ])
})

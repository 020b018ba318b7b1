import type { Bill, BillLine, Judgement } from '../../schemas/fees/bill.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { judgeBill } from '../../src/fees/bills/judge.ts'
import type { Catalogue } from '../../src/fees/catalogue.ts'
import { bySize, fee, fixed, rates, someCatalogue, someEntries, someShipment } from './support.ts'

const named = (en: string, zh: string) => ({ en, zh })

/** Fees bills go wrong about, beside those of the small catalogue; all of the terminal's, all invented. */
export const moreFees: readonly Entry[] = [
  fee('guoyuan-cleaning', {
    kind: 'container-cleaning',
    name: named('Container cleaning', '洗箱费'),
    arises: { when: 'on-request' },
    price: { kind: 'pass-through', currency: 'CNY', of: named('the cleaning station', '洗箱站') },
  }),
  fee('guoyuan-shifting', {
    kind: 'container-shifting',
    name: named('Moving a container', '移箱费'),
    arises: { when: 'on-request' },
    price: fixed('100', 'container'),
  }),
  fee('guoyuan-reefer-2025', {
    kind: 'cold-storage',
    name: named('Reefer power 2025', '冷藏箱供电费（2025）'),
    price: fixed('90', 'container'),
    validTo: '2026-06-30',
  }),
  fee('guoyuan-reefer', {
    kind: 'cold-storage',
    name: named('Reefer power', '冷藏箱制冷费'),
    price: fixed('80', 'container'),
    validFrom: '2026-07-01',
  }),
  fee('guoyuan-yard', {
    kind: 'yard',
    name: named('Use of the yard', '库场使用费'),
    price: rates({
      form: 'slices',
      per: ['container', 'storage-day'],
      of: 'storage-day',
      steps: [{ upTo: '7', amount: '0' }, { upTo: '14', amount: '5' }, { amount: '10' }],
    }),
  }),
  fee('guoyuan-disinfection', {
    kind: 'disinfection',
    name: named('Disinfection', '消毒费'),
    arises: { when: 'on-request' },
    price: rates({ form: 'range', per: ['container'], least: '18', most: '36' }),
  }),
  fee('guoyuan-documents', {
    kind: 'tally-documents',
    name: named('Documents', '单证费'),
    price: fixed('10', 'bill'),
  }),
  fee('guoyuan-power', {
    kind: 'stuffing',
    name: named('Stuffing', '装箱费'),
    arises: { when: 'on-request' },
    price: bySize('33.335', '66.665'),
  }),
]

export const catalogue: Catalogue = someCatalogue([...someEntries(), ...moreFees])

/** A line with only what a test is about. */
export const line = (description: string, amount: string, more: Partial<BillLine> = {}): BillLine => ({
  description,
  amount,
  ...more,
})

/** A bill of the terminal at Guoyuan for two 40-foot containers and one of 20, of a day in October 2026. */
export const bill = (lines: readonly BillLine[], changes: Partial<Bill> = {}): Bill => ({
  billNumber: 'B-1',
  issuedOn: '2026-10-12',
  payee: 'guoyuan-terminal',
  currency: 'CNY',
  shipment: { ...someShipment(), day: '2026-10-10' },
  lines: [...lines],
  ...changes,
})

/** Lines judged: verdict, most, over, one text each. */
export const told = ({ lines }: Judgement): string[] =>
  lines.map(({ verdict, most, over }) => `${verdict} ${most ?? '?'} ${over}`)

export const judge = (
  lines: readonly BillLine[],
  changes: Partial<Bill> = {},
  history: readonly Catalogue[] = [],
): Judgement => judgeBill(catalogue, history, bill(lines, changes))

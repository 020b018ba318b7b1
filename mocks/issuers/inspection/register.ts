/** Reports lodged with the platform 检验报告登记: bodies, firms and numbers invented. */
import type { Certificate, Units } from '../book.ts'

/** Source: the specification, section 2; UN/ECE Rec 20. */
export const units: Units = [
  { KGM: '1', GRM: '0.001', TNE: '1000' },
  { C62: '1', CEN: '100', MIL: '1000' },
  { LTR: '1', MTQ: '1000' },
]

const report = { origins: [], offices: [], status: 'active', conforms: true, valid: { from: -20, to: 3_650 } } as const
const ours = { body: '91500000MA5SAMPLE1' }

export const reports: readonly Certificate[] = [
  {
    ...report,
    ...ours,
    type: '621',
    number: 'RPT-2026-8471-01',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['8471'],
    quantity: '120000',
    unit: 'C62',
  },
  {
    ...report,
    ...ours,
    type: '621',
    number: 'RPT-2026-8507-01',
    holder: '91500105MA5U0E300G',
    direction: 'export',
    goods: ['8507'],
    quantity: '420000',
    unit: 'C62',
  },
  {
    ...report,
    ...ours,
    type: '115',
    number: 'RPT-2026-0202-01',
    holder: '91500103MA5U0F207T',
    direction: 'import',
    goods: ['0202'],
    quantity: '24000',
    unit: 'KGM',
    uses: 1,
  },
  // Not accredited any more, never accredited, accredited for other goods, failed.
  {
    ...report,
    body: '91500000MA5SAMPLE3',
    type: '621',
    number: 'RPT-2026-8471-02',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['8471'],
    quantity: '120000',
    unit: 'C62',
  },
  {
    ...report,
    body: '91500000MA5NOBODY0',
    type: '621',
    number: 'RPT-2026-8471-03',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['8471'],
    quantity: '120000',
    unit: 'C62',
  },
  {
    ...report,
    body: '91500000MA5SAMPLE2',
    type: '621',
    number: 'RPT-2026-8471-04',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['8471'],
    quantity: '120000',
    unit: 'C62',
  },
  {
    ...report,
    ...ours,
    conforms: false,
    type: '621',
    number: 'RPT-2026-8471-05',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['8471'],
    quantity: '120000',
    unit: 'C62',
  },
]

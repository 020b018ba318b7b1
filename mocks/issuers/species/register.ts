/** Permits in the register 允许进出口证明书登记: invented, as are the firms. */
import type { Certificate, Units } from '../book.ts'

/** Source: the specification, section 2; UN/ECE Rec 20. */
export const units: Units = [
  { KGM: '1', GRM: '0.001', TNE: '1000' },
  { C62: '1', CEN: '100' },
]

const valid = { from: -30, to: 3_650 }
export const permits: readonly Certificate[] = [
  {
    type: 'F',
    number: '2026CN/IC500123',
    holder: '91500103MA5U0F207T',
    direction: 'import',
    goods: ['0301'],
    origins: ['SG'],
    offices: [],
    status: 'active',
    valid,
    quantity: '500',
    unit: 'KGM',
    uses: 1,
  },
  {
    type: 'E',
    number: '2026CN/EC500045',
    holder: '91500106MA5U0C102B',
    direction: 'export',
    goods: ['4403', '4407'],
    origins: ['CN'],
    offices: [],
    status: 'active',
    valid,
    quantity: '20',
    unit: 'MTQ',
    uses: 1,
  },
]

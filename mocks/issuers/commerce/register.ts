/** Licences in the register 许可证登记: invented, as are the firms. Those of the samples are large, so that anybody can try. */
import type { Certificate, Units } from '../book.ts'

/** Source: the specification, section 4. */
export const units: Units = [
  { '035': '1', '036': '0.001', '070': '1000' },
  { '007': '1', '001': '1', '008': '1', '011': '1', '043': '100', '054': '1000' },
  { '095': '1', '033': '1000' },
]

const foods = '91500103MA5U0F207T'
const any = { direction: 'import', origins: [], offices: [], status: 'active' } as const

export const licences: readonly Certificate[] = [
  // 自动进口许可证 of the sample of frozen beef.
  { ...any, type: '7', number: '26-50-100233', holder: foods, goods: ['02'], quantity: '900000000', unit: '035' },
  // For stories: two loads of the sample and no more, one use alone, expired, another port, another origin, tons, boxes, value.
  {
    ...any,
    type: '7',
    number: '26-50-200048',
    holder: foods,
    goods: ['0202'],
    quantity: '48000',
    unit: '035',
    valid: { from: -30, to: 3_650 },
  },
  {
    ...any,
    type: '7',
    number: '26-50-200024',
    holder: foods,
    goods: ['0202'],
    quantity: '24',
    unit: '070',
    valid: { from: -30, to: 3_650 },
  },
  {
    ...any,
    type: '7',
    number: '26-50-200001',
    holder: foods,
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
    uses: 1,
    valid: { from: -30, to: 3_650 },
  },
  {
    ...any,
    type: '7',
    number: '26-50-200002',
    holder: foods,
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
    valid: { from: -400, to: -35 },
  },
  {
    ...any,
    type: '7',
    number: '26-50-200003',
    holder: foods,
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
    offices: ['8000'],
  },
  {
    ...any,
    type: '7',
    number: '26-50-200004',
    holder: foods,
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
    origins: ['BRA'],
  },
  { ...any, type: '7', number: '26-50-200005', holder: foods, goods: ['0202'], quantity: '5000', unit: '120' },
  {
    ...any,
    type: '7',
    number: '26-50-200006',
    holder: foods,
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
    amount: '1000.00',
    currency: 'USD',
  },
  { ...any, type: '7', number: '26-50-200007', holder: foods, goods: ['0203'], quantity: '100000', unit: '035' },
  {
    ...any,
    type: '7',
    number: '26-50-200008',
    holder: '91500106MA5U0C102B',
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
  },
  {
    ...any,
    type: '4',
    number: '26-50-200009',
    holder: foods,
    direction: 'export',
    goods: ['0202'],
    quantity: '100000',
    unit: '035',
  },
]

import * as z from 'zod'
import { line } from '../formats.ts'
import { ruleTable } from './table.ts'

/** How much more than a certificate says may pass 溢短装, by the beginning of the HS code; the longest beginning counts, none is none. */
export const certificateTolerances = ruleTable({
  id: 'certificate-tolerances',
  title: { en: 'Over-shipment tolerances of certificates', zh: '监管证件溢装比例' },
  purpose: {
    en: 'By how many per cent goods may exceed the quantity of a certificate: bulk cargo cannot be loaded to the kilogram.',
    zh: '散装货物允许超出证件数量的比例（溢短装）。',
  },
  row: z.strictObject({
    tolerance: line(40),
    hsPrefix: z.string().regex(/^\d{0,10}$/),
    percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
  }),
  contradictions: (rows) =>
    rows.flatMap(({ tolerance, hsPrefix }, row) =>
      rows.slice(0, row).some((earlier) => earlier.tolerance === tolerance && earlier.hsPrefix === hsPrefix)
        ? [{ row, why: { en: `${tolerance} ${hsPrefix} stands there twice`, zh: `${tolerance} ${hsPrefix}重复` } }]
        : [],
    ),
})

import * as z from 'zod'
import { day, line } from '../formats.ts'
import { ruleTable } from './table.ts'

/** Third-party inspection bodies whose reports are accepted 采信机构目录, for which goods and how long. */
export const accreditedInspectionBodies = ruleTable({
  id: 'accredited-inspection-bodies',
  title: { en: 'Accredited third-party inspection bodies', zh: '第三方检验采信机构' },
  purpose: {
    en: 'Whose inspection reports stand in for an official inspection, for which goods, from when until when (Article 24).',
    zh: '哪些第三方检验机构的检验结果可被采信、适用商品及有效期（条例第二十四条）。',
  },
  row: z.strictObject({
    /** Unified social credit code of the body, or a foreign body's number. */
    body: z.string().regex(/^[0-9A-Z-]{5,30}$/),
    name: line(120),
    hsPrefixes: z
      .array(z.string().regex(/^\d{2,10}$/))
      .min(1)
      .max(200),
    validFrom: day,
    validTo: day,
  }),
  contradictions: (rows) =>
    rows.flatMap(({ body, validFrom, validTo }, row) => [
      ...(validTo < validFrom
        ? [{ row, why: { en: `${body} ends before it begins`, zh: `${body}有效期止早于起` } }]
        : []),
      ...(rows.slice(0, row).some((earlier) => earlier.body === body)
        ? [{ row, why: { en: `${body} stands there twice`, zh: `${body}重复` } }]
        : []),
    ]),
})

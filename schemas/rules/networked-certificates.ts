import * as z from 'zod'
import { line } from '../formats.ts'
import { ruleTable } from './table.ts'

/**
 * Which certificates are checked with their issuers 联网核查监管证件. Widening the check (Article 21: 扩大联网核查监管证件范围) is a new version
 * with more rows, and no code.
 */
export const networkedCertificates = ruleTable({
  id: 'networked-certificates',
  title: { en: 'Certificates checked with their issuers', zh: '联网核查监管证件' },
  purpose: {
    en: 'Which certificates are verified, reserved and written off with their issuer (Article 21). What is not in it is shown to customs as a number only.',
    zh: '哪些监管证件与发证机关联网核查、预留和核销（条例第二十一条）。未列入的仅向海关申报证件编号。',
  },
  row: z.strictObject({
    /** Code of the document 随附单证代码 or of the permit for goods 许可证类别. */
    typeCode: z.string().regex(/^([0-9A-Za-z]|\d{3})$/),
    direction: z.enum(['import', 'export', 'both']),
    issuer: z.string().regex(/^[a-z]{2,20}$/),
    /** How often one may be used: once 一批一证, or as the certificate itself says 非一批一证. */
    uses: z.enum(['single', 'as-issued']),
    /** Which rows of the table of tolerances hold for it. */
    tolerance: line(40),
    /** It is a report of an inspection body that must be accredited. */
    accredited: z.boolean().optional(),
  }),
  contradictions: (rows) =>
    rows.flatMap(({ typeCode, direction }, row) =>
      rows
        .slice(0, row)
        .some(
          (earlier) =>
            earlier.typeCode === typeCode &&
            (earlier.direction === direction || earlier.direction === 'both' || direction === 'both'),
        )
        ? [{ row, why: { en: `${typeCode} stands there twice`, zh: `${typeCode}重复` } }]
        : [],
    ),
})

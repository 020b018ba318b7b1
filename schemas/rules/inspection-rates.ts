import * as z from 'zod'
import { decimal } from '../formats.ts'
import { evidence, ruleTable } from './table.ts'

/** A probability 概率: a decimal fraction from 0 to 1. */
export const share = decimal(6).refine((value) => Number(value) <= 1)
const agency = z.string().max(20)
const code = z.string().max(40)

/** How often an agency inspects firms of a credit level, before goods and route are looked at 分级抽查比例. */
export const inspectionRates = ruleTable({
  id: 'inspection-rates',
  title: { en: 'Inspection rates by credit level', zh: '按信用等级的查验比例' },
  purpose: {
    en: 'Where the probability of inspection begins: the rate of the firm’s credit level (Articles 22 and 51)',
    zh: '查验概率的起点：企业信用等级对应的比例（条例第二十二条、第五十一条）',
  },
  row: z.strictObject({
    agency,
    scheme: code,
    /** A level of the scheme; `*` for firms that have none. */
    level: code,
    rate: share,
    evidence,
  }),
  contradictions: (rows) => twice(rows, ({ agency, scheme, level }) => `${agency} ${scheme} ${level}`),
})

/** Between what the probability of inspection must lie, whatever the factors say 上下限. */
export const inspectionBounds = ruleTable({
  id: 'inspection-bounds',
  title: { en: 'Bounds of the probability of inspection', zh: '查验概率上下限' },
  purpose: {
    en: 'No firm is never inspected, and the discredited at least so often, whatever the factors say',
    zh: '任何企业均可能被抽中；失信企业的查验比例不低于规定下限',
  },
  row: z.strictObject({
    agency,
    /** Left out: for every firm. Else firms at this level. */
    scheme: code.optional(),
    level: code.optional(),
    least: share,
    most: share,
    evidence,
  }),
  contradictions: (rows) => [
    ...twice(rows, ({ agency, scheme = '', level = '' }) => `${agency} ${scheme} ${level}`),
    ...rows.flatMap(({ least, most }, row) =>
      Number(least) > Number(most) ? [{ row, why: { en: 'The least is more than the most', zh: '下限大于上限' } }] : [],
    ),
  ],
})

/** Rows that speak of the same thing as one before them. */
export function twice<R>(rows: readonly R[], nameOf: (row: R) => string) {
  const seen = new Set<string>()
  return rows.flatMap((one, row) => {
    const name = nameOf(one)
    if (seen.has(name)) return [{ row, why: { en: `${name} stands twice`, zh: `${name} 重复` } }]
    seen.add(name)
    return []
  })
}

import * as z from 'zod'
import { line } from '../formats.ts'
import { scope } from '../recognition.ts'
import { evidence, ruleTable } from './table.ts'

const slug = z.string().regex(/^[a-z][a-z-]{1,39}$/)

/** Which result of one agency stands in for which check of another, how far and for how long. */
export const recognitionRule = z.strictObject({
  category: slug,
  /** Without a procedure: also what the agency records itself. */
  from: z.strictObject({ agency: slug, procedure: slug.optional() }),
  to: z.strictObject({ agency: slug, procedure: slug }),
  /** The check that need not be made again. */
  check: slug,
  checkName: z.strictObject({ en: line(200), zh: line(200) }),
  /** What a result must cover of the second filing, whole. */
  scope: z.array(scope).min(1).max(3),
  /** Days after the result. */
  validDays: z.int().min(1).max(1_100),
  basis: line(500),
  evidence,
})
export type RecognitionRule = z.infer<typeof recognitionRule>

export const recognitionRules = ruleTable({
  id: 'recognition-rules',
  title: { en: 'Mutual recognition of results', zh: '监管互认规则' },
  purpose: {
    en: 'Whether a result of one agency stands in for a check of another (Article 21 of the port law); what no row names is not recognised',
    zh: '一个部门的监管结果是否可替代另一部门的检查（条例第二十一条）；未列明的一律不予互认',
  },
  row: recognitionRule,
  contradictions: (rows) =>
    rows.flatMap(({ from, to, category, check, scope }, row) => {
      const twin = rows.findIndex(
        (other) =>
          other.category === category &&
          other.check === check &&
          other.from.agency === from.agency &&
          other.from.procedure === from.procedure &&
          other.to.agency === to.agency &&
          other.to.procedure === to.procedure,
      )
      return [
        ...(twin < row ? [{ row, why: { en: 'The same rule stands twice', zh: '规则重复' } }] : []),
        ...(from.agency === to.agency
          ? [{ row, why: { en: 'No agency recognises itself', zh: '部门不互认自身结果' } }]
          : []),
        ...(scope.includes('firm') && scope.length > 1
          ? [{ row, why: { en: 'A result about a firm covers no goods', zh: '企业类结果不涵盖货物' } }]
          : []),
      ]
    }),
})

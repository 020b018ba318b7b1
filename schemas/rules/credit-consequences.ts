import * as z from 'zod'
import { text } from '../text.ts'
import { riskMultiplier } from './goods-risk.ts'
import { evidence, ruleTable } from './table.ts'

const code = z.string().max(40)

/** What a firm's level with one agency brings about with another 信用联动. */
export const creditConsequences = ruleTable({
  id: 'credit-consequences',
  title: { en: 'Consequences of credit levels elsewhere', zh: '信用等级联动' },
  purpose: {
    en: 'A level in one scheme bounds the level in another, or makes inspection more likely; it ends with its cause',
    zh: '某一信用等级对另一体系的等级设上限，或提高查验概率；原因消除即终止',
  },
  row: z.strictObject({
    when: z.strictObject({ scheme: code, level: code }),
    follows: z.discriminatedUnion('kind', [
      /** The level it may have there at best. */
      z.strictObject({ kind: z.literal('at-most'), scheme: code, level: code }),
      z.strictObject({ kind: z.literal('risk'), agency: z.string().max(20), factor: riskMultiplier }),
    ]),
    because: text,
    evidence,
  }),
  contradictions: (rows) => {
    const seen = new Map<string, number>()
    return rows.flatMap(({ when, follows }, row) => {
      if (follows.kind === 'at-most' && follows.scheme === when.scheme)
        return [{ row, why: { en: 'A level bounds its own scheme', zh: '等级不得约束其自身体系' } }]
      const name = `${when.scheme} ${when.level} ${follows.kind} ${follows.kind === 'risk' ? follows.agency : follows.scheme}`
      if (seen.has(name)) return [{ row, why: { en: `${name} stands twice`, zh: `${name} 重复` } }]
      seen.set(name, row)
      return []
    })
  },
})

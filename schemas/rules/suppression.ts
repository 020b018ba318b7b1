import * as z from 'zod'
import { groupings } from '../statistics.ts'
import { ruleTable } from './table.ts'

/** When a group of declarations is large enough to be published, and what is given up, in which order, to make it so. */
export const suppressionRule = z.strictObject({
  minimumDeclarations: z.int().min(1).max(10_000),
  minimumFirms: z.int().min(1).max(1_000),
  /** No firm may have more of a group's declarations than this. */
  mostSharePercent: z.int().min(1).max(100),
  /** What small groups are merged over, the least telling first. */
  mergeOver: z.array(z.enum(groupings)).length(groupings.length),
  /** Days after the last of a month before its figures are published for good. */
  settleDays: z.int().min(0).max(60),
})
export type SuppressionRule = z.infer<typeof suppressionRule>

export const suppression = ruleTable({
  id: 'suppression',
  title: { en: 'Suppression of small groups', zh: '小样本抑制规则' },
  purpose: {
    en: 'Published statistics must not let a firm be recognised: groups with too few declarations or firms, or with one firm that outweighs the others, are merged with others or left out',
    zh: '公开统计不得使企业可被识别：申报票数或企业数过少、或单一企业占比过高的分组，合并后公布或不予公布',
  },
  row: suppressionRule,
  contradictions: (rows) => [
    ...(rows.length === 1 ? [] : [{ row: 1, why: { en: 'There is one rule', zh: '应恰有一条规则' } }]),
    ...rows.flatMap(({ mergeOver }, row) =>
      new Set(mergeOver).size === mergeOver.length
        ? []
        : [{ row, why: { en: 'Something is merged over twice', zh: '合并维度重复' } }],
    ),
  ],
})

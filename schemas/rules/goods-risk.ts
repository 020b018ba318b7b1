import * as z from 'zod'
import { decimal } from '../formats.ts'
import { text } from '../text.ts'
import { twice } from './inspection-rates.ts'
import { ruleTable } from './table.ts'

const agency = z.string().max(20)
const direction = z.enum(['import', 'export']).optional()
/** What the probability is multiplied by. */
export const riskMultiplier = decimal(4)

/** What of the goods makes an inspection more or less likely 商品风险. Of several items the highest factor of each kind counts, once. */
export const goodsRisk = ruleTable({
  id: 'goods-risk',
  title: { en: 'Risk of goods', zh: '商品风险系数' },
  purpose: {
    en: 'Factors of the probability of inspection by commodity, danger, origin and quarantine',
    zh: '按商品编号、危险性、原产地和检验检疫要求确定的查验概率系数',
  },
  row: z.strictObject({
    agency,
    kind: z.enum(['commodity', 'dangerous', 'origin', 'quarantine']),
    /** The beginning of an HS code; of a class of dangerous goods (`*` any); a country; a supervision letter of the tariff. */
    match: z.string().min(1).max(10),
    direction,
    factor: riskMultiplier,
    name: text,
  }),
  contradictions: (rows) =>
    twice(rows, ({ agency, kind, match, direction = '' }) => `${agency} ${kind} ${match} ${direction}`),
})

/** What of the way makes an inspection more or less likely 运输路径风险. */
export const routeRisk = ruleTable({
  id: 'route-risk',
  title: { en: 'Risk of routes', zh: '运输路径风险系数' },
  purpose: {
    en: 'Factors of the probability of inspection by mode of transport across the border and by transhipment abroad',
    zh: '按跨境运输方式和境外中转确定的查验概率系数',
  },
  row: z.strictObject({
    agency,
    kind: z.enum(['mode', 'transhipment']),
    /** A mode of transport (UN/ECE Rec 19); `*` for transhipment. */
    match: z.string().min(1).max(2),
    direction,
    factor: riskMultiplier,
    name: text,
  }),
  contradictions: (rows) =>
    twice(rows, ({ agency, kind, match, direction = '' }) => `${agency} ${kind} ${match} ${direction}`),
})

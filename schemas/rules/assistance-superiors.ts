import * as z from 'zod'
import { line } from '../formats.ts'
import { evidence, ruleTable } from './table.ts'

/** Who is told when an agency has not answered another in time. */
export const superiorRule = z.strictObject({
  agency: z.string().regex(/^[a-z]{2,20}$/),
  superior: z.strictObject({ en: line(200), zh: line(200) }),
  evidence,
})

export const assistanceSuperiors = ruleTable({
  id: 'assistance-superiors',
  title: { en: 'To whom unanswered requests for assistance go', zh: '执法互助逾期升级对象' },
  purpose: {
    en: 'A request one agency has not answered in time is escalated once, to the name that stands here; without one, to the operator of the window',
    zh: '执法互助请求逾期未答复的，升级一次至本表所列对象；未列明的，升级至单一窗口运维',
  },
  row: superiorRule,
  contradictions: (rows) =>
    rows.flatMap(({ agency }, row) =>
      rows.findIndex((one) => one.agency === agency) < row
        ? [{ row, why: { en: 'The same agency stands twice', zh: '同一部门重复' } }]
        : [],
    ),
})

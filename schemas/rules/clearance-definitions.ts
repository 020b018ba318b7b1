import * as z from 'zod'
import { measures, startKinds } from '../statistics.ts'
import { text } from '../text.ts'
import { ruleTable } from './table.ts'

/** What is measured of a declaration, from which instant to which, and of whose filing. */
export const clearanceDefinition = z.strictObject({
  measure: z.enum(measures),
  /** Both when absent. */
  direction: z.enum(['import', 'export']).optional(),
  /** The filings whose grant is the release; the first granted counts. Absent: each filing of an agency on its own. */
  filings: z
    .array(z.strictObject({ agency: z.string().min(1).max(20), procedure: z.string().min(1).max(40) }))
    .min(1)
    .max(20)
    .optional(),
  /** Where it may start, the best known first. None: it is an amount, no time. */
  starts: z.array(z.enum(startKinds)).max(startKinds.length),
  /** `first-known`: the first of them that is known; `latest`: the latest of all that are known. */
  take: z.enum(['first-known', 'latest']),
  said: text,
})
export type ClearanceDefinition = z.infer<typeof clearanceDefinition>

export const clearanceDefinitions = ruleTable({
  id: 'clearance-definitions',
  title: { en: 'Definitions of clearance times', zh: '通关时间统计口径' },
  purpose: {
    en: 'What overall clearance time, time at customs and an agency’s own time are: from which instant to which, by the agencies’ own clocks; the version of the day of release holds (Article 20)',
    zh: '整体通关时间、海关通关时间及各机构办理时间的起止时点（以机构回执时间为准），按放行当日有效版本执行（条例第二十条）',
  },
  row: clearanceDefinition,
  contradictions: (rows) =>
    rows.flatMap(({ measure, direction, starts, filings }, row) => [
      ...(rows.findIndex(
        (other) => other.measure === measure && (other.direction ?? direction) === (direction ?? other.direction),
      ) < row
        ? [{ row, why: { en: `${measure} is defined twice`, zh: `${measure} 重复定义` } }]
        : []),
      ...(measure !== 'agency' && filings === undefined
        ? [{ row, why: { en: `${measure} names no filing that releases`, zh: `${measure} 未指明放行事项` } }]
        : []),
      ...((measure === 'duties') !== (starts.length === 0)
        ? [{ row, why: { en: 'A time has a start, an amount has none', zh: '时间类须有起点，金额类不得有起点' } }]
        : []),
    ]),
})

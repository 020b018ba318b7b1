import * as z from 'zod'
import { line } from '../formats.ts'
import { text } from '../text.ts'
import { ruleTable } from './table.ts'

/** A target or a timetable figures are held against. It stands beside them; nothing is decided by it. */
export const timeTarget = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** `national`: of the whole country; `port`: a step of the port's own timetable. */
  kind: z.enum(['national', 'port']),
  direction: z.enum(['import', 'export']).optional(),
  /** UN/ECE Recommendation 19. */
  mode: z
    .string()
    .regex(/^[1-9]$/)
    .optional(),
  /** Hours a step may take at most, or must lie ahead at least. Absent where the target is relative. */
  atMostHours: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,4})?$/)
    .optional(),
  atLeastHours: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,4})?$/)
    .optional(),
  source: line(300),
  said: text,
})
export type TimeTarget = z.infer<typeof timeTarget>

export const timeTargets = ruleTable({
  id: 'time-targets',
  title: { en: 'Targets and timetables for clearance', zh: '通关时限目标与口岸作业时限' },
  purpose: {
    en: 'What clearance times are held against: the national target and the port’s published timetable (Article 20)',
    zh: '通关时间对照的国家目标与口岸公布的作业时限（条例第二十条）',
  },
  row: timeTarget,
  contradictions: (rows) =>
    rows.flatMap(({ id }, row) =>
      rows.findIndex((other) => other.id === id) < row
        ? [{ row, why: { en: `${id} stands there twice`, zh: `${id} 重复` } }]
        : [],
    ),
})

/** Questions to the journal over HTTP 日志查询参数: `journalQuery` for a page, `countsQuery` for counts. */
import { z } from 'zod'
import { groupings, journalKinds } from './journal.ts'
import { limits } from './limits.ts'

const text = z.string().min(1, 'is empty').max(limits.journalQueryCharacters)
const instant = z.iso
  .datetime({ offset: true, error: 'is an instant of the simulated time, 2026-11-02T09:00:00+08:00' })
  .transform((value) => Date.parse(value))
const whole = (least: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `is a whole number from ${least} on`)
    .transform(Number)
    .refine((value) => value >= least, `is a whole number from ${least} on`)

const filters = {
  agency: text,
  reference: text,
  kind: z.enum(journalKinds, { error: `is one of ${journalKinds.join(', ')}` }),
  method: text.transform((value) => value.toUpperCase()),
  path: text.refine((value) => value.startsWith('/'), 'begins with / and is the path inside the agency'),
  status: z.string().regex(/^(\d{3}|[1-5]xx|none)$/, 'is a status, a class of it (5xx), or none'),
  direction: z.enum(['in', 'out'], { error: 'is in or out' }),
  fault: text,
  directedBy: text,
  contains: text,
  since: instant,
  until: instant,
  after: whole(0),
}

export const journalQuery = z
  .strictObject({
    ...filters,
    limit: whole(1),
    order: z.enum(['oldest', 'newest'], { error: 'is oldest or newest' }),
    before: whole(1),
    bodies: z.enum(['all', 'none'], { error: 'is all or none' }),
  })
  .partial()

/** Here `by` says what to group by, commas between. */
export const countsQuery = z
  .strictObject({
    ...filters,
    by: z.string().transform((value, context) => {
      const fields = value.split(',').map((field) => field.trim())
      const known = groupings.filter((grouping) => fields.includes(grouping))
      if (fields.some((field) => !groupings.some((grouping) => grouping === field)))
        context.addIssue({ code: 'custom', message: `is some of ${groupings.join(', ')}, with commas between` })
      return known
    }),
  })
  .partial()

/** Every problem of a question, each with the name of its parameter. */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${key} is no parameter of this`)
      : [`${issue.path.join('.')} ${issue.message}`],
  )
}

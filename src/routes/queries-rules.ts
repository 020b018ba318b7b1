import * as z from 'zod'
import { day } from '../../schemas/formats.ts'

const version = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(\.\d{1,15})?$/)
  .describe('its `id`')

/** The day the rows of a table are asked of. */
export const ruleDayQuery = z.strictObject({ on: day.optional().describe('a day in Chongqing; today where absent') })

/** Two versions of a table. */
export const ruleDifferencesQuery = z.strictObject({
  from: version,
  to: version.optional().describe('the newest where absent'),
})

export const rulePublishQuery = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('`true`: only told what would change; takes no key'),
})

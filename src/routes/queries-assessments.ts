import * as z from 'zod'
import { roundStatuses } from '../../schemas/fees/assessment-answers.ts'
import { paging } from './parameters.ts'

export const assessmentsQuery = z.strictObject({
  limit: paging.limit,
  /** The id of the last round of the page before. */
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
  status: z.enum(roundStatuses).optional().describe('those the caller may see'),
})

export const chartQuery = z.strictObject({
  language: z.enum(['en', 'zh']).optional().describe('of the words; that of Accept-Language when absent'),
})

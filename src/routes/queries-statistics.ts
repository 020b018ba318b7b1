import * as z from 'zod'
import { dimensions, figureKinds, month } from '../../schemas/statistics.ts'
import { limits } from '../limits.ts'

const period = {
  from: month.optional().describe('first month; eleven months before the last when absent'),
  to: month.optional().describe('last month; the present one when absent'),
}

/** Values that may be asked for: codes, and the word for small groups together. */
const value = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)

const clearance = {
  ...period,
  measure: z.enum(figureKinds).default('overall'),
  by: z
    .string()
    .max(100)
    .default('month')
    .describe(`what to tell apart, joined by commas: ${dimensions.join(', ')}; empty for one total`),
  direction: value.optional(),
  mode: value.optional(),
  district: value.optional(),
  credit: value.optional(),
  agency: value.optional(),
}
export const clearanceQuery = z.strictObject({
  ...clearance,
  limit: z.coerce.number().int().min(1).max(limits.statisticsLines).default(limits.statisticsLines),
  after: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .describe('the cursor of the page before'),
})
export const clearanceCsvQuery = z.strictObject(clearance)

export const costsQuery = z.strictObject(period)

export const statisticsChartQuery = z.strictObject({
  ...period,
  language: z.enum(['en', 'zh']).optional().describe('of the words; that of Accept-Language when absent'),
})

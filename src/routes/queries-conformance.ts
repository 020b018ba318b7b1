import * as z from 'zod'
import { paging } from './parameters.ts'

export const runsQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
})

/** In which language a document is wanted; that of JSON has both. */
export const documentQuery = z.strictObject({ language: z.enum(['en', 'zh']).optional() })

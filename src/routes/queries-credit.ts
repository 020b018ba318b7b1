import * as z from 'zod'
import { paging } from './parameters.ts'

/** Filters of the list of firms whose credit level is public. */
export const publishedCreditQuery = z.strictObject({
  limit: paging.limit,
  /** Where the page before ended: scheme and firm. */
  after: z
    .string()
    .regex(/^[a-z-]{1,40}\.[0-9A-Z]{18}$/)
    .optional(),
  scheme: z.string().max(40).optional(),
  level: z.string().max(40).optional(),
})
export type PublishedCreditQuery = z.infer<typeof publishedCreditQuery>

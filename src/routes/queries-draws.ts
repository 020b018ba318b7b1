import * as z from 'zod'
import { paging } from './parameters.ts'

/** Filters of the list of draws. */
export const drawsQuery = z.strictObject({
  limit: paging.limit,
  /** The day and the agency the page before ended with. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\.[a-z]{1,20}$/)
    .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success)
    .optional(),
  agency: z.string().max(20).optional(),
})

/** Pages of the selected, by number. */
export const selectionsQuery = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
})

/** Pages of all lots, by number. */
export const lotsQuery = selectionsQuery.extend({ only: z.enum(['selected']).optional() })

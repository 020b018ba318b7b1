import * as z from 'zod'
import { paging } from './parameters.ts'

/** A firm's drafts of declarations 申报草稿. */
export const declarationDraftsQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
})

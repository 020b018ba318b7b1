import * as z from 'zod'
import { draftStatuses, reason } from '../../schemas/fees/drafts.ts'
import { entryId } from '../../schemas/fees/entries.ts'
import { paging } from './parameters.ts'
import { editionDifferencesQuery } from './queries-fees.ts'

/** An id of ours: of a draft, of a comment. */
const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)

export const draftsQuery = z.strictObject({
  limit: paging.limit,
  after: id.optional(),
  status: z.enum(draftStatuses).optional(),
  payee: entryId.optional(),
})

/** Entries of a draft, and their differences. */
export const draftEntriesQuery = z.strictObject({
  limit: paging.limit,
  after: editionDifferencesQuery.shape.after,
})

export const removalQuery = z.strictObject({
  reason: reason.optional().describe('why it is taken out; needed for what is published'),
})

export const commentsQuery = z.strictObject({ limit: paging.limit, after: id.optional() })

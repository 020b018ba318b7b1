import * as z from 'zod'
import { searchKinds } from '../../schemas/sharing/view.ts'
import { limits } from '../limits.ts'
import { paging } from './parameters.ts'

const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
const terms = {
  purpose: z.string().max(100).optional().describe('required: one of the purposes of the policy'),
  case: z.string().max(200).optional().describe('required: what it is read for, in the agency’s own numbering'),
}
const value = z.string().min(1).max(100).optional()

/** For what an agency reads. That it says so is checked after: it is told which is missing. */
export const sharedQuery = z.strictObject(terms)

/** What an agency searches by: at least one kind of value, and only what its purpose may see. */
export const sharedSearchQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(limits.sharedPage).default(limits.sharedPage),
  after: id.optional(),
  ...terms,
  ...(Object.fromEntries(searchKinds.map((kind) => [kind, value])) as {
    [K in (typeof searchKinds)[number]]: typeof value
  }),
})

/** Pages of readings, and of subscriptions. */
export const readsQuery = z.strictObject({ limit: paging.limit, after: id.optional() })

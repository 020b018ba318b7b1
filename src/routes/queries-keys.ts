import * as z from 'zod'
import { keyRole } from '../../schemas/keys.ts'
import { paging } from './parameters.ts'

/** Filters of the list of keys, named as the fields are. */
export const keysQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
  role: keyRole.optional(),
  tenant: z.string().max(40).optional(),
  agency: z.string().max(20).optional(),
  state: z.enum(['active', 'ended']).optional().describe('active: it opens something'),
})

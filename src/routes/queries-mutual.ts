import * as z from 'zod'
import { paging } from './parameters.ts'

const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)

export const recognitionsQuery = z.strictObject({
  limit: paging.limit,
  after: id.optional(),
  declarationId: id.optional(),
  category: z.string().max(40).optional(),
})

export const assistanceQuery = z.strictObject({
  limit: paging.limit,
  after: id.optional(),
  declarationId: id.optional(),
  side: z.enum(['asked', 'asking']).optional().describe('what was asked of this agency, or what it asked'),
  status: z.enum(['open', 'in-force', 'answered', 'declined', 'cancelled', 'released', 'expired']).optional(),
  escalated: z.enum(['true', 'false']).optional(),
})

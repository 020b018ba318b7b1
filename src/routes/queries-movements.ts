import * as z from 'zod'
import { containerNumber } from '../../schemas/formats.ts'
import { paging } from './parameters.ts'

export const movementsQuery = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  equipmentReference: containerNumber.optional(),
})

export const waybillsQuery = z.strictObject({
  limit: paging.limit,
  after: z.string().max(40).optional(),
  held: z.enum(['true']).optional().describe('only those the caller holds'),
})

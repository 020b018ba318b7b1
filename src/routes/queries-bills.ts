import * as z from 'zod'
import { caseNumber, complaintStatus } from '../../schemas/fees/complaints.ts'
import { entryId } from '../../schemas/fees/entries.ts'
import { paging } from './parameters.ts'

export const billChecksQuery = z.strictObject({
  limit: paging.limit,
  /** The id of the last check of the page before. */
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
  port: entryId.optional(),
  payee: entryId.optional(),
})

export const complaintsQuery = z.strictObject({
  limit: paging.limit,
  /** The number of the last complaint of the page before. */
  after: caseNumber.optional(),
  status: complaintStatus.optional(),
  payee: entryId.optional(),
  /** Not answered by its day. */
  overdue: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})

import * as z from 'zod'
import { filingStatus } from '../../schemas/status.ts'
import { paging } from './parameters.ts'

/** A number a caller counts up from: event numbers, versions. PostgreSQL's integer ends where this does. */
const counted = z.coerce.number().int().max(2_147_483_647)
/** An instant of a filter: read here, so that what PostgreSQL cannot read (an offset of +23:59) is no trouble there. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

export const postQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() })

/** Filters of the list of declarations, named as the fields are. */
export const listQuery = z.strictObject({
  limit: paging.limit,
  /** The id of the last declaration of the page before. */
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .optional(),
  direction: z.enum(['import', 'export']).optional(),
  functionalReferenceId: z.string().max(36).optional(),
  agency: z.string().max(20).optional(),
  procedure: z.string().max(40).optional(),
  filingStatus: filingStatus.optional(),
  /** Any name any agency gave a filing: 统一编号, 报关单号, a permit number. */
  reference: z.string().max(100).optional(),
  acceptedFrom: instant.optional(),
  acceptedTo: instant.optional(),
})

export const versionQuery = z.strictObject({
  version: counted.min(1).optional(),
  form: z.enum(['canonical', 'raw']).default('canonical'),
})

export const messagesQuery = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).default(0),
  filing: z.string().max(30).optional(),
})

export const eventsQuery = z.strictObject({
  limit: paging.limit,
  after: counted.min(0).default(0),
})

export const codesQuery = z.strictObject({ ...paging, q: z.string().max(100).optional() })

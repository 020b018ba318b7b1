import * as z from 'zod'
import { eventType } from '../../schemas/notices.ts'
import { filingStatus } from '../../schemas/status.ts'
import { causes } from '../db/stuck.ts'
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
  q: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('how your own number begins, or any whole number: ours, or one an agency gave'),
  needsAction: z.enum(['trader']).optional().describe('only those with something for their trader to do'),
})

export const versionQuery = z.strictObject({
  version: counted.min(1).optional(),
  form: z.enum(['canonical', 'raw']).default('canonical'),
})

/** Two versions to compare: the one that counts when `to` is not given. */
export const differencesQuery = z.strictObject({ from: counted.min(1), to: counted.min(1).optional() })

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

/** Where a page of the list of what is stuck ended: microseconds, cause, id. */
const stuckCursor = z
  .string()
  .regex(/^\d{1,18}\.[a-z-]{1,20}\.[\w. -]{1,200}$/)
  .transform((text) => {
    const [place = '', cause = '', ...id] = text.split('.')
    return { place, cause, id: id.join('.') }
  })

export const stuckQuery = z.strictObject({
  limit: paging.limit,
  after: stuckCursor.optional(),
  agency: z.string().max(20).optional(),
  cause: z.enum(causes).optional(),
})

/** Lists of what belongs to no filing, by the number of each. */
export const strayQuery = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  agency: z.string().max(20).optional(),
})

/** PostgreSQL's bigint, as far as it is counted exactly here. */
const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const feedQuery = z.strictObject({
  limit: paging.limit,
  after: position.default(0).describe('`nextCursor` of the page before; absent: from the first event on'),
  type: eventType.optional(),
})

export const noticesQuery = z.strictObject({
  limit: paging.limit,
  after: position.optional(),
  status: z.enum(['waiting', 'delivered', 'exhausted', 'dropped']).optional(),
  eventId: z.string().max(60).optional(),
})

/** Lists of replays and of checks, newest first: after the id of one of them. */
export const newestQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    .default(''),
})

/** Seals, newest first: after the day of one of them. */
export const sealsQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .default(''),
})

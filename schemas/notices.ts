import * as z from 'zod'
import { eventAnswer } from './answers.ts'
import { line } from './formats.ts'
import { fails } from './issue.ts'

/** Where a trader wants to be told of events 事件通知: what it asks for, and what it is answered. */

const instant = z.iso.datetime({ offset: true })

/** A type of events by its name, or all whose names begin alike: `yuchuang.filing.status`, `yuchuang.filing.*`. */
export const eventType = z
  .string()
  .max(100)
  .regex(/^yuchuang(\.[a-z][a-z0-9-]*)*(\.[a-z][a-z0-9-]*|\.\*)$/)
  .describe('an event type, or `prefix.*`')

const url = z.string().max(2_048).describe('https, on the public internet; without credentials and fragment')
const description = line(200)
const types = z.array(eventType).max(50).describe('types that are sent; none: all')

export const endpointRequest = z.strictObject({
  url,
  description: description.optional(),
  types: types.default([]),
  enabled: z.boolean().default(true),
})
export type EndpointRequest = z.infer<typeof endpointRequest>

/** What changes; what is absent stays. Enabling it anew forgets its failures. */
export const endpointChange = z
  .strictObject({
    url: url.optional(),
    description: description.nullable().optional().describe('null takes it away'),
    types: types.optional(),
    enabled: z.boolean().optional(),
  })
  .refine(
    (change) => Object.keys(change).length > 0,
    fails('nothing-to-change', { en: 'Nothing to change', zh: '没有要修改的内容' }),
  )

const range = { en: 'from must be before to', zh: 'from 应早于 to' }
const either = { en: 'Send either eventId, or from and to', zh: 'eventId 与 from、to 应二选一' }
/** What is to be sent again: one event, or those of a time range that the endpoint wants. */
export const redeliveryRequest = z
  .strictObject({ eventId: z.string().max(60).optional(), from: instant.optional(), to: instant.optional() })
  .refine(
    ({ eventId, from, to }) =>
      (eventId === undefined) === (from !== undefined && to !== undefined) &&
      (from === undefined) === (to === undefined),
    fails('one-of', either),
  )
  .refine(
    ({ from, to }) => from === undefined || to === undefined || !(Date.parse(from) >= Date.parse(to)),
    fails('empty-range', range, ['to']),
  )

export const endpointAnswer = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string().optional(),
  types: z.array(z.string()),
  enabled: z.boolean(),
  disabled: z
    .object({ because: z.enum(['owner', 'gone', 'failing']), at: instant })
    .optional()
    .describe('owner: switched off; gone: it answered 410; failing: no try succeeded for five days'),
  failingSince: instant.optional(),
  secrets: z
    .array(z.object({ createdAt: instant, validUntil: instant.optional() }))
    .describe('newest first; each that is listed signs'),
  createdAt: instant,
  updatedAt: instant,
})
const secret = z.string().describe('`whsec_` and base64: shown now and never again')
export const madeEndpointAnswer = endpointAnswer.extend({ secret: secret.optional() })
export const rotationAnswer = z.object({ secret, endpoint: endpointAnswer })
export const pingAnswer = z.object({ eventId: z.string(), links: z.object({ deliveries: z.string() }) })
export const redeliveryAnswer = z.object({ queued: z.int() })

/** A line of the delivery log: one event for one endpoint. */
export const noticeAnswer = z.object({
  eventId: z.string().describe('the `webhook-id`'),
  type: z.string(),
  status: z.enum(['waiting', 'delivered', 'exhausted', 'dropped']),
  attempts: z.int().describe('tries so far'),
  nextAttemptAt: instant.optional(),
  tries: z
    .array(
      z.object({
        number: z.int(),
        at: instant,
        status: z.int().optional(),
        latencyMs: z.int(),
        excerpt: z.string().optional(),
        error: z.string().optional(),
      }),
    )
    .describe('the newest, oldest of them first'),
  createdAt: instant,
  settledAt: instant.optional(),
})

/** A page of the feed. Its cursor is there even when there is nothing more: it is where to go on later. */
export const feedAnswer = z.object({ data: z.array(eventAnswer), hasMore: z.boolean(), nextCursor: z.string() })

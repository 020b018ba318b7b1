import * as z from 'zod'
import { planEntry } from './plan.ts'
import { reference } from './receipt.ts'
import { filingStatus, hold, overallStatus } from './status.ts'
import { text } from './text.ts'

const instant = z.iso.datetime({ offset: true })

/** One thing wrong or missing, at a JSON pointer, in both languages. */
export const issueAnswer = z.object({
  pointer: z.string(),
  code: z.string(),
  agency: z.string().optional(),
  detail: z.string(),
  detailZh: z.string(),
})

/** RFC 9457 problem document. */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  requestId: z.string(),
  errors: z.array(issueAnswer).optional(),
  moreErrors: z.literal(true).optional().describe('there are more issues than an answer shows'),
})

const condition = z.object({ agency: z.string(), procedure: z.string(), status: filingStatus })
const pending = {
  needs: z.array(issueAnswer).optional(),
  waitsFor: z.array(condition).optional(),
  blockedBy: z.array(condition).optional(),
  trouble: text.optional(),
}

/** 202: taken in, with the plan. */
export const acceptedAnswer = z.object({
  id: z.string(),
  functionalReferenceId: z.string(),
  status: overallStatus,
  plan: z.array(planEntry),
  filings: z.array(
    z.object({ id: z.string(), agency: z.string(), procedure: z.string(), status: filingStatus, ...pending }),
  ),
  warnings: z.array(issueAnswer).optional(),
  links: z.object({ self: z.string(), events: z.string(), messages: z.string() }),
})

/** 200 to a dry run: the plan and everything that would be refused; nothing was kept. */
export const dryRunAnswer = z.object({
  acceptable: z.boolean(),
  plan: z.array(planEntry).optional(),
  filings: z
    .array(z.object({ agency: z.string(), procedure: z.string(), status: filingStatus, ...pending }))
    .optional(),
  errors: z.array(issueAnswer),
  moreErrors: z.literal(true).optional(),
  warnings: z.array(issueAnswer),
})

export const actionAnswer = z.object({
  agency: z.string(),
  procedure: z.string(),
  filingId: z.string(),
  what: text,
  by: z.enum(['trader', 'agency', 'operator']),
  until: z.string().optional(),
  href: z.string().optional(),
  needs: z.array(issueAnswer).optional(),
})

const receiptAnswer = z.object({
  attempt: z.int(),
  status: z.union([filingStatus, z.literal('unrecognised')]),
  code: z.string(),
  text: z.string(),
  agencyTime: instant.optional(),
  receivedAt: instant,
  details: z.record(z.string(), z.unknown()).optional(),
})

export const filingAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  agencyName: text,
  procedure: z.string(),
  procedureName: text,
  attempt: z.int(),
  status: filingStatus,
  statusName: text,
  holds: z.array(hold),
  unknown: z.boolean(),
  references: z.array(reference.extend({ name: text.optional() })),
  lastReceipt: receiptAnswer.optional(),
  receipts: z.array(receiptAnswer),
  delivery: z.object({ tries: z.int(), nextAttemptAt: instant.optional(), error: z.string().optional() }).optional(),
  etag: z.string(),
  updatedAt: instant,
  ...pending,
})

export const eventAnswer = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  time: instant,
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
})

export const declarationAnswer = z.object({
  id: z.string(),
  functionalReferenceId: z.string(),
  direction: z.enum(['import', 'export']),
  version: z.int(),
  status: overallStatus,
  statusName: text,
  needsAction: z.array(actionAnswer),
  plan: z.array(planEntry),
  filings: z.array(filingAnswer),
  timeline: z.array(eventAnswer).optional(),
  acceptedAt: instant,
  updatedAt: instant,
  links: z.object({ self: z.string(), document: z.string(), events: z.string(), messages: z.string() }),
})

export const messageAnswer = z.object({
  id: z.int(),
  filingId: z.string().optional(),
  agency: z.string(),
  attempt: z.int().optional(),
  direction: z.enum(['out', 'in']),
  kind: z.string(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.int().optional(),
  contentType: z.string().optional(),
  body: z.string().optional(),
  withheld: text.optional(),
  error: z.string().optional(),
  at: instant,
})

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(one: T) =>
  z.object({ data: z.array(one), hasMore: z.boolean(), nextCursor: z.string().optional() })

import * as z from 'zod'
import { duties } from './duties.ts'
import { portFees } from './fees/quote.ts'
import { gate } from './gate.ts'
import { planEntry } from './plan.ts'
import { issueAnswer } from './problem.ts'
import { money, reference } from './receipt.ts'
import { recognitionSummary } from './recognition.ts'
import { filingStatus, hold, overallStatus } from './status.ts'
import { text } from './text.ts'

const instant = z.iso.datetime({ offset: true })

const condition = z.object({ agency: z.string(), procedure: z.string(), status: filingStatus })
const pending = {
  needs: z.array(issueAnswer).optional(),
  waitsFor: z.array(condition).optional(),
  blockedBy: z.array(condition).optional(),
  gates: z
    .array(gate)
    .optional()
    .describe('what else must first be out of the way: a certificate, an agency’s request'),
  waitsForChange: z.string().optional().describe('an open change of the declaration that must be settled first'),
  coveredBy: z.string().optional().describe('a filing that covers this one: nothing is to be sent any more'),
  dropped: z.literal(true).optional().describe('its trader dropped it'),
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
  portFees: portFees.optional().describe('absent where no list holds today, or the port is none of it'),
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

/** Something that must be done in time 期限. */
const deadlineAnswer = z.object({
  id: z.string(),
  what: text,
  dueAt: instant,
  state: z.enum(['open', 'near', 'passed']),
})

export const filingAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  agencyName: text,
  procedure: z.string(),
  procedureName: text,
  occasion: z
    .enum(['plan', 'request', 'change'])
    .describe('planned at acceptance, asked for later, or to change another'),
  version: z.int().describe('the version of the declaration its agency holds, or will get'),
  changeId: z.string().optional(),
  changes: z.string().optional().describe('the filing it changes'),
  covers: z.array(z.string()).optional().describe('further declarations it covers'),
  deadlines: z.array(deadlineAnswer).optional(),
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

/** One filing read by itself: with what was brought for it alone. */
export const filingReadAnswer = filingAnswer.extend({ particulars: z.unknown().optional() })

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

const hours = z.number().describe('hours, to the second')

/** How long each step took 通关时间: whole clearance, and each agency by itself. */
export const timesAnswer = z.object({
  acceptedAt: instant,
  releasedAt: instant.optional().describe('every filing that lets goods and conveyances pass is granted'),
  overallHours: hours.optional().describe('from acceptance to release'),
  filings: z.array(
    z.object({
      filingId: z.string(),
      agency: z.string(),
      procedure: z.string(),
      steps: z.array(
        z.object({
          step: z.string().describe('a status, or `hold-…` while a hold stood'),
          name: text,
          from: instant,
          to: instant.optional(),
          hours: hours.optional(),
        }),
      ),
      hours: hours.optional().describe('from the agency’s first word to its grant'),
    }),
  ),
})

/** Duties, taxes and fees 税费: estimated by the declaration itself, and what agencies ask for, had and paid back. */
export const costsAnswer = z.object({
  estimates: z.array(duties.extend({ agency: z.string(), procedure: z.string() })),
  said: z.array(money.extend({ agency: z.string(), filingId: z.string(), at: instant.optional() })),
  totals: z.array(z.object({ currency: z.string(), due: z.string(), paid: z.string(), refunded: z.string() })),
})

/** One field that differs between two versions. */
const differenceAnswer = z.object({
  pointer: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})
export const differencesAnswer = z.object({ from: z.int(), to: z.int(), data: z.array(differenceAnswer) })

const changeKind = z.enum(['amendment', 'cancellation'])

/** 202: a change was asked for; which filings it concerns, which not and why. */
export const requestedChangeAnswer = z.object({
  id: z.string().optional().describe('absent in a dry run'),
  kind: changeKind,
  reason: z.string(),
  version: z.int().optional(),
  differences: z.array(differenceAnswer).optional(),
  filings: z.array(
    z.object({
      id: z.string(),
      agency: z.string(),
      procedure: z.string(),
      changes: z.string().optional(),
      status: filingStatus,
      ...pending,
    }),
  ),
  unaffected: z.array(
    z.object({
      filingId: z.string(),
      agency: z.string(),
      procedure: z.string(),
      status: filingStatus,
      because: text,
    }),
  ),
  links: z.object({ self: z.string() }).optional(),
})

/** A change and where it stands with each agency. */
export const changeAnswer = z.object({
  id: z.string(),
  kind: changeKind,
  status: z.enum(['pending', 'granted', 'partly', 'refused', 'withdrawn']),
  reason: z.string(),
  before: z.int(),
  version: z.int().optional(),
  filings: z.array(filingAnswer),
  at: instant,
  settledAt: instant.optional(),
  links: z.object({ self: z.string(), declaration: z.string(), differences: z.string().optional() }),
})

/** 202: a filing beyond the plan was taken in. */
export const requestedFilingAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  procedure: z.string(),
  status: filingStatus,
  ...pending,
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
  changes: z.array(z.object({ id: z.string(), kind: changeKind, status: changeAnswer.shape.status, href: z.string() })),
  recognitions: z.array(recognitionSummary).optional().describe('results others may recognise 互认结果'),
  coveredBy: z
    .array(
      z.object({
        declarationId: z.string(),
        filingId: z.string(),
        agency: z.string(),
        procedure: z.string(),
        status: filingStatus,
      }),
    )
    .optional()
    .describe('filings of other declarations that cover this one too'),
  times: timesAnswer,
  costs: costsAnswer.optional(),
  offers: z
    .array(z.object({ agency: z.string(), procedure: z.string(), name: text, because: text, several: z.boolean() }))
    .optional()
    .describe('what may be filed beyond the plan (POST …/filings)'),
  timeline: z.array(eventAnswer).optional(),
  reads: z
    .object({ count: z.int(), href: z.string() })
    .optional()
    .describe('how often agencies read of it for purposes of their own; the ETag does not count them'),
  acceptedAt: instant,
  updatedAt: instant,
  links: z.object({
    self: z.string(),
    document: z.string(),
    events: z.string(),
    messages: z.string(),
    changes: z.string(),
    certificates: z.string(),
    portFees: z.string(),
  }),
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

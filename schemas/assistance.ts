import * as z from 'zod'
import { line } from './formats.ts'

const instant = z.iso.datetime({ offset: true })
const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
const container = z.string().regex(/^[A-Z]{4}\d{7}$/)

/** What one agency may ask of another 协助事项. */
export const assistanceActs = ['hold', 'release', 'verify', 'inspect-together', 'inform'] as const
export const assistanceAct = z.enum(assistanceActs)
export type AssistanceAct = z.infer<typeof assistanceAct>

/** Where a request stands. A hold keeps filings while it is open or in force, whatever else is said. */
export const assistanceStatus = z.enum(['open', 'in-force', 'answered', 'declined', 'cancelled', 'released', 'expired'])
export type AssistanceStatus = z.infer<typeof assistanceStatus>

/** Whether the trader may see a request 对企业可见性. Nothing of a confidential one reaches it but that a filing is held. */
export const visibility = z.enum(['trader', 'confidential'])

/** One opening of the box for both 联合查验: when, where, which. */
export const appointment = z.strictObject({
  at: instant,
  place: line(70),
  containers: z.array(container).min(1).max(50),
})
export type Appointment = z.infer<typeof appointment>

/** POST /v1/assistance */
export const assistanceRequest = z
  .strictObject({
    act: assistanceAct,
    to: z.string().max(20).describe('the agency that is asked'),
    declarationId: id,
    reason: line(1_000).describe('for the agency that is asked; the trader reads it only where it may see the request'),
    visibility: visibility.default('confidential'),
    dueAt: instant.describe('past this the request is escalated, once'),
    expiresAt: instant.optional().describe('of a hold: when it ends by itself'),
    ends: id.optional().describe('of a release: the hold it ends'),
    appointment: appointment.optional().describe('of an inspection together'),
  })
  .superRefine((one, context) => {
    const needs = (field: 'expiresAt' | 'ends' | 'appointment', act: AssistanceAct) => {
      if ((one[field] === undefined) === (one.act === act))
        context.addIssue({
          code: 'custom',
          path: [field],
          message: one.act === act ? `Needed for ${act}` : `Only for ${act}`,
        })
    }
    needs('expiresAt', 'hold')
    needs('ends', 'release')
    needs('appointment', 'inspect-together')
  })
export type AssistanceRequest = z.infer<typeof assistanceRequest>

/** POST /v1/assistance/{id}/answer. `cleared`: nothing against it, which ends a hold; `declined` ends it too. */
export const assistanceReply = z.strictObject({
  outcome: z.enum(['done', 'cleared', 'declined']),
  finding: line(2_000).optional(),
})
export type AssistanceReply = z.infer<typeof assistanceReply>

/** POST /v1/assistance/{id}/result: what an inspection together found. */
export const inspectionResult = z.strictObject({
  result: z.enum(['passed', 'failed']),
  at: instant,
  containers: z.array(container).min(1).max(50),
  finding: line(2_000).optional(),
})
export type InspectionResult = z.infer<typeof inspectionResult>

export const cancelRequest = z.strictObject({ reason: line(500) })

/** A request for assistance as agencies see it, and a trader one it may see. */
export const assistanceAnswer = z.object({
  id,
  act: assistanceAct,
  from: z.string(),
  to: z.string(),
  declarationId: id,
  visibility,
  reason: z.string(),
  status: assistanceStatus,
  dueAt: instant,
  expiresAt: instant.optional(),
  escalatedAt: instant.optional(),
  appointment: appointment.optional(),
  result: inspectionResult.optional(),
  at: instant,
  updatedAt: instant,
  etag: z.string(),
  steps: z
    .array(
      z.object({
        number: z.int(),
        what: z.string(),
        by: z.string(),
        at: instant,
        data: z.record(z.string(), z.unknown()),
      }),
    )
    .optional()
    .describe('the log, to agencies and operators alone'),
})

import * as z from 'zod'
import { line } from './formats.ts'

/** Why something is asked for, in the trader's words 原因. */
const reason = line(255)

/** Particulars of the change itself (a reason code, a person to ask), by agency and procedure. */
const particulars = z.record(z.string().max(20), z.record(z.string().max(40), z.unknown())).optional()

/** Asking for an amendment 修改: what changes as a JSON merge patch (RFC 7396), or the whole declaration as it is to be. */
export const amendmentRequest = z
  .strictObject({
    reason,
    patch: z.record(z.string(), z.unknown()).optional(),
    declaration: z.record(z.string(), z.unknown()).optional(),
    particulars,
  })
  .refine(({ patch, declaration }) => (patch === undefined) !== (declaration === undefined), {
    path: ['patch'],
    params: { code: 'one-of', text: { en: 'Send either patch or declaration', zh: 'patch 与 declaration 应二选一' } },
  })

/** Asking for a cancellation 撤销. */
export const cancellationRequest = z.strictObject({ reason, particulars })

/** Asking for a filing beyond the plan: a second payment, a further or a batch claim, a certificate of origin. */
export const filingRequest = z.strictObject({
  agency: z.string().max(20),
  procedure: z.string().max(40),
  particulars: z.unknown().optional(),
  /** Ids of further declarations it covers. */
  covers: z.array(z.string().max(20)).max(100).optional(),
})

import * as z from 'zod'
import { text } from './text.ts'

/** One line of the plan: a procedure of an agency, whether it is filed, and the reason a person would give. */
export const planEntry = z.object({
  agency: z.string(),
  procedure: z.string(),
  name: text,
  files: z.boolean(),
  because: text,
  /** Filings that must first reach a status, of those in this plan. */
  after: z.array(z.object({ agency: z.string(), procedure: z.string(), status: z.string() })).optional(),
})
export type PlanEntry = z.infer<typeof planEntry>

/** The plan 计划: which agencies a declaration is filed with and why, or why not. Computed at acceptance, then frozen. */
export const plan = z.array(planEntry)
export type Plan = z.infer<typeof plan>

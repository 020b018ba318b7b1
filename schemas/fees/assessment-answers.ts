import * as z from 'zod'
import { day, line } from '../formats.ts'
import { fails } from '../issue.ts'
import { text } from '../text.ts'
import { assessmentReport, finding, level } from './assessment.ts'

/** Rounds of assessment 定期评估 as they are asked for and answered. */

/** Free words of a person: lines are allowed, other control characters are not. */
const words = z
  .string()
  .max(2_000)
  .regex(/^[^\p{Cc}]*(?:[\n\t\r][^\p{Cc}]*)*$/u)
  .regex(/\S/)

/** A round on demand 专项评估: of days that are over. */
export const roundRequest = z
  .strictObject({ title: line(100), from: day, to: day })
  .refine(
    ({ from, to }) => from <= to,
    fails('period-reversed', { en: 'The period ends before it begins', zh: '评估期间止日早于起日' }, ['to']),
  )
export const replyRequest = z.strictObject({ text: words })
export const decisionRequest = z.strictObject({
  level,
  remark: words.optional().describe('needed where the level is not the one the rules came to'),
})

const instant = z.iso.datetime({ offset: true })
/** Where a round stands: 已发起, 已计算（答复中）, 已公布, 失败. */
export const roundStatuses = ['requested', 'computed', 'published', 'failed'] as const
export type RoundStatus = (typeof roundStatuses)[number]

/** A round as it is listed. */
export const roundAnswer = z.object({
  id: z.string(),
  quarter: z.string().optional(),
  title: z.string(),
  period: z.object({ from: day, to: day }),
  status: z.enum(roundStatuses),
  edition: z.int().optional(),
  fees: assessmentReport.shape.fees.optional().describe('fees by the gravest thing found about each, as computed'),
  reportDigest: z.string().optional().describe('SHA-256 of the report as it was computed'),
  repliesUntil: day.optional().describe('last day payees may reply'),
  requestedAt: instant,
  computedAt: instant.optional(),
  publishedAt: instant.optional(),
  requestedBy: z.string().optional().describe('operators only'),
  publishedBy: z.string().optional().describe('operators only'),
  trouble: text.optional().describe('why it failed'),
  links: z.object({
    self: z.string(),
    report: z.string().optional(),
    findings: z.string().optional(),
    charts: z.array(z.string()).optional(),
  }),
})
export type RoundAnswer = z.infer<typeof roundAnswer>

/** A finding with what was said of it. */
export const assessedFinding = finding.extend({
  /** The level that counts: the officer's where there is one. */
  decided: level.optional(),
  reply: z.object({ text: z.string(), at: instant }).optional(),
  decision: z.object({ level, remark: z.string().optional(), at: instant, by: z.string().optional() }).optional(),
  href: z.string(),
})
export type AssessedFinding = z.infer<typeof assessedFinding>

/** A round with all that was found: to a payee, while it is not published, what was found about itself. */
export const assessmentAnswer = roundAnswer.extend({
  report: assessmentReport.omit({ findings: true }).optional(),
  findings: z.array(assessedFinding),
})
export type AssessmentAnswer = z.infer<typeof assessmentAnswer>

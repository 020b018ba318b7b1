import * as z from 'zod'
import { day, line } from '../formats.ts'
import { fails } from '../issue.ts'
import { issueAnswer } from '../problem.ts'
import { editionDifferencesAnswer } from './answers.ts'
import { entryId, entryTypes } from './entries.ts'

/** How an edition comes about 修订与发布: what is asked for, and what it is answered. */

const instant = z.iso.datetime({ offset: true })

/** Plain text 纯文本 of several lines: no control characters but the ends of lines, nothing that turns writing around, not blank. */
const plain = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/\S/)
    .regex(/^(?:[\t\n\r]|[^\p{Cc}\u202a-\u202e\u2066-\u2069])*$/u)

/** Why something is done, as it is published. */
export const reason = plain(2_000)

/** A draft 修订稿 of the edition that is the newest now. */
export const draftRequest = z.strictObject({
  title: line(200),
  reason,
  validFrom: day,
  payee: entryId.optional().describe('the only payee it speaks of; a payee’s key must name its own'),
})

/** What changes of a draft’s own words; what is absent stays. */
export const draftChangeRequest = z
  .strictObject({ title: line(200).optional(), reason: reason.optional(), validFrom: day.optional() })
  .refine(
    (change) => Object.keys(change).length > 0,
    fails('nothing-to-change', { en: 'Nothing to change', zh: '没有要修改的内容' }),
  )

/** 退回 */
export const returnRequest = z.strictObject({ remark: reason })
/** 批准, of what was seen. */
export const approvalRequest = z.strictObject({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('`digest` of the draft, as it was read'),
})

/** 撤回 of an edition. */
export const withdrawalRequest = z.strictObject({
  reason,
  from: day.optional().describe('the first day it does not hold any more; tomorrow when absent'),
  leavingNothing: z.boolean().default(false).describe('even where no edition would hold then'),
})

/** 公众意见 to an announced edition. */
export const commentRequest = z.strictObject({
  name: line(50),
  text: plain(2_000),
  fee: entryId.optional().describe('the fee it is about'),
})
export const commentAnswerRequest = z.strictObject({ answer: plain(2_000) })
export const hidingRequest = z.strictObject({ reason: plain(500) })

/** open 起草中, submitted 待审, returned 已退回, published 已发布, discarded 已作废 */
export const draftStatuses = ['open', 'submitted', 'returned', 'published', 'discarded'] as const
export type DraftStatus = (typeof draftStatuses)[number]

const counts = z.object({ errors: z.int(), warnings: z.int() })
export const draftAnswer = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  payee: z.string().optional(),
  status: z.enum(draftStatuses),
  revision: z.int(),
  validFrom: day,
  base: z.int().describe('the edition it changes; 0: an empty list'),
  stale: z.boolean().describe('there is a newer edition, or its own was withdrawn: it is to be rebased'),
  author: z.string(),
  contributors: z.array(z.string()),
  createdAt: instant,
  updatedAt: instant,
  submittedAt: instant.optional(),
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
  remark: z.string().optional(),
  edition: z.int().optional(),
  changes: z.object({ put: z.int(), removed: z.int() }),
  /** With one draft only, not in a list. */
  digest: z.string().optional().describe('SHA-256 of what would be published: an approval names it'),
  checks: counts.optional(),
  links: z.object({ self: z.string(), entries: z.string(), checks: z.string(), differences: z.string() }),
})
export type DraftAnswer = z.infer<typeof draftAnswer>

/** The edition an approval made. */
export const approvalAnswer = z.object({ edition: z.int(), digest: z.string(), draft: draftAnswer })

export const withdrawalAnswer = z.object({
  edition: z.int(),
  from: day.describe('the first day it does not hold any more'),
  holds: z.int().optional().describe('the edition that holds then instead'),
})

const paged = { hasMore: z.boolean(), nextCursor: z.string().optional() }

/** What a draft does to an entry 条目变更. */
export const draftEntryAnswer = z.object({
  type: z.enum(entryTypes),
  id: z.string(),
  what: z.enum(['added', 'changed', 'removed', 'unchanged']),
  content: z.record(z.string(), z.unknown()).optional().describe('as it would be; absent where it is taken out'),
  reason: z.string().optional(),
  by: z.string().optional(),
  at: instant.optional(),
  importId: z.string().optional(),
  row: z.int().optional(),
})
export const draftEntriesAnswer = z.object({ data: z.array(draftEntryAnswer), ...paged })

/** What the checks say 校验: errors keep a draft from being submitted and approved. */
export const draftChecksAnswer = counts.extend({
  draft: z.string(),
  revision: z.int(),
  day: day.describe('what the day of an announcement was taken to be'),
  data: z.array(issueAnswer.extend({ severity: z.enum(['error', 'warning']) })),
  moreErrors: z.literal(true).optional(),
})

export const draftDifferencesAnswer = z.object({
  draft: z.string(),
  from: z.int(),
  data: editionDifferencesAnswer.shape.data,
  ...paged,
})

export const commentAnswer = z.object({
  id: z.string(),
  at: instant,
  name: z.string().optional(),
  text: z.string().optional(),
  fee: z.string().optional(),
  answer: z.object({ text: z.string(), by: z.string(), at: instant }).optional(),
  hidden: z.object({ because: z.string(), at: instant }).optional().describe('it is not shown'),
})
export const commentsAnswer = z.object({
  edition: z.int(),
  noticeUntil: day,
  open: z.boolean().describe('comments are taken'),
  data: z.array(commentAnswer),
  ...paged,
})

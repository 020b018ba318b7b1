import * as z from 'zod'
import { day } from '../formats.ts'
import { fails } from '../issue.ts'
import { text } from '../text.ts'
import { judgedLine } from './bill.ts'

/** A trader's case against what a payee charged 价格投诉: what is asked for and what is answered. */

/** Free words of a person: lines are allowed, other control characters are not. */
const words = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[^\p{Cc}]*(?:[\n\t\r][^\p{Cc}]*)*$/u)
const money = z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/)
const instant = z.iso.datetime({ offset: true })

/** Where a complaint stands: 已受理, 已答复, 已和解, 有异议, 已裁定, 已撤回. */
export const complaintStatuses = ['filed', 'answered', 'settled', 'disputed', 'decided', 'withdrawn'] as const
export const complaintStatus = z.enum(complaintStatuses)
export type ComplaintStatus = (typeof complaintStatuses)[number]

/** Who has a part in it: the trader 投诉人, the payee 被投诉人, an officer 主管人员. */
export const parties = ['trader', 'payee', 'admin'] as const
export type Party = (typeof parties)[number]

/** What can be done with a complaint: 答复, 接受, 提出异议, 裁定, 撤回. */
export const complaintMoves = ['answer', 'accept', 'dispute', 'decide', 'withdraw'] as const
export type ComplaintMove = (typeof complaintMoves)[number]

/** Case number 受理编号: CQJG, the day, a serial of at least four digits, a check digit. */
export const caseNumber = z.string().regex(/^CQJG\d{8}\d{4,7}\d$/)

export const complaintRequest = z.strictObject({
  billCheckId: z.string().max(40),
  /** Numbers of the lines, from 1; absent: all that may be complained about. */
  lines: z
    .array(z.int().min(1).max(200))
    .min(1)
    .max(200)
    .refine(
      (given) => new Set(given).size === given.length,
      fails('line-twice', { en: 'A line stands twice', zh: '行号重复' }),
    )
    .optional(),
  text: words,
})
export type ComplaintRequest = z.infer<typeof complaintRequest>

export const answerRequest = z
  .strictObject({ accepted: z.boolean(), refund: money.optional(), text: words })
  .refine(
    ({ accepted, refund }) => accepted || refund === undefined || /^0(\.0+)?$/.test(refund),
    fails(
      'refund-refused',
      { en: 'A complaint that is not accepted brings no refund', zh: '不接受投诉时不得填写退款' },
      ['refund'],
    ),
  )
export const acceptRequest = z.strictObject({ text: words.optional() })
export const disputeRequest = z.strictObject({ text: words })
export const decisionRequest = z.strictObject({
  /** What is to be paid back; "0" where the complaint is not upheld. */
  amount: money,
  text: words,
})
export const withdrawalRequest = z.strictObject({ text: words.optional() })

/** One step of a case, with who took it and when. */
const complaintStep = z.strictObject({
  step: z.int(),
  what: z.enum(['file', ...complaintMoves]),
  by: z.strictObject({ party: z.enum(parties), name: z.string() }),
  text: z.string(),
  accepted: z.boolean().optional(),
  refund: z.string().optional().describe('offered with an answer, or ordered by a decision'),
  at: instant,
})

export const complaintAnswer = z.strictObject({
  number: caseNumber,
  status: complaintStatus,
  overdue: z.boolean().describe('not answered by its day'),
  complainant: z.string().describe('credit code of the firm that complains'),
  payee: z.string(),
  payeeName: text.optional(),
  port: z.string(),
  billCheckId: z.string(),
  billNumber: z.string(),
  issuedOn: day,
  lines: z.array(judgedLine),
  amount: z.string().describe('charged too much on these lines, as judged'),
  refund: z.string().optional().describe('what was offered last, or ordered'),
  filedAt: instant,
  dueOn: day.describe('the payee answers by this day'),
  answerWorkdays: z.int().describe('workdays it has: a parameter of this installation, not a term of law'),
  closedAt: instant.optional(),
  steps: z.array(complaintStep),
  allowed: z.array(z.enum(complaintMoves)).describe('what the caller may do now'),
  links: z.strictObject({ self: z.string(), billCheck: z.string() }),
})
export type ComplaintAnswer = z.infer<typeof complaintAnswer>

/** A line of the list of complaints. */
export const complaintSummary = complaintAnswer.pick({
  number: true,
  status: true,
  overdue: true,
  complainant: true,
  payee: true,
  port: true,
  billCheckId: true,
  amount: true,
  filedAt: true,
  dueOn: true,
  closedAt: true,
})

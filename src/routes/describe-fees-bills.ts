import * as z from 'zod'
import { bill, billCheckAnswer, billCheckSummary } from '../../schemas/fees/bill.ts'
import {
  acceptRequest,
  answerRequest,
  complaintAnswer,
  complaintRequest,
  complaintSummary,
  decisionRequest,
  disputeRequest,
  withdrawalRequest,
} from '../../schemas/fees/complaints.ts'
import { limits } from '../limits.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, matched, reading, sending, writing } from './describe-problems.ts'
import { postQuery } from './queries.ts'
import { billChecksQuery, complaintsQuery } from './queries-bills.ts'

const tag = 'Fee bills and complaints'
const stepHeaders = ['If-Match', 'Idempotency-Key'] as const
const stepTaken = { status: 201, description: 'As it stands now, with an ETag', schema: complaintAnswer } as const
const stepProblems = ['body-invalid', ...writing, ...keyed, ...matched, 'complaint-step-refused'] as const
const pageOf = (item: z.ZodType) =>
  z.object({ data: z.array(item), hasMore: z.boolean(), nextCursor: z.string().optional() })

/** Operations of bill checks 账单核对 and complaints 价格投诉. */
export const billOperations = {
  checkBill: {
    summary: 'Hold a bill against the list, line by line',
    tag,
    description: `As JSON; or as \`multipart/form-data\` with two parts: \`bill\`, the JSON without its lines, and \`lines\`, a CSV or XLSX file with the columns 收费项目, 项目编号, 项目类别, 数量, 单位, 单价, 金额, 代收单位, 代收金额 (or description, fee, kind, quantity, unit, unitPrice, amount, handedOn.from, handedOn.amount), and at its end perhaps a row 合计. The list of \`shipment.day\` counts, else that of \`issuedOn\`. Names are compared without width, case, punctuation and 费; what is only similar (Dice's coefficient of character pairs) is taken from ${limits.billLikeness} on, and undecided where another fee is within ${limits.billLikenessMargin}. Nothing is tolerated but a rounding of ${limits.billRoundingFen} fen a line. With \`?dryRun=true\` no API key and no Idempotency-Key are needed, and nothing is kept; an address may do so ${limits.publicPerWindow} times a minute (\`RateLimit\`).`,
    body: bill,
    otherBodies: ['multipart/form-data'],
    query: postQuery,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Judged and kept', schema: billCheckAnswer },
    otherAnswer: { status: 200, description: 'Judged only (dry run)', schema: billCheckAnswer },
    problems: ['invalid-parameter', 'body-invalid', ...calling, ...sending, ...keyed],
  },
  listBillChecks: {
    summary: 'Own checked bills, the newest first',
    tag,
    query: billChecksQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(billCheckSummary) },
    problems: ['invalid-parameter', ...calling],
  },
  readBillCheck: {
    summary: 'One checked bill',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it was judged', schema: billCheckAnswer },
    problems: reading,
  },
  fileComplaint: {
    summary: 'Complain about lines of a checked bill',
    tag,
    description: `Sent to the payee, who answers within ${limits.complaintAnswerWorkdays} workdays (a parameter of this installation). The case number is CQJG, the day, a serial of the day and a check digit by ISO 7064 MOD 11,10. Both firms get an event \`yuchuang.complaint.filed\`, and one of each later step.`,
    body: complaintRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Filed, with its case number', schema: complaintAnswer },
    problems: ['body-invalid', ...calling, ...sending, ...keyed, 'complaint-pending'],
  },
  listComplaints: {
    summary: 'Complaints, the newest first: a trader’s own, those against a payee, or all',
    tag,
    query: complaintsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(complaintSummary) },
    problems: ['invalid-parameter', ...calling],
  },
  readComplaint: {
    summary: 'One complaint with its lines and all its steps',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands, with an ETag', schema: complaintAnswer },
    problems: reading,
  },
  answerComplaint: {
    summary: 'The payee answers',
    tag,
    body: answerRequest,
    headers: stepHeaders,
    answer: stepTaken,
    problems: stepProblems,
  },
  acceptComplaintAnswer: {
    summary: 'The trader accepts the answer: settled',
    tag,
    body: acceptRequest,
    headers: stepHeaders,
    answer: stepTaken,
    problems: stepProblems,
  },
  disputeComplaintAnswer: {
    summary: 'The trader disputes the answer',
    tag,
    body: disputeRequest,
    headers: stepHeaders,
    answer: stepTaken,
    problems: stepProblems,
  },
  decideComplaint: {
    summary: 'An officer decides what is disputed, or was not answered in time',
    tag,
    body: decisionRequest,
    headers: stepHeaders,
    answer: stepTaken,
    problems: stepProblems,
  },
  withdrawComplaint: {
    summary: 'The trader withdraws',
    tag,
    body: withdrawalRequest,
    headers: stepHeaders,
    answer: stepTaken,
    problems: stepProblems,
  },
} as const satisfies Record<string, Operation>

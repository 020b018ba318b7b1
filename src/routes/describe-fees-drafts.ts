import * as z from 'zod'
import {
  approvalAnswer,
  approvalRequest,
  commentAnswer,
  commentAnswerRequest,
  commentRequest,
  commentsAnswer,
  draftAnswer,
  draftChangeRequest,
  draftChecksAnswer,
  draftDifferencesAnswer,
  draftEntriesAnswer,
  draftEntryAnswer,
  draftRequest,
  hidingRequest,
  returnRequest,
  withdrawalAnswer,
  withdrawalRequest,
} from '../../schemas/fees/drafts.ts'
import { entrySchemas } from '../../schemas/fees/entries.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, reading, sending, writing } from './describe-problems.ts'
import { commentsQuery, draftEntriesQuery, draftsQuery, removalQuery } from './queries-fees-drafts.ts'

const tag = 'Fee catalogue: drafting'
const seen = { status: 200, description: 'The draft as it now is, with an ETag', schema: draftAnswer } as const
const entrySeen = {
  status: 200,
  description: 'What the draft does to the entry, with the draft’s ETag',
  schema: draftEntryAnswer,
} as const
const entry = z.union(Object.values(entrySchemas))

/** How an edition of the fee catalogue comes about and what is done about one 修订与发布: for operators, and for payees of what is theirs. */
export const feeDraftOperations = {
  makeFeeDraft: {
    summary: 'Begin a draft on the newest edition 起草',
    tag,
    description:
      'A key of role `payee` drafts for one payee of its firm: it may put and take out that payee’s fees, and the payee itself.',
    body: draftRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Begun', schema: draftAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'limit-reached'],
  },
  listFeeDrafts: {
    summary: 'Drafts, the newest first',
    tag,
    query: draftsQuery,
    answer: {
      status: 200,
      description: 'A page',
      schema: z.object({ data: z.array(draftAnswer), hasMore: z.boolean(), nextCursor: z.string().optional() }),
    },
    problems: ['invalid-parameter', ...reading],
  },
  readFeeDraft: {
    summary: 'One draft, with its digest and how its checks stand',
    tag,
    headers: ['If-None-Match'],
    answer: { ...seen, description: 'As it stands, with an ETag' },
    problems: reading,
  },
  changeFeeDraft: {
    summary: 'Change the title, the reason or the first day of a draft',
    tag,
    description: 'What was returned is open again.',
    body: draftChangeRequest,
    headers: ['If-Match'],
    answer: seen,
    problems: ['body-invalid', ...writing, ...matched, 'not-changeable'],
  },
  discardFeeDraft: {
    summary: 'Discard a draft 作废',
    tag,
    headers: ['If-Match'],
    answer: { status: 204, description: 'Discarded: it can still be read' },
    problems: [...reading, ...matched, 'not-changeable'],
  },
  listFeeDraftEntries: {
    summary: 'The entries a draft puts or takes out',
    tag,
    query: draftEntriesQuery,
    answer: { status: 200, description: 'A page', schema: draftEntriesAnswer },
    problems: ['invalid-parameter', ...reading],
  },
  readFeeDraftEntry: {
    summary: 'One entry as a draft would have it, changed or not',
    tag,
    answer: entrySeen,
    problems: ['invalid-parameter', ...reading],
  },
  putFeeDraftEntry: {
    summary: 'Put an entry into a draft',
    tag,
    description:
      'The body is the content of the entry, by its type. One that is as its base has it is no change: so a change is undone.',
    body: entry,
    headers: ['If-Match'],
    answer: entrySeen,
    problems: ['body-invalid', 'invalid-parameter', ...writing, ...matched, 'not-changeable', 'limit-reached'],
  },
  removeFeeDraftEntry: {
    summary: 'Take an entry out',
    tag,
    description: 'What is published is taken out with a reason, which is shown where editions are compared.',
    query: removalQuery,
    headers: ['If-Match'],
    answer: entrySeen,
    otherAnswer: { status: 204, description: 'Only the draft had it: there is no trace' },
    problems: ['invalid-parameter', ...reading, ...matched, 'not-changeable'],
  },
  readFeeDraftChecks: {
    summary: 'Everything that is wrong or doubtful in the catalogue as a draft would have it',
    tag,
    description:
      'Pointers are `/<type>/<id>/…` into the catalogue, and into the draft itself (`/validFrom`). Errors keep it from being submitted and approved.',
    answer: { status: 200, description: 'Errors and warnings, with the draft’s ETag', schema: draftChecksAnswer },
    problems: reading,
  },
  readFeeDraftDifferences: {
    summary: 'Field by field what a draft changes of its base',
    tag,
    query: draftEntriesQuery,
    answer: { status: 200, description: 'A page', schema: draftDifferencesAnswer },
    problems: ['invalid-parameter', ...reading],
  },
  submitFeeDraft: {
    summary: 'Submit a draft for approval 提交',
    tag,
    headers: ['If-Match'],
    answer: seen,
    problems: [...reading, ...matched, 'not-changeable', 'draft-invalid'],
  },
  returnFeeDraft: {
    summary: 'Return a submitted draft with a remark 退回',
    tag,
    body: returnRequest,
    headers: ['If-Match'],
    answer: seen,
    problems: ['body-invalid', ...writing, ...matched, 'not-changeable'],
  },
  rebaseFeeDraft: {
    summary: 'Put a draft’s changes onto the newest edition 更新基准',
    tag,
    description: 'It is open again then. Where both changed an entry nothing is done: each such entry is named.',
    headers: ['If-Match'],
    answer: seen,
    problems: [...reading, ...matched, 'not-changeable', 'rebase-conflict'],
  },
  approveFeeDraft: {
    summary: 'Approve a submitted draft: it becomes the next edition and is announced 批准',
    tag,
    description:
      'Neither its author nor whoever changed it may. The `digest` is that of the draft as the approver read it. Comments are taken for seven days from now; it holds from its first day on.',
    body: approvalRequest,
    headers: ['If-Match'],
    answer: { status: 201, description: 'Announced', schema: approvalAnswer },
    problems: [
      'body-invalid',
      ...writing,
      ...matched,
      'own-draft',
      'not-changeable',
      'draft-stale',
      'draft-invalid',
      'unavailable',
    ],
  },
  withdrawEdition: {
    summary: 'Withdraw an edition 撤回',
    tag,
    description:
      'One that does not hold yet never will; one that holds does not from `from` on (tomorrow at the soonest), and what held before it does again. Not by whoever approved it.',
    body: withdrawalRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Withdrawn', schema: withdrawalAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'own-draft', 'not-changeable', 'nothing-left'],
  },
  commentEdition: {
    summary: 'Say something to an announced edition 公众意见',
    tag,
    description: 'Without a key, until its notice ends; at most ten an hour from one address.',
    body: commentRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Kept, and shown', schema: commentAnswer },
    problems: ['body-invalid', ...sending, ...keyed, 'not-found', 'notice-over', 'limit-reached', 'too-many-requests'],
    public: true,
  },
  listComments: {
    summary: 'What the public said to an edition, and what was answered',
    tag,
    query: commentsQuery,
    answer: { status: 200, description: 'A page', schema: commentsAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  answerComment: {
    summary: 'Answer a comment, once',
    tag,
    body: commentAnswerRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Answered', schema: commentAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'not-changeable'],
  },
  hideComment: {
    summary: 'Hide a comment, with a reason shown in its place',
    tag,
    body: hidingRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Hidden', schema: commentAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'not-changeable'],
  },
} as const satisfies Record<string, Operation>

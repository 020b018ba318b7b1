import { pageOf } from '../../schemas/answers.ts'
import {
  declarationDraftAnswer,
  declarationDraftCheck,
  declarationDraftContent,
  declarationDraftRequest,
  declarationDraftSummary,
  draftSubmissionAnswer,
} from '../../schemas/declaration-draft.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, matched, reading, writing } from './describe-problems.ts'
import { declarationDraftsQuery } from './queries-declaration-drafts.ts'

const tag = 'Declaration drafts'
const seen = {
  status: 200,
  description: 'The draft as it now is, with an ETag',
  schema: declarationDraftAnswer,
} as const

/** Drafts of declarations 申报草稿: kept by the gateway until they are handed in. */
export const declarationDraftOperations = {
  makeDeclarationDraft: {
    summary: 'Begin a draft of a declaration 新建申报草稿',
    tag,
    description:
      'Empty, with whatever is known, or `from` another declaration: a copy without its number and days, or what is to become its correction or amendment. A draft may be anything partial; `guesses` are values nobody has confirmed yet.',
    body: declarationDraftRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Begun', schema: declarationDraftAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'limit-reached'],
  },
  listDeclarationDrafts: {
    summary: 'Drafts of declarations, the newest first',
    tag,
    query: declarationDraftsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(declarationDraftSummary) },
    problems: ['invalid-parameter', ...calling],
  },
  readDeclarationDraft: {
    summary: 'A draft of a declaration',
    tag,
    description: 'One that was handed in is gone: 409 names its declaration in `Location`.',
    headers: ['If-None-Match'],
    answer: { ...seen, description: 'As it stands, with an ETag' },
    problems: [...reading, 'draft-handed-in'],
  },
  replaceDeclarationDraft: {
    summary: 'Put other contents into a draft',
    tag,
    description: 'Guesses whose field has another value now are decided. `guesses` names those still to be confirmed.',
    body: declarationDraftContent,
    headers: ['If-Match'],
    answer: seen,
    problems: ['body-invalid', ...writing, ...matched, 'draft-handed-in'],
  },
  discardDeclarationDraft: {
    summary: 'Throw a draft away',
    tag,
    headers: ['If-Match'],
    answer: { status: 204, description: 'Gone' },
    problems: [...reading, ...matched, 'draft-handed-in'],
  },
  checkDeclarationDraft: {
    summary: 'What would become of a draft if it were handed in as it is 校验',
    tag,
    description:
      'Everything that is wrong or missing with the agencies that ask for it, the plan as far as it can be told, port fees; of an amendment, whom it concerns and what differs.',
    answer: { status: 200, description: 'Nothing was kept', schema: declarationDraftCheck },
    problems: [...reading, 'draft-handed-in'],
  },
  submitDeclarationDraft: {
    summary: 'Hand a draft in 提交申报',
    tag,
    description:
      'It becomes a declaration, or the correction or amendment of the one it was begun from, and is gone in the same transaction. `If-Match` names what is handed in.',
    headers: ['Idempotency-Key', 'If-Match'],
    answer: { status: 202, description: 'Taken in', schema: draftSubmissionAnswer },
    problems: [
      ...reading,
      ...matched,
      ...keyed,
      'declaration-invalid',
      'not-mappable',
      'draft-handed-in',
      'basis-changed',
      'amendment-needed',
      'change-pending',
      'declaration-cancelled',
      'change-refused',
    ],
  },
} as const satisfies Record<string, Operation>

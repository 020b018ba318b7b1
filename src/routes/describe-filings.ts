import * as z from 'zod'
import {
  changeAnswer,
  differencesAnswer,
  filingAnswer,
  filingReadAnswer,
  pageOf,
  requestedChangeAnswer,
  requestedFilingAnswer,
} from '../../schemas/answers.ts'
import { amendmentRequest, cancellationRequest, filingRequest } from '../../schemas/requests.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, reading, writing } from './describe-problems.ts'
import { differencesQuery, postQuery } from './queries.ts'

const changing = [
  ...writing,
  ...keyed,
  ...matched,
  'invalid-parameter',
  'body-invalid',
  'change-pending',
  'change-refused',
  'declaration-cancelled',
] as const

/** Filings of a declaration 办理事项, and changes of what agencies hold 修撤单. */
export const filingOperations = {
  listFilings: {
    summary: 'Every filing of a declaration',
    tag: 'Filings',
    answer: { status: 200, description: 'All of them', schema: pageOf(filingAnswer) },
    problems: reading,
  },
  readFiling: {
    summary: 'One filing',
    tag: 'Filings',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The filing with its particulars, and an ETag', schema: filingReadAnswer },
    problems: reading,
  },
  bringParticulars: {
    summary: 'Bring the particulars of a filing, until it is first sent',
    tag: 'Filings',
    body: z.unknown().describe('by the schema at /v1/agencies/{agency}/procedures/{procedure}/particulars'),
    headers: ['If-Match'],
    answer: { status: 200, description: 'Taken; the filing goes on if nothing else is missing', schema: filingAnswer },
    problems: ['particulars-invalid', 'not-changeable', ...writing, ...matched],
  },
  requestFiling: {
    summary: 'File something beyond the plan: a second payment, a further or a batch claim, a certificate of origin',
    tag: 'Filings',
    description: 'What may be asked for stands in `offers` of the declaration.',
    body: filingRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 202, description: 'Taken in; it goes at once or waits', schema: requestedFilingAnswer },
    problems: ['body-invalid', 'filing-refused', 'particulars-invalid', 'declaration-cancelled', ...writing, ...keyed],
  },
  dropFiling: {
    summary: 'Drop a filing that can be asked for again: not sent yet, or asked for and refused',
    tag: 'Filings',
    headers: ['If-Match'],
    answer: { status: 200, description: 'Withdrawn', schema: filingAnswer },
    problems: ['not-changeable', ...reading, ...matched],
  },
  requestAmendment: {
    summary: 'Amend what agencies hold 修改',
    tag: 'Changes',
    description:
      'A JSON merge patch or the whole declaration as it is to be, and a reason. Each agency that would get other bytes is asked in its own language; what it refuses stays as it was. `dryRun=true` says whom it concerns.',
    body: amendmentRequest,
    query: postQuery,
    headers: ['If-Match', 'Idempotency-Key'],
    answer: { status: 202, description: 'Asked', schema: requestedChangeAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run', schema: requestedChangeAnswer },
    problems: [...changing, 'declaration-invalid'],
  },
  requestCancellation: {
    summary: 'Cancel the declaration with every agency that holds a filing 撤销',
    tag: 'Changes',
    body: cancellationRequest,
    query: postQuery,
    headers: ['If-Match', 'Idempotency-Key'],
    answer: { status: 202, description: 'Asked', schema: requestedChangeAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run', schema: requestedChangeAnswer },
    problems: changing,
  },
  listChanges: {
    summary: 'Amendments and cancellations of a declaration, oldest first',
    tag: 'Changes',
    answer: { status: 200, description: 'All of them', schema: pageOf(changeAnswer) },
    problems: reading,
  },
  readChange: {
    summary: 'A change, and where it stands with each agency',
    tag: 'Changes',
    answer: { status: 200, description: 'As it stands', schema: changeAnswer },
    problems: reading,
  },
  withdrawChange: {
    summary: 'Take back a change no agency has heard of yet',
    tag: 'Changes',
    answer: { status: 200, description: 'Taken back', schema: changeAnswer },
    problems: ['not-changeable', ...reading],
  },
  readDifferences: {
    summary: 'Field by field what differs between two versions',
    tag: 'Changes',
    query: differencesQuery,
    answer: { status: 200, description: 'JSON pointers with both values', schema: differencesAnswer },
    problems: ['invalid-parameter', ...reading],
  },
} as const satisfies Record<string, Operation>

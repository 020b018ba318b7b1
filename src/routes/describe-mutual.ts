import { pageOf } from '../../schemas/answers.ts'
import {
  assistanceAnswer,
  assistanceReply,
  assistanceRequest,
  cancelRequest,
  inspectionResult,
} from '../../schemas/assistance.ts'
import { recognitionAnswer, recognitionRequest, revocationRequest, savingsAnswer } from '../../schemas/recognition.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, matched, reading, writing } from './describe-problems.ts'
import { assistanceQuery, recognitionsQuery } from './queries-mutual.ts'

const acting = ['not-changeable', 'body-invalid', ...writing, ...matched] as const

/** Mutual recognition 监管互认 and assistance 执法互助 (Article 21). */
export const mutualOperations = {
  listRecognitions: {
    summary: 'Results that stand in for others’ checks, newest first',
    tag: 'Mutual recognition',
    description:
      'A firm sees what is about its declarations and itself, an agency what it recorded and what came to it. `uses` says which filing carried a result, and whether its agency honoured it.',
    query: recognitionsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(recognitionAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readRecognition: {
    summary: 'One result',
    tag: 'Mutual recognition',
    answer: { status: 200, description: 'The result with its uses', schema: recognitionAnswer },
    problems: reading,
  },
  readSavings: {
    summary: 'Checks that were not made a second time',
    tag: 'Mutual recognition',
    description: 'Counted where the second agency itself says that it let another’s result stand in for its check.',
    answer: { status: 200, description: 'By month, category and agencies', schema: savingsAnswer },
    problems: [],
    public: true,
  },
  recordRecognition: {
    summary: 'Record a result others may recognise 登记互认结果',
    tag: 'Mutual recognition',
    description:
      'By an agency’s key, of a declaration it holds a filing of, or about a firm. What it stands in for, how far and how long, is decided by the rule table `recognition-rules`; what no rule names is not recognised. Filings that went out before do not carry it.',
    body: recognitionRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Recorded', schema: recognitionAnswer },
    problems: ['body-invalid', 'invalid-parameter', ...writing, ...keyed],
  },
  revokeRecognition: {
    summary: 'Revoke a result 撤销互认: it stands in for nothing any more',
    tag: 'Mutual recognition',
    description:
      'Submissions that carry it and were not taken up are taken back and go without it; agencies that have it are told.',
    body: revocationRequest,
    answer: { status: 200, description: 'Revoked', schema: recognitionAnswer },
    problems: ['not-changeable', 'body-invalid', ...writing],
  },
  listAssistance: {
    summary: 'Requests for assistance, newest first',
    tag: 'Assistance',
    description:
      'An agency sees what it asked and what was asked of it; a firm what it may see of its declarations; operators all. `escalated=true`: what was not answered in time.',
    query: assistanceQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(assistanceAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readAssistance: {
    summary: 'One request, for agencies with its log',
    tag: 'Assistance',
    answer: { status: 200, description: 'The request, with an ETag', schema: assistanceAnswer },
    problems: reading,
  },
  askAssistance: {
    summary: 'Ask another agency 发起执法互助: hold, release, verify, inspect together, inform',
    tag: 'Assistance',
    description:
      'A `hold` keeps every filing of the declaration that was not sent, takes back what was not taken up, and tells every agency that has one; it ends by a `release` of whoever asked, by an answer `cleared` or `declined`, or when it expires. `confidential` (the default): the trader learns nothing but that a filing is held.',
    body: assistanceRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Asked', schema: assistanceAnswer },
    problems: ['body-invalid', 'not-changeable', 'invalid-parameter', ...writing, ...keyed],
  },
  answerAssistance: {
    summary: 'Answer a request 答复',
    tag: 'Assistance',
    body: assistanceReply,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Answered', schema: assistanceAnswer },
    problems: acting,
  },
  reportInspection: {
    summary: 'Report what an inspection together found 联合查验结果',
    tag: 'Assistance',
    description:
      'By either of the two; the first report counts, is told to both, and where it passed is a recognised result.',
    body: inspectionResult,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Reported', schema: assistanceAnswer },
    problems: acting,
  },
  cancelAssistance: {
    summary: 'Take a request back 撤回; a hold ends with it',
    tag: 'Assistance',
    body: cancelRequest,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Taken back', schema: assistanceAnswer },
    problems: acting,
  },
} as const satisfies Record<string, Operation>

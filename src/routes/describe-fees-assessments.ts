import * as z from 'zod'
import { assessmentReport } from '../../schemas/fees/assessment.ts'
import {
  assessedFinding,
  assessmentAnswer,
  decisionRequest,
  replyRequest,
  roundAnswer,
  roundRequest,
} from '../../schemas/fees/assessment-answers.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, reading, writing } from './describe-problems.ts'
import { assessmentsQuery, chartQuery } from './queries-assessments.ts'

const tag = 'Fee assessment'
const seen = 'Published rounds are for everybody; before that an operator sees all of it, a payee what concerns itself.'

/** Periodic assessment of port fees 定期评估. */
export const feeAssessmentOperations = {
  askForAssessment: {
    summary: 'Ask for a round of assessment',
    tag,
    description:
      'Rounds of quarters are made by themselves, on the first day after. Of days that are over, at most 366.',
    body: roundRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 202, description: 'To be computed', schema: roundAnswer },
    problems: ['body-invalid', ...writing, ...keyed],
  },
  listAssessments: {
    summary: 'Rounds of assessment, the newest first',
    tag,
    description: seen,
    query: assessmentsQuery,
    headers: ['If-None-Match'],
    answer: {
      status: 200,
      description: 'A page',
      schema: z.object({ data: z.array(roundAnswer), hasMore: z.boolean(), nextCursor: z.string().optional() }),
    },
    problems: ['invalid-parameter', 'unauthenticated'],
    public: true,
  },
  readAssessment: {
    summary: 'A round with its findings, replies and decisions',
    tag,
    description: seen,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The round, with an ETag', schema: assessmentAnswer },
    problems: ['unauthenticated', 'not-found'],
    public: true,
  },
  readAssessmentReport: {
    summary: 'The report of a round exactly as it was computed',
    tag,
    description:
      'Canonical JSON (RFC 8785). The same inputs give the same bytes: `Repr-Digest` (RFC 9530) is their SHA-256, `inputDigest` that of the inputs.',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The report', schema: assessmentReport },
    problems: ['unauthenticated', 'not-found'],
    public: true,
  },
  exportFindings: {
    summary: 'The findings of a round as CSV',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'RFC 4180, UTF-8', schema: z.string(), mediaType: 'text/csv' },
    problems: ['unauthenticated', 'not-found'],
    public: true,
  },
  drawAssessment: {
    summary: 'A chart of a round: levels, prices, prices-{kind}, compliance-cost',
    tag,
    query: chartQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'SVG', schema: z.string(), mediaType: 'image/svg+xml' },
    problems: ['invalid-parameter', 'unauthenticated', 'not-found'],
    public: true,
  },
  readFinding: {
    summary: 'One finding',
    tag,
    description: seen,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The finding, with an ETag', schema: assessedFinding },
    problems: ['unauthenticated', 'not-found'],
    public: true,
  },
  replyToFinding: {
    summary: 'Reply to a finding about oneself',
    tag,
    description:
      'For payees, until the last day for replies. Given again it takes the place of the one before; what an officer had decided without it is decided again.',
    body: replyRequest,
    headers: ['If-Match'],
    answer: { status: 200, description: 'The finding', schema: assessedFinding },
    problems: ['body-invalid', ...writing, ...matched, 'replies-over'],
  },
  decideFinding: {
    summary: 'Decide a finding',
    tag,
    description: 'For operators. A level other than the one the rules came to needs a remark.',
    body: decisionRequest,
    headers: ['If-Match'],
    answer: { status: 200, description: 'The finding', schema: assessedFinding },
    problems: ['body-invalid', ...writing, ...matched, 'not-changeable'],
  },
  publishAssessment: {
    summary: 'Publish a round with its replies and decisions',
    tag,
    description:
      'By another operator than who asked for it, once replies are over (or all have replied) and every finding is decided. A published round never changes; everybody who listens is told by `yuchuang.assessment.published`.',
    headers: ['Idempotency-Key', 'If-Match'],
    answer: { status: 200, description: 'Published', schema: roundAnswer },
    problems: [...reading, ...keyed, ...matched, 'own-round', 'replies-open', 'findings-undecided', 'not-changeable'],
  },
  computeAssessmentAgain: {
    summary: 'Have a failed round computed again',
    tag,
    headers: ['Idempotency-Key'],
    answer: { status: 202, description: 'To be computed', schema: roundAnswer },
    problems: [...reading, ...keyed, 'not-changeable'],
  },
} as const satisfies Record<string, Operation>

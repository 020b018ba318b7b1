import {
  acceptedAnswer,
  declarationAnswer,
  dryRunAnswer,
  eventAnswer,
  messageAnswer,
  pageOf,
} from '../../schemas/answers.ts'
import { boardLine } from '../../schemas/board.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { exportLine } from '../../schemas/export.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, matched, reading, sending, writing } from './describe-problems.ts'
import { eventsQuery, listQuery, messagesQuery, postQuery, versionQuery } from './queries.ts'

/** Handing in, reading and correcting declarations 申报. */
export const declarationOperations = {
  acceptDeclaration: {
    summary: 'Hand in a declaration 申报',
    tag: 'Declarations',
    description:
      'Canonical JSON, or a DecMessage XML as brokers’ software writes it. 202 with the plan once it is durable; 422 with every issue at once. `dryRun=true` keeps nothing, takes no key and answers 200. `Prefer: wait=N` waits up to N seconds for the filings to settle.',
    body: declaration,
    otherBodies: ['application/xml'],
    query: postQuery,
    headers: ['Idempotency-Key', 'Prefer'],
    answer: { status: 202, description: 'Taken in', schema: acceptedAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run: what would happen', schema: dryRunAnswer },
    problems: ['invalid-parameter', 'declaration-invalid', 'not-mappable', ...calling, ...sending, ...keyed],
  },
  listDeclarations: {
    summary: 'Declarations, newest first',
    tag: 'Declarations',
    query: listQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(declarationAnswer) },
    problems: ['invalid-parameter', ...reading],
  },
  readBoard: {
    summary: 'Declarations at a glance 申报总览, newest first',
    tag: 'Declarations',
    description:
      'The same filters as the list of declarations, and of each only where it stands with every agency and what is to be done.',
    query: listQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(boardLine) },
    problems: ['invalid-parameter', ...calling],
  },
  readDeclaration: {
    summary: 'A declaration with its filings and timeline',
    tag: 'Declarations',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands now, with an ETag', schema: declarationAnswer },
    problems: reading,
  },
  correctDeclaration: {
    summary: 'Correct and hand in again after a refusal',
    tag: 'Declarations',
    description:
      'Refused filings start a new attempt, filings not sent yet are prepared anew; a filing an agency holds must not change.',
    body: declaration,
    otherBodies: ['application/xml'],
    headers: ['If-Match'],
    answer: { status: 200, description: 'Corrected', schema: declarationAnswer },
    problems: ['declaration-invalid', 'amendment-needed', ...writing, ...matched],
  },
  readDocument: {
    summary: 'The document of a declaration, canonical or as it came',
    tag: 'Declarations',
    query: versionQuery,
    answer: { status: 200, description: 'The document', schema: declaration },
    problems: ['invalid-parameter', ...reading],
  },
  listMessages: {
    summary: 'Every byte sent and received',
    tag: 'Declarations',
    query: messagesQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(messageAnswer) },
    problems: ['invalid-parameter', ...reading],
  },
  listEvents: {
    summary: 'The timeline, as a list or as a stream that resumes',
    tag: 'Declarations',
    description: '`Accept: text/event-stream` streams; `Last-Event-ID` resumes. Events are CloudEvents 1.0.',
    query: eventsQuery,
    headers: ['Last-Event-ID'],
    answer: { status: 200, description: 'A page', schema: pageOf(eventAnswer) },
    problems: ['invalid-parameter', 'unavailable', ...reading],
  },
  exportDeclaration: {
    summary: 'A declaration with every message and proof, as one file',
    tag: 'Declarations',
    description:
      'One line of JSON each (`application/x-ndjson`): the chained events, the versions, filings, messages and receipts they bind, the seals of its days. `npm run audit:verify -- <file>` checks it offline. What speaks of other traders’ filings too is there by its digest.',
    answer: { status: 200, description: 'The file', schema: exportLine, mediaType: 'application/x-ndjson' },
    problems: ['unavailable', ...reading],
  },
} as const satisfies Record<string, Operation>

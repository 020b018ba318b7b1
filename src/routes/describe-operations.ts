import { messageAnswer, pageOf } from '../../schemas/answers.ts'
import {
  laneAnswer,
  laneRequest,
  orphanAnswer,
  replayAnswer,
  replayRequest,
  replayShownAnswer,
  stuckAnswer,
} from '../../schemas/operations.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading, writing } from './describe-problems.ts'
import { strayQuery, stuckQuery } from './queries.ts'

/** What operators do 运维: all of it with an admin's key. */
export const operatorOperations = {
  listStuck: {
    summary: 'What is stuck and why, oldest first',
    tag: 'Operations',
    description:
      'Deliveries that failed, are unknown or given up, lanes that are stopped or rest, filings our own encoder failed on, filings an agency has and says nothing of, receipts and documents that belong to nobody, mailboxes that cannot be read, reservations, write-offs and releases of certificates (`agency` is their issuer) that get no answer or one that moves nothing. What waits for its trader is not stuck.',
    query: stuckQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(stuckAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  listOrphans: {
    summary: 'Receipts of filings nobody knows, oldest first',
    tag: 'Operations',
    query: strayQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(orphanAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  listStrays: {
    summary: 'Documents that could not be understood and belong to no filing, oldest first',
    tag: 'Operations',
    query: strayQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(messageAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readMessage: {
    summary: 'A message by its number, byte for byte',
    tag: 'Operations',
    answer: { status: 200, description: 'The message', schema: messageAnswer },
    problems: reading,
  },
  listLanes: {
    summary: 'What waits for each agency, and how its lane stands',
    tag: 'Operations',
    description: 'Every worker has a breaker of its own: `workers` is what each has reported within ten seconds.',
    answer: { status: 200, description: 'A row an agency', schema: pageOf(laneAnswer) },
    problems: calling,
  },
  orderLane: {
    summary: 'Stop a lane by hand, or resume it 人工开合',
    tag: 'Operations',
    description:
      '`open`, as a breaker: nothing leaves for the agency, no submission, no inquiry, no look into its mailbox; what it pushes is still taken. `closed` resumes it: breakers forget what they have seen, and what waits is due at once. The reason stands on the timeline of each declaration that waits.',
    body: laneRequest,
    answer: { status: 200, description: 'Ordered', schema: laneAnswer },
    problems: ['body-invalid', ...writing],
  },
  replayFilings: {
    summary: 'Send filings again 重发, from the stored bytes or encoded anew',
    tag: 'Operations',
    description:
      'First with `dryRun: true`: what would go out, filing by filing, with a line difference when encoded anew. Then again with `confirm`, its digest: exactly that is sent. What an agency has answered goes only with `force`; where the outcome is unknown the agency is asked first. Each filing answers for itself.',
    body: replayRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Carried out', schema: replayAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run', schema: replayShownAnswer },
    problems: ['not-as-shown', ...keyed, 'invalid-parameter', 'body-invalid', ...writing],
  },
  readReplay: {
    summary: 'A replay, and what became of each filing',
    tag: 'Operations',
    answer: { status: 200, description: 'As it stands', schema: replayAnswer },
    problems: reading,
  },
} as const satisfies Record<string, Operation>

import { messageAnswer, pageOf } from '../../schemas/answers.ts'
import { sealAnswer, trailAnswer, verificationAnswer, verificationRequest } from '../../schemas/audit.ts'
import {
  laneAnswer,
  laneRequest,
  matchedAnswer,
  operationsAnswer,
  orphanAnswer,
  replayAnswer,
  replayRequest,
  replayShownAnswer,
  replayStandingAnswer,
  replaySummaryAnswer,
  stuckAnswer,
  stuckCountAnswer,
} from '../../schemas/operations.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading, writing } from './describe-problems.ts'
import { eventsQuery, newestQuery, sealsQuery, strayQuery, stuckQuery } from './queries.ts'

/** What operators do 运维: all of it with an admin's key. */
export const operatorOperations = {
  readOperations: {
    summary: 'How the window runs, and what waits for an administrator today',
    tag: 'Operations',
    description:
      'Database, workers, background jobs, notices, issuers of certificates, seals; counts of the work of the day.',
    answer: { status: 200, description: 'At a glance', schema: operationsAnswer },
    problems: calling,
  },
  countStuck: {
    summary: 'How much is stuck, by cause and agency',
    tag: 'Operations',
    answer: {
      status: 200,
      description: 'A row a cause and agency, the longest stuck first',
      schema: pageOf(stuckCountAnswer),
    },
    problems: calling,
  },
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
  matchOrphans: {
    summary: 'Look again for the filings of receipts nobody knew',
    tag: 'Operations',
    description:
      'By any of their references that a filing has learned since. Young receipts are looked at again by themselves; this looks at all.',
    answer: { status: 200, description: 'How many found their filing', schema: matchedAnswer },
    problems: calling,
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
  listReplays: {
    summary: 'Replays that were confirmed, newest first',
    tag: 'Operations',
    query: newestQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(replaySummaryAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readReplayStanding: {
    summary: 'How each filing of a replay stands by now',
    tag: 'Operations',
    answer: { status: 200, description: 'A row a filing', schema: pageOf(replayStandingAnswer) },
    problems: reading,
  },
  readReplay: {
    summary: 'A replay, and what became of each filing',
    tag: 'Operations',
    answer: { status: 200, description: 'As it stands', schema: replayAnswer },
    problems: reading,
  },
  listSeals: {
    summary: 'Seals of days 日封, newest first',
    tag: 'Audit',
    query: sealsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(sealAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readTrail: {
    summary: 'The trail of a declaration: its events with their hashes, and the days it is sealed with',
    tag: 'Audit',
    query: eventsQuery,
    answer: { status: 200, description: 'A page of events', schema: trailAnswer },
    problems: ['invalid-parameter', ...reading],
  },
  askForVerification: {
    summary: 'Check what was kept 审计验证: chains, everything they bind, proofs, seals',
    tag: 'Audit',
    description:
      'Of everything in the background (202; one that is under way is given, not begun again), of one declaration at once (201). `key` and `seal` hold the seals against what is known from elsewhere.',
    body: verificationRequest,
    answer: { status: 202, description: 'Asked for', schema: verificationAnswer },
    otherAnswer: { status: 201, description: 'Done, of one declaration', schema: verificationAnswer },
    problems: ['body-invalid', ...writing],
  },
  listVerifications: {
    summary: 'Checks that were asked for, newest first',
    tag: 'Audit',
    query: newestQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(verificationAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readVerification: {
    summary: 'A check, how far it is and what it found: the first broken link, if there is one',
    tag: 'Audit',
    answer: { status: 200, description: 'As it stands', schema: verificationAnswer },
    problems: reading,
  },
} as const satisfies Record<string, Operation>

import { auditLimits } from './audit/limits.ts'
import { conformanceLimits } from './conformance-runs/limits.ts'
import { drawLimits } from './draw/limits.ts'
import { feeLimits } from './fees/limits.ts'
import { filingLimits } from './filing/limits.ts'
import { movementLimits } from './movement/limits.ts'
import { noticeLimits } from './notices/limits.ts'
import { proposalLimits } from './proposal/limits.ts'
import { statisticsLimits } from './statistics/limits.ts'
import { webLimits } from './web/limits.ts'

/** Every limit has a number and a name: those of an area with many of them in its folder, the others here. Times in milliseconds, sizes in bytes. */
export const limits = {
  ...auditLimits,
  ...conformanceLimits,
  ...drawLimits,
  ...feeLimits,
  ...filingLimits,
  ...movementLimits,
  ...noticeLimits,
  ...proposalLimits,
  ...statisticsLimits,
  ...webLimits,

  /** Largest request body, after decompression. */
  bodyBytes: 1_048_576,
  /** Largest answer or document taken from an agency. */
  agencyBodyBytes: 4_194_304,
  /** Deepest nesting of a JSON body. */
  jsonDepth: 32,
  /** How long a client may take to send its body. */
  bodyTimeoutMs: 20_000,
  /** Longest `Prefer: wait`. */
  preferWaitMs: 30_000,
  idempotencyKeyLength: 255,
  /** Issues shown in one answer: more than any honest declaration has, fewer than a hostile one can provoke. */
  issues: 1_000,
  /** Characters shown of what a parser says about a document. */
  parserMessage: 500,

  pageDefault: 50,
  pageMost: 200,
  eventHeartbeatMs: 15_000,
  /** Events read at once for a stream or a list. */
  eventPage: 500,
  /** Most open event streams of one process. */
  streams: 1_000,

  /** Requests a key may make per window. */
  ratePerWindow: 6_000,
  /** The same of an address that asks for what needs no key and is computed anew: quotes, and bill checks that keep nothing. */
  publicPerWindow: 600,
  rateWindowMs: 60_000,

  /** Connections to PostgreSQL of one pool. */
  databaseConnections: 8,

  /** How long an agency may take to answer. */
  agencyTimeoutMs: 10_000,
  /** Longest pause an agency's or issuer's Retry-After is granted; after it the next try goes out. */
  agencyRetryAfterMostMs: 3_600_000,

  /** Filings of one replay. */
  replayMost: 100,
  /** How long a replay may be confirmed after it was shown. */
  replayConfirmMs: 900_000,
  /** Lines of a difference that are shown, lines around a change, and the largest table of lines that are compared one by one. */
  differenceLines: 400,
  differenceContext: 3,
  differenceCells: 4_000_000,
  /** How long an agency that has a filing may say nothing before an operator is shown it: three days. */
  silenceMs: 259_200_000,

  /** Tolerance of a callback's timestamp (Standard Webhooks). */
  callbackToleranceMs: 300_000,

  /** How long after the start background jobs begin; rest after a runner that failed. */
  jobsStartMs: 5_000,
  jobsRestMs: 5_000,
  /** How often jobs are looked for that nobody told of. */
  jobsPollMs: 5_000,
  /** How often jobs of dead processes are looked for, and how long one belongs to whoever took it before that is asked. */
  jobsFreeMs: 30_000,
  jobsYoungMs: 10_000,

  /** Shared information: declarations of one page, and subscriptions of one agency that have not ended. */
  sharedPage: 50,
  sharedSubscriptions: 1_000,
  /** Declarations whose search values are taken in one transaction, and how many such a search itself waits for. */
  sharedKeyBatch: 500,
  sharedKeyBatches: 20,
  /** How long after its id was made a declaration may still come to be kept. */
  sharedKeyGraceMs: 3_600_000,

  /** How long a stopping process waits for what is under way. */
  stopMs: 10_000,

  /** Tries of a note to an agency that answers, and fails at this one, before it is set aside; characters kept of an answer. */
  cooperationTries: 20,
  /** Longest pause before it is tried again. */
  cooperationPauseMostMs: 60_000,
  cooperationAnswer: 10_000,
  /** How far ahead the deadline of a request for assistance, and the end of a hold, may lie: thirty days. */
  assistanceMostMs: 2_592_000_000,
  /** Holds on one declaration at once. */
  assistanceHolds: 20,
  /** Requests looked at in one round of the sweep. */
  assistanceAtOnce: 100,

  /** Entries of a single document's chain, and versions of it. */
  waybillEntries: 500,

  /** How far ahead a credit level may be announced, in days. Parameter of this project. */
  creditAheadDays: 366,
  /** Firms looked at in one go when consequences are brought in line; tries of the job. */
  creditSweepPage: 200,
  creditTries: 3,
  /** How long anybody may keep the list of firms whose level is public. */
  creditMaxAgeSeconds: 60,

  /** Longest a declaration waits for what issuers say of its certificates before it is reserved, and certificates verified so. */
  certificateVerifyMs: 1_500,
  certificatesVerified: 40,
  /** What is told to one issuer at once, how long that belongs to a worker, how often it is looked for. */
  certificateLaneWidth: 8,
  certificateLeaseMs: 60_000,
  certificatePollMs: 500,
  /** Longest pause before an issuer that gave no answer is tried again; there is no last try. */
  certificatePauseMostMs: 30_000,
  /** Uses and entries shown of one certificate, newest first. */
  certificateUsesShown: 100,
  certificateEntriesShown: 500,

  /** How long the key of a demonstration works; demonstrations an address may begin in a window of time, and all addresses together in one process. */
  demonstrationKeyMs: 3_600_000,
  demonstrationWindowMs: 3_600_000,
  demonstrationsPerAddress: 10,
  demonstrationsInAll: 300,
  /** How long the agencies' clock is waited for before a demonstration. */
  demonstrationClockMs: 2_000,

  /** Newest messages a lane's rate is made from, and how far back they are looked at. */
  laneRateMessages: 1_000,
  laneRateMs: 300_000,
  /** Newest credit levels among which today's are counted. */
  creditCounted: 1_000,
  /** How far back receipts nobody knew are looked at again on an operator's word. */
  orphanLookedAtMs: 31_536_000_000,
  /** Kinds of failed background jobs that are shown. */
  jobFailuresShown: 20,

  /** Drafts of declarations one firm may keep; all of one as it is kept, in characters: whatever may be handed in may be drafted. */
  declarationDrafts: 200,
  declarationDraftCharacters: 1_048_576,

  /** Control of the simulator: its largest order and answer; how long a look may take, and an order: its clock goes on until all that fell due is done. */
  simulatorBodyBytes: 1_048_576,
  simulatorAnswerBytes: 33_554_432,
  simulatorReadMs: 10_000,
  simulatorOrderMs: 120_000,

  /** How far the instant in an id may be from the one its declaration was kept at: clocks of several processes, and waiting. */
  idAheadMs: 3_600_000,

  /** Keys of one holder (a role of a firm, the administrators) that open something. */
  keysOfHolder: 20,
  /** How long a key goes on beside the one in its place: as a rule, and at most (hours). */
  keyOverlapHours: 24,
  keyOverlapHoursMost: 720,
  /** How far ahead the end of a key may be set, in days. */
  keyDaysMost: 3_660,
} as const

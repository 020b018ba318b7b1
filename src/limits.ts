/** Every limit has a number and a name, here. Times in milliseconds, sizes in bytes. */
export const limits = {
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
  rateWindowMs: 60_000,

  /** Acceptances put into one statement, and statements under way at once. */
  acceptBatch: 16,
  acceptBatchesInFlight: 3,
  databaseConnections: 8,

  /** Longest name an agency can give a filing; what is longer is kept with the bytes and finds nothing. */
  referenceLength: 200,

  /** How long an agency may take to answer. */
  agencyTimeoutMs: 10_000,
  /** Deliveries of one lane under way at once, in one worker. */
  laneWidth: 16,
  leaseMs: 15_000,
  leaseRenewMs: 5_000,
  /** How often a lane looks for work it was not told of. */
  lanePollMs: 500,
  /** Tries of one submission before a person must look; spread over about two days by the back-off below. */
  deliveryTries: 60,
  /** From this many tries on an operator is told. */
  deliveryTriesShown: 5,
  backoffFirstMs: 500,
  backoffMostMs: 3_600_000,
  /** Failures in a row that open an agency's breaker, and how long it stays open. */
  breakerFailures: 5,
  breakerOpenMs: 5_000,

  /** How often a mailbox is asked while something is outstanding, and when nothing is. */
  mailboxBusyMs: 1_000,
  mailboxIdleMs: 10_000,
  mailboxPage: 100,
  /** Outcomes recorded in one transaction. */
  recordBatch: 64,
  /** How long a receipt nobody knows is tried again before it is left to the operator. */
  orphanRetryMs: 3_600_000,

  /** Tolerance of a callback's timestamp (Standard Webhooks). */
  callbackToleranceMs: 300_000,
  /** How long a stopping process waits for what is under way. */
  stopMs: 10_000,
} as const

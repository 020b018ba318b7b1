/** The limits of filings on their way 申报流转限值: part of all `limits`, and named as those are. */
export const filingLimits = {
  /** Acceptances put into one statement, statements under way at once, and the longest the first waits for those being composed. */
  acceptBatch: 32,
  acceptBatchesInFlight: 2,
  acceptGatherMs: 25,

  /** Threads of a gateway that compose acceptances, unless it is told another number: each takes some 80 MiB. */
  composers: 1,
  /** Heap of a composing thread; a document of the largest size takes some 60. */
  composerHeapMiB: 192,
  /** Requests handed to a composing thread ahead of time. */
  composeAhead: 8,
  /** Bytes of requests that may wait for a composing thread: more are turned away. */
  composeWaitingBytes: 33_554_432,
  /** Longest a composition may take; the largest document takes some 300. */
  composeMs: 10_000,
  /** Threads that may die over one request before it fails. */
  composeTries: 2,
  /** Rest after a composing thread that could not even start. */
  composerRestMs: 5_000,

  /** Longest name an agency can give a filing; what is longer is kept with the bytes and finds nothing. */
  referenceLength: 200,

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
  /** Failed probes a resting lane remembers, so that each time another submission probes. */
  probesRemembered: 64,
  /** When a lane comes back: how many submissions leave their back-off, one after the other in these steps, and when one may do so again. */
  hastenMost: 20_000,
  hastenSpacingMs: 20,
  hastenAgainMs: 600_000,
  /** How often a worker tells how its breakers stand and reads what operators ordered; how long that is believed. */
  laneReportMs: 1_000,
  laneReportLeaseMs: 10_000,
  /** Submissions told in one transaction that their lane is stopped or resumed. */
  orderToldBatch: 100,

  /** How often a mailbox is asked while something is outstanding, and when nothing is. */
  mailboxBusyMs: 1_000,
  mailboxIdleMs: 10_000,
  /** Outcomes recorded in one transaction. */
  recordBatch: 64,
  /** How long a receipt nobody knows is tried again before it is left to the operator. */
  orphanRetryMs: 3_600_000,

  /** Deadlines told in one transaction. */
  deadlinesAtOnce: 100,
} as const

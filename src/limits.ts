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
  /** The same of an address that asks for what needs no key and is computed anew: quotes, and bill checks that keep nothing. */
  publicPerWindow: 600,
  rateWindowMs: 60_000,

  /** Acceptances put into one statement, and statements under way at once. */
  acceptBatch: 16,
  acceptBatchesInFlight: 3,
  databaseConnections: 8,

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

  /** How long an agency may take to answer. */
  agencyTimeoutMs: 10_000,
  /** Longest pause an agency's or issuer's Retry-After is granted; after it the next try goes out. */
  agencyRetryAfterMostMs: 3_600_000,
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
  /** Endpoints of one firm; secrets of one endpoint that are valid at once; types it may name. */
  webhookEndpoints: 20,
  webhookSecrets: 4,
  webhookTypes: 50,
  /** How long a replaced secret still signs beside the new one. */
  webhookOverlapMs: 86_400_000,
  /** How long an endpoint may take to connect and answer (Standard Webhooks: 15 to 30 seconds). */
  noticeTimeoutMs: 15_000,
  /** How long its name server may take, and how often it is asked. */
  noticeDnsMs: 2_000,
  noticeDnsTries: 2,
  /** Bytes read of its answer, characters kept. */
  noticeAnswerBytes: 4_096,
  noticeExcerpt: 500,
  /** Pauses between the tries of a notice: the schedule of Standard Webhooks 1.0.0, some 75 hours in all. */
  noticePausesMs: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => seconds * 1_000),
  /** Share of a pause that chance adds to it. */
  noticeJitter: 0.1,
  /** Longest `Retry-After` of an endpoint that is heeded. */
  noticeRetryAfterMostMs: 86_400_000,
  /** An endpoint none of whose tries succeeded for so long is disabled. */
  noticeFailingMs: 432_000_000,
  /** Failures in a row after which an endpoint's lane rests, and how long it then does; doubling, and one try at a time. */
  noticeRestAfter: 5,
  noticeRestFirstMs: 1_000,
  noticeRestMostMs: 60_000,
  /** Notices under way at once in one worker, and of these to one endpoint. */
  noticesInFlight: 512,
  noticesPerEndpoint: 8,
  /** No endpoint takes more than this part of what is still free: the fuller it is, the less each gets. */
  noticeShare: 8,
  /** How long a notice belongs to the worker that took it; longer than a try can take. */
  noticeLeaseMs: 45_000,
  /** How often work is looked for that nobody told of; how soon again while a transaction is in the way. */
  noticePollMs: 250,
  noticeHeldMs: 25,
  /** Events put into the feed, tries recorded, in one transaction; and events of a restored database. */
  feedBatch: 500,
  feedRestored: 50_000,
  noticeBatch: 64,
  /** Rest after a notice that cannot be signed, for want of the operator's key. */
  noticeKeyRestMs: 60_000,
  /** Pings of one endpoint that may wait; events sent again by one request; tries shown of a notice. */
  pingsWaiting: 5,
  redeliveries: 1_000,
  noticeTriesShown: 20,
  /** How long a settled notice and its tries are kept, how often old ones are looked for, how many go at once. */
  noticeKeptMs: 2_592_000_000,
  noticeSweepMs: 60_000,
  noticeSweep: 1_000,
  /** How often who waits for the feed looks, where nobody tells; how many may wait at once. */
  feedLookMs: 1_000,
  feedWaiters: 1_000,

  /** Declarations whose chains are checked at once. */
  auditPage: 100,
  /** How long after its end (UTC) a day is closed to events and sealed: far above what clocks differ and transactions take. */
  sealGraceMs: 3_600_000,
  /** How often a worker looks whether a day is to be sealed. */
  sealEveryMs: 600_000,
  /** Longest wait for those who are writing when a day is closed (others wait behind us); then it is tried again later. */
  closeWaitMs: 500,
  /** Declarations of a day read, and proofs written, at once. */
  sealPage: 1_000,
  /** Exports one process makes at once, and messages it holds of each. */
  exports: 4,
  exportPage: 8,

  /** Editions of the fee catalogue one process keeps in memory: one of 5,000 fees takes some 20 MiB. */
  cataloguesKept: 4,
  /** How long it is believed which editions there are, where nobody told. */
  catalogueRecordsMs: 3_000,
  /** Fees of one page: a whole catalogue may be asked for at once. */
  feesMost: 5_000,
  /** The same for what an edition says, which never changes; our words around it may, with a version. */
  editionMaxAgeSeconds: 3_600,
  /** Events of editions the Atom feed tells, the newest. */
  feedEntries: 100,
  /** Entries of an edition's document read at once. */
  documentPage: 500,
  /** Longest text fees are searched for, and most words of it. */
  feeSearchLength: 100,
  feeSearchWords: 10,
  /** Answered lists kept as bytes, and the largest of them. */
  feeAnswersBytes: 67_108_864,
  feeAnswerBytes: 16_777_216,
  /** Searches whose letters are remembered with what they mean, and the longest of them. */
  feeQuestions: 1_000,
  feeQuestionLength: 500,
  /** How long a cache may keep what the catalogue says of a day (seconds): a publication or a withdrawal is seen after it. */
  feesMaxAgeSeconds: 60,

  /** Days the public may speak to an edition after it was announced 公示期: it holds after them. */
  noticeDays: 7,
  /** Drafts of one key that are not settled, and changes of one draft. */
  draftsOpen: 50,
  draftChanges: 25_000,
  /** Fees of one payee, port, kind and occasion that are held against each other. */
  feesAlike: 500,
  /** Drafts whose checks one process remembers. */
  draftsChecked: 32,
  /** Comments on one edition, and of one address within an hour. */
  comments: 10_000,
  commentsPerWindow: 10,
  commentWindowMs: 3_600_000,
  /** Addresses one process counts at once. */
  addressesCounted: 10_000,

  /** Largest sheet of fees that is taken in, as it is sent and after decompression. */
  sheetBytes: 25_165_824,
  /** Rows, columns, characters of a cell (Excel's own limit) and of all cells of a sheet. */
  sheetRows: 50_000,
  sheetColumns: 100,
  sheetCell: 32_767,
  sheetCharacters: 33_554_432,
  /** Parts of a workbook, and bytes all of them may unpack to. */
  sheetParts: 1_000,
  sheetUnpackedBytes: 134_217_728,
  /** Bytes of an import's file fetched at once: in hexadecimal, less than is read from a socket in one piece. */
  importSliceBytes: 24_576,
  /** Rows of an import judged between two words of its progress; changes and issues written in one statement. */
  importProgress: 500,
  importBatch: 500,
  /** Issues kept of one import: more than anybody reads. */
  importIssues: 10_000,
  /** Tries of an import that our own mistake, or a killed process, ended. */
  importTries: 3,
  /** Imports of one key that are not done. */
  importsWaiting: 5,
  /** Issues written into one piece of a file of them. */
  issuePiece: 500,
  /** Sheets on their way out of one route at once, how long one waits for a reader who reads nothing, and rows put into a piece. */
  sheetsSent: 32,
  sheetIdleMs: 30_000,
  sheetPiece: 100,

  /** How long after the start background jobs begin; rest after a runner that failed. */
  jobsStartMs: 5_000,
  jobsRestMs: 5_000,
  /** How often jobs are looked for that nobody told of. */
  jobsPollMs: 5_000,
  /** How often jobs of dead processes are looked for, and how long one belongs to whoever took it before that is asked. */
  jobsFreeMs: 30_000,
  jobsYoungMs: 10_000,

  /** How alike two names of fees are (Dice, 0 to 1) before a line of a bill is taken for a fee; within the margin another is as good. */
  billLikeness: 0.6,
  billLikenessMargin: 0.05,
  /** What rounding may add to a line of a bill, in fen. Nothing else is tolerated. */
  billRoundingFen: 1,
  /** Lines of one bill. */
  billLines: 200,
  /** Characters of the words of a complaint or of an answer to one. */
  complaintText: 2_000,
  /** Workdays a payee has for its answer to a complaint. A parameter of this project, not a term of law. */
  complaintAnswerWorkdays: 10,

  /** Deadlines told in one transaction. */
  deadlinesAtOnce: 100,

  /** How often the page of an import under way is loaded again, in seconds. */
  importRefreshSeconds: 2,
  /** The same for a round of assessment that is being computed. */
  roundRefreshSeconds: 3,
  /** Fees a page asks the names of, one by one. */
  namesAsked: 60,
  /** Kinds of containers a form has room for, at least and at most. */
  formContainers: 3,
  formContainersMost: 100,
  /** Things wrong that are told right at a field; all of them stand above the form. */
  wrongsAtField: 3,
  /** Open drafts whose imports the first page of the catalogue work looks for. */
  draftsWatched: 10,
  /** Fees on one page of the public list. */
  feesOnPage: 100,
  /** What fees came to for shipments asked about lately: so many results, twice, of shipments with so few different things. */
  chargesKept: 10_000,
  chargeThingsKept: 4,
  /** How long somebody stays signed in. */
  sessionMs: 43_200_000,

  /** Days payees have to reply to the findings of a round. Parameter of this project. */
  assessmentReplyDays: 15,
  /** Longest period of a round asked for by hand, in days. */
  assessmentDays: 366,
  /** Quarters that are made up for after a long rest. */
  assessmentCatchUp: 8,
  /** Rounds a chart of costs goes back, baskets it shows, and rows of a chart of prices. */
  assessmentRoundsCharted: 8,
  assessmentBasketsCharted: 12,
  assessmentRowsCharted: 40,
  /** Tries of the job that computes rounds. */
  assessmentTries: 5,
  /** Answers about published rounds one process keeps: reports and charts. */
  assessmentAnswersKept: 40,
  /** How long anybody may keep what is shown of a published round. */
  assessmentMaxAgeSeconds: 300,

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

  /** How long before and after its declared journey a container's events may belong to it. Parameter of this project. */
  journeyMarginMs: 1_728_000_000,
  /** How long a journey without a declared end is taken to last. */
  journeyAssumedMs: 3_888_000_000,
  /** How far from a journey an event may lie that names its paper; that names its ship with the voyage, or its wagon. */
  paperNamedOnceMs: 15_552_000_000,
  conveyanceNamedOnceMs: 1_296_000_000,
  /** Events that belong together looked at at once; events shown of a declaration. */
  movementsAtOnce: 5_000,
  movementsShown: 500,
  /** What two publishers may differ by before they disagree on when something happened. */
  movementAgreeMs: 900_000,
  /** Declarations taken up, and told of events, in one transaction; how far back new ones are looked for at the first start. */
  trackedAtOnce: 100,
  trackedBackMs: 7_776_000_000,
  /** How long after its number was given a declaration may still come to be there. */
  trackedLateMs: 300_000,
  /** Tries of the job that takes up and tells. */
  movementTries: 5,
  /** Entries of a single document's chain, and versions of it. */
  waybillEntries: 500,

  /** How far ahead a credit level may be announced, in days. Parameter of this project. */
  creditAheadDays: 366,
  /** Firms looked at in one go when consequences are brought in line; tries of the job. */
  creditSweepPage: 200,
  creditTries: 3,
  /** How long anybody may keep the list of firms whose level is public, and what is shown of a draw. */
  creditMaxAgeSeconds: 60,
  drawMaxAgeSeconds: 10,
  /** The hour (Asia/Shanghai) a day of draws begins at, and how long before it is committed to. Parameters of this project. */
  drawHour: 6,
  drawAheadMs: 3_600_000,
  /** How long after its end a day is kept open for what was registered in it and is only now written; and how long its root is public before its seed. */
  drawGraceMs: 600_000,
  drawRevealAfterMs: 600_000,
  /** How long after the start of a process its draws are first looked at: whoever starts it waits for other things. */
  drawStartMs: 3_000,
  /** How often it is looked whether something is to be drawn, where nothing wakes us; declarations drawn in one transaction. */
  drawEveryMs: 10_000,
  drawBatch: 100,
  /** Lots read at a time when a draw's file is written; characters of a line of a file that is checked. */
  drawFilePage: 1_000,
  drawLineCharacters: 1_048_576,
  /** Results of one lot: the first and its corrections. */
  drawResultsOfLot: 20,

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

  /** Differences folded into the cells of the statistics in one transaction; declarations counted anew in one. */
  statisticsFolded: 20_000,
  statisticsRecounted: 200,
  /** Tries of the jobs that publish and count anew. */
  statisticsTries: 5,
  /** Months one question may span; lines of one answer. */
  statisticsMonths: 60,
  statisticsLines: 2_000,
  /** How long anybody may keep an answer, and a published month. */
  statisticsMaxAgeSeconds: 300,
  statisticsMonthMaxAgeSeconds: 86_400,
  /** Months of costs kept in memory, and charts. */
  statisticsCostsKept: 120,
  /** Answers about published months one process keeps. */
  statisticsAnswersKept: 200,
  statisticsChartsKept: 40,

  /** How long the key of a demonstration works; demonstrations an address may begin in a window of time, and all addresses together in one process. */
  demonstrationKeyMs: 3_600_000,
  demonstrationWindowMs: 3_600_000,
  demonstrationsPerAddress: 10,
  demonstrationsInAll: 300,
  /** How long the agencies' clock is waited for before a demonstration. */
  demonstrationClockMs: 2_000,

  /** Tries of a check of all that was kept. */
  verificationTries: 3,
  /** Newest messages a lane's rate is made from, and how far back they are looked at. */
  laneRateMessages: 2_000,
  laneRateMs: 300_000,
  /** Newest credit levels among which today's are counted. */
  creditCounted: 1_000,
  /** Kinds of failed background jobs that are shown. */
  jobFailuresShown: 20,
  /** How often the page of the lanes is loaded again, and one of a check that is under way. */
  lanesRefreshSeconds: 10,
  verificationRefreshSeconds: 2,

  /** Drafts of declarations one firm may keep; all of one as it is kept, in characters: whatever may be handed in may be drafted. */
  declarationDrafts: 200,
  declarationDraftCharacters: 1_048_576,

  /** How far the instant in an id may be from the one its declaration was kept at: clocks of several processes, and waiting. */
  idAheadMs: 3_600_000,
} as const

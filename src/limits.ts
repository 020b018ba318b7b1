import { feeLimits } from './fees/limits.ts'

/** Every limit has a number and a name, here. Times in milliseconds, sizes in bytes. */
export const limits = {
  ...feeLimits,
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

  /** Acceptances put into one statement, statements under way at once, and the longest the first waits for those being composed. */
  acceptBatch: 32,
  acceptBatchesInFlight: 2,
  acceptGatherMs: 25,
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

  /** How long after the start background jobs begin; rest after a runner that failed. */
  jobsStartMs: 5_000,
  jobsRestMs: 5_000,
  /** How often jobs are looked for that nobody told of. */
  jobsPollMs: 5_000,
  /** How often jobs of dead processes are looked for, and how long one belongs to whoever took it before that is asked. */
  jobsFreeMs: 30_000,
  jobsYoungMs: 10_000,

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
  laneRateMessages: 1_000,
  laneRateMs: 300_000,
  /** Newest credit levels among which today's are counted. */
  creditCounted: 1_000,
  /** How far back receipts nobody knew are looked at again on an operator's word. */
  orphanLookedAtMs: 31_536_000_000,
  /** Kinds of failed background jobs that are shown. */
  jobFailuresShown: 20,
  /** Rows of a rule table on one page; characters of rows that a form begins with. */
  ruleRowsShown: 100,
  ruleRowsPrefilled: 60_000,
  /** How often the page of the lanes is loaded again, and one of a check that is under way. */
  lanesRefreshSeconds: 10,
  verificationRefreshSeconds: 2,

  /** Drafts of declarations one firm may keep; all of one as it is kept, in characters: whatever may be handed in may be drafted. */
  declarationDrafts: 200,
  declarationDraftCharacters: 1_048_576,

  /** Control of the simulator: its largest order and answer; how long a look may take, and an order: its clock goes on until all that fell due is done. */
  simulatorBodyBytes: 1_048_576,
  simulatorAnswerBytes: 33_554_432,
  simulatorReadMs: 10_000,
  simulatorOrderMs: 120_000,
  /** Entries of its journal one page shows. */
  simulatorEntriesShown: 50,

  /** How far the instant in an id may be from the one its declaration was kept at: clocks of several processes, and waiting. */
  idAheadMs: 3_600_000,

  /** Proposals from documents: files of one, bytes of each and of all with what a form adds, characters of a file's name. */
  proposalFiles: 10,
  proposalFileBytes: 2_097_152,
  proposalBytes: 8_388_608,
  proposalFileName: 200,
  /** Bytes the parts of one workbook may unpack to; its sheets, and rows of each, that are looked at. */
  proposalUnpackedBytes: 16_777_216,
  proposalSheets: 20,
  proposalRows: 2_000,
  /** Cells that say something, of all files together. */
  proposalCells: 20_000,
  /** Characters of a cell that may be a value; rows a header may be high; rows an address may take up. */
  proposalText: 400,
  proposalHeaderRows: 3,
  proposalAddressRows: 5,
  /** Lines of goods a declaration has room for. */
  proposalItems: 50,
  /** Lines read of one table before it is told that there are more. */
  proposalLines: 500,
  /** Commodity codes proposed for one line, and other values shown beside a guess. */
  proposalCandidates: 5,
  /** How alike two descriptions of goods are (Dice, 0 to 1) before a line of a packing list is taken for a line of the invoice. */
  proposalLikeness: 0.7,
  /** What a printed total may differ from the sum of its lines by rounding, in its own unit. */
  proposalRounding: '0.05',

  /** Keys of one holder (a role of a firm, the administrators) that open something. */
  keysOfHolder: 20,
  /** How long a key goes on beside the one in its place: as a rule, and at most (hours). */
  keyOverlapHours: 24,
  keyOverlapHoursMost: 720,
  /** How far ahead the end of a key may be set, in days. */
  keyDaysMost: 3_660,

  /** Conformance runs kept of one firm, and for how long. */
  conformanceRuns: 50,
  conformanceKeptMs: 2_592_000_000,
  /** Longest a run may take in all; of a scenario, in seconds. */
  conformanceMs: 600_000,
  conformanceScenarioSeconds: 60,
  /** What the kit may say of one target, and heap of its process (MiB). */
  conformanceBytes: 8_388_608,
  conformanceHeapMiB: 512,
  /** Characters kept of what it complains of. */
  conformanceComplaint: 1_000,
  /** How often the verdicts so far are kept, and how often the page of a run under way is loaded again (seconds). */
  conformanceKeepMs: 500,
  conformanceRefreshSeconds: 3,
  /** Findings of one scenario a page shows, and characters of either side of an exchange. */
  conformanceFindingsShown: 5,
  conformanceExchangeShown: 2_000,
  /** Tries of a run whose process died. */
  conformanceTries: 2,

  /** Fields read of one form made from a schema, and how deep they may lie. */
  formFields: 20_000,
  formDepth: 24,
  /** Further declarations one may name in the form of a filing that covers several. */
  coversTyped: 100,
  /** Procedures whose particulars come along with the form of a cancellation. */
  asksOfCancellation: 40,
  /** How often it is looked again what a cancellation brings about, where the declaration moved in between. */
  cancellationLooks: 4,

  /** Declarations on a page of the board, and those that need their trader on top of it. */
  boardLines: 20,
  boardNeeding: 8,
  /** Longest document the board looks into for the way of the goods. */
  boardDocumentBytes: 131_072,
  /** Messages and readings on a page of a declaration. */
  messagesShown: 25,
  readsShown: 50,
} as const

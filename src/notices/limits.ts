/** The limits of webhooks and the feed 通知限值: part of all `limits`, and named as those are. */
export const noticeLimits = {
  /** Endpoints of one firm; secrets of one endpoint that are valid at once. */
  webhookEndpoints: 20,
  webhookSecrets: 4,
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
} as const

/** Every limit of the simulator 模拟器限值: a number and a name. Real time, except where the name says simulated. */
export const limits = {
  /** How long nothing must be in flight before a jumping clock jumps. */
  quietMs: 250,
  /** How far one call may move the clock on: ten years. */
  advanceSimulatedMs: 3_652 * 86_400_000,
  /** The longest delay a timer of the platform takes: 2^31 - 1. */
  timerMs: 2_147_483_647,
  /** The largest request an agency takes; a larger one is answered 413 and not looked at. */
  requestBytes: 8 * 1024 * 1024,

  /** One push: how long the customer may take to acknowledge it. */
  pushTimeoutMs: 10_000,
  /** The first wait between two tries of a push; it doubles, with up to half of it in jitter, to `pushRetryLongestMs`. */
  pushRetryFirstMs: 250,
  pushRetryLongestMs: 30_000,
  /** From this many failed tries on a push is listed as undelivered; it is still tried. */
  pushTriesQuick: 5,
  /** After this long a push is no longer tried by itself. It stays listed, and can be asked for again. */
  pushGiveUpMs: 86_400_000,

  /** Fault DOWN: how many exchanges of one reference find nobody at home. */
  downExchanges: 2,
  /** Fault SLOW: how long the answer is kept back. */
  slowReplyMs: 3_000,
  /** Fault TIMEOUT: how long the connection stays open without an answer, when the customer does not hang up before. */
  timeoutHoldMs: 120_000,
  /** Fault LATE: how much later than due a document leaves. */
  lateSimulatedMs: 2 * 3_600_000,
  /** Fault DISORDER: how long a document waits for the next one to overtake it before it goes alone. */
  disorderSimulatedMs: 24 * 3_600_000,
  /** How far around a magic value the sender's reference is looked for. */
  referenceCharacters: 100,

  /** How many entries the journal shows; older ones are dropped and counted. */
  journalEntries: 5_000,
  /** How much of a body the journal shows; what is cut is marked. */
  journalBodyCharacters: 16_384,
  journalPage: 100,
  journalPageLargest: 1_000,
} as const

/** Every limit of the client, with its name. */
export const limits = {
  /** Longest a try may take, from the request to the last byte of its answer; what a caller asks the gateway to wait comes on top. */
  timeoutMs: 30_000,
  /** Tries after the first. */
  retries: 4,
  /** Longest all tries of one call may take, with the pauses between them. */
  totalMs: 120_000,
  /** Longest pause before the first retry: the pause is drawn evenly from nothing to this, and this doubles with each try. */
  backoffMs: 250,
  /** Longest pause between tries that the gateway did not ask for. */
  backoffMostMs: 10_000,
  /** Largest answer that is read, in bytes. */
  answerBytes: 64 * 1024 * 1024,
  /** Largest event of a stream, in characters; the gateway takes in a mebibyte. */
  eventCharacters: 2 * 1024 * 1024,
  /** Longest silence of a stream before it counts as cut: three of the gateway's heartbeats (15 s). */
  silenceMs: 45_000,
  /** How many times in a row a stream may be cut without a word before it is given up. */
  cutsInARow: 8,
  /** How much of an answer that is no problem document an error shows, in characters. */
  excerpt: 200,
  /** How long the gateway is asked to hold a request for news of the feed; it holds at most 30 s. */
  feedWaitSeconds: 20,
  /** Shortest time between two questions to a feed that had nothing new, should it not wait as asked. */
  feedRestMs: 1_000,
  /** How far a webhook's time may be from ours, either way (Standard Webhooks). */
  webhookToleranceMs: 5 * 60_000,
} as const

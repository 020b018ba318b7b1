/** Problems that operations share, by what brings them about. */

/** Whatever takes a key. */
export const calling = ['unauthenticated', 'forbidden', 'too-many-requests'] as const
/** What is named in the path may not be there. */
export const reading = [...calling, 'not-found'] as const
/** A body. */
export const sending = ['malformed-body', 'unsupported-media-type', 'body-too-large'] as const
/** A body about what is named in the path. */
export const writing = [...reading, ...sending] as const
/** `Idempotency-Key`. */
export const keyed = ['idempotency-key-missing', 'idempotency-key-reused'] as const
/** `If-Match`. */
export const matched = ['if-match-missing', 'if-match-stale'] as const

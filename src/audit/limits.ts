/** The limits of the audit chain 审计限值: part of all `limits`, and named as those are. */
export const auditLimits = {
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

  /** Tries of a check of all that was kept. */
  verificationTries: 3,
} as const

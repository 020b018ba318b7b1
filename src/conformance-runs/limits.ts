/** The limits of conformance runs 符合性测试限值: part of all `limits`, and named as those are. */
export const conformanceLimits = {
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
} as const

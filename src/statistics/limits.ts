/** The limits of clearance statistics 通关统计限值: part of all `limits`, and named as those are. */
export const statisticsLimits = {
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
} as const

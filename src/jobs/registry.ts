import { assessFees } from './assess-fees.ts'
import { followCredit } from './follow-credit.ts'
import { followMovements } from './follow-movements.ts'
import { importFees, sweepImports } from './import-fees.ts'
import type { Job } from './job.ts'
import { keyShared } from './key-shared.ts'
import { foldStatistics, publishStatistics, recountStatistics } from './statistics.ts'
import { sweepRequests } from './sweep-assistance.ts'
import { tellEditions } from './tell-editions.ts'
import { verifyAudit } from './verify-audit.ts'

/** Everything done in the background 后台任务登记表: one line a kind of job. */
export const jobs: readonly Job[] = [
  importFees,
  sweepImports,
  tellEditions,
  assessFees,
  sweepRequests,
  followCredit,
  followMovements,
  foldStatistics,
  publishStatistics,
  recountStatistics,
  keyShared,
  verifyAudit,
]

import { assessFees } from './assess-fees.ts'
import { importFees, sweepImports } from './import-fees.ts'
import type { Job } from './job.ts'
import { tellEditions } from './tell-editions.ts'

/** Everything done in the background 后台任务登记表: one line a kind of job. */
export const jobs: readonly Job[] = [importFees, sweepImports, tellEditions, assessFees]

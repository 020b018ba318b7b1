import { thresholdsOf } from '../../../schemas/fees/assessment.ts'
import { issuesOf } from '../../../schemas/issue.ts'
import type { Catalogue } from '../catalogue.ts'
import type { CheckIssue } from './issues.ts'

/** A rule of assessment has the thresholds 阈值 it judges by, and no others: without them it would judge nothing. */
export const thresholdIssues = (next: Catalogue): CheckIssue[] =>
  [...next.of('rule')].flatMap(([id, { rule, thresholds }]) => {
    const read = thresholdsOf[rule].safeParse(thresholds)
    if (read.success) return []
    return issuesOf(read.error, ['rule', id, 'thresholds']).map(
      (issue): CheckIssue => ({ ...issue, severity: 'error' }),
    )
  })

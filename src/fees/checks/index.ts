import type { Catalogue } from '../catalogue.ts'
import { basisIssues } from './bases.ts'
import { cancelledIssues } from './cancelled.ts'
import { ceilingIssues } from './ceilings.ts'
import { contentIssues } from './contents.ts'
import { cycleIssues } from './cycles.ts'
import type { CheckIssue } from './issues.ts'
import { overlapIssues } from './overlaps.ts'
import { referenceIssues } from './references.ts'
import { thresholdIssues } from './thresholds.ts'

/**
 * Everything that is wrong or doubtful in a catalogue as it would be 发布前校验, from the day on it would hold. All entries are looked at: what
 * a draft changes may be wrong for what it leaves as it is, as a withdrawn document is for the fees that rest on it.
 */
export const checksOf = (next: Catalogue): CheckIssue[] =>
  [
    referenceIssues,
    contentIssues,
    basisIssues,
    ceilingIssues,
    cancelledIssues,
    overlapIssues,
    cycleIssues,
    thresholdIssues,
  ].flatMap((issuesIn) => issuesIn(next))

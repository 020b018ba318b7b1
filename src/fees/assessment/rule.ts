import type { AssessmentReport, RuleId, Thresholds } from '../../../schemas/fees/assessment.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Found, Material } from './material.ts'

/** What a rule came to: what it found, why it had nothing to look at, and the tables it leaves in the report. */
export interface Outcome {
  readonly found: readonly Found[]
  readonly idle?: Text
  readonly tables?: Partial<Pick<AssessmentReport, 'comparisons' | 'uncompared' | 'movement' | 'costs'>>
}

/** A rule of assessment 评估规则 as code: pure, its numbers come from the edition. */
export type Judge<R extends RuleId> = (material: Material, thresholds: Thresholds<R>) => Outcome

/** The one table that decides 办理结果: what the platform does with a magic value in the enterprise's own number. */
import type { Outcome } from '../../agency.ts'

export interface InspectionOutcome extends Outcome {
  readonly procedure: 'verify' | 'reserve'
  /** What it answers, whatever the report says. */
  readonly reason: 'RESULT_NOT_CONFORMING' | 'UNDER_REVIEW'
}

export const outcomes: readonly InspectionOutcome[] = [
  {
    magic: 'FAILED',
    procedure: 'reserve',
    reason: 'RESULT_NOT_CONFORMING',
    does: { en: 'The body has corrected its result: the goods do not conform', zh: '检验机构更正结果：不合格' },
  },
  {
    magic: 'REVIEW',
    procedure: 'reserve',
    reason: 'UNDER_REVIEW',
    does: { en: 'Answers with a reason nobody has published', zh: '返回未公布的原因代码' },
  },
]

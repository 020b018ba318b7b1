/** The one table that decides 办理结果: what the office does with a magic value in the enterprise's own number. */
import type { Outcome } from '../../agency.ts'

export interface SpeciesOutcome extends Outcome {
  readonly procedure: 'reserve'
  readonly ground: string
}

export const outcomes: readonly SpeciesOutcome[] = [
  {
    magic: 'SEIZED',
    procedure: 'reserve',
    ground: 'E99',
    does: { en: 'The specimens are under seizure: it refuses to hold the permit', zh: '标本已被查扣，不予核销' },
  },
  {
    magic: 'ODDGROUND',
    procedure: 'reserve',
    ground: 'E77',
    does: { en: 'Refuses for a ground nobody has published', zh: '以未公布的原因不予核销' },
  },
]

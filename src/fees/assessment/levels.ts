import { type Finding, type Level, type LevelCounts, levels, type Standing } from '../../../schemas/fees/assessment.ts'
import type { NamedFee } from '../catalogue.ts'

/** The graver of two levels. */
export const graver = (a: Level, b: Level): Level => (levels.indexOf(b) > levels.indexOf(a) ? b : a)

/** How many fees are reasonable, watched, high and in violation: each by the gravest thing found about it. */
export function levelCountsOf(fees: readonly NamedFee[], findings: readonly Finding[]): LevelCounts {
  const worst = new Map<string, Level>()
  for (const { fee, level } of findings)
    if (fee !== undefined) worst.set(fee, graver(worst.get(fee) ?? 'reasonable', level))
  const counts = { reasonable: 0, watch: 0, high: 0, violation: 0 }
  for (const { id } of fees) counts[worst.get(id) ?? 'reasonable']++
  return counts
}

/** How many prices stand above, at and below. @param signs of a price less what it stands against */
export const standingOf = (signs: readonly number[]): Standing => ({
  above: signs.filter((sign) => sign > 0).length,
  equal: signs.filter((sign) => sign === 0).length,
  below: signs.filter((sign) => sign < 0).length,
})

import { limits } from '../../limits.ts'
import { type CheckIssue, draftError } from './issues.ts'
import { addDays } from './stretch.ts'

/** The last day the public may speak to an edition that is announced on a day 公示期. */
export const noticeUntil = (announcedOn: string): string => addDays(announcedOn, limits.noticeDays)

/**
 * An edition begins after its notice, and not before the one it changes: what was announced for later does not hold sooner by the way.
 * @param today the day it would be announced on
 * @param base first day of the edition it changes
 */
export function beginningIssues(validFrom: string, today: string, base: string | undefined): CheckIssue[] {
  const until = noticeUntil(today)
  const found: CheckIssue[] = []
  if (validFrom <= today)
    found.push(
      draftError('/validFrom', 'begins-in-the-past', {
        en: `No edition holds backwards: today is ${today}`,
        zh: `版次不得追溯生效：今日为 ${today}`,
      }),
    )
  else if (validFrom <= until)
    found.push(
      draftError('/validFrom', 'begins-before-notice-ends', {
        en: `Announced today it is open to comments until ${until}: it may hold from the day after`,
        zh: `今日公示则公示期至 ${until}，次日起方可生效`,
      }),
    )
  if (base !== undefined && validFrom < base)
    found.push(
      draftError('/validFrom', 'begins-before-its-base', {
        en: `The edition it changes holds only from ${base}`,
        zh: `所修订的版次自 ${base} 起生效`,
      }),
    )
  return found
}

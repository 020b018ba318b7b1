import { limits } from '../limits.ts'

/** How long until the next try of a notice; undefined when that was the last. @param made tries of this round so far, from 1 */
export function pauseMs(made: number, retryAfterMs: number | undefined, random: () => number): number | undefined {
  const pause = limits.noticePausesMs[made - 1]
  if (pause === undefined) return undefined
  const jittered = Math.round(pause * (1 + random() * limits.noticeJitter))
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, limits.noticeRetryAfterMostMs))
}

/** How long a failing endpoint's lane rests; 0 while that is not yet called for. @param failures in a row */
export function restMs(failures: number): number {
  const over = failures - limits.noticeRestAfter
  return over < 0 ? 0 : Math.min(limits.noticeRestMostMs, limits.noticeRestFirstMs * 2 ** Math.min(over, 20))
}

const shanghaiOffsetMs = 8 * 3_600_000

/** The day an instant falls on in Asia/Shanghai, which knows no summer time since 1992. @param at milliseconds since 1970 */
export function dayAt(at: number): string {
  const number = Math.floor((at + shanghaiOffsetMs) / dayMs)
  // Asked with every request, and nearly always of the same day.
  if (number !== last.number) last = { number, day: new Date(number * dayMs).toISOString().slice(0, 10) }
  return last.day
}
const dayMs = 86_400_000
let last = { number: 0, day: '1970-01-01' }

/** The first instant of a day of Asia/Shanghai, in milliseconds since 1970. */
export const startOfDay = (day: string): number => Date.parse(day) - shanghaiOffsetMs

/** Whole seconds until a day of Asia/Shanghai is over: how long what is said of today can be true. */
export const secondsLeft = (at: number): number => Math.floor((dayMs - ((at + shanghaiOffsetMs) % dayMs)) / 1_000)

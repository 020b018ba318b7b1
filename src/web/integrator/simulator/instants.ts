/** Instants as people write and read them at the port 北京时间. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
/** To the second: `2026-11-21 09:00:00`. */
export const atClock = (instant: string): string => clock.format(new Date(instant))

/** A time of the port's clock as a field for it holds one: `2026-11-21T09:00`. */
export const localOf = (instant: string): string => atClock(instant).replace(' ', 'T')

/** What was written in such a field, as an instant; what is none goes on as it was written, for the simulator to refuse. */
export function instantOf(local: string): string {
  const [, day, minute, second = ':00'] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?$/.exec(local.trim()) ?? []
  return day === undefined ? local : `${day}T${minute}${second}+08:00`
}

/** An instant so many milliseconds later. */
export const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString()

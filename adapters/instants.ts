/** China keeps one time, eight hours ahead of UTC, without daylight saving since 1992. */
const shanghaiMs = 8 * 3600_000

/** A Chinese agency's local time `yyyy-MM-ddTHH:mm:ss` (no zone) as RFC 3339 with offset; undefined when it is none. */
export function fromShanghai(local: string): string | undefined {
  const text = local.trim().replace(' ', 'T')
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text) && !Number.isNaN(Date.parse(`${text}+08:00`))
    ? `${text}+08:00`
    : undefined
}

/** An instant as Shanghai's `yyyy-MM-ddTHH:mm:ss`; most are given in Shanghai's time already. */
export const toShanghai = (instant: string): string =>
  /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00$/.test(instant)
    ? instant.slice(0, 19)
    : new Date(Date.parse(instant) + shanghaiMs).toISOString().slice(0, 19)

/** A day `yyyy-MM-dd`, or the Shanghai day of an instant, as `yyyyMMdd`; '' for none. */
export function compactDay(moment: string | undefined): string {
  if (moment === undefined) return ''
  return (moment.length === 10 ? moment : toShanghai(moment).slice(0, 10)).replaceAll('-', '')
}

/** `yyyyMMdd` as `yyyy-MM-dd`; undefined when it is none. */
export const fromCompactDay = (text: string): string | undefined =>
  /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : undefined

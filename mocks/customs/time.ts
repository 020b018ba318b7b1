/** China has kept one time, UTC+8, without summer time since 1992 (Asia/Shanghai); all this office writes is later. */
const shanghaiOffsetMs = 8 * 60 * 60 * 1000
export const dayMs = 24 * 60 * 60 * 1000

/** An instant as a local time without zone, `2026-11-20T17:35:00`, as NOTICE_DATE carries it. */
export function localTime(epochMs: number): string {
  return new Date(epochMs + shanghaiOffsetMs).toISOString().slice(0, 19)
}

/** An instant as a local date `yyyyMMdd`. */
export function localDate(epochMs: number): string {
  return localTime(epochMs).slice(0, 10).replaceAll('-', '')
}

export function localYear(epochMs: number): string {
  return localTime(epochMs).slice(0, 4)
}

/** The 21-digit time in file names: local time to the millisecond, then four zeros. */
export function fileTime(epochMs: number): string {
  const digits = new Date(epochMs + shanghaiOffsetMs).toISOString().replaceAll(/\D/g, '')
  return digits.padEnd(21, '0')
}

/** `yyyyMMdd`, a day that exists. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

/** `yyyyMMddHHmmssSS`, 16 digits, a moment that exists. */
export function isTimestamp(text: string): boolean {
  return /^\d{16}$/.test(text) && isDate(text.slice(0, 8)) && /^([01]\d|2[0-3])[0-5]\d[0-5]\d/.test(text.slice(8))
}

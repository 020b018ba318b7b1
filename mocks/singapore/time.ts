/** Time as Singapore counts it: UTC+8, without summer time. */
const offsetMs = 8 * 3_600_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

/** `2026-11-21T10:00:00+08:00` */
export function singaporeTime(epochMs: number): string {
  return `${new Date(epochMs + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/** `20261121` in Singapore. */
export function singaporeDay(epochMs: number): string {
  return singaporeTime(epochMs).slice(0, 10).replaceAll('-', '')
}

/** Midnight in Singapore of a day `20261121`; undefined when there is no such day. */
export function startOfDay(day: string): number | undefined {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(day) ?? []
  if (year === undefined) return undefined
  const at = new Date(`${year}-${month}-${date}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== `${year}-${month}-${date}`) return undefined
  return at.getTime() - offsetMs
}

export function addDays(epochMs: number, days: number): number {
  return epochMs + days * dayMs
}

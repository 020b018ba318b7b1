/** Durations as ISO 8601 writes them: `PT2H30M`, `P1D`. */
const shape =
  /^P(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d{1,3})?)S)?)?$/
const unitMs = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 }

/** Milliseconds of a duration; NaN for what is none, and for years and months, whose length depends on where they begin. */
export function durationMs(text: string): number {
  const parts = shape.exec(text)?.groups
  if (parts === undefined || text.endsWith('P') || text.endsWith('T')) return Number.NaN
  return Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + Math.round(Number(parts[unit] ?? 0) * ms), 0)
}

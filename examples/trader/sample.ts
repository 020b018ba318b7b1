import { readFileSync } from 'node:fs'
import type { Declaration } from 'yuchuang/schemas'

/** The day `declaration.json` was written on. */
const writtenOn = Date.parse('2026-11-21')
const dayMs = 86_400_000

/**
 * Laptops to Singapore, as a trader's own system would write them today: dates as far ahead as they were, and under numbers of their own,
 * since an invoice can be claimed once and a payment reported once.
 * @param theirToday the agencies' day: that of a simulator may be ahead of ours
 */
export function sampleOf(theirToday: Date): Declaration {
  const ahead = Math.floor((theirToday.getTime() - writtenOn) / dayMs)
  // Papers are older than the declaration, and so never of a day that has still to come.
  const behind = Math.min(ahead, Math.floor((Date.now() - writtenOn) / dayMs))
  const dayOf = (ms: number) => new Date(ms + (ms < writtenOn ? behind : ahead) * dayMs).toISOString().slice(0, 10)
  const booked = dayOf(writtenOn).slice(2).replaceAll('-', '')
  const run = String(Math.floor(Date.now() / 1_000) % 1_000_000).padStart(6, '0')
  const text = readFileSync(new URL('declaration.json', import.meta.url), 'utf8')
    .replaceAll(/\b20\d\d-\d\d-\d\d(?!\d)/g, (day) => dayOf(Date.parse(day)))
    .replaceAll('26502000000012345678', `26502000000012${run}`)
    .replaceAll('500000000101261121N001', `5000000001${run.slice(1, 3)}${booked}N${run.slice(3)}`)
    .replaceAll('IR26120100001', `IR${booked}${run}`)
  return { ...(JSON.parse(text) as Declaration), functionalReferenceId: `EXAMPLE-${run}` }
}

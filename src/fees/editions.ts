import type { EditionStatus } from '../../schemas/fees/answers.ts'
import type { EditionRecord } from '../db/catalogue-reads.ts'

/** Records of editions stand the newest first everywhere here. */
type Records = readonly EditionRecord[]

/** Which edition holds on a day 当日有效版次: the newest that is valid by then, and was not withdrawn by then. */
export const holdingOn = (records: Records, day: string): EditionRecord | undefined =>
  records.find(({ validFrom, withdrawn }) => validFrom <= day && (withdrawn === undefined || withdrawn.from > day))

/** The days an edition holds: more than one stretch where a later one took over and was withdrawn. */
export function heldBy(records: Records, { number }: EditionRecord): { from: string; to?: string }[] {
  const turns = new Set(
    records.flatMap(({ validFrom, withdrawn }) => [validFrom, ...(withdrawn ? [withdrawn.from] : [])]),
  )
  const held: { from: string; to?: string }[] = []
  let holds = false
  for (const turn of [...turns].sort()) {
    const holdsNow = holdingOn(records, turn)?.number === number
    const last = held.at(-1)
    if (holdsNow && !holds) held.push({ from: turn })
    else if (!holdsNow && holds && last !== undefined) last.to = dayBefore(turn)
    holds = holdsNow
  }
  return held
}
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/** Where an edition stands on a day 版次状态. */
export function statusOf(records: Records, record: EditionRecord, today: string): EditionStatus {
  const { number, noticeUntil, validFrom, withdrawn } = record
  if (withdrawn !== undefined && (withdrawn.from <= today || withdrawn.from <= validFrom)) return 'withdrawn'
  if (holdingOn(records, today)?.number === number) return 'in-force'
  // It is to hold only where no later one holds from that day on.
  if (validFrom <= today || holdingOn(records, validFrom)?.number !== number) return 'superseded'
  return today <= noticeUntil ? 'announced' : 'scheduled'
}

/** The edition another was made from: the newest before it that was not withdrawn when it was announced; undefined: an empty list. */
export const madeFrom = (records: Records, { number, announcedAt }: EditionRecord): EditionRecord | undefined =>
  records.find(
    (earlier) => earlier.number < number && (earlier.withdrawn === undefined || earlier.withdrawn.at > announcedAt),
  )

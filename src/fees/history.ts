import type { Entry, EntryType } from '../../schemas/fees/entries.ts'
import type { EditionRecord, readHistory } from '../db/catalogue-reads.ts'
import { differencesOf } from './difference.ts'
import { statusOf } from './editions.ts'
import { presentEditionName } from './present.ts'

/** Some editions one after the other in which an entry stood unchanged, or was missing. */
interface Stretch {
  readonly revision: number | undefined
  readonly editions: EditionRecord[]
}

/**
 * What became of an entry from edition to edition 变更历史, the newest first. Each edition is compared with the one numbered before it,
 * whether that was withdrawn or not: what was announced is part of the history.
 * @param records all editions, the newest first
 */
export function presentHistory(
  type: EntryType,
  id: string,
  records: readonly EditionRecord[],
  found: Awaited<ReturnType<typeof readHistory>>,
  today: string,
) {
  const stretches: Stretch[] = []
  for (const record of records.toReversed()) {
    const revision = found.revisionIn.get(record.number)
    const last = stretches.at(-1)
    if (last !== undefined && last.revision === revision) last.editions.push(record)
    else if (last !== undefined || revision !== undefined) stretches.push({ revision, editions: [record] })
  }
  const entryOf = (stretch: Stretch | undefined): Entry | undefined => {
    const content = stretch?.revision === undefined ? undefined : found.contentOf.get(stretch.revision)
    return content === undefined ? undefined : ({ type, id, content: JSON.parse(content) as unknown } as Entry)
  }
  const turns = stretches.flatMap(({ revision, editions }, at) => {
    const [first] = editions
    if (first === undefined) return []
    const [before, after] = [entryOf(stretches[at - 1]), entryOf(stretches[at])]
    const reason = revision === undefined ? found.reasonIn.get(first.number) : undefined
    return {
      what:
        before === undefined ? ('added' as const) : after === undefined ? ('removed' as const) : ('changed' as const),
      edition: { ...presentEditionName(first), status: statusOf(records, first, today) },
      editions: editions.map(({ number }) => number),
      ...(reason === undefined ? {} : { reason }),
      ...(after === undefined ? {} : { content: after.content }),
      differences: before === undefined || after === undefined ? [] : differencesOf(before, after),
    }
  })
  return { type, id, data: turns.reverse(), hasMore: false as const }
}

import type { Head, KeptRow } from '../db/audit.ts'
import { bindingOfRow, bindingText } from './bind.ts'
import { eventHash } from './hash.ts'

/** Something that happened to a declaration, on its way into the chain 链. */
export interface Happened {
  readonly declarationId: string
  readonly type: string
  readonly filingId?: string | undefined
  readonly data: Record<string, unknown>
}

/** An event as it is kept. */
export interface Chained {
  readonly declarationId: string
  readonly number: number
  readonly type: string
  readonly filingId: string | null
  readonly data: string
  readonly binds: string
  readonly hash: string
}

/** Tells of what was kept while nothing happened that anybody else tells of: an answer nobody understood, a document read twice. */
export const recordedType = 'declaration.recorded'

/**
 * Puts what happened at the end of each declaration's chain. The last event of each binds all that was written with it; where
 * something was written and nothing told of it, an event of its own does.
 * @param written what this transaction wrote, and where the chains end
 */
export function chain(written: readonly (KeptRow | Head)[], happened: readonly Happened[], at: Date): Chained[] {
  const instant = at.toISOString()
  const happenedTo = Map.groupBy(happened, ({ declarationId }) => declarationId)
  const rowsOf = Map.groupBy(written, ({ of }) => of)
  return [...rowsOf].flatMap(([declarationId, rows]) => {
    const binds = rows.flatMap((row) => (row.record === 'head' ? [] : [bindingText(bindingOfRow(row), instant)])).sort()
    const told = happenedTo.get(declarationId) ?? []
    if (told.length === 0 && binds.length > 0) told.push({ declarationId, type: recordedType, data: countsOf(rows) })
    const end = rows.find((row) => row.record === 'head')
    if (end === undefined) throw new Error(`${declarationId} has no chain`)
    let previous = end.head
    return told.map(({ type, filingId = null, data }, index) => {
      const last = index === told.length - 1
      const event = {
        number: end.eventCount + 1 + index,
        type,
        filingId,
        data: JSON.stringify(data),
        binds: last ? binds : [],
      }
      previous = eventHash(previous, declarationId, { ...event, at: instant })
      return { ...event, declarationId, binds: event.binds.join('\n'), hash: previous }
    })
  })
}

/** How many of each were kept: `{"message": 1}`. */
function countsOf(rows: readonly (KeptRow | Head)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { record } of rows) if (record !== 'head') counts[record] = (counts[record] ?? 0) + 1
  return counts
}

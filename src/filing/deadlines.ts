import type { Deadline } from '../../adapters/adapter.ts'
import { rankOf } from '../../schemas/status.ts'
import { lockCases } from '../db/cases.ts'
import { saveChanges } from '../db/changes.ts'
import { type Database, transaction } from '../db/database.ts'
import { dueDeadlines, lockDue, told } from '../db/deadlines.ts'
import { limits } from '../limits.ts'
import { type Case, type Changes, type Filing, noChanges } from './case.ts'
import { inAgencyOrder } from './fold.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { readParticulars } from './prepare.ts'
import type { Documents } from './submission.ts'

/** Whether what an agency said of a filing may tell of something that must be done in time. */
export const mayHaveDeadlines = (adapters: Adapters, { agency, procedure, status }: Filing): boolean =>
  rankOf(status) >= rankOf('acknowledged') && procedureOf(adapters, agency, procedure).deadlines !== undefined

/** What must still be done in time 期限 for these filings of a case, as it stands now. */
export function watchDeadlines(
  adapters: Adapters,
  at: Case,
  filings: readonly Filing[],
  documents: Documents,
  changes: Changes,
): void {
  for (const filing of filings)
    if (procedureOf(adapters, filing.agency, filing.procedure).deadlines !== undefined)
      changes.deadlines.push({ filing, deadlines: deadlinesOf(adapters, at, filing, documents) })
}

function deadlinesOf(adapters: Adapters, at: Case, filing: Filing, documents: Documents): Deadline[] {
  if (at.cancelled || filing.status === 'withdrawn') return []
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  const ours = filing.receipts.filter(({ attempt }) => attempt === filing.attempt)
  return (
    procedure.deadlines?.({
      declaration: documents.version(at.version),
      particulars: readParticulars(procedure, filing.particulars),
      status: filing.status,
      references: filing.references,
      receipts: inAgencyOrder(ours).map(({ receipt }) => receipt),
    }) ?? []
  )
}

/**
 * Tells the timelines of deadlines that are near or have passed. Several workers may do so at once: each tells what it locks.
 * @returns how many were told
 */
export async function tellDeadlines(database: Database, now: Date): Promise<number> {
  const ids = await dueDeadlines(database, now, limits.deadlinesAtOnce)
  if (ids.length === 0) return 0
  return transaction(database.pool, async (client) => {
    const cases = await lockCases(client, ids)
    const due = await lockDue(client, ids, now)
    const changes = noChanges()
    for (const { filingId, declarationId, id, what, dueAt } of due) {
      const at = cases.get(declarationId)
      if (at === undefined) continue
      changes.cases.add(at)
      changes.happenings.push({
        declarationId,
        filingId,
        type: dueAt <= now ? 'deadline.passed' : 'deadline.near',
        data: { deadline: id, what, dueAt: dueAt.toISOString() },
      })
    }
    await told(client, due, now)
    await saveChanges(client, changes, now)
    return due.length
  })
}

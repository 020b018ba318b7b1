import { isRefusal } from '../../schemas/status.ts'
import { requireCertificates } from '../certificates/require.ts'
import type { Client } from '../db/database.ts'
import { type Case, type Changes, type Filing, isUnsent, move, type OpenChange } from './case.ts'
import { isEnded, isGranted } from './change.ts'
import { replan } from './enlist.ts'
import type { Adapters } from './plan.ts'
import { procedureOf } from './plan.ts'
import { type Documents, particularsIn } from './submission.ts'

/**
 * Draws the conclusions of what agencies answered to an open change: each filing whose agency granted it now stands as asked;
 * when all have answered, the change is settled and its version counts (unless everybody refused it).
 */
export async function settle(
  client: Client,
  adapters: Adapters,
  at: Case,
  documents: Documents,
  changes: Changes,
  now: Date,
): Promise<void> {
  const { change } = at
  if (change === undefined) return
  const ours = at.filings.filter(({ changeId }) => changeId === change.id)
  for (const filing of ours) {
    const subject = at.filings.find(({ id }) => id === filing.changes)
    if (subject === undefined) continue
    if (isUnsent(filing) && isRefusal(subject.status))
      move(at, filing, 'withdrawn', changes, { because: 'its agency no longer holds what it would change' })
    else if (isGranted(filing)) grant(adapters, at, filing, subject, documents, changes)
  }
  if (ours.every(isEnded)) await finish(client, adapters, at, change, ours, documents, changes, now)
}

/** The filing an agency has changed stands as it was asked for; done once, however often it is looked at. */
function grant(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  subject: Filing,
  documents: Documents,
  changes: Changes,
): void {
  if (procedureOf(adapters, filing.agency, filing.procedure).amends === undefined) {
    if (isRefusal(subject.status)) return
    subject.holds = []
    move(at, subject, 'withdrawn', changes, { by: filing.id })
    return
  }
  if (subject.version === filing.version) return
  const [before, after] = [documents.version(subject.version), documents.version(filing.version)]
  subject.particulars = particularsIn(after, before, subject)
  subject.version = filing.version
  changes.cases.add(at)
  changes.filings.add(subject)
  changes.happenings.push({
    declarationId: at.id,
    type: 'filing.amended',
    filingId: subject.id,
    data: { agency: subject.agency, procedure: subject.procedure, version: subject.version, by: filing.id },
  })
}

/** Everybody has answered. */
export async function finish(
  client: Client,
  adapters: Adapters,
  at: Case,
  change: OpenChange,
  ours: readonly Filing[],
  documents: Documents,
  changes: Changes,
  now: Date,
): Promise<void> {
  const refused = ours.filter(({ status }) => status === 'refused')
  const outcome = refused.length === 0 ? 'granted' : ours.some(isGranted) ? 'partly' : 'refused'
  const counts = outcome !== 'refused'
  at.change = undefined
  changes.cases.add(at)
  changes.settled.push({ at, change, outcome })
  changes.happenings.push({
    declarationId: at.id,
    type: !counts
      ? 'declaration.change-refused'
      : change.kind === 'amendment'
        ? 'declaration.amended'
        : outcome === 'granted'
          ? 'declaration.cancelled'
          : 'declaration.change-refused',
    data: {
      change: change.id,
      kind: change.kind,
      outcome,
      ...(change.kind === 'amendment' ? { version: change.version } : {}),
      ...(refused.length > 0 ? { refusedBy: refused.map(({ agency, changes }) => ({ agency, filing: changes })) } : {}),
    },
  })
  if (change.kind === 'amendment' && counts) {
    const [before, after] = [documents.version(at.version), documents.version(change.version)]
    at.version = change.version
    await replan(client, at, change.plan, { before, after }, changes, now)
    await requireCertificates({ client, adapters, now }, at, after, changes)
  }
  if (change.kind === 'cancellation' && outcome === 'granted') {
    at.cancelled = true
    for (const filing of at.filings)
      if (isUnsent(filing)) move(at, filing, 'withdrawn', changes, { because: 'the declaration is cancelled' })
  }
}

import { rankOf } from '../../schemas/status.ts'
import { type Case, type Changes, type Filing, isUnsent, move, notBefore, referencesOf } from './case.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { type Prepared, prepare } from './prepare.ts'
import { aboutOf, type Documents, particularsIn, recognisedIn, saysTheSame } from './submission.ts'

/** Looks again at every filing that was not sent yet: what it waits for may have come. */
export function release(adapters: Adapters, at: Case, documents: Documents, now: Date, changes: Changes): void {
  const instant = notBefore(at, now)
  for (const filing of at.filings) {
    if (!isUnsent(filing)) continue
    holdIn(at, filing, changes)
    if (filing.pending?.trouble !== undefined) continue
    const prepared =
      waitsForChange(adapters, at, filing, documents) ?? prepareIn(adapters, at, filing, documents, instant)
    const pending = prepared.pending
    if (JSON.stringify(pending) !== JSON.stringify(filing.pending)) {
      filing.pending = pending
      changes.cases.add(at)
      changes.filings.add(filing)
    }
    move(at, filing, prepared.status, changes, pending?.trouble === undefined ? {} : { trouble: pending.trouble })
    if (prepared.message !== undefined) {
      if (filing.occasion !== 'change') filing.version = at.version
      changes.filings.add(filing)
      const { recognitions = [] } = recognisedIn(adapters, at, filing, documents, instant)
      changes.outbound.push({ filing, message: prepared.message, instant, recognitions })
    }
  }
}

/** Every hold on the declaration keeps each filing that was not sent, also one that came later; one that is over keeps none. */
function holdIn(at: Case, filing: Filing, changes: Changes): void {
  const gates = [...filing.gates.filter(({ kind }) => kind !== 'assistance'), ...at.assistance]
  if (gates.length === filing.gates.length && gates.every(({ id }) => filing.gates.some((gate) => gate.id === id)))
    return
  filing.gates = gates
  changes.cases.add(at)
  changes.filings.add(filing)
}

/** While a change is open, what it would change waits: everything a cancellation would end, and what an amendment would have say something else. */
function waitsForChange(adapters: Adapters, at: Case, filing: Filing, documents: Documents): Prepared | undefined {
  const { change } = at
  if (change === undefined || filing.changeId === change.id) return undefined
  if (change.kind === 'amendment') {
    const [before, after] = [documents.version(at.version), documents.version(change.version)]
    const is = { declaration: before, particulars: filing.particulars }
    const willBe = { declaration: after, particulars: particularsIn(after, before, filing) }
    if (saysTheSame(adapters, at, filing, documents, is, willBe)) return undefined
  }
  return { status: 'waiting', pending: { ...filing.pending, waitsForChange: change.id } }
}

/** What becomes of one filing now, among all the others of its case. */
function prepareIn(adapters: Adapters, at: Case, filing: Filing, documents: Documents, instant: string): Prepared {
  const changed = at.filings.find(({ id }) => id === filing.changes)
  if (changed !== undefined) {
    const { agency, procedure } = changed
    const { changeableFrom: status = 'acknowledged' } = procedureOf(adapters, agency, filing.procedure)
    if (rankOf(changed.status) < rankOf(status))
      return { status: 'waiting', pending: { waitsFor: [{ agency, procedure, status }] } }
  }
  const about = {
    ...aboutOf(adapters, at, filing, documents),
    ...recognisedIn(adapters, at, filing, documents, instant),
  }
  return prepare(adapters, about.declaration, filing, at.filings, referencesOf(at), instant, about)
}

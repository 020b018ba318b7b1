import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Plan, PlanEntry } from '../../schemas/plan.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { nextSerial } from '../db/serials.ts'
import { type Case, type Changes, type Filing, isUnsent, move } from './case.ts'
import { particularsOf } from './prepare.ts'
import { particularsIn } from './submission.ts'

/** What is known of a filing when it is made. */
type Enlisted = Pick<Filing, 'agency' | 'procedure' | 'occasion' | 'version'> &
  Partial<Pick<Filing, 'particulars' | 'changeId' | 'changes' | 'covers'>>

/** Adds a filing to a case: planned, to be released with the others. */
export async function enlist(client: Client, at: Case, about: Enlisted, changes: Changes, now: Date): Promise<Filing> {
  const filing: Filing = {
    particulars: undefined,
    changeId: undefined,
    changes: undefined,
    covers: [],
    ...about,
    id: newId(now.getTime()),
    serial: await nextSerial(client, about.agency),
    declarationId: at.id,
    position: at.filings.length,
    attempt: 1,
    status: 'planned',
    holds: [],
    pending: undefined,
    unknown: false,
    gates: [],
    revision: 1,
    references: [],
    receipts: [],
  }
  at.filings.push(filing)
  changes.added.push(filing)
  changes.cases.add(at)
  return filing
}

/** The line of a plan by which a filing is needed. */
export const entryOf = (plan: Plan, filing: { agency: string; procedure: string }): PlanEntry | undefined =>
  plan.find(({ agency, procedure, files }) => files && agency === filing.agency && procedure === filing.procedure)

/**
 * Brings the planned filings in line with the version that counts now: what it newly needs is added, what was refused starts
 * its next attempt, what it no longer needs and was never sent is withdrawn.
 */
export async function replan(
  client: Client,
  at: Case,
  plan: Plan,
  { before, after }: { readonly before: Declaration; readonly after: Declaration },
  changes: Changes,
  now: Date,
): Promise<void> {
  const planned = at.filings.filter(({ occasion }) => occasion === 'plan')
  const isOff = ({ pending }: Filing) => pending?.coveredBy !== undefined || pending?.dropped === true
  for (const filing of planned)
    if (isOff(filing)) continue
    else if (entryOf(plan, filing) !== undefined) reopen(at, filing, particularsIn(after, before, filing), changes)
    else if (isUnsent(filing)) move(at, filing, 'withdrawn', changes, { because: 'no longer in the plan' })
  for (const { agency, procedure, files } of plan)
    if (files && !planned.some((filing) => filing.agency === agency && filing.procedure === procedure))
      await enlist(
        client,
        at,
        {
          agency,
          procedure,
          occasion: 'plan',
          version: at.version,
          particulars: particularsOf(after, agency, procedure),
        },
        changes,
        now,
      )
}

/** A filing that is still needed takes what the declaration says of it now; after a refusal that is its next attempt. */
function reopen(at: Case, filing: Filing, particulars: unknown, changes: Changes): void {
  if (filing.status === 'refused' || filing.status === 'withdrawn') {
    // One that was withdrawn before it was ever sent goes on with the attempt it had.
    if (filing.receipts.length > 0) filing.attempt += 1
    filing.holds = []
    filing.unknown = false
    filing.pending = undefined
    move(at, filing, 'planned', changes, { attempt: filing.attempt })
  }
  if (!isUnsent(filing)) return
  filing.particulars = particulars
  if (filing.pending?.trouble !== undefined) filing.pending = undefined
  changes.filings.add(filing)
}

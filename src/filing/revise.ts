import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { requireCertificates } from '../certificates/require.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import { makeVersionCount } from '../db/changes.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { Problem } from '../problem.ts'
import { type Case, isHeld, isUnsent, move, noChanges } from './case.ts'
import { watchDeadlines } from './deadlines.ts'
import { entryOf, replan } from './enlist.ts'
import { examine, type HandedIn } from './examine.ts'
import { keepChanges } from './keep.ts'
import type { Adapters } from './plan.ts'
import { issuesOfFiling, particularsOf } from './prepare.ts'
import { release } from './release.ts'
import { aboutOf, type Documents, particularsIn, saysTheSame } from './submission.ts'

/** The trader's precondition: the revision it read. */
export type Precondition = (revision: number) => void

/** A correction that was looked at, and what it makes of the declaration. */
export interface Revised {
  readonly version: number
  readonly before: Declaration
  readonly declaration: Declaration
  readonly plan: Plan
}

/**
 * Corrects a declaration: filings that were refused start a new attempt, filings not sent yet are prepared anew, and filings
 * an agency already holds must not change (that takes an amendment). All of it in one transaction.
 * @throws {Problem} not-found, if-match-stale, change-pending, declaration-cancelled, declaration-invalid, amendment-needed
 */
export async function reviseDeclaration(
  database: Database,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  handedIn: HandedIn,
  precondition: Precondition,
  now: Date,
): Promise<void> {
  await transaction(database.pool, (client) => revise(client, adapters, target, handedIn, precondition, now, false))
}

/**
 * The same in a transaction of the caller's. With `dryRun` nothing is written.
 * @throws {Problem} as `reviseDeclaration`
 */
export async function revise(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  handedIn: HandedIn,
  precondition: Precondition,
  now: Date,
  dryRun: boolean,
): Promise<Revised> {
  const { at, documents } = await lockOwn(client, target)
  precondition(at.revision)
  assertChangeable(at)
  const before = documents.version(at.version)
  const { declaration, plan } = examineAgain(adapters, at, before, handedIn)
  const held = heldChanges(adapters, at, documents, declaration, plan)
  if (held.length > 0) throw new Problem('amendment-needed', { errors: held })
  if (dryRun) return { version: at.version, before, declaration, plan }
  const changes = noChanges()
  at.version = await makeVersionCount(client, at, handedIn, plan, now)
  const revised = (await loadDocuments(client, [at])).get(at.id) ?? documents
  changes.cases.add(at)
  changes.happenings.push({ declarationId: at.id, type: 'declaration.revised', data: { version: at.version } })
  await replan(client, at, plan, { before, after: declaration }, changes, now)
  await requireCertificates({ client, adapters, now }, at, declaration, changes)
  release(adapters, at, revised, now, changes)
  watchDeadlines(adapters, at, at.filings, revised, changes)
  await keepChanges({ client, adapters, now }, changes)
  return { version: at.version, before, declaration, plan }
}

/** A trader's own declaration, locked. @throws {Problem} not-found, also for somebody else's */
export async function lockOwn(
  client: Client,
  { id, tenant }: { id: string; tenant: string },
): Promise<{ at: Case; documents: Documents }> {
  const at = (await lockCases(client, [id])).get(id)
  // "Not yours" looks like "not there".
  if (at === undefined || at.tenant !== tenant) throw new Problem('not-found')
  const documents = (await loadDocuments(client, [at])).get(id)
  if (documents === undefined) throw new Error(`${id} has no document`)
  return { at, documents }
}

/** @throws {Problem} change-pending, declaration-cancelled */
export function assertChangeable(at: Case): void {
  if (at.cancelled) throw new Problem('declaration-cancelled')
  if (at.change !== undefined)
    throw new Problem('change-pending', {
      detail: {
        en: `Its ${at.change.kind} ${at.change.id} has still to be answered`,
        zh: `修撤单 ${at.change.id} 尚未办结`,
      },
    })
}

/** A new version of a declaration, looked at as it was at acceptance, with the particulars that were brought since. @throws {Problem} declaration-invalid */
export function examineAgain(
  adapters: Adapters,
  at: Case,
  before: Declaration,
  handedIn: HandedIn,
): { declaration: Declaration; plan: Plan } {
  const kept = (declaration: Declaration, agency: string, procedure: string) => {
    const planned = at.filings.find(
      (filing) => filing.occasion === 'plan' && filing.agency === agency && filing.procedure === procedure,
    )
    return planned === undefined
      ? particularsOf(declaration, agency, procedure)
      : particularsIn(declaration, before, planned)
  }
  const { declaration, plan, issues } = examine(adapters, handedIn.candidate, at.tenant, kept)
  const all = [...handedIn.issues, ...issues, ...sameNumber(before, declaration)]
  if (declaration === undefined || plan === undefined || all.length > 0)
    throw new Problem('declaration-invalid', { errors: all })
  return { declaration, plan }
}

function sameNumber(before: Declaration, after: Declaration | undefined): Issue[] {
  if (after === undefined || after.functionalReferenceId === before.functionalReferenceId) return []
  return [
    issue('/functionalReferenceId', 'reference-fixed', {
      en: `A corrected declaration keeps its number ${before.functionalReferenceId}`,
      zh: `修改后的申报单应保留原编号${before.functionalReferenceId}`,
    }),
  ]
}

/** What would change for agencies that already hold their filing: compared as the bytes they would get. */
function heldChanges(adapters: Adapters, at: Case, documents: Documents, after: Declaration, plan: Plan): Issue[] {
  const before = documents.version(at.version)
  return at.filings.flatMap((filing) => {
    if (!isHeld(filing) || filing.occasion === 'change') return []
    const { agency, procedure } = filing
    const needed = filing.occasion === 'request' || entryOf(plan, filing) !== undefined
    const is = { declaration: before, particulars: filing.particulars }
    const willBe = { declaration: after, particulars: particularsIn(after, before, filing) }
    if (needed && saysTheSame(adapters, at, filing, documents, is, willBe)) return []
    const held = {
      en: `${agency} already holds its filing (${filing.status}): it takes an amendment`,
      zh: `${agency} 已受理（${filing.status}），需办理修撤单`,
    }
    return [issue(`/particulars/${agency}/${procedure}`, 'amendment-needed', held, agency)]
  })
}

/**
 * Brings the particulars of one filing, until it is first sent.
 * @throws {Problem} not-found, if-match-stale, not-changeable, particulars-invalid
 */
export function bringParticulars(
  database: Database,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string; readonly filingId: string },
  particulars: unknown,
  precondition: Precondition,
  now: Date,
): Promise<void> {
  return transaction(database.pool, async (client) => {
    const { at, documents } = await lockOwn(client, target)
    const filing = at.filings.find(({ id }) => id === target.filingId)
    if (filing === undefined) throw new Problem('not-found')
    precondition(filing.revision)
    // A change that was refused is over: what it asked for is asked for anew.
    const again = filing.status === 'refused' && filing.occasion !== 'change'
    if (!isUnsent(filing) && !again)
      throw new Problem('not-changeable', {
        detail: { en: `The filing is ${filing.status}: its particulars went out`, zh: '申报已发送，补充数据不可再改' },
      })
    const { declaration, ...about } = aboutOf(adapters, at, filing, documents)
    const { agency, procedure } = filing
    const errors = issuesOfFiling(adapters, declaration, { agency, procedure, particulars }, about)
    if (errors.length > 0) throw new Problem('particulars-invalid', { errors })
    const changes = noChanges()
    filing.particulars = particulars
    if (filing.pending?.trouble !== undefined) filing.pending = undefined
    if (again) {
      filing.attempt += 1
      move(at, filing, 'planned', changes, { attempt: filing.attempt })
    }
    changes.cases.add(at)
    changes.filings.add(filing)
    changes.happenings.push({
      declarationId: at.id,
      type: 'filing.particulars',
      filingId: filing.id,
      data: { agency: filing.agency, procedure: filing.procedure },
    })
    if (again) await requireCertificates({ client, adapters, now }, at, declaration, changes)
    release(adapters, at, documents, now, changes)
    await keepChanges({ client, adapters, now }, changes)
  })
}
